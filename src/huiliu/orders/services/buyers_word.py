"""The buyer's word on an order that somebody else placed for it: yes, no, or silence until the time is over.

The promises of goods and money stand from submit on. Yes opens the next step; no and silence cancel the order the
same way as a cancellation does, so that every promise is released exactly once.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from huiliu.access.types import Actor, OrganizationKind
from huiliu.kernel.period import DEFAULT_ZONE, business_date
from huiliu.orders.errors import BuyerTooLate, NotTheBuyer, StepNotOpen
from huiliu.orders.models import Order
from huiliu.orders.services.cancel import cancel_lines
from huiliu.orders.services.common import lock_order, need_reason, settle_state, tell
from huiliu.orders.types import OrderState, Step
from huiliu.platform import events
from huiliu.platform.database import SYSTEM_REACH
from huiliu.pricing.services import exponent_of

SILENCE = "客户未在时限内确认 / the buyer did not answer in time"


def confirm_as_buyer(*, actor: Actor, order_id: UUID, now: datetime) -> OrderState:
    """The buyer agrees; the order goes on to the seller's steps.

    Locks:  the order. Replay: an order the buyer agreed to is refused as StepNotOpen and stays as it is.
    Raises: OrderNotVisible, NotTheBuyer, StepNotOpen, BuyerTooLate.
    """
    order = _lock_waiting(actor=actor, order_id=order_id)
    if order.buyer_deadline_at is not None and order.buyer_deadline_at <= now:
        raise BuyerTooLate("The time to agree is over.", until=order.buyer_deadline_at.isoformat())
    order.steps_open = order.steps_open[1:]
    if not order.steps_open:
        order.confirmed_at = now
    Order.objects.filter(pk=order.pk).update(buyer_deadline_at=None, buyer_remind_at=None)
    state = settle_state(order, now=now)
    tell(order, actor=actor, type="order.step_buyer", now=now, payload={"state": state.value})
    return state


def refuse_as_buyer(*, actor: Actor, order_id: UUID, reason: str, now: datetime) -> OrderState:
    """The buyer says no: the order is cancelled, its promises are released.

    Locks:  the order, then accounts and holds in id order.
    Raises: OrderNotVisible, NotTheBuyer, StepNotOpen, ReasonNeeded.
    """
    text = need_reason(reason)
    order = _lock_waiting(actor=actor, order_id=order_id)
    tell(order, actor=actor, type="order.refused_by_buyer", now=now, reason=text, payload={})
    return _give_up(order, actor=actor, reason=text, step="refused", now=now)


def _lock_waiting(*, actor: Actor, order_id: UUID) -> Order:
    order = lock_order(order_id)
    if order.buyer_id != actor.organization_id:
        raise NotTheBuyer("This order is for another buyer.", order_id=str(order_id))
    if order.closed_at is not None or not order.steps_open or order.steps_open[0] != Step.BUYER:
        raise StepNotOpen("This step is not open.", step=Step.BUYER.value, open=list(order.steps_open))
    return order


def _give_up(order: Order, *, actor: Actor, reason: str, step: str, now: datetime) -> OrderState:
    Order.objects.filter(pk=order.pk).update(buyer_deadline_at=None, buyer_remind_at=None)
    return cancel_lines(
        actor=actor,
        order_id=order.pk,
        cancellation_id=uuid5(order.pk, step),
        units_by_line=None,
        reason=reason,
        exponent=exponent_of(order.currency),
        business_date=business_date(now, actor.timezone),
        now=now,
    )


def expire_buyers_silence(*, now: datetime, limit: int = 50) -> list[UUID]:
    """Cancel what no buyer answered in time. For the worker, under its system reach.

    Locks:  each such order that nobody else holds: whoever answers at this moment is heard first.
    """
    late = (
        Order.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(state=OrderState.AWAITING_BUYER, buyer_deadline_at__lte=now)
        .order_by("buyer_deadline_at", "id")[:limit]
    )
    done = []
    for order in late:
        nobody = _nobody(order)
        tell(order, actor=nobody, type="order.buyer_silent", now=now, payload={})
        _give_up(order, actor=nobody, reason=SILENCE, step="silent", now=now)
        done.append(order.pk)
    return done


def remind_buyers(*, now: datetime, limit: int = 200) -> list[UUID]:
    """Tell each buyer once, half way, that an order waits for its word. For the worker, under its system reach.

    Locks:  each such order that nobody else holds.
    """
    due = (
        Order.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(state=OrderState.AWAITING_BUYER, buyer_remind_at__lte=now, buyer_deadline_at__gt=now)
        .order_by("buyer_deadline_at", "id")[:limit]
    )
    done = []
    for order in due:
        events.publish(
            type="order.buyer_reminded",
            subject_type="order",
            subject_id=order.pk,
            paths=(order.buyer_path, order.seller_path),
            user_id=None,
            now=now,
            payload={
                "number": order.number,
                "seller": order.seller_name,
                "gross_amount": str(order.gross_amount),
                "currency": order.currency,
                "until": order.buyer_deadline_at,
            },
        )
        done.append(order.pk)
    Order.objects.filter(pk__in=done).update(buyer_remind_at=None)
    return done


def _nobody(order: Order) -> Actor:
    """Who acts when time does: on the seller's side, without a user."""
    return Actor(
        user_id=None,
        organization_id=order.seller_id,
        organization_path=order.seller_path,
        organization_kind=OrganizationKind.BRAND,
        roles=frozenset(),
        scopes=frozenset(),
        reach=SYSTEM_REACH,
        timezone=DEFAULT_ZONE,
    )
