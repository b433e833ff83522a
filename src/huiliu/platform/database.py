"""The connection's reach, the migration command, and what a lost database looks like.

A transaction has no rights until a reach is set; the reach is one statement and ends with the transaction.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from huiliu.platform import row_security

#: The only reasons for which system work may see everything. A route cannot name one by its actor.
SYSTEM_WORK = frozenset(
    {
        "sign-in",  # find the user before anyone is known
        "policy-snapshot",  # load the policies in force into the process cache
        "events",  # consumers read the log
        "jobs",  # the worker claims and finishes jobs
        "warehouse",  # facts are copied to segments
        "import",  # bulk loads
        "messages",  # texts to phones wait, are sent, are forgotten
        "logistics",  # a carrier tells where goods are; its signature is the proof
        "demo",
        "numbering",
        "organizations",  # moving a subtree rewrites paths beyond the mover's reach
        "maintenance",
        "tests",
    }
)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a transaction may see: a database role and a half-open path range."""

    role: str
    lo: str
    hi: str

    @property
    def everything(self) -> bool:
        return self.role in ("huiliu_staff", "huiliu_system")


def set_reach(reach: Reach, *, user_id: int | None) -> None:
    """Give the current transaction its reach; it ends with the transaction.

    Raises: RuntimeError outside a transaction, where the setting would be lost.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A reach lives in a transaction; open one first.")
    rows(
        "SELECT set_config('role', %s, true), set_config('huiliu.lo', %s, true),"
        " set_config('huiliu.hi', %s, true), set_config('huiliu.user_id', %s, true),"
        " set_config('lock_timeout', '3s', true)",
        [reach.role, reach.lo, reach.hi, str(user_id or "")],
        prepared=True,
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """What an Idempotency-Key stands for: who sent it, to which route, with which input (a digest)."""

    key: str
    user_id: int
    owner_path: str
    route: str
    input_hash: bytes
    now: datetime


def enter(reach: Reach, *, user_id: int | None, claim: Claim | None) -> tuple[bool, dict[str, str]]:
    """Begin a request's work in one round trip: its reach, its key, and the stamps of the process caches.

    Answers whether the key was free, and every stamp as it was once the key was ours.
    Locks:  the key's row until the transaction ends; whoever holds it is waited for.
    Raises: RuntimeError outside a transaction, where the reach would be lost.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A reach lives in a transaction; open one first.")
    asked = (claim.key, claim.owner_path, claim.route, claim.input_hash, claim.now) if claim else (None,) * 5
    [(taken, stamps)] = rows(
        "SELECT taken, stamps FROM platform_enter(%s, %s, %s, %s::text, %s::text, %s::text, %s::text, %s::bytea, %s::timestamptz)",
        [reach.role, reach.lo, reach.hi, str(user_id or ""), *asked],
        prepared=True,
    )
    return taken, stamps


def current_reach() -> tuple[str, str, str, str]:
    """Role, lo, hi and user of the transaction, as PostgreSQL sees them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('role'), coalesce(current_setting('huiliu.lo', true), ''),"
            " coalesce(current_setting('huiliu.hi', true), ''),"
            " coalesce(current_setting('huiliu.user_id', true), '')"
        )
        row: tuple[str, str, str, str] = cursor.fetchone()
        return row


SYSTEM_REACH = Reach(role="huiliu_system", lo="", hi="~")


@contextmanager
def system_reach(work: str) -> Iterator[None]:
    """Run the block with the system's reach, then give the transaction its former reach back.

    Opens a transaction when there is none. `work` must be in SYSTEM_WORK: a new reason is a decision.
    """
    if work not in SYSTEM_WORK:
        raise ValueError(f"Unknown system work {work!r}; add it to SYSTEM_WORK with its reason.")
    with reach_as(SYSTEM_REACH, user_id=None):
        yield


@contextmanager
def reach_as(reach: Reach, *, user_id: int | None) -> Iterator[None]:
    """Run the block under `reach`, then give the transaction what it had before.

    Opens a transaction or a savepoint: when the block fails, its rollback restores the reach.
    """
    with transaction.atomic():
        role, lo, hi, user = current_reach()
        set_reach(reach, user_id=user_id)
        yield
        if role == "none":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('role', 'none', true), set_config('huiliu.lo', '', true),"
                    " set_config('huiliu.hi', '', true), set_config('huiliu.user_id', '', true)"
                )
        else:
            set_reach(Reach(role, lo, hi), user_id=int(user) if user else None)


def migrate_here() -> list[str]:
    """Bring the connected database to the code's state: migrations, then row security. Owner only."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic(), connection.cursor() as cursor:
        changed = row_security.sync(cursor)
        cursor.execute("SELECT platform_settle_identity()")
    return ["row security"] if changed else []


def migrate(owner_url: str, *, database: str = "") -> None:
    """Run `migrate_here` as the owner in a process of its own (this one may be bound to another role)."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "huiliu.settings",
        "HUILIU_DB_ROLE": "owner",
        "HUILIU_DATABASE_URL_OWNER": owner_url,
        "HUILIU_DATABASE_NAME": database,
    }
    subprocess.run([sys.executable, "-m", "huiliu.platform.migrating"], env=environment, check=True)


def one(sql: str, parameters: list[Any] | None = None) -> Any:
    """The single row of a statement, or None."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or [])
        return cursor.fetchone()


def rows(sql: str, parameters: Sequence[Any] = (), *, prepared: bool = False) -> list[tuple[Any, ...]]:
    """The rows of a hand-written statement of a hot path; PostgreSQL binds the parameters and answers in binary form.

    Django's own cursor writes the parameters into the text, so that every statement is parsed and planned again, and
    loads instants in Python, which took longer than the query (docs/benchmarks.md). `prepared` keeps the plan on the
    connection: for statements whose best plan does not depend on what is asked for.
    """
    here = connections[DEFAULT_DB_ALIAS]  # each use of the proxy would look it up again
    here.ensure_connection()
    plain = (_Prepared if prepared else _Bound)(here.connection)
    if here.queries_logged or here.execute_wrappers:
        wrap = here.make_debug_cursor if here.queries_logged else here.make_cursor
        with wrap(plain) as cursor:  # type: ignore[arg-type] # the stubs know Django's own cursors only
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []
    here.validate_no_broken_transaction()
    with here.wrap_database_errors, plain:
        plain.execute(sql, parameters)
        return plain.fetchall() if plain.pgresult and plain.pgresult.nfields else []


class _Bound(psycopg.Cursor[tuple[Any, ...]]):
    """Planned for its parameters every time."""

    keeps_plan = False

    def execute(self, query: Any, params: Any = None, **_: Any) -> Self:
        return super().execute(query, params, prepare=self.keeps_plan, binary=True)


class _Prepared(_Bound):
    """Planned once per connection."""

    keeps_plan = True
