"""What should not be as it is: orders that wait long, stock near its end, money that is overdue.

The desk counts what is so now for whoever can change it; once a day the people of each organization are told what
became so since the day before. Limits are settings. One statement, each part stops at a limit, as in `todo`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from huiliu.access.types import Actor
from huiliu.flows.desk.rules import ALERT_SCOPES
from huiliu.insights import selectors as insights
from huiliu.insights.errors import WarehouseNotReady
from huiliu.insights.types import MetricQuery
from huiliu.inventory import selectors as inventory
from huiliu.inventory.declarations import WATCHED
from huiliu.inventory.types import Group, StockFilters
from huiliu.kernel.paths import ancestors, number_of
from huiliu.kernel.period import DEFAULT_ZONE, Period, business_date
from huiliu.orders import selectors as orders
from huiliu.orders.declarations import WAIT_HOURS
from huiliu.orders.finding import SINCE
from huiliu.platform import events, settings_store
from huiliu.platform.database import system_reach
from huiliu.receivables import selectors as receivables
from huiliu.receivables.declarations import PAYMENT_DAYS

COUNTED_MAX = 1_000
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One kind of what is wrong: how often, since when the oldest, and the limit it crossed (hours or days).

    `organization_id` is whose matter it is: it narrows the list behind the count.
    """

    key: str
    count: int
    oldest_at: datetime | None
    limit: int
    organization_id: int


@dataclass(frozen=True, slots=True)
class _Part:
    """`sql` selects (whose, path, since, is_new) of each thing that is wrong."""

    key: str
    sql: str
    limit: int


def alerts(*, actor: Actor, now: datetime) -> list[AlertRow]:
    """Only what there is, in the order of the desk."""
    whose = number_of(ancestors(actor.organization_path)[0]) if actor.is_staff else actor.organization_id
    parts = [part for part in _parts(now) if ALERT_SCOPES[part.key] in actor.scopes]
    found = _counted(parts, whose=whose, now=now)
    if ALERT_SCOPES["stock.cover_low"] in actor.scopes:
        days = settings_store.value_of(WATCHED)["cover_days"]
        count = _low_partners(actor, days, now) if actor.is_staff else _low_goods(actor, days, now)
        if count:
            found.append(AlertRow("stock.cover_low", count, None, days, whose))
    return found


def tell_what_is_new(*, now: datetime) -> int:
    """Tell each organization once a day what went wrong since the day before; returns how many events.

    For the worker. Replay: an organization is told of one kind once a day.
    """
    day = business_date(now, DEFAULT_ZONE)
    with system_reach("jobs"):
        parts = _parts(now)
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(
                    f"SELECT '{part.key}', {part.limit}, whose, path, count(*) FROM ({part.sql})"
                    " wrong (whose, path, since, is_new) WHERE is_new GROUP BY whose, path"
                    for part in parts
                ),
                _parameters(now),
            )
            rows = cursor.fetchall()
        told = _told_already(day)
        for key, limit, whose, path, count in rows:
            subject = f"{day}:{whose}:{key}"
            if subject in told:
                continue
            events.publish(
                type="desk.alert",
                subject_type="alert",
                subject_id=subject,
                paths=(path, path),
                user_id=None,
                now=now,
                payload={"key": key, "count": count, "limit": limit, "organization_id": whose},
            )
    return len(rows)


def _told_already(day: date) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id FROM platform_event WHERE subject_type = 'alert' AND subject_id >= %s AND subject_id < %s",
            [f"{day}:", f"{day};"],  # ";" is what comes after ":"
        )
        return {row[0] for row in cursor.fetchall()}


def _counted(parts: Sequence[_Part], *, whose: int, now: datetime) -> list[AlertRow]:
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{part.key}', count(*), min(since) FROM (SELECT since FROM ({part.sql})"
                " wrong (whose, path, since, is_new) WHERE whose = %(whose)s"
                f" ORDER BY since LIMIT {COUNTED_MAX}) few"
                for part in parts
            ),
            dict(_parameters(now)) | {"whose": whose},
        )
        found = {row[0]: row for row in cursor.fetchall()}
    rows = [(part, found[part.key]) for part in parts]
    return [AlertRow(part.key, row[1], row[2], part.limit, whose) for part, row in rows if row[1]]


def _parts(now: datetime) -> list[_Part]:
    hours = settings_store.value_of(WAIT_HOURS)
    watched = settings_store.value_of(WATCHED)
    days = settings_store.value_of(PAYMENT_DAYS)
    known = {state for state, _ in orders.late_before(now=now)}
    late = [
        _Part(f"orders.late.{state}", _late_orders(state), hours[state]) for state in hours if state in known
    ]
    return [
        *late,
        _Part(
            "stock.expiring",
            "SELECT owner_id, owner_path, NULL::timestamptz, lot >= %(expires_yesterday)s FROM ledger_account"
            " WHERE kind = 'stock' AND balance > 0 AND lot <> '' AND lot < %(expires)s"
            " AND lot ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}'",
            watched["expiry_days"],
        ),
        _Part("money.overdue", _overdue("counterparty"), days),
        _Part("money.own_overdue", _overdue("owner"), days),
    ]


def _late_orders(state: str) -> str:
    """Both states of an order that is being shipped wait for the same people."""
    states = "('CONFIRMED', 'PARTIALLY_SHIPPED')" if state == "CONFIRMED" else f"('{state}')"
    since, limit = SINCE[state], f"%(late_{state})s"
    return (
        f"SELECT seller_id, seller_path, {since}, {since} >= {limit} - interval '1 day'"
        f" FROM orders_order WHERE state IN {states} AND {since} < {limit}"
    )


def _overdue(side: str) -> str:
    return (
        f"SELECT a.{side}_id, a.{side}_path, NULL::timestamptz, NOT EXISTS (SELECT 1 FROM"
        " receivables_overdue(%(due_yesterday)s, NULL) before WHERE before.account_id = a.id)"
        " FROM receivables_overdue(%(due)s, NULL) late JOIN ledger_account a ON a.id = late.account_id"
    )


def _parameters(now: datetime) -> dict[str, Any]:
    expires = business_date(now, DEFAULT_ZONE) + timedelta(
        days=settings_store.value_of(WATCHED)["expiry_days"]
    )
    due = receivables.due_before(now=now)
    return {
        **{f"late_{state}": at for state, at in orders.late_before(now=now)},
        "expires": expires.isoformat(),
        "expires_yesterday": (expires - DAY).isoformat(),
        "due": due,
        "due_yesterday": due - DAY,
    }


def _low_goods(actor: Actor, days: int, now: datetime) -> int:
    """How many goods of its own a partner will soon be without."""
    rows = inventory.list_stock(
        actor=actor,
        group=Group.ORGANIZATION,
        filters=StockFilters(organization_id=actor.organization_id, cover_below=days),
        limit=COUNTED_MAX,
        now=now,
    )
    return len(rows)


def _low_partners(actor: Actor, days: int, now: datetime) -> int:
    """How many partners in the reach have too little for what they sell, all goods together."""
    if not actor.may("metrics:read"):
        return 0
    today = business_date(now, actor.timezone)
    query = MetricQuery(
        metrics=("days_of_cover",),
        period=Period(today - timedelta(days=29), today + DAY),
        dimensions=("partner",),
        order_by=(("days_of_cover", False),),
        limit=COUNTED_MAX,
    )
    try:
        answer = insights.query_metrics(actor=actor, query=query, now=now)
    except WarehouseNotReady:
        return 0
    return sum(1 for row in answer.rows if row.values[0] is not None and 0 <= Decimal(row.values[0]) < days)
