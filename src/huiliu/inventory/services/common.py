"""What every document of stock does: find its place, lock the accounts, choose the lots, tell it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.inventory import rules
from huiliu.inventory.errors import SkuUnknown, StockTooLow, WarehouseClosed, WarehouseNotVisible
from huiliu.inventory.models import Warehouse
from huiliu.inventory.types import ZERO, ChangeLine, LotStock
from huiliu.kernel.period import business_date
from huiliu.kernel.refusals import Refusals
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef
from huiliu.platform import audit, events
from huiliu.platform.database import one


@dataclass(frozen=True, slots=True)
class Place:
    """A warehouse and whose it is."""

    warehouse_id: int
    organization_id: int
    owner_path: str
    timezone: str
    name: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Units of one lot for one line; `short` of them the book does not have."""

    line_no: int
    sku_id: int
    lot: str
    units: Decimal
    short: Decimal = ZERO


def reaches(actor: Actor, path: str) -> bool:
    """Whether rows of this path are the actor's to write, as row security will say."""
    return actor.reach.everything or actor.reach.lo <= path < actor.reach.hi


def find_place(warehouse_id: int, *, open_only: bool = True) -> Place:
    """A warehouse in the reach, held open until the transaction ends.

    Locks:  the warehouse's key, so that nobody closes it meanwhile.
    Raises: WarehouseNotVisible, WarehouseClosed.
    """
    row = one(
        "SELECT organization_id, owner_path, is_active, name FROM inventory_warehouse WHERE id = %s FOR KEY SHARE",
        [warehouse_id],
    )
    if row is None:
        raise WarehouseNotVisible("There is no such warehouse.", warehouse_id=warehouse_id)
    if open_only and not row[2]:
        raise WarehouseClosed("This warehouse is closed.", warehouse_id=warehouse_id)
    return Place(warehouse_id, row[0], row[1], access.find_organization(row[0]).timezone, row[3])


def next_number(kind: str, place: Place, *, now: datetime) -> str:
    """The next number of the organization's documents of that kind today."""
    day = business_date(now, place.timezone)
    return str(one("SELECT platform_next_number(%s, %s, %s)", [kind, place.organization_id, day])[0])


def lock_reports(organization_id: int) -> None:
    """One writer at a time for what an organization reports: the same line sent twice at once is found by the second.

    Locks:  an advisory lock of the organization, until the transaction ends.
    """
    one("SELECT pg_advisory_xact_lock(hashtextextended('inventory.reports', %s))", [organization_id])


def hash_of(content: Any) -> str:
    """The same for the same content: a retry with other content is refused."""
    import json

    text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def stock_of(place: Place, sku_id: int, lot: str = "") -> AccountRef:
    return AccountRef(
        AccountKind.STOCK, place.organization_id, sku_id=sku_id, place_id=place.warehouse_id, lot=lot
    )


def account(kind: AccountKind, organization_id: int, sku_id: int, lot: str = "") -> AccountRef:
    """An account of goods that stands at no place."""
    return AccountRef(kind, organization_id, sku_id=sku_id, lot=lot)


def check_lines(lines: Sequence[ChangeLine], *, positive: bool) -> None:
    """Known goods in storable quantities; every bad line is named.

    Raises: SkuUnknown, UnitsInvalid, SeveralRefused.
    """
    known = catalog.sku_facts({line.sku_id for line in lines})
    refusals = Refusals()
    for position, line in enumerate(lines):
        with refusals.collecting(f"lines[{position}]"):
            sku = known.get(line.sku_id)
            if sku is None:
                raise SkuUnknown("There is no such goods.", field="sku_id", sku_id=line.sku_id)
            rules.check_units(line.units, is_whole=sku.is_whole)
            if positive and line.units < 0:
                rules.check_units(ZERO, is_whole=sku.is_whole)
    refusals.raise_if_any()


#: What is available by sku and lot at one place.
Available = dict[int, dict[str, Decimal]]


def lock_places(
    wanted: Collection[tuple[Place, int]], *, others: Sequence[AccountRef]
) -> dict[int, Available]:
    """What is available at each place of the skus named with it, under locks that also cover the `others` that
    the entries to come will touch.

    Locks:  every account of the skus at their places and the others, in id order, until the transaction ends.
    """
    pairs = sorted(
        {(place.organization_id, place.warehouse_id, sku_id): place for place, sku_id in wanted}.items()
    )
    found: dict[int, Available] = {key[1]: {} for key, _ in pairs}
    if not pairs:
        return found
    refs = [*others, *(stock_of(place, key[2]) for key, place in pairs)]
    ids = list(ledger.ensure_accounts(accounts=list(dict.fromkeys(refs))))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) k(owner, place, sku)"
            " JOIN ledger_account a ON a.owner_id = k.owner AND a.kind = 'stock' AND a.place_id = k.place"
            " AND a.sku_id = k.sku",
            [[key[position] for key, _ in pairs] for position in range(3)],
        )
        ids += [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT place_id, sku_id, lot, balance - held, kind FROM inventory_lock(%s)", [ids])
        for place_id, sku_id, lot, available, kind in cursor.fetchall():
            if kind == AccountKind.STOCK and place_id in found:
                found[place_id].setdefault(sku_id, {})[lot] = available
    return found


def lock_stock(place: Place, *, sku_ids: Collection[int], others: Sequence[AccountRef]) -> Available:
    """`lock_places` for one place."""
    locked = lock_places([(place, sku_id) for sku_id in sku_ids], others=others)
    return locked.get(place.warehouse_id, {})


def take(available: Available, line: ChangeLine, *, line_no: int, may_go_short: bool = False) -> list[Taken]:
    """Choose the lots of goods that leave and count them off `available`.

    Shape:  `line.units` above zero. A named lot is taken from itself only.
    Raises: StockTooLow unless `may_go_short`: then the rest goes below zero, on the named lot or on none.
    """
    lots = available.setdefault(line.sku_id, {})
    there = [LotStock(lot, units) for lot, units in lots.items() if line.lot is None or lot == line.lot]
    picks, missing = rules.fefo(there, wanted=line.units)
    if missing and not may_go_short:
        raise StockTooLow(
            "There is not enough of it in the warehouse.",
            field="units",
            sku_id=line.sku_id,
            asked=line.units,
            available=line.units - missing,
        )
    taken = {pick.lot: Taken(line_no, line.sku_id, pick.lot, pick.available) for pick in picks}
    if missing:
        lot = line.lot or ""
        before = taken[lot].units if lot in taken else ZERO
        taken[lot] = Taken(line_no, line.sku_id, lot, before + missing, missing)
    for one_lot in taken.values():
        lots[one_lot.lot] = lots.get(one_lot.lot, ZERO) - one_lot.units
    return list(taken.values())


def take_all(available: Available, lines: Sequence[tuple[int, ChangeLine]]) -> list[Taken]:
    """`take` for every (line number, line); every short line is named. Raises: StockTooLow, SeveralRefused."""
    refusals = Refusals()
    taken: list[Taken] = []
    for line_no, line in lines:
        with refusals.collecting(f"lines[{line_no - 1}]"):
            taken += take(available, line, line_no=line_no)
    refusals.raise_if_any()
    return taken


@dataclass(frozen=True, slots=True)
class Nobody:
    """Who acts when the calendar does."""

    user_id: int | None = None
    impersonator_id: int | None = None


def tell(
    *,
    actor: audit.Who,
    type: str,  # noqa: A002 - the field's standard name
    subject_type: str,
    subject_id: UUID | int,
    owner_path: str,
    other_path: str | None = None,
    now: datetime,
    payload: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    reason: str = "",
    effective_at: datetime | None = None,
) -> None:
    """The event that both sides see, and the audit row."""
    events.publish(
        type=type,
        subject_type=subject_type,
        subject_id=subject_id,
        paths=(owner_path, other_path) if other_path else (owner_path,),
        user_id=actor.user_id,
        now=now,
        payload={**payload, **({"reason": reason} if reason else {})},
        effective_at=effective_at,
    )
    audit.record(
        actor=actor,
        action=type,
        subject_type=subject_type,
        subject_id=subject_id,
        owner_path=owner_path,
        now=now,
        reason=reason,
        before=before,
        after=payload,
    )


def warehouses_by_code(codes: Collection[str]) -> dict[str, Warehouse]:
    """Open warehouses in the reach by code."""
    return {row.code: row for row in Warehouse.objects.filter(code__in=set(codes), is_active=True)}
