"""Grants, and what may still be ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class GrantKind(StrEnum):
    """What a row of the history does."""

    LIMIT = "LIMIT"
    TEMPORARY = "TEMPORARY"
    REVOCATION = "REVOCATION"


class PaymentMode(StrEnum):
    """How a buyer pays a seller: before the goods go, or afterwards up to a limit."""

    PREPAY = "PREPAY"
    LIMIT = "LIMIT"


@dataclass(frozen=True, slots=True)
class Grant:
    """One row of the history."""

    id: UUID
    kind: GrantKind
    seller_id: int
    buyer_id: int
    currency: str
    amount: Decimal
    valid_from: date
    valid_to: date | None
    revokes_id: UUID | None
    reason: str
    approved_by: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Granted:
    """What is granted on a day."""

    limit: Decimal
    temporary: Decimal

    @property
    def total(self) -> Decimal:
        return self.limit + self.temporary


@dataclass(frozen=True, slots=True)
class CreditTerms:
    """The five terms a buyer is shown: available = limit + temporary + balance - held.

    Unit: `balance` is prepayment when positive and debt when negative; `held` is promised to open orders.
    """

    buyer_id: int
    seller_id: int
    currency: str
    mode: PaymentMode
    limit: Decimal
    temporary: Decimal
    balance: Decimal
    held: Decimal
    available: Decimal

    @property
    def exposure(self) -> Decimal:
        """What is owed or promised: it does not change when an order ships, only when money comes in."""
        return self.held - self.balance
