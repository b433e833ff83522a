"""Shapes of the credit API. Amounts are decimal strings at the currency's exponent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.credit.types import GrantKind, PaymentMode
from huiliu.platform.http.cursor import PageQuery

Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=1, le=2**53)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[Decimal, Field(ge=0, lt=Decimal(10**13), max_digits=20, decimal_places=6)]


class CreditQuery(Schema):
    """By default the reader's own organization with its own seller, today."""

    buyer_id: Id | None = None
    seller_id: Id | None = None
    currency: Currency = "CNY"
    on: date | None = None


class CreditOut(Schema):
    """available = limit + temporary + balance − held; a negative balance is debt."""

    buyer_id: int
    seller_id: int
    currency: str
    mode: PaymentMode
    limit: str
    temporary: str
    balance: str
    held: str
    exposure: str
    available: str


class LimitIn(Schema):
    """A limit from a day on (default today); zero is prepayment. `id` is the client's own UUIDv7."""

    id: UUID
    buyer_id: Id
    seller_id: Id
    currency: Currency = "CNY"
    amount: Amount
    valid_from: date | None = None
    valid_to: date | None = None
    reason: Reason


class TemporaryLimitIn(LimitIn):
    """More credit for some days; `valid_to` is the first day without it."""

    valid_to: date


class RevocationIn(Schema):
    """Take a temporary limit back. `id` is the client's own UUIDv7."""

    id: UUID
    reason: Reason


class GrantQuery(PageQuery):
    buyer_id: Id | None = None
    seller_id: Id | None = None


class GrantOut(Schema):
    id: UUID
    kind: GrantKind
    seller_id: int
    buyer_id: int
    currency: str
    amount: str
    valid_from: date
    valid_to: date | None
    revokes_id: UUID | None
    reason: str
    approved_by: int | None
    created_at: datetime
