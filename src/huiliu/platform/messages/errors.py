"""Refusals of messages."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class MessagesOff(DomainError):
    """Sign in with your password: this installation sends no text messages."""

    code = "platform.messages_off"
    kind = Kind.CONFLICT


class OutboxClosed(DomainError):
    """Only a development installation keeps sent codes readable (HUILIU_SMS_PROVIDER=outbox)."""

    code = "platform.outbox_closed"
    kind = Kind.NOT_FOUND
