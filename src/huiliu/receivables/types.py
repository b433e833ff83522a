"""Shapes of money read as business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Method(StrEnum):
    """How the money came."""

    BANK = "BANK"
    WECHAT = "WECHAT"
    ALIPAY = "ALIPAY"
    CASH = "CASH"
    BILL = "BILL"  # acceptance bill


class ReceiptState(StrEnum):
    POSTED = "POSTED"
    REVERSED = "REVERSED"


@dataclass(frozen=True, slots=True)
class ReceiptDraft:
    """A payment as finance reads it off the bank's statement."""

    receipt_id: UUID
    buyer_id: int
    amount: Decimal
    method: Method
    value_date: date
    currency: str = "CNY"
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt as its readers see it."""

    id: UUID
    number: str
    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    amount: Decimal
    currency: str
    method: str
    reference: str
    value_date: date
    note: str
    state: str
    created_at: datetime
    reversed_at: datetime | None
    reversal_reason: str


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A buyer's money with a seller; `limit` is what may be owed, `available` what may still be ordered for."""

    account_id: int
    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    currency: str
    balance: Decimal
    held: Decimal
    limit: Decimal
    available: Decimal
    overdue: Decimal  # of what is owed: older than the days of payment


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement of the month; `balance` is what stood after it."""

    transfer_id: int
    effective_at: datetime
    source_type: str
    source_id: UUID
    document_number: str
    change: Decimal
    balance: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A month between a buyer and a seller: opening + every change = closing."""

    buyer_id: int
    seller_id: int
    currency: str
    first: date
    last: date
    opening: Decimal
    closing: Decimal
    lines: tuple[StatementLine, ...]
