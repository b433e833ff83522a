"""Warehouses and how stock is kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ninja import Query

from huiliu.access.edge import ActorRequest
from huiliu.access.errors import OrganizationNotVisible
from huiliu.inventory import errors, selectors, services
from huiliu.inventory import schemas as shapes
from huiliu.inventory.api.edge import cursor_key, router
from huiliu.inventory.types import StockSettings, WarehouseDraft
from huiliu.kernel.money import plain_text
from huiliu.platform.errors import CursorInvalid, InvalidInput, ScopeMissing, Stale
from huiliu.platform.http.cursor import Page, page_of


def _draft(body: shapes.WarehouseIn) -> WarehouseDraft:
    return WarehouseDraft(
        name=body.name,
        code=body.code,
        region_code=body.region_code,
        city=body.city,
        address=body.address,
        priority=body.priority,
    )


def _settings(settings: StockSettings) -> dict[str, Any]:
    return asdict(settings) | {
        "tight_below": plain_text(settings.tight_below),
        "adjustment_limit": plain_text(settings.adjustment_limit),
    }


@router.get("/warehouses", scope="stock:read", response=Page[shapes.WarehouseOut], errors=[CursorInvalid])
def list_warehouses(request: ActorRequest, query: Query[shapes.WarehouseQuery]) -> Any:
    """Places in the reader's reach, by code."""
    key = cursor_key(query.cursor, str, int)
    rows = selectors.list_warehouses(
        actor=request.actor,
        organization_id=query.organization_id,
        is_active=query.is_active,
        text=query.text,
        after=(key[0], key[1]) if key else None,
        limit=query.limit + 1,
    )
    return page_of(rows, limit=query.limit, key=lambda row: (row.code, row.id))


@router.post(
    "/warehouses",
    scope="stock:write",
    response=shapes.WarehouseOut,
    status=201,
    errors=[OrganizationNotVisible, ScopeMissing, InvalidInput, errors.WarehouseCodeTaken],
)
def create_warehouse(request: ActorRequest, body: shapes.NewWarehouseIn) -> Any:
    """One more place of an organization."""
    return services.create_warehouse(
        actor=request.actor, organization_id=body.organization_id, draft=_draft(body), now=request.now
    )


@router.get(
    "/warehouses/{warehouse_id}",
    scope="stock:read",
    response=shapes.WarehouseOut,
    errors=[errors.WarehouseNotVisible],
)
def get_warehouse(request: ActorRequest, warehouse_id: shapes.Id) -> Any:
    """One place."""
    return selectors.get_warehouse(actor=request.actor, warehouse_id=warehouse_id)


@router.put(
    "/warehouses/{warehouse_id}",
    scope="stock:write",
    response=shapes.WarehouseOut,
    errors=[errors.WarehouseNotVisible, errors.WarehouseCodeTaken, InvalidInput, Stale],
)
def update_warehouse(request: ActorRequest, warehouse_id: shapes.Id, body: shapes.WarehouseChangeIn) -> Any:
    """Replace what is written of a place."""
    return services.update_warehouse(
        actor=request.actor,
        warehouse_id=warehouse_id,
        version=body.version,
        draft=_draft(body),
        now=request.now,
    )


@router.post(
    "/warehouses/{warehouse_id}/open",
    scope="stock:write",
    response=shapes.WarehouseOut,
    errors=[errors.WarehouseNotVisible, errors.WarehouseNotEmpty, errors.WarehouseLast, Stale],
)
def set_warehouse_open(request: ActorRequest, warehouse_id: shapes.Id, body: shapes.WarehouseOpenIn) -> Any:
    """Close an empty place, or open it again."""
    return services.set_warehouse_open(
        actor=request.actor,
        warehouse_id=warehouse_id,
        version=body.version,
        is_open=body.is_open,
        now=request.now,
    )


@router.get(
    "/stock/settings",
    scope="stock:read",
    response=shapes.StockSettingsOut,
    errors=[OrganizationNotVisible],
)
def get_stock_settings(request: ActorRequest, query: Query[shapes.StockSettingsQuery]) -> Any:
    """How an organization keeps its stock."""
    return _settings(selectors.stock_settings(query.organization_id or request.actor.organization_id))


@router.put(
    "/stock/settings",
    scope="stock:approve",
    response=shapes.StockSettingsOut,
    errors=[OrganizationNotVisible, ScopeMissing, InvalidInput, Stale],
)
def change_stock_settings(request: ActorRequest, body: shapes.StockSettingsIn) -> Any:
    """Say how an organization keeps its stock."""
    settings = StockSettings(**body.dict())
    return _settings(services.change_settings(actor=request.actor, settings=settings, now=request.now))
