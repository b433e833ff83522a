"""Goods arrive: what was in transit becomes the buyer's stock; differences are named and settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.kernel.refusals import Refusals
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind, Source
from huiliu.orders.errors import AlreadyReceived, LineInvalid, ShipmentNotVisible
from huiliu.orders.models import Line, Order, ReceiptDifference, Shipment, ShipmentLine
from huiliu.orders.rules import part_of
from huiliu.orders.services.common import (
    balance_account,
    change_lines,
    in_transit,
    lock_order,
    sales_account,
    settle_state,
    stock_account,
    tell,
)
from huiliu.orders.types import DifferenceReason, OrderState, ShipmentState
from huiliu.platform.database import one
from huiliu.platform.errors import ScopeMissing

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Difference:
    """What of one line arrived in order, and why it is not what was shipped."""

    received: Decimal
    reason: DifferenceReason
    note: str = ""


def receive_shipment(
    *,
    actor: Actor,
    shipment_id: UUID,
    warehouse_id: int | None,
    differences: Mapping[int, Difference],
    exponent: int,
    now: datetime,
) -> OrderState:
    """Take a shipment in: everything, but for the lines named in `differences`.

    A short, damaged or wrong line is credited at the price paid and its goods go to the seller's
    adjustment account; the order line counts them as cancelled, so that the order can end.

    Locks:  the order and the shipment, then accounts in id order.
    Raises: ShipmentNotVisible, AlreadyReceived, LineInvalid, ScopeMissing.
    """
    order, shipment = _lock(shipment_id)
    if not order.buyer_path.startswith(actor.organization_path):
        raise ScopeMissing("Only the buyer (or those above it) receives a shipment.", scope="orders:receive")
    shipped = {line.line_no: line for line in ShipmentLine.objects.filter(shipment_id=shipment_id)}
    _check(differences, shipped)
    place = warehouse_id or default_warehouse(order.buyer_id)
    moves: list[Move] = []
    credit = ZERO
    lines = {line.line_no: line for line in Line.objects.filter(order_id=order.pk)}
    for number, line in sorted(shipped.items()):
        arrived = differences[number].received if number in differences else line.shipped
        moves += _goods(order, line, lots=_lots(shipment_id, line), arrived=arrived, place=place)
        if arrived < line.shipped:
            credit += line.gross_amount - part_of(
                line.gross_amount, part=arrived, before=ZERO, whole=line.shipped, exponent=exponent
            )
    if credit > 0:
        moves.append(Move(MoveKind.POST, credit, credit=sales_account(order), debit=balance_account(order)))
    ledger.apply(
        source=Source("shipment", shipment_id, "receive"), moves=moves, user_id=actor.user_id, now=now
    )
    _write(order, shipment, shipped=shipped, differences=differences, user_id=actor.user_id, now=now)
    change_lines(
        order.pk,
        {
            number: _progress(
                line.shipped, differences[number].received if number in differences else line.shipped
            )
            for number, line in shipped.items()
            if number in lines
        },
    )
    state = settle_state(order, now=now)
    tell(
        order,
        actor=actor,
        type="order.received",
        now=now,
        payload={
            "shipment_id": str(shipment_id),
            "shipment": shipment.number,
            "state": state.value,
            "differences": len(differences),
            "credited": str(credit),
        },
    )
    return state


def default_warehouse(organization_id: int) -> int:
    """Where an organization takes goods in when it does not say; raises LineInvalid without a warehouse."""
    row = one("SELECT orders_default_warehouse(%s)", [organization_id])
    if row[0] is None:
        raise LineInvalid("The buyer has no warehouse to receive into.", field="warehouse_id")
    return int(row[0])


def _lock(shipment_id: UUID) -> tuple[Order, Shipment]:
    found = Shipment.objects.filter(pk=shipment_id).first()
    if found is None:
        raise ShipmentNotVisible("There is no such shipment.", shipment_id=str(shipment_id))
    order = lock_order(found.order_id)
    shipment = Shipment.objects.select_for_update(no_key=True).get(pk=shipment_id)
    if shipment.state != ShipmentState.SHIPPED:
        raise AlreadyReceived("This shipment was received already.", received_at=shipment.received_at)
    return order, shipment


def _check(differences: Mapping[int, Difference], shipped: Mapping[int, ShipmentLine]) -> None:
    refusals = Refusals()
    for position, (number, difference) in enumerate(differences.items()):
        if number not in shipped:
            refusals.add(LineInvalid("This line is not on the shipment.", field=f"differences.{position}"))
        elif not ZERO <= difference.received <= shipped[number].shipped:
            refusals.add(
                LineInvalid(
                    "Receive between nothing and what was shipped.",
                    field=f"differences.{position}.received",
                    shipped=str(shipped[number].shipped),
                )
            )
    refusals.raise_if_any()


def _lots(shipment_id: UUID, line: ShipmentLine) -> list[tuple[str, Decimal]]:
    """Which lots of the sku this shipment put in transit, in the order they were shipped."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lot, units FROM orders_lots_of('shipment', %s, 'ship', %s)", [shipment_id, line.sku_id]
        )
        rows = cursor.fetchall()
    lots: list[tuple[str, Decimal]] = [(row[0], row[1]) for row in rows]
    return lots or [("", line.shipped)]


def _goods(
    order: Order, line: ShipmentLine, *, lots: list[tuple[str, Decimal]], arrived: Decimal, place: int
) -> list[Move]:
    """In transit to the buyer's stock as far as it arrived, the rest to the seller's adjustment."""
    moves = []
    left_arrived, left_line = arrived, line.shipped
    for lot, units in lots:
        here = min(units, left_line)
        good = min(here, left_arrived)
        source = in_transit(owner_id=order.buyer_id, sku_id=line.sku_id, lot=lot)
        if good > 0:
            moves.append(
                Move(
                    MoveKind.POST,
                    good,
                    credit=source,
                    line_no=line.line_no,
                    debit=stock_account(owner_id=order.buyer_id, sku_id=line.sku_id, place_id=place, lot=lot),
                )
            )
        if here > good:
            moves.append(
                Move(
                    MoveKind.POST,
                    here - good,
                    credit=source,
                    line_no=line.line_no,
                    debit=AccountRef(AccountKind.STOCK_ADJUSTMENT, order.seller_id, sku_id=line.sku_id),
                )
            )
        left_arrived -= good
        left_line -= here
    return moves


def _progress(shipped: Decimal, arrived: Decimal) -> dict[str, Decimal]:
    """What did not arrive was not delivered: it leaves `shipped` and counts as cancelled."""
    missing = shipped - arrived
    return {"received": arrived, "shipped": -missing, "cancelled": missing}


def _write(
    order: Order,
    shipment: Shipment,
    *,
    shipped: Mapping[int, ShipmentLine],
    differences: Mapping[int, Difference],
    user_id: int | None,
    now: datetime,
) -> None:
    Shipment.objects.filter(pk=shipment.pk).update(
        state=ShipmentState.RECEIVED, received_at=now, received_by=user_id
    )
    ReceiptDifference.objects.bulk_create(
        ReceiptDifference(
            shipment_id=shipment.pk,
            line_no=number,
            order_id=order.pk,
            buyer_path=order.buyer_path,
            seller_path=order.seller_path,
            shipped=shipped[number].shipped,
            received=difference.received,
            reason=difference.reason,
            note=difference.note,
        )
        for number, difference in differences.items()
    )
