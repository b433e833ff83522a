"""A buyer complains about an order, its seller answers, the buyer ends it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.kernel.ids import check_uuid7
from huiliu.kernel.states import step
from huiliu.orders.complaints.rules import COMPLAINT_MOVES
from huiliu.orders.errors import (
    ComplaintIdTaken,
    ComplaintNotVisible,
    ComplaintNotYours,
    OrderNotVisible,
)
from huiliu.orders.models import Complaint, Order
from huiliu.orders.services.common import need_reason, tell
from huiliu.orders.types import ComplaintKind, ComplaintState
from huiliu.platform.database import one


def complain(
    *,
    actor: Actor,
    order_id: UUID,
    complaint_id: UUID,
    kind: ComplaintKind,
    text: str,
    business_date: date,
    now: datetime,
) -> Complaint:
    """Tell the seller what is wrong with an order; photos are attached to the complaint afterwards.

    Replay: the same id for the same order answers the first complaint.
    Raises: OrderNotVisible, ComplaintNotYours (only the buyer's own people complain), ReasonNeeded, ComplaintIdTaken.
    """
    check_uuid7(complaint_id, now=now)
    words = need_reason(text)
    order = _order(order_id)
    if actor.organization_id != order.buyer_id:
        raise ComplaintNotYours("Only the buyer complains about its order.", order_id=str(order_id))
    earlier = Complaint.objects.filter(pk=complaint_id).first()
    if earlier is not None:
        return _same(earlier, order_id=order_id, kind=kind, words=words)
    number = one("SELECT platform_next_number('complaint', %s, %s)", [order.seller_id, business_date])[0]
    complaint = Complaint(
        id=complaint_id,
        number=number,
        order_id=order_id,
        order_number=order.number,
        seller_id=order.seller_id,
        seller_path=order.seller_path,
        seller_name=order.seller_name,
        buyer_id=order.buyer_id,
        buyer_path=order.buyer_path,
        buyer_name=order.buyer_name,
        kind=kind,
        text=words,
        state=ComplaintState.OPEN,
        complained_at=now,
        complained_by=actor.user_id,
    )
    # An id that others hold is not seen under this reach, yet it is taken.
    Complaint.objects.bulk_create([complaint], ignore_conflicts=True)
    written = Complaint.objects.filter(pk=complaint_id).first()
    if written is None or written.number != number:
        return _same(written, order_id=order_id, kind=kind, words=words)
    _tell(order, written, actor=actor, type="order.complained", words=words, now=now)
    return written


def _same(earlier: Complaint | None, *, order_id: UUID, kind: ComplaintKind, words: str) -> Complaint:
    """The complaint that was made before, when it is this one."""
    if earlier is None or (earlier.order_id, earlier.kind, earlier.text) != (order_id, kind, words):
        raise ComplaintIdTaken("This id belongs to another complaint.", field="id")
    return earlier


def answer_complaint(*, actor: Actor, complaint_id: UUID, answer: str, now: datetime) -> Complaint:
    """The seller says what it will do.

    Locks:  the complaint.
    Raises: ComplaintNotVisible, ComplaintNotYours, ReasonNeeded, WrongState.
    """
    words = need_reason(answer)
    complaint = _lock(complaint_id)
    if not complaint.seller_path.startswith(actor.organization_path):
        raise ComplaintNotYours("Only the seller answers a complaint.", complaint_id=str(complaint_id))
    changes = {"answer": words, "answered_at": now, "answered_by": actor.user_id}
    return _move(
        complaint,
        ComplaintState.ANSWERED,
        changes,
        actor=actor,
        type="order.complaint_answered",
        words=words,
        now=now,
    )


def close_complaint(*, actor: Actor, complaint_id: UUID, now: datetime) -> Complaint:
    """The buyer is content, or does not pursue it.

    Locks:  the complaint.
    Raises: ComplaintNotVisible, ComplaintNotYours, WrongState.
    """
    complaint = _lock(complaint_id)
    if actor.organization_id != complaint.buyer_id:
        raise ComplaintNotYours("Only the buyer ends its complaint.", complaint_id=str(complaint_id))
    changes = {"closed_at": now, "closed_by": actor.user_id}
    return _move(
        complaint,
        ComplaintState.CLOSED,
        changes,
        actor=actor,
        type="order.complaint_closed",
        words="",
        now=now,
    )


def _order(order_id: UUID) -> Order:
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise OrderNotVisible("There is no such order.", order_id=str(order_id))
    return order


def _lock(complaint_id: UUID) -> Complaint:
    found = Complaint.objects.select_for_update(no_key=True).filter(pk=complaint_id).first()
    if found is None:
        raise ComplaintNotVisible("There is no such complaint.", complaint_id=str(complaint_id))
    return found


def _move(
    complaint: Complaint,
    after: ComplaintState,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    type: str,  # noqa: A002 - as events name it
    words: str,
    now: datetime,
) -> Complaint:
    state = step(COMPLAINT_MOVES, before=ComplaintState(complaint.state), after=after)
    Complaint.objects.filter(pk=complaint.pk).update(state=state, **changes)
    _tell(_order(complaint.order_id), complaint, actor=actor, type=type, words=words, now=now)
    complaint.refresh_from_db()
    return complaint


def _tell(
    order: Order,
    complaint: Complaint,
    *,
    actor: Actor,
    type: str,  # noqa: A002 - as events name it
    words: str,
    now: datetime,
) -> None:
    payload = {"complaint_id": str(complaint.pk), "complaint": complaint.number, "kind": complaint.kind}
    tell(order, actor=actor, type=type, now=now, payload=payload, reason=words)
