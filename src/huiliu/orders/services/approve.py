"""Approvals between submit and shipment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.orders.errors import StepNotOpen
from huiliu.orders.services.common import lock_order, settle_state, tell
from huiliu.orders.types import OrderState, Step
from huiliu.platform.errors import ScopeMissing

SCOPE = {Step.CONFIRM: "orders:confirm", Step.FINANCE: "money:write"}


def confirm_order(*, actor: Actor, order_id: UUID, step: Step, now: datetime) -> OrderState:
    """Do one open approval for the seller; the last one releases the order to the warehouse.

    Locks:  the order.
    Raises: OrderNotVisible, StepNotOpen, ScopeMissing.
    """
    order = lock_order(order_id)
    if not order.seller_path.startswith(actor.organization_path):
        raise ScopeMissing("Only the seller confirms an order.", scope=SCOPE[step])
    if SCOPE[step] not in actor.scopes:
        raise ScopeMissing("Your role does not include this step.", scope=SCOPE[step])
    if not order.steps_open or order.steps_open[0] != step or order.closed_at is not None:
        raise StepNotOpen("This step is not open.", step=step.value, open=list(order.steps_open))
    order.steps_open = order.steps_open[1:]
    if not order.steps_open:
        order.confirmed_at = now
    state = settle_state(order, now=now)
    tell(order, actor=actor, type=f"order.step_{step.value.lower()}", now=now, payload={"state": state.value})
    return state
