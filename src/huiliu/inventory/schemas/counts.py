"""Shapes of stock-takes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from huiliu.inventory.schemas.common import Code, Id, Note, Positive, Word
from huiliu.inventory.types import (
    CountState,
    LineVerdict,
)
from huiliu.platform.http.cursor import PageQuery


class CountIn(Schema):
    """A stock-take to come; without categories and goods everything in the warehouse. `id` is a UUIDv7 of your own."""

    id: UUID
    warehouse_id: Id
    category_ids: Annotated[list[Id], Field(max_length=500)] = Field(default_factory=list)
    sku_ids: Annotated[list[Id], Field(max_length=5000)] = Field(default_factory=list)
    is_blind: bool = Field(default=True, description="Who counts does not see the book.")
    freezes: bool = Field(
        default=False, description="What is available is promised to nobody else meanwhile."
    )
    by_lot: bool = Field(default=False, description="Count each lot by itself.")
    recount_above: Positive | None = Field(default=None, description="Larger differences are counted twice.")
    note: Note = ""


class CountFigureIn(Schema):
    """What was found of a sku (and lot) in an area; the latest figure of a counter and area counts, areas add up."""

    sku_code: Code
    units: Positive
    lot: Word = ""
    area: Word = ""


class CountFiguresIn(Schema):
    rows: Annotated[list[CountFigureIn], Field(min_length=1, max_length=5000)]


class CountFiguresOut(Schema):
    taken: int


class CountKeyIn(Schema):
    sku_id: Id
    lot: Word = ""


class RecountIn(Schema):
    """What to count once more; null: all that does not agree with the book."""

    lines: Annotated[list[CountKeyIn], Field(min_length=1, max_length=5000)] | None = None


class CountApprovalIn(Schema):
    """How goods are taken that nobody counted: gone (true), as the book has them (false), or not at all (null)."""

    note: Note = ""
    uncounted_as_zero: bool | None = None


class CountQuery(PageQuery):
    warehouse_id: Id | None = None
    organization_id: Id | None = None
    state: CountState | None = None


class CountLineQuery(PageQuery):
    only_open: bool = Field(default=False, description="What is to be counted now, or does not agree.")


class CountOut(Schema):
    id: UUID
    number: str
    organization_id: int
    warehouse_id: int
    warehouse_name: str
    state: CountState
    round: int
    is_blind: bool
    freezes: bool
    by_lot: bool
    recount_above: str | None
    category_ids: list[int]
    sku_ids: list[int]
    note: str
    line_count: int
    verdicts: dict[str, int]
    created_by: int | None
    created_by_name: str
    created_at: datetime
    started_at: datetime | None
    decided_by: int | None
    decided_by_name: str
    decided_at: datetime | None
    decision_note: str
    allowed_actions: list[str]


class CountLineOut(Schema):
    sku_id: int
    sku_code: str
    sku_name: str
    lot: str
    round: int
    counted: str | None
    counted_text: str
    counted_at: datetime | None
    book: str | None
    book_text: str
    difference: str | None
    difference_text: str
    verdict: LineVerdict | None
    is_recount: bool


class CountEntryOut(Schema):
    id: int
    round: int
    sku_id: int
    sku_code: str
    sku_name: str
    lot: str
    area: str
    units: str
    units_text: str
    counter_id: int | None
    counter_name: str
    counted_at: datetime


class CountEventOut(Schema):
    type: str
    user_id: int | None
    at: datetime
    payload: dict[str, Any]
