"""Orders as other modules and the edge see them: frozen, ids and decimals only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID


class OrderState(StrEnum):
    """Where an order stands; derived from its open steps and its lines' quantities."""

    AWAITING_BUYER = "AWAITING_BUYER"  # 待客户确认
    SUBMITTED = "SUBMITTED"  # 待审核
    AWAITING_FINANCE = "AWAITING_FINANCE"  # 待财务审核
    CONFIRMED = "CONFIRMED"  # 待出库
    PARTIALLY_SHIPPED = "PARTIALLY_SHIPPED"  # 部分出库
    SHIPPED = "SHIPPED"  # 待收货
    COMPLETED = "COMPLETED"  # 已完成
    CANCELLED = "CANCELLED"  # 已作废


class Step(StrEnum):
    """An approval between submit and shipment; which ones apply is a setting of the seller.

    BUYER comes first, and only on orders that somebody else placed for the buyer.
    """

    BUYER = "BUYER"
    CONFIRM = "CONFIRM"
    FINANCE = "FINANCE"


class ShortageMode(StrEnum):
    """What to do with a line that cannot be promised in full."""

    REFUSE = "REFUSE"
    BACKORDER = "BACKORDER"


class ShipmentState(StrEnum):
    """Goods of one shipment."""

    SHIPPED = "SHIPPED"
    RECEIVED = "RECEIVED"


class ReturnState(StrEnum):
    """A return asked for, then taken in or refused."""

    REQUESTED = "REQUESTED"
    RECEIVED = "RECEIVED"
    REJECTED = "REJECTED"


class ComplaintKind(StrEnum):
    """What is wrong with an order that arrived, or did not."""

    DAMAGED = "DAMAGED"
    SHORT = "SHORT"
    WRONG = "WRONG"
    LATE = "LATE"
    OTHER = "OTHER"


class ComplaintState(StrEnum):
    """A complaint waits for the seller, then for the buyer, who ends it."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    CLOSED = "CLOSED"


class DifferenceReason(StrEnum):
    """Why what arrived differs from what was shipped."""

    SHORT = "SHORT"
    OVER = "OVER"
    DAMAGED = "DAMAGED"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One wanted line as entered; `quantity` is in `unit`."""

    sku_id: int
    quantity: Decimal
    unit: str = ""  # empty: the sku's base unit
    override_price: Decimal | None = None
    override_reason: str = ""  # must be given with a price set by hand


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as its buyer (or staff on behalf) wants it; `order_id` is the client's UUIDv7."""

    order_id: UUID
    buyer_id: int
    seller_id: int
    lines: tuple[DraftLine, ...]
    shortage_mode: ShortageMode = ShortageMode.REFUSE
    external_number: str = ""
    buyer_note: str = ""
    address: dict[str, Any] = field(default_factory=dict)
    wanted_date: date | None = None
    quote_digest: str = ""  # empty: take today's prices; else refuse when they differ
    warehouse_ids: tuple[int, ...] = ()  # empty: the seller's order of preference
    custom: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with what was decided about it, ready to be written."""

    line_no: int
    sku_id: int
    sku_code: str
    sku_name: str
    unit: str
    entered_quantity: Decimal
    ordered: Decimal
    unit_price: Decimal
    gross_amount: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    tax_rate: Decimal
    trace: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a draft would cost now; `digest` changes whenever a price on it does."""

    buyer_id: int
    seller_id: int
    currency: str
    lines: tuple[PricedLine, ...]
    gross_amount: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    digest: str
    priced_on: date


@dataclass(frozen=True, slots=True)
class AllocatedLine:
    """Which warehouse promised how much of a line."""

    line_no: int
    warehouse_id: int
    allocated: Decimal
    hold_id: int


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """The answer to a submit."""

    id: UUID
    number: str
    state: OrderState
    currency: str
    gross_amount: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    line_count: int
    backordered_lines: tuple[int, ...]
    submitted_at: datetime
    earlier: bool = False
    twin: Twin | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """An order of the same buyer with the same lines a short while ago: told, never refused."""

    id: UUID
    number: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class LineProgress:
    """How far one line has come, in base units."""

    line_no: int
    ordered: Decimal
    allocated: Decimal
    backordered: Decimal
    shipped: Decimal
    received: Decimal
    cancelled: Decimal
    returned: Decimal

    @property
    def wanted(self) -> Decimal:
        return self.ordered - self.cancelled

    @property
    def open(self) -> Decimal:
        """Not yet shipped and not cancelled."""
        return self.ordered - self.cancelled - self.shipped


class CartState(StrEnum):
    """A cart is filled until it becomes an order; then it stays as it was and names the order."""

    OPEN = "OPEN"
    ORDERED = "ORDERED"


@dataclass(frozen=True, slots=True)
class CartLineDraft:
    """What one line of a cart should be; `unit` is one of the sku's own."""

    sku_id: int
    unit: str
    quantity: Decimal
    note: str | None = None  # None: as it is


@dataclass(frozen=True, slots=True)
class Seen:
    """The price of a cart's line as somebody saw it."""

    sku_id: int
    unit: str
    unit_price: Decimal | None
    gross_amount: Decimal | None
    problem: str


@dataclass(frozen=True, slots=True)
class BoughtRow:
    """How a buyer orders one sku: counted over its orders of some days, cancelled lines left out."""

    sku_id: int
    times: int  # orders that have it
    unit: str  # the unit it is ordered in most often; of two the one used last
    quantity: Decimal  # the median of what was ordered in that unit, one that really was ordered
    units_total: Decimal  # base units over all orders
    latest_at: datetime
    latest_order_id: UUID
    latest_order_number: str
