"""Shapes of the complaints API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from huiliu.orders.schemas import Reason
from huiliu.orders.types import ComplaintKind, ComplaintState
from huiliu.platform.http.cursor import PageQuery


class ComplaintQuery(PageQuery):
    """Filters of the list of complaints."""

    state: ComplaintState | None = None
    order_id: UUID | None = None
    buyer_id: int | None = Field(default=None, ge=1, le=2**53)
    seller_id: int | None = Field(default=None, ge=1, le=2**53)


class ComplaintIn(Schema):
    """What is wrong; `id` is the client's own UUIDv7."""

    id: UUID
    kind: ComplaintKind
    text: Reason


class ComplaintAnswerIn(Schema):
    """What the seller will do."""

    answer: Reason


class ComplaintOut(Schema):
    """A complaint with its answer and what the reader may do."""

    id: UUID
    number: str
    order_id: UUID
    order_number: str
    seller_id: int
    seller_name: str
    buyer_id: int
    buyer_name: str
    kind: ComplaintKind
    text: str
    state: ComplaintState
    answer: str
    complained_at: datetime
    complained_by_name: str
    answered_at: datetime | None
    answered_by_name: str
    closed_at: datetime | None
    allowed_actions: list[str]
