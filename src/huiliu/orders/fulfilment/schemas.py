"""Shapes of what a warehouse keeper works with. Quantities are decimal strings in base units; `*_text` in the goods' units."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.orders.fulfilment.types import Because, Side, Urgency, WaitingView
from huiliu.orders.schemas import Id, PartIn, WaybillOut
from huiliu.orders.types import OrderState, ShipmentState
from huiliu.platform.http.cursor import PageQuery

Text = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
ORDERS_MAX = 200


class SellerQuery(Schema):
    seller_id: Id | None = Field(default=None, description="Without one: your own organization sells.")


class WaitingQuery(PageQuery):
    """Which orders that wait to be shipped."""

    seller_id: Id | None = Field(default=None, description="Without one: your own organization sells.")
    view: WaitingView = WaitingView.ALL
    warehouse_id: Id | None = None
    buyer_id: Id | None = None
    text: Text = Field(default="", description="The last digits of the number, or part of the buyer's name.")


class PromiseOut(Schema):
    warehouse_id: int
    warehouse_name: str
    lines: int


class WaitingOut(Schema):
    """An order with something still to be shipped; places: which warehouses promised how many of its lines."""

    id: UUID
    number: str
    state: OrderState
    steps_open: list[str]
    buyer_id: int
    buyer_name: str
    currency: str
    gross_amount: str
    submitted_at: datetime
    wanted_date: date | None
    waiting_days: int
    urgency: Urgency
    buyer_note: str
    lines_ready: int
    lines_short: int
    lines_shipped: int
    lines_expired: int = Field(
        description="Lines promised from lots that have expired meanwhile: to be allocated again before they leave."
    )
    places: list[PromiseOut]


class WaitingTotalsOut(Schema):
    ready: int
    short: int
    steps: int
    late: int


class ShortageQuery(SellerQuery):
    text: Text = Field(default="", description="Part of a code or name of the goods.")


class ShortageOut(Schema):
    """A sku that orders wait for, and what the seller has of it."""

    sku_id: int
    sku_code: str
    sku_name: str
    backordered: str
    backordered_text: str
    orders: int
    oldest_at: datetime
    waiting_days: int
    on_hand: str
    on_hand_text: str
    held: str
    held_text: str
    available: str
    available_text: str
    incoming: str
    incoming_text: str
    covered: bool = Field(description="What is available is enough for everybody who waits.")


class WaiterOut(Schema):
    """A line that waits, and what a fair share of what is available would give it."""

    order_id: UUID
    line_no: int
    number: str
    state: OrderState
    buyer_id: int
    buyer_name: str
    submitted_at: datetime
    wanted_date: date | None
    waiting_days: int
    urgency: Urgency
    ordered_text: str
    allocated_text: str
    backordered: str
    backordered_text: str
    share: str
    share_text: str
    share_quota: str = Field(description="The exact part in packs, before rounding.")
    share_packs: int
    because: Because


class SharingOut(Schema):
    """Who waits for a sku, and how what is available is shared fairly: whole packs, the largest remainder first."""

    shortage: ShortageOut
    pack_unit: str
    pack_size: str
    shared: str
    shared_text: str
    left: str
    left_text: str
    waiters: list[WaiterOut]


class AllocateIn(Schema):
    """Promise at most this much to each of these lines of one order."""

    lines: Annotated[list[PartIn], Field(min_length=1, max_length=500)]


class GivenOut(Schema):
    line_no: int
    sku_id: int
    sku_name: str
    given: str
    given_text: str
    missing: str
    missing_text: str


class GivenOrderOut(Schema):
    """What an order was promised just now, and what it still lacks."""

    id: UUID
    number: str
    lines: list[GivenOut]


class PickQuery(Schema):
    warehouse_id: Id
    order_id: Annotated[list[UUID], Field(min_length=1, max_length=ORDERS_MAX)]


class PickPartOut(Schema):
    order_id: UUID
    line_no: int
    units: str
    units_text: str


class PickLotOut(Schema):
    lot: str
    batch: str
    expires_on: date | None
    has_expired: bool = Field(description="It would be refused at shipping: its orders are allocated again.")
    units: str
    units_text: str


class PickLineOut(Schema):
    """One sku to fetch: so much of which lots, for which orders."""

    sku_id: int
    sku_code: str
    sku_name: str
    specification: str
    units: str
    units_text: str
    lots: list[PickLotOut]
    parts: list[PickPartOut]


class PickOrderOut(Schema):
    id: UUID
    number: str
    buyer_name: str
    address: dict[str, Any]
    buyer_note: str
    wanted_date: date | None
    may_ship: bool = Field(description="Nothing has to be approved any more.")
    lines: int = Field(
        description="How many of its lines are promised in this warehouse; 0: nothing to pick here."
    )
    lines_expired: int = Field(description="How many of those are promised from a lot that has expired.")


class PickListOut(Schema):
    warehouse_id: int
    warehouse_name: str
    orders: list[PickOrderOut]
    lines: list[PickLineOut]


class ShipmentsQuery(PageQuery):
    """Which shipments: what you send, what comes to you, or all that you may see."""

    side: Side = Side.ALL
    state: ShipmentState | None = None
    warehouse_id: Id | None = None
    text: Text = Field(
        default="",
        description="The last digits of its number or the order's, a waybill, or part of the buyer's name.",
    )
    date_from: date | None = None
    date_until: date | None = Field(default=None, description="The day after the last.")
    without_waybill: bool = False


class ShipmentListOut(Schema):
    """A shipment with its two sides and where it is."""

    id: UUID
    number: str
    order_id: UUID
    order_number: str
    warehouse_id: int
    warehouse_name: str
    seller_id: int
    seller_name: str
    buyer_id: int
    buyer_name: str
    state: ShipmentState
    shipped_at: datetime
    received_at: datetime | None
    note: str
    lines: int
    differences: int
    waybills: list[WaybillOut]


class PickUnitOut(Schema):
    unit: str
    numerator: int
    denominator: int


class LotOut(Schema):
    lot: str
    batch: str
    expires_on: date | None
    units: str
    units_text: str


class ShipmentPaperLineOut(Schema):
    line_no: int
    sku_id: int
    sku_code: str
    sku_name: str
    specification: str
    base_unit: str
    units: list[PickUnitOut]
    shipped: str
    shipped_text: str
    received: str | None
    received_text: str
    reason: str
    reason_note: str
    gross_amount: str
    lots: list[LotOut]


class ShipmentPaperOut(ShipmentListOut):
    """Everything of one shipment, as it goes onto paper."""

    currency: str
    gross_amount: str
    external_number: str
    address: dict[str, Any]
    buyer_note: str
    shipped_by: str
    received_by: str
    goods: list[ShipmentPaperLineOut]
    allowed_actions: list[str]
