"""Shapes of the shop: offers, the usual list, carts, lists that are read. Quantities are in the unit beside them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.flows.shop.quick_entry import EnteredState
from huiliu.flows.shop.rules import ROWS_MAX
from huiliu.flows.shop.shelf import SHELF_MAX, ShelfSort
from huiliu.flows.shop.usual import FOUND_MAX, UsualOrder
from huiliu.inventory.types import StockLevel
from huiliu.orders.schemas import Id, Note, Text, UnitsOrNone
from huiliu.orders.services.carts import LINES_MAX
from huiliu.orders.types import CartState, ShortageMode
from huiliu.platform.http.cursor import PageQuery

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Pasted = Annotated[str, StringConstraints(max_length=200_000, pattern=r"^[^\x00]*$")]


class SidesIn(Schema):
    """Who buys from whom. Without `buyer_id` the reader's own organization, without `seller_id` its default seller."""

    buyer_id: Id | None = None
    seller_id: Id | None = None


class OfferQuery(SidesIn):
    text: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] = Field(
        default="", description="Code, barcode, name, pinyin or initials; empty: everything, by pinyin."
    )
    limit: int = Field(default=20, ge=1, le=FOUND_MAX)


class ShelfQuery(SidesIn):
    """A category covers everything below it; `in_stock` leaves out what the seller says is gone."""

    cursor: str | None = Field(default=None, max_length=1000, description="`next_cursor` of the page before.")
    limit: int = Field(default=30, ge=1, le=SHELF_MAX)
    text: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] = Field(
        default="", description="Code, barcode, name, pinyin or initials."
    )
    category_id: Id | None = None
    brand_id: Id | None = None
    in_stock: bool = False
    favourites: bool = False
    sort: ShelfSort = ShelfSort.USUAL


class ShelfCategoryOut(Schema):
    """A category that holds goods the buyer may order; `count` includes what is below it."""

    id: int
    name: str
    parent_id: int | None
    count: int


class UsualQuery(SidesIn):
    days: int = Field(default=90, ge=1, le=730)
    order: UsualOrder = UsualOrder.TIMES
    limit: int = Field(default=50, ge=1, le=200)


class CartQuery(PageQuery):
    state: CartState | None = CartState.OPEN
    buyer_id: Id | None = None
    seller_id: Id | None = None


class OfferUnitOut(Schema):
    """1 unit = numerator / denominator base units; ordered in multiples of `step` of it (null: any)."""

    unit: str
    numerator: int
    denominator: int
    step: str | None


class OfferOut(Schema):
    """Goods as the buyer meets them. `unit_price` is per `unit`; null: they cannot be ordered.

    `level` is what the seller shows of its stock, `available` its figure where the seller shows one.
    """

    sku_id: int
    sku_code: str
    sku_name: str
    specification: str
    image: str
    category: str
    base_unit: str
    is_whole: bool
    units: list[OfferUnitOut]
    minimum: str | None
    multiple: str | None
    order_limit: str | None
    unit: str
    unit_price: str | None
    currency: str
    level: StockLevel | None
    available: str | None


class BarcodeOut(Schema):
    unit: str
    barcode: str


class PriceBreakOut(Schema):
    """From this many base units on, this price per the offer's unit."""

    from_quantity: str
    unit_price: str


class OfferDetailOut(OfferOut):
    """One sku closely; `breaks` has one step when the price is the same whatever the quantity."""

    product_id: int
    is_favourite: bool
    barcodes: list[BarcodeOut]
    breaks: list[PriceBreakOut]


class OfflineSkuOut(Schema):
    """Goods as they were; a unit is [name, numerator, denominator] in base units, the price is per `unit`."""

    id: int
    code: str
    name: str
    specification: str
    category_id: int
    image: str
    base_unit: str
    units: list[tuple[str, int, int]]
    barcodes: list[str]
    unit: str
    unit_price: str
    level: StockLevel | None


class OfflineOut(Schema):
    """The whole range by name; `version` is that of the format."""

    version: int
    buyer_id: int
    seller_id: int
    priced_on: date
    currency: str
    skus: list[OfflineSkuOut]


class ShelfOut(Schema):
    """One page of the buyer's range; `count` is the whole of it."""

    items: list[OfferOut]
    next_cursor: str | None
    count: int


class FavouriteOut(Schema):
    """One favourite; `orderable` says whether it is in the range and has a price."""

    offer: OfferOut
    orderable: bool


class FavouriteChangedOut(Schema):
    """Whether the sku is among the favourites now."""

    sku_id: int
    is_favourite: bool


class UsualOut(Schema):
    """How often in how many days, and how it is usually ordered: its unit of most orders, the median quantity."""

    offer: OfferOut
    orderable: bool
    times: int
    usual_unit: str
    usual_quantity: str
    units_total: str
    latest_at: datetime
    latest_order_id: UUID
    latest_order_number: str


class PriceChangesQuery(SidesIn):
    days_back: int = Field(default=30, ge=0, le=92)
    days_ahead: int = Field(default=14, ge=0, le=92)
    limit: int = Field(default=50, ge=1, le=200)


class PriceChangeOut(Schema):
    """The price of one `offer.unit` before a day and from it on; `is_ahead`: that day is yet to come."""

    offer: OfferOut
    since: date
    price_before: str
    price_after: str
    is_ahead: bool


class CartIn(SidesIn):
    """A named cart; `id` is the client's own UUIDv7, so that a retry is the same cart."""

    id: UUID
    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]


class CartHeadIn(Schema):
    name: Text
    note: Note = ""
    version: Version


class CartLineIn(Schema):
    """A line by sku id or code; without a unit the base unit. In a change zero takes the line off."""

    sku_id: Id | None = None
    sku_code: Text = ""
    unit: Text = ""
    quantity: UnitsOrNone
    note: Text | None = None


class CartAddIn(Schema):
    """Goods on top of what is there: the same sku in the same unit is summed."""

    lines: Annotated[list[CartLineIn], Field(min_length=1, max_length=LINES_MAX)]


class CartLinesIn(Schema):
    """Lines as they should be. `version` is that of the cart you read: a line changed since then is refused.

    With `is_whole` every line that is not named is taken off.
    """

    version: Version
    lines: Annotated[list[CartLineIn], Field(max_length=LINES_MAX)]
    is_whole: bool = False


class CartMergeIn(Schema):
    from_cart_id: UUID


class AcknowledgeIn(Schema):
    """The `digest` of the cart whose prices were shown."""

    digest: Text


class CartSubmitIn(Schema):
    """What an order has beside its lines; `id` is the order's UUIDv7, made by the client."""

    id: UUID
    version: Version | None = None
    quote_digest: Text = ""
    shortage_mode: ShortageMode = ShortageMode.REFUSE
    external_number: Text = ""
    buyer_note: Note = ""
    address: Annotated[dict[str, Text], Field(max_length=20)] = Field(default_factory=dict)
    wanted_date: date | None = None
    warehouse_ids: Annotated[list[Id], Field(max_length=20)] = Field(default_factory=list)
    custom: Annotated[dict[str, Any], Field(max_length=50)] = Field(default_factory=dict)


class ReorderIn(Schema):
    """Into which cart; without one the default cart of the order's buyer and seller."""

    cart_id: UUID | None = None


class ProblemOut(Schema):
    """Why a line cannot be ordered as it is: the refusal that an order would meet."""

    code: str
    detail: str
    remedy: str
    facts: dict[str, Any]


class LineChangeOut(Schema):
    """What a line costs otherwise than it did when somebody saw it; a null price: it could not or cannot be ordered."""

    unit_price_before: str | None
    unit_price_after: str | None
    difference: str


class CartLineOut(Schema):
    """One line; `unit_price` is per `unit`. `problem` and `change` are null when there is none."""

    sku_id: int
    sku_code: str
    sku_name: str
    specification: str
    image: str
    unit: str
    quantity: str
    note: str
    version: int
    base_unit: str
    base_quantity: str | None
    units: list[OfferUnitOut]
    minimum: str | None
    multiple: str | None
    order_limit: str | None
    unit_price: str | None
    gross_amount: str | None
    level: StockLevel | None
    available: str | None
    problem: ProblemOut | None
    change: LineChangeOut | None
    updated_at: datetime
    updated_by: int | None


class CartNewsOut(Schema):
    """Prices that changed since somebody saw them: shown until acknowledged with the cart's `digest`."""

    since: datetime
    lines: int
    difference: str


class CartRow(Schema):
    """One cart in the list; the amount is that of its latest quote."""

    id: UUID
    name: str
    is_default: bool
    state: CartState
    buyer_id: int
    buyer_name: str = Field(description="Empty when the reader does not see it.")
    seller_id: int
    seller_name: str
    line_count: int
    gross_amount: str
    priced_at: datetime | None
    has_news: bool
    order_id: UUID | None
    order_number: str
    version: int
    updated_at: datetime
    updated_by: int | None


class CartOut(CartRow):
    """A cart with what it costs now; the sums are over the lines that can be ordered."""

    note: str
    currency: str
    net_amount: str
    tax_amount: str
    digest: str
    priced_on: date
    orderable: bool
    lines: list[CartLineOut]
    news: CartNewsOut | None


class LeftOutOut(Schema):
    """A line of the past order that could not be taken."""

    line_no: int
    sku_id: int
    sku_code: str
    sku_name: str
    unit: str
    quantity: str
    problem: ProblemOut


class ReorderedOut(Schema):
    """The cart, how many lines it took, and every line it could not take."""

    cart: CartOut
    added: int
    left_out: list[LeftOutOut]


class QuickEntryIn(SidesIn):
    """A pasted text, or the id of an uploaded Excel or CSV file."""

    text: Pasted = ""
    file_id: UUID | None = None


class GoodsChoiceOut(Schema):
    sku_id: int
    sku_code: str
    sku_name: str
    specification: str
    unit: str


class EnteredRowOut(Schema):
    """One row. `because` is `not_found`, `ambiguous`, `quantity_missing` or the code of a refusal; "" when matched.

    `same_as` names the row above with the same goods in the same unit: in a cart they are summed.
    """

    row_no: int
    text: str
    state: EnteredState
    because: str
    detail: str
    sku_id: int | None
    sku_code: str
    sku_name: str
    unit: str
    quantity: str | None
    candidates: list[GoodsChoiceOut]
    same_as: int | None


class QuickEntryOut(Schema):
    """Every row of the list in its order, and how many there are of each kind."""

    rows: Annotated[list[EnteredRowOut], Field(max_length=ROWS_MAX)]
    matched: int
    open: int


class QuickCartIn(Schema):
    """A list whose matched rows go into the cart."""

    text: Pasted = ""
    file_id: UUID | None = None


class QuickCartOut(QuickEntryOut):
    """The rows, and the cart with the matched ones in it."""

    cart: CartOut
