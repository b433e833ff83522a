"""Accounts, moves and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID


class AccountKind(StrEnum):
    """What an account counts; see docs/algorithms/ledger.md for floors."""

    SUPPLY = "supply"
    STOCK = "stock"
    IN_TRANSIT = "in_transit"
    SOLD_OUT = "sold_out"
    STOCK_ADJUSTMENT = "stock_adjustment"
    PARTNER_BALANCE = "partner_balance"
    SALES = "sales"
    CASH = "cash"
    MONEY_ADJUSTMENT = "money_adjustment"


class MoveKind(StrEnum):
    """What a transfer does to its two accounts."""

    POST = "POST"
    HOLD = "HOLD"
    SETTLE = "SETTLE"
    RELEASE = "RELEASE"


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account by its key; it is made on first use."""

    kind: AccountKind
    owner_id: int
    sku_id: int | None = None
    currency: str | None = None
    place_id: int | None = None
    counterparty_id: int | None = None
    lot: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "owner": self.owner_id,
            "sku": self.sku_id,
            "currency": self.currency,
            "place": self.place_id,
            "counterparty": self.counterparty_id,
            "lot": self.lot,
        }


@dataclass(frozen=True, slots=True)
class AccountId:
    """An account that is known already."""

    id: int

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id}


@dataclass(frozen=True, slots=True)
class Move:
    """`amount` from `credit` (gives) to `debit` (receives).

    HOLD and RELEASE name no receiver. SETTLE and RELEASE name the hold; they may leave out `credit` (the hold
    knows its account) and `amount` (all that is open).
    """

    kind: MoveKind
    amount: Decimal | None
    credit: AccountRef | AccountId | None = None
    debit: AccountRef | AccountId | None = None
    hold_id: int | None = None
    line_no: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The document and step behind an entry: unique, so that a retry posts nothing twice."""

    type: str
    id: UUID
    step: str


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry and its transfers, in the order of the moves; `earlier` when it stood already."""

    entry_id: int
    transfer_ids: tuple[int, ...]
    earlier: bool


@dataclass(frozen=True, slots=True)
class Released:
    """A promise that was given back: `amount` of what document line."""

    hold_id: int
    source_id: UUID
    line_no: int
    account_id: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OrderHold:
    """One promise of goods for an order line."""

    hold_id: int
    line_no: int
    place_id: int
    units: Decimal


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What an order line asks for, in base units."""

    line_no: int
    sku_id: int
    units: Decimal


@dataclass(frozen=True, slots=True)
class Promised:
    """What an order was promised; `missing` is what no place had, by line."""

    entry_id: int
    holds: tuple[OrderHold, ...]
    missing: dict[int, Decimal]
    money_hold_id: int | None


@dataclass(frozen=True, slots=True)
class OpenHold:
    """What is still promised: the account, how much, for which document line."""

    id: int
    account_id: int
    remaining: Decimal
    source_id: UUID
    line_no: int
    place_id: int | None
    sku_id: int | None
    lot: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Balance:
    """An account as it stands; `available` = balance - held may go down to `floor`."""

    account_id: int
    kind: str
    owner_id: int
    counterparty_id: int | None
    sku_id: int | None
    currency: str | None
    place_id: int | None
    lot: str
    balance: Decimal
    held: Decimal
    floor: Decimal | None
    floor_target: Decimal | None

    @property
    def available(self) -> Decimal:
        return self.balance - self.held

    @property
    def spendable(self) -> Decimal | None:
        """How much may still be given or promised; None without a floor."""
        return None if self.floor is None else self.available - self.floor


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of an account's history; `change` is signed, 0 for holds."""

    transfer_id: int
    kind: str
    change: Decimal
    amount: Decimal
    source_type: str
    source_id: UUID
    step: str
    effective_at: datetime
    recorded_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Difference:
    """An account whose stored figures are not the sums of its transfers and open holds: a bug."""

    account_id: int
    balance: Decimal
    balance_sum: Decimal
    held: Decimal
    held_sum: Decimal
    open_sum: Decimal
