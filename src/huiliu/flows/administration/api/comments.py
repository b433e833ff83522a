"""Comments beside documents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.flows.administration import schemas as shapes
from huiliu.kernel.ids import ClockSkewed, IdInvalid, check_uuid7
from huiliu.platform import comments, errors
from huiliu.platform.http.cursor import Page, decode_cursor, page_of
from huiliu.platform.subjects import SubjectUnknown

router = EdgeRouter(tag="comments", module="platform")


@router.get(
    "/comments",
    scope="session:use",
    response=Page[shapes.CommentOut],
    errors=[SubjectUnknown, errors.CursorInvalid],
)
def list_comments(request: ActorRequest, query: Query[shapes.CommentQuery]) -> Any:
    """The comments of a document that the reader sees, oldest first; internal ones for staff only."""
    rows = comments.list_comments(
        actor=request.actor,
        subject_type=query.subject_type,
        subject_id=query.subject_id,
        after_id=_after(query.cursor),
        limit=query.limit + 1,
    )
    return page_of(rows, limit=query.limit, key=lambda row: (str(row.id),))


def _after(cursor: str | None) -> UUID | None:
    key = decode_cursor(cursor, size=1)
    if key is None:
        return None
    try:
        return UUID(str(key[0]))
    except ValueError as error:
        raise errors.CursorInvalid("This cursor belongs to another list.", field="cursor") from error


@router.post(
    "/comments",
    scope="session:use",
    response=shapes.CommentOut,
    status=201,
    errors=[
        SubjectUnknown,
        errors.InternalForStaff,
        errors.CommentIdReused,
        IdInvalid,
        ClockSkewed,
    ],
)
def add_comment(request: ActorRequest, body: shapes.CommentIn) -> Any:
    """Write a comment; it stays as it is."""
    check_uuid7(body.id, now=request.now)
    return comments.add_comment(
        actor=request.actor,
        comment_id=body.id,
        subject_type=body.subject_type,
        subject_id=body.subject_id,
        text=body.text,
        internal=body.internal,
        now=request.now,
    )
