"""Wanted lines judged one by one, as placing an order would judge them: each has its price or the reason it has none.

A cart may hold what cannot be ordered; it is shown with the reason, never dropped and never refused as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.rules import base_quantity, check_order_limits
from huiliu.catalog.types import SkuFacts
from huiliu.flows.place_order import CURRENCY, check_period_limits, orderable, priced_line, quote_of
from huiliu.kernel.quantity import UnitFactor
from huiliu.kernel.refusals import DomainError
from huiliu.orders.errors import NotAllowedToTrade
from huiliu.orders.types import DraftLine, PricedLine, Quote
from huiliu.partners import selectors as partners
from huiliu.partners.types import BuyerFacts, PartnerStatus
from huiliu.pricing import services as pricing


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One wanted line: priced, or with the refusal that an order with it would meet."""

    draft: DraftLine
    sku: SkuFacts | None
    priced: PricedLine | None
    problem: DomainError | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """All lines in their order, and the quote over those that can be ordered."""

    lines: tuple[JudgedLine, ...]
    quote: Quote

    @property
    def is_orderable(self) -> bool:
        return bool(self.lines) and all(line.problem is None for line in self.lines)


_Wanted = tuple[int, DraftLine, SkuFacts, Decimal, UnitFactor]


def judge_lines(
    *,
    actor: Actor,
    buyer: BuyerFacts,
    seller: BuyerFacts,
    lines: Sequence[DraftLine],
    on: date,
    now: datetime,
) -> Judgement:
    """What each line costs on that day, or why it cannot be ordered. Writes nothing.

    Locks:  as a quote: one advisory lock per (buyer, sku) whose goods have a limit per period.
    """
    facts = catalog.sku_facts({line.sku_id for line in lines})
    problems: dict[int, DomainError] = {}
    wanted: list[_Wanted] = []
    closed = _closed(buyer, seller, on=on)
    if closed is not None:
        problems = dict.fromkeys(range(len(lines)), closed)
    else:
        wanted = _in_range(lines, facts, problems, buyer=buyer, seller=seller, on=on)
        wanted = _within_limits(wanted, problems, buyer=buyer, seller=seller, on=on)
    priced = {} if closed else _priced(actor, wanted, problems, buyer=buyer, seller=seller, on=on, now=now)
    judged = tuple(
        JudgedLine(line, facts.get(line.sku_id), priced.get(position), problems.get(position))
        for position, line in enumerate(lines)
    )
    rows = tuple(priced[position] for position in sorted(priced))
    return Judgement(judged, quote_of(rows, buyer=buyer, seller=seller, on=on))


def _closed(buyer: BuyerFacts, seller: BuyerFacts, *, on: date) -> DomainError | None:
    for side in (buyer, seller):
        if side.status != PartnerStatus.ACTIVE:
            return NotAllowedToTrade(
                "The partner is frozen or has left.", organization_id=side.organization_id
            )
    trade = partners.may_trade(buyer=buyer, seller_id=seller.organization_id, on=on)
    if not trade.allowed:
        return NotAllowedToTrade(
            f"The two do not trade: {trade.because}.", organization_id=buyer.organization_id
        )
    return None


def _in_range(
    lines: Sequence[DraftLine],
    facts: dict[int, SkuFacts],
    problems: dict[int, DomainError],
    *,
    buyer: BuyerFacts,
    seller: BuyerFacts,
    on: date,
) -> list[_Wanted]:
    sellable = catalog.sellable_ids(buyer=buyer, ids=facts.keys(), on=on)
    trade = partners.may_trade(buyer=buyer, seller_id=seller.organization_id, on=on)
    wanted: list[_Wanted] = []
    for position, line in enumerate(lines):
        try:
            sku = orderable(line, facts=facts, sellable=sellable, trade=trade)
            base, factor = base_quantity(sku, quantity=line.quantity, unit=line.unit)
        except DomainError as refusal:
            problems[position] = refusal
        else:
            wanted.append((position, line, sku, base, factor))
    return wanted


def _within_limits(
    wanted: list[_Wanted],
    problems: dict[int, DomainError],
    *,
    buyer: BuyerFacts,
    seller: BuyerFacts,
    on: date,
) -> list[_Wanted]:
    """A limit speaks of all lines of its sku together: when it is passed, all of them say so."""
    groups: dict[int, list[_Wanted]] = {}
    for one in wanted:
        if one[2].order_limit is not None or one[2].period_limit is not None:
            groups.setdefault(one[2].id, []).append(one)
    for sku_id in sorted(groups):
        asked = [(sku, base) for _, _, sku, base, _ in groups[sku_id]]
        try:
            check_order_limits(asked)
            check_period_limits(buyer=buyer, seller=seller, wanted=asked, on=on)
        except DomainError as refusal:
            problems |= dict.fromkeys((one[0] for one in groups[sku_id]), refusal)
    return [one for one in wanted if one[0] not in problems]


def _priced(
    actor: Actor,
    wanted: list[_Wanted],
    problems: dict[int, DomainError],
    *,
    buyer: BuyerFacts,
    seller: BuyerFacts,
    on: date,
    now: datetime,
) -> dict[int, PricedLine]:
    def prices(some: Iterable[_Wanted]) -> list[Any]:
        return pricing.price_lines(
            actor=actor,
            seller_id=seller.organization_id,
            buyer_id=buyer.organization_id,
            currency=CURRENCY,
            on=on,
            wanted=[
                pricing.Wanted(sku_id=sku.id, unit=factor, quantity=base, tax_rate=sku.tax_rate)
                for _, _, sku, base, factor in some
            ],
            now=now,
        )

    try:
        return {one[0]: priced_line(*one, price) for one, price in zip(wanted, prices(wanted), strict=True)}
    except DomainError:
        found = {}
        for one in wanted:  # some have no price: ask for each, so that the others keep theirs
            try:
                found[one[0]] = priced_line(*one, prices([one])[0])
            except DomainError as refusal:
                problems[one[0]] = refusal
        return found
