"""What narrows a list of orders, as SQL that row security leaves its indexes.

Under a policy PostgreSQL asks the policy before LIKE and before any function that could tell of a row it hides, and
therefore reads every row for them (docs/adr/0008). So a text is looked for by ranges and equality alone: the last
digits at the beginning of the number read backwards, a buyer by the ids that the small table of names gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from huiliu.platform import custom_fields
from huiliu.platform.database import Reach, rows

#: So many names are looked up one by one; more of them are so common that walking the newest orders is faster.
NAMES_MAX: Final = 200
#: So many of the newest orders are looked through before the indexes are asked.
RECENT: Final = 500
NEWEST: Final = "ORDER BY submitted_at DESC, id DESC LIMIT %s"
#: A whole number as it is copied from a document. Whoever gives one means that order, not a name with it inside.
_WHOLE_NUMBER: Final = re.compile(r"[A-Za-z]{1,4}\d{6,8}-\d{4,}")
_LAST: Final = "\U0010ffff"  # sorts behind everything that a number begins with


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """What a list of orders is narrowed to; empty fields do not narrow."""

    states: tuple[str, ...] = ()
    buyer_id: int | None = None
    seller_id: int | None = None
    text: str = ""
    date_from: date | None = None
    date_until: date | None = None  # the day after the last
    on_behalf: bool | None = None
    ids: tuple[UUID, ...] = ()
    waits_since_before: tuple[tuple[str, datetime], ...] = ()  # per state: only what came into it before
    custom: tuple[str, ...] = ()  # each <code>:<value> of a custom field


#: Since when an order is in a state.
SINCE: Final = {
    "AWAITING_BUYER": "submitted_at",
    "SUBMITTED": "submitted_at",
    "AWAITING_FINANCE": "submitted_at",
    "CONFIRMED": "coalesce(confirmed_at, submitted_at)",
    "PARTIALLY_SHIPPED": "coalesce(confirmed_at, submitted_at)",
    "SHIPPED": "coalesce(shipped_at, submitted_at)",
}


@dataclass(slots=True)
class Condition:
    """A piece of SQL with its parameters."""

    sql: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)

    def add(self, sql: str, *parameters: Any) -> None:
        self.sql.append(sql)
        self.parameters += parameters

    def joined(self) -> str:
        return " AND ".join(self.sql) or "true"


def condition_of(where: OrderFilter, *, reach: Reach | None) -> Condition:
    """Everything but the text.

    The reach as constants spares asking the session for it at every row that it sorts out. The CASE keeps the
    planner from counting the same narrowing twice, here and in the policy, and from taking a page for a short one;
    nothing in it can tell of a row, so it may be asked before the policy (docs/adr/0008).
    Raises: CustomFieldInvalid.
    """
    wanted = Condition()
    for sql, value in (
        ("buyer_id = %s", where.buyer_id),
        ("seller_id = %s", where.seller_id),
        ("business_date >= %s", where.date_from),
        ("business_date < %s", where.date_until),
        ("on_behalf = %s", where.on_behalf),
    ):
        if value is not None:
            wanted.add(sql, value)
    if where.states:
        wanted.add(f"state IN ({', '.join(['%s'] * len(where.states))})", *where.states)
    if where.waits_since_before:
        each = [f"(state = %s AND {SINCE[state]} < %s)" for state, _ in where.waits_since_before]
        wanted.add(f"({' OR '.join(each)})", *(one for pair in where.waits_since_before for one in pair))
    own: dict[str, Any] = {}
    for text in where.custom:
        own |= custom_fields.wanted("order", text)
    if own:
        wanted.add("custom @> %s::jsonb", json.dumps(own))
    if where.ids:
        wanted.add(f"id IN ({', '.join(['%s'] * len(where.ids))})", *where.ids)
    if reach is not None and not reach.everything:
        wanted.add(
            "CASE WHEN (buyer_path >= %s AND buyer_path < %s) OR (seller_path >= %s AND seller_path < %s)"
            " THEN true ELSE false END",
            *(reach.lo, reach.hi) * 2,
        )
    return wanted


def newest_with(columns: Sequence[str], text: str, wanted: Condition, *, limit: int) -> list[tuple[Any, ...]]:
    """The newest orders with the text by (submitted_at, id); number, external number and buyer are among `columns`.

    Most searches are for something recent, and most readers have few orders: those are looked through first.
    """
    if _WHOLE_NUMBER.fullmatch(text) and (found := _numbered(columns, text, wanted, limit=limit)):
        return found
    sql, parameters = _has(text)
    found = rows(
        f"WITH recent AS MATERIALIZED (SELECT {', '.join(columns)} FROM orders_order WHERE {wanted.joined()} {NEWEST})"
        f" SELECT (SELECT count(*) FROM recent), recent.* FROM recent WHERE {sql} {NEWEST}",
        [*wanted.parameters, RECENT, *parameters, limit],
    )
    if len(found) == limit or (found and found[0][0] < RECENT):
        return [row[1:] for row in found]
    every = all_with(columns, text, wanted, limit=limit)
    return rows(f"SELECT * FROM ({every.joined()}) found {NEWEST}", [*every.parameters, limit])


def _numbered(columns: Sequence[str], text: str, wanted: Condition, *, limit: int) -> list[tuple[Any, ...]]:
    """The newest orders with that number, ours or the buyer's."""
    ways = _by_number(text)
    either = " OR ".join(f"({sql})" for sql, _ in ways)
    return rows(
        f"SELECT {', '.join(columns)} FROM orders_order WHERE ({either}) AND {wanted.joined()} {NEWEST}",
        [*(one for _, parameters in ways for one in parameters), *wanted.parameters, limit],
    )


def _by_number(text: str) -> tuple[tuple[str, list[str]], ...]:
    """The ways by which an order has a text as its number, each with an index of its own."""
    return (
        ("number_reversed >= %s AND number_reversed < %s", [text[::-1], text[::-1] + _LAST]),
        ("external_number = %s AND external_number <> ''", [text]),
    )


def all_with(columns: Sequence[str], text: str, wanted: Condition, *, limit: int | None = None) -> Condition:
    """The orders whose number, last digits, external number or buyer is the text, as one SELECT without order;
    `limit` cuts each way of finding to its newest before they meet.
    """
    names = rows(
        "SELECT DISTINCT buyer_id, name FROM orders_buyer_name WHERE name LIKE %s LIMIT %s",
        [f"%{_literal(text)}%", NAMES_MAX + 1],
    )
    select = f"SELECT {', '.join(columns)} FROM orders_order WHERE"
    cut, few = (f" {NEWEST}", [limit]) if limit else ("", [])
    if len(names) > NAMES_MAX:
        sql, parameters = _has(text)
        # PostgreSQL may not use its statistics of names under a policy and thinks that hardly any row has it.
        wanted.add(f"coalesce({sql}, false)", *parameters)
        return Condition([f"{select} {wanted.joined()}{cut}"], [*wanted.parameters, *few])
    ways = Condition()
    for sql, parameters in _by_number(text):
        ways.add(f"({select} {sql} AND {wanted.joined()}{cut})", *parameters, *wanted.parameters, *few)
    if names:
        ways.add(
            "(SELECT o.* FROM unnest(%s::bigint[], %s::text[]) b(id, name) CROSS JOIN LATERAL"
            f" ({select} buyer_id = b.id AND buyer_name = b.name AND {wanted.joined()}{cut}) o)",
            *([id_ for id_, _ in names], [name for _, name in names]),
            *(*wanted.parameters, *few),
        )
    return Condition([" UNION ".join(ways.sql)], ways.parameters)


def _has(text: str) -> tuple[str, list[str]]:
    """The text in a row: the end of the number, the external number, a part of the buyer's name."""
    end = f"%{_literal(text)}"
    return "(number LIKE %s OR external_number = %s OR buyer_name LIKE %s)", [end, text, f"{end}%"]


def _literal(text: str) -> str:
    """A text in LIKE that means itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
