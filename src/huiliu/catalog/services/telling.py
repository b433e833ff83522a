"""What every change of the catalog leaves behind: an event for staff, an audit row, caches that look again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from huiliu.access.types import Actor
from huiliu.catalog.errors import CodeTaken
from huiliu.catalog.models import Category, ProductBrand
from huiliu.kernel.text import normalise
from huiliu.platform import audit, events, stamps
from huiliu.platform.errors import InvalidInput, Stale
from huiliu.platform.models import AuditRecord


def tell(
    *,
    actor: Actor,
    subject: str,
    subject_id: int,
    action: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    now: datetime,
) -> None:
    """The event has no partner among its readers: what is not in a partner's range does not exist for it."""
    event, record = told(
        actor=actor,
        subject=subject,
        subject_id=subject_id,
        action=action,
        before=before,
        after=after,
        now=now,
    )
    events.publish_all([event])
    audit.record_all([record])
    stamps.forget()


def told(
    *,
    actor: Actor,
    subject: str,
    subject_id: int,
    action: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    now: datetime,
) -> tuple[events.NewEvent, AuditRecord]:
    """What `tell` leaves, not yet written."""
    event = events.NewEvent(
        type=f"{subject}.{action}",
        subject_type=subject,
        subject_id=subject_id,
        paths=(actor.organization_path,),
        user_id=actor.user_id,
        now=now,
        payload={"fields": sorted(after or {})},
    )
    return event, audit.entry(
        actor=actor,
        action=f"{subject}.{action}",
        subject_type=subject,
        subject_id=subject_id,
        owner_path=actor.organization_path,
        now=now,
        before=before,
        after=after,
    )


def checked_code(text: str, *, taken: bool) -> str:
    """A code of one to 60 characters that nothing else has. Raises: InvalidInput, CodeTaken."""
    code = normalise(text)
    if not 1 <= len(code) <= 60:
        raise InvalidInput("A code has 1 to 60 characters.", field="code")
    if taken:
        raise CodeTaken(f"{code} is in use.", field="code", code=code)
    return code


def insert(row: ProductBrand | Category) -> None:
    """Insert a row; its code may have been taken a moment ago. Raises: CodeTaken."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise CodeTaken(f"{row.code} is in use.", field="code", code=row.code) from taken


def checked_name(text: str) -> str:
    """A name that is not blank. Raises: InvalidInput."""
    name = normalise(text)
    if not name:
        raise InvalidInput("A name is needed.", field="name")
    return name


def check_version(current: int, yours: int) -> None:
    """Raises: Stale."""
    if current != yours:
        raise Stale("It was changed meanwhile.", yours=yours, current=current)
