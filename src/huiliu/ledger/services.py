"""The verbs of the ledger: each is one statement, judged and written in the database under its locks.

One entry holds all moves of one step, goods and money: then its accounts are locked in one order. A
transaction that posts two entries on accounts others share may wait in a circle with its like.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from django.db import Error as DatabaseFault
from django.db import connection, transaction

from huiliu.kernel.refusals import DomainError
from huiliu.ledger import errors
from huiliu.ledger.types import (
    AccountId,
    AccountRef,
    Move,
    MoveKind,
    OrderHold,
    OrderLine,
    Posted,
    Promised,
    Released,
    Source,
)

_REFUSALS: dict[str, tuple[type[DomainError], str]] = {
    "HL101": (errors.NotEnoughAvailable, "There is not enough available."),
    "HL102": (errors.EntryReused, "This step was posted with other content."),
    "HL103": (errors.HoldNotOpen, "The promise is not open any more."),
    "HL104": (errors.AccountUnknown, "There is no such organization or entry."),
    "HL105": (errors.StockShort, "There is not enough stock."),
    "HL107": (errors.NotReversible, "This entry cannot be reversed."),
}


@contextmanager
def naming_refusals() -> Iterator[None]:
    """Turn the functions' SQLSTATEs into refusals; the failed statement is rolled back to a savepoint.

    Raises: NotEnoughAvailable, EntryReused, HoldNotOpen, HoldExceeded, AccountUnknown, StockShort,
            NotReversible.
    """
    try:
        with transaction.atomic():
            yield
    except DatabaseFault as fault:
        refusal = refusal_of(fault)
        if refusal is None:
            raise
        raise refusal from fault


def refusal_of(fault: BaseException) -> DomainError | None:
    """The refusal behind a database error of ours, or None: a bug (HL106 is a move without sense)."""
    cause: Any = fault.__cause__ or fault
    found = _REFUSALS.get(getattr(cause, "sqlstate", None) or "")
    if found is None:
        return None
    kind, message = found
    detail = cause.diag.message_detail
    rows = json.loads(detail, parse_float=Decimal) if detail else []
    rows = rows if isinstance(rows, list) else [rows]
    if kind is errors.HoldNotOpen and all(row["open"] for row in rows):
        return errors.HoldExceeded("The promise is not open for that much.", rows=rows)
    return kind(message, rows=rows)


def _accounts_json(accounts: Sequence[AccountRef | AccountId]) -> str:
    return orjson.dumps([account.as_json() for account in accounts]).decode()


def _entry_json(moves: Sequence[Move]) -> tuple[str, str]:
    """Accounts once each, and moves that name them by position."""
    accounts: dict[AccountRef | AccountId, int] = {}

    def position(account: AccountRef | AccountId | None) -> int | None:
        return None if account is None else accounts.setdefault(account, len(accounts))

    rows = [
        {
            "kind": move.kind.value,
            "amount": None if move.amount is None else f"{move.amount:f}",
            "credit": position(move.credit),
            "debit": position(move.debit),
            "hold": move.hold_id,
            "line": move.line_no,
        }
        for move in moves
    ]
    return _accounts_json(list(accounts)), orjson.dumps(rows).decode()


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

    Shape:  `expires_at` is for the HOLD moves of the entry.
    Locks:  every account in id order, until the transaction ends.
    Replay: the same source with the same moves answers the first entry.
    Raises: NotEnoughAvailable, EntryReused, HoldNotOpen, HoldExceeded, AccountUnknown.
    Source: docs/algorithms/ledger.md.
    """
    accounts, rows = _entry_json(moves)
    with naming_refusals(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id, transfer_ids, earlier"
            " FROM ledger_apply(%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s)",
            [
                source.type,
                source.id,
                source.step,
                user_id,
                effective_at or now,
                now,
                note,
                accounts,
                rows,
                expires_at,
            ],
        )
        entry_id, transfer_ids, earlier = cursor.fetchone()
    return Posted(entry_id, tuple(transfer_ids), earlier)


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


def hold_order(
    *,
    order_id: UUID,
    seller_id: int,
    buyer_id: int,
    lines: Sequence[OrderLine],
    places: Sequence[int],
    money: Decimal,
    currency: str,
    partial: bool,
    user_id: int | None,
    now: datetime,
    expires_at: datetime | None = None,
    fresh_on: date | None = None,
) -> Promised:
    """Promise an order's goods from the first `places` that have them, and its money from the buyer.

    Lots that may not be sold on `fresh_on` any more are passed over; without it, none is.

    Locks:  the goods and the money in id order, until the transaction ends.
    Raises: StockShort with every short line unless `partial`; NotEnoughAvailable for the money; EntryReused
            when this order was promised before (the order itself answers a retry).
    Source: docs/algorithms/ledger.md, "An order's promise".
    """
    with naming_refusals(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id, hold_ids, hold_lines, hold_places, hold_amounts, money_hold_id"
            " FROM ledger_hold_order(%s, %s, %s, %s, %s, %s, %s,"
            " %s::int[], %s::bigint[], %s::numeric[], %s::bigint[], %s, %s, %s)",
            [
                order_id,
                user_id,
                now,
                seller_id,
                buyer_id,
                currency,
                money,
                [line.line_no for line in lines],
                [line.sku_id for line in lines],
                [line.units for line in lines],
                list(places),
                partial,
                expires_at,
                fresh_on,
            ],
        )
        entry_id, *arrays, money_hold_id = cursor.fetchone()
    holds = order_holds(arrays)
    missing = {line.line_no: line.units for line in lines}
    for hold in holds:
        missing[hold.line_no] -= hold.units
    return Promised(
        entry_id, tuple(holds), {line: units for line, units in missing.items() if units}, money_hold_id
    )


def order_holds(rows: Sequence[Any]) -> list[OrderHold]:
    """Shape: four equal arrays (hold ids, lines, places, amounts) as ledger_hold_order answers them."""
    ids, lines, places, amounts = rows
    return [
        OrderHold(*values) for values in zip(ids or (), lines or (), places or (), amounts or (), strict=True)
    ]


def release_open(
    *,
    source: Source,
    holds_of: UUID,
    user_id: int | None,
    now: datetime,
    lines: Sequence[int] | None = None,
) -> tuple[Released, ...]:
    """Give back all that is still promised for a document, or for some of its lines (0 is the money).

    Locks:  the accounts of the document's holds, in id order.
    Replay: finds nothing open and writes nothing.
    Raises: EntryReused when the step was posted before and something is open again.
    """
    with naming_refusals(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT hold_id, %s::uuid, line_no, account_id, amount"
            " FROM ledger_release_open(%s, %s, %s, %s, %s, %s, %s::int[])",
            [
                holds_of,
                source.type,
                source.id,
                source.step,
                user_id,
                now,
                holds_of,
                None if lines is None else list(lines),
            ],
        )
        return tuple(Released(*row) for row in cursor.fetchall())


def ensure_accounts(*, accounts: Sequence[AccountRef]) -> tuple[int, ...]:
    """The ids of accounts, in the order asked; missing ones are made.

    Raises: AccountUnknown when an owner does not exist.
    """
    with naming_refusals(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_ensure_accounts(%s::jsonb)", [_accounts_json(accounts)])
        return tuple(cursor.fetchone()[0] or ())


def set_floor(*, account: AccountRef, target: Decimal | None) -> int:
    """How far the account may go down; a limit below what is used lets nothing new pass. Returns the account.

    Locks:  the account.
    """
    with naming_refusals(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_set_floor(%s::jsonb, %s)", [orjson.dumps(account.as_json()).decode(), target]
        )
        return int(cursor.fetchone()[0])


def expire_holds(*, now: datetime, limit: int = 500) -> tuple[Released, ...]:
    """Give back what was promised until `now`, at most `limit`; returns what, for the documents to react.

    Locks:  the accounts of the expired holds, in id order.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT hold_id, source_id, line_no, account_id, amount FROM ledger_expire_holds(%s, %s)",
            [now, limit],
        )
        return tuple(Released(*row) for row in cursor.fetchall())


def reverse(*, entry_id: int, user_id: int | None, now: datetime, note: str) -> int:
    """Post the opposite of an entry, once; returns the reversing entry. Its open promises are released.

    A settled promise is not opened again: goods that come back are available to everyone.
    Raises: NotEnoughAvailable when what came in has gone on, HoldNotOpen when a promise was used,
            NotReversible, AccountUnknown.
    """
    with naming_refusals(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_reverse(%s, %s, %s, %s)", [entry_id, user_id, now, note])
        return int(cursor.fetchone()[0])
