"""Shapes of the orders API. Quantities are decimal strings in base units unless a unit is named."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, Field, StringConstraints

from huiliu.orders.rules import LINES_MAX
from huiliu.orders.types import DifferenceReason, OrderState, ReturnState, ShipmentState, ShortageMode

Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Note = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
Units = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=6)]
UnitsOrNone = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6)]
Id = Annotated[int, Field(ge=1, le=2**53)]
LineNo = Annotated[int, Field(ge=1, le=LINES_MAX)]


# What a submit sends is plain pydantic: ninja's Schema puts a getter in Python around every line.
class DraftLineIn(BaseModel):
    """One wanted line: by sku id or code, in any of the sku's units (default: the base unit)."""

    sku_id: Id | None = None
    sku_code: Text = ""
    quantity: Units
    unit: Text = ""
    override_price: Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6)] | None = None
    override_reason: Note = ""


class QuoteIn(BaseModel):
    """What to price. Without `buyer_id` the actor's own organization buys; without `seller_id` its default seller sells."""

    buyer_id: Id | None = None
    seller_id: Id | None = None
    lines: Annotated[list[DraftLineIn], Field(min_length=1, max_length=LINES_MAX)]


class OrderIn(QuoteIn):
    """An order to submit; `id` is the client's own UUIDv7, so that a retry is the same order."""

    id: UUID
    shortage_mode: ShortageMode = ShortageMode.REFUSE
    external_number: Text = ""
    buyer_note: Note = ""
    address: Annotated[dict[str, Text], Field(max_length=20)] = Field(default_factory=dict)
    wanted_date: date | None = None
    quote_digest: Text = ""
    warehouse_ids: Annotated[list[Id], Field(max_length=20)] = Field(default_factory=list)
    custom: Annotated[dict[str, Any], Field(max_length=50)] = Field(default_factory=dict)


class QuoteLineOut(Schema):
    line_no: int
    sku_id: int
    sku_code: str
    sku_name: str
    unit: str
    entered_quantity: str
    ordered: str
    unit_price: str
    gross_amount: str
    net_amount: str
    tax_amount: str
    tax_rate: str
    available: str = ""
    trace: dict[str, Any]


class QuoteOut(Schema):
    """The price of everything now; send `digest` with the order to be refused when a price changes."""

    buyer_id: int
    seller_id: int
    currency: str
    gross_amount: str
    net_amount: str
    tax_amount: str
    digest: str
    priced_on: date
    available_money: str | None = None
    lines: list[QuoteLineOut]


class TwinOut(Schema):
    """An order of the same buyer with the same goods and quantities a short while ago."""

    id: UUID
    number: str
    submitted_at: datetime


class PlacedOut(Schema):
    """The order as submitted; `twin` warns that it may have been ordered twice."""

    id: UUID
    number: str
    state: OrderState
    currency: str
    gross_amount: str
    net_amount: str
    tax_amount: str
    line_count: int
    backordered_lines: list[int]
    submitted_at: datetime
    twin: TwinOut | None = None


class OrderRow(Schema):
    """One row of the list."""

    id: UUID
    number: str
    external_number: str
    state: OrderState
    seller_id: int
    seller_name: str
    buyer_id: int
    buyer_name: str
    currency: str
    gross_amount: str
    line_count: int
    business_date: date
    submitted_at: datetime
    shipped_at: datetime | None
    received_at: datetime | None
    wanted_date: date | None
    on_behalf: bool
    custom: dict[str, Any]


class OrderTotalsOut(Schema):
    orders: int
    gross_amount: str


class LineOut(Schema):
    line_no: int
    kind: str
    sku_id: int
    sku_code: str
    sku_name: str
    unit: str
    entered_quantity: str
    ordered: str
    allocated: str
    backordered: str
    shipped: str
    received: str
    cancelled: str
    returned: str
    unit_price: str
    gross_amount: str
    net_amount: str
    tax_amount: str
    tax_rate: str
    units: list[dict[str, Any]]
    trace: dict[str, Any]


class HoldOut(Schema):
    hold_id: int
    line_no: int
    warehouse_id: int | None
    lot: str
    remaining: str
    is_money: bool


class ShipmentLineOut(Schema):
    line_no: int
    sku_id: int
    shipped: str
    received: str | None
    reason: str
    gross_amount: str


class WaybillOut(Schema):
    id: UUID
    carrier: str
    tracking_number: str
    state: str
    expected_at: datetime | None
    events: list[dict[str, Any]]


class ShipmentOut(Schema):
    id: UUID
    number: str
    order_id: UUID
    warehouse_id: int
    state: ShipmentState
    shipped_at: datetime
    received_at: datetime | None
    note: str
    lines: list[ShipmentLineOut]
    waybills: list[WaybillOut]


class ShipmentRow(Schema):
    id: UUID
    number: str
    order_id: UUID
    warehouse_id: int
    state: ShipmentState
    shipped_at: datetime
    received_at: datetime | None
    note: str


class ReturnLineOut(Schema):
    line_no: int
    order_line_no: int | None
    sku_id: int
    sku_code: str
    sku_name: str
    units: list[dict[str, Any]] = Field(description="As on the lines of an order.")
    returned: str
    gross_amount: str


class ReturnOut(Schema):
    id: UUID
    number: str
    order_id: UUID | None
    buyer_id: int
    seller_id: int
    state: ReturnState
    currency: str
    gross_amount: str
    reason: str
    requested_at: datetime
    received_at: datetime | None
    order_number: str
    buyer_name: str
    seller_name: str
    lines: list[ReturnLineOut]
    allowed_actions: list[str]


class EventOut(Schema):
    id: int
    type: str
    user_id: int | None
    user_name: str = Field(description="Empty for people whom the reader does not see.")
    effective_at: datetime
    recorded_at: datetime
    payload: dict[str, Any]


class OrderOut(OrderRow):
    """One order with everything that hangs on it and what the reader may do."""

    net_amount: str
    tax_amount: str
    shortage_mode: ShortageMode
    steps_open: list[str]
    buyer_deadline_at: datetime | None
    buyer_note: str
    address: dict[str, Any]
    version: int
    lines: list[LineOut]
    holds: list[HoldOut]
    shipments: list[ShipmentOut]
    returns: list[ReturnOut]
    timeline: list[EventOut]
    allowed_actions: list[str]


class StateOut(Schema):
    """Where the document stands after the move."""

    id: UUID
    state: OrderState


class BuyerRefusalIn(Schema):
    """Why the buyer does not want an order that was placed for it."""

    reason: Reason


class StepIn(Schema):
    step: str = Field(default="CONFIRM", pattern="^(CONFIRM|FINANCE)$")


class PartIn(Schema):
    line_no: LineNo
    quantity: Units


class ShipIn(Schema):
    """Ship from one warehouse; without lines everything that is promised there."""

    id: UUID
    warehouse_id: Id
    lines: Annotated[list[PartIn], Field(max_length=LINES_MAX)] | None = None
    note: Note = ""


class DifferenceIn(Schema):
    line_no: LineNo
    received: UnitsOrNone
    reason: DifferenceReason
    note: Note = ""


class ReceiveIn(Schema):
    """Receive a shipment; lines that are not named arrived in full."""

    warehouse_id: Id | None = None
    differences: Annotated[list[DifferenceIn], Field(max_length=LINES_MAX)] = Field(default_factory=list)


class CancelIn(Schema):
    """Cancel; without lines everything that is not shipped."""

    id: UUID
    reason: Reason
    lines: Annotated[list[PartIn], Field(max_length=LINES_MAX)] | None = None


class ReturnIn(Schema):
    id: UUID
    reason: Reason
    lines: Annotated[list[PartIn], Field(min_length=1, max_length=LINES_MAX)]


class ReturnDecisionIn(Schema):
    warehouse_id: Id | None = None
    from_warehouse_id: Id | None = None


class RejectIn(Schema):
    reason: Reason


class AllocatedOut(Schema):
    id: UUID
    lines: dict[int, str]
