"""Messages wait in a table and are sent after the commit: what is rolled back is not sent, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from huiliu.kernel.ids import uuid7
from huiliu.platform.database import system_reach
from huiliu.platform.messages.aliyun import AliyunSms
from huiliu.platform.messages.errors import OutboxClosed
from huiliu.platform.models import OutgoingMessage
from huiliu.settings import ENV

log = structlog.get_logger("huiliu.messages")
ATTEMPTS_MAX: Final = 4
A_ROUND: Final = 20
KEPT: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message of the development outbox."""

    kind: str
    recipient: str
    values: dict[str, str]
    created_at: datetime
    expires_at: datetime


def offered() -> bool:
    """Whether this installation sends messages at all."""
    return bool(ENV.sms_provider)


def send(
    *, kind: str, recipient: str | None, values: Mapping[str, str], expires_at: datetime, now: datetime
) -> None:
    """Let a message go out once this transaction has committed; `recipient` None leaves as much work undone.

    Runs under a system reach.
    """
    state = "NOBODY"
    if recipient is not None:
        state = "KEPT" if ENV.sms_provider == "outbox" else "WAITING"
    OutgoingMessage.objects.create(
        id=uuid7(),
        kind=kind,
        recipient=recipient or "",
        values=dict(values) if recipient is not None else {},
        state=state,
        next_at=now,
        expires_at=expires_at,
        created_at=now,
    )


def outbox(*, limit: int = 50) -> list[OutboxRow]:
    """What a development installation would have sent, newest first. Raises: OutboxClosed elsewhere."""
    if ENV.sms_provider != "outbox":
        raise OutboxClosed("There is no readable outbox here.")
    with system_reach("messages"):
        rows = OutgoingMessage.objects.filter(state="KEPT").order_by("-created_at", "-id")[:limit]
        return [
            OutboxRow(row.kind, row.recipient, row.values, row.created_at, row.expires_at) for row in rows
        ]


def deliver_waiting(*, now: datetime) -> int:
    """Hand waiting messages to the provider, each in its own transaction; returns how many were sent.

    Locks:  the message's row; another worker takes the next one.
    Replay: a worker that dies between the provider's yes and the commit sends that message once more.
    """
    sent = 0
    for _ in range(A_ROUND):
        with system_reach("messages"):
            row = (
                OutgoingMessage.objects.select_for_update(skip_locked=True)
                .filter(state="WAITING", next_at__lte=now)
                .order_by("next_at", "id")
                .first()
            )
            if row is None:
                return sent
            sent += _deliver(row, now=now)
    return sent


def _deliver(row: OutgoingMessage, *, now: datetime) -> int:
    if row.expires_at <= now:
        row.state, row.problem, row.values = "FAILED", "expired", {}
    else:
        provider = AliyunSms(ENV.sms_base_url, ENV.sms_key_id, ENV.sms_key_secret, ENV.sms_sign_name)
        outcome = provider.send(
            phone=row.recipient, template=ENV.sms_code_template, values=row.values, now=now
        )
        row.attempts += 1
        row.problem = outcome.problem
        if outcome.sent:
            row.state, row.values = "SENT", {}
        elif outcome.is_final or row.attempts >= ATTEMPTS_MAX:
            row.state, row.values = "FAILED", {}
            log.error("a message was not sent", kind=row.kind, problem=outcome.problem)
        else:
            row.next_at = now + timedelta(seconds=5 * 2**row.attempts)
    row.save(update_fields=["state", "values", "attempts", "problem", "next_at"])
    return int(row.state == "SENT")


def prune(*, now: datetime) -> int:
    """Forget old messages; returns how many."""
    with system_reach("messages"):
        gone, _ = OutgoingMessage.objects.filter(created_at__lt=now - KEPT).delete()
    return gone
