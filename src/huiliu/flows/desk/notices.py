"""The notification centre: events become notices for the people they concern, read until a place each keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from huiliu.access.services import personal
from huiliu.access.types import Actor
from huiliu.flows.desk.rules import News, news_of
from huiliu.kernel.paths import ancestors, is_within
from huiliu.platform.events import EventRow
from huiliu.platform.models import Notice

KEPT = timedelta(days=60)
READ_KEY = "notices.read"
UNREAD_SHOWN_MAX = 100


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice as its reader sees it."""

    id: int
    kind: str
    subject_type: str
    subject_id: str
    payload: dict[str, Any]
    created_at: datetime
    unread: bool


def note_events(*, happened: Sequence[EventRow], now: datetime) -> int:
    """The handler of the event log: writes the notices of these events, forgets those past their time.

    Replay: an event makes each of its notices once.
    """
    rows = [
        _notice(event, news)
        for event in happened
        if event.effective_at > now - KEPT
        for news in news_of(event.type, event.payload)
        if _side(event, news.side)
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    Notice.objects.filter(created_at__lt=now - KEPT).delete()
    return len(rows)


def _side(event: EventRow, side: int) -> str:
    return event.visible_paths[side]


def _notice(event: EventRow, news: News) -> Notice:
    return Notice(
        event_id=event.id,
        kind=news.kind,
        scope=news.scope,
        for_path=_side(event, news.side),
        about_path=event.visible_paths[1 - news.side],
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        payload=event.payload,
        user_id=event.user_id,
        created_at=event.effective_at,
    )


def list_notices(*, actor: Actor, before_id: int | None = None, limit: int = 30) -> list[NoticeRow]:
    """Newest first: what concerns the actor's organization, what the actor may act on, not the own deeds."""
    read = _read_until(actor)
    condition, parameters = _for(actor)
    if before_id is not None:
        condition += " AND id < %s"
        parameters.append(before_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, subject_type, subject_id, payload, created_at FROM platform_notice"
            f" WHERE {condition} ORDER BY id DESC LIMIT %s",
            [*parameters, limit],
        )
        return [
            NoticeRow(row[0], row[1], row[2], row[3], _object(row[4]), row[5], unread=row[0] > read)
            for row in cursor.fetchall()
        ]


def unread_count(*, actor: Actor) -> int:
    """How many notices came since the place read last, counted up to `UNREAD_SHOWN_MAX`."""
    condition, parameters = _for(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM platform_notice WHERE {condition} AND id > %s LIMIT %s) unread",
            [*parameters, _read_until(actor), UNREAD_SHOWN_MAX],
        )
        return int(cursor.fetchone()[0])


def read_until(*, actor: Actor, notice_id: int, now: datetime) -> int:
    """Everything up to this notice is read; the place only moves on. Returns what is still unread."""
    if notice_id > _read_until(actor):
        personal.keep(actor=actor, key=READ_KEY, value=notice_id, now=now)
    return unread_count(actor=actor)


def _read_until(actor: Actor) -> int:
    kept = personal.kept_under(actor=actor, key=READ_KEY)
    return kept if isinstance(kept, int) else 0


def _for(actor: Actor) -> tuple[str, list[Any]]:
    """Staff of a branch hears what the brand hears, about the branch's own partners (the row policy narrows it)."""
    places = [actor.organization_path]
    if actor.is_staff:
        places = ancestors(actor.organization_path)
    condition = "for_path = ANY(%s) AND scope = ANY(%s) AND user_id IS DISTINCT FROM %s"
    parameters: list[Any] = [places, sorted(actor.scopes), actor.user_id]
    if actor.is_staff and not is_within(places[0], actor.organization_path):
        condition += " AND (for_path = %s OR (about_path >= %s AND about_path < %s))"
        parameters += [actor.organization_path, actor.reach.lo, actor.reach.hi]
    return condition, parameters


def _object(value: Any) -> dict[str, Any]:
    import json

    return value if isinstance(value, dict) else dict(json.loads(value))
