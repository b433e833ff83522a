"""Quantity, unit price and amount agree after every edit; sums and differences of lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from huiliu.kernel.money import EXACT, ZERO, plain, round_half_up
from huiliu.pricing.errors import AmountNotReachable, PriceNotPositive
from huiliu.pricing.types import EditedLine, PriceDifference, PricedLine, Totals

_UNIT_PRICE_STEP: Final = Decimal("0.000001")
_UNIT_PRICE_LIMIT: Final = Decimal(10) ** 14  # numeric(20,6)


def check_unit_price(unit_price: Decimal, field: str = "unit_price") -> None:
    """A price is above zero and has at most six decimals.

    Raises: PriceNotPositive.
    """
    exponent = unit_price.as_tuple().exponent
    if not isinstance(exponent, int) or not 0 < unit_price < _UNIT_PRICE_LIMIT:
        raise PriceNotPositive(f"{unit_price} is not a price.", unit_price=unit_price, field=field)
    if unit_price != unit_price.quantize(_UNIT_PRICE_STEP, context=EXACT):
        raise PriceNotPositive(
            f"{unit_price} has more than six decimals.", unit_price=unit_price, field=field
        )


def after_quantity_edit(*, quantity: Decimal, unit_price: Decimal, exponent: int) -> EditedLine:
    """The quantity was changed: the amount follows.

    Unit: quantity and price in the same unit.
    """
    return EditedLine(quantity, unit_price, round_half_up(EXACT.multiply(quantity, unit_price), exponent))


def after_unit_price_edit(*, quantity: Decimal, unit_price: Decimal, exponent: int) -> EditedLine:
    """The unit price was changed: the amount follows.

    Raises: PriceNotPositive.
    """
    check_unit_price(unit_price)
    return after_quantity_edit(quantity=quantity, unit_price=unit_price, exponent=exponent)


def after_amount_edit(*, quantity: Decimal, amount: Decimal, exponent: int) -> EditedLine:
    """The amount was changed: the unit price yields, at six decimals, so that the three still agree.

    With a large quantity not every amount is some price times it; then the two nearest are told.
    Raises: PriceNotPositive, AmountNotReachable (facts: amount_below, amount_above).
    """
    if amount <= 0 or quantity <= 0:
        raise PriceNotPositive(f"{amount} for {quantity} is not a price.", amount=amount, field="amount")
    exact = EXACT.divide(round_half_up(amount, exponent), quantity)
    unit_price = round_half_up(exact, 6)
    line = after_quantity_edit(quantity=quantity, unit_price=unit_price, exponent=exponent)
    if line.amount == amount and unit_price > 0:
        return EditedLine(quantity, plain(unit_price), line.amount)
    below, above = (
        round_half_up(EXACT.multiply(quantity, exact.quantize(_UNIT_PRICE_STEP, rounding, EXACT)), exponent)
        for rounding in (ROUND_FLOOR, ROUND_CEILING)
    )
    raise AmountNotReachable(
        f"No unit price gives {amount} for {quantity}.",
        amount_below=below,
        amount_above=above,
        field="amount",
    )


def sum_lines(lines: Sequence[PricedLine]) -> Totals:
    """The order's totals: the sums of posted lines, never rounded again."""
    gross = net = tax = ZERO
    for line in lines:
        gross += line.gross_amount
        net += line.net_amount
        tax += line.tax_amount
    return Totals(gross, net, tax)


def differences(
    before: Sequence[PricedLine | None], after: Sequence[PricedLine | None]
) -> list[PriceDifference]:
    """The lines of a cart that cost something else now, in cart order; both lists are line by line."""
    changed: list[PriceDifference] = []
    for old, new in zip(before, after, strict=True):
        known = new or old
        if known is None:
            continue
        difference = PriceDifference(
            known.sku_id,
            known.unit.unit,
            old.entered_unit_price if old else None,
            new.entered_unit_price if new else None,
            old.gross_amount if old else None,
            new.gross_amount if new else None,
        )
        if (difference.unit_price_before, difference.amount_before) != (
            difference.unit_price_after,
            difference.amount_after,
        ):
            changed.append(difference)
    return changed
