"""Shapes of sell-out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.inventory.schemas.common import Code, Day, Id, Note, Text, Units, Word
from huiliu.inventory.types import (
    RowState,
    SaleSource,
)
from huiliu.platform.http.cursor import PageQuery


class SaleLineIn(Schema):
    """One sku sold; below zero it came back. Without a lot what expires first goes."""

    sku_code: Code
    units: Units
    lot: Word | None = None
    amount: Units | None = Field(default=None, description="What the customer paid for the line.")
    external_id: Text = Field(default="", description="The receipt or document of another system.")
    external_line: Word = ""


class SaleIn(Schema):
    """A sale out of a warehouse; `id` is a UUIDv7 of your own."""

    id: UUID
    warehouse_id: Id
    sold_on: Day | None = Field(default=None, description="Today or an earlier day.")
    buyer_id: Id | None = Field(
        default=None, description="A store or partner of the channel below the seller."
    )
    customer: Text = ""
    note: Note = ""
    is_no_order: bool = Field(
        default=False, description="It is another sale than the order that was shipped."
    )
    lines: Annotated[list[SaleLineIn], Field(min_length=1, max_length=5000)]


class SaleRowIn(Schema):
    """A line of a POS file; a barcode also says the unit."""

    warehouse_code: Word = ""
    sku_code: Word = ""
    barcode: Word = ""
    quantity: Word
    unit: Word = ""
    sold_on: Day | None = None
    amount: Units | None = None
    customer: Text = ""
    buyer_code: Word = ""
    external_id: Word = ""
    external_line: Word = ""
    batch: Word = ""
    expires_on: Day | None = None
    produced_on: Day | None = None


class SaleRowsIn(Schema):
    """Lines of a POS file: bad ones come back with their reason, known ones are not counted again."""

    batch_id: UUID = Field(
        description="Names rows without a receipt number: the same batch again counts once."
    )
    warehouse_id: Id | None = Field(default=None, description="For rows that name none.")
    rows: Annotated[list[SaleRowIn], Field(min_length=1, max_length=5000)]


class SaleReversalIn(Schema):
    """Take a sale back, whole or some lines; `id` is a UUIDv7 of your own."""

    id: UUID
    note: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
    line_nos: Annotated[list[Annotated[int, Field(ge=1, le=100_000)]], Field(max_length=5000)] | None = None


class SaleCorrectionIn(Schema):
    """What was really sold: the old lines are taken back, these are recorded, on the same day."""

    reversal_id: UUID
    id: UUID
    note: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
    lines: Annotated[list[SaleLineIn], Field(min_length=1, max_length=5000)]


class SaleQuery(PageQuery):
    organization_id: Id | None = None
    warehouse_id: Id | None = None
    buyer_id: Id | None = None
    source: SaleSource | None = None
    first: Day | None = None
    last: Day | None = None
    external_id: Word = ""


class SaleLineOut(Schema):
    line_no: int
    sku_id: int
    sku_code: str
    sku_name: str
    lot: str
    units: str
    units_text: str
    amount: str | None
    external_id: str
    external_line: str
    short: str = Field(description="What of it the book did not have.")
    is_reversed: bool


class SaleOut(Schema):
    id: UUID
    number: str
    organization_id: int
    organization_name: str = Field(description="Empty, as the other names, when the reader does not see it.")
    warehouse_id: int
    warehouse_name: str
    buyer_id: int | None
    buyer_name: str
    customer: str
    source: SaleSource
    business_date: date
    sold_at: datetime
    note: str
    reverses_id: UUID | None
    recorded_by: int | None
    recorded_by_name: str
    recorded_at: datetime
    lines: list[SaleLineOut]
    allowed_actions: list[str]


class RowOutcomeOut(Schema):
    """What became of a row: recorded, known already, or refused with a reason."""

    number: int
    state: RowState
    code: str
    reason: str
    field: str
    document_id: UUID | None


class BatchOut(Schema):
    recorded: int
    duplicate: int
    refused: int
    rows: list[RowOutcomeOut]
    document_ids: list[UUID]
