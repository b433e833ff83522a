"""Text as it arrives from people and spreadsheets, and the numbers hidden in it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from huiliu.kernel.refusals import DomainError, Kind


class NumberUnreadable(DomainError):
    """Write a plain number such as 1234.50, with at most 14 digits before the point."""

    code = "kernel.number_unreadable"
    kind = Kind.INVALID


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)?"
    r"(?:\.(?P<part>[0-9]*))?(?:[eE](?P<power>[+-]?[0-9]{1,2}))?"
)
_MONEY_SIGNS: Final = ("CN¥", "HK$", "NT$", "US$", "RMB", "CNY", "¥", "$", "€", "£")
_DIGITS_MAX: Final = 14
_LENGTH_MAX: Final = 64


def normalise(text: str) -> str:
    """NFKC without invisible characters, outer blanks gone: full-width `ＡＢ１２　` is `AB12`."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).strip()


def to_ascii_digits(text: str) -> str:
    """Only the digits made plain (full-width, Arabic-Indic …); every other character stays as it was."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)


def parse_decimal(text: str | None) -> Decimal | None:
    """The number in a spreadsheet cell: `１２.５`, `1,234.50`, `¥12`, `12元`, `(3.50)`; blank is None.

    A comma that does not group thousands, or two points, is refused: guessing would be wrong by a thousand.
    Raises: NumberUnreadable (facts: text).
    """
    if text is None:
        return None
    clean = normalise(text)
    if not clean or clean in ("-", "--", "—"):
        return None
    body, negative = _bare(clean.replace("−", "-"))
    found = _NUMBER.fullmatch(body) if len(body) <= _LENGTH_MAX else None
    if not found or not (found["whole"] or found["part"]) or (negative and found["sign"]):
        raise NumberUnreadable(f"{clean[:_LENGTH_MAX]!r} is not a number.", text=clean[:_LENGTH_MAX])
    digits = (found["whole"] or "0").replace(",", "").replace(" ", "")
    sign = "-" if negative or found["sign"] == "-" else ""
    part = f".{found['part']}" if found["part"] else ""
    number = Decimal(f"{sign}{digits}{part}" + (f"E{found['power']}" if found["power"] else ""))
    if number and number.adjusted() >= _DIGITS_MAX:
        raise NumberUnreadable(f"{clean} is too large.", text=clean)
    return Decimal(format(number, "f"))  # 1.5E+3 becomes 1500


def _bare(text: str) -> tuple[str, bool]:
    """Without currency signs and accounting brackets; and whether the brackets meant minus."""
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1].strip()
    lead = ""
    if text[:1] in ("-", "+"):
        lead, text = text[0], text[1:].strip()
    for sign in _MONEY_SIGNS:
        if text.upper().startswith(sign):
            text = text[len(sign) :].strip()
            break
    text = text.removesuffix("元").strip()
    return (lead + text if lead else text), negative


def parse_whole(text: str | None) -> int | None:
    """Like `parse_decimal`, for counts: `3`, `3.00`; `3.5` is refused.

    Raises: NumberUnreadable.
    """
    number = parse_decimal(text)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise NumberUnreadable(f"{number} is not a whole number.", text=str(number))
    return int(number)
