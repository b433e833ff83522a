"""Complaints over HTTP: translate, one call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access import selectors as access
from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.access.types import Actor
from huiliu.kernel.ids import ClockSkewed, IdInvalid
from huiliu.kernel.period import business_date
from huiliu.kernel.states import WrongState
from huiliu.orders import errors, services
from huiliu.orders.complaints import schemas as shapes
from huiliu.orders.complaints import selectors
from huiliu.orders.complaints.rules import complaint_actions
from huiliu.orders.models import Complaint
from huiliu.orders.types import ComplaintState
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.http.cursor import Page, decode_cursor, page_of

router = EdgeRouter(tag="orders", module="orders")
NAMES = (
    *("id", "number", "order_id", "order_number", "seller_id", "seller_name", "buyer_id", "buyer_name"),
    *("kind", "text", "state", "answer", "complained_at", "answered_at", "closed_at"),
)


def _shown(rows: Sequence[Complaint], actor: Actor) -> list[dict[str, Any]]:
    people = access.user_names(
        {one for row in rows for one in (row.complained_by, row.answered_by) if one is not None}
    )
    return [
        {name: getattr(row, name) for name in NAMES}
        | {
            "complained_by_name": people.get(row.complained_by or 0, ""),
            "answered_by_name": people.get(row.answered_by or 0, ""),
            "allowed_actions": complaint_actions(
                state=ComplaintState(row.state),
                is_seller=row.seller_path.startswith(actor.organization_path),
                is_buyer=row.buyer_id == actor.organization_id,
                scopes=actor.scopes,
            ),
        }
        for row in rows
    ]


def _after(cursor: str | None) -> tuple[datetime, UUID] | None:
    key = decode_cursor(cursor, size=2)
    if not key:
        return None
    try:
        return datetime.fromisoformat(key[0]), UUID(key[1])
    except (TypeError, ValueError) as error:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor") from error


@router.get("/complaints", scope="orders:read", response=Page[shapes.ComplaintOut], errors=[CursorInvalid])
def list_complaints(request: ActorRequest, query: Query[shapes.ComplaintQuery]) -> Any:
    """Complaints the reader may see, newest first."""
    rows = selectors.list_complaints(
        state=query.state.value if query.state else "",
        order_id=query.order_id,
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        after=_after(query.cursor),
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.complained_at.isoformat(), str(row.id)))
    return page | {"items": _shown(list(page["items"]), request.actor)}


@router.get(
    "/complaints/{complaint_id}",
    scope="orders:read",
    response=shapes.ComplaintOut,
    errors=[errors.ComplaintNotVisible],
)
def get_complaint(request: ActorRequest, complaint_id: UUID) -> Any:
    """One complaint."""
    return _shown([selectors.find_complaint(complaint_id)], request.actor)[0]


@router.post(
    "/orders/{order_id}/complaints",
    scope="orders:complain",
    response=shapes.ComplaintOut,
    status=201,
    errors=[
        errors.OrderNotVisible,
        errors.ComplaintNotYours,
        errors.ComplaintIdTaken,
        errors.ReasonNeeded,
        IdInvalid,
        ClockSkewed,
    ],
)
def complain(request: ActorRequest, order_id: UUID, body: shapes.ComplaintIn) -> Any:
    """Tell the seller what is wrong; photos go to /files with subject_type "complaint"."""
    complaint = services.complain(
        actor=request.actor,
        order_id=order_id,
        complaint_id=body.id,
        kind=body.kind,
        text=body.text,
        business_date=business_date(request.now, request.actor.timezone),
        now=request.now,
    )
    return _shown([complaint], request.actor)[0]


@router.post(
    "/complaints/{complaint_id}/answer",
    scope="orders:answer",
    response=shapes.ComplaintOut,
    errors=[errors.ComplaintNotVisible, errors.ComplaintNotYours, errors.ReasonNeeded, WrongState],
)
def answer_complaint(request: ActorRequest, complaint_id: UUID, body: shapes.ComplaintAnswerIn) -> Any:
    """Say what will be done about it."""
    complaint = services.answer_complaint(
        actor=request.actor, complaint_id=complaint_id, answer=body.answer, now=request.now
    )
    return _shown([complaint], request.actor)[0]


@router.post(
    "/complaints/{complaint_id}/close",
    scope="orders:complain",
    response=shapes.ComplaintOut,
    errors=[errors.ComplaintNotVisible, errors.ComplaintNotYours, WrongState],
)
def close_complaint(request: ActorRequest, complaint_id: UUID) -> Any:
    """The buyer says that it is settled."""
    complaint = services.close_complaint(actor=request.actor, complaint_id=complaint_id, now=request.now)
    return _shown([complaint], request.actor)[0]
