"""The audit trail as it is read: filtered, newest first, what the reader may not see taken out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from huiliu.platform.jobs.registry import find_kind, kinds
from huiliu.platform.models import AuditRecord
from huiliu.platform.settings_types import Words
from huiliu.platform.subject_names import subject_names, subject_words, subjects_named

#: Values of these names are shown only with the scope; the trail says that they changed.
VEILED: dict[str, str] = {
    "standard_cost": "costs:read",
    "phone": "contacts:read",
    "contact_phone": "contacts:read",
    "email": "contacts:read",
}
VEIL = "***"
JOB = "job"


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """What the trail is narrowed by; `action` may end in `.` for a family; instants are half-open.

    `subject` is an id, or what things are called: a number, a name.
    """

    subject_type: str = ""
    subject_id: str = ""
    subject: str = ""
    user_id: int | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who did what to which thing, when, why, from what to what."""

    id: int
    at: datetime
    user_id: int | None
    impersonator_id: int | None
    action: str
    subject_type: str
    subject_id: str
    reason: str
    before: Any
    after: Any
    request_id: str


@dataclass(frozen=True, slots=True)
class Called:
    """How the thing of a record is called now: by a name of its own, by words of the program, by both or not at all."""

    name: str = ""
    words: Words | None = None


def called(rows: Collection[AuditRow]) -> list[Called]:
    """For each record, as far as the reader sees the thing."""
    refs = [(row.subject_type, row.subject_id) for row in rows]
    names, words = subject_names(refs), subject_words(refs)
    return [
        Called(names.get(ref, ""), _of_job(row) if row.subject_type == JOB else words.get(ref))
        for row, ref in zip(rows, refs, strict=True)
    ]


def _of_job(row: AuditRow) -> Words | None:
    """Of the kind that the record keeps: it stays when the job is cleared away."""
    kind = find_kind(str(row.after.get("kind"))) if isinstance(row.after, Mapping) else None
    return kind.words if kind else None


def list_records(
    *, filters: AuditFilters, scopes: Collection[str], before_id: int | None, limit: int
) -> list[AuditRow]:
    """At most `limit` records in the reader's reach, newest first; `before_id` continues a list."""
    query = AuditRecord.objects.all()
    if before_id is not None:
        query = query.filter(pk__lt=before_id)
    if filters.subject_type:
        query = query.filter(subject_type=filters.subject_type)
    if filters.subject_id:
        query = query.filter(subject_id=filters.subject_id)
    if filters.subject:
        query = query.filter(_speaks_of(filters))
    if filters.user_id is not None:
        query = query.filter(user_id=filters.user_id)
    if filters.action.endswith("."):
        query = query.filter(action__startswith=filters.action)
    elif filters.action:
        query = query.filter(action=filters.action)
    if filters.since is not None:
        query = query.filter(at__gte=filters.since)
    if filters.until is not None:
        query = query.filter(at__lt=filters.until)
    return [_row(row, scopes) for row in query.order_by("-id")[:limit]]


def _speaks_of(filters: AuditFilters) -> Q:
    """Names first: what is called so is few, and the index knows it by type and id."""
    named = subjects_named(filters.subject, type=filters.subject_type)
    found = [Q(subject_type=kind, subject_id__in=ids) for kind, ids in named.items()]
    jobs = [one.name for one in kinds() if filters.subject in (one.words.zh, one.words.en)]
    if jobs and filters.subject_type in ("", JOB):
        found.append(Q(subject_type=JOB, after__kind__in=jobs))
    return reduce(or_, found) if found else Q(subject_id=filters.subject)


def _row(row: AuditRecord, scopes: Collection[str]) -> AuditRow:
    return AuditRow(
        id=row.pk,
        at=row.at,
        user_id=row.user_id,
        impersonator_id=row.impersonator_id,
        action=row.action,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        reason=row.reason,
        before=veiled(row.before, scopes),
        after=veiled(row.after, scopes),
        request_id=row.request_id,
    )


def veiled(value: Any, scopes: Collection[str]) -> Any:
    """The value with what needs a scope the reader lacks replaced, at any depth."""
    if isinstance(value, Mapping):
        return {
            key: VEIL
            if child not in (None, "") and VEILED.get(key, "") not in ("", *scopes)
            else veiled(child, scopes)
            for key, child in value.items()
        }
    if isinstance(value, list):
        return [veiled(child, scopes) for child in value]
    return value
