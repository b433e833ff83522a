"""Shapes of the inventory API. Quantities are decimal strings in base units."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.access.types import OrganizationKind
from huiliu.inventory.types import (
    AdjustmentState,
    Figure,
    Group,
    Level,
    Reason,
    RowState,
    SaleSource,
    Shown,
    TransferState,
)
from huiliu.platform.http.cursor import PageQuery

Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Word = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")]
Note = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=1, le=2**53)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Units = Annotated[Decimal, Field(ge=-(10**12), le=10**12, decimal_places=6, allow_inf_nan=False)]
Positive = Annotated[Decimal, Field(ge=0, le=10**12, decimal_places=6, allow_inf_nan=False)]


class WarehouseIn(Schema):
    """What can be written of a warehouse; the whole of it is replaced."""

    name: Text
    code: Word = Field(
        default="", description="Empty: numbered after the organization; kept when it has one."
    )
    region_code: Word = Field(default="", description="GB/T 2260 code.")
    city: Word = ""
    address: Text = ""
    priority: Annotated[int, Field(ge=0, le=10_000)] = Field(default=100, description="Smaller goes first.")


class NewWarehouseIn(WarehouseIn):
    organization_id: Id


class WarehouseChangeIn(WarehouseIn):
    """A changed warehouse; `version` is the one that was read."""

    version: Version


class WarehouseOpenIn(Schema):
    """Close or open a warehouse."""

    version: Version
    is_open: bool


class WarehouseQuery(PageQuery):
    organization_id: Id | None = None
    is_active: bool | None = None
    text: Text = ""


class WarehouseOut(Schema):
    id: int
    code: str
    name: str
    organization_id: int
    organization_name: str
    region_code: str
    city: str
    address: str
    priority: int
    is_active: bool
    version: int
    allowed_actions: list[str]


class StockSettingsQuery(Schema):
    organization_id: Id | None = Field(default=None, description="Without one: your own organization.")


class StockSettingsIn(Schema):
    """How an organization keeps its stock; `version` is the one that was read, 0 before the first change."""

    organization_id: Id
    shown_to_buyers: Shown = Field(description="What buyers may know of it.")
    tight_below: Positive = Field(description="Below this many base units stock is called tight.")
    adjustment_limit: Positive = Field(description="Adjustments above it wait for somebody else's approval.")
    sells_before_stock_in: bool = Field(
        description="Sales may be recorded before the goods are on the books."
    )
    version: Annotated[int, Field(ge=0, le=2**31 - 1)]


class StockSettingsOut(Schema):
    organization_id: int
    shown_to_buyers: Shown
    tight_below: str
    adjustment_limit: str
    sells_before_stock_in: bool
    version: int


class StockLineIn(Schema):
    """One sku by its code. Name a lot by its text, or by batch and dates; without any, what expires first goes."""

    sku_code: Code
    units: Units
    lot: Word | None = None
    batch: Word = ""
    expires_on: date | None = None
    produced_on: date | None = None
    note: Note = ""


class AdjustmentIn(Schema):
    """Stock that came (above zero) or went (below zero) for a reason; `id` is a UUIDv7 of your own."""

    id: UUID
    warehouse_id: Id
    reason: Reason
    note: Note = ""
    lines: Annotated[list[StockLineIn], Field(min_length=1, max_length=2000)]


class DecisionIn(Schema):
    """Why."""

    note: Note = ""


class AdjustmentQuery(PageQuery):
    warehouse_id: Id | None = None
    organization_id: Id | None = None
    state: AdjustmentState | None = None
    reason: Reason | None = None


class StockLineOut(Schema):
    line_no: int
    sku_id: int
    sku_code: str
    sku_name: str
    lot: str
    units: str
    units_text: str = Field(description="In the goods' units: 3箱5瓶.")
    received: str | None
    note: str


class AdjustmentOut(Schema):
    id: UUID
    number: str
    organization_id: int
    warehouse_id: int
    reason: Reason
    note: str
    state: AdjustmentState
    total_units: str
    created_by: int | None
    created_at: datetime
    decided_by: int | None
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
    to_warehouse_id: int
    state: TransferState
    note: str
    sent_by: int | None
    sent_at: datetime
    received_by: int | None
    received_at: datetime | None
    lines: list[StockLineOut]
    allowed_actions: list[str]


class StockQuery(PageQuery):
    """Which stock, how finely, and of which day (the end of it; without one: now)."""

    group: Group = Group.PLACE
    on: date | None = None
    organization_id: Id | None = None
    under_id: Id | None = Field(default=None, description="This organization and everything below it.")
    tier: Word = ""
    kind: OrganizationKind | None = None
    warehouse_id: Id | None = None
    sku_id: Id | None = None
    category_id: Id | None = None
    text: Text = Field(default="", description="Part of a code or name of the goods.")
    expires_before: date | None = None
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
    first: date | None = None
    last: date | None = None


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
    level: Level | None
    available: str | None


class FlowQuery(Schema):
    first: date
    last: date
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
    units: Annotated[Decimal, Field(gt=0, le=10**12)]


class LotPickOut(Schema):
    lot: str
    batch: str
    expires_on: date | None
    units: str


class LotSuggestionOut(Schema):
    """What expires first goes first; nothing is promised."""

    lots: list[LotPickOut]
    missing: str


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
    sold_on: date | None = Field(default=None, description="Today or an earlier day.")
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
    sold_on: date | None = None
    amount: Units | None = None
    customer: Text = ""
    buyer_code: Word = ""
    external_id: Word = ""
    external_line: Word = ""
    batch: Word = ""
    expires_on: date | None = None
    produced_on: date | None = None


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
    first: date | None = None
    last: date | None = None
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
