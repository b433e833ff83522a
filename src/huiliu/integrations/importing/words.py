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


@cache
def _texts(language: str) -> dict[str, Any]:
    """The texts of refusals by module and name; none where the product runs without its sources."""
    path = _TEXTS / language / "refusals.json"
    if not path.is_file():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def reason_of(problem: RowProblem, mapping: EntityMapping, *, locale: str) -> str:
    """One sentence or two: the column, what is wrong, what to do, and the exact finding."""
    english = locale.startswith("en")
    titles = {one.name: one.title(locale) for one in mapping.fields}
    column = titles.get(problem.field, "")
    text = _text(problem.code, "en" if english else "zh-Hans")
    if english or not text:
        refusal = all_refusals().get(problem.code)
        remedy = str(text.get("remedy") or (refusal.remedy() if refusal else ""))
        said = f"{problem.message} {remedy}".strip()
        return f"{column}: {said}" if column else said
    said = f"{text['title']}。{text['remedy']}"
    found = problem.given or translated(problem.message)
    exact = f"（{found}）" if found else ""
    return f"【{column}】{said}{exact}" if column else f"{said}{exact}"


@cache
def _reasons() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """The server's sentences with their translation; those that hold values as patterns, the most particular first."""
    path = _TEXTS / "reasons.json"
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    held = sorted(
        (one for one in known if "{}" in one), key=lambda one: len(one.replace("{}", "")), reverse=True
    )
    patterns = tuple(
        (re.compile("(.*?)".join(re.escape(part) for part in one.split("{}")), re.DOTALL), known[one])
        for one in held
    )
    return known, patterns


def translated(message: str) -> str:
    """What a refusal said, in Chinese; nothing where no translation is known, rather than English inside Chinese."""
    known, patterns = _reasons()
    if message in known:
        return known[message].rstrip("。")
    for pattern, says in patterns:
        if found := pattern.fullmatch(message):
            return re.sub(r"\{(\d)\}", lambda place: found[int(place[1]) + 1], says).rstrip("。")
    return ""


def _text(code: str, language: str) -> dict[str, Any]:
    module, _, name = code.partition(".")
    found = _texts(language).get(module, {}).get(name, {})
    return found if isinstance(found, dict) else {}
