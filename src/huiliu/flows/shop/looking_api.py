"""One sku closely, what was looked at lately, and the range to be read offline, over HTTP."""

from __future__ import annotations

from typing import Any

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.catalog.errors import SkuUnknown
from huiliu.flows.shop import looking, present, price_changes
from huiliu.flows.shop import schemas as shapes
from huiliu.orders import errors
from huiliu.orders import services as orders
from huiliu.orders.schemas import Id
from huiliu.platform.errors import NotFound

router = EdgeRouter(tag="shop", module="orders")
SIDES = (NotFound, errors.NotAllowedToTrade)


@router.get(
    "/shop/skus/{sku_id}",
    scope="prices:read",
    response=shapes.OfferDetailOut,
    errors=[*SIDES, SkuUnknown],
)
def get_orderable_sku(request: ActorRequest, sku_id: Id, query: Query[shapes.SidesIn]) -> Any:
    """One sku of the buyer's range with its price breaks; nothing outside of the range is found."""
    found = looking.look_at(
        actor=request.actor,
        sku_id=sku_id,
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        now=request.now,
    )
    return present.closely(found)


@router.get("/shop/seen", scope="prices:read", response=list[shapes.OfferOut], errors=SIDES)
def list_seen_skus(request: ActorRequest, query: Query[shapes.SidesIn]) -> Any:
    """What the reader looked at on any device, last first, as far as it can still be ordered."""
    shown = looking.seen_lately(
        actor=request.actor, buyer_id=query.buyer_id, seller_id=query.seller_id, now=request.now
    )
    return [present.offer(one) for one in shown]


@router.put(
    "/shop/seen/{sku_id}", scope="prices:read", response=None, status=204, errors=[*SIDES, SkuUnknown]
)
def note_seen_sku(request: ActorRequest, sku_id: Id, query: Query[shapes.SidesIn]) -> Any:
    """The reader looked at goods; the fifty last ones are kept, for the reader alone."""
    looking.note_seen(
        actor=request.actor,
        sku_id=sku_id,
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        now=request.now,
    )


@router.delete("/shop/seen", scope="prices:read", response=None, status=204)
def forget_seen_skus(request: ActorRequest) -> Any:
    """Empty the reader's list."""
    orders.forget_seen(actor=request.actor)


@router.get("/shop/price-changes", scope="prices:read", response=list[shapes.PriceChangeOut], errors=SIDES)
def list_shop_price_changes(request: ActorRequest, query: Query[shapes.PriceChangesQuery]) -> Any:
    """What became or will become cheaper or dearer for the buyer: first what is to come, then the latest."""
    rows = price_changes.price_changes(
        actor=request.actor,
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        days_back=query.days_back,
        days_ahead=query.days_ahead,
        limit=query.limit,
        now=request.now,
    )
    return [present.price_change(row) for row in rows]


@router.get("/shop/offline", scope="prices:read", response=shapes.OfflineOut, errors=SIDES)
def get_offline_range(request: ActorRequest, query: Query[shapes.SidesIn]) -> Any:
    """The buyer's whole range to be read without a network. Ask with `If-None-Match`: 304 says it is still so.

    It carries no clock: its age counts from the last answer, also from a 304.
    """
    found = looking.whole_range(
        actor=request.actor, buyer_id=query.buyer_id, seller_id=query.seller_id, now=request.now
    )
    return present.offline(found)
