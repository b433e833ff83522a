"""The keeper's board over HTTP: translate, one call."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.catalog import selectors as catalog
from huiliu.kernel.period import business_date
from huiliu.kernel.pinyin import search_words
from huiliu.ledger.errors import NotEnoughAvailable
from huiliu.orders import errors, services
from huiliu.orders import selectors as orders
from huiliu.orders.fulfilment import present, selectors, shipments
from huiliu.orders.fulfilment import schemas as shapes
from huiliu.orders.fulfilment.types import ShipmentFilter, WaitingFilter
from huiliu.orders.models import Order
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.http.cursor import Page, decode_cursor, page_of

router = EdgeRouter(tag="fulfilment", module="orders")


def _today(request: ActorRequest) -> date:
    return business_date(request.now, request.actor.timezone)


def _seller(request: ActorRequest, seller_id: int | None) -> int:
    return seller_id or request.actor.organization_id


@router.get(
    "/fulfilment/waiting", scope="orders:read", response=Page[shapes.WaitingOut], errors=[CursorInvalid]
)
def list_waiting_orders(request: ActorRequest, query: Query[shapes.WaitingQuery]) -> Any:
    """Orders with goods still to leave, the most urgent first."""
    rows = selectors.waiting_orders(
        where=WaitingFilter(
            seller_id=_seller(request, query.seller_id),
            view=query.view,
            warehouse_id=query.warehouse_id,
            buyer_id=query.buyer_id,
            text=query.text,
        ),
        today=_today(request),
        after=_waiting_after(query.cursor),
        limit=query.limit + 1,
    )
    page = page_of(
        rows,
        limit=query.limit,
        key=lambda row: (row.due_date.isoformat(), row.submitted_at.isoformat(), str(row.id)),
    )
    return page | {"items": present.waiting(list(page["items"]), today=_today(request))}


def _waiting_after(cursor: str | None) -> tuple[date, datetime, UUID] | None:
    key = decode_cursor(cursor, size=3)
    if not key:
        return None
    try:
        return date.fromisoformat(key[0]), datetime.fromisoformat(key[1]), UUID(key[2])
    except (TypeError, ValueError) as error:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor") from error


@router.get("/fulfilment/waiting/totals", scope="orders:read", response=shapes.WaitingTotalsOut)
def waiting_totals(request: ActorRequest, query: Query[shapes.SellerQuery]) -> Any:
    """How many orders can leave, lack something, wait for an approval, and are late."""
    return selectors.waiting_totals(seller_id=_seller(request, query.seller_id), today=_today(request))


@router.get("/fulfilment/shortages", scope="orders:read", response=list[shapes.ShortageOut])
def list_shortages(request: ActorRequest, query: Query[shapes.ShortageQuery]) -> Any:
    """Goods that orders wait for, the longest awaited first, with what there is of them; at most 500."""
    words = [word.lower() for word in search_words(query.text)]
    sku_ids = None
    if words:
        known = catalog.sku_index().by_id.values()
        sku_ids = [sku.id for sku in known if all(word in f"{sku.code} {sku.name}".lower() for word in words)]
    rows = selectors.shortages(
        actor=request.actor, seller_id=_seller(request, query.seller_id), sku_ids=sku_ids, now=request.now
    )
    return [present.shortage(row, today=_today(request)) for row in rows]


@router.get(
    "/fulfilment/shortages/{sku_id}",
    scope="orders:read",
    response=shapes.SharingOut,
    errors=[errors.NobodyWaits],
)
def share_shortage(request: ActorRequest, sku_id: int, query: Query[shapes.SellerQuery]) -> Any:
    """Who waits for a sku, and what a fair share of what is available would give each; promises nothing."""
    seller_id = _seller(request, query.seller_id)
    rows = selectors.shortages(actor=request.actor, seller_id=seller_id, sku_ids=[sku_id], now=request.now)
    if not rows:
        raise errors.NobodyWaits("No order waits for this.", sku_id=sku_id)
    waiters = selectors.waiters_of(seller_id=seller_id, sku_id=sku_id)
    return present.sharing(rows[0], waiters, today=_today(request))


@router.post(
    "/fulfilment/orders/{order_id}/allocate",
    scope="orders:ship",
    response=shapes.GivenOrderOut,
    errors=[errors.OrderNotVisible, NotEnoughAvailable],
)
def allocate_share(request: ActorRequest, order_id: UUID, body: shapes.AllocateIn) -> Any:
    """Promise at most the named units to backordered lines of one order, as far as there is something."""
    given = services.allocate_backorders(
        actor=request.actor,
        order_id=order_id,
        limits={part.line_no: part.quantity for part in body.lines},
        now=request.now,
    )
    order = orders.find_order(order_id)
    return present.given(order, orders.lines_of([order_id]), given)


@router.get("/fulfilment/pick-list", scope="orders:read", response=shapes.PickListOut)
def get_pick_list(request: ActorRequest, query: Query[shapes.PickQuery]) -> Any:
    """What to fetch in one warehouse for these orders, sku by sku with its lots; what expires first, first."""
    found = Order.objects.filter(pk__in=query.order_id)
    chosen = list(found.order_by("wanted_date", "submitted_at", "id"))
    rows = selectors.picks(order_ids=[order.pk for order in chosen], warehouse_id=query.warehouse_id)
    return present.pick_list(chosen, rows, warehouse_id=query.warehouse_id, today=_today(request))


@router.get(
    "/fulfilment/shipments",
    scope="orders:read",
    response=Page[shapes.ShipmentListOut],
    errors=[CursorInvalid],
)
def list_shipments_of_side(request: ActorRequest, query: Query[shapes.ShipmentsQuery]) -> Any:
    """Shipments with both sides and waybills, newest first."""
    rows = shipments.list_shipments(
        where=ShipmentFilter(
            organization_id=request.actor.organization_id,
            side=query.side,
            state=query.state.value if query.state else "",
            warehouse_id=query.warehouse_id,
            text=query.text,
            date_from=query.date_from,
            date_until=query.date_until,
            without_waybill=query.without_waybill,
        ),
        after=_shipments_after(query.cursor),
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.shipped_at.isoformat(), str(row.id)))
    return page | {"items": present.shipment_rows(page["items"])}


def _shipments_after(cursor: str | None) -> tuple[datetime, UUID] | None:
    key = decode_cursor(cursor, size=2)
    if not key:
        return None
    try:
        return datetime.fromisoformat(key[0]), UUID(key[1])
    except (TypeError, ValueError) as error:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor") from error


@router.get(
    "/fulfilment/shipments/{shipment_id}",
    scope="orders:read",
    response=shapes.ShipmentPaperOut,
    errors=[errors.ShipmentNotVisible],
)
def get_shipment(request: ActorRequest, shipment_id: UUID) -> Any:
    """One shipment with goods, lots, sides, waybills and what arrived otherwise."""
    return present.shipment(shipments.shipment_detail(actor=request.actor, shipment_id=shipment_id))
