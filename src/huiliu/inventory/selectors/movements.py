"""Behind a figure: the transfers that made it, with their documents, people and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.inventory.errors import SkuUnknown, WarehouseNotVisible
from huiliu.inventory.models import Warehouse
from huiliu.inventory.selectors.stock import list_stock, stock_accounts
from huiliu.inventory.types import (
    ZERO,
    Figure,
    FlowRow,
    Group,
    MovementRow,
    StockCard,
    StockFilters,
    StockKey,
    StockRow,
)
from huiliu.kernel.period import DEFAULT_ZONE, start_of_day
from huiliu.ledger.types import AccountKind
from huiliu.platform.subject_names import subject_names

_FAR_PAST: Final = datetime(1, 1, 2, tzinfo=UTC)
_FAR_FUTURE: Final = datetime(9999, 12, 30, tzinfo=UTC)
_LATEST: Final = 2**62
_KINDS: Final[dict[Figure, str]] = {
    Figure.ON_HAND: AccountKind.STOCK,
    Figure.HELD: AccountKind.STOCK,
    Figure.IN_TRANSIT: AccountKind.IN_TRANSIT,
    Figure.SOLD_OUT: AccountKind.SOLD_OUT,
}
CARD_ROWS: Final = 20


def movements(
    *,
    key: StockKey,
    figure: Figure,
    first: date | None = None,
    last: date | None = None,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
    zone: str = DEFAULT_ZONE,
) -> list[MovementRow]:
    """The transfers behind a figure, newest effect first, after the (effective_at, id) of the last one seen.

    Their changes sum up to the figure (over all days); of HELD they are the open promises.
    """
    accounts = stock_accounts(key, kinds=[_KINDS[figure]])
    before_at, before = after or (_FAR_FUTURE, _LATEST)
    with connection.cursor() as cursor:
        if figure is Figure.HELD:
            cursor.execute(
                "SELECT * FROM inventory_promises(%s::bigint[], %s, %s)", [accounts, before, limit]
            )
        else:
            cursor.execute(
                "SELECT * FROM inventory_movements(%s::bigint[], %s, %s, %s, %s, %s)",
                [
                    accounts,
                    start_of_day(first, zone) if first else _FAR_PAST,
                    start_of_day(last + timedelta(days=1), zone) if last else _FAR_FUTURE,
                    before_at,
                    before,
                    limit,
                ],
            )
        rows = cursor.fetchall()
    return _told(rows)


def stock_card(*, actor: Actor, sku_id: int, warehouse_id: int, now: datetime) -> StockCard:
    """Everything of one sku at one place. Raises: WarehouseNotVisible, SkuUnknown."""
    place = Warehouse.objects.filter(pk=warehouse_id).first()
    if place is None:
        raise WarehouseNotVisible("There is no such warehouse.", warehouse_id=warehouse_id)
    if sku_id not in catalog.sku_facts([sku_id]):
        raise SkuUnknown("There is no such goods.", field="sku_id", sku_id=sku_id)
    filters = StockFilters(
        organization_id=place.organization_id, warehouse_id=warehouse_id, sku_ids=(sku_id,), with_empty=True
    )

    def rows(group: Group, where: StockFilters) -> list[StockRow]:
        return list_stock(actor=actor, group=group, filters=where, limit=500, now=now)

    key = StockKey(sku_id, place.organization_id, warehouse_id)
    totals = rows(Group.PLACE, filters)
    lots = [row for row in rows(Group.LOT, filters) if row.on_hand or row.held]
    return StockCard(
        total=totals[0] if totals else _nothing(key, place),
        lots=tuple(sorted(lots, key=lambda row: (row.lot == "", row.lot))),
        promises=tuple(movements(key=key, figure=Figure.HELD, limit=CARD_ROWS)),
        movements=tuple(movements(key=key, figure=Figure.ON_HAND, limit=CARD_ROWS)),
    )


def flows(
    *,
    organization_ids: Sequence[int],
    sku_ids: Sequence[int] | None = None,
    first: date,
    last: date,
    zone: str,
) -> list[FlowRow]:
    """Opening, what came and went, closing, by organization and sku, for the days `first` to `last` inclusive.

    Sell-out and closing equal the metrics sell_out_units and stock_units; see docs/glossary.md for the words.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM inventory_flows(%s::bigint[], %s::bigint[], %s, %s)",
            [
                list(organization_ids),
                None if sku_ids is None else list(sku_ids),
                start_of_day(first, zone),
                start_of_day(last + timedelta(days=1), zone),
            ],
        )
        return [FlowRow(*row) for row in cursor.fetchall()]


def _nothing(key: StockKey, place: Warehouse) -> StockRow:
    return StockRow(
        sku_id=key.sku_id,
        organization_id=place.organization_id,
        organization_name=place.organization.name,
        tier="",
        warehouse_id=place.pk,
        warehouse_code=place.code,
        warehouse_name=place.name,
        lot="",
        expires_on=None,
        on_hand=ZERO,
        held=ZERO,
        in_transit=ZERO,
        sold_28_days=None,
        days_of_cover=None,
    )


def _told(rows: Sequence[tuple[Any, ...]]) -> list[MovementRow]:
    """Rows with the names of documents and people."""
    numbers = subject_names((row[5], row[6]) for row in rows)
    people = access.user_names({row[8] for row in rows if row[8]})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, owner_id, sku_id, place_id, lot FROM ledger_account WHERE id = ANY(%s)",
            [[row[1] for row in rows]],
        )
        accounts = {row[0]: row[1:] for row in cursor.fetchall()}
    told = []
    for (
        transfer_id,
        account_id,
        change,
        kind,
        against,
        source_type,
        source_id,
        step,
        user_id,
        note,
        at,
        known,
    ) in rows:
        owner_id, sku_id, place_id, lot = accounts[account_id]
        told.append(
            MovementRow(
                transfer_id=transfer_id,
                change=change,
                kind=kind,
                organization_id=owner_id,
                sku_id=sku_id,
                warehouse_id=place_id,
                lot=lot,
                against=against or "",
                source_type=source_type,
                source_id=source_id,
                step=step,
                document_number=numbers.get((source_type, str(source_id)), ""),
                user_id=user_id,
                user_name=people.get(user_id, ""),
                reason=note,
                effective_at=at,
                recorded_at=known,
            )
        )
    return told
