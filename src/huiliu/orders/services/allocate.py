"""Backordered lines get what has come in since, and what has expired since it was promised is replaced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import connection

from huiliu.access.types import Actor
from huiliu.kernel.period import business_date
from huiliu.ledger import selectors as ledger_selectors
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountId, AccountKind, Move, MoveKind, OpenHold, Source
from huiliu.orders.models import Line, Order
from huiliu.orders.services.common import change_lines, lock_order, tell
from huiliu.platform.errors import ScopeMissing

ZERO = Decimal(0)


def allocate_backorders(
    *, actor: Actor, order_id: UUID, limits: Mapping[int, Decimal] | None = None, now: datetime
) -> dict[int, Decimal]:
    """Promise what is available now to the order's backordered lines; returns units by line.

    Promises of lots that have expired meanwhile are given back first: their lines get another lot, or wait.
    With `limits` only to the named lines, and to none more than its limit: what a fair share gave it.

    Locks:  the order, then the stock accounts in id order.
    Raises: OrderNotVisible, ScopeMissing.
    """
    order = lock_order(order_id)
    if not order.seller_path.startswith(actor.organization_path):
        raise ScopeMissing("Only the seller allocates stock.", scope="orders:ship")
    day = business_date(now, actor.timezone)
    expired = _expired(order_id, limits, day=day)
    freed: dict[int, Decimal] = {}
    for hold in expired:
        freed[hold.line_no] = freed.get(hold.line_no, ZERO) + hold.remaining
    lines = [
        line
        for line in Line.objects.filter(order_id=order_id).order_by("line_no")
        if line.backordered + freed.get(line.line_no, ZERO) > 0
    ]
    if limits is not None:
        lines = [line for line in lines if line.line_no in limits]
    given: dict[int, Decimal] = {}
    moves = [
        Move(
            MoveKind.RELEASE,
            hold.remaining,
            credit=AccountId(hold.account_id),
            hold_id=hold.id,
            line_no=hold.line_no,
        )
        for hold in expired
    ]
    available = _available(order, [line.sku_id for line in lines], day=day)
    for line in lines:
        for account_id in available.get(line.sku_id, {}):
            waiting = line.backordered + freed.get(line.line_no, ZERO)
            wanted = waiting if limits is None else min(waiting, limits[line.line_no])
            left = wanted - given.get(line.line_no, ZERO)
            take = min(left, available[line.sku_id][account_id])
            if take > 0:
                moves.append(Move(MoveKind.HOLD, take, credit=AccountId(account_id), line_no=line.line_no))
                available[line.sku_id][account_id] -= take
                given[line.line_no] = given.get(line.line_no, ZERO) + take
    if not moves:
        return {}
    # The hold belongs to the order, so that shipping finds it; the step is named by what it adds to.
    step = f"allocate:{uuid5(order.pk, now.isoformat())}"
    ledger.apply(source=Source("order", order_id, step), moves=moves, user_id=actor.user_id, now=now)
    changes = {number: given.get(number, ZERO) - freed.get(number, ZERO) for number in {*given, *freed}}
    change_lines(
        order_id, {number: {"allocated": units, "backordered": -units} for number, units in changes.items()}
    )
    tell(
        order,
        actor=actor,
        type="order.allocated",
        now=now,
        payload={"lines": len(given)} | ({"expired": sorted(freed)} if freed else {}),
    )
    return given


def _expired(order_id: UUID, limits: Mapping[int, Decimal] | None, *, day: date) -> list[OpenHold]:
    """The order's promises that cannot be kept; a fair share only adds, so it gives none back."""
    if limits is not None:
        return []
    return ledger_selectors.expired_holds(ledger_selectors.open_holds(source_id=order_id), day=day)


def _available(order: Order, sku_ids: list[int], *, day: date) -> dict[int, dict[int, Decimal]]:
    """What the seller's stock accounts could promise, what expires first coming first; locked so that it stays true."""
    rows = ledger_selectors.balances(kind=AccountKind.STOCK, owner_id=order.seller_id, sku_ids=sku_ids)
    ids = [row.account_id for row in rows]
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, sku_id, available FROM orders_lock_available(%s, %s, %s)",
            [ids, order.seller_id, day],
        )
        found: dict[int, dict[int, Decimal]] = {}
        for account_id, sku_id, available in cursor.fetchall():
            if available > 0:
                found.setdefault(sku_id, {})[account_id] = available
    return found
