"""One sku closely, what somebody looked at lately, and the whole range to be read without a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import SkuUnknown
from huiliu.catalog.types import SkuFacts
from huiliu.flows.place_order import CURRENCY
from huiliu.flows.shop import finding
from huiliu.flows.shop.offers import Offer, offers_of, prices_of, range_of, sides_of, stock_words
from huiliu.inventory.types import StockLevel
from huiliu.kernel.money import currency_of
from huiliu.kernel.period import business_date
from huiliu.orders import cart_selectors
from huiliu.orders import services as orders
from huiliu.pricing import services as pricing
from huiliu.pricing.rules import price_ladder
from huiliu.pricing.types import PriceBreak


@dataclass(frozen=True, slots=True)
class Closely:
    """One sku with everything a buyer decides by; `breaks` are per the offer's unit, from base units on."""

    offer: Offer
    breaks: list[PriceBreak]
    barcodes: list[tuple[str, str]]  # unit, code
    is_favourite: bool


@dataclass(frozen=True, slots=True)
class OfflineRow:
    """One sku to be read without a network; no figure of the stock, which would be wrong by then."""

    sku: SkuFacts
    unit_price: Decimal
    level: StockLevel | None
    barcodes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OfflineRange:
    """The whole range of a buyer with that day's prices."""

    buyer_id: int
    seller_id: int
    on: date
    rows: list[OfflineRow]


def look_at(
    *, actor: Actor, sku_id: int, buyer_id: int | None, seller_id: int | None, now: datetime
) -> Closely:
    """One sku of the buyer's range. Raises: NotFound, NotAllowedToTrade, SkuUnknown (also outside of the range)."""
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    on = business_date(now, actor.timezone)
    if sku_id not in range_of(buyer=buyer, seller=seller, on=on):
        raise SkuUnknown("There are no such goods.", sku_id=sku_id)
    offer = offers_of(actor=actor, buyer=buyer, seller=seller, sku_ids=[sku_id], on=on)[0]
    factor = offer.sku.factor(offer.unit)
    breaks = (
        price_ladder(
            pricing.current_book(),
            seller_id=seller.organization_id,
            buyer_id=buyer.organization_id,
            currency=currency_of(CURRENCY),
            on=on,
            sku_id=sku_id,
            unit=factor,
        )
        if factor
        else []
    )
    return Closely(offer, breaks, _barcodes(sku_id), sku_id in cart_selectors.favourite_ids(actor=actor))


def note_seen(
    *, actor: Actor, sku_id: int, buyer_id: int | None, seller_id: int | None, now: datetime
) -> None:
    """The person looked at goods of the buyer's range. Raises: NotFound, NotAllowedToTrade, SkuUnknown."""
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    if sku_id not in range_of(buyer=buyer, seller=seller, on=business_date(now, actor.timezone)):
        raise SkuUnknown("There are no such goods.", sku_id=sku_id)
    orders.note_seen(actor=actor, sku_id=sku_id, now=now)


def seen_lately(*, actor: Actor, buyer_id: int | None, seller_id: int | None, now: datetime) -> list[Offer]:
    """What the person looked at, last first, as far as the buyer may still order it.

    Raises: NotFound, NotAllowedToTrade.
    """
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    on = business_date(now, actor.timezone)
    within = range_of(buyer=buyer, seller=seller, on=on)
    ids = [one for one in cart_selectors.seen_sku_ids(actor=actor) if one in within]
    shown = offers_of(actor=actor, buyer=buyer, seller=seller, sku_ids=ids, on=on)
    return [offer for offer in shown if offer.unit_price is not None]


def whole_range(*, actor: Actor, buyer_id: int | None, seller_id: int | None, now: datetime) -> OfflineRange:
    """Everything the buyer may order and has a price for, by name. Raises: NotFound, NotAllowedToTrade."""
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    on = business_date(now, actor.timezone)
    skus = list(finding.search("", within=range_of(buyer=buyer, seller=seller, on=on)))
    prices = prices_of(buyer=buyer, seller=seller, skus=skus, on=on)
    words = stock_words(actor=actor, buyer=buyer, seller=seller, sku_ids=list(prices), on=on)
    rows = [
        OfflineRow(sku, prices[sku.id], words.get(sku.id, (None, None))[0], _barcodes(sku.id))
        for sku in skus
        if sku.id in prices
    ]
    return OfflineRange(buyer.organization_id, seller.organization_id, on, rows)


def _barcodes(sku_id: int) -> list[tuple[str, str]]:
    return [(unit.unit, unit.barcode) for unit in catalog.sku_index().units.get(sku_id, ()) if unit.barcode]
