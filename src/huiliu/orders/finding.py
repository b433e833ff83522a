"""What narrows a list of orders, as SQL that row security leaves its indexes.

Under a policy PostgreSQL asks the policy before LIKE and before any function that could tell of a row it hides, and
therefore reads every row for them (docs/adr/0008). So a text is looked for by ranges and equality alone: the last
digits at the beginning of the number read backwards, a buyer by the ids that the small table of names gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from huiliu.platform.database import Reach, rows

#: So many names are looked up one by one; more of them are so common that walking the newest orders is faster.
NAMES_MAX: Final = 200
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
    """Everything but the text. The reach as constants beside the policy spares asking for it at every row."""
    wanted = Condition()
    for sql, value in (
        ("buyer_id = %s", where.buyer_id),
        ("seller_id = %s", where.seller_id),
        ("business_date >= %s", where.date_from),
        ("business_date < %s", where.date_until),
    ):
        if value is not None:
            wanted.add(sql, value)
    if where.states:
        wanted.add(f"state IN ({', '.join(['%s'] * len(where.states))})", *where.states)
    if reach is not None and not reach.everything:
        wanted.add(
            "((buyer_path >= %s AND buyer_path < %s) OR (seller_path >= %s AND seller_path < %s))",
            *(reach.lo, reach.hi) * 2,
        )
    return wanted


def searched(
    columns: Sequence[str], text: str, wanted: Condition, *, page: tuple[str, list[Any]] = ("", [])
) -> Condition:
    """The orders whose number, last digits, external number or buyer is the text, as one SELECT without order.

    `page` (ORDER BY … LIMIT with its parameters) cuts each way of finding before they meet.
    """
    names = rows(
        "SELECT DISTINCT buyer_id, name FROM orders_buyer_name WHERE name LIKE %s LIMIT %s",
        [f"%{_literal(text)}%", NAMES_MAX + 1],
    )
    select = f"SELECT {', '.join(columns)} FROM orders_order"
    if len(names) > NAMES_MAX:
        wanted.add(
            "(number LIKE %s OR external_number = %s OR buyer_name LIKE %s)",
            f"%{_literal(text)}",
            text,
            f"%{_literal(text)}%",
        )
        return Condition([f"{select} WHERE {wanted.joined()} {page[0]}"], [*wanted.parameters, *page[1]])
    backwards = text[::-1]
    found = Condition()
    for sql, parameters in (
        ("number_reversed >= %s AND number_reversed < %s", [backwards, backwards + _LAST]),
        ("external_number = %s AND external_number <> ''", [text]),
    ):
        found.add(
            f"({select} WHERE {sql} AND {wanted.joined()} {page[0]})",
            *parameters,
            *wanted.parameters,
            *page[1],
        )
    if names:
        found.add(
            "(SELECT o.* FROM unnest(%s::bigint[], %s::text[]) b(id, name) CROSS JOIN LATERAL"
            f" ({select} WHERE buyer_id = b.id AND buyer_name = b.name AND {wanted.joined()} {page[0]}) o)",
            [id_ for id_, _ in names],
            [name for _, name in names],
            *wanted.parameters,
            *page[1],
        )
    return Condition([" UNION ".join(found.sql)], found.parameters)


def _literal(text: str) -> str:
    """A text in LIKE that means itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
