"""Comments beside documents: who sees the document sees them, internal ones only the brand's staff.

Which documents take comments, modules declare (`platform.subjects`). A comment is never rewritten; a slip is
corrected by another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection

from huiliu.platform import audit, events
from huiliu.platform.errors import CommentIdReused, InternalForStaff, InvalidInput
from huiliu.platform.models import Comment
from huiliu.platform.settings_store import Changer
from huiliu.platform.subject_names import subject_names
from huiliu.platform.subjects import paths_of

TEXT_MAX = 4000


class Writer(Changer, Protocol):
    """Who writes a comment."""

    @property
    def name(self) -> str: ...
    @property
    def is_staff(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment."""

    id: UUID
    subject_type: str
    subject_id: str
    text: str
    internal: bool
    user_id: int | None
    user_name: str
    created_at: datetime


def list_comments(
    *, actor: Writer, subject_type: str, subject_id: str, after_id: UUID | None = None, limit: int = 50
) -> list[CommentRow]:
    """At most `limit` comments, in the order of their writing; internal ones only for staff.

    Raises: SubjectUnknown, ScopeMissing.
    """
    paths_of(actor=actor, subject_type=subject_type, subject_id=subject_id)
    query = Comment.objects.filter(subject_type=subject_type, subject_id=subject_id)
    if not actor.is_staff:
        query = query.filter(internal=False)
    if after_id is not None:
        query = query.filter(pk__gt=after_id)
    return [_row(one) for one in query.order_by("id")[:limit]]


def add_comment(
    *,
    actor: Writer,
    comment_id: UUID,
    subject_type: str,
    subject_id: str,
    text: str,
    internal: bool,
    now: datetime,
) -> CommentRow:
    """Write a comment; both sides of the document are told, of an internal one nobody.

    Replay: the same id and content again answers the first comment.
    Raises: SubjectUnknown, ScopeMissing, InternalForStaff, InvalidInput, CommentIdReused.
    """
    paths = paths_of(actor=actor, subject_type=subject_type, subject_id=subject_id)
    if internal and not actor.is_staff:
        raise InternalForStaff("Only the brand's staff writes internal comments.", field="internal")
    words = text.strip()
    if not words or len(words) > TEXT_MAX:
        raise InvalidInput(f"A comment has 1 to {TEXT_MAX} characters.", field="text", length=len(words))
    row = Comment(
        id=comment_id,
        subject_type=subject_type,
        subject_id=subject_id,
        owner_path=paths[0],
        owner_path_2=paths[1] if len(paths) > 1 else "",
        internal=internal,
        text=words,
        user_id=actor.user_id,
        user_name=actor.name,
        created_at=now,
    )
    if not _insert(row):
        stored = Comment.objects.filter(pk=comment_id).first()
        if stored is None or _content(stored) != _content(row):
            raise CommentIdReused("This id is taken.", comment_id=str(comment_id))
        return _row(stored)
    _tell(row, actor=actor, paths=paths, now=now)
    return _row(row)


def _insert(row: Comment) -> bool:
    """Whether the row was new; an id that is taken, even by an invisible comment, leaves everything as it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_comment (id, subject_type, subject_id, owner_path, owner_path_2, internal, text,"
            " user_id, user_name, created_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [
                row.pk,
                row.subject_type,
                row.subject_id,
                row.owner_path,
                row.owner_path_2,
                row.internal,
                row.text,
                row.user_id,
                row.user_name,
                row.created_at,
            ],
        )
        return bool(cursor.rowcount == 1)


def _content(row: Comment) -> tuple[object, ...]:
    return row.subject_type, row.subject_id, row.text, row.internal, row.user_id


def _tell(row: Comment, *, actor: Writer, paths: Sequence[str], now: datetime) -> None:
    audit.record(
        actor=actor,
        action="comment.added",
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        owner_path=actor.organization_path,
        now=now,
        after={"comment_id": str(row.pk), "internal": row.internal},
    )
    if not row.internal:
        events.publish(
            type="comment.added",
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            paths=paths,
            user_id=actor.user_id,
            now=now,
            payload={"comment_id": str(row.pk), "user_name": row.user_name, "number": _called(row)},
        )


def _called(row: Comment) -> str:
    """The number or name of what is commented on: who hears of it wants to know where."""
    subject = (row.subject_type, row.subject_id)
    return subject_names([subject]).get(subject, "")


def _row(row: Comment) -> CommentRow:
    return CommentRow(
        id=row.pk,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        text=row.text,
        internal=row.internal,
        user_id=row.user_id,
        user_name=row.user_name,
        created_at=row.created_at,
    )
