"""Sell-out: sales one by one or as a file, taken back and corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access import selectors as access
from huiliu.access.edge import ActorRequest
from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SkuFacts
from huiliu.inventory import errors, selectors, services
from huiliu.inventory import schemas as shapes
from huiliu.inventory.api.edge import (
    DOCUMENT,
    cases_text,
    cursor_key,
    find_sku,
    router,
    units_text,
    with_names,
)
from huiliu.inventory.types import BatchOutcome, Row, RowState, SaleLineDraft, SaleRow
from huiliu.kernel.ids import check_uuid7
from huiliu.kernel.refusals import Refusals
from huiliu.platform.errors import CursorInvalid, InvalidInput
from huiliu.platform.http.cursor import Page, page_of

_SALE = (
    *DOCUMENT,
    errors.SaleDateInvalid,
    errors.SaleBuyerInvalid,
    errors.SaleMayBeOrder,
    errors.SaleChanged,
)


def _sales(rows: Sequence[SaleRow]) -> list[dict[str, Any]]:
    """Sales with the names of goods, places, sides and people; a fixed number of statements for any page."""
    known = catalog.sku_facts({line.sku_id for row in rows for line in row.lines})
    sides = access.organizations_by_ids(
        {one for row in rows for one in (row.organization_id, row.buyer_id) if one is not None}
    )
    names = {one: organization.name for one, organization in sides.items()}
    return with_names(
        [
            _shown(row, known)
            | {
                "organization_name": names.get(row.organization_id, ""),
                "buyer_name": names.get(row.buyer_id or 0, ""),
            }
            for row in rows
        ]
    )


def _sale(row: SaleRow) -> dict[str, Any]:
    return _sales([row])[0]


def _shown(row: SaleRow, known: Mapping[int, SkuFacts]) -> dict[str, Any]:
    lines = []
    for line in row.lines:
        sku = known.get(line.sku_id)
        lines.append(
            asdict(line)
            | {
                "sku_code": sku.code if sku else "",
                "sku_name": sku.name if sku else "",
                "units": units_text(line.units),
                "units_text": cases_text(line.units, sku),
                "amount": units_text(line.amount),
                "short": units_text(line.short),
            }
        )
    return asdict(row) | {"lines": lines}


def batch(outcome: BatchOutcome) -> dict[str, Any]:
    """A batch as the API tells it."""
    return {
        "recorded": outcome.count(RowState.RECORDED),
        "duplicate": outcome.count(RowState.DUPLICATE),
        "refused": outcome.count(RowState.REFUSED),
        "rows": outcome.rows,
        "document_ids": outcome.document_ids,
    }


def _drafts(lines: Iterable[shapes.SaleLineIn]) -> list[SaleLineDraft]:
    refusals = Refusals()
    drafts = []
    for position, line in enumerate(lines):
        with refusals.collecting(f"lines[{position}]"):
            drafts.append(
                SaleLineDraft(
                    find_sku(line.sku_code).id,
                    line.units,
                    line.lot,
                    line.amount,
                    line.external_id,
                    line.external_line,
                )
            )
    refusals.raise_if_any()
    return drafts


@router.get("/sell-out", scope="stock:read", response=Page[shapes.SaleOut], errors=[CursorInvalid])
def list_sales(request: ActorRequest, query: Query[shapes.SaleQuery]) -> Any:
    """Reported sales, the latest day first."""
    key = cursor_key(query.cursor, date.fromisoformat, UUID)
    rows = selectors.list_sales(
        actor=request.actor,
        organization_id=query.organization_id,
        warehouse_id=query.warehouse_id,
        buyer_id=query.buyer_id,
        source=query.source,
        first=query.first,
        last=query.last,
        external_id=query.external_id,
        after=(key[0], key[1]) if key else None,
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.business_date.isoformat(), row.id))
    return page | {"items": _sales(page["items"])}


@router.post("/sell-out", scope="sell_out:write", response=shapes.SaleOut, status=201, errors=_SALE)
def record_sale(request: ActorRequest, body: shapes.SaleIn) -> Any:
    """Record a sale with its lines, all or nothing."""
    return _sale(
        services.record_sale(
            actor=request.actor,
            sale_id=check_uuid7(body.id, now=request.now),
            warehouse_id=body.warehouse_id,
            lines=_drafts(body.lines),
            sold_on=body.sold_on,
            buyer_id=body.buyer_id,
            customer=body.customer,
            note=body.note,
            is_no_order=body.is_no_order,
            now=request.now,
        )
    )


@router.post("/sell-out/rows", scope="sell_out:write", response=shapes.BatchOut, errors=[InvalidInput])
def record_sale_rows(request: ActorRequest, body: shapes.SaleRowsIn) -> Any:
    """Record the lines of a POS file; bad lines come back with their reason, the others count."""
    rows = [Row(number, line.dict()) for number, line in enumerate(body.rows, start=1)]
    return batch(
        services.record_sales(
            actor=request.actor,
            rows=rows,
            batch_id=body.batch_id,
            warehouse_id=body.warehouse_id,
            now=request.now,
        )
    )


@router.get(
    "/sell-out/{sale_id}", scope="stock:read", response=shapes.SaleOut, errors=[errors.SaleNotVisible]
)
def get_sale(request: ActorRequest, sale_id: UUID) -> Any:
    """One reported sale."""
    return _sale(selectors.get_sale(actor=request.actor, sale_id=sale_id))


@router.post(
    "/sell-out/{sale_id}/reverse",
    scope="sell_out:write",
    response=shapes.SaleOut,
    status=201,
    errors=[*DOCUMENT, errors.SaleNotVisible, errors.SaleReversed],
)
def reverse_sale(request: ActorRequest, sale_id: UUID, body: shapes.SaleReversalIn) -> Any:
    """Take a sale back by a document of its own."""
    return _sale(
        services.reverse_sale(
            actor=request.actor,
            reversal_id=check_uuid7(body.id, now=request.now),
            sale_id=sale_id,
            note=body.note,
            line_nos=body.line_nos,
            now=request.now,
        )
    )


@router.post(
    "/sell-out/{sale_id}/correct",
    scope="sell_out:write",
    response=shapes.SaleOut,
    status=201,
    errors=[*DOCUMENT, errors.SaleNotVisible, errors.SaleReversed],
)
def correct_sale(request: ActorRequest, sale_id: UUID, body: shapes.SaleCorrectionIn) -> Any:
    """Take a sale back and record what was really sold, both or neither."""
    return _sale(
        services.correct_sale(
            actor=request.actor,
            sale_id=sale_id,
            reversal_id=check_uuid7(body.reversal_id, now=request.now),
            replacement_id=check_uuid7(body.id, now=request.now),
            lines=_drafts(body.lines),
            note=body.note,
            now=request.now,
        )
    )
