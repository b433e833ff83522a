"""How Chinese text is sorted and found: by pinyin, by its initials, and whichever script was typed.

One place, because the services, the importer and the bulk loader must leave the same keys.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Final

from huiliu.kernel.text import normalise

SORT_KEY_MAX: Final = 200


@cache
def _simplifier() -> Any:
    from opencc import OpenCC  # loaded with the first Chinese text: its tables cost memory

    return OpenCC("t2s")


def fold(text: str) -> str:
    """One spelling for all: full-width made plain, lower case, traditional made simplified."""
    clean = normalise(text).lower()
    return clean if clean.isascii() else str(_simplifier().convert(clean))


def syllables(text: str) -> list[str]:
    """The pinyin of each character, without tones; what is not Chinese stays together: `["rui", "feng", "a1"]`."""
    folded = fold(text)
    if folded.isascii():
        return [folded] if folded else []
    return list(_pinyin(folded))


@lru_cache(maxsize=1024)  # what is written at once (a company, its organization) is spelled once
def _pinyin(folded: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(str(part) for part in lazy_pinyin(folded))


def sort_key(text: str) -> str:
    """Sorts as a Chinese dictionary does, character by character: 西安 (`xi an`) before 先 (`xian`)."""
    return " ".join(syllables(text))[:SORT_KEY_MAX]


def initials(text: str) -> str:
    """The first letters, as people type them to find a name: 瑞丰商贸 is `rfsm`; "" without Chinese."""
    folded = fold(text)
    if folded.isascii():
        return ""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(folded, style=Style.FIRST_LETTER)).replace(" ", "")


def search_text(*parts: str) -> str:
    """What a search looks into: every part as typed, as pinyin and as initials, once each."""
    words: dict[str, None] = {}
    for part in parts:
        folded = fold(part)
        if not folded:
            continue
        words[folded] = None
        if not folded.isascii():
            words["".join(syllables(folded)).replace(" ", "")] = None
            words[initials(folded)] = None
    return " ".join(words)


def search_words(query: str) -> list[str]:
    """The words of a query, at most eight; a search finds what contains each of them."""
    return fold(query).split()[:8]
