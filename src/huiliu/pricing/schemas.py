"""Shapes of the pricing API. Prices are decimal strings, tax included, per the unit they name."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from huiliu.platform.http.cursor import PageQuery
from huiliu.policies.schemas import AudienceIn, Code, Id, Name, Reason, Text, VersionOut
from huiliu.pricing.types import Reason as CandidateReason

#: What a price may look like; that it is above zero is judged per row, so that every bad row is named.
Price = Annotated[Decimal, Field(ge=Decimal(-(10**13)), lt=Decimal(10**13), max_digits=24, decimal_places=10)]
Units = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=6)]
ROWS_MAX = 10_000
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Level(StrEnum):
    """How specific a list is; the first that has a price decides."""

    CONTRACT = "CONTRACT"
    CUSTOMER = "CUSTOMER"
    GROUP = "GROUP"
    REGION = "REGION"
    BASE = "BASE"


class PriceListHead(Schema):
    """What ranks a list and whom it speaks to."""

    name: Name
    level: Level
    currency: Currency = "CNY"
    priority: Annotated[int, Field(ge=-1000, le=1000)] = 0
    project: Text = ""
    audience: AudienceIn = Field(default_factory=dict)
    late_joiners: bool = Field(default=True, description="Who matches the audience later joins by itself.")
    valid_from: date
    valid_to: date | None = Field(default=None, description="The first day that no longer belongs.")


class NewPriceListIn(PriceListHead):
    """A draft; `id` is the client's own UUIDv7. With `copy_from` it begins with another version's rows."""

    id: UUID
    code: Code
    seller_id: Id
    copy_from: UUID | None = None


class PriceListIn(PriceListHead):
    """A changed draft; `version` is the one that was read."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class PriceListOut(VersionOut):
    level: Level
    currency: str
    priority: int
    project: str


class PriceListPageOut(PriceListOut):
    """A price list with its size."""

    row_count: int
    seller_name: str


class BreakIn(Schema):
    """From so many base units on, this price per unit of the row."""

    from_quantity: Units
    unit_price: Price


class RowIn(Schema):
    """The price of goods (by code or id) in one unit (default: the base unit)."""

    sku_code: Text = ""
    sku_id: Id | None = None
    unit: Text = ""
    unit_price: Price | None = None
    breaks: Annotated[list[BreakIn], Field(max_length=20)] = Field(default_factory=list)
    floor_price: Price | None = None


class RowsIn(Schema):
    """Rows to put; with `replace` all others go."""

    rows: Annotated[list[RowIn], Field(min_length=1, max_length=ROWS_MAX)]
    replace: bool = False


class RowsPut(Schema):
    written: int


class RowsGoneIn(Schema):
    sku_ids: Annotated[list[Id], Field(min_length=1, max_length=ROWS_MAX)]


class BreakOut(Schema):
    from_quantity: str
    unit_price: str


class RowOut(Schema):
    sku_id: int
    sku_code: str
    sku_name: str
    unit: str
    unit_price: str | None
    breaks: list[BreakOut]
    floor_price: str | None


class RowQuery(PageQuery):
    text: Text = Field(default="", description="Part of a code or a name.")


class PriceUnitOut(Schema):
    """One `unit` is numerator / denominator base units."""

    unit: str
    numerator: int
    denominator: int


class PricedGoodsOut(Schema):
    """Goods as somebody who prices them needs them; `initials` are those of the name's pinyin."""

    sku_id: int
    code: str
    name: str
    specification: str
    initials: str
    status: str
    base_unit: str
    order_unit: str
    units: list[PriceUnitOut]


class PricedGoodsIn(Schema):
    """Goods by their codes, or those that a text finds; codes that nobody has are absent from the answer."""

    codes: Annotated[list[Text], Field(max_length=ROWS_MAX)] = Field(default_factory=list)
    text: Text = ""


class SheetRowOut(Schema):
    """A row; `price_before` is what the version in force has for it."""

    sku_id: int
    unit: str
    unit_price: str | None
    breaks: list[BreakOut]
    floor_price: str | None
    price_before: str | None


class SheetOut(Schema):
    """A version as one sheet; `version` is what saving it names."""

    version: int
    before_id: UUID | None
    rows: list[SheetRowOut]
    goods: list[PricedGoodsOut]


class RowKeyIn(Schema):
    sku_id: Id
    unit: Text


class SheetIn(Schema):
    """One part of an edited sheet; `version` is the one that was read or answered last."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    put: Annotated[list[RowIn], Field(max_length=ROWS_MAX)] = Field(default_factory=list)
    remove: Annotated[list[RowKeyIn], Field(max_length=ROWS_MAX)] = Field(default_factory=list)


class SheetSaved(Schema):
    version: int
    written: int
    removed: int
    saved_at: datetime


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    RAISED = "raised"
    LOWERED = "lowered"
    TERMS = "terms"


class ChangeQuery(PageQuery):
    against_id: UUID | None = None
    kind: ChangeKind | None = None
    text: Text = Field(default="", description="Part of a code, a name or its pinyin initials.")


class SideOut(Schema):
    """A row as one of the two versions has it."""

    unit_price: str | None
    breaks: list[BreakOut]
    floor_price: str | None


class ChangeOut(Schema):
    """A row that differs; `percent` is of the price before."""

    sku_id: int
    sku_code: str
    sku_name: str
    unit: str
    kind: ChangeKind
    before: SideOut | None
    after: SideOut | None
    percent: str | None


class AuthorityOut(Schema):
    """How far a role may go by hand; `discount_max` is a fraction of the resolved price."""

    role: str
    discount_max: str
    may_go_below_floor: bool


class ReasonIn(Schema):
    reason: Reason


class FindingOut(Schema):
    severity: Literal["ERROR", "WARNING"]
    code: str
    message: str
    remedy: str
    facts: dict[str, Any]


class LintOut(Schema):
    """`publishable` is true when nothing of severity ERROR was found; `goods`: names of what the facts speak of."""

    publishable: bool
    findings: list[FindingOut]
    goods: dict[int, str]


class DiffQuery(Schema):
    against_id: UUID | None = None


class RowKeyOut(Schema):
    sku_id: int
    sku_code: str
    unit: str
    price: str


class RowChangeOut(Schema):
    sku_id: int
    sku_code: str
    unit: str
    before: str
    after: str
    percent: str


class DiffOut(Schema):
    """What a version changes, in figures and in words of the reader's language; lists are cut at 500, counts are not."""

    against_id: UUID | None
    counts: dict[str, int]
    added: list[RowKeyOut]
    removed: list[RowKeyOut]
    raised: list[RowChangeOut]
    lowered: list[RowChangeOut]
    terms: list[RowKeyOut]
    words: list[str]


class MemberQuery(PageQuery):
    pass


class MemberOut(Schema):
    organization_id: int
    name: str


class ImpactIn(Schema):
    """For whom and which goods to compare; goods are in their order unit. Without a day, the day it begins."""

    buyer_ids: Annotated[list[Id], Field(min_length=1, max_length=500)]
    sku_ids: Annotated[list[Id], Field(min_length=1, max_length=500)]
    on: date | None = None


class ImpactOut(Schema):
    buyer_id: int
    sku_id: int
    unit: str
    before: str | None
    after: str | None


class PriceSort(StrEnum):
    CODE = "code"
    PRICE = "price"


class PricePageQuery(PageQuery):
    """Whose prices: by default the reader's own organization buying from its own seller, today."""

    buyer_id: Id | None = None
    seller_id: Id | None = None
    currency: Currency = "CNY"
    on: date | None = None
    text: Text = ""
    sort: PriceSort = PriceSort.CODE


class ShownPriceOut(Schema):
    sku_id: int
    sku_code: str
    sku_name: str
    unit: str
    unit_price: str
    currency: str
    list_code: str
    breaks: list[BreakOut]
    base_unit: str
    order_unit: str
    units: list[PriceUnitOut] = Field(description="Every unit of the goods, the largest first.")


class CalendarQuery(Schema):
    """The days of the picture, half-open."""

    from_day: date
    to_day: date


class CalendarVersionOut(Schema):
    id: UUID
    code: str
    name: str
    version_no: int


class PriceOverlapOut(Schema):
    """Two published versions price the same goods for the same buyers; `reason` is why the other one loses."""

    wins: CalendarVersionOut
    loses: CalendarVersionOut
    from_day: date
    to_day: date | None
    reason: CandidateReason
    goods: int
    goods_named: list[str]
    buyers: int | None = Field(description="Null is everyone.")


class PriceGapOut(Schema):
    """Goods that a version priced and that nothing prices for all of its buyers after its end."""

    after: CalendarVersionOut
    from_day: date
    to_day: date | None
    goods: int
    goods_named: list[str]


class PriceCalendarOut(Schema):
    overlaps: list[PriceOverlapOut]
    overlaps_left: int = Field(description="So many more than are listed.")
    gaps: list[PriceGapOut]


class PreviewLineIn(Schema):
    sku_code: Text = ""
    sku_id: Id | None = None
    quantity: Units
    unit: Text = ""


class PreviewIn(Schema):
    """What a partner would pay; staff may name a draft to see it as if it were published."""

    buyer_id: Id | None = None
    seller_id: Id | None = None
    currency: Currency = "CNY"
    on: date | None = None
    project: Text = ""
    version_id: UUID | None = None
    lines: Annotated[list[PreviewLineIn], Field(min_length=1, max_length=500)]


class PreviewLineOut(Schema):
    """`orderable` is false when no list prices the line; then the figures are null."""

    sku_id: int
    sku_code: str
    unit: str
    quantity: str
    orderable: bool
    unit_price: str | None
    gross_amount: str | None
    net_amount: str | None
    tax_amount: str | None
    words: list[str]
    trace: dict[str, Any]


class PreviewOut(Schema):
    buyer_id: int
    seller_id: int
    currency: str
    on: date
    gross_amount: str
    lines: list[PreviewLineOut]


class ExplainIn(Schema):
    buyer_id: Id
    seller_id: Id | None = None
    currency: Currency = "CNY"
    on: date | None = None
    project: Text = ""
    version_id: UUID | None = None
    sku_code: Text = ""
    sku_id: Id | None = None
    quantity: Units
    unit: Text = ""


class CandidateOut(Schema):
    """One list that knows the goods and what became of it."""

    version_id: UUID
    list_code: str
    level: Level
    priority: int
    width: int | None
    valid_from: date
    valid_to: date | None
    publish_no: int
    project: str
    unit: str
    unit_price: str | None
    price: str | None
    floor_price: str | None
    reason: str
