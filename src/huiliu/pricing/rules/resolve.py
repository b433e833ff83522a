"""Which list decides, and what the line costs. Source: docs/algorithms/pricing.md, "Who wins"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from huiliu.kernel.money import EXACT, Currency, plain, round_half_up, tax_from_gross
from huiliu.kernel.quantity import UnitFactor, line_amount_by_units
from huiliu.pricing.errors import NoPrice
from huiliu.pricing.rules.book import PriceBook, VersionBook
from huiliu.pricing.types import (
    AppliedOverride,
    Candidate,
    PriceBreak,
    PricedLine,
    PriceQuery,
    PriceRow,
    PriceTrace,
    PriceVersion,
    Reason,
    UnitPrice,
)

UNIT_PRICE_SCALE: Final = 6
_WON: Final = Reason.WON


def resolve(book: PriceBook, query: PriceQuery) -> PricedLine:
    """The price of one line, with every candidate that speaks to the buyer and what became of it.

    Raises: NoPrice (facts: sku_id, considered: how often each reason spoke against a price).
    """
    line = try_resolve(book, query)
    if line is not None:
        return line
    reasons: dict[str, int] = {}
    for candidate in _weigh(book, query)[1]:
        reasons[candidate.reason.value] = reasons.get(candidate.reason.value, 0) + 1
    raise NoPrice(
        f"No price for sku {query.sku_id} on {query.on}.",
        sku_id=query.sku_id,
        on=query.on,
        considered=reasons,
    )


def try_resolve(book: PriceBook, query: PriceQuery) -> PricedLine | None:
    """Like `resolve`; None when nothing gives a price."""
    price, candidates, row = _weigh(book, query)
    if price is None or row is None:
        return None
    return priced_line(price, row.unit, PriceTrace(query, tuple(candidates)))


def _weigh(book: PriceBook, query: PriceQuery) -> tuple[Decimal | None, list[Candidate], PriceRow | None]:
    """The winning price, all candidates in the order asked, and the winning row."""
    sku_id, unit, quantity, on = query.sku_id, query.unit, query.quantity, query.on
    winner: PriceVersion | None = None
    won_price: Decimal | None = None
    won_row: PriceRow | None = None
    candidates: list[Candidate] = []
    for one in book.versions_for(query.seller_id, query.buyer_id, query.currency.code):
        row = one.row(sku_id, unit)
        if row is None:
            continue
        head = one.head
        reason = _unfit(head, on, query.project)
        if reason is None:
            price = row.price_at(quantity)
            if price is None:
                reason = Reason.BREAK_NOT_REACHED
            elif winner is None:
                winner, won_price, won_row, reason = head, price, row, _WON
            else:
                reason = beaten_by(winner, head)
        candidates.append(Candidate(head, row, reason))
    return won_price, candidates, won_row


def _unfit(head: PriceVersion, on: date, project: str) -> Reason | None:
    """Why a version does not speak about this date and deal at all."""
    if on < head.valid_from:
        return Reason.NOT_YET_VALID
    if head.valid_to is not None and on >= head.valid_to:
        return Reason.EXPIRED
    if head.project and head.project != project:
        return Reason.OTHER_PROJECT
    return None


def beaten_by(winner: PriceVersion, loser: PriceVersion) -> Reason:
    """The first rule by which `loser` stands behind `winner`."""
    if loser.level != winner.level:
        return Reason.LOWER_LEVEL
    if loser.priority != winner.priority:
        return Reason.LOWER_PRIORITY
    if (loser.width, bool(loser.project)) != (winner.width, bool(winner.project)):
        return Reason.WIDER_SCOPE
    if loser.valid_from != winner.valid_from:
        return Reason.OLDER
    return Reason.PUBLISHED_EARLIER


def priced_line(unit_price: Decimal, price_unit: UnitFactor, trace: PriceTrace) -> PricedLine:
    """The line at this price: posted once, tax taken out of it."""
    query = trace.query
    exponent = query.currency.exponent
    gross = line_amount_by_units(
        quantity=query.quantity, unit_price=unit_price, price_unit=price_unit, exponent=exponent
    )
    net, tax = tax_from_gross(gross, query.tax_rate, exponent)
    return PricedLine(
        query.sku_id,
        query.quantity,
        query.unit,
        unit_price,
        price_unit,
        price_in_unit(unit_price, price_unit, query.unit),
        gross,
        net,
        tax,
        query.tax_rate,
        query.currency,
        trace,
    )


def price_in_unit(unit_price: Decimal, price_unit: UnitFactor, unit: UnitFactor) -> Decimal:
    """A price per `price_unit` as one per `unit`, at six decimals: 100 per 箱 of 24 is 4.166667 per 瓶."""
    if unit == price_unit:
        return unit_price
    exact = EXACT.divide(
        EXACT.multiply(unit_price, price_unit.denominator * unit.numerator),
        price_unit.numerator * unit.denominator,
    )
    return plain(round_half_up(exact, UNIT_PRICE_SCALE))


def per_base_unit(price: Decimal, unit: UnitFactor) -> Fraction:
    """A price per unit as an exact price per base unit."""
    return Fraction(price) / unit.size


def overridden_line(line: PricedLine, override: AppliedOverride) -> PricedLine:
    """The line at a price set by hand per entered unit; whether it may be is `override.judge_override`."""
    return priced_line(
        override.unit_price, line.unit, PriceTrace(line.trace.query, line.trace.candidates, override)
    )


def explain(book: PriceBook, query: PriceQuery, *, limit: int = 50) -> tuple[Candidate, ...]:
    """Every version of the seller that knows the sku and what became of it: also those for other buyers.

    For brand staff only: it names lists of other audiences. At most `limit` of those.
    """
    candidates = _weigh(book, query)[1]
    others: list[Candidate] = []
    for one in sorted(book, key=_head_rank):
        head = one.head
        if (head.seller_id, head.currency) != (query.seller_id, query.currency.code):
            continue
        if not one.speaks_to(query.buyer_id) and (row := one.row(query.sku_id, query.unit)):
            others.append(Candidate(head, row, Reason.NOT_IN_AUDIENCE))
            if len(others) == limit:
                break
    return (*candidates, *others)


def _head_rank(one: VersionBook) -> tuple[int, ...]:
    return (*one.head.rank(), one.head.version_id.int)


def floor_of(line: PricedLine) -> Fraction | None:
    """The lowest price per base unit below which only a named authority may sell; None: there is no floor.

    The winner's own floor; when it has none, that of the next list that would have decided.
    """
    unfit = (Reason.NOT_YET_VALID, Reason.EXPIRED, Reason.OTHER_PROJECT, Reason.NOT_IN_AUDIENCE)
    fitting = [one for one in line.trace.candidates if one.reason not in unfit]
    for _, row, _ in sorted(fitting, key=lambda one: one.reason is not Reason.WON):
        if row.floor_price is not None:
            return per_base_unit(row.floor_price, row.unit)
    return None


def unit_prices(
    book: PriceBook,
    *,
    seller_id: int,
    buyer_id: int,
    currency: Currency,
    on: date,
    wanted: Iterable[tuple[int, UnitFactor]],
) -> dict[int, UnitPrice]:
    """What one unit of each sku costs this buyer, for shop lists and sorting; without a price it is absent.

    Unit: price per the entered unit that was asked for, at six decimals, for a quantity of one such unit.
    """
    versions = [
        one
        for one in book.versions_for(seller_id, buyer_id, currency.code)
        if _unfit(one.head, on, "") is None
    ]
    prices: dict[int, UnitPrice] = {}
    for sku_id, unit in wanted:
        quantity = EXACT.divide(unit.numerator, unit.denominator)
        for one in versions:
            row = one.row(sku_id, unit)
            price = row.price_at(quantity) if row else None
            if row is not None and price is not None:
                prices[sku_id] = UnitPrice(price_in_unit(price, row.unit, unit), unit, one.head.version_id)
                break
    return prices


def price_ladder(
    book: PriceBook,
    *,
    seller_id: int,
    buyer_id: int,
    currency: Currency,
    on: date,
    sku_id: int,
    unit: UnitFactor,
) -> list[PriceBreak]:
    """What one `unit` costs this buyer from which quantity on: ascending, only where the price changes.

    Unit: quantities are base units; the first step is one `unit` or, where nothing prices that little, the first
    quantity that has a price. Empty: there is no price. A step up may be dearer when another list decides there.
    """
    rows = [
        row
        for one in book.versions_for(seller_id, buyer_id, currency.code)
        if _unfit(one.head, on, "") is None and (row := one.row(sku_id, unit)) is not None
    ]
    least = EXACT.divide(unit.numerator, unit.denominator)
    starts = {least} | {
        step.from_quantity for row in rows for step in row.breaks if step.from_quantity > least
    }
    ladder: list[PriceBreak] = []
    for quantity in sorted(starts):
        found = next(((row, price) for row in rows if (price := row.price_at(quantity)) is not None), None)
        if found is None:
            continue
        price = price_in_unit(found[1], found[0].unit, unit)
        if not ladder or ladder[-1].unit_price != price:
            ladder.append(PriceBreak(quantity, price))
    return ladder
