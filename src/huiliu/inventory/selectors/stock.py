"""What stands where, now and at the end of any past day, and what a buyer may know of its seller's stock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.inventory import rules
from huiliu.inventory.errors import StockNotShown
from huiliu.inventory.models import Warehouse
from huiliu.inventory.types import (
    ZERO,
    Group,
    LotStock,
    OfferRow,
    StockFilters,
    StockKey,
    StockLevel,
    StockRow,
)
from huiliu.kernel.paths import range_of
from huiliu.kernel.period import DEFAULT_ZONE, business_date, start_of_day
from huiliu.ledger import selectors as ledger
from huiliu.partners import selectors as partners

#: What a list groups by, in the order of its rows; goods in transit stand at place 0.
_KEYS: Final[dict[Group, tuple[str, ...]]] = {
    Group.LOT: ("sku_id", "owner_id", "coalesce(place_id, 0)", "lot"),
    Group.PLACE: ("sku_id", "owner_id", "coalesce(place_id, 0)"),
    Group.ORGANIZATION: ("sku_id", "owner_id"),
    Group.SKU: ("sku_id",),
}
COVER_DAYS: Final = 28
SEARCHED: Final = 500  # cells looked through at once for those with too little cover
_LOT_END: Final = 10  # of the expiry date at the beginning of a lot


@dataclass(frozen=True, slots=True)
class _Cell:
    """One group as the accounts have it now."""

    key: tuple[Any, ...]
    stock_ids: tuple[int, ...]
    transit_ids: tuple[int, ...]
    on_hand: Decimal
    held: Decimal
    in_transit: Decimal


def list_stock(
    *,
    actor: Actor,
    group: Group,
    filters: StockFilters,
    on: date | None = None,
    after: Sequence[Any] | None = None,
    limit: int = 50,
    now: datetime,
) -> list[StockRow]:
    """Stock in the reach by sku, organization, place and lot, at most `limit`, after the key of the last row seen.

    `on`: as it stood at the end of that day in each organization's zone (what is recorded later about that day
    counts); then nothing is said of promises. Without it: now.
    """
    rows: list[StockRow] = []
    searches = filters.cover_below is not None and group is Group.ORGANIZATION
    while len(rows) < limit:
        cells = _cells(
            group, filters, after=after, limit=SEARCHED if searches else limit, keep_empty=on is not None
        )
        if not cells:
            break
        found = [_row(cell, group) for cell in cells] if on is None else _rows_on(cells, group, on)
        if not filters.with_empty:
            found = [row for row in found if row.on_hand or row.in_transit or row.held]
        if searches:
            found = _short(_named(found, group, on=on, now=now, actor=actor), filters.cover_below)
        rows += found
        after = cells[-1].key
    return rows[:limit] if searches else _named(rows[:limit], group, on=on, now=now, actor=actor)


def _short(rows: Sequence[StockRow], days: int | None) -> list[StockRow]:
    """What sells and will be gone before so many days; what does not sell has no cover to tell of."""
    return [row for row in rows if row.days_of_cover is not None and row.days_of_cover < (days or 0)]


def key_of(row: StockRow, group: Group) -> tuple[Any, ...]:
    """Where the page after this row begins."""
    whole = (row.sku_id, row.organization_id, row.warehouse_id or 0, row.lot)
    return whole[: len(_KEYS[group])]


def stock_accounts(key: StockKey, *, kinds: Sequence[str]) -> list[int]:
    """The accounts behind a cell, as far as the reach shows them."""
    conditions = ["kind = ANY(%s)", "sku_id = %s"]
    values: list[Any] = [list(kinds), key.sku_id]
    for column, value in (
        ("owner_id", key.organization_id),
        ("place_id", key.warehouse_id),
        ("lot", key.lot),
    ):
        if value is not None:
            conditions.append(f"{column} = %s")
            values.append(value)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ledger_account WHERE {' AND '.join(conditions)} ORDER BY id", values)
        return [row[0] for row in cursor.fetchall()]


def seller_stock(
    *, actor: Actor, buyer_id: int, seller_id: int, sku_ids: Sequence[int], on: date
) -> list[OfferRow]:
    """What the buyer may know of the seller's stock of goods that it may buy: exact, a word, or nothing.

    Raises: StockNotShown when the buyer is not in the reach or the seller does not sell to it.
    """
    buyer = partners.buyer_facts(buyer_id)
    if buyer is None:
        raise StockNotShown("There is no such buyer.", buyer_id=buyer_id)
    wanted = sorted(catalog.sellable_ids(buyer=buyer, ids=set(sku_ids), on=on))
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sku_id, level, available FROM inventory_offer(%s, %s, %s::bigint[], %s)",
            [buyer_id, seller_id, wanted, on],
        )
        rows = cursor.fetchall()
    if not rows:
        raise StockNotShown(
            "This seller shows you no stock.", seller_id=seller_id, reader=actor.organization_id
        )
    return [
        OfferRow(sku_id, StockLevel(level) if level else None, available) for sku_id, level, available in rows
    ]


def suggest_lots(
    *, organization_id: int, warehouse_id: int, sku_id: int, units: Decimal
) -> tuple[list[tuple[str, Decimal]], Decimal]:
    """Which lots to take, what expires first going first, and how much is missing; promises nothing."""
    key = StockKey(sku_id, organization_id, warehouse_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lot, balance - held FROM ledger_account WHERE id = ANY(%s)",
            [stock_accounts(key, kinds=["stock"])],
        )
        lots = [LotStock(lot, available) for lot, available in cursor.fetchall()]
    picks, missing = rules.fefo(lots, wanted=units)
    return [(pick.lot, pick.available) for pick in picks], missing


def _cells(
    group: Group, filters: StockFilters, *, after: Sequence[Any] | None, limit: int, keep_empty: bool
) -> list[_Cell]:
    keys = ", ".join(_KEYS[group])
    conditions, values = _conditions(filters)
    if after is not None:
        conditions.append(f"({keys}) > ({', '.join(['%s'] * len(_KEYS[group]))})")
        values += list(after)
        conditions.append("sku_id >= %s")  # the part of the key that an index can start at
        values.append(after[0])
    empty = "" if keep_empty or filters.with_empty else "HAVING bool_or(balance <> 0 OR held <> 0)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {keys}, array_agg(id) FILTER (WHERE kind = 'stock'),"
            " array_agg(id) FILTER (WHERE kind = 'in_transit'),"
            " coalesce(sum(balance) FILTER (WHERE kind = 'stock'), 0), coalesce(sum(held) FILTER (WHERE kind = 'stock'), 0),"
            " coalesce(sum(balance) FILTER (WHERE kind = 'in_transit'), 0)"
            f" FROM ledger_account WHERE {' AND '.join(conditions)} GROUP BY {keys} {empty} ORDER BY {keys} LIMIT %s",
            [*values, limit],
        )
        size = len(_KEYS[group])
        return [
            _Cell(row[:size], tuple(row[size] or ()), tuple(row[size + 1] or ()), *row[size + 2 :])
            for row in cursor.fetchall()
        ]


def _conditions(filters: StockFilters) -> tuple[list[str], list[Any]]:
    conditions = ["kind IN ('stock', 'in_transit')", "sku_id IS NOT NULL"]
    values: list[Any] = []
    if filters.organization_id is not None:
        conditions.append("owner_id = %s")
        values.append(filters.organization_id)
    if filters.under_path:
        conditions.append("owner_path >= %s AND owner_path < %s")
        values += range_of(filters.under_path)
    if filters.tier:
        conditions.append("owner_id IN (SELECT organization_id FROM partners_partner WHERE tier = %s)")
        values.append(filters.tier)
    if filters.kind:
        conditions.append("owner_id IN (SELECT id FROM access_organization WHERE kind = %s)")
        values.append(filters.kind)
    if filters.warehouse_id is not None:
        conditions.append("place_id = %s")
        values.append(filters.warehouse_id)
    if filters.sku_ids is not None:
        conditions.append("sku_id = ANY(%s)")
        values.append(list(filters.sku_ids))
    if filters.expires_before is not None:
        conditions.append("lot <> '' AND lot < %s AND lot ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}'")
        values.append(filters.expires_before.isoformat())
    return conditions, values


def _row(cell: _Cell, group: Group) -> StockRow:
    padded = (*cell.key, *((None, None, ""))[len(cell.key) - 1 :])
    sku_id, owner_id, place_id, lot = padded
    return StockRow(
        sku_id=sku_id,
        organization_id=owner_id,
        organization_name="",
        tier="",
        warehouse_id=place_id or None,
        warehouse_code="",
        warehouse_name="",
        lot=lot,
        expires_on=rules.read_lot(lot, shelf_life_days=None).expires_on if group is Group.LOT else None,
        on_hand=cell.on_hand,
        held=cell.held,
        in_transit=cell.in_transit,
        sold_28_days=None,
        days_of_cover=None,
    )


def _rows_on(cells: Sequence[_Cell], group: Group, on: date) -> list[StockRow]:
    ids = [one for cell in cells for one in (*cell.stock_ids, *cell.transit_ids)]
    then = balances_on(ids, on)
    return [
        replace(
            _row(cell, group),
            on_hand=sum((then.get(one, ZERO) for one in cell.stock_ids), ZERO),
            held=None,
            in_transit=sum((then.get(one, ZERO) for one in cell.transit_ids), ZERO),
        )
        for cell in cells
    ]


def balances_on(account_ids: Sequence[int], day: date) -> dict[int, Decimal]:
    """Balances at the end of a day in the zone of each account's organization."""
    found: dict[int, Decimal] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(o.timezone, %s), array_agg(a.id) FROM ledger_account a"
            " LEFT JOIN access_organization o ON o.id = a.owner_id WHERE a.id = ANY(%s) GROUP BY 1",
            [DEFAULT_ZONE, list(account_ids)],
        )
        zones = cursor.fetchall()
    for zone, ids in zones:
        found |= ledger.balances_at(account_ids=ids, at=start_of_day(day + timedelta(days=1), zone))
    return found


def _named(
    rows: list[StockRow], group: Group, *, on: date | None, now: datetime, actor: Actor
) -> list[StockRow]:
    owners = {row.organization_id for row in rows if row.organization_id is not None}
    names = access.organizations_by_ids(owners)
    tiers = _tiers(owners)
    places = {
        row.pk: row
        for row in Warehouse.objects.filter(pk__in={row.warehouse_id for row in rows if row.warehouse_id})
    }
    sold = _sold(rows, on=on or business_date(now, actor.timezone)) if group is Group.ORGANIZATION else {}
    named = []
    for row in rows:
        owner = names.get(row.organization_id or 0)
        place = places.get(row.warehouse_id or 0)
        cover = (
            sold.get((row.organization_id or 0, row.sku_id), ZERO) if group is Group.ORGANIZATION else None
        )
        named.append(
            replace(
                row,
                organization_name=owner.name if owner else "",
                tier=tiers.get(row.organization_id or 0, ""),
                warehouse_code=place.code if place else "",
                warehouse_name=place.name if place else "",
                sold_28_days=cover,
                days_of_cover=None if cover is None else rules.days_of_cover(row.on_hand, cover),
            )
        )
    return named


def _tiers(owners: Iterable[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organization_id, tier FROM partners_partner WHERE organization_id = ANY(%s)",
            [list(owners)],
        )
        return dict(cursor.fetchall())


def _sold(rows: Sequence[StockRow], *, on: date) -> dict[tuple[int, int], Decimal]:
    """Sell-out of the 28 days up to the day, by organization and sku."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, owner_id, sku_id FROM ledger_account"
            " WHERE kind = 'sold_out' AND owner_id = ANY(%s) AND sku_id = ANY(%s)",
            [[row.organization_id for row in rows], [row.sku_id for row in rows]],
        )
        accounts = cursor.fetchall()
    ids = [row[0] for row in accounts]
    ends, starts = balances_on(ids, on), balances_on(ids, on - timedelta(days=COVER_DAYS))
    sold: dict[tuple[int, int], Decimal] = {}
    for account_id, owner_id, sku_id in accounts:
        change = ends.get(account_id, ZERO) - starts.get(account_id, ZERO)
        sold[owner_id, sku_id] = sold.get((owner_id, sku_id), ZERO) + change
    return sold
