"""Shapes of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints


class NoticeOut(Schema):
    """One notice; `kind` names its sentence, `payload` what stands in it."""

    id: int
    kind: str
    subject_type: str
    subject_id: str
    payload: dict[str, Any]
    created_at: datetime
    unread: bool


class UnreadOut(Schema):
    """How many notices are unread, counted up to 100."""

    unread: int


class ReadIn(Schema):
    """The newest notice that was seen."""

    until: int = Field(ge=0, le=2**53)


class DeskWorkOut(Schema):
    """Work that waits; counted up to 1,000."""

    key: str
    count: int
    oldest_at: datetime | None


class DeskAlertOut(Schema):
    """Something wrong, counted up to 1,000; `limit` (hours of orders, else days) is what it crossed."""

    key: str
    count: int
    oldest_at: datetime | None
    limit: int
    organization_id: int = Field(description="Whose matter it is: narrows the list behind the count.")


class SearchQuery(Schema):
    text: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]


class HitOut(Schema):
    """One thing found: `kind` is order, partner or product."""

    kind: str
    id: str
    title: str
    note: str
    state: str
