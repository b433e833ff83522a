"""The verbs of the ledger: each is one statement, judged and written in the database under its locks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson
from django.db import Error as DatabaseFault
from django.db import connection, transaction

from huiliu.ledger import errors
from huiliu.ledger.types import AccountRef, Move, MoveKind, OrderHold, Posted, Source

_REFUSALS: dict[str, tuple[type[errors.DomainError], str]] = {
    "HL101": (errors.NotEnoughAvailable, "There is not enough available."),
    "HL102": (errors.EntryReused, "This step was posted with other content."),
    "HL103": (errors.HoldNotOpen, "The promise is not open for that much."),
    "HL104": (errors.AccountUnknown, "There is no such organization or entry."),
    "HL105": (errors.StockShort, "There is not enough stock."),
}


@contextmanager
def naming_refusals() -> Iterator[None]:
    """Turn the functions' SQLSTATEs into refusals; the failed statement is rolled back to a savepoint.

    Raises: NotEnoughAvailable, EntryReused, HoldNotOpen, AccountUnknown, StockShort.
    """
    try:
        with transaction.atomic():
            yield
    except DatabaseFault as fault:
        refusal = refusal_of(fault)
        if refusal is None:
            raise
        raise refusal from fault


def refusal_of(fault: BaseException) -> errors.DomainError | None:
    """The refusal behind a database error of ours, or None."""
    cause: Any = fault.__cause__ or fault
    found = _REFUSALS.get(getattr(cause, "sqlstate", None) or "")
    if found is None:
        return None
    kind, message = found
    detail = cause.diag.message_detail
    rows = json.loads(detail, parse_float=Decimal) if detail else []
    return kind(message, rows=rows if isinstance(rows, list) else [rows])


def apply(
    *,
    source: Source,
    moves: Sequence[Move],
    user_id: int | None,
    now: datetime,
    effective_at: datetime | None = None,
    note: str = "",
    expires_at: datetime | None = None,
) -> Posted:
    """Post one entry with its moves: all or nothing.

    Locks:  every account in id order, then holds, until the transaction ends.
    Replay: the same source with the same moves answers the first entry.
    Raises: NotEnoughAvailable, EntryReused, HoldNotOpen, AccountUnknown.
    """
    with naming_refusals(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_apply(%s, %s, %s, %s, %s, %s, %s, %s::jsonb, NULL, %s)",
            [
                source.type,
                source.id,
                source.step,
                user_id,
                effective_at or now,
                now,
                note,
                orjson.dumps([move.as_json() for move in moves]).decode(),
                expires_at,
            ],
        )
        answer = cursor.fetchone()[0]
    found: dict[str, Any] = json.loads(answer) if isinstance(answer, str) else answer
    return Posted(found["entry_id"], tuple(found["transfer_ids"] or ()), found["earlier"])


def post(
    *,
    source: Source,
    amount: Decimal,
    debit: AccountRef,
    credit: AccountRef,
    user_id: int | None,
    now: datetime,
    effective_at: datetime | None = None,
    note: str = "",
) -> Posted:
    """One plain movement as an entry of its own; see `apply`."""
    move = Move(MoveKind.POST, amount, credit=credit, debit=debit)
    return apply(source=source, moves=[move], user_id=user_id, now=now, effective_at=effective_at, note=note)


def order_holds(rows: Sequence[Any]) -> list[OrderHold]:
    """Shape: four equal arrays (hold ids, lines, places, amounts) as ledger_hold_order answers them."""
    ids, lines, places, amounts = rows
    return [
        OrderHold(*values) for values in zip(ids or (), lines or (), places or (), amounts or (), strict=True)
    ]


def set_floor(*, account: AccountRef, target: Decimal | None) -> None:
    """How far the account may go down; a limit below what is used lets nothing new pass.

    Locks:  the account.
    """
    with naming_refusals(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_set_floor(ledger_account_ref(%s::jsonb), %s)",
            [orjson.dumps(account.as_json()).decode(), target],
        )


def expire_holds(*, now: datetime, limit: int = 500) -> int:
    """Release what was promised until `now`; returns how many holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_expire_holds(%s, %s)", [now, limit])
        return int(cursor.fetchone()[0])


def reverse(*, entry_id: int, user_id: int | None, now: datetime, note: str) -> int:
    """Post the opposite of an entry's movements, once; returns the reversing entry.

    Raises: NotEnoughAvailable when what came in has gone on, AccountUnknown.
    """
    with naming_refusals(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_reverse(%s, %s, %s, %s)", [entry_id, user_id, now, note])
        return int(cursor.fetchone()[0])
