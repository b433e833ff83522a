"""The published lists as one immutable book per process, checked by one cheap read."""

from __future__ import annotations

import gc
import json
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from huiliu.kernel.money import plain
from huiliu.kernel.quantity import UnitFactor
from huiliu.platform import stamps
from huiliu.platform.database import system_reach
from huiliu.policies.types import VersionHead
from huiliu.pricing import rules
from huiliu.pricing.types import PriceBreak, PriceLevel, PriceRow, PriceVersion

KIND = "price_list"
#: The width of a list that speaks to everyone: wider than any counted audience.
EVERYONE = 2**31
#: A draft is seen as if it were published last.
DRAFT_NO = 2**53 - 1
#: Lists that ended longer ago price nothing any more: a price date lies within this many days.
PRICE_DATE_DAYS_MAX = 400

_HEADS = (
    "SELECT id, code, seller_id, content, width, valid_from, valid_to, publish_no, members_no"
    " FROM policies_version WHERE kind = %s AND state = 'PUBLISHED'"
    f" AND (valid_to IS NULL OR valid_to > CURRENT_DATE - {PRICE_DATE_DAYS_MAX})"
)
_ROWS = (
    "SELECT version_id, sku_id, unit, numerator, denominator, unit_price,"
    " CASE WHEN breaks <> '[]'::jsonb THEN breaks::text END, floor_price"
    " FROM pricing_row WHERE version_id = ANY (%s)"
)


@dataclass(frozen=True, slots=True)
class _State:
    """`marks` tells of each loaded version which head and members were loaded; `stamp` of all of them at once."""

    stamp: str
    book: rules.PriceBook
    marks: dict[UUID, tuple[Any, ...]]
    loaded_rows: int = 0


#: A load of more rows than this is taken out of the garbage collector's sight.
FREEZE_ROWS = 10_000
#: One book per database: a process serves one; tests and benchmarks change between a few.
BOOKS_MAX = 4
_lock = threading.Lock()
_states: dict[str, _State] = {}


def current_book() -> rules.PriceBook:
    """The published versions, as this transaction sees them.

    Only versions that changed since the last look are loaded, under the system's reach; one thread loads.
    """
    database, stamp = str(connection.settings_dict["NAME"]), stamps.stamps().get("policies", "")
    state = _states.get(database)
    if state is not None and state.stamp == stamp:
        return state.book
    with _lock, system_reach("policy-snapshot"):
        state = _load(stamp, _states.get(database))
        if database not in _states and len(_states) >= BOOKS_MAX:
            _states.pop(next(iter(_states)))
        _states[database] = state
        if state.loaded_rows > FREEZE_ROWS:
            # Rows live as long as their list and hold no cycles: the collector need not walk hundreds of
            # thousands of them again and again (measured: 400 ms in the middle of a quote).
            gc.freeze()
    return state.book


def _load(stamp: str, base: _State | None) -> _State:
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [KIND])
        heads = cursor.fetchall()
    marks = {row[0]: (row[7], row[6], row[8]) for row in heads}
    known = base.marks if base else {}
    gone = [version_id for version_id in known if version_id not in marks]
    changed = [row for row in heads if known.get(row[0]) != marks[row[0]]]
    if base is not None and not changed and not gone:
        return _State(stamp, base.book, marks)
    # A published version's rows never change: what was loaded under the same publication is shared.
    fresh = [row[0] for row in changed if row[0] not in known or known[row[0]][0] != row[7]]
    rows = read_rows(fresh)
    members = _members([row[0] for row in changed if row[4] is not None])
    books = []
    for row in changed:
        audience = None if row[4] is None else frozenset(members.get(row[0], ()))
        loaded = base.book.get(row[0]) if base and row[0] not in rows else None
        known_rows = loaded.rows() if loaded else rows.get(row[0], ())
        books.append(rules.VersionBook(_head(row), known_rows, audience))
    book = base.book.updated(put=books, drop=gone) if base else rules.PriceBook(books)
    return _State(stamp, book, marks, sum(map(len, rows.values())))


def _head(row: Sequence[Any]) -> PriceVersion:
    content: dict[str, Any] = row[3] if isinstance(row[3], dict) else json.loads(row[3])
    return PriceVersion(
        version_id=row[0],
        list_code=row[1],
        seller_id=row[2],
        currency=content["currency"],
        level=PriceLevel(content["level"]),
        priority=content.get("priority", 0),
        width=EVERYONE if row[4] is None else row[4],
        valid_from=row[5],
        valid_to=row[6],
        publish_no=row[7],
        project=content.get("project", ""),
    )


def version_book(
    head: VersionHead, *, rows: Sequence[PriceRow], members: Sequence[int] | None
) -> rules.VersionBook:
    """A version as the book would hold it, also before it is published."""
    row = (
        head.id,
        head.code,
        head.seller_id,
        head.content,
        None if members is None else len(members),
        head.valid_from,
        head.valid_to,
        head.publish_no or DRAFT_NO,
    )
    return rules.VersionBook(_head(row), rows, None if members is None else frozenset(members))


def read_rows(
    version_ids: Sequence[UUID], sku_ids: Collection[int] | None = None
) -> dict[UUID, list[PriceRow]]:
    """The rows of versions, of all goods or of these; unit factors are shared between rows."""
    found: dict[UUID, list[PriceRow]] = {version_id: [] for version_id in version_ids}
    if not version_ids:
        return found
    factors: dict[tuple[str, int, int], UnitFactor] = {}
    with connection.cursor() as cursor:
        only = "" if sku_ids is None else " AND sku_id = ANY (%s)"
        cursor.execute(_ROWS + only, [list(version_ids), *([list(sku_ids)] if sku_ids is not None else [])])
        while batch := cursor.fetchmany(5000):
            for version_id, sku_id, unit, numerator, denominator, price, breaks, floor in batch:
                key = (unit, numerator, denominator)
                factor = factors.get(key)
                if factor is None:
                    factor = factors[key] = UnitFactor(unit, numerator, denominator)
                steps = parse_breaks(json.loads(breaks)) if breaks else ()
                found[version_id].append(
                    PriceRow(sku_id, factor, plain_or_none(price), steps, plain_or_none(floor))
                )
    return found


def parse_breaks(stored: Sequence[Sequence[str]]) -> tuple[PriceBreak, ...]:
    """Shape: [[from base units, price per unit], …] as text."""
    return tuple(PriceBreak(Decimal(start), Decimal(price)) for start, price in stored)


def plain_or_none(value: Decimal | None) -> Decimal | None:
    """A stored figure without the zeros of its column: 10.000000 is 10, and 10.500000 is 10.5."""
    return None if value is None else plain(value)


def _members(version_ids: Sequence[UUID]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = {}
    if not version_ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version_id, organization_id FROM policies_member WHERE version_id = ANY (%s)",
            [list(version_ids)],
        )
        for version_id, organization_id in cursor.fetchall():
            found.setdefault(version_id, []).append(organization_id)
    return found
