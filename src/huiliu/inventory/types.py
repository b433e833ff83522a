"""Stock, its documents and their lines as other modules see them. Quantities are in base units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from huiliu.kernel.states import State

ZERO = Decimal(0)


class Shown(StrEnum):
    """What a seller lets its buyers know of its stock."""

    EXACT = "EXACT"
    LEVEL = "LEVEL"
    NOTHING = "NOTHING"


class Level(StrEnum):
    """Stock in a word: 充足, 紧张, 无货."""

    PLENTY = "PLENTY"
    TIGHT = "TIGHT"
    NONE = "NONE"


class Reason(StrEnum):
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


class CountState(State):
    """A stock-take from plan to posting."""

    PLANNED = auto()
    COUNTING = auto()
    REVIEW = auto()
    POSTED = auto()
    CANCELLED = auto()
    ABANDONED = auto()


class LineVerdict(StrEnum):
    """What the counts of one sku say."""

    AGREES = "AGREES"  # counted as the book says
    DIFFERS = "DIFFERS"
    DISPUTED = "DISPUTED"  # two counters of one area disagree
    MOVED = "MOVED"  # goods moved between the first and the last count of it
    UNCOUNTED = "UNCOUNTED"


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
class WarehouseDraft:
    """What may be written of a warehouse; `code` empty: made from the organization's."""

    name: str
    code: str = ""
    region_code: str = ""
    city: str = ""
    address: str = ""
    priority: int = 100


@dataclass(frozen=True, slots=True)
class WarehouseRow:
    """A place where an organization keeps goods."""

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
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StockSettings:
    """How an organization keeps its stock."""

    organization_id: int
    shown_to_buyers: Shown = Shown.LEVEL
    tight_below: Decimal = Decimal(100)
    adjustment_limit: Decimal = Decimal(100)  # base units of one document, both ways together
    sells_before_stock_in: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What the ledger's lot text says; empty: not kept by lot."""

    lot: str
    batch: str
    expires_on: date | None
    produced_on: date | None


@dataclass(frozen=True, slots=True)
class LotStock:
    """What of one lot is available."""

    lot: str
    available: Decimal


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
    reason: Reason
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


class Group(StrEnum):
    """How fine a stock list is."""

    LOT = "LOT"
    PLACE = "PLACE"
    ORGANIZATION = "ORGANIZATION"
    SKU = "SKU"


class Figure(StrEnum):
    """Which figure of a stock row is explained."""

    ON_HAND = "ON_HAND"
    HELD = "HELD"
    IN_TRANSIT = "IN_TRANSIT"
    SOLD_OUT = "SOLD_OUT"


@dataclass(frozen=True, slots=True)
class StockKey:
    """One cell of a stock list: of a sku, of one organization, at one place, of one lot; None is all of them."""

    sku_id: int
    organization_id: int | None = None
    warehouse_id: int | None = None
    lot: str | None = None


@dataclass(frozen=True, slots=True)
class StockFilters:
    """What a stock list is narrowed by; empty means any."""

    organization_id: int | None = None
    under_path: str = ""
    tier: str = ""
    kind: str = ""  # of the organization
    warehouse_id: int | None = None
    sku_ids: tuple[int, ...] | None = None
    with_empty: bool = False
    expires_before: date | None = None


@dataclass(frozen=True, slots=True)
class StockRow:
    """What stands in one group: of an organization, at a place, of a lot, as far as the list tells them apart.

    Goods in transit stand at no place (`warehouse_id` None). `held` is None of a past day.
    `sold_28_days` and `days_of_cover` are told by organization.
    """

    sku_id: int
    organization_id: int | None
    organization_name: str
    tier: str
    warehouse_id: int | None
    warehouse_code: str
    warehouse_name: str
    lot: str
    expires_on: date | None
    on_hand: Decimal
    held: Decimal | None
    in_transit: Decimal
    sold_28_days: Decimal | None
    days_of_cover: Decimal | None

    @property
    def available(self) -> Decimal | None:
        return None if self.held is None else self.on_hand - self.held


@dataclass(frozen=True, slots=True)
class StockCard:
    """All of one sku at one place: by lot in the order of expiry, its promises, its latest movements."""

    total: StockRow
    lots: tuple[StockRow, ...]
    promises: tuple[MovementRow, ...]
    movements: tuple[MovementRow, ...]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """What a buyer may know of its seller's stock."""

    sku_id: int
    level: Level | None
    available: Decimal | None


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One ledger transfer behind a figure; `change` is signed for that figure."""

    transfer_id: int
    change: Decimal
    kind: str
    organization_id: int
    sku_id: int
    warehouse_id: int | None
    lot: str
    against: str  # the kind of the account on the other side
    source_type: str
    source_id: UUID
    step: str
    document_number: str
    user_id: int | None
    user_name: str
    reason: str
    effective_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class FlowRow:
    """What an organization had of a sku, what came and went, what is left, over a range of days.

    opening + received + transferred - returned - sold_within - sold_out + adjusted + supplied = closing.
    """

    organization_id: int
    sku_id: int
    opening: Decimal
    received: Decimal
    transferred: Decimal  # between own places: not zero while goods are on the way
    returned: Decimal  # to its seller
    sold_within: Decimal  # to partners of the channel, less what they gave back
    sold_out: Decimal  # out of the channel, less what came back
    adjusted: Decimal
    supplied: Decimal  # made or opened
    closing: Decimal
    sell_in: Decimal  # shipped or sold to it less returned by it, what is on the way included
    in_transit: Decimal


@dataclass(frozen=True, slots=True)
class CountDraft:
    """The scope of a stock-take (empty means everything in the warehouse) and how it is counted."""

    warehouse_id: int
    category_ids: tuple[int, ...] = ()
    sku_ids: tuple[int, ...] = ()
    is_blind: bool = True  # who counts does not see the book
    freezes: bool = False  # what is available is promised to nobody else meanwhile
    by_lot: bool = False
    recount_above: Decimal | None = None  # larger differences have to be counted twice
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountedRow:
    """What a counter found: units of a sku (and lot) in an area of the warehouse."""

    sku_id: int
    units: Decimal
    lot: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class CountFigure:
    """One word of one counter on one sku in one area of one round; the latest counts."""

    round: int
    counter_id: int | None
    area: str
    units: Decimal
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class CountEntryRow:
    """A figure with its goods, as people see it."""

    id: int
    round: int
    sku_id: int
    lot: str
    area: str
    units: Decimal
    counter_id: int | None
    counter_name: str
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class CountLineRow:
    """What one sku's counts came to; figures are absent while a blind count runs."""

    sku_id: int
    lot: str
    round: int
    counted: Decimal | None
    counted_at: datetime | None
    book: Decimal | None
    difference: Decimal | None
    verdict: LineVerdict | None
    is_recount: bool


@dataclass(frozen=True, slots=True)
class CountRow:
    """A stock-take; `verdicts` counts its lines once a round is closed."""

    id: UUID
    number: str
    organization_id: int
    warehouse_id: int
    state: CountState
    round: int
    is_blind: bool
    freezes: bool
    by_lot: bool
    recount_above: Decimal | None
    category_ids: tuple[int, ...]
    sku_ids: tuple[int, ...]
    note: str
    line_count: int
    verdicts: Mapping[str, int]
    created_by: int | None
    created_at: datetime
    started_at: datetime | None
    decided_by: int | None
    decided_at: datetime | None
    decision_note: str
    allowed_actions: tuple[str, ...]


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
