"""Why a row was refused, in its reader's language: the texts of the screens, so that both say the same."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import huiliu
from huiliu.integrations.importing.mapping import EntityMapping
from huiliu.integrations.importing.types import RowProblem
from huiliu.kernel.refusals import all_refusals

_TEXTS: Final = Path(huiliu.__file__).parents[2] / "web" / "shared" / "i18n"


def reason_of(problem: RowProblem, mapping: EntityMapping, *, locale: str) -> str:
    """One sentence or two: the column, what is wrong, what to do, and the exact finding."""
    english = locale.startswith("en")
    language = "en" if english else "zh-Hant" if locale == "zh-Hant" else "zh-Hans"
    titles = {one.name: one.title(locale) for one in mapping.fields}
    column = titles.get(problem.field, "")
    text = _text(problem.code, language)
    if english or not text:
        refusal = all_refusals().get(problem.code)
        remedy = str(text.get("remedy") or (refusal.remedy() if refusal else ""))
        said = f"{problem.message} {remedy}".strip()
        return f"{column}: {said}" if column else said
    column = _catalogue(language)["server"].get(column, column)
    said = f"{text['title']}。{text['remedy']}"
    found = problem.given or translated(problem.message, language)
    exact = f"（{found}）" if found else ""
    return f"【{column}】{said}{exact}" if column else f"{said}{exact}"


def translated(message: str, language: str = "zh-Hans") -> str:
    """What a refusal said, in Chinese; nothing where no translation is known, rather than English inside Chinese."""
    known: dict[str, str] = _catalogue(language)["reasons"]
    names: dict[str, str] = _catalogue(language)["server"]
    if message in known:
        return known[message].rstrip("。")
    for pattern, says in _patterns(language):
        if found := pattern.fullmatch(message):
            return says.format(*(names.get(one, one) for one in found.groups())).rstrip("。")
    return ""


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences that hold values, the most particular first: web/shared/reasons.ts reads them the same way."""
    known: dict[str, str] = _catalogue(language)["reasons"]
    held = sorted((one for one in known if "{}" in one), key=lambda one: -len(one.replace("{}", "")))
    return tuple(
        (re.compile("(.*?)".join(map(re.escape, one.split("{}"))), re.DOTALL), known[one]) for one in held
    )


@cache
def _catalogue(language: str) -> dict[str, Any]:
    """Texts of refusals by module and name, sentences, names; none where the product runs without its sources."""
    names = ("refusals", "reasons", "server")
    if language == "zh-Hant":
        whole = _read(_TEXTS / "zh-Hant.json")
        return {name: whole.get(name, {}) for name in names}
    reasons = _read(_TEXTS / "reasons.json") if language == "zh-Hans" else {}
    return {"refusals": _read(_TEXTS / language / "refusals.json"), "reasons": reasons, "server": {}}


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def _text(code: str, language: str) -> dict[str, Any]:
    module, _, name = code.partition(".")
    found = _catalogue(language)["refusals"].get(module, {}).get(name, {})
    return found if isinstance(found, dict) else {}
