"""How a list is described to whoever exports it: the keys of its rows, with titles and kinds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ColumnKind(StrEnum):
    """How a cell is written: codes are text even when they look like numbers."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    INSTANT = "INSTANT"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is the attribute of the row; the titles are what people read above it.

    `words` is where the texts of the screens keep the words of its codes, as `orders:state`: people read words, programs
    codes.
    """

    key: str
    title_zh: str
    title_en: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 16
    words: str = ""
