"""What stands in a cell, and what a column makes of it. Pure: every refusal names what it saw."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any, Final

from huiliu.integrations.errors import CellTooLong, CellUnreadable, DigitsLost, FormulaUnsaved
from huiliu.kernel.money import plain_text
from huiliu.kernel.pinyin import fold
from huiliu.kernel.text import NumberUnreadable, normalise, parse_decimal

TEXT_MAX: Final = 2_000
#: Excel and WPS keep 15 digits of a number; what a longer one shows behind them is made up.
DIGITS_KEPT: Final = 15
CLEAR: Final = frozenset({"[清空]", "[clear]"})


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value of its own: an error such as #N/A, or a formula that was never calculated."""

    text: str


#: Text as it was written (a `Decimal` was a number cell), or None for a blank.
Cell = str | Decimal | date | datetime | time | bool | Broken | None
Reader = Callable[[Cell], Any]


def number_of(raw: str) -> Decimal:
    """A number as an xlsx stores it, as the spreadsheet shows it: 0.10000000000000001 is 0.1, 2.5E+1 is 25."""
    value = Decimal(raw)
    if len(raw) <= DIGITS_KEPT and raw.isdigit():
        return value
    if not value.is_finite():
        raise ValueError(f"{raw} is not a number")
    with localcontext() as context:
        context.prec, context.rounding = DIGITS_KEPT, ROUND_HALF_EVEN
        value = +value
    return Decimal(plain_text(value)) if value else Decimal(0)


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not normalise(cell))


def shown(cell: Cell) -> str:
    """The cell as text, as its reader saw it: for codes, names, messages."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Decimal):
        return plain_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return cell.text if isinstance(cell, Broken) else cell


def _whole(cell: Cell) -> str:
    if isinstance(cell, Broken):
        raise FormulaUnsaved(f"The cell shows {cell.text or 'nothing'}.", given=cell.text)
    text = normalise(shown(cell))
    if len(text) > TEXT_MAX:
        raise CellTooLong(f"{len(text)} characters.", limit=TEXT_MAX)
    return text


def as_text(cell: Cell) -> str:
    """Plain words, full-width made plain, outer blanks gone."""
    return _whole(cell)


_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}")


def as_code(cell: Cell) -> str:
    """A code, barcode or phone: digits stay as they are, and lost ones are told.

    Raises: DigitsLost for `6.9E+12` and for number cells of more digits than a spreadsheet keeps.
    """
    if isinstance(cell, Decimal) and cell.adjusted() >= DIGITS_KEPT:
        raise DigitsLost("The number has more than 15 digits.", given=plain_text(cell))
    text = _whole(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise DigitsLost(f"{text} is not a code.", given=text)
    return text.lstrip("'").strip() if text.startswith("'") else text


def as_decimal(cell: Cell) -> Decimal:
    """A number: `1,234.50`, `１２.５`, `¥12`, `12元`, `(3.50)`. Raises: CellUnreadable."""
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, bool | date | time):
        raise CellUnreadable(f"{shown(cell)} is not a number.", given=shown(cell))
    text = _whole(cell)
    try:
        number = parse_decimal(text)
    except NumberUnreadable as refusal:
        raise CellUnreadable(str(refusal), given=text[:64]) from refusal
    if number is None:
        raise CellUnreadable(f"{text!r} is not a number.", given=text[:64])
    return number


def as_whole(cell: Cell) -> int:
    """A count. Raises: CellUnreadable."""
    number = as_decimal(cell)
    if number != number.to_integral_value():
        raise CellUnreadable(f"{plain_text(number)} is not a whole number.", given=plain_text(number))
    return int(number)


def as_rate(cell: Cell) -> Decimal:
    """A share: `13%`, `0.13` and, since nobody taxes thirteenfold, `13` are all 0.13. Raises: CellUnreadable."""
    text = "" if isinstance(cell, Decimal) else _whole(cell)
    number = as_decimal(text[:-1] if text.endswith("%") else cell)
    if text.endswith("%") or number > 1:
        number = number / 100
    return Decimal(plain_text(number))


_DATE = re.compile(
    r"(?P<y>[0-9]{4})\s*(?:[-/.]|年)\s*(?P<m>[0-9]{1,2})\s*(?:[-/.]|月)\s*(?P<d>[0-9]{1,2})\s*(?:日|号)?"
    r"(?:[ T]*(?P<H>[0-9]{1,2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:\.[0-9]+)?)?)?"
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")


def as_date(cell: Cell) -> date:
    """A day: a date cell, a serial (46086), `2026-03-05`, `2026/3/5`, `2026年3月5日`, `20260305`.

    `03/05/2026` is refused: it is March in one country and May in another. Raises: CellUnreadable.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _whole(cell)
    if found := (_DATE.fullmatch(text) or _COMPACT.fullmatch(text)):
        try:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError as error:
            raise CellUnreadable(f"{text} is not a day.", given=text[:64]) from error
    if isinstance(cell, Decimal) or re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", text):
        serial = Decimal(text)
        if 20_000 <= serial < 80_000:  # 1954 to 2119: what people mean by five digits
            return date.fromordinal(date(1899, 12, 30).toordinal() + int(serial))
    raise CellUnreadable(f"{text[:64]!r} is not a day such as 2026-03-05.", given=text[:64])


_YES = frozenset({"是", "有", "对", "真", "启用", "y", "yes", "true", "1", "√", "✓", "t"})
_NO = frozenset({"否", "无", "不", "假", "停用", "n", "no", "false", "0", "×", "x", "f"})


def as_boolean(cell: Cell) -> bool:
    """是/否, yes/no, TRUE/FALSE, 1/0, √/×. Raises: CellUnreadable."""
    if isinstance(cell, bool):
        return cell
    word = _whole(cell).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise CellUnreadable(f"{word[:64]!r} is neither 是 nor 否.", given=word[:64])


def as_list(cell: Cell) -> tuple[str, ...]:
    """Several words in one cell, parted by , ; 、 | or a line break."""
    return tuple(
        part for part in (normalise(one) for one in re.split(r"[,;、|\n，；]", _whole(cell))) if part
    )


def choice_of(choices: Mapping[str, str]) -> Reader:
    """A reader for a column of few words; `choices` are the words (folded) → the value. Raises: CellUnreadable.

    Traditional characters are read as the simplified ones of the words.
    """

    def read(cell: Cell) -> str:
        word = _whole(cell)
        value = choices.get(word.casefold()) or choices.get(fold(word))
        if value is None:
            allowed = sorted({one for one in choices if not one.isascii()} or set(choices))
            raise CellUnreadable(f"{word[:64]!r} is none of {', '.join(allowed)}.", given=word[:64])
        return value

    return read


READERS: Final[dict[str, Reader]] = {
    "text": as_text,
    "code": as_code,
    "decimal": as_decimal,
    "whole": as_whole,
    "rate": as_rate,
    "date": as_date,
    "boolean": as_boolean,
    "list": as_list,
}
