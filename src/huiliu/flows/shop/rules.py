"""What a pasted list says, and what a new price changes: pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from huiliu.kernel.text import NumberUnreadable, normalise, parse_decimal

ROWS_MAX: Final = 1_000
ROW_LENGTH_MAX: Final = 300
ZERO: Final = Decimal(0)

_SEPARATORS = re.compile(r"[\t,;|、]")
_BULLET = re.compile(r"^(?:[-•·]|\d{1,3}[、.)])\s*(?=\D)")
_NUMBER = r"\d{1,9}(?:\.\d{1,6})?"
_TIMES = r"[*xX×]"
_HEADERS_KEY: Final = frozenset(
    {"编码", "商品编码", "条码", "商品", "品名", "名称", "商品名称", "货号", "code", "sku", "name"}
)
_HEADERS_QUANTITY: Final = frozenset({"数量", "订货数量", "订购数量", "quantity", "qty"})
_HEADERS_UNIT: Final = frozenset({"单位", "unit"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list: what names the goods, and counts with their units (empty unit: not said).

    `whole` is the row as one text: a name may end in what looks like a quantity (500ml*24).
    """

    row_no: int
    text: str
    key: str
    counts: tuple[tuple[Decimal, str], ...]
    whole: str = ""


def entries_of_text(text: str, *, units: Collection[str]) -> list[Entry]:
    """The rows of a pasted text; blank ones and a heading are left out, `row_no` counts from 1 as in the text."""
    return entries_of_rows(
        (
            (number, _cells(line))
            for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
        ),
        units=units,
    )


def entries_of_rows(rows: Iterable[tuple[int, Sequence[str]]], *, units: Collection[str]) -> list[Entry]:
    """The rows of a table; a heading says which column is which, without one the first names the goods."""
    pattern = _quantity_pattern(units)
    places = _Places()
    entries: list[Entry] = []
    for number, cells in rows:
        clean = [normalise(cell)[:ROW_LENGTH_MAX] for cell in cells]
        if not any(clean):
            continue
        if not entries and (found := _heading(clean)):
            places = found
            continue
        entries.append(_entry(number, clean, places, pattern))
    return entries


@dataclass(frozen=True, slots=True)
class _Places:
    """Which column is what; None: to be found in each row."""

    key: int = 0
    quantity: int | None = None
    unit: int | None = None


def _cells(line: str) -> list[str]:
    clean = _BULLET.sub("", normalise(line))
    return [cell.strip() for cell in _SEPARATORS.split(clean)] if _SEPARATORS.search(clean) else [clean]


def _heading(cells: Sequence[str]) -> _Places | None:
    words = [cell.lower() for cell in cells]
    key = next((place for place, word in enumerate(words) if word in _HEADERS_KEY), None)
    quantity = next((place for place, word in enumerate(words) if word in _HEADERS_QUANTITY), None)
    if key is None or quantity is None:
        return None
    return _Places(key, quantity, next((p for p, word in enumerate(words) if word in _HEADERS_UNIT), None))


def _quantity_pattern(units: Collection[str]) -> re.Pattern[str]:
    """A quantity at the end: `3箱5瓶`, `*3`, `x 3箱`, or a bare number after a blank."""
    names = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True)) or r"(?!)"
    several = rf"(?:{_NUMBER}\s*(?:{names})\s*)+"
    return re.compile(
        rf"(?:^|(?P<key>.+?))(?:\s*{_TIMES}\s*(?P<times>{several}|{_NUMBER})"
        rf"|\s*(?P<said>(?<![\d.]){several})|(?:^|\s+)(?P<bare>{_NUMBER}))\s*$",
        re.IGNORECASE,
    )


def _entry(number: int, cells: Sequence[str], places: _Places, pattern: re.Pattern[str]) -> Entry:
    text = " ".join(cell for cell in cells if cell)
    if places.quantity is not None:
        key = cells[places.key] if places.key < len(cells) else ""
        counted = cells[places.quantity] if places.quantity < len(cells) else ""
        unit = cells[places.unit] if places.unit is not None and places.unit < len(cells) else ""
        return Entry(number, text, key, _counts(counted, unit, pattern))
    if len(cells) == 1:
        found = pattern.match(text)
        if found is None or not (found["key"] or "").strip():
            return Entry(number, text, text, (), text)
        counts = _counts(found["times"] or found["said"] or found["bare"], "", pattern)
        return Entry(number, text, found["key"].strip(), counts, text)
    for place, cell in enumerate(cells[1:], start=1):
        following = cells[place + 1] if place + 1 < len(cells) else ""
        if counts := _counts(cell, following, pattern):
            return Entry(number, text, cells[0], counts, cells[0])
    return Entry(number, text, cells[0], (), cells[0])


def _counts(text: str, unit: str, pattern: re.Pattern[str]) -> tuple[tuple[Decimal, str], ...]:
    """The counts of a quantity that stands alone; () when it is none."""
    found = pattern.fullmatch(text)
    if found is not None and not found["key"]:
        said = found["times"] or found["said"] or found["bare"]
        parts = re.findall(rf"({_NUMBER})\s*([^\d\s.]*)", said)
        counts = tuple((Decimal(count), name) for count, name in parts)
        return ((counts[0][0], unit),) if len(counts) == 1 and not counts[0][1] else counts
    try:  # 1,200 or 3.0 as a spreadsheet writes them
        number = parse_decimal(text)
    except NumberUnreadable:
        return ()
    return ((number, unit),) if number is not None else ()


@dataclass(frozen=True, slots=True)
class LineChange:
    """What one line of a cart costs otherwise than it did when somebody saw it; None is "cannot be ordered"."""

    unit_price_before: Decimal | None
    unit_price_after: Decimal | None
    difference: Decimal  # of the line's amount
    problem: str = field(default="")


def change_of(
    *,
    seen_price: Decimal | None,
    seen_gross: Decimal | None,
    seen_problem: str,
    price: Decimal | None,
    gross: Decimal | None,
    problem: str,
) -> LineChange | None:
    """None while a line is what it was when it was seen; one that could not be ordered for another reason is."""
    if seen_price is None and not seen_problem:
        return None  # nobody has seen it yet
    if seen_price == price and bool(seen_problem) == bool(problem):
        return None
    return LineChange(seen_price, price, (gross or ZERO) - (seen_gross or ZERO), problem)
