"""Stock-takes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access.edge import ActorRequest
from huiliu.catalog import selectors as catalog
from huiliu.inventory import errors, selectors, services
from huiliu.inventory import schemas as shapes
from huiliu.inventory.api.edge import (
    cases_text,
    cursor_key,
    find_sku,
    newest_after,
    router,
    units_text,
    with_names,
)
from huiliu.inventory.types import CountDraft, CountedRow, CountRow
from huiliu.kernel.ids import ClockSkewed, IdInvalid, check_uuid7
from huiliu.kernel.refusals import Refusals, SeveralRefused
from huiliu.kernel.states import WrongState
from huiliu.platform.errors import CursorInvalid, InvalidInput
from huiliu.platform.http.cursor import Page, PageQuery, page_of

_SEEN = errors.CountNotVisible


def _count(row: CountRow) -> dict[str, Any]:
    return with_names([_count_row(row)])[0]


def _count_row(row: CountRow) -> dict[str, Any]:
    return asdict(row) | {"recount_above": units_text(row.recount_above)}


@router.get("/stock/counts", scope="stock:read", response=Page[shapes.CountOut], errors=[CursorInvalid])
def list_counts(request: ActorRequest, query: Query[shapes.CountQuery]) -> Any:
    """Stock-takes, the newest first."""
    rows = selectors.list_counts(
        actor=request.actor,
        warehouse_id=query.warehouse_id,
        organization_id=query.organization_id,
        state=query.state,
        after=newest_after(query.cursor),
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.created_at.isoformat(), row.id))
    return page | {"items": with_names([_count_row(row) for row in page["items"]])}


@router.post(
    "/stock/counts",
    scope="stock:write",
    response=shapes.CountOut,
    status=201,
    errors=[
        errors.WarehouseNotVisible,
        errors.WarehouseClosed,
        errors.SkuUnknown,
        errors.CountOverlaps,
        errors.IdReused,
        IdInvalid,
        ClockSkewed,
        InvalidInput,
    ],
)
def plan_count(request: ActorRequest, body: shapes.CountIn) -> Any:
    """Plan a stock-take."""
    draft = CountDraft(
        warehouse_id=body.warehouse_id,
        category_ids=tuple(body.category_ids),
        sku_ids=tuple(body.sku_ids),
        is_blind=body.is_blind,
        freezes=body.freezes,
        by_lot=body.by_lot,
        recount_above=body.recount_above,
        note=body.note,
    )
    count_id = check_uuid7(body.id, now=request.now)
    return _count(services.plan_count(actor=request.actor, count_id=count_id, draft=draft, now=request.now))


@router.get("/stock/counts/{count_id}", scope="stock:read", response=shapes.CountOut, errors=[_SEEN])
def get_count(request: ActorRequest, count_id: UUID) -> Any:
    """One stock-take."""
    return _count(selectors.get_count(actor=request.actor, count_id=count_id))


@router.get(
    "/stock/counts/{count_id}/lines",
    scope="stock:read",
    response=Page[shapes.CountLineOut],
    errors=[_SEEN, CursorInvalid],
)
def list_count_lines(request: ActorRequest, count_id: UUID, query: Query[shapes.CountLineQuery]) -> Any:
    """The goods of a stock-take; figures are hidden while a blind count runs."""
    key = cursor_key(query.cursor, int, str)
    rows = selectors.count_lines(
        actor=request.actor,
        count_id=count_id,
        only_open=query.only_open,
        after=(key[0], key[1]) if key else None,
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.sku_id, row.lot))
    known = catalog.sku_facts({row.sku_id for row in page["items"]})
    items = []
    for row in page["items"]:
        sku = known.get(row.sku_id)
        items.append(
            asdict(row)
            | {name: units_text(getattr(row, name)) for name in ("counted", "book", "difference")}
            | {
                "sku_code": sku.code if sku else "",
                "sku_name": sku.name if sku else "",
                "counted_text": cases_text(row.counted, sku),
                "difference_text": cases_text(row.difference, sku),
                "book_text": cases_text(row.book, sku),
            }
        )
    return page | {"items": items}


@router.get(
    "/stock/counts/{count_id}/entries",
    scope="stock:read",
    response=Page[shapes.CountEntryOut],
    errors=[_SEEN, CursorInvalid],
)
def list_count_entries(request: ActorRequest, count_id: UUID, query: Query[PageQuery]) -> Any:
    """The figures as they were counted; while a blind count runs only the reader's own."""
    key = cursor_key(query.cursor, int)
    rows = selectors.count_entries(
        actor=request.actor,
        count_id=count_id,
        after_id=key[0] if key else 0,
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.id,))
    known = catalog.sku_facts({row.sku_id for row in page["items"]})
    items = []
    for row in page["items"]:
        sku = known.get(row.sku_id)
        names = {"sku_code": sku.code if sku else "", "sku_name": sku.name if sku else ""}
        text = {"units": units_text(row.units), "units_text": cases_text(row.units, sku)}
        items.append(asdict(row) | names | text)
    return page | {"items": items}


@router.get(
    "/stock/counts/{count_id}/history",
    scope="stock:read",
    response=list[shapes.CountEventOut],
    errors=[_SEEN],
)
def count_history(request: ActorRequest, count_id: UUID) -> Any:
    """Every move of a stock-take, oldest first."""
    return [
        {"type": row.type, "user_id": row.user_id, "at": row.effective_at, "payload": row.payload}
        for row in selectors.count_history(actor=request.actor, count_id=count_id)
    ]


@router.post(
    "/stock/counts/{count_id}/start",
    scope="stock:write",
    response=shapes.CountOut,
    errors=[_SEEN, errors.WarehouseNotVisible, errors.WarehouseClosed, WrongState],
)
def start_count(request: ActorRequest, count_id: UUID) -> Any:
    """Begin to count."""
    return _count(services.start_count(actor=request.actor, count_id=count_id, now=request.now))


@router.post(
    "/stock/counts/{count_id}/entries",
    scope="stock:write",
    response=shapes.CountFiguresOut,
    errors=[
        _SEEN,
        errors.CountOutOfScope,
        errors.SkuUnknown,
        errors.UnitsInvalid,
        WrongState,
        SeveralRefused,
        InvalidInput,
    ],
)
def record_count_entries(request: ActorRequest, count_id: UUID, body: shapes.CountFiguresIn) -> Any:
    """Say what was found."""
    refusals = Refusals()
    rows = []
    for position, row in enumerate(body.rows):
        with refusals.collecting(f"rows[{position}]"):
            rows.append(CountedRow(find_sku(row.sku_code).id, row.units, row.lot, row.area))
    refusals.raise_if_any()
    taken = services.record_count_entries(actor=request.actor, count_id=count_id, rows=rows, now=request.now)
    return {"taken": taken}


@router.post(
    "/stock/counts/{count_id}/close-round",
    scope="stock:write",
    response=shapes.CountOut,
    errors=[_SEEN, WrongState],
)
def close_count_round(request: ActorRequest, count_id: UUID) -> Any:
    """End counting and compare with the book."""
    return _count(services.close_round(actor=request.actor, count_id=count_id, now=request.now))


@router.post(
    "/stock/counts/{count_id}/recount",
    scope="stock:write",
    response=shapes.CountOut,
    errors=[_SEEN, errors.CountOutOfScope, WrongState, InvalidInput],
)
def recount(request: ActorRequest, count_id: UUID, body: shapes.RecountIn) -> Any:
    """Have some goods counted once more."""
    keys = None if body.lines is None else [(line.sku_id, line.lot) for line in body.lines]
    return _count(services.recount(actor=request.actor, count_id=count_id, keys=keys, now=request.now))


@router.post(
    "/stock/counts/{count_id}/approve",
    scope="stock:approve",
    response=shapes.CountOut,
    errors=[
        _SEEN,
        errors.CountUnfinished,
        errors.ApproverIsAuthor,
        errors.WarehouseNotVisible,
        errors.WarehouseClosed,
        errors.StockTooLow,
        WrongState,
        SeveralRefused,
    ],
)
def approve_count(request: ActorRequest, count_id: UUID, body: shapes.CountApprovalIn) -> Any:
    """Post what differs."""
    return _count(
        services.approve_count(
            actor=request.actor,
            count_id=count_id,
            note=body.note,
            uncounted_as_zero=body.uncounted_as_zero,
            now=request.now,
        )
    )


@router.post(
    "/stock/counts/{count_id}/cancel",
    scope="stock:write",
    response=shapes.CountOut,
    errors=[_SEEN, WrongState, InvalidInput],
)
def cancel_count(request: ActorRequest, count_id: UUID, body: shapes.DecisionIn) -> Any:
    """Give a stock-take up; nothing is posted."""
    return _count(
        services.cancel_count(actor=request.actor, count_id=count_id, note=body.note, now=request.now)
    )
