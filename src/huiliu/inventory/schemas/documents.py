"""Shapes of adjustments and transfers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from huiliu.inventory.schemas.common import Code, Day, Id, Note, Positive, Units, Word
from huiliu.inventory.types import (
    AdjustmentReason,
    AdjustmentState,
    TransferState,
)
from huiliu.platform.http.cursor import PageQuery


class StockLineIn(Schema):
    """One sku by its code. Name a lot by its text, or by batch and dates; without any, what expires first goes."""

    sku_code: Code
    units: Units
    lot: Word | None = None
    batch: Word = ""
    expires_on: Day | None = None
    produced_on: Day | None = None
    note: Note = ""


class AdjustmentIn(Schema):
    """Stock that came (above zero) or went (below zero) for a reason; `id` is a UUIDv7 of your own."""

    id: UUID
    warehouse_id: Id
    reason: AdjustmentReason
    note: Note = ""
    lines: Annotated[list[StockLineIn], Field(min_length=1, max_length=2000)]


class DecisionIn(Schema):
    """Why."""

    note: Note = ""


class AdjustmentQuery(PageQuery):
    warehouse_id: Id | None = None
    organization_id: Id | None = None
    state: AdjustmentState | None = None
    reason: AdjustmentReason | None = None


class StockLineOut(Schema):
    line_no: int
    sku_id: int
    sku_code: str
    sku_name: str
    lot: str
    batch: str
    expires_on: date | None
    units: str
    units_text: str = Field(description="In the goods' units: 3箱5瓶.")
    received: str | None
    note: str


class AdjustmentOut(Schema):
    id: UUID
    number: str
    organization_id: int
    warehouse_id: int
    warehouse_name: str
    reason: AdjustmentReason
    note: str
    state: AdjustmentState
    total_units: str
    created_by: int | None
    created_by_name: str
    created_at: datetime
    decided_by: int | None
    decided_by_name: str
    decided_at: datetime | None
    decision_note: str
    lines: list[StockLineOut]
    allowed_actions: list[str]


class TransferIn(Schema):
    """Goods between two warehouses of one organization; `id` is a UUIDv7 of your own."""

    id: UUID
    from_warehouse_id: Id
    to_warehouse_id: Id
    is_distant: bool = Field(default=False, description="They are on the way until somebody receives them.")
    note: Note = ""
    lines: Annotated[list[StockLineIn], Field(min_length=1, max_length=2000)]


class TransferLineReceivedIn(Schema):
    line_no: Annotated[int, Field(ge=1, le=100_000)]
    received: Positive


class TransferReceiptIn(Schema):
    """What arrived; lines that are not named arrived in full."""

    lines: Annotated[list[TransferLineReceivedIn], Field(max_length=5000)] = Field(default_factory=list)
    note: Note = ""


class TransferQuery(PageQuery):
    warehouse_id: Id | None = None
    organization_id: Id | None = None
    state: TransferState | None = None


class TransferOut(Schema):
    id: UUID
    number: str
    organization_id: int
    from_warehouse_id: int
    from_warehouse_name: str
    to_warehouse_id: int
    to_warehouse_name: str
    state: TransferState
    note: str
    sent_by: int | None
    sent_by_name: str
    sent_at: datetime
    received_by: int | None
    received_by_name: str
    received_at: datetime | None
    lines: list[StockLineOut]
    allowed_actions: list[str]
