"""Tables of the platform: events, consumers, idempotency keys, audit, settings, jobs, files, comments, custom fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Value
from django.db.models.expressions import RawSQL

from huiliu.platform.row_security import AnyWriter, Everyone, PathScope, RowSecurity, StaffOnly, SystemOnly

if TYPE_CHECKING:
    _Xid = models.Field[int, int]
else:
    _Xid = models.Field


class PathField(models.TextField):
    """An organization path: byte order, so that a reach is a range on any server locale."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["db_collation"] = "C"
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class XidField(_Xid):
    """The transaction that wrote the row: the only watermark that never skips a late commit."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("db_default", RawSQL("(pg_current_xact_id()::text::bigint)", []))
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def db_type(self, connection: object) -> str:  # noqa: ARG002 - the base class names it
        return "bigint"  # xid8 has no BRIN operator class; the 64-bit value is the same


class Event(models.Model):
    """One thing that happened: the information flow. Append-only; seen by the organizations it names."""

    row_security: ClassVar[RowSecurity] = PathScope(
        "visible_path", "visible_path_2", public="broadcast", verbs=("INSERT",)
    )

    row_xid = XidField()
    type = models.TextField()
    subject_type = models.TextField()
    subject_id = models.TextField()
    visible_path = PathField(default="")
    visible_path_2 = PathField(default="")
    broadcast = models.BooleanField(default=False)
    payload = models.JSONField(default=dict)
    user_id = models.BigIntegerField(null=True)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "platform_event"
        indexes = (
            models.Index(fields=["row_xid", "id"], name="platform_event_position"),
            models.Index(fields=["subject_type", "subject_id", "id"], name="platform_event_subject"),
        )


class Notice(models.Model):
    """What an event means for the people of one organization: the rows of the notification centre.

    `for_path` is the organization whose people get it, `about_path` the other one: a branch hears what the brand
    hears about its own partners. `scope` is what somebody must be able to do for it to be news.
    """

    row_security: ClassVar[RowSecurity] = PathScope("for_path", "about_path", verbs=("INSERT", "DELETE"))

    event_id = models.BigIntegerField()
    kind = models.TextField()
    scope = models.TextField()
    for_path = PathField()
    about_path = PathField(default="")
    subject_type = models.TextField()
    subject_id = models.TextField()
    payload = models.JSONField(default=dict)
    user_id = models.BigIntegerField(null=True)  # who did it: nobody is told of the own deeds
    created_at = models.DateTimeField()

    class Meta:
        db_table = "platform_notice"
        constraints = (
            models.UniqueConstraint(fields=["event_id", "for_path", "kind"], name="platform_notice_once"),
        )
        indexes = (models.Index(fields=["for_path", "-id"], name="platform_notice_newest"),)


class Consumer(models.Model):
    """How far a consumer of the event log has come: everything up to (xid, id) was handled."""

    row_security: ClassVar[RowSecurity] = SystemOnly()

    name = models.TextField(primary_key=True)
    position_xid = models.BigIntegerField(default=0)
    position_id = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "platform_consumer"


class IdempotencyKey(models.Model):
    """The answer given to a POST, so that its retry gets the same one."""

    row_security: ClassVar[RowSecurity] = AnyWriter(column="owner_path", verbs=("INSERT", "UPDATE"))

    pk = models.CompositePrimaryKey("user_id", "key")
    user_id = models.BigIntegerField()
    key = models.TextField()
    owner_path = PathField(default="")
    route = models.TextField()
    input_hash = models.BinaryField()
    status = models.SmallIntegerField(null=True)
    content_type = models.TextField(default="application/json")
    body = models.BinaryField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "platform_idempotency_key"
        indexes = (BrinIndex(fields=["created_at"], name="platform_idempotency_created"),)


class AuditRecord(models.Model):
    """Who changed what, why, from what to what. Append-only."""

    row_security: ClassVar[RowSecurity] = AnyWriter(column="owner_path")

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    impersonator_id = models.BigIntegerField(null=True)
    owner_path = PathField(default="")
    action = models.TextField()
    subject_type = models.TextField()
    subject_id = models.TextField()
    reason = models.TextField(default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    request_id = models.TextField(default="")

    class Meta:
        db_table = "platform_audit_record"
        indexes = (
            models.Index(fields=["subject_type", "subject_id", "id"], name="platform_audit_subject"),
            models.Index(fields=["user_id", "id"], name="platform_audit_user"),
            BrinIndex(fields=["at"], name="platform_audit_at"),
        )


class Setting(models.Model):
    """One switch or value of the brand; `platform.settings_store` defines which exist."""

    row_security: ClassVar[RowSecurity] = StaffOnly()

    key = models.TextField(primary_key=True)
    value = models.JSONField()
    version = models.IntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "platform_setting"


class NumberBase(models.Model):
    """Where the numbers of one document type, organization and day begin in the shared sequence."""

    row_security: ClassVar[RowSecurity] = SystemOnly()

    pk = models.CompositePrimaryKey("type", "organization_id", "day")
    type = models.TextField()
    organization_id = models.BigIntegerField()
    day = models.DateField()
    base = models.BigIntegerField()

    class Meta:
        db_table = "platform_number_base"


class Stamp(models.Model):
    """That something cached was changed; see sql/stamps.sql."""

    row_security: ClassVar[RowSecurity] = SystemOnly(verbs=())

    name = models.TextField()

    class Meta:
        db_table = "platform_stamp"


class Job(models.Model):
    """Long work that somebody asked for: what it is, how far it is, what came of it. The row is also the queue.

    `scopes` and `impersonator_id` are those of the session that asked: a job never may more than its request.
    """

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", private="created_by")

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    state = models.TextField()
    owner_path = PathField(default="")
    created_by = models.BigIntegerField(null=True)  # None: system work
    impersonator_id = models.BigIntegerField(null=True)
    scopes = ArrayField(
        models.TextField(), default=list, db_default=Value([], ArrayField(models.TextField()))
    )
    params = models.JSONField(default=dict)
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(null=True)
    message = models.TextField(default="")
    result = models.JSONField(null=True)
    refusal = models.JSONField(null=True)
    result_file_id = models.UUIDField(null=True)
    attempts = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # not before: after a failure it waits a while
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "platform_job"
        indexes = (
            models.Index(fields=["created_by", "created_at", "id"], name="platform_job_mine"),
            models.Index(fields=["created_at", "id"], name="platform_job_newest"),
            models.Index(
                fields=["state"],
                name="platform_job_open",
                condition=models.Q(state__in=["QUEUED", "RUNNING"]),
            ),
        )


class PeriodicRun(models.Model):
    """How the latest run of a piece of recurring work went, and when the next is due: the worker's sign of life."""

    row_security: ClassVar[RowSecurity] = SystemOnly(verbs=("INSERT", "UPDATE", "DELETE"))

    name = models.TextField(primary_key=True)
    due_at = models.DateTimeField()
    module = models.TextField(default="", db_default="")
    every_seconds = models.IntegerField(default=0, db_default=0)
    ran_at = models.DateTimeField(null=True)
    took_ms = models.IntegerField(default=0, db_default=0)
    failures = models.IntegerField(default=0, db_default=0)  # in a row; 0 when the latest run went well
    problem = models.TextField(default="", db_default="")

    class Meta:
        db_table = "platform_periodic_run"


class File(models.Model):
    """What is known of a stored file; its bytes lie under their digest, shared by equal files."""

    row_security: ClassVar[RowSecurity] = PathScope(
        "owner_path", "owner_path_2", public="shown_to_all", private="private_to", verbs=("INSERT", "DELETE")
    )

    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    content_type = models.TextField()
    size_bytes = models.BigIntegerField()
    sha256 = models.TextField()
    thumbnail_sha256 = models.TextField(default="")
    owner_path = PathField(default="")
    owner_path_2 = PathField(default="")
    private_to = models.BigIntegerField(null=True)
    shown_to_all = models.BooleanField(default=False, db_default=False)
    subject_type = models.TextField(default="")
    subject_id = models.TextField(default="")
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "platform_file"
        indexes = (
            models.Index(fields=["subject_type", "subject_id", "id"], name="platform_file_subject"),
            models.Index(fields=["sha256"], name="platform_file_sha256"),
            models.Index(
                fields=["thumbnail_sha256"],
                name="platform_file_thumbnail",
                condition=~models.Q(thumbnail_sha256=""),
            ),
        )


class Comment(models.Model):
    """What somebody wrote beside a document; never rewritten. Internal ones are the brand's own."""

    row_security: ClassVar[RowSecurity] = PathScope(
        "owner_path", "owner_path_2", internal="internal", verbs=("INSERT",)
    )

    id = models.UUIDField(primary_key=True)
    subject_type = models.TextField()
    subject_id = models.TextField()
    owner_path = PathField(default="")
    owner_path_2 = PathField(default="")
    internal = models.BooleanField(default=False)
    text = models.TextField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.TextField(default="")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "platform_comment"
        indexes = (
            models.Index(fields=["subject_type", "subject_id", "id"], name="platform_comment_subject"),
        )


class CustomField(models.Model):
    """A field that this brand added to an entity; the values lie in the entity's own `custom`."""

    row_security: ClassVar[RowSecurity] = Everyone()

    entity = models.TextField()
    code = models.TextField()
    label = models.TextField()
    kind = models.TextField()
    required = models.BooleanField(default=False)
    choices = models.JSONField(default=list)
    position = models.IntegerField(default=0)
    is_active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)
    help = models.TextField(default="", db_default="")
    in_list = models.BooleanField(default=False, db_default=False)
    limits = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))

    class Meta:
        db_table = "platform_custom_field"
        constraints = (models.UniqueConstraint(fields=["entity", "code"], name="platform_custom_field_code"),)


class OutgoingMessage(models.Model):
    """A text to a phone: waits for the worker, and is emptied when it was handed to the provider.

    In the development outbox it is kept readable instead. `NOBODY`: asked for by an unknown phone, never sent.
    """

    row_security: ClassVar[RowSecurity] = SystemOnly(verbs=("INSERT", "UPDATE", "DELETE"))

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()  # which template
    recipient = models.TextField()
    values = models.JSONField(default=dict)  # of the template's variables; emptied once sent
    state = models.TextField(default="WAITING")  # WAITING | SENT | FAILED | KEPT | NOBODY
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    expires_at = models.DateTimeField()  # a code that came later would help nobody
    problem = models.TextField(default="")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "platform_outgoing_message"
        indexes = (
            models.Index(
                fields=["next_at"], name="platform_message_waiting", condition=models.Q(state="WAITING")
            ),
            models.Index(fields=["created_at"], name="platform_message_created"),
        )
