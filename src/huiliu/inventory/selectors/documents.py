"""Documents of stock with their lines, as the reader may see and use them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from huiliu.access.types import Actor
from huiliu.inventory import rules
from huiliu.inventory.errors import AdjustmentNotVisible, TransferNotVisible
from huiliu.inventory.models import Adjustment, AdjustmentLine, StockTransfer, StockTransferLine
from huiliu.inventory.types import (
    AdjustmentReason,
    AdjustmentRow,
    AdjustmentState,
    DocumentLine,
    TransferRow,
    TransferState,
)


def list_adjustments(
    *,
    actor: Actor,
    warehouse_id: int | None = None,
    organization_id: int | None = None,
    state: AdjustmentState | None = None,
    reason: AdjustmentReason | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[AdjustmentRow]:
    """The newest adjustments first, after the (created_at, id) of the last one seen."""
    rows = Adjustment.objects.all()
    if warehouse_id is not None:
        rows = rows.filter(warehouse_id=warehouse_id)
    if organization_id is not None:
        rows = rows.filter(organization_id=organization_id)
    if state is not None:
        rows = rows.filter(state=state)
    if reason is not None:
        rows = rows.filter(reason=reason)
    if after is not None:
        rows = rows.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    return _adjustments(list(rows.order_by("-created_at", "-id")[:limit]), actor=actor)


def get_adjustment(*, actor: Actor, adjustment_id: UUID) -> AdjustmentRow:
    """Raises: AdjustmentNotVisible."""
    found = _adjustments(list(Adjustment.objects.filter(pk=adjustment_id)), actor=actor)
    if not found:
        raise AdjustmentNotVisible("There is no such adjustment.", adjustment_id=str(adjustment_id))
    return found[0]


def list_transfers(
    *,
    actor: Actor,
    warehouse_id: int | None = None,
    organization_id: int | None = None,
    state: TransferState | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[TransferRow]:
    """The newest transfers first, after the (sent_at, id) of the last one seen."""
    rows = StockTransfer.objects.all()
    if warehouse_id is not None:
        rows = rows.filter(Q(from_warehouse_id=warehouse_id) | Q(to_warehouse_id=warehouse_id))
    if organization_id is not None:
        rows = rows.filter(organization_id=organization_id)
    if state is not None:
        rows = rows.filter(state=state)
    if after is not None:
        rows = rows.filter(Q(sent_at__lt=after[0]) | Q(sent_at=after[0], id__lt=after[1]))
    return _transfers(list(rows.order_by("-sent_at", "-id")[:limit]), actor=actor)


def get_transfer(*, actor: Actor, transfer_id: UUID) -> TransferRow:
    """Raises: TransferNotVisible."""
    found = _transfers(list(StockTransfer.objects.filter(pk=transfer_id)), actor=actor)
    if not found:
        raise TransferNotVisible("There is no such transfer.", transfer_id=str(transfer_id))
    return found[0]


def _adjustments(rows: Sequence[Adjustment], *, actor: Actor) -> list[AdjustmentRow]:
    lines: dict[UUID, list[DocumentLine]] = {}
    found = AdjustmentLine.objects.filter(adjustment_id__in=[row.pk for row in rows])
    for line in found.order_by("adjustment_id", "line_no"):
        lines.setdefault(line.adjustment_id, []).append(
            DocumentLine(line.line_no, line.sku_id, line.lot or "", line.units, line.note)
        )
    return [
        AdjustmentRow(
            id=row.pk,
            number=row.number,
            organization_id=row.organization_id,
            warehouse_id=row.warehouse_id,
            reason=AdjustmentReason(row.reason),
            note=row.note,
            state=AdjustmentState(row.state),
            total_units=row.total_units,
            created_by=row.created_by,
            created_at=row.created_at,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            decision_note=row.decision_note,
            lines=tuple(lines.get(row.pk, ())),
            allowed_actions=rules.adjustment_actions(
                AdjustmentState(row.state),
                may_write=actor.may("stock:write"),
                may_approve=actor.may("stock:approve"),
                is_author=row.created_by == actor.user_id,
            ),
        )
        for row in rows
    ]


def _transfers(rows: Sequence[StockTransfer], *, actor: Actor) -> list[TransferRow]:
    lines: dict[UUID, list[DocumentLine]] = {}
    found = StockTransferLine.objects.filter(transfer_id__in=[row.pk for row in rows])
    for line in found.order_by("transfer_id", "line_no"):
        lines.setdefault(line.transfer_id, []).append(
            DocumentLine(line.line_no, line.sku_id, line.lot, line.units, received=line.received)
        )
    return [
        TransferRow(
            id=row.pk,
            number=row.number,
            organization_id=row.organization_id,
            from_warehouse_id=row.from_warehouse_id,
            to_warehouse_id=row.to_warehouse_id,
            state=TransferState(row.state),
            note=row.note,
            sent_by=row.sent_by,
            sent_at=row.sent_at,
            received_by=row.received_by,
            received_at=row.received_at,
            lines=tuple(lines.get(row.pk, ())),
            allowed_actions=rules.transfer_actions(
                TransferState(row.state), may_write=actor.may("stock:write")
            ),
        )
        for row in rows
    ]


def openings(warehouse_id: int, sku_ids: Collection[int]) -> dict[tuple[int, str], tuple[Decimal, UUID]]:
    """What was opened at a place: units and document by (sku, lot)."""
    documents = Adjustment.objects.filter(
        warehouse_id=warehouse_id, reason=AdjustmentReason.OPENING, state=AdjustmentState.POSTED
    )
    rows = AdjustmentLine.objects.filter(
        adjustment_id__in=documents.values_list("id", flat=True), sku_id__in=set(sku_ids)
    )
    return {(row.sku_id, row.lot or ""): (row.units, row.adjustment_id) for row in rows}
