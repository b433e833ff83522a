"""Why a row was refused, in its reader's language: the texts of the screens, so that both say the same."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from huiliu.integrations.importing.mapping import EntityMapping
from huiliu.integrations.importing.types import RowProblem
from huiliu.integrations.screen_texts import language_of, sentences, texts
from huiliu.kernel.refusals import all_refusals


def reason_of(problem: RowProblem, mapping: EntityMapping, *, locale: str) -> str:
    """One sentence or two: the column, what is wrong, what to do, and the exact finding."""
    language = language_of(locale)
    english = language == "en"
    titles = {one.name: one.title(locale) for one in mapping.fields}
    column = titles.get(problem.field, "")
    text = _text(problem.code, language)
    if english or not text:
        refusal = all_refusals().get(problem.code)
        remedy = str(text.get("remedy") or (refusal.remedy() if refusal else ""))
        said = f"{problem.message} {remedy}".strip()
        return f"{column}: {said}" if column else said
    said = f"{text['title']}。{text['remedy']}"
    found = problem.given or translated(problem.message, language)
    exact = f"（{found}）" if found else ""
    return f"【{column}】{said}{exact}" if column else f"{said}{exact}"


def translated(message: str, language: str = "zh-Hans") -> str:
    """What a refusal said, in Chinese; nothing where no translation is known, rather than English inside Chinese."""
    known = sentences(language)
    names: dict[str, str] = texts("server", language)
    if message in known:
        return known[message].rstrip("。")
    for pattern, says in _patterns(language):
        if found := pattern.fullmatch(message):
            return says.format(*(names.get(one, one) for one in found.groups())).rstrip("。")
    return ""


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences that hold values, the most particular first: web/shared/reasons.ts reads them the same way."""
    known = sentences(language)
    held = sorted((one for one in known if "{}" in one), key=lambda one: -len(one.replace("{}", "")))
    return tuple(
        (re.compile("(.*?)".join(map(re.escape, one.split("{}"))), re.DOTALL), known[one]) for one in held
    )


def _text(code: str, language: str) -> dict[str, Any]:
    module, _, name = code.partition(".")
    found = texts("refusals", language).get(module, {}).get(name, {})
    return found if isinstance(found, dict) else {}
