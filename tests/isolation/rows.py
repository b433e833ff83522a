"""A row of every organization in every table, made from the columns alone: new tables join without a line here.

The rows mean nothing: constraints and triggers of the throwaway database are taken off first.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from huiliu.kernel.ids import uuid7
from huiliu.kernel.paths import child_path, own_range, range_of
from huiliu.platform.database import Reach
from huiliu.platform.row_security import AnyWriter, PathScope, declared_tables

BRAND = child_path("", 1)
EAST, SOUTH = child_path(BRAND, 2), child_path(BRAND, 3)
DEALER, STORE = child_path(EAST, 4), child_path(child_path(EAST, 4), 5)
OTHER = child_path(SOUTH, 6)
PLACES = (BRAND, EAST, SOUTH, DEALER, STORE, OTHER)

#: Everyone who may ask: whole brand, a branch, a partner's owner, a partner's buyer, the system.
REACHES = {
    "staff": Reach("huiliu_staff", "", "~"),
    "branch": Reach("huiliu_branch", *range_of(EAST)),
    "owner": Reach("huiliu_partner", *range_of(DEALER)),
    "other owner": Reach("huiliu_partner", *range_of(OTHER)),
    "buyer": Reach("huiliu_partner", *own_range(DEALER)),
    "system": Reach("huiliu_system", "", "~"),
}
_number = itertools.count(1000)


@dataclass(frozen=True)
class Column:
    name: str
    type: str


def path_columns(table: str) -> tuple[str, ...]:
    return declared_tables()[table].paths()


def loosen(connection: psycopg.Connection) -> None:
    """Take every check, foreign key, exclusion and trigger off: only rows and their paths matter."""
    found = connection.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'c', 'x')"
    ).fetchall()
    for table, name in found:
        connection.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}").format(
                sql.Identifier(table), sql.Identifier(name)
            )
        )
    for table in declared_tables():
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(sql.Identifier(table)))


def fill(connection: psycopg.Connection) -> None:
    """One row for each place in each path column of every table; one row in every other table."""
    for table in declared_tables():
        needed = _needed(connection, table)
        paths = path_columns(table)
        if not paths:
            _insert(connection, table, needed, {})
        for column in paths:
            others = {one.name: SOUTH for one in needed if one.name in paths and one.name != column}
            for place in PLACES:
                _insert(connection, table, needed, {**others, column: place})


def _needed(connection: psycopg.Connection, table: str) -> list[Column]:
    rows = connection.execute(
        "SELECT column_name, CASE WHEN data_type = 'ARRAY' THEN udt_name ELSE data_type END"
        "  FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
        "   AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'",
        [table],
    ).fetchall()
    return [Column(name, type_) for name, type_ in rows]


def _insert(connection: psycopg.Connection, table: str, needed: list[Column], given: dict[str, str]) -> None:
    values: dict[str, Any] = {one.name: _value(one) for one in needed} | given
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join([sql.Placeholder()] * len(values)),
        ),
        list(values.values()),
    )


def _value(column: Column) -> Any:
    number = next(_number)
    if column.type.startswith("_"):
        return []
    if column.type in ("text", "character varying"):
        return f"x{number}"
    if column.type in ("bigint", "integer"):
        return number
    simple: dict[str, Any] = {
        "smallint": number % 30_000,
        "boolean": False,
        "date": "2026-01-01",
        "timestamp with time zone": "2026-01-01T00:00:00Z",
        "time without time zone": "08:00",
        "double precision": 1.0,
        "numeric": 1,
        "jsonb": Jsonb({}),
        "uuid": uuid7(),
        "bytea": number.to_bytes(8, "big"),
    }
    if column.type not in simple:
        raise AssertionError(f"Say how a {column.type} looks ({column.name}).")
    return simple[column.type]


def expected(connection: psycopg.Connection, table: str, reach: Reach) -> int | None:
    """How many rows the declaration gives to a reach, counted by a superuser; None: it may not even ask."""
    security = declared_tables()[table]
    if "SELECT" not in security.grants().get(reach.role, ()):
        return None
    columns = path_columns(table)
    if security.condition(reach.role) == "true":
        assert reach.everything or not isinstance(security, PathScope | AnyWriter), table
        return _count(connection, table, "true", [])
    if not isinstance(security, PathScope | AnyWriter):  # a condition of its own is what it must do
        connection.execute(
            "SELECT set_config('huiliu.lo', %s, false), set_config('huiliu.hi', %s, false)",
            [reach.lo, reach.hi],
        )
        return _count(connection, table, security.condition(reach.role), [])
    parts = [f"({column} >= %s AND {column} < %s)" for column in columns]
    if isinstance(security, PathScope) and security.public:
        parts.append(security.public)
    return _count(connection, table, " OR ".join(parts), [reach.lo, reach.hi] * len(columns))


def shown(login: psycopg.Connection, table: str, reach: Reach | None) -> int | None:
    """How many rows a reach really sees; None when the database refuses the question."""
    try:
        with login.transaction():
            if reach is not None:
                take(login, reach)
            return _count(login, table, "true", [])
    except psycopg.errors.InsufficientPrivilege:
        return None


def take(login: psycopg.Connection, reach: Reach) -> None:
    login.execute(
        "SELECT set_config('role', %s, true), set_config('huiliu.lo', %s, true), set_config('huiliu.hi', %s, true)",
        [reach.role, reach.lo, reach.hi],
    )


def leaks(root: psycopg.Connection, login: psycopg.Connection, tables: list[str]) -> list[str]:
    """`table as reach: shown, expected` wherever a reach sees other rows than the declaration gives it."""
    found = []
    for table in tables:
        for name, reach in REACHES.items():
            wanted, seen = expected(root, table, reach), shown(login, table, reach)
            if wanted != seen:
                found.append(f"{table} as {name}: {seen}, {wanted}")
    return found


def _count(connection: psycopg.Connection, table: str, condition: str, values: list[Any]) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM {table} WHERE {condition}".encode(), values or None
    ).fetchone()
    assert row is not None
    return int(row[0])
