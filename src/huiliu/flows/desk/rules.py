"""Which event is news for whom: pure.

A notice goes to the people of one organization who can do something about it: `side` says which of the two
parties of the document, `scope` what somebody must be allowed to do for it to be news.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Documents name their buyer first and their seller second; what has one party names its owner first.
FIRST, SECOND = 0, 1


@dataclass(frozen=True, slots=True)
class News:
    """One notice to be written; `kind` names its text in the catalogues."""

    kind: str
    scope: str
    side: int


_AFTER_STEP = {
    "AWAITING_BUYER": News("order.to_confirm_buyer", "orders:submit", FIRST),
    "SUBMITTED": News("order.to_confirm", "orders:confirm", SECOND),
    "AWAITING_FINANCE": News("order.to_confirm_finance", "money:write", SECOND),
    "CONFIRMED": News("order.to_ship", "orders:ship", SECOND),
}
_PLAIN: Mapping[str, Sequence[News]] = {
    "order.shipped": [News("order.shipped", "orders:receive", FIRST)],
    "order.cancelled": [
        News("order.cancelled", "orders:read", FIRST),
        News("order.cancelled", "orders:read", SECOND),
    ],
    "order.allocated": [News("order.allocated", "orders:read", FIRST)],
    "order.return_requested": [News("order.return_requested", "orders:return", SECOND)],
    "order.return_received": [News("order.return_received", "orders:return", FIRST)],
    "order.return_rejected": [News("order.return_rejected", "orders:return", FIRST)],
    "order.complained": [News("order.complained", "orders:answer", SECOND)],
    "order.complaint_answered": [News("order.complaint_answered", "orders:complain", FIRST)],
    "receipt.posted": [News("receipt.posted", "money:read", FIRST)],
    "receipt.reversed": [News("receipt.reversed", "money:read", FIRST)],
    "credit.changed": [News("credit.changed", "money:read", FIRST)],
    "comment.added": [
        News("comment.added", "session:use", FIRST),
        News("comment.added", "session:use", SECOND),
    ],
    "policy.announced": [News("policy.announced", "prices:read", FIRST)],
    "policy.approved": [News("policy.approved", "policies:publish", FIRST)],
    "policy.published": [News("policy.published", "policies:read", FIRST)],
    "stock.adjustment_submitted": [News("stock.adjustment_submitted", "stock:approve", FIRST)],
    "stock.adjustment_rejected": [News("stock.adjustment_rejected", "stock:write", FIRST)],
    "stock_count.counted": [News("stock_count.counted", "stock:approve", FIRST)],
    "stock.transfer_sent": [News("stock.transfer_sent", "stock:write", FIRST)],
}


#: What somebody must be allowed to do for an alert to be theirs.
ALERT_SCOPES: Mapping[str, str] = {
    "orders.late.AWAITING_BUYER": "orders:confirm",
    "orders.late.SUBMITTED": "orders:confirm",
    "orders.late.AWAITING_FINANCE": "money:write",
    "orders.late.CONFIRMED": "orders:ship",
    "orders.late.SHIPPED": "orders:ship",
    "stock.expiring": "stock:write",
    "stock.cover_low": "stock:read",
    "money.overdue": "money:write",
    "money.own_overdue": "money:read",
}


def news_of(type_: str, payload: Mapping[str, Any]) -> Sequence[News]:
    """The notices of one event; most events are nobody's news."""
    if type_ == "order.submitted":
        return _after_step(payload)
    if type_.startswith("order.step_"):
        told = [News("order.confirmed", "orders:submit", FIRST)] if _is_through(payload) else []
        return [*told, *_after_step(payload)]
    if type_ == "desk.alert":
        key = str(payload.get("key", ""))
        return [News(f"alert.{key}", ALERT_SCOPES[key], FIRST)] if key in ALERT_SCOPES else []
    if type_ == "order.received":
        differs = bool(payload.get("differences"))
        return [News("order.received_differently", "orders:ship", SECOND)] if differs else []
    return _PLAIN.get(type_, ())


def _after_step(payload: Mapping[str, Any]) -> list[News]:
    news = _AFTER_STEP.get(str(payload.get("state", "")))
    return [news] if news else []


def _is_through(payload: Mapping[str, Any]) -> bool:
    return payload.get("state") == "CONFIRMED"
