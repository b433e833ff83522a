"""Which events are told to people in WeChat: goods on their way, goods there, prices in the cart that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huiliu.access.services import consents
from huiliu.kernel.period import DEFAULT_ZONE
from huiliu.platform.events import EventRow

#: What is older is no news: a consumer that begins reads the whole log.
FRESH: Final = timedelta(days=1)
ORDER_PAGE: Final = "packages/follow/order/index?id={id}"
CART_PAGE: Final = "pages/cart/index"


@dataclass(frozen=True, slots=True)
class Told:
    """One message: which kind, who may see it, where it leads, and what it says."""

    topic: str
    scope: str
    page: str
    values: dict[str, str]


def told_by(event: EventRow) -> Told | None:
    """What a buyer is told of an event; None for everything else."""
    payload = event.payload
    if event.type == "cart.requoted":
        text = f"进货单有{payload.get('lines', 0)}个商品价格变动"
        difference = f"{payload.get('difference', '')} {payload.get('currency', '')}".strip()
        return Told("price_changed", "orders:submit", CART_PAGE, {"text": text, "amount": difference})
    topic, text = _of_order(event)
    if not topic:
        return None
    number = str(payload.get("number", ""))
    page = ORDER_PAGE.format(id=event.subject_id)
    return Told(topic, "orders:read", page, {"number": number, "text": text})


def _of_order(event: EventRow) -> tuple[str, str]:
    if event.type == "order.shipped":
        return "order_shipped", "商品已发出，请留意收货"
    if event.type == "order.tracked" and event.payload.get("state") == "DELIVERED":
        return "order_arrived", "商品已送达，请收货"
    return "", ""


def note_events(*, happened: Sequence[EventRow], now: datetime) -> int:
    """The handler of the event log: queues what its people agreed to get, on the buyer's side.

    Replay: an event is queued for a person once.
    """
    queued = 0
    for event in happened:
        told = told_by(event)
        if told is None or event.effective_at <= now - FRESH:
            continue
        queued += consents.queue_messages(
            event_id=event.id,
            topic=told.topic,
            path=event.visible_paths[0],
            scope=told.scope,
            by_user_id=event.user_id,
            page=told.page,
            values=told.values
            | {"time": event.effective_at.astimezone(ZoneInfo(DEFAULT_ZONE)).strftime("%Y-%m-%d %H:%M")},
            now=now,
        )
    return queued
