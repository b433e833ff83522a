"""The information flow: an append-only log written in the transaction of what it tells.

Consumers keep a position (transaction id, row id) and read only below `platform_horizon`: a transaction
that commits late is never skipped, which `id > last` and `updated_at > last` do (measured: 28 % lost).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from huiliu.platform import tracing


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as consumers and timelines see it."""

    id: int
    xid: int
    type: str
    subject_type: str
    subject_id: str
    visible_paths: tuple[str, str]
    broadcast: bool
    payload: dict[str, Any]
    user_id: int | None
    effective_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One event to be told; the fields are those of `publish`."""

    type: str
    subject_type: str
    subject_id: object
    paths: Sequence[str]
    user_id: int | None
    now: datetime
    payload: Mapping[str, Any]
    effective_at: datetime | None = None
    broadcast: bool = False


def _dumps(value: Any) -> str:
    import json

    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def publish(
    *,
    type: str,  # noqa: A002 - the field's standard name
    subject_type: str,
    subject_id: object,
    paths: Sequence[str],
    user_id: int | None,
    now: datetime,
    payload: Mapping[str, Any] | None = None,
    effective_at: datetime | None = None,
    broadcast: bool = False,
) -> None:
    """Append one event; it becomes visible to consumers when the transaction commits.

    Shape:  at most two `paths`: the organizations (and their superiors) who may see it.
    """
    publish_all(
        [
            NewEvent(
                type, subject_type, subject_id, paths, user_id, now, payload or {}, effective_at, broadcast
            )
        ]
    )


def publish_all(events: Sequence[NewEvent]) -> None:
    """Append many in one statement, in their order; see `publish`."""
    if not events:
        return
    values = [value for one in events for value in _values(one)]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT + ", ".join([_ROW] * len(events)), values)


_INSERT = (
    "INSERT INTO platform_event (type, subject_type, subject_id, visible_path, visible_path_2,"
    " broadcast, payload, user_id, effective_at, recorded_at) VALUES "
)
_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def _values(event: NewEvent) -> list[Any]:
    first, second = (*event.paths, "", "")[:2]
    return [
        event.type,
        event.subject_type,
        str(event.subject_id),
        first,
        second,
        event.broadcast,
        _dumps(dict(event.payload)),
        event.user_id,
        event.effective_at or event.now,
        event.now,
    ]


COLUMNS = (
    "id, row_xid, type, subject_type, subject_id, visible_path, visible_path_2, broadcast,"
    " payload, user_id, effective_at, recorded_at"
)


def _row(values: tuple[Any, ...]) -> EventRow:
    import json

    payload = values[8] if isinstance(values[8], dict) else json.loads(values[8])
    return EventRow(
        id=values[0],
        xid=values[1],
        type=values[2],
        subject_type=values[3],
        subject_id=values[4],
        visible_paths=(values[5], values[6]),
        broadcast=values[7],
        payload=payload,
        user_id=values[9],
        effective_at=values[10],
        recorded_at=values[11],
    )


def read_after(*, xid: int, id: int, limit: int = 500) -> list[EventRow]:  # noqa: A002
    """Events after a position that can no longer be joined by a late commit, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM platform_event"
            " WHERE (row_xid, id) > (%s, %s) AND row_xid < (SELECT platform_horizon(pg_current_snapshot()))"
            " ORDER BY row_xid, id LIMIT %s",
            [xid, id, limit],
        )
        return [_row(row) for row in cursor.fetchall()]


def position_now() -> tuple[int, int]:
    """The position after everything that is visible for good: where a new live client starts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT platform_horizon(pg_current_snapshot())")
        return int(cursor.fetchone()[0]) - 1, 2**62


def timeline(*, subject_type: str, subject_id: object, limit: int = 200) -> list[EventRow]:
    """What happened to one subject, oldest first, as far as the reach shows it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM platform_event"
            " WHERE subject_type = %s AND subject_id = %s ORDER BY effective_at, id LIMIT %s",
            [subject_type, str(subject_id), limit],
        )
        return [_row(row) for row in cursor.fetchall()]


def timeline_of(subjects: Mapping[str, Sequence[object]], *, limit: int = 100) -> list[EventRow]:
    """What happened to several subjects (type → ids), newest first, as far as the reach shows it."""
    types = [kind for kind, ids in subjects.items() for _ in ids]
    ids = [str(one) for each in subjects.values() for one in each]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM platform_event"
            " WHERE (subject_type, subject_id) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
            " ORDER BY effective_at DESC, id DESC LIMIT %s",
            [types, ids, limit],
        )
        return [_row(row) for row in cursor.fetchall()]


def consume(*, name: str, limit: int, now: datetime, handler: Any) -> int:
    """Give the next events to `handler(events)` and move the consumer on, in one transaction.

    Locks:  the consumer's row, so that two workers never handle the same events.
    Replay: when the handler fails, nothing moved and the same events come again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_consumer (name, position_xid, position_id) VALUES (%s, 0, 0)"
            " ON CONFLICT DO NOTHING",
            [name],
        )
        cursor.execute(
            "SELECT position_xid, position_id FROM platform_consumer WHERE name = %s FOR UPDATE SKIP LOCKED",
            [name],
        )
        row = cursor.fetchone()
    if row is None:
        return 0
    events = read_after(xid=int(row[0]), id=int(row[1]), limit=limit)
    if not events:
        return 0
    with tracing.span(f"consume {name}", huiliu__events=len(events)):
        handler(events)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE platform_consumer SET position_xid = %s, position_id = %s, updated_at = %s WHERE name = %s",
            [events[-1].xid, events[-1].id, now, name],
        )
    return len(events)
