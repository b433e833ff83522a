"""The audit trail: who changed what, when, why, from what to what."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ninja import Query

from huiliu.access import selectors as access
from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.flows.administration import schemas as shapes
from huiliu.platform.audit_reading import AuditFilters, called, list_records
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.http.cursor import Page, decode_cursor, page_of

router = EdgeRouter(tag="audit", module="platform")


@router.get("/audit", scope="audit:read", response=Page[shapes.AuditOut], errors=[CursorInvalid])
def list_audit_records(request: ActorRequest, query: Query[shapes.AuditQuery]) -> Any:
    """What was changed in the reader's reach, newest first; days are those of the reader's zone."""
    zone = ZoneInfo(request.actor.timezone)
    filters = AuditFilters(
        subject_type=query.subject_type,
        subject_id=query.subject_id,
        subject=query.subject.strip(),
        user_id=query.user_id,
        action=query.action,
        since=datetime.combine(query.from_day, time.min, zone) if query.from_day else None,
        until=datetime.combine(query.to_day + timedelta(days=1), time.min, zone) if query.to_day else None,
    )
    rows = list_records(
        filters=filters, scopes=request.actor.scopes, before_id=_before(query.cursor), limit=query.limit + 1
    )
    people = access.user_names(
        {one for row in rows for one in (row.user_id, row.impersonator_id) if one is not None}
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.id,))
    page["items"] = [
        asdict(row)
        | {
            "subject_name": thing.name,
            "subject_label_zh": thing.words.zh if thing.words else "",
            "subject_label_en": thing.words.en if thing.words else "",
            "user_name": people.get(row.user_id or 0, ""),
            "impersonator_name": people.get(row.impersonator_id or 0, ""),
        }
        for row, thing in zip(page["items"], called(page["items"]), strict=True)
    ]
    return page


def _before(cursor: str | None) -> int | None:
    key = decode_cursor(cursor, size=1)
    if key is None:
        return None
    if not isinstance(key[0], int):
        raise CursorInvalid("This cursor belongs to another list.", field="cursor")
    return key[0]
