"""History in bulk: rows made elsewhere are copied in, balances and open holds follow in one pass.

It leaves exactly the rows that `services.apply` leaves (a test compares both). Only the owner may: a load
connects with the owner's URL, and every role's triggers, CHECKs and row security stay on.

    with psycopg.connect(owner_url) as connection, bulk.loading(connection) as load:
        accounts = load.accounts([AccountRef(...), ...])
        first_entry, first_transfer = load.entry_ids(len(entries)), load.transfer_ids(len(transfers))
        load.copy_rows("ledger_entry", entries)
        load.copy_rows("ledger_transfer", transfers)

Rules a producer keeps: transfer ids grow with their entries' ids; a SETTLE or RELEASE names the id of its HOLD;
debit and credit are of one unit. The first two are what readers expect, the last is checked at the end.

A producer that has every transfer at hand in an engine of its own sums them there (`loading(…, summed=True)`):
then new accounts come with their sums, `ledger_delta` holds those of accounts that stood, `ledger_hold` what is
still promised, and the end only proves that debits and credits of every unit, promises and held amounts agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Literal, LiteralString

import orjson
import psycopg
from psycopg import sql

from huiliu.ledger.types import AccountRef

Table = Literal[
    "ledger_account", "ledger_entry", "ledger_transfer", "ledger_hold_line", "ledger_delta", "ledger_hold"
]

#: The columns of each table, in the order of the rows. `ledger_hold_line` tells what a HOLD does not: its document
#: line and its expiry; holds without such a row are of line 0 and do not expire. An account comes with balance and
#: held 0, they follow; in a summed load it comes with its sums, and the last two tables are the producer's, too.
COLUMNS: Final[dict[Table, tuple[str, ...]]] = {
    "ledger_account": (
        *(
            "id",
            "kind",
            "owner_id",
            "owner_path",
            "counterparty_id",
            "counterparty_path",
            "sku_id",
            "currency",
        ),
        *("place_id", "lot", "floor", "floor_target", "balance", "held"),
    ),
    "ledger_entry": (
        *("id", "source_type", "source_id", "step", "reverses_id", "actor_user_id"),
        *("effective_at", "recorded_at", "note"),
    ),
    "ledger_transfer": (
        *("id", "entry_id", "kind", "debit_account_id", "credit_account_id", "amount"),
        *("hold_id", "effective_at"),
    ),
    "ledger_hold_line": ("hold_id", "line_no", "expires_at"),
    "ledger_delta": ("account_id", "balance", "held"),
    "ledger_hold": ("id", "account_id", "remaining", "expires_at", "source_id", "line_no"),
}

#: Whose plain indexes a large load builds at its end; unique ones stay, they judge each row.
_REBUILT: Final = ("ledger_account", "ledger_transfer")
_ACCOUNTS_A_CALL: Final = 5_000


class LoadDoesNotBalance(Exception):
    """The copied rows contradict each other: a bug of their producer."""


class Load:
    """One load in its transaction; made by `loading`."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._first_transfer = self._last("ledger_transfer") + 1
        self._first_account = self._last("ledger_account") + 1

    def accounts(self, accounts: Sequence[AccountRef]) -> list[int]:
        """The ids of accounts, in the order asked; missing ones are made with the floor of their kind."""
        ids: list[int] = []
        for start in range(0, len(accounts), _ACCOUNTS_A_CALL):
            keys = orjson.dumps([account.as_json() for account in accounts[start : start + _ACCOUNTS_A_CALL]])
            row = self._connection.execute("SELECT ledger_ensure_accounts(%s::jsonb)", [keys.decode()])
            ids.extend(self._one(row)[0])
        return ids

    def account_ids(self, count: int) -> int:
        """The first of `count` ids in a row for accounts that are copied; `accounts` is easier for less than 10^5."""
        return self._reserve("ledger_account", count)

    def entry_ids(self, count: int) -> int:
        """The first of `count` ids in a row for entries."""
        return self._reserve("ledger_entry", count)

    def transfer_ids(self, count: int) -> int:
        """The first of `count` ids in a row for transfers."""
        return self._reserve("ledger_transfer", count)

    def next_id(self, table: Literal["ledger_account", "ledger_entry", "ledger_transfer"]) -> int:
        """The id that the next reservation begins with: nobody else gives any out while the load runs."""
        return self._last(table) + 1

    def copy_rows(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Copy Python rows, in the order of `COLUMNS[table]`."""
        with self._connection.cursor() as cursor, cursor.copy(self._copy(table, "")) as copy:
            for row in rows:
                copy.write_row(row)

    def copy_csv(self, table: Table, chunks: Iterable[bytes]) -> None:
        """Copy CSV without a header, in the order of `COLUMNS[table]`; empty unquoted fields are NULL."""
        with self._connection.cursor() as cursor, cursor.copy(self._copy(table, " (FORMAT csv)")) as copy:
            for chunk in chunks:
                copy.write(chunk)

    def _copy(self, table: Table, options: LiteralString) -> sql.Composed:
        columns = sql.SQL(", ").join(sql.Identifier(column) for column in COLUMNS[table])
        return sql.SQL("COPY {} ({}) FROM STDIN{}").format(sql.Identifier(table), columns, sql.SQL(options))

    def _last(self, table: str) -> int:
        """The highest id given out so far. The table is locked, so nobody takes the next one."""
        row = self._connection.execute(
            sql.SQL("SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {}").format(
                sql.Identifier(f"{table}_id_seq")
            )
        )
        return int(self._one(row)[0])

    def _reserve(self, table: str, count: int) -> int:
        last = self._last(table)
        if count:
            self._connection.execute("SELECT setval(%s::regclass, %s)", [f"{table}_id_seq", last + count])
        return last + 1

    @staticmethod
    def _one(cursor: psycopg.Cursor[Any]) -> Any:
        return cursor.fetchone()

    def settle(self) -> None:
        """Bring balances and open holds to the sums of the copied transfers, in one pass each.

        Raises: LoadDoesNotBalance; psycopg.errors.CheckViolation when an account ends below its floor.
        """
        first = {"first": self._first_transfer}
        self._check_units(first)
        self._connection.execute(_NEW_HOLDS, first)
        self._connection.execute(_USED_HOLDS, first)
        self._connection.execute("DELETE FROM ledger_hold h USING used_up u WHERE u.id = h.id")
        self._connection.execute(_BALANCES, first)
        # Balances are sums by construction; promises could have been used that were never made.
        wrong = self._connection.execute(
            "SELECT a.id FROM ledger_account a JOIN touched USING (id) LEFT JOIN ledger_hold h"
            " ON h.account_id = a.id GROUP BY a.id HAVING a.held <> coalesce(sum(h.remaining), 0)"
        ).fetchall()
        if wrong:
            raise LoadDoesNotBalance(f"{len(wrong)} accounts, the first is {wrong[0][0]}")

    def settle_summed(self) -> None:
        """Add the producer's sums to the accounts that stood, then prove all of them.

        Every transfer gives what another account receives, so the sums of a unit are zero together.
        Raises: LoadDoesNotBalance; psycopg.errors.CheckViolation when an account ends below its floor.
        """
        first = {"first": self._first_account}
        self._connection.execute(_ADD_SUMS)
        for proof in (_UNITS_AT_ZERO, _HELD_IS_PROMISED):
            wrong = self._connection.execute(proof, first).fetchone()
            if wrong:
                raise LoadDoesNotBalance(f"sums contradict each other, the first at {wrong}")

    def _check_units(self, first: dict[str, int]) -> None:
        mixed = self._connection.execute(
            "SELECT t.id FROM ledger_transfer t LEFT JOIN ledger_account c ON c.id = t.credit_account_id"
            " LEFT JOIN ledger_account d ON d.id = t.debit_account_id WHERE t.id >= %(first)s AND (c.id IS NULL"
            " OR (t.debit_account_id IS NOT NULL AND (d.sku_id, d.currency) IS DISTINCT FROM"
            " (c.sku_id, c.currency))) LIMIT 1",
            first,
        ).fetchone()
        if mixed:
            raise LoadDoesNotBalance(f"transfer {mixed[0]} names an unknown account or two units")


_NEW_HOLDS: Final = """
INSERT INTO ledger_hold (id, account_id, remaining, expires_at, source_id, line_no)
SELECT t.id, t.credit_account_id, t.amount, l.expires_at, e.source_id, coalesce(l.line_no, 0)
  FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id LEFT JOIN ledger_hold_line l ON l.hold_id = t.id
 WHERE t.id >= %(first)s AND t.kind = 'HOLD' ORDER BY t.id"""

# A hold that is used up goes in two steps: its remaining amount may not be zero, not even for a moment.
_USED_HOLDS: Final = """
WITH used AS MATERIALIZED (
  SELECT hold_id, sum(amount) AS amount FROM ledger_transfer
   WHERE id >= %(first)s AND hold_id IS NOT NULL GROUP BY hold_id),
partly AS (
  UPDATE ledger_hold h SET remaining = h.remaining - u.amount FROM used u
   WHERE h.id = u.hold_id AND h.remaining <> u.amount)
INSERT INTO used_up SELECT h.id FROM ledger_hold h JOIN used u ON u.hold_id = h.id WHERE h.remaining = u.amount"""

_BALANCES: Final = """
WITH deltas AS MATERIALIZED (
  SELECT account, sum(balance) AS balance, sum(held) AS held FROM (
    SELECT debit_account_id AS account, amount AS balance, 0::numeric AS held FROM ledger_transfer
     WHERE id >= %(first)s AND debit_account_id IS NOT NULL
    UNION ALL
    SELECT credit_account_id, CASE WHEN kind IN ('POST', 'SETTLE') THEN -amount ELSE 0 END,
           CASE kind WHEN 'HOLD' THEN amount WHEN 'POST' THEN 0 ELSE -amount END FROM ledger_transfer
     WHERE id >= %(first)s) x
  GROUP BY account),
changed AS (
  UPDATE ledger_account a SET balance = a.balance + d.balance, held = a.held + d.held,
         floor = CASE WHEN a.floor IS NULL THEN NULL
                 ELSE greatest(a.floor, least(a.floor_target, a.balance + d.balance - a.held - d.held)) END
    FROM deltas d WHERE d.account = a.id RETURNING a.id)
INSERT INTO touched SELECT id FROM changed"""


_ADD_SUMS: Final = """
UPDATE ledger_account a SET balance = a.balance + d.balance, held = a.held + d.held,
       floor = CASE WHEN a.floor IS NULL THEN NULL
               ELSE greatest(a.floor, least(a.floor_target, a.balance + d.balance - a.held - d.held)) END
  FROM ledger_delta d WHERE d.account_id = a.id"""

_UNITS_AT_ZERO: Final = """
SELECT sku_id, currency, sum(balance) FROM (
  SELECT sku_id, currency, balance FROM ledger_account WHERE id >= %(first)s
  UNION ALL
  SELECT a.sku_id, a.currency, d.balance FROM ledger_delta d JOIN ledger_account a ON a.id = d.account_id
   WHERE a.id < %(first)s) x
 GROUP BY sku_id, currency HAVING sum(balance) <> 0 LIMIT 1"""

_HELD_IS_PROMISED: Final = """
SELECT a.id FROM ledger_account a
  LEFT JOIN (SELECT account_id, sum(remaining) AS promised FROM ledger_hold GROUP BY account_id) h ON h.account_id = a.id
 WHERE (a.id >= %(first)s OR a.id IN (SELECT account_id FROM ledger_delta)) AND a.held <> coalesce(h.promised, 0)
 LIMIT 1"""


@contextmanager
def loading(
    connection: psycopg.Connection, *, rebuild_indexes: bool = False, summed: bool = False
) -> Iterator[Load]:
    """A transaction for one load; at its end balances and holds are settled and proven, or nothing stays.

    `summed`: the producer brings the sums (see above). `rebuild_indexes` drops the plain indexes of accounts and
    transfers first and builds them sorted at the end: worth it when the load is larger than what stands there.
    Locks:  nobody else posts until it commits; reading goes on.
    Raises: LoadDoesNotBalance, psycopg.Error.
    """
    with connection.transaction():
        # In the order in which every writer touches them, so that the load and a writer never wait in a circle.
        connection.execute("LOCK TABLE ledger_entry, ledger_account, ledger_transfer IN EXCLUSIVE MODE")
        connection.execute(
            "CREATE TEMP TABLE ledger_hold_line (hold_id bigint PRIMARY KEY, line_no int, expires_at timestamptz)"
            " ON COMMIT DROP"
        )
        connection.execute(
            "CREATE TEMP TABLE ledger_delta (account_id bigint PRIMARY KEY, balance numeric, held numeric) ON COMMIT DROP"
        )
        connection.execute("CREATE TEMP TABLE used_up (id bigint) ON COMMIT DROP")
        connection.execute("CREATE TEMP TABLE touched (id bigint) ON COMMIT DROP")
        definitions = drop_indexes(connection, _REBUILT) if rebuild_indexes else []
        load = Load(connection)
        yield load
        if summed:
            load.settle_summed()
        else:
            load.settle()
        for definition in definitions:
            connection.execute(definition)


def drop_indexes(connection: psycopg.Connection, tables: Sequence[str], *, keys: bool = False) -> list[bytes]:
    """Drop the plain indexes of some tables; returns the statements that build them again, sorted at once.

    `keys`: their primary keys, too; rows that repeat one are then found when it is built.
    Locks:  readers of these tables wait until the transaction ends.
    """
    rows = connection.execute(
        "SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY (%(tables)s::regclass[]) AND NOT i.indisunique UNION ALL"
        " SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname),"
        " format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))"
        " FROM pg_constraint c WHERE c.conrelid = ANY (%(tables)s::regclass[]) AND c.contype = 'p' AND %(keys)s",
        {"tables": list(tables), "keys": keys},
    ).fetchall()
    for drop, _ in rows:
        connection.execute(drop.encode())
    return [build.encode() for _, build in rows]
