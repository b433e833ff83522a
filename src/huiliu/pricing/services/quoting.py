"""Prices as they are now: the published versions as one immutable book per process, checked by one cheap read."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from huiliu.access.types import Actor, Role
from huiliu.kernel.money import Currency, currency_of
from huiliu.kernel.quantity import UnitFactor
from huiliu.kernel.refusals import Refusals
from huiliu.platform import stamps
from huiliu.platform.database import system_reach
from huiliu.pricing import rules
from huiliu.pricing.types import (
    Authority,
    PriceBreak,
    PricedLine,
    PriceLevel,
    PriceOverride,
    PriceQuery,
    PriceRow,
    PriceVersion,
)

KIND = "price_list"
#: How far each role may go by hand; others may not set prices.
AUTHORITY: dict[Role, Authority] = {
    Role.ADMINISTRATOR: Authority("ADMINISTRATOR", Decimal(1), may_go_below_floor=True),
    Role.CHANNEL_MANAGER: Authority("CHANNEL_MANAGER", Decimal("0.10")),
    Role.SALES_OPERATIONS: Authority("SALES_OPERATIONS", Decimal("0.03")),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line to price; `quantity` in base units, `unit` the one it was entered in."""

    sku_id: int
    unit: UnitFactor
    quantity: Decimal
    tax_rate: Decimal
    override: Decimal | None = None
    override_reason: str = ""


@dataclass(slots=True)
class _State:
    key: tuple[str, str]
    book: rules.PriceBook
    loaded: dict[UUID, str]


_lock = threading.Lock()
_state: _State | None = None


def current_book() -> rules.PriceBook:
    """The published versions, as this transaction sees them.

    Only versions that changed since the last look are loaded, under the system's reach.
    """
    global _state
    key = (str(connection.settings_dict["NAME"]), stamps.stamps().get("policies", ""))
    state = _state
    if state is not None and state.key == key:
        return state.book
    with _lock, system_reach("policy-snapshot"):
        base = _state if _state is not None and _state.key[0] == key[0] else None
        state = _load(key, base)
        _state = state
    return state.book


def _load(key: tuple[str, str], base: _State | None) -> _State:
    loaded = dict(base.loaded) if base else {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, code, seller_id, content, width, valid_from, valid_to, publish_no,"
            " (SELECT count(*) FROM policies_member m WHERE m.version_id = v.id)"
            " FROM policies_version v WHERE kind = %s AND state = 'PUBLISHED'",
            [KIND],
        )
        heads = cursor.fetchall()
    marks = {row[0]: f"{row[6]}|{row[8]}" for row in heads}
    gone = [version_id for version_id in loaded if version_id not in marks]
    changed = [row for row in heads if loaded.get(row[0]) != marks[row[0]]]
    rows = _rows([row[0] for row in changed])
    members = _members([row[0] for row in changed if row[4] is not None])
    books = [
        rules.VersionBook(
            _head(row), rows.get(row[0], []), None if row[4] is None else frozenset(members.get(row[0], ()))
        )
        for row in changed
    ]
    book = base.book.updated(put=books, drop=gone) if base else rules.PriceBook(books)
    return _State(key, book, marks)


def _head(row: tuple[Any, ...]) -> PriceVersion:
    import json

    content: dict[str, Any] = row[3] if isinstance(row[3], dict) else json.loads(row[3])
    return PriceVersion(
        version_id=row[0],
        list_code=row[1],
        seller_id=row[2],
        currency=content["currency"],
        level=PriceLevel(content["level"]),
        priority=content.get("priority", 0),
        width=row[4] if row[4] is not None else 2**31,
        valid_from=row[5],
        valid_to=row[6],
        publish_no=row[7],
        project=content.get("project", ""),
    )


def _rows(version_ids: list[UUID]) -> dict[UUID, list[PriceRow]]:
    import json

    found: dict[UUID, list[PriceRow]] = {}
    factors: dict[tuple[str, int, int], UnitFactor] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version_id, sku_id, unit, numerator, denominator, unit_price, breaks, floor_price FROM pricing_row"
            " WHERE version_id = ANY (%s)",
            [version_ids],
        )
        for version_id, sku_id, unit, numerator, denominator, price, breaks, floor in cursor.fetchall():
            key = (unit, numerator, denominator)
            factor = factors.get(key) or factors.setdefault(key, UnitFactor(unit, numerator, denominator))
            steps = breaks if isinstance(breaks, list) else json.loads(breaks)
            found.setdefault(version_id, []).append(
                PriceRow(
                    sku_id,
                    factor,
                    price,
                    tuple(PriceBreak(Decimal(start), Decimal(value)) for start, value in steps),
                    floor,
                )
            )
    return found


def _members(version_ids: list[UUID]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version_id, organization_id FROM policies_member WHERE version_id = ANY (%s)",
            [version_ids],
        )
        for version_id, organization_id in cursor.fetchall():
            found.setdefault(version_id, []).append(organization_id)
    return found


@lru_cache
def _currency(code: str) -> Currency:
    return currency_of(code)


def exponent_of(code: str) -> int:
    """How many decimals amounts of this currency have."""
    return _currency(code).exponent


def price_lines(
    *,
    actor: Actor,
    seller_id: int,
    buyer_id: int,
    currency: str,
    on: date,
    wanted: Sequence[Wanted],
    now: datetime,
) -> list[PricedLine]:
    """The price of each line, or every line that has none.

    Raises: NoPrice, OverrideNeedsApproval, OverrideReasonMissing; SeveralRefused when there are several.
    """
    del now  # prices follow the business day `on`
    book = current_book()
    unit = _currency(currency)
    refusals = Refusals()
    lines: list[PricedLine] = []
    for position, want in enumerate(wanted):
        with refusals.collecting(f"lines.{position}"):
            line = rules.resolve(
                book,
                PriceQuery(
                    seller_id=seller_id,
                    buyer_id=buyer_id,
                    sku_id=want.sku_id,
                    unit=want.unit,
                    quantity=want.quantity,
                    on=on,
                    currency=unit,
                    tax_rate=want.tax_rate,
                ),
            )
            if want.override is not None:
                line = rules.apply_override(
                    line, PriceOverride(want.override, want.override_reason), _authority(actor)
                )
            lines.append(line)
    refusals.raise_if_any()
    return lines


def _authority(actor: Actor) -> Authority:
    """The farthest authority among the actor's roles; none without the scope."""
    none = Authority("NONE", Decimal(0))
    if not actor.may("prices:override"):
        return none
    found = [AUTHORITY[role] for role in actor.roles if role in AUTHORITY]
    return max(found, key=lambda authority: authority.discount_max, default=none)


def trace_of(line: PricedLine) -> dict[str, Any]:
    """What is stored on the order line: enough to show why and to replay to the cent."""
    return rules.snapshot(line)


def trace_for(stored: dict[str, Any], *, is_staff: bool) -> dict[str, Any]:
    """A stored trace as this reader may see it."""
    if not stored:
        return {}
    return stored if is_staff else rules.redact(stored)
