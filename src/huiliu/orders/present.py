"""From rows to the shapes of the API: decimals become strings, quantities get their big and small units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SkuFacts
from huiliu.kernel.money import amount_text, plain_text
from huiliu.orders.models import Order, Return, ReturnLine, Shipment
from huiliu.orders.rules import return_actions
from huiliu.orders.selectors import OrderDetail
from huiliu.orders.types import PlacedOrder, ReturnState
from huiliu.pricing import services as pricing

QUANTITIES = (
    "entered_quantity",
    "ordered",
    "allocated",
    "backordered",
    "shipped",
    "received",
    "cancelled",
    "returned",
)


def money(currency: str) -> Callable[[Decimal], str]:
    """Amounts of that currency as the API writes them."""
    from huiliu.pricing.services import exponent_of

    exponent = exponent_of(currency)
    return lambda amount: amount_text(amount, exponent)


def row(values: dict[str, Any]) -> dict[str, Any]:
    """One row of the list of orders."""
    return values | {"gross_amount": money(values["currency"])(values["gross_amount"])}


def placed(order: PlacedOrder) -> dict[str, Any]:
    """The answer to a submit."""
    text = money(order.currency)
    names = "id number state currency line_count submitted_at"
    return {name: getattr(order, name) for name in names.split()} | {
        "gross_amount": text(order.gross_amount),
        "net_amount": text(order.net_amount),
        "tax_amount": text(order.tax_amount),
        "backordered_lines": list(order.backordered_lines),
        "twin": asdict(order.twin) if order.twin else None,
    }


def header(order: Order) -> dict[str, Any]:
    text = money(order.currency)
    names = (
        "id number external_number state seller_id seller_name buyer_id buyer_name currency line_count business_date"
        " submitted_at shipped_at received_at wanted_date on_behalf shortage_mode steps_open buyer_deadline_at buyer_note address custom version"
    )
    found = {name: getattr(order, name) for name in names.split()}
    return found | {name: text(getattr(order, name)) for name in ("gross_amount", "net_amount", "tax_amount")}


def detail(found: OrderDetail, *, actor: Actor) -> dict[str, Any]:
    """One order with everything on it, the traces redacted to the reader."""
    text = money(found.order.currency)
    skus = catalog.sku_facts({line.sku_id for line in found.lines})
    people = access.user_names({event.user_id for event in found.timeline if event.user_id})
    lines = []
    for line in found.lines:
        sku = skus.get(line.sku_id)
        lines.append(
            {
                name: getattr(line, name)
                for name in ("line_no", "kind", "sku_id", "sku_code", "sku_name", "unit")
            }
            | {name: plain_text(getattr(line, name)) for name in QUANTITIES}
            | {name: text(getattr(line, name)) for name in ("gross_amount", "net_amount", "tax_amount")}
            | {
                "unit_price": plain_text(line.unit_price),
                "tax_rate": plain_text(line.tax_rate),
                "units": _units(sku),
                "trace": pricing.trace_for(line.trace, is_staff=actor.is_staff),
            }
        )
    return header(found.order) | {
        "lines": lines,
        "holds": [
            {
                "hold_id": hold.id,
                "line_no": hold.line_no,
                "warehouse_id": hold.place_id,
                "lot": hold.lot,
                "remaining": plain_text(hold.remaining),
                "is_money": hold.sku_id is None,
            }
            for hold in found.holds
        ],
        "shipments": [shipment(one, found) for one in found.shipments],
        "returns": [
            return_document(
                one,
                [line for line in found.return_lines if line.return_id == one.pk],
                actor=actor,
                order=found.order,
            )
            for one in found.returns
        ],
        "timeline": [
            {
                "id": event.id,
                "type": event.type,
                "user_id": event.user_id,
                "user_name": people.get(event.user_id or 0, ""),
                "effective_at": event.effective_at,
                "recorded_at": event.recorded_at,
                "payload": event.payload,
            }
            for event in found.timeline
        ],
        "allowed_actions": found.allowed_actions,
    }


def shipment(one: Shipment, found: OrderDetail) -> dict[str, Any]:
    text = money(found.order.currency)
    differences = {(row.shipment_id, row.line_no): row for row in found.differences}
    lines = []
    for line in found.shipment_lines:
        if line.shipment_id != one.pk:
            continue
        difference = differences.get((one.pk, line.line_no))
        arrived = (difference.received if difference else line.shipped) if one.received_at else None
        lines.append(
            {
                "line_no": line.line_no,
                "sku_id": line.sku_id,
                "shipped": plain_text(line.shipped),
                "received": plain_text(arrived) if arrived is not None else None,
                "reason": difference.reason if difference else "",
                "gross_amount": text(line.gross_amount),
            }
        )
    return shipment_row(one) | {
        "lines": lines,
        "waybills": [
            {
                "id": bill.pk,
                "carrier": bill.carrier,
                "tracking_number": bill.tracking_number,
                "state": bill.state,
                "expected_at": bill.expected_at,
                "events": bill.events,
            }
            for bill in found.waybills
            if bill.shipment_id == one.pk
        ],
    }


def shipment_row(one: Shipment) -> dict[str, Any]:
    names = "id number order_id warehouse_id state shipped_at received_at note"
    return {name: getattr(one, name) for name in names.split()}


def _units(sku: SkuFacts | None) -> list[dict[str, Any]]:
    return [
        {"unit": one.unit, "numerator": one.numerator, "denominator": one.denominator}
        for one in (sku.units if sku else ())
    ]


def return_document(
    one: Return, lines: list[ReturnLine], *, actor: Actor, order: Order | None
) -> dict[str, Any]:
    """One return; who trades is named by its order, imported history without one names nobody."""
    text = money(one.currency)
    skus = catalog.sku_facts({line.sku_id for line in lines})
    names = "id number order_id buyer_id seller_id state currency reason requested_at received_at"
    return {name: getattr(one, name) for name in names.split()} | {
        "gross_amount": text(one.gross_amount),
        "order_number": order.number if order else "",
        "buyer_name": order.buyer_name if order else "",
        "seller_name": order.seller_name if order else "",
        "lines": [
            {
                "line_no": line.line_no,
                "order_line_no": line.order_line_no,
                "sku_id": line.sku_id,
                "sku_code": sku.code if sku else "",
                "sku_name": sku.name if sku else "",
                "units": _units(sku),
                "returned": plain_text(line.returned),
                "gross_amount": text(line.gross_amount),
            }
            for line in lines
            for sku in (skus.get(line.sku_id),)
        ],
        "allowed_actions": return_actions(
            state=ReturnState(one.state),
            is_seller=one.seller_path.startswith(actor.organization_path),
            scopes=actor.scopes,
        ),
    }
