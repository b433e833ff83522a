"""Adjustments and transfers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum, auto
from uuid import UUID

from huiliu.kernel.states import State


class AdjustmentReason(StrEnum):
    """Why stock changes without an order; `rules.REASON_SIGNS` says which way each may go."""

    DAMAGE = "DAMAGE"
    LOSS = "LOSS"
    EXPIRED = "EXPIRED"
    SAMPLE = "SAMPLE"
    OWN_USE = "OWN_USE"
    FOUND = "FOUND"
    CORRECTION = "CORRECTION"
    OPENING = "OPENING"
    OTHER = "OTHER"


class AdjustmentState(State):
    """A small one is posted at once, a large one waits for somebody else."""

    SUBMITTED = auto()
    POSTED = auto()
    REJECTED = auto()
    WITHDRAWN = auto()


class TransferState(State):
    """Between two places of one organization."""

    SENT = auto()
    RECEIVED = auto()
    CANCELLED = auto()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One sku of an adjustment, signed; or of a transfer, above zero."""

    sku_id: int
    units: Decimal
    lot: str | None = (
        None  # None: for goods that leave the lots that expire first, for goods that come no lot
    )
    note: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of a posted document."""

    line_no: int
    sku_id: int
    lot: str
    units: Decimal
    note: str = ""
    received: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """An adjustment with its lines."""

    id: UUID
    number: str
    organization_id: int
    warehouse_id: int
    reason: AdjustmentReason
    note: str
    state: AdjustmentState
    total_units: Decimal
    created_by: int | None
    created_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    decision_note: str
    lines: tuple[DocumentLine, ...]
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TransferRow:
    """Goods between two warehouses of one organization."""

    id: UUID
    number: str
    organization_id: int
    from_warehouse_id: int
    to_warehouse_id: int
    state: TransferState
    note: str
    sent_by: int | None
    sent_at: datetime
    received_by: int | None
    received_at: datetime | None
    lines: tuple[DocumentLine, ...]
    allowed_actions: tuple[str, ...]
