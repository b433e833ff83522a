"""Who hears what: the only place where an event of one module makes another one do something.

Each subscription has a position of its own in the log, so that one that fails holds up nobody else and gets the
same events again. A handler runs under the system's reach in the transaction that moves its position: it is done
exactly once, or not yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from huiliu.flows import wechat_messages
from huiliu.flows.desk import notices
from huiliu.flows.shop import requote
from huiliu.inventory import services as inventory
from huiliu.platform import events
from huiliu.platform.database import system_reach
from huiliu.policies import services as policies

EVENTS_A_ROUND = 500


@dataclass(frozen=True, slots=True)
class Subscription:
    """`handle(happened=events, now=...)` gets every event in the order of commits; it picks its types itself."""

    name: str
    module: str
    handle: Callable[..., object]


#: name of the consumer, module that must be on, handler
SUBSCRIPTIONS: Sequence[Subscription] = (
    # A partner who is made, changed or moved joins the audiences that mean it.
    Subscription("policies: newcomers", "policies", policies.welcome_newcomers),
    # A partner who is made has a place to take goods in.
    Subscription("inventory: first warehouses", "inventory", inventory.open_first_warehouses),
    # People are told what concerns them and what they can act on.
    Subscription("desk: notices", "platform", notices.note_events),
    # Who agreed to it is told in WeChat.
    Subscription("wechat: messages", "access", wechat_messages.note_events),
    # Open carts are quoted again when a price list begins, ends or reaches somebody new.
    Subscription("carts: new prices", "orders", requote.mark_carts),
)


def deliver(subscription: Subscription, *, now: datetime) -> int:
    """Hand one subscription everything that waits for it; returns how many events.

    Locks:  the consumer's row: two workers never handle the same events.
    Replay: a round that fails is handed over again, whole.
    """
    handled = 0
    while True:
        with system_reach("events"):
            round_ = events.consume(
                name=subscription.name,
                limit=EVENTS_A_ROUND,
                now=now,
                handler=lambda happened: subscription.handle(happened=happened, now=now),
            )
        handled += round_
        if round_ < EVENTS_A_ROUND:
            return handled
