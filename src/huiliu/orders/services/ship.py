"""Goods leave a warehouse: promises become goods in transit, and the buyer owes for what left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.ledger import selectors as ledger_selectors
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountId, Move, MoveKind, OpenHold, Source
from huiliu.orders.errors import LotExpired, NothingToShip, StepNotOpen
from huiliu.orders.models import Line, Order, Shipment, ShipmentLine
from huiliu.orders.rules import part_of, ship_plan
from huiliu.orders.services.common import (
    change_lines,
    in_transit,
    lock_order,
    sales_account,
    settle_state,
    tell,
    total,
)
from huiliu.orders.types import ShipmentState
from huiliu.platform.database import one
from huiliu.platform.errors import ScopeMissing


def ship_order(
    *,
    actor: Actor,
    order_id: UUID,
    shipment_id: UUID,
    warehouse_id: int,
    units_by_line: dict[int, Decimal] | None,
    exponent: int,
    business_date: date,
    note: str = "",
    now: datetime,
) -> Shipment:
    """Ship what is promised from one warehouse: all of it, or the named units of each line.

    Locks:  the order, then accounts and holds in id order.
    Replay: the same shipment id answers the first shipment.
    Raises: OrderNotVisible, StepNotOpen, NothingToShip, LotExpired, ScopeMissing.
    """
    order = lock_order(order_id)
    earlier = Shipment.objects.filter(pk=shipment_id, order_id=order_id).first()
    if earlier is not None:
        return earlier
    if not order.seller_path.startswith(actor.organization_path):
        raise ScopeMissing("Only the seller ships an order.", scope="orders:ship")
    if order.steps_open:
        raise StepNotOpen("The order is not confirmed yet.", open=list(order.steps_open))
    holds = {hold.id: hold for hold in ledger_selectors.open_holds(source_id=order_id)}
    plan = _plan(holds, warehouse_id=warehouse_id, wanted=units_by_line)
    _refuse_expired([holds[hold_id] for hold_id, _, _ in plan], day=business_date)
    lines = {line.line_no: line for line in Line.objects.filter(order_id=order_id)}
    units = _units(plan)
    amounts = {number: _share(lines[number], units[number], exponent) for number in units}
    moves = [
        Move(
            MoveKind.SETTLE,
            taken,
            credit=AccountId(holds[hold_id].account_id),
            debit=in_transit(owner_id=order.buyer_id, sku_id=lines[number].sku_id, lot=holds[hold_id].lot),
            hold_id=hold_id,
            line_no=number,
        )
        for hold_id, number, taken in plan
    ]
    gross = total(amount for amount, _ in amounts.values())
    moves += _money(order, holds, gross)
    ledger.apply(source=Source("shipment", shipment_id, "ship"), moves=moves, user_id=actor.user_id, now=now)
    shipment = _write(
        actor=actor,
        order=order,
        lines=lines,
        units=units,
        amounts=amounts,
        shipment_id=shipment_id,
        warehouse_id=warehouse_id,
        business_date=business_date,
        note=note,
        now=now,
    )
    change_lines(
        order_id, {number: {"allocated": -taken, "shipped": taken} for number, taken in units.items()}
    )
    state = settle_state(order, now=now, first_shipment=True)
    tell(
        order,
        actor=actor,
        type="order.shipped",
        now=now,
        payload={
            "shipment_id": str(shipment_id),
            "shipment": shipment.number,
            "state": state.value,
            "lines": len(units),
            "gross_amount": str(gross),
        },
    )
    return shipment


def _plan(
    holds: dict[int, OpenHold], *, warehouse_id: int, wanted: dict[int, Decimal] | None
) -> list[tuple[int, int, Decimal]]:
    rows = [
        (hold.id, hold.line_no, hold.remaining, hold.place_id or 0) for hold in holds.values() if hold.sku_id
    ]
    plan = ship_plan(allocated=rows, wanted=wanted, warehouse_id=warehouse_id)
    if not plan:
        raise NothingToShip("Nothing is promised from this warehouse.", warehouse_id=warehouse_id)
    if wanted is not None:
        got = _units(plan)
        short = [number for number, units in wanted.items() if got.get(number, Decimal(0)) < units]
        if short:
            raise NothingToShip("Some lines ask for more than is promised here.", lines=short)
    return plan


def _refuse_expired(holds: Sequence[OpenHold], *, day: date) -> None:
    """What was fresh when it was promised may not be any more when it should leave."""
    if expired := ledger_selectors.expired_holds(holds, day=day):
        raise LotExpired(
            "Some of the promised goods have expired meanwhile.",
            lines=sorted({hold.line_no for hold in expired}),
            lots=sorted({hold.lot for hold in expired}),
        )


def _units(plan: Sequence[tuple[int, int, Decimal]]) -> dict[int, Decimal]:
    units: dict[int, Decimal] = {}
    for _, number, taken in plan:
        units[number] = units.get(number, Decimal(0)) + taken
    return units


def _share(line: Line, units: Decimal, exponent: int) -> tuple[Decimal, Decimal]:
    """Gross and net of the units that leave, cumulative over all parts of the line."""
    before = line.shipped + line.cancelled
    gross = part_of(line.gross_amount, part=units, before=before, whole=line.ordered, exponent=exponent)
    net = part_of(line.net_amount, part=units, before=before, whole=line.ordered, exponent=exponent)
    return gross, net


def _money(order: Order, holds: dict[int, OpenHold], gross: Decimal) -> list[Move]:
    """What the buyer owes for the goods that leave comes out of the order's promise of money."""
    if gross <= 0:
        return []
    for hold in holds.values():
        if hold.sku_id is None:
            return [
                Move(
                    MoveKind.SETTLE,
                    gross,
                    credit=AccountId(hold.account_id),
                    debit=sales_account(order),
                    hold_id=hold.id,
                    line_no=0,
                )
            ]
    raise NothingToShip("The order's promise of money is gone; confirm the order again.")


def _write(
    *,
    actor: Actor,
    order: Order,
    lines: dict[int, Line],
    units: dict[int, Decimal],
    amounts: dict[int, tuple[Decimal, Decimal]],
    shipment_id: UUID,
    warehouse_id: int,
    business_date: date,
    note: str,
    now: datetime,
) -> Shipment:
    number = one("SELECT platform_next_number('shipment', %s, %s)", [order.seller_id, business_date])[0]
    shipment = Shipment(
        id=shipment_id,
        number=number,
        order_id=order.pk,
        buyer_path=order.buyer_path,
        seller_path=order.seller_path,
        warehouse_id=warehouse_id,
        state=ShipmentState.SHIPPED,
        business_date=business_date,
        shipped_at=now,
        shipped_by=actor.user_id,
        note=note,
    )
    Shipment.objects.bulk_create([shipment])
    ShipmentLine.objects.bulk_create(
        ShipmentLine(
            shipment_id=shipment_id,
            line_no=line_no,
            order_id=order.pk,
            buyer_path=order.buyer_path,
            seller_path=order.seller_path,
            sku_id=lines[line_no].sku_id,
            shipped=taken,
            gross_amount=amounts[line_no][0],
            net_amount=amounts[line_no][1],
        )
        for line_no, taken in units.items()
    )
    return shipment
