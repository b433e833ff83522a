"""The audit trail: who, what, why, before, after; one row per change, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from huiliu.platform.http.context import request_id
from huiliu.platform.models import AuditRecord


class Who(Protocol):
    """What audit needs to know of an actor."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def impersonator_id(self) -> int | None: ...


def record(
    *,
    actor: Who,
    action: str,
    subject_type: str,
    subject_id: object,
    owner_path: str,
    now: datetime,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Append one audit row in the caller's transaction: rolled back with the change it describes."""
    entry(
        actor=actor,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        owner_path=owner_path,
        now=now,
        reason=reason,
        before=before,
        after=after,
    ).save(force_insert=True)


def record_all(entries: Sequence[AuditRecord]) -> None:
    """Append many in one statement, in their order."""
    AuditRecord.objects.bulk_create(entries)


def entry(
    *,
    actor: Who,
    action: str,
    subject_type: str,
    subject_id: object,
    owner_path: str,
    now: datetime,
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditRecord:
    """A row for `record_all`, not yet written."""
    return AuditRecord(
        at=now,
        user_id=actor.user_id,
        impersonator_id=actor.impersonator_id,
        owner_path=owner_path,
        action=action,
        subject_type=subject_type,
        subject_id=str(subject_id),
        reason=reason,
        before=_plain(before),
        after=_plain(after),
        request_id=request_id(),
    )


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {
        key: value if isinstance(value, (str, int, bool, list, dict, type(None))) else str(value)
        for key, value in values.items()
    }
