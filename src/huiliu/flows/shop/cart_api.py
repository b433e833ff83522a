"""Carts over HTTP: translate, one call."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access import selectors as access
from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.catalog.errors import SkuNotActive, SkuUnknown
from huiliu.flows.shop import carts as shop
from huiliu.flows.shop import present, quick_entry
from huiliu.flows.shop import schemas as shapes
from huiliu.flows.shop.errors import ListEmpty, ListTooLong
from huiliu.flows.shop.list_api import FILE_REFUSALS, check_source
from huiliu.flows.shop.offers import sides_of
from huiliu.flows.shop.reorder import reorder
from huiliu.kernel.ids import ClockSkewed, IdInvalid
from huiliu.kernel.quantity import QuantityNotWhole, QuantityTooFine, UnitUnknown
from huiliu.kernel.refusals import Refusals, SeveralRefused
from huiliu.orders import cart_selectors, errors
from huiliu.orders import present as order_shapes
from huiliu.orders import schemas as order_out
from huiliu.orders.services import carts
from huiliu.partners import selectors as partners
from huiliu.platform.errors import CustomFieldInvalid, InvalidInput, NotFound, Stale
from huiliu.platform.http.cursor import Page, decode_cursor, page_of
from huiliu.pricing.errors import NoPrice

router = EdgeRouter(tag="carts", module="orders")
SIDES = (NotFound, errors.NotAllowedToTrade)
CART = (errors.CartNotVisible, errors.CartOrdered, NotFound)
LINES = (
    *CART,
    errors.CartFull,
    errors.NotSellable,
    SkuUnknown,
    SkuNotActive,
    UnitUnknown,
    QuantityNotWhole,
    QuantityTooFine,
    SeveralRefused,
)


@router.get("/carts", scope="orders:submit", response=Page[shapes.CartRow])
def list_carts(request: ActorRequest, query: Query[shapes.CartQuery]) -> Any:
    """The carts of the reader's organization, those changed last first."""
    key = decode_cursor(query.cursor, size=2)
    rows = cart_selectors.list_carts(
        actor=request.actor,
        state=query.state,
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        after=(datetime.fromisoformat(key[0]), UUID(key[1])) if key else None,
        limit=query.limit + 1,
    )
    found = access.organizations_by_ids({one for row in rows for one in (row.buyer_id, row.seller_id)})
    names = {one: organization.name for one, organization in found.items()}
    return page_of(
        [present.cart_row(row, names) for row in rows],
        limit=query.limit,
        key=lambda row: (row["updated_at"].isoformat(), row["id"]),
    )


@router.post(
    "/carts",
    scope="orders:submit",
    response=shapes.CartOut,
    status=201,
    errors=[*SIDES, errors.TooManyCarts, errors.CartIdReused, IdInvalid, ClockSkewed],
)
def create_cart(request: ActorRequest, body: shapes.CartIn) -> Any:
    """A named cart beside the default one."""
    buyer, seller = sides_of(actor=request.actor, buyer_id=body.buyer_id, seller_id=body.seller_id)
    cart = carts.create_cart(
        actor=request.actor,
        cart_id=body.id,
        name=body.name,
        buyer_id=buyer.organization_id,
        seller_id=seller.organization_id,
        now=request.now,
    )
    return _shown(request, cart)


@router.post("/carts/default", scope="orders:submit", response=shapes.CartOut, idempotent=False, errors=SIDES)
def open_default_cart(request: ActorRequest, body: shapes.SidesIn) -> Any:
    """The cart that every colleague and device shares; made when there is none. Asked twice it is the same one."""
    buyer, seller = sides_of(actor=request.actor, buyer_id=body.buyer_id, seller_id=body.seller_id)
    cart = carts.open_default_cart(
        actor=request.actor,
        buyer_id=buyer.organization_id,
        seller_id=seller.organization_id,
        now=request.now,
    )
    return _shown(request, cart)


@router.get("/carts/{cart_id}", scope="orders:submit", response=shapes.CartOut, errors=CART)
def get_cart(request: ActorRequest, cart_id: UUID) -> Any:
    """One cart with what it costs now and what changed since somebody saw it."""
    return _shown(request, cart_selectors.find_cart(actor=request.actor, cart_id=cart_id))


@router.put("/carts/{cart_id}", scope="orders:submit", response=shapes.CartOut, errors=CART)
def update_cart(request: ActorRequest, cart_id: UUID, body: shapes.CartHeadIn) -> Any:
    """Rename a cart, or write a note on it."""
    cart = carts.update_cart(
        actor=request.actor,
        cart_id=cart_id,
        name=body.name,
        note=body.note,
        version=body.version,
        now=request.now,
    )
    return _shown(request, cart)


@router.delete("/carts/{cart_id}", scope="orders:submit", response=None, status=204, errors=CART)
def remove_cart(request: ActorRequest, cart_id: UUID) -> Any:
    """Throw an open cart away."""
    carts.remove_cart(actor=request.actor, cart_id=cart_id, now=request.now)


@router.post("/carts/{cart_id}/lines", scope="orders:submit", response=shapes.CartOut, errors=LINES)
def add_cart_lines(request: ActorRequest, cart_id: UUID, body: shapes.CartAddIn) -> Any:
    """Put goods on top of what is in the cart."""
    view = shop.add_to_cart(actor=request.actor, cart_id=cart_id, wanted=_wanted(body.lines), now=request.now)
    return present.cart(view)


@router.put("/carts/{cart_id}/lines", scope="orders:submit", response=shapes.CartOut, errors=LINES)
def set_cart_lines(request: ActorRequest, cart_id: UUID, body: shapes.CartLinesIn) -> Any:
    """Make lines what is wanted; zero takes a line off. Sent twice it is done once."""
    view = shop.set_in_cart(
        actor=request.actor,
        cart_id=cart_id,
        wanted=_wanted(body.lines),
        version=body.version,
        is_whole=body.is_whole,
        now=request.now,
    )
    return present.cart(view)


@router.post(
    "/carts/{cart_id}/merge",
    scope="orders:submit",
    response=shapes.CartOut,
    errors=[*CART, errors.CartsApart, errors.CartFull],
)
def merge_carts(request: ActorRequest, cart_id: UUID, body: shapes.CartMergeIn) -> Any:
    """Put another cart's lines on top of this one's; the other is removed, the default one emptied."""
    view = shop.merge_into_cart(
        actor=request.actor, cart_id=cart_id, from_id=body.from_cart_id, now=request.now
    )
    return present.cart(view)


@router.post(
    "/carts/{cart_id}/acknowledge",
    scope="orders:submit",
    response=shapes.CartOut,
    idempotent=False,
    errors=[*CART, errors.PriceChanged],
)
def acknowledge_cart(request: ActorRequest, cart_id: UUID, body: shapes.AcknowledgeIn) -> Any:
    """Accept what the cart costs now; the difference is no longer told. Asked twice it is the same."""
    view = shop.acknowledge(actor=request.actor, cart_id=cart_id, digest=body.digest, now=request.now)
    return present.cart(view)


@router.post(
    "/carts/{cart_id}/quick-entry",
    scope="orders:submit",
    response=shapes.QuickCartOut,
    errors=[*LINES, *FILE_REFUSALS, ListEmpty, ListTooLong, InvalidInput],
)
def add_list_to_cart(request: ActorRequest, cart_id: UUID, body: shapes.QuickCartIn) -> Any:
    """Read a list and put its matched rows into the cart; every row is answered, none is lost."""
    check_source(body)
    cart = carts.lock_cart(actor=request.actor, cart_id=cart_id)
    buyer = partners.buyer_facts(cart.buyer_id)
    if buyer is None:
        raise NotFound("The buyer of this cart is no longer there.", cart_id=str(cart_id))
    rows = quick_entry.read_list(
        actor=request.actor, buyer=buyer, text=body.text, file_id=body.file_id, now=request.now
    )
    wanted = [
        shop.Wanted(row.sku.id, row.unit, row.quantity)
        for row in rows
        if row.state is quick_entry.EnteredState.MATCHED and row.sku is not None and row.quantity is not None
    ]
    view = shop.add_to_cart(actor=request.actor, cart_id=cart_id, wanted=wanted, now=request.now)
    return present.entered(rows) | {"cart": present.cart(view)}


@router.post(
    "/carts/{cart_id}/submit",
    scope="orders:submit",
    response=order_out.PlacedOut,
    status=201,
    errors=[
        *LINES,
        Stale,
        NoPrice,
        CustomFieldInvalid,
        errors.OrderEmpty,
        errors.NotAllowedToTrade,
        errors.PeriodLimitReached,
        errors.LineInvalid,
        errors.InsufficientStock,
        errors.CreditExceeded,
        errors.PriceChanged,
        errors.OrderIdReused,
        errors.OrderNotVisible,
        IdInvalid,
        ClockSkewed,
    ],
)
def submit_cart(request: ActorRequest, cart_id: UUID, body: shapes.CartSubmitIn) -> Any:
    """Order what is in the cart. However often and from however many devices it is sent, it becomes one order."""
    draft = shop.SubmitDraft(
        order_id=body.id,
        version=body.version,
        quote_digest=body.quote_digest,
        shortage_mode=body.shortage_mode,
        external_number=body.external_number,
        buyer_note=body.buyer_note,
        address=body.address,
        wanted_date=body.wanted_date,
        warehouse_ids=tuple(body.warehouse_ids),
        custom=body.custom,
    )
    placed = shop.submit_cart(actor=request.actor, cart_id=cart_id, draft=draft, now=request.now)
    return order_shapes.placed(placed)


@router.post(
    "/orders/{order_id}/reorder",
    scope="orders:submit",
    response=shapes.ReorderedOut,
    errors=[*LINES, *SIDES, errors.OrderNotVisible, errors.CartsApart],
)
def reorder_order(request: ActorRequest, order_id: UUID, body: shapes.ReorderIn) -> Any:
    """Put the lines of a past order into a cart; what cannot be sold any more is named with its reason."""
    done = reorder(actor=request.actor, order_id=order_id, cart_id=body.cart_id, now=request.now)
    return present.reordered(done)


def _shown(request: ActorRequest, cart: Any) -> Any:
    return present.cart(shop.view_cart(actor=request.actor, cart=cart, now=request.now))


def _wanted(lines: list[shapes.CartLineIn]) -> list[shop.Wanted]:
    """Codes become ids; every unknown code is named."""
    known = present.sku_ids_by_code([line.sku_code for line in lines if line.sku_code])
    refusals = Refusals()
    wanted = []
    for position, line in enumerate(lines):
        with refusals.collecting(f"lines.{position}"):
            sku_id = line.sku_id if line.sku_id is not None else known.get(line.sku_code)
            if sku_id is None:
                raise SkuUnknown("There is no such code.", sku_code=line.sku_code)
            wanted.append(shop.Wanted(sku_id, line.unit, line.quantity, line.note))
    refusals.raise_if_any()
    return wanted
