"""Goods as a buyer finds them, its favourites, its usual list, and lists that are pasted, over HTTP."""

from __future__ import annotations

from typing import Any

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.catalog.errors import CategoryUnknown, SkuUnknown
from huiliu.flows.shop import present, quick_entry, shelf, usual
from huiliu.flows.shop import schemas as shapes
from huiliu.flows.shop.errors import ListEmpty, ListTooLong
from huiliu.flows.shop.offers import sides_of
from huiliu.integrations.errors import (
    CellTooLong,
    FileDamaged,
    FileTooLarge,
    FormatUnknown,
    NothingToImport,
    OldExcel,
)
from huiliu.orders import errors
from huiliu.orders import services as orders
from huiliu.orders.schemas import Id
from huiliu.platform.errors import CursorInvalid, InvalidInput, NotFound
from huiliu.platform.files.errors import FileUnknown
from huiliu.platform.http.cursor import decode_cursor, encode_cursor

router = EdgeRouter(tag="shop", module="orders")
SIDES = (NotFound, errors.NotAllowedToTrade)
FILE_REFUSALS = (
    FileUnknown,
    FileTooLarge,
    NothingToImport,
    OldExcel,
    FormatUnknown,
    FileDamaged,
    CellTooLong,
)


@router.get("/shop/skus", scope="prices:read", response=list[shapes.OfferOut], errors=SIDES)
def find_orderable_skus(request: ActorRequest, query: Query[shapes.OfferQuery]) -> Any:
    """Orderable goods while somebody types, the closest first, at the buyer's own price."""
    found = usual.find_skus(
        actor=request.actor,
        text=query.text,
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        limit=query.limit,
        now=request.now,
    )
    return [present.offer(one) for one in found]


@router.get(
    "/shop/catalog",
    scope="prices:read",
    response=shapes.ShelfOut,
    errors=[*SIDES, CategoryUnknown, CursorInvalid],
)
def list_shop_catalog(request: ActorRequest, query: Query[shapes.ShelfQuery]) -> Any:
    """What the buyer may order, page by page, at its own price, sorted by it if asked."""
    key = decode_cursor(query.cursor, size=2)
    page = shelf.shelf(
        actor=request.actor,
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        wanted=shelf.ShelfFilter(
            text=query.text,
            category_id=query.category_id,
            brand_id=query.brand_id,
            in_stock=query.in_stock,
            favourites=query.favourites,
            sort=query.sort,
        ),
        after=(int(key[0]), int(key[1])) if key else None,
        limit=query.limit,
        now=request.now,
    )
    is_last = not page.places or page.places[-1] + 1 >= page.count
    return {
        "items": [present.offer(one) for one in page.offers],
        "next_cursor": None if is_last else encode_cursor([page.places[-1], page.offers[-1].sku.id]),
        "count": page.count,
    }


@router.get("/shop/categories", scope="prices:read", response=list[shapes.ShelfCategoryOut], errors=SIDES)
def list_shop_categories(request: ActorRequest, query: Query[shapes.SidesIn]) -> Any:
    """The categories that hold something the buyer may order, parents before children."""
    found = shelf.shelf_categories(
        actor=request.actor, buyer_id=query.buyer_id, seller_id=query.seller_id, now=request.now
    )
    return [
        {"id": one.row.id, "name": one.row.name, "parent_id": one.row.parent_id, "count": one.count}
        for one in found
    ]


@router.get("/shop/usual", scope="prices:read", response=list[shapes.UsualOut], errors=SIDES)
def list_usual_skus(request: ActorRequest, query: Query[shapes.UsualQuery]) -> Any:
    """What the buyer ordered in the last days: how often, in which unit and quantity, and what it costs now."""
    rows = usual.usual_list(
        actor=request.actor,
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        days=query.days,
        order=query.order,
        limit=query.limit,
        now=request.now,
    )
    return [present.usual(row) for row in rows]


@router.get("/shop/favourites", scope="prices:read", response=list[shapes.FavouriteOut], errors=SIDES)
def list_favourites(request: ActorRequest, query: Query[shapes.SidesIn]) -> Any:
    """The favourites of the reader's organization, added last first."""
    rows = usual.favourites(
        actor=request.actor, buyer_id=query.buyer_id, seller_id=query.seller_id, now=request.now
    )
    return [{"offer": present.offer(one), "orderable": orderable} for one, orderable in rows]


@router.put(
    "/shop/favourites/{sku_id}",
    scope="orders:submit",
    response=shapes.FavouriteChangedOut,
    errors=[SkuUnknown, errors.TooManyFavourites],
)
def add_favourite(request: ActorRequest, sku_id: Id) -> Any:
    """Keep goods at hand; done twice it is done once."""
    usual.add_favourite(actor=request.actor, sku_id=sku_id, now=request.now)
    return {"sku_id": sku_id, "is_favourite": True}


@router.delete("/shop/favourites/{sku_id}", scope="orders:submit", response=shapes.FavouriteChangedOut)
def remove_favourite(request: ActorRequest, sku_id: Id) -> Any:
    """Take goods off the favourites; done twice it is done once."""
    orders.remove_favourite(actor=request.actor, sku_id=sku_id, now=request.now)
    return {"sku_id": sku_id, "is_favourite": False}


@router.post(
    "/shop/quick-entry",
    scope="orders:submit",
    response=shapes.QuickEntryOut,
    idempotent=False,
    errors=[*SIDES, *FILE_REFUSALS, ListEmpty, ListTooLong, InvalidInput],
)
def read_order_list(request: ActorRequest, body: shapes.QuickEntryIn) -> Any:
    """What each row of a list means: matched, ambiguous with candidates, or not understood. Changes nothing."""
    check_source(body)
    buyer, _ = sides_of(actor=request.actor, buyer_id=body.buyer_id, seller_id=body.seller_id)
    rows = quick_entry.read_list(
        actor=request.actor, buyer=buyer, text=body.text, file_id=body.file_id, now=request.now
    )
    return present.entered(rows)


def check_source(body: shapes.QuickEntryIn | shapes.QuickCartIn) -> None:
    """A text or a file, not both. Raises: InvalidInput."""
    if body.text and body.file_id is not None:
        raise InvalidInput("Send a text or a file, not both.", field="file_id")
