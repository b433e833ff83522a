"""What a warehouse keeper works with, as frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from huiliu.inventory.types import StockRow


class WaitingView(StrEnum):
    """Which waiting orders."""

    READY = "READY"  # promised and approved: can leave now
    SHORT = "SHORT"  # something on it is backordered
    STEPS = "STEPS"  # an approval is still open
    ALL = "ALL"


class Urgency(StrEnum):
    """How near the day is on which the goods are wanted."""

    LATE = "LATE"
    TODAY = "TODAY"
    SOON = "SOON"
    LATER = "LATER"


class Because(StrEnum):
    """Why somebody gets this much of what is short."""

    ENOUGH = "ENOUGH"  # there is enough for everybody
    PRO_RATA = "PRO_RATA"  # whole packs by the part of the demand
    REMAINDER = "REMAINDER"  # and one of the packs that were left, by the largest remainder
    REST = "REST"  # and the loose rest that completes it


class Side(StrEnum):
    """Whose shipments: what one sends, what one gets, or all in the reach."""

    OUT = "OUT"
    IN = "IN"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """What the board is narrowed to; empty fields do not narrow."""

    seller_id: int
    view: WaitingView = WaitingView.ALL
    warehouse_id: int | None = None
    buyer_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What one warehouse has promised to an order."""

    warehouse_id: int
    lines: int
    units: Decimal


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An order with something still to be shipped."""

    id: UUID
    number: str
    state: str
    steps_open: tuple[str, ...]
    buyer_id: int
    buyer_name: str
    currency: str
    gross_amount: Decimal
    submitted_at: datetime
    business_date: date
    wanted_date: date | None
    due_date: date
    buyer_note: str
    lines_ready: int
    lines_short: int
    lines_shipped: int
    lines_expired: int = 0  # whose promised lot may not be sold any more
    places: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingTotals:
    """The board in figures."""

    ready: int
    short: int
    steps: int
    late: int


@dataclass(frozen=True, slots=True)
class ShortageRow:
    """A sku that orders wait for."""

    sku_id: int
    backordered: Decimal
    orders: int
    oldest_at: datetime
    business_date: date  # of the oldest
    due_date: date
    stock: StockRow | None = None


@dataclass(frozen=True, slots=True)
class Waiter:
    """A line that waits for a sku."""

    order_id: UUID
    line_no: int
    number: str
    state: str
    buyer_id: int
    buyer_name: str
    submitted_at: datetime
    business_date: date
    wanted_date: date | None
    due_date: date
    ordered: Decimal
    allocated: Decimal
    backordered: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """What one demand gets of what is there: `quota` is its exact part in packs, before rounding."""

    units: Decimal
    quota: Decimal
    packs: int
    because: Because


@dataclass(frozen=True, slots=True)
class Pick:
    """So much of a lot for a line."""

    order_id: UUID
    line_no: int
    sku_id: int
    lot: str
    units: Decimal


@dataclass(frozen=True, slots=True)
class ShipmentFilter:
    """Which shipments; empty fields do not narrow."""

    organization_id: int
    side: Side = Side.ALL
    state: str = ""
    warehouse_id: int | None = None
    text: str = ""
    date_from: date | None = None
    date_until: date | None = None  # the day after the last
    without_waybill: bool = False
