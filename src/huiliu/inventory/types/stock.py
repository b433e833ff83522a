"""What stands where, and what moved it. Quantities are in base units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from huiliu.inventory.types.places import StockLevel

ZERO = Decimal(0)


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
    cover_below: int | None = None  # days; of stock by organization


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
    level: StockLevel | None
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
