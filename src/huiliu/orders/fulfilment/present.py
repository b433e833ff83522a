"""From rows to the shapes of the API: names of goods, places and people, quantities as people say them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from huiliu.access import selectors as access
from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SkuFacts
from huiliu.inventory import selectors as inventory
from huiliu.inventory.rules import read_lot
from huiliu.kernel.money import plain_text
from huiliu.kernel.quantity import quantity_text
from huiliu.orders.fulfilment import rules
from huiliu.orders.fulfilment.selectors import waiting_days
from huiliu.orders.fulfilment.shipments import ShipmentDetail, ShipmentListRow
from huiliu.orders.fulfilment.types import Pick, Share, ShortageRow, Waiter, WaitingRow
from huiliu.orders.models import Line, Order, Waybill
from huiliu.orders.present import money

ZERO = Decimal(0)


def said(units: Decimal | None, sku: SkuFacts | None) -> str:
    """`3箱5瓶`; the bare figure of goods that are gone from the catalogue; empty where nothing is known."""
    if units is None:
        return ""
    return quantity_text(units, sku.units, sku.base_unit) if sku else plain_text(units)


def waiting(rows: list[WaitingRow], *, today: date) -> list[dict[str, Any]]:
    """The board's rows."""
    names = inventory.warehouse_names({place.warehouse_id for row in rows for place in row.places})
    plain = [
        "id",
        "number",
        "state",
        "buyer_id",
        "buyer_name",
        "currency",
        "submitted_at",
        "wanted_date",
        "buyer_note",
        "lines_ready",
        "lines_short",
        "lines_shipped",
        "lines_expired",
    ]
    return [
        {name: getattr(row, name) for name in plain}
        | {
            "steps_open": list(row.steps_open),
            "gross_amount": money(row.currency)(row.gross_amount),
            "waiting_days": waiting_days(row, today=today),
            "urgency": rules.urgency(ordered_on=row.business_date, wanted_on=row.wanted_date, today=today),
            "places": [
                {
                    "warehouse_id": place.warehouse_id,
                    "warehouse_name": names.get(place.warehouse_id, ""),
                    "lines": place.lines,
                }
                for place in row.places
            ],
        }
        for row in rows
    ]


def shortage(row: ShortageRow, *, today: date) -> dict[str, Any]:
    """A sku that orders wait for, and what there is of it."""
    sku = catalog.sku_facts([row.sku_id]).get(row.sku_id)
    stock = row.stock
    figures = {
        "backordered": row.backordered,
        "on_hand": stock.on_hand if stock else ZERO,
        "held": (stock.held if stock else None) or ZERO,
        "available": available_of(row),
        "incoming": stock.in_transit if stock else ZERO,
    }
    return {
        "sku_id": row.sku_id,
        "sku_code": sku.code if sku else "",
        "sku_name": sku.name if sku else "",
        "orders": row.orders,
        "oldest_at": row.oldest_at,
        "waiting_days": waiting_days(row, today=today),
        "covered": figures["available"] >= row.backordered,
        **{name: plain_text(value) for name, value in figures.items()},
        **{f"{name}_text": said(value, sku) for name, value in figures.items()},
    }


def available_of(row: ShortageRow) -> Decimal:
    """What could be promised now."""
    return (row.stock.available if row.stock else None) or ZERO


def sharing(row: ShortageRow, waiters: list[Waiter], *, today: date) -> dict[str, Any]:
    """Who waits for a sku and what each would get of a fair share."""
    sku = catalog.sku_facts([row.sku_id]).get(row.sku_id)
    unit, size = pack_of(sku)
    available = available_of(row)
    shares = rules.fair_share(available=available, pack=size, demands=[one.backordered for one in waiters])
    shared = sum((share.units for share in shares), ZERO)
    return {
        "shortage": shortage(row, today=today),
        "pack_unit": unit,
        "pack_size": plain_text(size),
        "shared": plain_text(shared),
        "shared_text": said(shared, sku),
        "left": plain_text(available - shared),
        "left_text": said(available - shared, sku),
        "waiters": [_waiter(one, share, sku, today) for one, share in zip(waiters, shares, strict=True)],
    }


def pack_of(sku: SkuFacts | None) -> tuple[str, Decimal]:
    """The unit in which a sku is handed out whole, and how many base units that is."""
    factor = sku.factor(sku.order_unit) if sku else None
    if factor is None or factor.denominator != 1:
        return (sku.base_unit if sku else ""), Decimal(1)
    return factor.unit, Decimal(factor.numerator)


def _waiter(one: Waiter, share: Share, sku: SkuFacts | None, today: date) -> dict[str, Any]:
    plain = [
        "order_id",
        "line_no",
        "number",
        "state",
        "buyer_id",
        "buyer_name",
        "submitted_at",
        "wanted_date",
    ]
    return {name: getattr(one, name) for name in plain} | {
        "waiting_days": waiting_days(one, today=today),
        "urgency": rules.urgency(ordered_on=one.business_date, wanted_on=one.wanted_date, today=today),
        "ordered_text": said(one.ordered, sku),
        "allocated_text": said(one.allocated, sku),
        "backordered": plain_text(one.backordered),
        "backordered_text": said(one.backordered, sku),
        "share": plain_text(share.units),
        "share_text": said(share.units, sku),
        "share_quota": str(share.quota),
        "share_packs": share.packs,
        "because": share.because,
    }


def given(order: Order, lines: list[Line], units: Mapping[int, Decimal]) -> dict[str, Any]:
    """What an order was promised just now, line by line; also the lines that got nothing and still wait."""
    skus = catalog.sku_facts({line.sku_id for line in lines})
    rows = []
    for line in lines:
        if not line.backordered and line.line_no not in units:
            continue
        sku, got = skus.get(line.sku_id), units.get(line.line_no, ZERO)
        rows.append(
            {
                "line_no": line.line_no,
                "sku_id": line.sku_id,
                "sku_name": line.sku_name,
                "given": plain_text(got),
                "given_text": said(got, sku),
                "missing": plain_text(line.backordered),
                "missing_text": said(line.backordered, sku),
            }
        )
    return {"id": order.pk, "number": order.number, "lines": rows}


def pick_list(orders: list[Order], rows: list[Pick], *, warehouse_id: int, today: date) -> dict[str, Any]:
    """What to fetch in one warehouse for some orders; every order asked for is named, also with nothing here.

    Lots that have expired by `today` are marked: shipping would refuse them.
    """
    skus = catalog.sku_facts({row.sku_id for row in rows})
    by_sku: dict[int, list[Pick]] = {}
    for row in rows:
        by_sku.setdefault(row.sku_id, []).append(row)
    lines = [_pick_line(sku_id, parts, skus.get(sku_id), today) for sku_id, parts in by_sku.items()]
    expired = {(row.order_id, row.line_no) for row in rows if _has_expired(row.lot, today)}
    plain = ["id", "number", "buyer_name", "address", "buyer_note", "wanted_date"]
    return {
        "warehouse_id": warehouse_id,
        "warehouse_name": inventory.warehouse_names([warehouse_id]).get(warehouse_id, ""),
        "orders": [
            {name: getattr(order, name) for name in plain}
            | {
                "may_ship": not order.steps_open,
                "lines": len({row.line_no for row in rows if row.order_id == order.pk}),
                "lines_expired": sum(order_id == order.pk for order_id, _ in expired),
            }
            for order in orders
        ],
        "lines": sorted(lines, key=lambda line: line["sku_code"]),
    }


def _has_expired(lot: str, today: date) -> bool:
    expires_on = read_lot(lot, shelf_life_days=None).expires_on
    return expires_on is not None and expires_on < today


def _pick_line(sku_id: int, parts: list[Pick], sku: SkuFacts | None, today: date) -> dict[str, Any]:
    lots: dict[str, Decimal] = {}
    wanted: dict[tuple[Any, int], Decimal] = {}
    for part in parts:
        lots[part.lot] = lots.get(part.lot, ZERO) + part.units
        wanted[part.order_id, part.line_no] = wanted.get((part.order_id, part.line_no), ZERO) + part.units
    total = sum(lots.values(), ZERO)
    return {
        "sku_id": sku_id,
        "sku_code": sku.code if sku else str(sku_id),
        "sku_name": sku.name if sku else "",
        "specification": sku.specification if sku else "",
        "units": plain_text(total),
        "units_text": said(total, sku),
        "lots": [
            _lot(lot, units, sku) | {"has_expired": _has_expired(lot, today)}
            for lot, units in lots.items()
            if lot
        ],
        "parts": [
            {
                "order_id": order_id,
                "line_no": line_no,
                "units": plain_text(units),
                "units_text": said(units, sku),
            }
            for (order_id, line_no), units in wanted.items()
        ],
    }


def _lot(lot: str, units: Decimal, sku: SkuFacts | None) -> dict[str, Any]:
    facts = read_lot(lot, shelf_life_days=sku.shelf_life_days if sku else None)
    return {
        "lot": lot,
        "batch": facts.batch,
        "expires_on": facts.expires_on,
        "units": plain_text(units),
        "units_text": said(units, sku),
    }


def shipment_rows(rows: Collection[ShipmentListRow]) -> list[dict[str, Any]]:
    """The list of shipments; a place that the reader does not see has no name."""
    names = inventory.warehouse_names({row.warehouse_id for row in rows})
    plain = [
        "id",
        "number",
        "order_id",
        "order_number",
        "warehouse_id",
        "seller_id",
        "seller_name",
        "buyer_id",
        "buyer_name",
        "state",
        "shipped_at",
        "received_at",
        "note",
        "lines",
        "differences",
    ]
    return [
        {name: getattr(row, name) for name in plain}
        | {
            "warehouse_name": names.get(row.warehouse_id, ""),
            "waybills": [_waybill(bill) for bill in row.waybills],
        }
        for row in rows
    ]


def _waybill(bill: Waybill) -> dict[str, Any]:
    names = ("carrier", "tracking_number", "state", "expected_at", "events")
    return {"id": bill.pk} | {name: getattr(bill, name) for name in names}


def shipment(found: ShipmentDetail) -> dict[str, Any]:
    """One shipment as it goes onto paper."""
    text = money(found.currency)
    shipment, people = found.shipment, {found.shipment.shipped_by, found.shipment.received_by}
    names = access.user_names({one for one in people if one})
    skus = catalog.sku_facts({line.sku_id for line in found.lines})
    return shipment_rows([found.row])[0] | {
        "currency": found.currency,
        "gross_amount": text(sum((line.gross_amount for line in found.lines), ZERO)),
        "external_number": found.external_number,
        "address": found.address,
        "buyer_note": found.buyer_note,
        "shipped_by": names.get(shipment.shipped_by or 0, ""),
        "received_by": names.get(shipment.received_by or 0, ""),
        "goods": [_paper_line(found, line, skus.get(line.sku_id)) for line in found.lines],
        "allowed_actions": list(found.allowed_actions),
    }


def _paper_line(found: ShipmentDetail, line: Any, sku: SkuFacts | None) -> dict[str, Any]:
    difference = found.differences.get(line.line_no)
    arrived = None
    if found.shipment.received_at is not None:
        arrived = difference.received if difference else line.shipped
    code, name = found.order_lines.get(line.line_no, ("", ""))
    return {
        "line_no": line.line_no,
        "sku_id": line.sku_id,
        "sku_code": code,
        "sku_name": name,
        "specification": sku.specification if sku else "",
        "base_unit": sku.base_unit if sku else "",
        "units": [
            {"unit": one.unit, "numerator": one.numerator, "denominator": one.denominator}
            for one in (sku.units if sku else ())
        ],
        "shipped": plain_text(line.shipped),
        "shipped_text": said(line.shipped, sku),
        "received": None if arrived is None else plain_text(arrived),
        "received_text": said(arrived, sku),
        "reason": difference.reason if difference else "",
        "reason_note": difference.note if difference else "",
        "gross_amount": money(found.currency)(line.gross_amount),
        "lots": [_lot(lot, units, sku) for lot, units in found.lots.get(line.sku_id, [])],
    }
