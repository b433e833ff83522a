"""What waits for a person: counts of documents in the state that only somebody with that scope can change.

One statement for everything a person may do; each part walks an index of open documents and stops at a limit,
because a desk that shows "999+" needs no exact figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from huiliu.access.types import Actor
from huiliu.kernel.paths import ancestors, number_of
from huiliu.kernel.period import business_date

COUNTED_MAX = 1_000
CONTRACT_DAYS = 30
IMPORT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of work: how many documents wait and since when the oldest."""

    key: str
    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Kind:
    """`sql` selects the instant since when each document waits."""

    key: str
    scope: str
    sql: str


#: Staff works for the brand, a partner for itself; a branch sees its own partners' orders by the row policy.
_SELLS = "o.seller_id = %(seller)s"
_KINDS = (
    _Kind(
        "orders.to_confirm_buyer",
        "orders:submit",
        "SELECT o.submitted_at FROM orders_order o WHERE o.state = 'AWAITING_BUYER' AND o.buyer_id = %(me)s",
    ),
    _Kind(
        "orders.to_confirm",
        "orders:confirm",
        f"SELECT o.submitted_at FROM orders_order o WHERE o.state = 'SUBMITTED' AND {_SELLS}",
    ),
    _Kind(
        "orders.to_confirm_finance",
        "money:write",
        f"SELECT o.submitted_at FROM orders_order o WHERE o.state = 'AWAITING_FINANCE' AND {_SELLS}",
    ),
    _Kind(
        "orders.to_ship",
        "orders:ship",
        f"SELECT o.submitted_at FROM orders_order o WHERE o.state IN ('CONFIRMED', 'PARTIALLY_SHIPPED') AND {_SELLS}",
    ),
    _Kind(
        "shipments.to_receive",
        "orders:receive",
        "SELECT s.shipped_at FROM orders_order o JOIN orders_shipment s ON s.order_id = o.id"
        " WHERE o.state IN ('PARTIALLY_SHIPPED', 'SHIPPED') AND o.buyer_id = %(me)s AND s.state = 'SHIPPED'",
    ),
    _Kind(
        "returns.to_receive",
        "orders:return",
        f"SELECT o.requested_at FROM orders_return o WHERE o.state = 'REQUESTED' AND {_SELLS}",
    ),
    _Kind(
        "counts.to_review",
        "stock:approve",
        "SELECT c.created_at FROM inventory_count c WHERE c.state = 'REVIEW' AND c.organization_id = %(me)s",
    ),
    _Kind(
        "counts.to_count",
        "stock:write",
        "SELECT c.created_at FROM inventory_count c WHERE c.state = 'COUNTING' AND c.organization_id = %(me)s",
    ),
    _Kind(
        "adjustments.to_approve",
        "stock:approve",
        "SELECT a.created_at FROM inventory_adjustment a WHERE a.state = 'SUBMITTED' AND a.organization_id = %(me)s",
    ),
    _Kind(
        "transfers.to_receive",
        "stock:write",
        "SELECT t.sent_at FROM inventory_transfer t WHERE t.state = 'SENT' AND t.organization_id = %(me)s",
    ),
    _Kind(
        "prices.to_approve",
        "policies:approve",
        "SELECT v.created_at FROM policies_version v WHERE v.kind = 'price_list' AND v.state = 'DRAFT'",
    ),
    _Kind(
        "prices.to_publish",
        "policies:publish",
        "SELECT v.approved_at FROM policies_version v WHERE v.kind = 'price_list' AND v.state = 'APPROVED'",
    ),
    _Kind(
        "contracts.ending",
        "partners:write",
        "SELECT NULL::timestamptz FROM partners_contract c WHERE c.status = 'ACTIVE'"
        " AND c.valid_to > %(today)s AND c.valid_to <= %(contracts_until)s",
    ),
    _Kind(
        "imports.to_finish",
        "imports:run",
        "SELECT i.created_at FROM integrations_import i WHERE i.created_by = %(user)s"
        " AND i.state IN ('CHECKED', 'REFUSED') AND i.created_at > %(imports_since)s",
    ),
)


def waiting(*, actor: Actor, now: datetime) -> list[Waiting]:
    """Only what waits at all, in the order of the desk."""
    kinds = [kind for kind in _KINDS if kind.scope in actor.scopes]
    if not kinds:
        return []
    parts = [
        f"SELECT '{kind.key}', count(*), min(since) FROM (SELECT since FROM ({kind.sql}) each_one (since)"
        f" ORDER BY since LIMIT {COUNTED_MAX}) few"
        for kind in kinds
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), _parameters(actor, now=now))
        found = {row[0]: Waiting(*row) for row in cursor.fetchall()}
    return [found[kind.key] for kind in kinds if found[kind.key].count]


def _parameters(actor: Actor, *, now: datetime) -> Mapping[str, Any]:
    today = business_date(now, actor.timezone)
    return {
        "me": actor.organization_id,
        "seller": number_of(ancestors(actor.organization_path)[0])
        if actor.is_staff
        else actor.organization_id,
        "user": actor.user_id,
        "today": today,
        "contracts_until": today + timedelta(days=CONTRACT_DAYS),
        "imports_since": now - timedelta(days=IMPORT_DAYS),
    }
