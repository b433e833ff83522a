"""What stands where: balances now and at any past instant, movements, open holds, and the proof."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from huiliu.ledger.models import Account
from huiliu.ledger.types import AccountKind, Balance, Difference, Movement, OpenHold

__all__ = [
    "balances",
    "balances_at",
    "expired_holds",
    "movements",
    "open_holds",
    "partner_balance",
    "prove",
]

_BALANCE = (
    "id",
    "kind",
    "owner_id",
    "counterparty_id",
    "sku_id",
    "currency",
    "place_id",
    "lot",
    "balance",
    "held",
    "floor",
    "floor_target",
)


def balances(
    *,
    kind: AccountKind,
    owner_id: int | None = None,
    owner_ids: Sequence[int] | None = None,
    counterparty_id: int | None = None,
    account_ids: Sequence[int] | None = None,
    sku_ids: Sequence[int] | None = None,
    place_ids: Sequence[int] | None = None,
    after_id: int = 0,
    limit: int = 10_000,
) -> list[Balance]:
    """Accounts of a kind as far as the reach shows them, by id, after the last one seen."""
    rows = Account.objects.filter(kind=kind.value, id__gt=after_id)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    if owner_ids is not None:
        rows = rows.filter(owner_id__in=list(owner_ids))
    if counterparty_id is not None:
        rows = rows.filter(counterparty_id=counterparty_id)
    if account_ids is not None:
        rows = rows.filter(id__in=list(account_ids))
    if sku_ids is not None:
        rows = rows.filter(sku_id__in=list(sku_ids))
    if place_ids is not None:
        rows = rows.filter(place_id__in=list(place_ids))
    return [Balance(*row) for row in rows.order_by("id").values_list(*_BALANCE)[:limit]]


def partner_balance(*, buyer_id: int, seller_id: int, currency: str) -> Balance | None:
    """A buyer's money with a seller; None before the first movement."""
    row = (
        Account.objects.filter(
            kind=AccountKind.PARTNER_BALANCE, owner_id=buyer_id, counterparty_id=seller_id, currency=currency
        )
        .values_list(*_BALANCE)
        .first()
    )
    return Balance(*row) if row else None


def balances_at(
    *, account_ids: Sequence[int], at: datetime, known_at: datetime | None = None
) -> dict[int, Decimal]:
    """Balances just before the instant `at`, for accounts in the reach.

    With `known_at`, as they were known then: without what was recorded later.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, balance FROM ledger_balances_at(%s::bigint[], %s, %s)",
            [list(account_ids), at, known_at],
        )
        return dict(cursor.fetchall())


def movements(*, account_id: int, before_id: int | None = None, limit: int = 50) -> list[Movement]:
    """What happened on an account, newest effect first; empty when the reach does not show it.

    `before_id` is the last transfer of the page before.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_movements(%s, %s, %s)", [account_id, before_id, limit])
        return [Movement(*row) for row in cursor.fetchall()]


def open_holds(*, source_id: UUID) -> list[OpenHold]:
    """The promises still open for a document, by line and id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_open_holds(%s)", [source_id])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [OpenHold(*row) for row in rows]


def expired_holds(holds: Sequence[OpenHold], *, day: date) -> list[OpenHold]:
    """Those whose lot may not be sold on that day any more, as the ledger reads the dates of lots."""
    dated = [hold for hold in holds if hold.lot]
    if not dated:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM unnest(%s::bigint[], %s::text[]) h(id, lot) WHERE ledger_expiry_of(lot) < %s",
            [[hold.id for hold in dated], [hold.lot for hold in dated], day],
        )
        ids = {row[0] for row in cursor.fetchall()}
    return [hold for hold in dated if hold.id in ids]


def prove(*, account_ids: Sequence[int] | None = None) -> list[Difference]:
    """Accounts whose figures are not the sums of their transfers and open holds: always empty.

    Reads every transfer when no accounts are named (about a second per million).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM ledger_prove(%s::bigint[])", [None if account_ids is None else list(account_ids)]
        )
        return [Difference(*row) for row in cursor.fetchall()]
