"""Stock-takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum, auto
from uuid import UUID

from huiliu.kernel.states import State


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
