"""Quantities: kept in the sku's base unit, entered and shown in any unit; factors are exact rationals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Final

from huiliu.kernel.money import EXACT, ZERO, plain, round_half_up
from huiliu.kernel.refusals import DomainError, Kind
from huiliu.kernel.text import normalise, parse_decimal

SCALE: Final = 6  # decimals a stored quantity may have: numeric(20,6)


class QuantityNotWhole(DomainError):
    """This goods is counted in whole base units; enter a quantity that makes whole ones."""

    code = "kernel.quantity_not_whole"
    kind = Kind.INVALID


class QuantityTooFine(DomainError):
    """A quantity has at most six decimals in the base unit; round it before you enter it."""

    code = "kernel.quantity_too_fine"
    kind = Kind.INVALID


class QuantityNegative(DomainError):
    """Enter a quantity above zero; goods that come back are entered as a return."""

    code = "kernel.quantity_negative"
    kind = Kind.INVALID


class QuantityUnreadable(DomainError):
    """Write the quantity as a number, or as numbers with units, largest first: 3箱5瓶."""

    code = "kernel.quantity_unreadable"
    kind = Kind.INVALID


class UnitUnknown(DomainError):
    """Use one of the units that this sku is sold in."""

    code = "kernel.unit_unknown"
    kind = Kind.INVALID


@dataclass(frozen=True, slots=True)
class UnitFactor:
    """One `unit` is `numerator / denominator` base units, exactly: 1 箱 = 24/1 瓶."""

    unit: str
    numerator: int
    denominator: int = 1

    def __post_init__(self) -> None:
        if self.numerator <= 0 or self.denominator <= 0:
            raise ValueError(f"unit factor {self.numerator}/{self.denominator} is not above zero")

    @property
    def size(self) -> Fraction:
        """How many base units one of it is."""
        return Fraction(self.numerator, self.denominator)


def to_base(quantity: Decimal, factor: UnitFactor, *, is_whole: bool) -> Decimal:
    """An entered quantity in base units: 3.5 箱 of 24 is 84 瓶; never rounded.

    Unit:   `is_whole` says whether the sku is counted (bottles) or weighed (kg, up to six decimals).
    Raises: QuantityNotWhole, QuantityTooFine.
    """
    return _storable(Fraction(quantity) * factor.size, is_whole=is_whole)


def from_base(quantity: Decimal, factor: UnitFactor) -> Fraction:
    """A base quantity in another unit, exactly: 77 瓶 are 77/24 箱."""
    return Fraction(quantity) / factor.size


def _storable(exact: Fraction, *, is_whole: bool) -> Decimal:
    if exact.denominator == 1:
        return Decimal(exact.numerator)
    base = round_half_up(EXACT.divide(exact.numerator, exact.denominator), SCALE)
    if is_whole:
        raise QuantityNotWhole(f"{base} is not a whole number of base units.", base_quantity=base)
    if Fraction(base) != exact:
        raise QuantityTooFine(f"The quantity needs more than {SCALE} decimals in the base unit.")
    return plain(base)


def compose(parts: Iterable[tuple[Decimal | int, UnitFactor]], *, is_whole: bool) -> Decimal:
    """Counts in several units as one base quantity: 3 箱 5 瓶 (24 瓶/箱) is 77.

    Only the sum must be whole: 0.5 箱 + 1 瓶 is 13 瓶.
    Raises: QuantityNotWhole, QuantityTooFine.
    """
    total = sum((Fraction(count) * factor.size for count, factor in parts), Fraction(0))
    return _storable(total, is_whole=is_whole)


def decompose(
    quantity: Decimal, units: Sequence[UnitFactor], base_unit: str
) -> list[tuple[Decimal, UnitFactor]]:
    """A base quantity in as large units as fit, largest first, without zeros: 77 is 3 箱 5 瓶.

    `compose` of the answer is `quantity` again. Zero is one part in the base unit. Negative: every part is.
    """
    base = UnitFactor(base_unit, 1)
    sign = -1 if quantity < 0 else 1
    rest = abs(Fraction(quantity))
    keep_whole = rest.denominator == 1
    counts: dict[UnitFactor, Fraction] = {base: Fraction(0)}
    others = [unit for unit in units if unit.unit != base_unit]
    for factor in sorted([*others, base], key=lambda unit: unit.size, reverse=True):
        count = int(rest / factor.size)
        step = factor.size.denominator
        count -= count % (step if keep_whole else _not_of_ten(step))  # the rest stays storable
        if count:
            counts[factor] = Fraction(count)
            rest -= count * factor.size
    counts[base] += rest
    parts = [(_decimal(sign * count), factor) for factor, count in counts.items() if count]
    parts.sort(key=lambda part: part[1].size, reverse=True)
    return parts or [(ZERO, base)]


def _not_of_ten(number: int) -> int:
    """The part of a denominator that decimals cannot express: 3 of 30, 1 of 8."""
    while (common := gcd(number, 10)) > 1:
        number //= common
    return number


def _decimal(value: Fraction) -> Decimal:
    return EXACT.divide(value.numerator, value.denominator)


def quantity_text(quantity: Decimal, units: Sequence[UnitFactor], base_unit: str) -> str:
    """How people say it: `3箱5瓶`, `-1箱`, `0瓶`."""
    parts = decompose(quantity, units, base_unit)
    sign = "-" if quantity < 0 else ""
    return sign + "".join(f"{abs(count):f}{factor.unit}" for count, factor in parts)


_PART = re.compile(r"\s*([0-9][0-9,]*\.?[0-9]*)\s*([^\s0-9.,+-]+)")


def parse_quantity(text: str, units: Sequence[UnitFactor], base_unit: str, *, is_whole: bool) -> Decimal:
    """`"3箱5瓶"`, `"３箱"`, `"77"` (base unit) as base units.

    Raises: QuantityUnreadable, QuantityNegative, UnitUnknown, QuantityNotWhole, QuantityTooFine,
            NumberUnreadable.
    """
    clean = normalise(text)
    if clean.startswith(("-", "−")):
        raise QuantityNegative(f"{clean} is below zero.", text=clean)
    by_name = {base_unit: UnitFactor(base_unit, 1)} | {factor.unit: factor for factor in units}
    if clean and not _PART.match(clean):
        return to_base(parse_decimal(clean) or ZERO, by_name[base_unit], is_whole=is_whole)
    parts: list[tuple[Decimal, UnitFactor]] = []
    position = 0
    while found := _PART.match(clean, position):
        unit = found.group(2)
        if unit not in by_name:
            raise UnitUnknown(f"{unit} is not a unit of this sku.", unit=unit, units=sorted(by_name))
        parts.append((parse_decimal(found.group(1)) or ZERO, by_name[unit]))
        position = found.end()
    if not parts or clean[position:].strip():
        raise QuantityUnreadable(f"{text!r} is not a quantity.", text=text)
    return compose(parts, is_whole=is_whole)


def line_amount_by_units(
    *, quantity: Decimal, unit_price: Decimal, price_unit: UnitFactor, exponent: int
) -> Decimal:
    """The posted amount of a base quantity at a price per unit: 77 瓶 at 100.00 per 箱 of 24 is 320.83.

    The price is never first divided down to the base unit: 77 x 4.17 would be 321.09.

    Unit:   `quantity` in base units; `unit_price` up to six decimals.
    Source: docs/algorithms/pricing.md, "A price per case, an order in bottles".
    """
    exact = EXACT.multiply(quantity, unit_price)
    if price_unit.denominator != 1:
        exact = EXACT.multiply(exact, price_unit.denominator)
    if price_unit.numerator != 1:
        exact = EXACT.divide(exact, price_unit.numerator)
    return round_half_up(exact, exponent)
