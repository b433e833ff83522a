"""What waits to be shipped, what is short and who waits for it, and where to pick it, under the caller's reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from huiliu.access.types import Actor
from huiliu.inventory import selectors as inventory
from huiliu.inventory.types import Group, StockFilters
from huiliu.orders.fulfilment.rules import PATIENCE_DAYS
from huiliu.orders.fulfilment.types import (
    Pick,
    Promise,
    ShortageRow,
    Waiter,
    WaitingFilter,
    WaitingRow,
    WaitingTotals,
    WaitingView,
)

SHORTAGES_MAX = 500
WAITERS_MAX = 200

_COLUMNS = (
    "id, number, state, steps_open, buyer_id, buyer_name, currency, gross_amount, submitted_at, business_date,"
    " wanted_date, due, buyer_note, ready, short, shipped"
)
# An order without a wanted day is wanted as soon as possible: it stands at its own day.
_WAITING = """
  SELECT o.id, o.number, o.state, o.steps_open, o.buyer_id, o.buyer_name, o.currency, o.gross_amount, o.submitted_at,
         o.business_date, o.wanted_date, coalesce(o.wanted_date, o.business_date) AS due, o.buyer_note,
         l.ready, l.short, l.shipped
    FROM orders_order o CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE x.allocated > 0) AS ready, count(*) FILTER (WHERE x.backordered > 0) AS short,
                count(*) FILTER (WHERE x.shipped > 0) AS shipped
           FROM orders_line x WHERE x.order_id = o.id) l
   WHERE o.state IN ('SUBMITTED', 'AWAITING_FINANCE', 'CONFIRMED', 'PARTIALLY_SHIPPED') AND o.seller_id = %s
     AND (l.ready > 0 OR l.short > 0)"""
_VIEWS = {
    WaitingView.READY: "ready > 0 AND steps_open = '{}'",
    WaitingView.SHORT: "short > 0",
    WaitingView.STEPS: "steps_open <> '{}'",
    WaitingView.ALL: "true",
}


def waiting_orders(
    *, where: WaitingFilter, today: date, after: tuple[date, datetime, UUID] | None = None, limit: int = 50
) -> list[WaitingRow]:
    """Orders with goods still to leave, the most urgent first: by wanted day, then age, then id.

    `today` is the day on which a promised lot must not have expired.
    """
    conditions, values = [_VIEWS[where.view]], [where.seller_id]
    parameters: list[Any] = [*values]
    if where.buyer_id is not None:
        conditions.append("buyer_id = %s")
        parameters.append(where.buyer_id)
    if text := where.text.strip():
        conditions.append("(right(number, length(%s)) = %s OR position(%s in buyer_name) > 0)")
        parameters += [text, text, text]
    if where.warehouse_id is not None:
        conditions.append("EXISTS (SELECT FROM ledger_open_holds(w.id) h WHERE h.place_id = %s)")
        parameters.append(where.warehouse_id)
    if after is not None:
        conditions.append("(due, submitted_at, id) > (%s, %s, %s)")
        parameters += after
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ({_WAITING}) w WHERE {' AND '.join(conditions)}"
            " ORDER BY due, submitted_at, id LIMIT %s",
            [*parameters, limit],
        )
        rows = cursor.fetchall()
    ids = [row[0] for row in rows]
    places, expired = _promises(ids), _expired_lines(ids, today)
    return [
        replace(
            WaitingRow(*row),
            steps_open=tuple(row[3]),
            lines_expired=expired.get(row[0], 0),
            places=places.get(row[0], ()),
        )
        for row in rows
    ]


def waiting_totals(*, seller_id: int, today: date) -> WaitingTotals:
    """How many orders can leave, lack something, wait for an approval, and are late."""
    late = f"coalesce(wanted_date, business_date + {PATIENCE_DAYS}) < %s"
    counted = ", ".join(
        f"count(*) FILTER (WHERE {condition})"
        for condition in (*(_VIEWS[view] for view in list(WaitingView)[:3]), late)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted} FROM ({_WAITING}) w", [today, seller_id])
        return WaitingTotals(*cursor.fetchone())


def shortages(
    *, actor: Actor, seller_id: int, sku_ids: Sequence[int] | None, now: datetime
) -> list[ShortageRow]:
    """Skus that orders of a seller wait for, the longest awaited first, with what the seller has of them."""
    narrowed = "AND l.sku_id = ANY(%s)" if sku_ids is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.sku_id, sum(l.backordered), count(DISTINCT o.id), min(o.submitted_at), min(o.business_date),"
            " min(coalesce(o.wanted_date, o.business_date)) AS due"
            " FROM orders_order o JOIN orders_line l ON l.order_id = o.id"
            " WHERE o.state IN ('SUBMITTED', 'AWAITING_FINANCE', 'CONFIRMED', 'PARTIALLY_SHIPPED')"
            f" AND o.seller_id = %s AND l.backordered > 0 {narrowed}"
            " GROUP BY l.sku_id ORDER BY due, l.sku_id LIMIT %s",
            [seller_id, *([list(sku_ids)] if sku_ids is not None else []), SHORTAGES_MAX],
        )
        rows = cursor.fetchall()
    if not rows:
        return []
    stock = {
        row.sku_id: row
        for row in inventory.list_stock(
            actor=actor,
            group=Group.ORGANIZATION,
            filters=StockFilters(organization_id=seller_id, sku_ids=tuple(row[0] for row in rows)),
            limit=SHORTAGES_MAX,
            now=now,
        )
    }
    return [replace(ShortageRow(*row), stock=stock.get(row[0])) for row in rows]


def waiters_of(*, seller_id: int, sku_id: int) -> list[Waiter]:
    """The lines that wait for a sku, the most urgent first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id, l.line_no, o.number, o.state, o.buyer_id, o.buyer_name, o.submitted_at,"
            " o.business_date, o.wanted_date, coalesce(o.wanted_date, o.business_date) AS due, l.ordered, l.allocated, l.backordered"
            " FROM orders_order o JOIN orders_line l ON l.order_id = o.id"
            " WHERE o.state IN ('SUBMITTED', 'AWAITING_FINANCE', 'CONFIRMED', 'PARTIALLY_SHIPPED')"
            " AND o.seller_id = %s AND l.sku_id = %s AND l.backordered > 0"
            " ORDER BY due, o.submitted_at, o.id, l.line_no LIMIT %s",
            [seller_id, sku_id, WAITERS_MAX],
        )
        return [Waiter(*row) for row in cursor.fetchall()]


def picks(*, order_ids: Sequence[UUID], warehouse_id: int) -> list[Pick]:
    """What a warehouse has promised to some orders, lot by lot: what expires first, first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, h.line_no, h.sku_id, h.lot, sum(h.remaining)"
            " FROM unnest(%s::uuid[]) s(id) CROSS JOIN LATERAL ledger_open_holds(s.id) h"
            " WHERE h.sku_id IS NOT NULL AND h.place_id = %s"
            " GROUP BY 1, 2, 3, 4 ORDER BY h.sku_id, h.lot = '', h.lot, s.id, h.line_no",
            [list(order_ids), warehouse_id],
        )
        return [Pick(*row) for row in cursor.fetchall()]


def _promises(order_ids: Sequence[UUID]) -> dict[UUID, tuple[Promise, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, h.place_id, count(DISTINCT h.line_no), sum(h.remaining)"
            " FROM unnest(%s::uuid[]) s(id) CROSS JOIN LATERAL ledger_open_holds(s.id) h"
            " WHERE h.sku_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
            [list(order_ids)],
        )
        found: dict[UUID, tuple[Promise, ...]] = {}
        for order_id, place_id, lines, units in cursor.fetchall():
            found[order_id] = (*found.get(order_id, ()), Promise(place_id, lines, units))
        return found


def _expired_lines(order_ids: Sequence[UUID], today: date) -> dict[UUID, int]:
    """How many lines of an order are promised from lots that the ledger would not let go any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, count(DISTINCT h.line_no)"
            " FROM unnest(%s::uuid[]) s(id) CROSS JOIN LATERAL ledger_open_holds(s.id) h"
            " WHERE h.sku_id IS NOT NULL AND h.lot <> '' AND ledger_expiry_of(h.lot) < %s GROUP BY 1",
            [list(order_ids), today],
        )
        return dict(cursor.fetchall())


def waiting_days(row: WaitingRow | Waiter | ShortageRow, *, today: date) -> int:
    """How many days ago it was ordered."""
    return max((today - row.business_date) // timedelta(days=1), 0)
