"""Adjustments and transfers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access.edge import ActorRequest
from huiliu.catalog import selectors as catalog
from huiliu.inventory import errors, rules, selectors, services
from huiliu.inventory import schemas as shapes
from huiliu.inventory.api.edge import (
    DOCUMENT,
    cases_text,
    change_line,
    newest_after,
    router,
    units_text,
    with_names,
)
from huiliu.inventory.types import AdjustmentRow, DocumentLine, TransferRow
from huiliu.kernel.ids import check_uuid7
from huiliu.kernel.refusals import Refusals, SeveralRefused
from huiliu.kernel.states import WrongState
from huiliu.platform.errors import CursorInvalid, InvalidInput
from huiliu.platform.http.cursor import Page, page_of


def _lines(lines: Iterable[DocumentLine]) -> list[dict[str, Any]]:
    shown = list(lines)
    known = catalog.sku_facts({line.sku_id for line in shown})
    return [
        asdict(line)
        | _lot(line.lot)
        | {
            "sku_code": sku.code if (sku := known.get(line.sku_id)) else "",
            "sku_name": sku.name if sku else "",
            "units": units_text(line.units),
            "units_text": cases_text(line.units, sku),
            "received": units_text(line.received),
        }
        for line in shown
    ]


def _lot(lot: str) -> dict[str, Any]:
    read = rules.read_lot(lot, shelf_life_days=None)
    return {"batch": read.batch, "expires_on": read.expires_on}


def _adjustment(row: AdjustmentRow) -> dict[str, Any]:
    return with_names([_adjustment_row(row)])[0]


def _adjustment_row(row: AdjustmentRow) -> dict[str, Any]:
    return asdict(row) | {"total_units": units_text(row.total_units), "lines": _lines(row.lines)}


def _transfer(row: TransferRow) -> dict[str, Any]:
    return with_names([_transfer_row(row)])[0]


def _transfer_row(row: TransferRow) -> dict[str, Any]:
    return asdict(row) | {"lines": _lines(row.lines)}


def _changes(lines: Iterable[shapes.StockLineIn]) -> list[Any]:
    refusals = Refusals()
    changes = []
    for position, line in enumerate(lines):
        with refusals.collecting(f"lines[{position}]"):
            changes.append(change_line(line))
    refusals.raise_if_any()
    return changes


@router.get(
    "/stock/adjustments",
    scope="stock:read",
    response=Page[shapes.AdjustmentOut],
    errors=[CursorInvalid],
)
def list_adjustments(request: ActorRequest, query: Query[shapes.AdjustmentQuery]) -> Any:
    """Adjustments, the newest first."""
    rows = selectors.list_adjustments(
        actor=request.actor,
        warehouse_id=query.warehouse_id,
        organization_id=query.organization_id,
        state=query.state,
        reason=query.reason,
        after=newest_after(query.cursor),
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.created_at.isoformat(), row.id))
    return page | {"items": with_names([_adjustment_row(row) for row in page["items"]])}


@router.post(
    "/stock/adjustments",
    scope="stock:write",
    response=shapes.AdjustmentOut,
    status=201,
    errors=[*DOCUMENT, errors.ReasonInvalid, errors.OpeningTaken],
)
def record_adjustment(request: ActorRequest, body: shapes.AdjustmentIn) -> Any:
    """Change stock for a reason; above the organization's limit it waits for approval."""
    return _adjustment(
        services.record_adjustment(
            actor=request.actor,
            adjustment_id=check_uuid7(body.id, now=request.now),
            warehouse_id=body.warehouse_id,
            reason=body.reason,
            note=body.note,
            lines=_changes(body.lines),
            now=request.now,
        )
    )


@router.get(
    "/stock/adjustments/{adjustment_id}",
    scope="stock:read",
    response=shapes.AdjustmentOut,
    errors=[errors.AdjustmentNotVisible],
)
def get_adjustment(request: ActorRequest, adjustment_id: UUID) -> Any:
    """One adjustment."""
    return _adjustment(selectors.get_adjustment(actor=request.actor, adjustment_id=adjustment_id))


@router.post(
    "/stock/adjustments/{adjustment_id}/approve",
    scope="stock:approve",
    response=shapes.AdjustmentOut,
    errors=[
        errors.AdjustmentNotVisible,
        errors.ApproverIsAuthor,
        errors.WarehouseNotVisible,
        errors.WarehouseClosed,
        errors.StockTooLow,
        errors.OpeningTaken,
        WrongState,
        SeveralRefused,
    ],
)
def approve_adjustment(request: ActorRequest, adjustment_id: UUID, body: shapes.DecisionIn) -> Any:
    """Agree to an adjustment and post it."""
    return _adjustment(
        services.approve_adjustment(
            actor=request.actor, adjustment_id=adjustment_id, note=body.note, now=request.now
        )
    )


@router.post(
    "/stock/adjustments/{adjustment_id}/reject",
    scope="stock:approve",
    response=shapes.AdjustmentOut,
    errors=[errors.AdjustmentNotVisible, WrongState, InvalidInput],
)
def reject_adjustment(request: ActorRequest, adjustment_id: UUID, body: shapes.DecisionIn) -> Any:
    """Refuse an adjustment; nothing is posted."""
    return _adjustment(
        services.reject_adjustment(
            actor=request.actor, adjustment_id=adjustment_id, note=body.note, now=request.now
        )
    )


@router.post(
    "/stock/adjustments/{adjustment_id}/withdraw",
    scope="stock:write",
    response=shapes.AdjustmentOut,
    errors=[errors.AdjustmentNotVisible, WrongState],
)
def withdraw_adjustment(request: ActorRequest, adjustment_id: UUID) -> Any:
    """Take back an adjustment that waits."""
    return _adjustment(
        services.withdraw_adjustment(actor=request.actor, adjustment_id=adjustment_id, now=request.now)
    )


@router.get("/stock/transfers", scope="stock:read", response=Page[shapes.TransferOut], errors=[CursorInvalid])
def list_transfers(request: ActorRequest, query: Query[shapes.TransferQuery]) -> Any:
    """Transfers between warehouses, the newest first."""
    rows = selectors.list_transfers(
        actor=request.actor,
        warehouse_id=query.warehouse_id,
        organization_id=query.organization_id,
        state=query.state,
        after=newest_after(query.cursor),
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.sent_at.isoformat(), row.id))
    return page | {"items": with_names([_transfer_row(row) for row in page["items"]])}


@router.post(
    "/stock/transfers",
    scope="stock:write",
    response=shapes.TransferOut,
    status=201,
    errors=[*DOCUMENT, errors.TransferInvalid],
)
def send_transfer(request: ActorRequest, body: shapes.TransferIn) -> Any:
    """Move goods to another warehouse of the same organization."""
    return _transfer(
        services.send_transfer(
            actor=request.actor,
            transfer_id=check_uuid7(body.id, now=request.now),
            from_warehouse_id=body.from_warehouse_id,
            to_warehouse_id=body.to_warehouse_id,
            lines=_changes(body.lines),
            is_distant=body.is_distant,
            note=body.note,
            now=request.now,
        )
    )


@router.get(
    "/stock/transfers/{transfer_id}",
    scope="stock:read",
    response=shapes.TransferOut,
    errors=[errors.TransferNotVisible],
)
def get_transfer(request: ActorRequest, transfer_id: UUID) -> Any:
    """One transfer."""
    return _transfer(selectors.get_transfer(actor=request.actor, transfer_id=transfer_id))


@router.post(
    "/stock/transfers/{transfer_id}/receive",
    scope="stock:write",
    response=shapes.TransferOut,
    errors=[
        errors.TransferNotVisible,
        errors.WarehouseNotVisible,
        errors.WarehouseClosed,
        WrongState,
        InvalidInput,
    ],
)
def receive_transfer(request: ActorRequest, transfer_id: UUID, body: shapes.TransferReceiptIn) -> Any:
    """Take a transfer in; what is missing is a loss."""
    return _transfer(
        services.receive_transfer(
            actor=request.actor,
            transfer_id=transfer_id,
            received={line.line_no: line.received for line in body.lines},
            note=body.note,
            now=request.now,
        )
    )


@router.post(
    "/stock/transfers/{transfer_id}/cancel",
    scope="stock:write",
    response=shapes.TransferOut,
    errors=[errors.TransferNotVisible, errors.WarehouseNotVisible, errors.WarehouseClosed, WrongState],
)
def cancel_transfer(request: ActorRequest, transfer_id: UUID, body: shapes.DecisionIn) -> Any:
    """Turn a transfer around."""
    return _transfer(
        services.cancel_transfer(
            actor=request.actor, transfer_id=transfer_id, note=body.note, now=request.now
        )
    )
