"""Sell-out, and rows of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID


class SaleSource(StrEnum):
    """How a sale became known."""

    ENTRY = "ENTRY"
    POS = "POS"
    IMPORT = "IMPORT"
    CORRECTION = "CORRECTION"


class RowState(StrEnum):
    """What became of one row of a batch."""

    RECORDED = "RECORDED"
    DUPLICATE = "DUPLICATE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class SaleLineDraft:
    """One line of a sale; below zero it is a return."""

    sku_id: int
    units: Decimal
    lot: str | None = None
    amount: Decimal | None = None
    external_id: str = ""
    external_line: str = ""


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A sale out of a partner's stock, or its correction."""

    id: UUID
    number: str
    organization_id: int
    warehouse_id: int
    buyer_id: int | None
    customer: str
    source: SaleSource
    business_date: date
    sold_at: datetime
    note: str
    reverses_id: UUID | None
    recorded_by: int | None
    recorded_at: datetime
    lines: tuple[SaleLineRow, ...]
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaleLineRow:
    """A line as posted; `is_reversed` when a correction took it back, `short` what went below zero."""

    line_no: int
    sku_id: int
    lot: str
    units: Decimal
    amount: Decimal | None
    external_id: str
    external_line: str
    short: Decimal
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file as the importer hands it on: texts or typed values by field name."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a row: with the code and words of its refusal, and the document that took it."""

    number: int
    state: RowState
    code: str = ""
    reason: str = ""
    field: str = ""
    document_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """Every row's outcome in the order of the rows, and the documents that were made."""

    rows: tuple[RowOutcome, ...]
    document_ids: tuple[UUID, ...] = field(default_factory=tuple)

    def count(self, state: RowState) -> int:
        return sum(row.state is state for row in self.rows)
