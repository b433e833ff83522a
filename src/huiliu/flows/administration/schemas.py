"""Shapes of the administration API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.platform.custom_fields_rules import FieldKind
from huiliu.platform.http.cursor import PageQuery

Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
RowVersion = Annotated[int, Field(ge=0, le=2**31 - 1)]
Id = Annotated[int, Field(ge=1, le=2**53)]
Word = Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")]
Label = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Position = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2200, 1, 1))]
SettingKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$", max_length=100)]


class SettingOut(Schema):
    """A setting as it stands; version 0 is the default, `limits` says what its form must know."""

    key: str
    module: str
    kind: str
    label_zh: str
    label_en: str
    help_zh: str
    help_en: str
    limits: dict[str, Any]
    value: Any
    default: Any
    inherited: Any = Field(description="What would count without this value.")
    per_seller: bool
    seller_id: int | None
    scope: str
    may_change: bool
    version: int
    updated_at: datetime | None
    updated_by: int | None


class SettingIn(Schema):
    """A new value; `version` is the one that was read, unless `If-Match` says it."""

    value: Any
    reason: Reason
    version: RowVersion | None = None


class ChoiceShape(Schema):
    """One value to choose from."""

    code: Word
    label: Label


class CustomFieldQuery(Schema):
    entity: Word = ""
    active_only: bool = False


class NewCustomFieldIn(Schema):
    """A new field; its code and kind stay for good."""

    entity: Word
    code: Word
    label: Label
    kind: FieldKind
    required: bool = False
    choices: Annotated[list[ChoiceShape], Field(max_length=200)] = Field(default_factory=list)
    position: Position = 0


class CustomFieldIn(Schema):
    """A changed field; `version` is the one that was read."""

    label: Label
    required: bool
    choices: Annotated[list[ChoiceShape], Field(max_length=200)] = Field(default_factory=list)
    position: Position = 0
    is_active: bool = True
    version: RowVersion


class CustomFieldOut(Schema):
    id: int
    entity: str
    code: str
    label: str
    kind: FieldKind
    required: bool
    choices: list[ChoiceShape]
    position: int
    is_active: bool
    version: int


class CustomEntityOut(Schema):
    entity: str
    label_zh: str
    label_en: str


class ModuleIn(Schema):
    """On or off, and why."""

    is_on: bool
    reason: Reason


class ModuleOut(Schema):
    """`needs` must be on for it; `needed_by` are on and need it."""

    module: str
    label_zh: str
    label_en: str
    is_on: bool
    needs: list[str]
    needed_by: list[str]


class AuditQuery(PageQuery):
    """What the trail is narrowed by; `action` may end in `.` for a family (`partner.`)."""

    subject_type: Word = ""
    subject_id: Word = ""
    user_id: Id | None = None
    action: Label = ""
    from_day: Day | None = None
    to_day: Day | None = Field(default=None, description="The last day, included.")


class AuditOut(Schema):
    """One change; `request_id` is the reference that the user saw."""

    id: int
    at: datetime
    user_id: int | None
    user_name: str
    impersonator_id: int | None
    impersonator_name: str
    action: str
    subject_type: str
    subject_id: str
    reason: str
    before: Any
    after: Any
    request_id: str


class CommentQuery(PageQuery):
    subject_type: Word = Field(description="order, shipment, return or partner.")
    subject_id: Word


class CommentIn(Schema):
    """A new comment; `id` is the client's own UUIDv7, `internal` keeps it within the brand."""

    id: UUID
    subject_type: Word
    subject_id: Word
    text: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    internal: bool = False


class CommentOut(Schema):
    id: UUID
    subject_type: str
    subject_id: str
    text: str
    internal: bool
    user_id: int | None
    user_name: str
    created_at: datetime
