"""Reads of orders under the caller's reach; every list is keyset-paged, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from huiliu.access.types import Actor
from huiliu.kernel.period import business_date
from huiliu.ledger import selectors as ledger
from huiliu.ledger.types import OpenHold
from huiliu.orders.declarations import WAIT_HOURS
from huiliu.orders.errors import OrderNotVisible, ReturnNotVisible, ShipmentNotVisible
from huiliu.orders.finding import NEWEST, SINCE, all_with, condition_of, newest_with
from huiliu.orders.finding import OrderFilter as OrderFilter  # noqa: PLC0414 - the door of those who call
from huiliu.orders.models import (
    CancellationLine,
    Line,
    Order,
    ReceiptDifference,
    Return,
    ReturnLine,
    Shipment,
    ShipmentLine,
    Waybill,
)
from huiliu.orders.rules import allowed_actions
from huiliu.orders.services.common import PROGRESS
from huiliu.orders.types import LineProgress, OrderState, ShipmentState
from huiliu.platform import events, settings_store
from huiliu.platform.database import Reach, rows

LIST_FIELDS = (
    "id",
    "number",
    "external_number",
    "state",
    "seller_id",
    "seller_name",
    "buyer_id",
    "buyer_name",
    "currency",
    "gross_amount",
    "line_count",
    "business_date",
    "submitted_at",
    "shipped_at",
    "received_at",
    "on_behalf",
    "wanted_date",
    "custom",
)


@dataclass(frozen=True, slots=True)
class OrderTotals:
    """The filtered set in figures."""

    orders: int
    gross_amount: Decimal


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """One order with everything that hangs on it."""

    order: Order
    lines: list[Line]
    holds: list[OpenHold]
    shipments: list[Shipment]
    shipment_lines: list[ShipmentLine]
    waybills: list[Waybill]
    differences: list[ReceiptDifference]
    cancellations: list[CancellationLine]
    returns: list[Return]
    return_lines: list[ReturnLine]
    timeline: list[events.EventRow]
    allowed_actions: list[str]


def list_orders(
    *,
    where: OrderFilter,
    reach: Reach | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[dict[str, Any]]:
    """Newest first by (submitted_at, id); `after` is the key of the last row seen. Hand-written statements:
    it is the most read page, and building the query cost more than answering it (docs/benchmarks.md).
    `reach` says again what row security holds anyway, for speed.
    """
    wanted = condition_of(where, reach=reach)
    if after is not None:
        wanted.add("(submitted_at, id) < (%s, %s)", *after)
    if text := where.text.strip():
        found = newest_with(LIST_FIELDS, text, wanted, limit=limit)
    else:
        sql = f"SELECT {', '.join(LIST_FIELDS)} FROM orders_order WHERE {wanted.joined()} {NEWEST}"
        found = rows(sql, [*wanted.parameters, limit])
    return [dict(zip(LIST_FIELDS, row, strict=True)) for row in found]


def order_totals(*, where: OrderFilter, reach: Reach | None = None) -> OrderTotals:
    """Count and sum of the filtered set."""
    wanted = condition_of(where, reach=reach)
    figures = "SELECT count(*), coalesce(sum(gross_amount), 0) FROM"
    if text := where.text.strip():
        found = all_with(("id", "gross_amount"), text, wanted)
        sql = f"{figures} ({found.joined()}) found"
    else:
        found = wanted
        sql = f"{figures} orders_order WHERE {wanted.joined()}"
    [(orders, amount)] = rows(sql, found.parameters)
    return OrderTotals(orders=orders, gross_amount=amount)


def late_before(*, now: datetime) -> tuple[tuple[str, datetime], ...]:
    """For each state in which orders wait: what came into it before this instant waits long."""
    hours = settings_store.value_of(WAIT_HOURS)
    limits = {**hours, "PARTIALLY_SHIPPED": hours["CONFIRMED"]}
    return tuple((state, now - timedelta(hours=limits[state])) for state in SINCE)


def buyer_figures(*, buyer_ids: Sequence[int]) -> dict[int, tuple[int, date]]:
    """How many orders of each buyer are still open, and the day of its latest one; who never ordered is absent."""
    over = [OrderState.COMPLETED.value, OrderState.CANCELLED.value]
    rows = (
        Order.objects.filter(buyer_id__in=list(buyer_ids))
        .values("buyer_id")
        .annotate(open=Count("id", filter=~Q(state__in=over)), latest=Max("business_date"))
        .order_by("buyer_id")
    )
    return {row["buyer_id"]: (row["open"], row["latest"]) for row in rows}


def find_order(order_id: UUID) -> Order:
    """Raises: OrderNotVisible."""
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise OrderNotVisible("There is no such order.", order_id=str(order_id))
    return order


def is_order(order_id: UUID) -> bool:
    """Whether there is such an order in the reach."""
    return Order.objects.filter(pk=order_id).exists()


def lines_of(order_ids: Sequence[UUID]) -> list[Line]:
    """The lines of some orders in the reach, by order and number."""
    return list(Line.objects.filter(order_id__in=list(order_ids)).order_by("order_id", "line_no"))


def numbers_of(order_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The numbers of those orders that are visible."""
    return dict(Order.objects.filter(pk__in=list(order_ids)).values_list("id", "number"))


def order_detail(*, actor: Actor, order_id: UUID, now: datetime) -> OrderDetail:
    """Everything of one order in a fixed number of queries. Raises: OrderNotVisible."""
    order = find_order(order_id)
    lines = list(Line.objects.filter(order_id=order_id).order_by("line_no"))
    shipments = list(Shipment.objects.filter(order_id=order_id).order_by("shipped_at", "id"))
    shipment_ids = [shipment.pk for shipment in shipments]
    returns = list(Return.objects.filter(order_id=order_id).order_by("requested_at", "id"))
    holds = ledger.open_holds(source_id=order_id)
    expired = ledger.expired_holds(holds, day=business_date(now, actor.timezone))
    return OrderDetail(
        order=order,
        lines=lines,
        holds=holds,
        shipments=shipments,
        shipment_lines=list(
            ShipmentLine.objects.filter(shipment_id__in=shipment_ids).order_by("shipment_id", "line_no")
        ),
        waybills=list(Waybill.objects.filter(shipment_id__in=shipment_ids).order_by("updated_at", "id")),
        differences=list(
            ReceiptDifference.objects.filter(shipment_id__in=shipment_ids).order_by("shipment_id", "line_no")
        ),
        cancellations=list(
            CancellationLine.objects.filter(order_id=order_id).order_by("cancelled_at", "line_no")
        ),
        returns=returns,
        return_lines=list(
            ReturnLine.objects.filter(return_id__in=[document.pk for document in returns]).order_by(
                "return_id", "line_no"
            )
        ),
        timeline=events.timeline(subject_type="order", subject_id=order_id),
        allowed_actions=actions_on(
            actor=actor, order=order, lines=lines, shipments=shipments, has_expired=bool(expired)
        ),
    )


def actions_on(
    *, actor: Actor, order: Order, lines: list[Line], shipments: list[Shipment], has_expired: bool = False
) -> list[str]:
    """What the actor may do to this order now."""
    return allowed_actions(
        state=OrderState(order.state),
        steps_open=order.steps_open,
        lines=[LineProgress(*(getattr(line, name) for name in PROGRESS)) for line in lines],
        is_seller=order.seller_path.startswith(actor.organization_path),
        is_buyer=order.buyer_path.startswith(actor.organization_path),
        scopes=actor.scopes,
        is_buyer_itself=order.buyer_id == actor.organization_id,
        has_expired=has_expired,
        open_shipments=sum(shipment.state == ShipmentState.SHIPPED for shipment in shipments),
    )


def list_shipments(
    *, state: str = "", after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[Shipment]:
    """Newest first by (shipped_at, id)."""
    rows = Shipment.objects.all()
    if state:
        rows = rows.filter(state=state)
    if after is not None:
        rows = rows.filter(Q(shipped_at__lt=after[0]) | Q(shipped_at=after[0], id__lt=after[1]))
    return list(rows.order_by("-shipped_at", "-id")[:limit])


def find_shipment(shipment_id: UUID) -> Shipment:
    """Raises: ShipmentNotVisible."""
    shipment = Shipment.objects.filter(pk=shipment_id).first()
    if shipment is None:
        raise ShipmentNotVisible("There is no such shipment.", shipment_id=str(shipment_id))
    return shipment


def list_returns(
    *,
    state: str = "",
    buyer_id: int | None = None,
    seller_id: int | None = None,
    date_from: date | None = None,
    date_until: date | None = None,
    number: str = "",
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Return]:
    """Newest first by (requested_at, id); `date_until` is the day after the last."""
    rows = Return.objects.all()
    for name, value in (
        ("state", state or None),
        ("buyer_id", buyer_id),
        ("seller_id", seller_id),
        ("business_date__gte", date_from),
        ("business_date__lt", date_until),
        ("number", number or None),
    ):
        if value is not None:
            rows = rows.filter(**{name: value})
    if after is not None:
        rows = rows.filter(Q(requested_at__lt=after[0]) | Q(requested_at=after[0], id__lt=after[1]))
    return list(rows.order_by("-requested_at", "-id")[:limit])


def find_return(return_id: UUID) -> Return:
    """Raises: ReturnNotVisible."""
    document = Return.objects.filter(pk=return_id).first()
    if document is None:
        raise ReturnNotVisible("There is no such return.", return_id=str(return_id))
    return document


def orders_by_ids(order_ids: Sequence[UUID]) -> dict[UUID, Order]:
    """Those of them that are visible, by id; one statement, the heads only."""
    names = ("id", "number", "buyer_name", "seller_name")
    return {order.pk: order for order in Order.objects.filter(pk__in=list(order_ids)).only(*names)}


def return_lines(return_id: UUID) -> list[ReturnLine]:
    return list(ReturnLine.objects.filter(return_id=return_id).order_by("line_no"))


def unproven_lines(*, limit: int = 100) -> list[tuple[UUID, int]]:
    """Lines whose progress is not what the later documents say: always empty, checked daily."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.order_id, l.line_no FROM orders_line l
              LEFT JOIN (SELECT s.order_id, s.line_no, sum(s.shipped) AS shipped, sum(s.shipped - d.received) AS missing
                           FROM orders_shipment_line s
                           LEFT JOIN orders_receipt_difference d USING (shipment_id, line_no) GROUP BY 1, 2) s
                     ON s.order_id = l.order_id AND s.line_no = l.line_no
              LEFT JOIN (SELECT order_id, line_no, sum(cancelled) AS cancelled FROM orders_cancellation_line GROUP BY 1, 2) c
                     ON c.order_id = l.order_id AND c.line_no = l.line_no
             WHERE l.shipped <> coalesce(s.shipped, 0) - coalesce(s.missing, 0)
                OR l.cancelled <> coalesce(c.cancelled, 0) + coalesce(s.missing, 0)
             ORDER BY 1, 2 LIMIT %s
            """,
            [limit],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]
