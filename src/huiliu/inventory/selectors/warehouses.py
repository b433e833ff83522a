"""Places and how stock is kept there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Q

from huiliu.access.types import Actor
from huiliu.inventory.errors import WarehouseNotVisible
from huiliu.inventory.models import StockSetting, Warehouse
from huiliu.inventory.types import Shown, StockSettings, WarehouseRow
from huiliu.kernel.pinyin import search_words


def list_warehouses(
    *,
    actor: Actor,
    organization_id: int | None = None,
    is_active: bool | None = None,
    text: str = "",
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[WarehouseRow]:
    """Places in the reach by code, at most `limit`, after the (code, id) of the last one seen."""
    rows = Warehouse.objects.select_related("organization")
    if organization_id is not None:
        rows = rows.filter(organization_id=organization_id)
    if is_active is not None:
        rows = rows.filter(is_active=is_active)
    for word in search_words(text):
        rows = rows.filter(Q(code__icontains=word) | Q(name__icontains=word) | Q(city__icontains=word))
    if after is not None:
        rows = rows.filter(Q(code__gt=after[0]) | Q(code=after[0], id__gt=after[1]))
    return [_row(row, actor=actor) for row in rows.order_by("code", "id")[:limit]]


def get_warehouse(*, actor: Actor, warehouse_id: int) -> WarehouseRow:
    """Raises: WarehouseNotVisible."""
    row = Warehouse.objects.select_related("organization").filter(pk=warehouse_id).first()
    if row is None:
        raise WarehouseNotVisible("There is no such warehouse.", warehouse_id=warehouse_id)
    return _row(row, actor=actor)


def warehouse_names(ids: Collection[int]) -> dict[int, str]:
    """How these places are called; one that the reach does not show is absent."""
    return dict(Warehouse.objects.filter(pk__in=list(ids)).values_list("pk", "name")) if ids else {}


def stock_settings(organization_id: int) -> StockSettings:
    """How an organization in the reach keeps its stock; the defaults when it never said."""
    row = StockSetting.objects.filter(pk=organization_id).first()
    if row is None:
        return StockSettings(organization_id)
    return StockSettings(
        organization_id=organization_id,
        shown_to_buyers=Shown(row.shown_to_buyers),
        tight_below=row.tight_below,
        adjustment_limit=row.adjustment_limit,
        sells_before_stock_in=row.sells_before_stock_in,
        version=row.version,
    )


def moved_skus(organization_id: int, warehouse_id: int, sku_ids: Sequence[int]) -> list[int]:
    """Which skus ever had a movement at the place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inventory_moved_skus(%s, %s, %s::bigint[])",
            [organization_id, warehouse_id, list(sku_ids)],
        )
        return list(cursor.fetchone()[0] or [])


def _row(row: Warehouse, *, actor: Actor) -> WarehouseRow:
    actions = ("update", "close" if row.is_active else "open") if actor.may("stock:write") else ()
    return WarehouseRow(
        id=row.pk,
        code=row.code,
        name=row.name,
        organization_id=row.organization_id,
        organization_name=row.organization.name,
        region_code=row.region_code,
        city=row.city,
        address=row.address,
        priority=row.priority,
        is_active=row.is_active,
        version=row.version,
        allowed_actions=actions,
    )
