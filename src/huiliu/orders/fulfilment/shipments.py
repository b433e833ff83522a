"""Shipments with both their sides: the list to work with, and one of them as it goes onto paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from huiliu.access.types import Actor
from huiliu.orders.errors import ShipmentNotVisible
from huiliu.orders.fulfilment.types import ShipmentFilter, Side
from huiliu.orders.models import Line, Order, ReceiptDifference, Shipment, ShipmentLine, Waybill
from huiliu.orders.types import ShipmentState


@dataclass(frozen=True, slots=True)
class ShipmentListRow:
    """A shipment with its two sides and where it is."""

    id: UUID
    number: str
    order_id: UUID
    order_number: str
    warehouse_id: int
    seller_id: int
    seller_name: str
    buyer_id: int
    buyer_name: str
    state: str
    shipped_at: datetime
    received_at: datetime | None
    note: str
    lines: int
    differences: int
    waybills: tuple[Waybill, ...] = ()


@dataclass(frozen=True, slots=True)
class ShipmentDetail:
    """Everything of one shipment."""

    row: ShipmentListRow
    shipment: Shipment
    currency: str
    address: dict[str, Any]
    buyer_note: str
    external_number: str
    order_lines: dict[int, tuple[str, str]]  # line number -> sku code, sku name
    lines: tuple[ShipmentLine, ...]
    lots: dict[int, list[tuple[str, Decimal]]]  # sku -> lots
    differences: dict[int, ReceiptDifference]
    allowed_actions: tuple[str, ...]


_ROW = """
  SELECT s.id, s.number, s.order_id, o.number, s.warehouse_id, o.seller_id, o.seller_name, o.buyer_id, o.buyer_name, s.state,
         s.shipped_at, s.received_at, s.note,
         (SELECT count(*) FROM orders_shipment_line l WHERE l.shipment_id = s.id),
         (SELECT count(*) FROM orders_receipt_difference d WHERE d.shipment_id = s.id)
    FROM orders_shipment s JOIN orders_order o ON o.id = s.order_id"""
_BUYERS = "s.buyer_path = (SELECT path FROM access_organization WHERE id = %s)"
_SELLERS = "s.seller_path = (SELECT path FROM access_organization WHERE id = %s)"


def list_shipments(
    *, where: ShipmentFilter, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[ShipmentListRow]:
    """Newest first by (shipped_at, id); `after` is the key of the last row seen."""
    conditions, parameters = _conditions(where)
    if after is not None:
        conditions.append("(s.shipped_at, s.id) < (%s, %s)")
        parameters += after
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_ROW} WHERE {' AND '.join(conditions) or 'true'} ORDER BY s.shipped_at DESC, s.id DESC LIMIT %s",
            [*parameters, limit],
        )
        rows = cursor.fetchall()
    bills = _waybills([row[0] for row in rows])
    return [replace(ShipmentListRow(*row), waybills=bills.get(row[0], ())) for row in rows]


def shipment_detail(*, actor: Actor, shipment_id: UUID) -> ShipmentDetail:
    """One shipment with its goods, lots, sides and what arrived otherwise. Raises: ShipmentNotVisible."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROW} WHERE s.id = %s", [shipment_id])
        found = cursor.fetchone()
    if found is None:
        raise ShipmentNotVisible("There is no such shipment.", shipment_id=str(shipment_id))
    shipment = Shipment.objects.get(pk=shipment_id)
    order = Order.objects.get(pk=shipment.order_id)
    lines = tuple(ShipmentLine.objects.filter(shipment_id=shipment_id).order_by("line_no"))
    names = Line.objects.filter(order_id=order.pk).values_list("line_no", "sku_code", "sku_name")
    return ShipmentDetail(
        row=replace(ShipmentListRow(*found), waybills=_waybills([shipment_id]).get(shipment_id, ())),
        shipment=shipment,
        currency=order.currency,
        address=order.address,
        buyer_note=order.buyer_note,
        external_number=order.external_number,
        order_lines={number: (code, name) for number, code, name in names},
        lines=lines,
        lots=_lots(shipment_id, sorted({line.sku_id for line in lines})),
        differences={row.line_no: row for row in ReceiptDifference.objects.filter(shipment_id=shipment_id)},
        allowed_actions=_actions(actor, shipment),
    )


def _actions(actor: Actor, shipment: Shipment) -> tuple[str, ...]:
    actions = []
    is_open = shipment.state == ShipmentState.SHIPPED
    if is_open and actor.may("orders:receive") and shipment.buyer_path.startswith(actor.organization_path):
        actions.append("receive")
    if actor.may("orders:ship") and shipment.seller_path.startswith(actor.organization_path):
        actions.append("waybill")
    return tuple(actions)


def _conditions(where: ShipmentFilter) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    parameters: list[Any] = []
    if where.side is not Side.ALL:
        conditions.append(_SELLERS if where.side is Side.OUT else _BUYERS)
        parameters.append(where.organization_id)
    for condition, value in (
        ("s.state = %s", where.state or None),
        ("s.warehouse_id = %s", where.warehouse_id),
        ("s.business_date >= %s", where.date_from),
        ("s.business_date < %s", where.date_until),
    ):
        if value is not None:
            conditions.append(condition)
            parameters.append(value)
    if where.without_waybill:
        conditions.append("NOT EXISTS (SELECT FROM orders_waybill w WHERE w.shipment_id = s.id)")
    if text := where.text.strip():
        conditions.append(
            "(right(s.number, length(%s)) = %s OR right(o.number, length(%s)) = %s OR position(%s in o.buyer_name) > 0"
            " OR EXISTS (SELECT FROM orders_waybill w WHERE w.shipment_id = s.id AND w.tracking_number = %s))"
        )
        parameters += [text] * 6
    return conditions, parameters


def _waybills(shipment_ids: Sequence[UUID]) -> dict[UUID, tuple[Waybill, ...]]:
    found: dict[UUID, tuple[Waybill, ...]] = {}
    for bill in Waybill.objects.filter(shipment_id__in=list(shipment_ids)).order_by("updated_at", "id"):
        found[bill.shipment_id] = (*found.get(bill.shipment_id, ()), bill)
    return found


def _lots(shipment_id: UUID, sku_ids: Sequence[int]) -> dict[int, list[tuple[str, Decimal]]]:
    """Which lots of each sku this shipment put on the road."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, l.lot, l.units FROM unnest(%s::bigint[]) s(id)"
            " CROSS JOIN LATERAL orders_lots_of('shipment', %s, 'ship', s.id) l",
            [list(sku_ids), shipment_id],
        )
        lots: dict[int, list[tuple[str, Decimal]]] = {}
        for sku_id, lot, units in cursor.fetchall():
            if lot:
                lots.setdefault(sku_id, []).append((lot, units))
        return lots
