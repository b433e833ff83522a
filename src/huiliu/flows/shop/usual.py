"""What a buyer keeps at hand, buys often and bought last, at its own price of today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import SkuUnknown
from huiliu.flows.shop import finding
from huiliu.flows.shop.offers import Offer, offers_of, prices_of, range_of, sides_of
from huiliu.kernel.period import business_date
from huiliu.orders import cart_selectors
from huiliu.orders import services as orders
from huiliu.orders.types import BoughtRow
from huiliu.partners import selectors as partners

FOUND_MAX: Final = 50
LOOKED_AT_MAX: Final = 500


class UsualOrder(StrEnum):
    """Bought most often first, or bought last first."""

    TIMES = "TIMES"
    LATEST = "LATEST"


@dataclass(frozen=True, slots=True)
class UsualRow:
    """One sku that the buyer orders again and again; `offer.unit_price` None: it cannot be ordered now."""

    bought: BoughtRow
    offer: Offer
    in_range: bool


def find_skus(
    *, actor: Actor, text: str, buyer_id: int | None, seller_id: int | None, limit: int, now: datetime
) -> list[Offer]:
    """Orderable goods as somebody types, the closest first; what has no price for the buyer is left out.

    Raises: NotFound, NotAllowedToTrade.
    """
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    on = business_date(now, actor.timezone)
    found = []
    within = range_of(buyer=buyer, seller=seller, on=on)
    for sku in finding.search(text, within=within):
        found.append(sku)
        if len(found) == LOOKED_AT_MAX:
            break
    prices = prices_of(buyer=buyer, seller=seller, skus=found, on=on)
    wanted = [sku.id for sku in found if sku.id in prices][:limit]
    return offers_of(actor=actor, buyer=buyer, seller=seller, sku_ids=wanted, on=on)


def favourites(
    *, actor: Actor, buyer_id: int | None, seller_id: int | None, now: datetime
) -> list[tuple[Offer, bool]]:
    """The favourites of the actor's organization, added last first, and whether each may be ordered.

    Raises: NotFound, NotAllowedToTrade.
    """
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    on = business_date(now, actor.timezone)
    ids = cart_selectors.favourite_ids(actor=actor)
    within = catalog.sellable_ids(buyer=buyer, on=on)
    shown = offers_of(actor=actor, buyer=buyer, seller=seller, sku_ids=ids, on=on)
    return [(offer, offer.sku.id in within and offer.unit_price is not None) for offer in shown]


def add_favourite(*, actor: Actor, sku_id: int, now: datetime) -> None:
    """Keep goods of the own range at hand (staff: any goods). Raises: SkuUnknown, TooManyFavourites."""
    known = catalog.sku_facts([sku_id])
    house = None if actor.is_staff else partners.buyer_facts(actor.organization_id)
    on = business_date(now, actor.timezone)
    if not known or (house is not None and not catalog.sellable_ids(buyer=house, ids=known.keys(), on=on)):
        raise SkuUnknown("There are no such goods.", sku_id=sku_id)
    orders.add_favourite(actor=actor, sku_id=sku_id, now=now)


def usual_list(
    *,
    actor: Actor,
    buyer_id: int | None,
    seller_id: int | None,
    days: int,
    order: UsualOrder,
    limit: int,
    now: datetime,
) -> list[UsualRow]:
    """What the buyer ordered in the last days, with how it usually orders it and what that costs now.

    Raises: NotFound, NotAllowedToTrade.
    """
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    on = business_date(now, actor.timezone)
    rows = cart_selectors.bought_by(
        buyer_id=buyer.organization_id,
        buyer_path=buyer.path,
        seller_id=seller.organization_id,
        since=now - timedelta(days=days),
        by_latest=order is UsualOrder.LATEST,
        limit=limit,
    )
    offers = offers_of(actor=actor, buyer=buyer, seller=seller, sku_ids=[row.sku_id for row in rows], on=on)
    by_id = {offer.sku.id: offer for offer in offers}
    within = catalog.sellable_ids(buyer=buyer, on=on)
    return [UsualRow(row, by_id[row.sku_id], row.sku_id in within) for row in rows if row.sku_id in by_id]
