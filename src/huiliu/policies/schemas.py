"""Shapes of the common life of policies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.platform.http.cursor import PageQuery
from huiliu.policies.types import VersionState

Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Code = Annotated[
    str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00\s](?:[^\x00]*[^\x00\s])?$")
]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=1, le=2**53)]
AudienceIn = Annotated[
    dict[str, Any],
    Field(
        max_length=20,
        description=(
            "Who it speaks to; {} is everyone. Parts: organization_ids, under_ids, tiers, tags, channels, kinds, "
            "region_codes (each a list; any value of it), all_of, any_of (lists of audiences), except_for (an audience). "
            "Every named part must hold."
        ),
    ),
]


class AudienceQuestion(Schema):
    """`text` looks for a code or a name among those who are meant."""

    audience: AudienceIn
    text: Text = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 20


class AudienceMemberOut(Schema):
    id: int
    code: str
    name: str


class AudienceAnswer(Schema):
    """Whom the audience means today, in words and names; `count` is null for everyone."""

    words: str
    count: int | None
    candidates: int
    sample: list[AudienceMemberOut]


class VersionOut(Schema):
    """One version of one policy, without its content."""

    id: UUID
    kind: str
    code: str
    name: str
    version_no: int
    state: VersionState
    seller_id: int
    audience: dict[str, Any]
    audience_words: str
    late_joiners: bool
    width: int | None
    valid_from: date
    valid_to: date | None
    digest: str
    publish_no: int | None
    supersedes_id: UUID | None
    created_by: int | None
    created_at: datetime | None
    approved_by: int | None
    approved_at: datetime | None
    published_by: int | None
    published_at: datetime | None
    ended_at: datetime | None
    version: int
    allowed_actions: list[str]


class ChangeOfHead(Schema):
    """One thing of the head that was changed, as text."""

    what: str
    before: str
    after: str


class VersionHistoryOut(Schema):
    """One step in the life of a version; `rows` tells how many rows it wrote or removed."""

    id: int
    at: datetime
    action: str
    user_id: int | None
    user_name: str
    reason: str
    rows: int | None
    changes: list[ChangeOfHead]


class VersionQuery(PageQuery):
    """Filters of the calendar: what is valid somewhere in [from_day, to_day), or in force on one day."""

    kind: Text = ""
    code: Text = ""
    state: VersionState | None = None
    seller_id: Id | None = None
    text: Text = ""
    on: date | None = None
    from_day: date | None = None
    to_day: date | None = None
