"""From a cart to a promised order: range, quantities and prices are decided here, then written in one statement.

What the screen showed is judged again: the sellable scope, quantity rules and the price digest are checked at
submit, whatever the client believes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import SkuNotActive, SkuUnknown
from huiliu.catalog.rules import base_quantity, check_order_limits
from huiliu.catalog.types import SkuFacts
from huiliu.kernel.ids import check_uuid7
from huiliu.kernel.period import business_date
from huiliu.kernel.quantity import UnitFactor
from huiliu.kernel.refusals import DomainError, Refusals
from huiliu.orders import errors
from huiliu.orders import services as orders
from huiliu.orders.rules import LINES_MAX, quote_digest
from huiliu.orders.services.place import Parties
from huiliu.orders.types import DraftLine, OrderDraft, PlacedOrder, PricedLine, Quote
from huiliu.partners import selectors as partners
from huiliu.partners.types import BuyerFacts, PartnerStatus, TradeDecision
from huiliu.platform import custom_fields
from huiliu.platform.errors import NotFound, ScopeMissing
from huiliu.pricing import services as pricing
from huiliu.pricing.types import PricedLine as PriceOfLine

CURRENCY = "CNY"


def parties_of(*, actor: Actor, buyer_id: int | None, seller_id: int | None) -> tuple[BuyerFacts, BuyerFacts]:
    """Buyer and seller of a draft, both in the actor's sight.

    Raises: NotFound for an organization beyond it; NotAllowedToTrade when the two do not trade.
    """
    buyer = partners.buyer_facts(buyer_id or actor.organization_id)
    if buyer is None or not _may_act_for(actor, buyer):
        raise NotFound("There is no such buyer.", buyer_id=buyer_id)
    seller = partners.buyer_facts(seller_id or buyer.default_seller_id or 0)
    if seller is None or seller.organization_id == buyer.organization_id:
        raise errors.NotAllowedToTrade("The buyer has no seller yet.", buyer_id=buyer.organization_id)
    # A buyer orders from those above it: whoever else sells to it is named as its default seller.
    if seller.path not in buyer.ancestors and seller.organization_id != buyer.default_seller_id:
        raise NotFound("There is no such seller.", seller_id=seller_id)
    for side in (buyer, seller):
        if side.status != PartnerStatus.ACTIVE:
            raise errors.NotAllowedToTrade(
                "The partner is frozen or has left.", organization_id=side.organization_id
            )
    return buyer, seller


def _may_act_for(actor: Actor, buyer: BuyerFacts) -> bool:
    reach = actor.reach
    return reach.everything or reach.lo <= buyer.path < reach.hi


def quote_order(
    *, actor: Actor, buyer: BuyerFacts, seller: BuyerFacts, lines: Sequence[DraftLine], now: datetime
) -> Quote:
    """What the lines cost now, or every reason why they cannot be ordered.

    Raises: OrderEmpty, OrderTooLong, NotAllowedToTrade (no contract in force), AboveOrderLimit (all lines of a
            sku together), SeveralRefused (or the single refusal) naming each bad line.
    """
    if not lines:
        raise errors.OrderEmpty("The order has no lines.")
    if len(lines) > LINES_MAX:
        raise errors.OrderTooLong("Too many lines.", lines=len(lines), limit=LINES_MAX)
    on = business_date(now, actor.timezone)
    trade = partners.may_trade(buyer=buyer, seller_id=seller.organization_id, on=on)
    if not trade.allowed:
        raise errors.NotAllowedToTrade(
            f"The two do not trade: {trade.because}.", organization_id=buyer.organization_id
        )
    facts = catalog.sku_facts({line.sku_id for line in lines})
    sellable = catalog.sellable_ids(buyer=buyer, ids=facts.keys(), on=on)
    refusals = Refusals()
    wanted: list[tuple[int, DraftLine, SkuFacts, Decimal, Any]] = []
    for position, line in enumerate(lines):
        with refusals.collecting(f"lines.{position}"):
            sku = orderable(line, facts=facts, sellable=sellable, trade=trade)
            base, factor = base_quantity(sku, quantity=line.quantity, unit=line.unit)
            wanted.append((position, line, sku, base, factor))
    refusals.raise_if_any()
    check_order_limits((sku, base) for _, _, sku, base, _ in wanted)
    check_period_limits(
        buyer=buyer, seller=seller, wanted=[(sku, base) for _, _, sku, base, _ in wanted], on=on
    )
    priced = pricing.price_lines(
        actor=actor,
        seller_id=seller.organization_id,
        buyer_id=buyer.organization_id,
        currency=CURRENCY,
        on=on,
        wanted=[
            pricing.Wanted(
                sku_id=sku.id,
                unit=factor,
                quantity=base,
                tax_rate=sku.tax_rate,
                override=line.override_price,
                override_reason=line.override_reason,
            )
            for _, line, sku, base, factor in wanted
        ],
        now=now,
    )
    rows = tuple(
        priced_line(position, line, sku, base, factor, price)
        for (position, line, sku, base, factor), price in zip(wanted, priced, strict=True)
    )
    return quote_of(rows, buyer=buyer, seller=seller, on=on)


def priced_line(
    position: int, line: DraftLine, sku: SkuFacts, base: Decimal, factor: UnitFactor, price: PriceOfLine
) -> PricedLine:
    """A line with what was decided about it."""
    return PricedLine(
        line_no=position + 1,
        sku_id=sku.id,
        sku_code=sku.code,
        sku_name=sku.name,
        unit=factor.unit,
        entered_quantity=line.quantity,
        ordered=base,
        unit_price=price.entered_unit_price,
        gross_amount=price.gross_amount,
        net_amount=price.net_amount,
        tax_amount=price.tax_amount,
        tax_rate=price.tax_rate,
        trace=pricing.trace_of(price),
    )


def quote_of(rows: tuple[PricedLine, ...], *, buyer: BuyerFacts, seller: BuyerFacts, on: date) -> Quote:
    """The sums of priced lines and the digest that changes with them."""
    gross = sum((row.gross_amount for row in rows), Decimal(0))
    net = sum((row.net_amount for row in rows), Decimal(0))
    return Quote(
        buyer_id=buyer.organization_id,
        seller_id=seller.organization_id,
        currency=CURRENCY,
        lines=rows,
        gross_amount=gross,
        net_amount=net,
        tax_amount=gross - net,
        digest=quote_digest(rows, currency=CURRENCY),
        priced_on=on,
    )


def orderable(
    line: DraftLine, *, facts: dict[int, SkuFacts], sellable: frozenset[int], trade: TradeDecision
) -> SkuFacts:
    """The goods of a line if the buyer may order them. Raises: SkuUnknown, SkuNotActive, NotSellable."""
    sku = facts.get(line.sku_id)
    if sku is None:
        raise SkuUnknown("There are no such goods.", sku_id=line.sku_id)
    if sku.status != "ACTIVE":
        raise SkuNotActive("These goods are no longer sold.", sku_code=sku.code)
    if sku.id not in sellable:
        raise errors.NotSellable("These goods are not in the buyer's range.", sku_code=sku.code)
    if trade.category_ids is not None and not catalog.within_categories(sku, trade.category_ids):
        raise errors.NotSellable(f"Not part of {trade.because}.", sku_code=sku.code)
    return sku


def check_period_limits(
    *, buyer: BuyerFacts, seller: BuyerFacts, wanted: Sequence[tuple[SkuFacts, Decimal]], on: date
) -> None:
    """What the buyer ordered of limited goods in the running period counts too.

    Locks:  one advisory lock per (buyer, sku) with a limit, so that two orders at once are counted in turn.
    Raises: PeriodLimitReached.
    """
    limited = {sku.id: sku for sku, _ in wanted if sku.period_limit is not None and sku.period_days}
    for sku_id in sorted(limited):
        sku = limited[sku_id]
        asked = sum((base for other, base in wanted if other.id == sku_id), Decimal(0))
        since = on - timedelta(days=(sku.period_days or 1) - 1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"period:{buyer.organization_id}:{sku_id}"],
            )
            cursor.execute(
                "SELECT coalesce(sum(l.ordered - l.cancelled), 0) FROM orders_line l JOIN orders_order o ON o.id = l.order_id"
                " WHERE o.buyer_id = %s AND o.seller_id = %s AND l.sku_id = %s AND o.business_date >= %s",
                [buyer.organization_id, seller.organization_id, sku_id, since],
            )
            used: Decimal = cursor.fetchone()[0]
        limit = sku.period_limit or Decimal(0)
        if used + asked > limit:
            raise errors.PeriodLimitReached(
                "The limit of these goods for the period is reached.",
                sku_code=sku.code,
                limit=str(limit),
                used=str(used),
                asked=str(asked),
                since=since.isoformat(),
            )


def place_order(*, actor: Actor, draft: OrderDraft, now: datetime) -> PlacedOrder:
    """Quote and submit one order: all of it or none.

    Locks:  stock accounts of the skus and the buyer's balance, in id order, until commit.
    Replay: the same draft again answers the first order.
    Raises: what `quote_order` and `orders.write_order` raise; PriceChanged when `quote_digest` is not today's.
    """
    check_uuid7(draft.order_id, now=now)
    buyer, seller = parties_of(actor=actor, buyer_id=draft.buyer_id, seller_id=draft.seller_id)
    on_behalf = buyer.organization_id != actor.organization_id
    if on_behalf and not actor.is_staff and not buyer.path.startswith(actor.organization_path):
        raise ScopeMissing("Only the buyer or those above it order for it.", scope="orders:submit")
    try:
        custom_fields.validate("order", draft.custom)
        quote = quote_order(actor=actor, buyer=buyer, seller=seller, lines=draft.lines, now=now)
        if draft.quote_digest and draft.quote_digest != quote.digest:
            raise errors.PriceChanged(
                "Prices changed since the quote.", digest=quote.digest, gross_amount=str(quote.gross_amount)
            )
    except DomainError:
        # A retry of an order that stands is answered even when it could not be placed anew today.
        if earlier := orders.find_placed(draft):
            return earlier
        raise
    try:
        return orders.write_order(
            actor=actor,
            draft=draft,
            quote=quote,
            parties=_on_paper(buyer, seller),
            business_date=quote.priced_on,
            on_behalf=on_behalf,
            now=now,
        )
    except errors.InsufficientStock as refusal:
        if _may_act_for(actor, seller):
            raise
        raise _in_words(refusal) from refusal


def _in_words(refusal: errors.InsufficientStock) -> errors.InsufficientStock:
    """The refusal for a buyer: the seller's figures stay the seller's; the shop shows what the seller wants shown.

    The transaction is lost by now, so the seller's setting cannot be asked; a word never says too much.
    """
    rows = [
        {key: value for key, value in row.items() if key != "available"}
        | {"level": "TIGHT" if Decimal(row["available"]) > 0 else "NONE"}
        for row in refusal.facts["lines"]
    ]
    return errors.InsufficientStock(str(refusal), **refusal.facts | {"lines": rows})


def _on_paper(buyer: BuyerFacts, seller: BuyerFacts) -> Parties:
    return Parties(
        seller_id=seller.organization_id,
        seller_path=seller.path,
        seller_name=seller.name,
        buyer_id=buyer.organization_id,
        buyer_path=buyer.path,
        buyer_name=buyer.name,
        buyer_tier=buyer.tier,
        region_code=buyer.region_code,
        province=buyer.province,
        city=buyer.city,
    )
