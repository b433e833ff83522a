"""Orders over HTTP: translate, one call."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query
from pydantic import Field

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.kernel.period import business_date
from huiliu.kernel.states import WrongState
from huiliu.ledger.errors import HoldNotOpen, NotEnoughAvailable
from huiliu.orders import errors, present, selectors, services
from huiliu.orders import schemas as shapes
from huiliu.orders.models import Return
from huiliu.orders.services.receive import Difference
from huiliu.orders.types import OrderState, ReturnState, ShipmentState, Step
from huiliu.platform.errors import CustomFieldInvalid
from huiliu.platform.http.cursor import Page, PageQuery, decode_cursor, page_of
from huiliu.pricing.services import exponent_of

router = EdgeRouter(tag="orders", module="orders")
MOVES = (errors.OrderNotVisible, errors.StepNotOpen, HoldNotOpen, NotEnoughAvailable)


OwnValue = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]


class OrderQuery(PageQuery):
    """Filters of the list of orders."""

    state: Annotated[list[OrderState], Field(max_length=10)] = Field(default_factory=list)
    buyer_id: int | None = Field(default=None, ge=1, le=2**53)
    seller_id: int | None = Field(default=None, ge=1, le=2**53)
    text: str = Field(
        default="",
        max_length=100,
        pattern=r"^[^\x00]*$",
        description="Number, its last digits, external number or buyer.",
    )
    date_from: date | None = None
    date_until: date | None = Field(default=None, description="The day after the last.")
    on_behalf: bool | None = None
    is_late: bool = Field(
        default=False, description="Only what stays in its state for longer than the setting allows."
    )
    custom: Annotated[list[OwnValue], Field(max_length=20)] = Field(
        default_factory=list, description="`<code>:<value>` of a custom field; an order has all of them."
    )


class StateQuery(PageQuery):
    state: ShipmentState | None = None


class ReturnQuery(PageQuery):
    state: ReturnState | None = None
    buyer_id: int | None = Field(default=None, ge=1, le=2**53)
    seller_id: int | None = Field(default=None, ge=1, le=2**53)
    number: str = Field(default="", max_length=100, pattern=r"^[^\x00]*$")
    date_from: date | None = None
    date_until: date | None = Field(default=None, description="The day after the last.")


def _where(query: OrderQuery, *, now: datetime) -> selectors.OrderFilter:
    return selectors.OrderFilter(
        states=tuple(state.value for state in query.state),
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        text=query.text,
        date_from=query.date_from,
        date_until=query.date_until,
        on_behalf=query.on_behalf,
        waits_since_before=selectors.late_before(now=now) if query.is_late else (),
        custom=tuple(query.custom),
    )


def _after(cursor: str | None) -> tuple[datetime, UUID] | None:
    key = decode_cursor(cursor, size=2)
    return (datetime.fromisoformat(key[0]), UUID(key[1])) if key else None


@router.get("/orders", scope="orders:read", response=Page[shapes.OrderRow], errors=[CustomFieldInvalid])
def list_orders(request: ActorRequest, query: Query[OrderQuery]) -> Any:
    """Orders the reader may see, newest first."""
    rows = selectors.list_orders(
        where=_where(query, now=request.now),
        reach=request.actor.reach,
        after=_after(query.cursor),
        limit=query.limit + 1,
    )
    return page_of(
        [present.row(row) for row in rows],
        limit=query.limit,
        key=lambda row: (row["submitted_at"].isoformat(), row["id"]),
    )


@router.get(
    "/orders/totals", scope="orders:read", response=shapes.OrderTotalsOut, errors=[CustomFieldInvalid]
)
def order_totals(request: ActorRequest, query: Query[OrderQuery]) -> Any:
    """Count and amount of the filtered set."""
    totals = selectors.order_totals(where=_where(query, now=request.now), reach=request.actor.reach)
    return {"orders": totals.orders, "gross_amount": str(totals.gross_amount)}


@router.get(
    "/orders/{order_id}", scope="orders:read", response=shapes.OrderOut, errors=[errors.OrderNotVisible]
)
def get_order(request: ActorRequest, order_id: UUID) -> Any:
    """One order with lines, promises, shipments, returns, timeline and the reader's actions."""
    found = selectors.order_detail(actor=request.actor, order_id=order_id, now=request.now)
    return present.detail(found, actor=request.actor)


@router.post("/orders/{order_id}/confirm", scope="orders:read", response=shapes.StateOut, errors=MOVES)
def confirm_order(request: ActorRequest, order_id: UUID, body: shapes.StepIn) -> Any:
    """Do the open approval step; the step itself names the scope it needs."""
    state = services.confirm_order(
        actor=request.actor, order_id=order_id, step=Step(body.step), now=request.now
    )
    return {"id": order_id, "state": state}


@router.post(
    "/orders/{order_id}/ship",
    scope="orders:ship",
    response=shapes.ShipmentRow,
    status=201,
    errors=[*MOVES, errors.NothingToShip, errors.LotExpired],
)
def ship_order(request: ActorRequest, order_id: UUID, body: shapes.ShipIn) -> Any:
    """Ship from one warehouse."""
    order = selectors.find_order(order_id)
    units = {part.line_no: part.quantity for part in body.lines} if body.lines is not None else None
    shipment = services.ship_order(
        actor=request.actor,
        order_id=order_id,
        shipment_id=body.id,
        warehouse_id=body.warehouse_id,
        units_by_line=units,
        exponent=exponent_of(order.currency),
        business_date=business_date(request.now, request.actor.timezone),
        note=body.note,
        now=request.now,
    )
    return present.shipment_row(shipment)


@router.post("/orders/{order_id}/allocate", scope="orders:ship", response=shapes.AllocatedOut, errors=MOVES)
def allocate_backorders(request: ActorRequest, order_id: UUID) -> Any:
    """Promise what has come in to backordered lines, and other goods for promised ones that have expired."""
    given = services.allocate_backorders(actor=request.actor, order_id=order_id, now=request.now)
    return {"id": order_id, "lines": {number: str(units) for number, units in given.items()}}


@router.post(
    "/orders/{order_id}/cancel",
    scope="orders:cancel",
    response=shapes.StateOut,
    errors=[*MOVES, errors.CannotCancel, errors.ReasonNeeded],
)
def cancel_order(request: ActorRequest, order_id: UUID, body: shapes.CancelIn) -> Any:
    """Cancel what is not shipped."""
    order = selectors.find_order(order_id)
    units = {part.line_no: part.quantity for part in body.lines} if body.lines is not None else None
    state = services.cancel_lines(
        actor=request.actor,
        order_id=order_id,
        cancellation_id=body.id,
        units_by_line=units,
        reason=body.reason,
        exponent=exponent_of(order.currency),
        business_date=business_date(request.now, request.actor.timezone),
        now=request.now,
    )
    return {"id": order_id, "state": state}


@router.post(
    "/orders/{order_id}/buyer-confirm",
    scope="orders:submit",
    response=shapes.StateOut,
    errors=[errors.OrderNotVisible, errors.StepNotOpen, errors.NotTheBuyer, errors.BuyerTooLate],
)
def confirm_order_as_buyer(request: ActorRequest, order_id: UUID) -> Any:
    """Agree, as the buyer, to an order that somebody else placed for it."""
    state = services.confirm_as_buyer(actor=request.actor, order_id=order_id, now=request.now)
    return {"id": order_id, "state": state}


@router.post(
    "/orders/{order_id}/buyer-refuse",
    scope="orders:submit",
    response=shapes.StateOut,
    errors=[errors.OrderNotVisible, errors.StepNotOpen, errors.NotTheBuyer, errors.ReasonNeeded],
)
def refuse_order_as_buyer(request: ActorRequest, order_id: UUID, body: shapes.BuyerRefusalIn) -> Any:
    """Refuse, as the buyer, an order that somebody else placed for it; its promises are released."""
    state = services.refuse_as_buyer(
        actor=request.actor, order_id=order_id, reason=body.reason, now=request.now
    )
    return {"id": order_id, "state": state}


@router.get("/shipments", scope="orders:read", response=Page[shapes.ShipmentRow])
def list_shipments(request: ActorRequest, query: Query[StateQuery]) -> Any:
    """Shipments the reader may see, newest first."""
    rows = selectors.list_shipments(
        state=query.state.value if query.state else "", after=_after(query.cursor), limit=query.limit + 1
    )
    return page_of(
        [present.shipment_row(row) for row in rows],
        limit=query.limit,
        key=lambda row: (row["shipped_at"].isoformat(), row["id"]),
    )


@router.post(
    "/shipments/{shipment_id}/receive",
    scope="orders:receive",
    response=shapes.StateOut,
    errors=[*MOVES, errors.ShipmentNotVisible, errors.AlreadyReceived, errors.LineInvalid],
)
def receive_shipment(request: ActorRequest, shipment_id: UUID, body: shapes.ReceiveIn) -> Any:
    """Take a shipment in, naming what differs."""
    shipment = selectors.find_shipment(shipment_id)
    order = selectors.find_order(shipment.order_id)
    state = services.receive_shipment(
        actor=request.actor,
        shipment_id=shipment_id,
        warehouse_id=body.warehouse_id,
        differences={row.line_no: Difference(row.received, row.reason, row.note) for row in body.differences},
        exponent=exponent_of(order.currency),
        now=request.now,
    )
    return {"id": order.pk, "state": state}


@router.post(
    "/orders/{order_id}/returns",
    scope="orders:return",
    response=shapes.ReturnOut,
    status=201,
    errors=[errors.OrderNotVisible, errors.ReturnTooMuch, errors.ReasonNeeded],
)
def request_return(request: ActorRequest, order_id: UUID, body: shapes.ReturnIn) -> Any:
    """Ask to give received goods back."""
    order = selectors.find_order(order_id)
    document = services.request_return(
        actor=request.actor,
        order_id=order_id,
        return_id=body.id,
        units_by_line={part.line_no: part.quantity for part in body.lines},
        reason=body.reason,
        exponent=exponent_of(order.currency),
        business_date=business_date(request.now, request.actor.timezone),
        now=request.now,
    )
    return _return(request, document)


def _return(request: ActorRequest, document: Return) -> dict[str, Any]:
    """A return with its lines and what the reader may do to it."""
    order = selectors.orders_by_ids([document.order_id]).get(document.order_id) if document.order_id else None
    lines = selectors.return_lines(document.pk)
    return present.return_document(document, lines, actor=request.actor, order=order)


@router.get("/returns", scope="orders:read", response=Page[shapes.ReturnOut])
def list_returns(request: ActorRequest, query: Query[ReturnQuery]) -> Any:
    """Returns the reader may see, newest first; lines are on the document."""
    rows = selectors.list_returns(
        state=query.state.value if query.state else "",
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        number=query.number.strip(),
        date_from=query.date_from,
        date_until=query.date_until,
        after=_after(query.cursor),
        limit=query.limit + 1,
    )
    found = selectors.orders_by_ids([row.order_id for row in rows if row.order_id])
    return page_of(
        [
            present.return_document(
                row, [], actor=request.actor, order=found.get(row.order_id) if row.order_id else None
            )
            for row in rows
        ],
        limit=query.limit,
        key=lambda row: (row["requested_at"].isoformat(), row["id"]),
    )


@router.get(
    "/returns/{return_id}", scope="orders:read", response=shapes.ReturnOut, errors=[errors.ReturnNotVisible]
)
def get_return(request: ActorRequest, return_id: UUID) -> Any:
    """One return with its lines."""
    document = selectors.find_return(return_id)
    return _return(request, document)


@router.post(
    "/returns/{return_id}/receive",
    scope="orders:return",
    response=shapes.ReturnOut,
    errors=[errors.ReturnNotVisible, WrongState, NotEnoughAvailable],
)
def receive_return(request: ActorRequest, return_id: UUID, body: shapes.ReturnDecisionIn) -> Any:
    """Take returned goods in and credit them."""
    document = services.receive_return(
        actor=request.actor,
        return_id=return_id,
        warehouse_id=body.warehouse_id,
        from_warehouse_id=body.from_warehouse_id,
        now=request.now,
    )
    return _return(request, document)


@router.post(
    "/returns/{return_id}/reject",
    scope="orders:return",
    response=shapes.ReturnOut,
    errors=[errors.ReturnNotVisible, WrongState, errors.ReasonNeeded],
)
def reject_return(request: ActorRequest, return_id: UUID, body: shapes.RejectIn) -> Any:
    """Refuse a return."""
    document = services.reject_return(
        actor=request.actor, return_id=return_id, reason=body.reason, now=request.now
    )
    return _return(request, document)
