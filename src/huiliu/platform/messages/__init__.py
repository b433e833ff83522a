"""Texts to phones: handed to the provider of the settings by the worker, or kept in the development outbox."""

from huiliu.platform.messages.errors import MessagesOff, OutboxClosed
from huiliu.platform.messages.services import deliver_waiting, offered, outbox, prune, send

__all__ = ["MessagesOff", "OutboxClosed", "deliver_waiting", "offered", "outbox", "prune", "send"]
