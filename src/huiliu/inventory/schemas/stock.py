"""Shapes of stock, its movements and what sellers show."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from huiliu.access.types import OrganizationKind
from huiliu.inventory.schemas.common import Day, Id, Text, Word
from huiliu.inventory.types import (
    Figure,
    Group,
    StockLevel,
)
from huiliu.platform.http.cursor import PageQuery


class StockQuery(PageQuery):
    """Which stock, how finely, and of which day (the end of it; without one: now)."""

    group: Group = Group.PLACE
    on: Day | None = None
    organization_id: Id | None = None
    under_id: Id | None = Field(default=None, description="This organization and everything below it.")
    tier: Word = ""
    kind: OrganizationKind | None = None
    warehouse_id: Id | None = None
    sku_id: Id | None = None
    category_id: Id | None = None
    text: Text = Field(default="", description="Part of a code or name of the goods.")
    expires_before: Day | None = None
    cover_below: int | None = Field(
        default=None, ge=1, le=365, description="Days of cover; asks for stock by organization."
    )
    with_empty: bool = False


class StockOut(Schema):
    """Base units; `*_text` in the goods' units. `held` and `available` are null of a past day."""

    sku_id: int
    sku_code: str
    sku_name: str
    base_unit: str
    organization_id: int | None
    organization_name: str
    tier: str
    warehouse_id: int | None
    warehouse_code: str
    warehouse_name: str
    lot: str
    batch: str
    produced_on: date | None
    expires_on: date | None
    on_hand: str
    on_hand_text: str
    held: str | None
    held_text: str
    available: str | None
    available_text: str
    in_transit: str
    in_transit_text: str
    sold_28_days: str | None
    days_of_cover: str | None
    is_negative: bool = Field(description="More was sold than the book had: count it or record what came in.")


class MovementQuery(PageQuery):
    sku_id: Id
    organization_id: Id | None = None
    warehouse_id: Id | None = None
    lot: Word | None = None
    figure: Figure = Figure.ON_HAND
    first: Day | None = None
    last: Day | None = None


class StockMovementOut(Schema):
    """One transfer behind a figure, with the document that caused it."""

    transfer_id: int
    change: str
    change_text: str
    kind: str
    organization_id: int
    sku_id: int
    warehouse_id: int | None
    lot: str
    against: str
    source_type: str
    source_id: UUID
    step: str
    document_number: str
    user_id: int | None
    user_name: str
    reason: str
    effective_at: datetime
    recorded_at: datetime


class StockCardQuery(Schema):
    sku_id: Id
    warehouse_id: Id


class StockCardOut(Schema):
    total: StockOut
    lots: list[StockOut]
    promises: list[StockMovementOut]
    movements: list[StockMovementOut]


class SellerStockQuery(Schema):
    seller_id: Id
    buyer_id: Id | None = Field(default=None, description="Without one: your own organization.")
    sku_ids: Annotated[list[Id], Field(min_length=1, max_length=500)]


class SellerStockOut(Schema):
    """In the words the seller allows: exact, 充足/紧张/无货, or nothing."""

    sku_id: int
    level: StockLevel | None
    available: str | None


class FlowQuery(Schema):
    first: Day
    last: Day
    organization_id: Id | None = Field(default=None, description="Without one: your own organization.")
    with_below: bool = Field(default=False, description="And everything below it.")
    sku_id: Id | None = None


class FlowOut(Schema):
    """opening + received + transferred - returned - sold_within - sold_out + adjusted + supplied = closing."""

    organization_id: int
    sku_id: int
    opening: str
    received: str
    transferred: str
    returned: str
    sold_within: str
    sold_out: str
    adjusted: str
    supplied: str
    closing: str
    sell_in: str
    in_transit: str


class LotQuery(Schema):
    sku_id: Id
    warehouse_id: Id
    units: Annotated[Decimal, Field(gt=0, le=10**9)]


class LotPickOut(Schema):
    lot: str
    batch: str
    expires_on: date | None
    units: str


class LotSuggestionOut(Schema):
    """What expires first goes first; nothing is promised."""

    lots: list[LotPickOut]
    missing: str
