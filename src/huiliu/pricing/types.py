"""Price lists as the rules see them, the question, and the answer with its reasons. Pure and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from huiliu.kernel.money import Currency
from huiliu.kernel.quantity import UnitFactor


class PriceLevel(IntEnum):
    """How specific a price list is; the smaller number is asked first."""

    CONTRACT = 1  # contract or special approval
    CUSTOMER = 2
    GROUP = 3  # customer group or tier
    REGION = 4  # region or channel
    BASE = 5


class Reason(StrEnum):
    """Why a candidate decided the price, or why it did not."""

    WON = "WON"
    NOT_IN_AUDIENCE = "NOT_IN_AUDIENCE"
    NOT_YET_VALID = "NOT_YET_VALID"
    EXPIRED = "EXPIRED"
    OTHER_PROJECT = "OTHER_PROJECT"
    BREAK_NOT_REACHED = "BREAK_NOT_REACHED"
    LOWER_LEVEL = "LOWER_LEVEL"
    LOWER_PRIORITY = "LOWER_PRIORITY"
    WIDER_SCOPE = "WIDER_SCOPE"
    OLDER = "OLDER"
    PUBLISHED_EARLIER = "PUBLISHED_EARLIER"


class PriceBreak(NamedTuple):
    """From this many base units on, this price per price unit."""

    from_quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class PriceRow:
    """The price of one sku in one list version.

    Unit: prices are tax-inclusive per `unit`, up to six decimals; break quantities are base units, ascending.
    `unit_price` None means that the row speaks only from its first break on. `floor_price` is per `unit` too.
    """

    sku_id: int
    unit: UnitFactor
    unit_price: Decimal | None
    breaks: tuple[PriceBreak, ...] = ()
    floor_price: Decimal | None = None

    def price_at(self, quantity: Decimal) -> Decimal | None:
        """The price per unit when so many base units are bought; None below the first break."""
        price = self.unit_price
        for step in self.breaks:
            if quantity < step.from_quantity:
                break
            price = step.unit_price
        return price


@dataclass(frozen=True, slots=True)
class PriceVersion:
    """The head of one published version of a price list: everything that ranks it, nothing of its rows.

    `width` is the number of organizations its audience had when it was published; `publish_no` grows with
    every publication. `project` ties a special price to a deal: the order must name it.
    """

    version_id: UUID
    list_code: str
    seller_id: int
    currency: str
    level: PriceLevel
    priority: int
    width: int
    valid_from: date
    valid_to: date | None
    publish_no: int
    project: str = ""

    def rank(self) -> tuple[int, int, int, int, int, int]:
        """The smaller tuple wins: level, then priority, then narrower, then later, then published later.

        A list tied to a project is narrower than any list that is not.
        """
        return (
            self.level,
            -self.priority,
            0 if self.project else 1,
            self.width,
            -self.valid_from.toordinal(),
            -self.publish_no,
        )


class Overlap(NamedTuple):
    """Two versions that price the same goods for the same buyers in [start, end), and why the first one counts.

    `named` are the first of the goods; `buyers` None is everyone.
    """

    winner: PriceVersion
    loser: PriceVersion
    start: date
    end: date | None
    reason: Reason
    goods: int
    named: tuple[int, ...]
    buyers: int | None


class PriceGap(NamedTuple):
    """Goods of a version that ended which nothing prices in [start, end) for some of its buyers."""

    version: PriceVersion
    start: date
    end: date | None
    goods: int
    named: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PriceQuery:
    """Who buys how much of what from whom, on which price date.

    Unit: `quantity` in base units; `unit` is the unit it was entered in; `tax_rate` a fraction.
    """

    seller_id: int
    buyer_id: int
    sku_id: int
    unit: UnitFactor
    quantity: Decimal
    on: date
    currency: Currency
    tax_rate: Decimal
    project: str = ""


class Candidate(NamedTuple):
    """One version that knows the sku, and what became of it."""

    version: PriceVersion
    row: PriceRow
    reason: Reason


@dataclass(frozen=True, slots=True)
class AppliedOverride:
    """A price set by hand, per entered unit, and on whose authority."""

    unit_price: Decimal
    reason: str
    role: str
    discount: Decimal  # fraction of the resolved price, six decimals; negative is a surcharge
    approved_by_role: str = ""


@dataclass(frozen=True, slots=True)
class PriceTrace:
    """Why this price: the question, every candidate in the order they were asked, and an override if any."""

    query: PriceQuery
    candidates: tuple[Candidate, ...]
    override: AppliedOverride | None = None

    @property
    def winner(self) -> Candidate:
        return next(one for one in self.candidates if one.reason is Reason.WON)

    @property
    def losers(self) -> tuple[Candidate, ...]:
        return tuple(one for one in self.candidates if one.reason is not Reason.WON)


class Step(NamedTuple):
    """One step of the waterfall. `before` and `after` are prices per price unit, or amounts for `POSTED`."""

    rule: str
    version_id: UUID | None
    before: Decimal | None
    after: Decimal
    because: str


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its price. `gross_amount` is rounded once, from the exact price of the price's own unit.

    Unit: `unit_price` per `price_unit`, exact; `entered_unit_price` per entered unit, six decimals, to show.
    """

    sku_id: int
    quantity: Decimal
    unit: UnitFactor
    unit_price: Decimal
    price_unit: UnitFactor
    entered_unit_price: Decimal
    gross_amount: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    tax_rate: Decimal
    currency: Currency
    trace: PriceTrace = field(repr=False)


class UnitPrice(NamedTuple):
    """What one unit costs a buyer, for lists and sorting."""

    unit_price: Decimal
    unit: UnitFactor
    version_id: UUID


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of posted lines; nothing is rounded again."""

    gross_amount: Decimal
    net_amount: Decimal
    tax_amount: Decimal


@dataclass(frozen=True, slots=True)
class EditedLine:
    """Quantity, unit price and amount that agree: amount = posted(quantity x unit price)."""

    quantity: Decimal
    unit_price: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Authority:
    """How far a role may go by hand: `discount_max` is a fraction of the resolved price."""

    role: str
    discount_max: Decimal
    may_go_below_floor: bool = False


@dataclass(frozen=True, slots=True)
class PriceOverride:
    """A price someone wants to set by hand, per entered unit, tax included."""

    unit_price: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class OverrideVerdict:
    """Whether an override may be applied; `exceeds` names the limits it breaks."""

    discount: Decimal
    exceeds: tuple[str, ...]

    @property
    def is_allowed(self) -> bool:
        return not self.exceeds


@dataclass(frozen=True, slots=True)
class PriceTie:
    """Two versions of which neither wins for the shared buyers and skus."""

    one: PriceVersion
    other: PriceVersion
    sku_ids: tuple[int, ...]
    shared_buyers: int | None  # None: everyone


@dataclass(frozen=True, slots=True)
class PriceDifference:
    """A line whose price changed since it was last quoted; a None side has no price."""

    sku_id: int
    unit: str
    unit_price_before: Decimal | None
    unit_price_after: Decimal | None
    amount_before: Decimal | None
    amount_after: Decimal | None


@dataclass(frozen=True, slots=True)
class RowDraft:
    """A row as somebody wrote it: goods by code or id, a unit by name (empty: the base unit)."""

    unit_price: Decimal | None
    sku_code: str = ""
    sku_id: int | None = None
    unit: str = ""
    breaks: tuple[PriceBreak, ...] = ()
    floor_price: Decimal | None = None


class RowChange(NamedTuple):
    """A row that costs something else in the new version; `percent` is of the price before, two decimals."""

    sku_id: int
    unit: str
    before: Decimal
    after: Decimal
    percent: Decimal


class RowKey(NamedTuple):
    """A row by its goods and unit, with the price it has or had."""

    sku_id: int
    unit: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class ListDiff:
    """What a version changes against another: every row is in exactly one of the lists or in `unchanged`."""

    added: tuple[RowKey, ...]
    removed: tuple[RowKey, ...]
    raised: tuple[RowChange, ...]
    lowered: tuple[RowChange, ...]
    terms: tuple[RowKey, ...]  # same price, other breaks or floor
    unchanged: int
    head: tuple[tuple[str, str, str], ...] = ()  # (what, before, after)


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of the lint. `severity` is ERROR (refuses publishing) or WARNING."""

    severity: str
    code: str
    message: str
    remedy: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BuyerChange:
    """A unit price that a version changes for one buyer; None: no price on that side."""

    buyer_id: int
    sku_id: int
    unit: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class ShownPrice:
    """What one unit of a sku costs one buyer, on a price page."""

    sku_id: int
    sku_code: str
    sku_name: str
    unit: str
    unit_price: Decimal
    currency: str
    list_code: str
    version_id: UUID
    breaks: tuple[PriceBreak, ...]
    base_unit: str
    order_unit: str
    units: tuple[UnitFactor, ...]
