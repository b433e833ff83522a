"""Goods as a buyer meets them in a shop: its own price, how much may be ordered at once, a word on the stock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SkuFacts
from huiliu.flows import place_order as flow
from huiliu.inventory import selectors as inventory
from huiliu.inventory.errors import StockNotShown
from huiliu.inventory.types import StockLevel
from huiliu.kernel.money import currency_of
from huiliu.orders.errors import NotAllowedToTrade
from huiliu.partners import selectors as partners
from huiliu.partners.types import BuyerFacts
from huiliu.platform.errors import NotFound
from huiliu.pricing import services as pricing
from huiliu.pricing.rules import unit_prices


@dataclass(frozen=True, slots=True)
class Offer:
    """One sku for one buyer; without a price it cannot be ordered. StockLevel and figure as the seller wants them shown."""

    sku: SkuFacts
    unit: str  # what the price is for: the unit for ordering
    unit_price: Decimal | None
    level: StockLevel | None
    available: Decimal | None


def sides_of(*, actor: Actor, buyer_id: int | None, seller_id: int | None) -> tuple[BuyerFacts, BuyerFacts]:
    """Buyer and seller whose shop the actor may look into.

    A partner knows what it pays itself and what its own customers pay to it, nothing else.
    Raises: NotFound, NotAllowedToTrade.
    """
    buyer, seller = flow.parties_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    if not actor.is_staff and actor.organization_id not in (buyer.organization_id, seller.organization_id):
        raise NotFound("There is no such buyer.", buyer_id=buyer_id)
    return buyer, seller


def range_of(*, buyer: BuyerFacts, seller: BuyerFacts, on: date) -> frozenset[int]:
    """The skus that the buyer may order from this seller that day: its sellable scope within its contract.

    Raises: NotAllowedToTrade.
    """
    trade = partners.may_trade(buyer=buyer, seller_id=seller.organization_id, on=on)
    if not trade.allowed:
        raise NotAllowedToTrade(
            f"The two do not trade: {trade.because}.", organization_id=buyer.organization_id
        )
    within = catalog.sellable_ids(buyer=buyer, on=on)
    if trade.category_ids is None:
        return within
    lines = trade.category_ids
    facts = catalog.sku_facts(within)
    return frozenset(one for one in within if catalog.within_categories(facts[one], lines))


def prices_of(
    *, buyer: BuyerFacts, seller: BuyerFacts, skus: Iterable[SkuFacts], on: date
) -> dict[int, Decimal]:
    """What one order unit costs this buyer; goods without a price are absent."""
    wanted = [(sku.id, factor) for sku in skus if (factor := sku.factor(sku.order_unit)) is not None]
    found = unit_prices(
        pricing.current_book(),
        seller_id=seller.organization_id,
        buyer_id=buyer.organization_id,
        currency=currency_of(flow.CURRENCY),
        on=on,
        wanted=wanted,
    )
    return {sku_id: price.unit_price for sku_id, price in found.items()}


def offers_of(
    *, actor: Actor, buyer: BuyerFacts, seller: BuyerFacts, sku_ids: Sequence[int], on: date
) -> list[Offer]:
    """The named goods in the order asked for; what does not exist any more is absent."""
    facts = catalog.sku_facts(sku_ids)
    skus = [facts[sku_id] for sku_id in dict.fromkeys(sku_ids) if sku_id in facts]
    prices = prices_of(buyer=buyer, seller=seller, skus=skus, on=on)
    stock = stock_words(actor=actor, buyer=buyer, seller=seller, sku_ids=[sku.id for sku in skus], on=on)
    return [Offer(sku, sku.order_unit, prices.get(sku.id), *stock.get(sku.id, (None, None))) for sku in skus]


def stock_words(
    *, actor: Actor, buyer: BuyerFacts, seller: BuyerFacts, sku_ids: Sequence[int], on: date
) -> dict[int, tuple[StockLevel | None, Decimal | None]]:
    """What the seller lets this buyer know of its stock; goods outside of the range are absent."""
    try:
        rows = inventory.seller_stock(
            actor=actor,
            buyer_id=buyer.organization_id,
            seller_id=seller.organization_id,
            sku_ids=sku_ids,
            on=on,
        )
    except StockNotShown:
        return {}
    return {row.sku_id: (row.level, row.available) for row in rows}
