"""The texts of the screens, for what leaves the house as a file: both say the same."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import huiliu

_TEXTS: Final = Path(huiliu.__file__).parents[2] / "web" / "shared" / "i18n"


def language_of(locale: str) -> str:
    """The language of the texts for a reader's locale."""
    return "en" if locale.startswith("en") else "zh-Hant" if locale == "zh-Hant" else "zh-Hans"


@cache
def texts(area: str, language: str) -> dict[str, Any]:
    """The texts of one area (`orders`, `refusals`); none where the product runs without its sources."""
    if language == "zh-Hant":
        found: dict[str, Any] = _read(_TEXTS / "zh-Hant.json").get(area, {})
        return found
    return _read(_TEXTS / language / f"{area}.json")


@cache
def sentences(language: str) -> dict[str, str]:
    """English sentences of refusals to those of a language of Chinese."""
    if language == "en":
        return {}
    return _read(_TEXTS / "reasons.json") if language == "zh-Hans" else texts("reasons", language)


def in_language(zh: str, en: str, locale: str) -> str:
    """What the server calls a thing in both languages, in the reader's; traditional characters are looked up."""
    language = language_of(locale)
    if language == "en":
        return en
    return str(texts("server", language).get(zh, zh)) if language == "zh-Hant" else zh


def word(place: str, code: str, locale: str) -> str:
    """How a code reads: `word("orders:state", "SHIPPED", "en")`; the code itself where the texts have no word.

    A code of two parts has two places: `word("administration:audit.subject + administration:audit.verb", "order.shipped", …)`.
    """
    first, plus, second = place.partition(" + ")
    if plus:
        family, _, rest = code.partition(".")
        return f"{word(first, family, locale)} · {word(second, rest.replace('.', '_'), locale)}"
    area, _, path = place.partition(":")
    found: Any = texts(area, language_of(locale))
    for step in (*path.split("."), code):
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, str) else code


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found
