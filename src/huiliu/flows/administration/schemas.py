"""Shapes of the administration API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.access.types import OrganizationKind, Role
from huiliu.flows.administration.health_rules import Severity
from huiliu.flows.administration.sight import Extent
from huiliu.platform.custom_fields_rules import FieldKind
from huiliu.platform.http.cursor import PageQuery
from huiliu.platform.jobs import JobState

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
    updated_by_name: str


class SettingIn(Schema):
    """A new value; `version` is the one that was read, unless `If-Match` says it."""

    value: Any
    reason: Reason
    version: RowVersion | None = None


class ChoiceShape(Schema):
    """One value to choose from."""

    code: Word
    label: Label


Help = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Bound = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]


class LimitsShape(Schema):
    """What a value may be: `low` and `high` of numbers and days are included; null does not narrow."""

    low: Bound | None = None
    high: Bound | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    length_max: Annotated[int, Field(ge=1, le=1000)] | None = None


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
    help: Help = ""
    in_list: bool = Field(default=False, description="Also a column of the entity's lists and exports.")
    limits: LimitsShape = Field(default_factory=LimitsShape)


class CustomFieldIn(Schema):
    """A changed field; `version` is the one that was read."""

    label: Label
    required: bool
    choices: Annotated[list[ChoiceShape], Field(max_length=200)] = Field(default_factory=list)
    position: Position = 0
    is_active: bool = True
    help: Help = ""
    in_list: bool = False
    limits: LimitsShape = Field(default_factory=LimitsShape)
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
    help: str
    in_list: bool
    limits: LimitsShape


class CustomEntityOut(Schema):
    entity: str
    label_zh: str
    label_en: str


class ModuleIn(Schema):
    """On or off, and why."""

    is_on: bool
    reason: Reason


class ModuleOut(Schema):
    """`needs` must be on for it; `needed_by` are on and need it. Off, its operations, jobs and works rest."""

    module: str
    label_zh: str
    label_en: str
    is_on: bool
    needs: list[str]
    needed_by: list[str]
    operations: int
    jobs: list[str]
    works: list[str]


class AuditQuery(PageQuery):
    """What the trail is narrowed by; `action` may end in `.` for a family (`partner.`)."""

    subject_type: Word = ""
    subject_id: Word = ""
    subject: Word = Field(default="", description="An id, or what things are called: a number, a name.")
    user_id: Id | None = None
    action: Label = ""
    from_day: Day | None = None
    to_day: Day | None = Field(default=None, description="The last day, included.")


class AuditOut(Schema):
    """One change; `request_id` is the reference that the user saw.

    `subject_name` is what the thing is called or numbered now; empty where it has no name or the reader does not see it.
    `subject_label_*` is what the program calls it: a setting (its `subject_name` is the seller it is for), a module, a job.
    """

    id: int
    at: datetime
    user_id: int | None
    user_name: str
    impersonator_id: int | None
    impersonator_name: str
    action: str
    subject_type: str
    subject_id: str
    subject_name: str
    subject_label_zh: str
    subject_label_en: str
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


class FindingOfHealthOut(Schema):
    """One thing that wants a person; `about` names the work or the consumer, if one."""

    code: str
    severity: Severity
    about: str


class DatabaseHealthOut(Schema):
    """`horizon_behind`: transactions that started before the newest and are still open hold events back."""

    version: str
    embedded: bool
    size_bytes: int
    connections: int
    connections_max: int
    horizon_behind: int
    horizon_held_since: datetime | None


class WorkHealthOut(Schema):
    """The latest run of recurring work; `failures` in a row, `rests` while its module is off."""

    name: str
    module: str
    every_seconds: int
    ran_at: datetime | None
    took_ms: int
    failures: int
    problem: str
    due_at: datetime
    rests: bool


class JobCountOut(Schema):
    state: JobState
    count: int


class ConsumerHealthOut(Schema):
    """`backlog` events are not handled yet, since `waiting_since`; `is_more`: there are more than counted."""

    name: str
    backlog: int
    is_more: bool
    waiting_since: datetime | None
    moved_at: datetime | None


class BackupHealthOut(Schema):
    """The latest backup made by `huiliu backup`."""

    made_at: datetime
    target: str
    size_bytes: int


class HealthOut(Schema):
    """The installation, measured now; null is unknown."""

    measured_at: datetime
    version: str
    python_version: str
    findings: list[FindingOfHealthOut]
    database: DatabaseHealthOut
    worker_seen_at: datetime | None
    works: list[WorkHealthOut]
    jobs: list[JobCountOut]
    job_waiting_since: datetime | None
    consumers: list[ConsumerHealthOut]
    warehouse_on: bool
    warehouse_at: datetime | None
    disk_free_bytes: int
    disk_total_bytes: int
    backup: BackupHealthOut | None


class SightCountOut(Schema):
    """Rows of a kind; null when the person may not open them, `is_more` when there are more than counted."""

    kind: str
    count: int | None
    is_more: bool


class SightOut(Schema):
    """What a person may do, how far the person sees, and how much that is today."""

    user_id: int
    name: str
    organization_id: int
    organization_name: str
    organization_kind: OrganizationKind
    roles: list[Role]
    scopes: list[str]
    extent: Extent
    counts: list[SightCountOut]
