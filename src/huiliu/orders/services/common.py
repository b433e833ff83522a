"""What every move of an order does: lock it, judge it, write lines and header, tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from huiliu.access.types import Actor
from huiliu.ledger.types import AccountKind, AccountRef
from huiliu.orders.errors import OrderNotVisible, ReasonNeeded
from huiliu.orders.models import Line, Order
from huiliu.orders.rules import derive_state
from huiliu.orders.types import LineProgress, OrderState
from huiliu.platform import audit, events

PROGRESS = ("line_no", "ordered", "allocated", "backordered", "shipped", "received", "cancelled", "returned")
REASON_LENGTH_MAX = 500


def lock_order(order_id: UUID) -> Order:
    """The order, locked until the transaction ends; raises OrderNotVisible."""
    order = Order.objects.select_for_update(no_key=True).filter(pk=order_id).first()
    if order is None:
        raise OrderNotVisible("There is no such order.", order_id=str(order_id))
    return order


def progress_of(order_id: UUID) -> dict[int, LineProgress]:
    """How far each line has come, by line number."""
    rows = Line.objects.filter(order_id=order_id).order_by("line_no").values_list(*PROGRESS)
    return {row[0]: LineProgress(*row) for row in rows}


def change_lines(order_id: UUID, changes: Mapping[int, Mapping[str, Decimal]]) -> None:
    """Add to the lines' progress; the table's checks refuse what cannot be."""
    if not changes:
        return
    names = ("allocated", "backordered", "shipped", "received", "cancelled", "returned")
    numbers = sorted(changes)
    columns = [[changes[number].get(name, Decimal(0)) for number in numbers] for name in names]
    sets = ", ".join(f"{name} = l.{name} + c.{name}" for name in names)
    arrays = ", ".join(["%s::int[]"] + ["%s::numeric[]"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE orders_line l SET {sets} FROM unnest({arrays}) c(line_no, {', '.join(names)})"
            " WHERE l.order_id = %s AND l.line_no = c.line_no",
            [numbers, *columns, order_id],
        )


def settle_state(order: Order, *, now: datetime, first_shipment: bool = False) -> OrderState:
    """Write the state that follows from steps and lines; returns it."""
    state = derive_state(steps_open=order.steps_open, lines=progress_of(order.pk).values())
    changes: dict[str, Any] = {"state": state, "steps_open": order.steps_open, "version": F("version") + 1}
    if first_shipment and order.shipped_at is None:
        changes["shipped_at"] = now
    if state is OrderState.COMPLETED and order.received_at is None:
        changes["received_at"] = now
    if state in (OrderState.COMPLETED, OrderState.CANCELLED) and order.closed_at is None:
        changes["closed_at"] = now
    if order.confirmed_at is not None:
        changes["confirmed_at"] = order.confirmed_at
    Order.objects.filter(pk=order.pk).update(**changes)
    return state


def tell(
    order: Order,
    *,
    actor: Actor,
    type: str,  # noqa: A002 - the field's standard name
    now: datetime,
    payload: Mapping[str, Any],
    reason: str = "",
    effective_at: datetime | None = None,
) -> None:
    """The event both sides see, and the audit row."""
    events.publish(
        type=type,
        subject_type="order",
        subject_id=order.pk,
        paths=(order.buyer_path, order.seller_path),
        user_id=actor.user_id,
        now=now,
        payload={"number": order.number, **payload, **({"reason": reason} if reason else {})},
        effective_at=effective_at,
    )
    audit.record(
        actor=actor,
        action=type,
        subject_type="order",
        subject_id=order.pk,
        owner_path=actor.organization_path,
        now=now,
        reason=reason,
        after=dict(payload),
    )


def need_reason(reason: str) -> str:
    """A reason with words in it; raises ReasonNeeded."""
    text = reason.strip()
    if not text or len(text) > REASON_LENGTH_MAX:
        raise ReasonNeeded("Give a reason of at most 500 characters.", field="reason")
    return text


def stock_account(*, owner_id: int, sku_id: int, place_id: int, lot: str = "") -> AccountRef:
    return AccountRef(AccountKind.STOCK, owner_id, sku_id=sku_id, place_id=place_id, lot=lot)


def in_transit(*, owner_id: int, sku_id: int, lot: str = "") -> AccountRef:
    return AccountRef(AccountKind.IN_TRANSIT, owner_id, sku_id=sku_id, lot=lot)


def balance_account(order: Order) -> AccountRef:
    return AccountRef(
        AccountKind.PARTNER_BALANCE, order.buyer_id, currency=order.currency, counterparty_id=order.seller_id
    )


def sales_account(order: Order) -> AccountRef:
    return AccountRef(AccountKind.SALES, order.seller_id, currency=order.currency)


def total(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
