"""Goods come back at the price that was paid: asked for, then taken in or refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.kernel.states import step
from huiliu.ledger import services as ledger
from huiliu.ledger.types import Move, MoveKind, Source
from huiliu.orders.errors import ReturnNotVisible, ReturnTooMuch
from huiliu.orders.models import Line, Order, Return, ReturnLine
from huiliu.orders.rules import RETURN_MOVES, part_of
from huiliu.orders.services.common import (
    balance_account,
    change_lines,
    lock_order,
    need_reason,
    sales_account,
    stock_account,
    tell,
    total,
)
from huiliu.orders.services.receive import default_warehouse
from huiliu.orders.types import ReturnState
from huiliu.platform.database import one
from huiliu.platform.errors import ScopeMissing

ZERO = Decimal(0)


def request_return(
    *,
    actor: Actor,
    order_id: UUID,
    return_id: UUID,
    units_by_line: Mapping[int, Decimal],
    reason: str,
    exponent: int,
    business_date: date,
    now: datetime,
) -> Return:
    """Ask to give goods back; their value is the net price paid, cumulative over earlier returns.

    Locks:  the order. Replay: the same return id answers the first return.
    Raises: OrderNotVisible, ReturnTooMuch, ReasonNeeded.
    """
    text = need_reason(reason)
    order = lock_order(order_id)
    earlier = Return.objects.filter(pk=return_id, order_id=order_id).first()
    if earlier is not None:
        return earlier
    lines = {line.line_no: line for line in Line.objects.filter(order_id=order_id)}
    asked = _asked_already(order_id)
    bad = {
        number: position
        for position, (number, units) in enumerate(units_by_line.items())
        if number not in lines or units <= 0 or units > lines[number].received - asked.get(number, ZERO)
    }
    if bad or not units_by_line:
        most = "Return at most what was received and not yet returned."
        fields = [
            {"field": f"lines.{position}.quantity", "reason": most, "code": ReturnTooMuch.code}
            for position in bad.values()
        ]
        raise ReturnTooMuch(most, lines=sorted(bad), fields=fields)
    rows = []
    for position, (number, units) in enumerate(sorted(units_by_line.items()), start=1):
        line = lines[number]
        before = asked.get(number, ZERO)
        share = [
            part_of(amount, part=units, before=before, whole=line.ordered, exponent=exponent)
            for amount in (line.gross_amount, line.net_amount)
        ]
        rows.append(
            ReturnLine(
                return_id=return_id,
                line_no=position,
                order_line_no=number,
                buyer_path=order.buyer_path,
                seller_path=order.seller_path,
                sku_id=line.sku_id,
                returned=units,
                gross_amount=share[0],
                net_amount=share[1],
            )
        )
    document = _document(actor, order, return_id, rows, text, business_date, now)
    Return.objects.bulk_create([document])
    ReturnLine.objects.bulk_create(rows)
    tell(
        order,
        actor=actor,
        type="order.return_requested",
        now=now,
        reason=text,
        payload={
            "return_id": str(return_id),
            "return": document.number,
            "gross_amount": str(document.gross_amount),
        },
    )
    return document


def _asked_already(order_id: UUID) -> dict[int, Decimal]:
    """Units by order line in returns that were not rejected."""
    ids = list(
        Return.objects.filter(order_id=order_id)
        .exclude(state=ReturnState.REJECTED)
        .values_list("id", flat=True)
    )
    found: dict[int, Decimal] = {}
    for number, units in ReturnLine.objects.filter(return_id__in=ids).values_list(
        "order_line_no", "returned"
    ):
        if number is not None:
            found[number] = found.get(number, ZERO) + units
    return found


def _document(
    actor: Actor,
    order: Order,
    return_id: UUID,
    rows: list[ReturnLine],
    reason: str,
    business_date: date,
    now: datetime,
) -> Return:
    number = one("SELECT platform_next_number('return', %s, %s)", [order.seller_id, business_date])[0]
    return Return(
        id=return_id,
        number=number,
        order_id=order.pk,
        seller_id=order.seller_id,
        seller_path=order.seller_path,
        buyer_id=order.buyer_id,
        buyer_path=order.buyer_path,
        buyer_path_then=order.buyer_path_then,
        region_code_then=order.region_code_then,
        province_then=order.province_then,
        city_then=order.city_then,
        buyer_tier_then=order.buyer_tier_then,
        warehouse_id=default_warehouse(order.seller_id),
        state=ReturnState.REQUESTED,
        currency=order.currency,
        gross_amount=total(row.gross_amount for row in rows),
        net_amount=total(row.net_amount for row in rows),
        reason=reason,
        business_date=business_date,
        requested_at=now,
        requested_by=actor.user_id,
    )


def receive_return(
    *, actor: Actor, return_id: UUID, warehouse_id: int | None, from_warehouse_id: int | None, now: datetime
) -> Return:
    """The seller takes the goods in and credits what was paid for them.

    Locks:  the order and the return, then accounts in id order.
    Raises: ReturnNotVisible, WrongState, NotEnoughAvailable when the buyer has sold the goods on, ScopeMissing.
    """
    document, order = _lock(return_id)
    _seller_only(actor, order)
    state = step(RETURN_MOVES, before=ReturnState(document.state), after=ReturnState.RECEIVED)
    lines = list(ReturnLine.objects.filter(return_id=return_id).order_by("line_no"))
    target = warehouse_id or document.warehouse_id
    origin = from_warehouse_id or default_warehouse(order.buyer_id)
    moves = []
    for line in lines:
        for lot, units in _lots_at(order.buyer_id, line.sku_id, origin, line.returned):
            moves.append(
                Move(
                    MoveKind.POST,
                    units,
                    line_no=line.line_no,
                    credit=stock_account(
                        owner_id=order.buyer_id, sku_id=line.sku_id, place_id=origin, lot=lot
                    ),
                    debit=stock_account(
                        owner_id=order.seller_id, sku_id=line.sku_id, place_id=target, lot=lot
                    ),
                )
            )
    if document.gross_amount > 0:
        moves.append(
            Move(
                MoveKind.POST,
                document.gross_amount,
                credit=sales_account(order),
                debit=balance_account(order),
            )
        )
    ledger.apply(source=Source("return", return_id, "receive"), moves=moves, user_id=actor.user_id, now=now)
    Return.objects.filter(pk=return_id).update(state=state, received_at=now, warehouse_id=target)
    change_lines(
        order.pk, {line.order_line_no: {"returned": line.returned} for line in lines if line.order_line_no}
    )
    tell(
        order,
        actor=actor,
        type="order.return_received",
        now=now,
        payload={
            "return_id": str(return_id),
            "return": document.number,
            "gross_amount": str(document.gross_amount),
        },
    )
    document.state, document.received_at = state, now
    return document


def reject_return(*, actor: Actor, return_id: UUID, reason: str, now: datetime) -> Return:
    """The seller refuses a return; nothing moves. Raises: ReturnNotVisible, WrongState, ReasonNeeded."""
    text = need_reason(reason)
    document, order = _lock(return_id)
    _seller_only(actor, order)
    document.state = step(RETURN_MOVES, before=ReturnState(document.state), after=ReturnState.REJECTED)
    Return.objects.filter(pk=return_id).update(state=document.state)
    tell(
        order,
        actor=actor,
        type="order.return_rejected",
        now=now,
        reason=text,
        payload={"return_id": str(return_id)},
    )
    return document


def _lock(return_id: UUID) -> tuple[Return, Order]:
    found = Return.objects.filter(pk=return_id).first()
    if found is None or found.order_id is None:
        raise ReturnNotVisible("There is no such return.", return_id=str(return_id))
    order = lock_order(found.order_id)
    return Return.objects.select_for_update(no_key=True).get(pk=return_id), order


def _seller_only(actor: Actor, order: Order) -> None:
    if not order.seller_path.startswith(actor.organization_path):
        raise ScopeMissing("Only the seller decides on a return.", scope="orders:return")


def _lots_at(owner_id: int, sku_id: int, place_id: int, units: Decimal) -> list[tuple[str, Decimal]]:
    """Which of the buyer's lots go back: the freshest first; what is missing is asked of the plain lot."""
    from huiliu.ledger import selectors
    from huiliu.ledger.types import AccountKind

    rows = selectors.balances(
        kind=AccountKind.STOCK, owner_id=owner_id, sku_ids=[sku_id], place_ids=[place_id]
    )
    found, left = [], units
    for row in sorted(rows, key=lambda row: row.lot, reverse=True):
        take = min(left, max(ZERO, row.available))
        if take > 0:
            found.append((row.lot, take))
            left -= take
    if left > 0:
        found = [*[entry for entry in found if entry[0] != ""], ("", left + dict(found).get("", ZERO))]
    return found
