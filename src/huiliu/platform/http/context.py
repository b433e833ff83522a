"""The request's own number, for logs, audit and the reference a user reads out on the phone."""

from __future__ import annotations

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("huiliu_request_id", default="")


def request_id() -> str:
    return _request_id.get()


def set_request_id(value: str) -> None:
    _request_id.set(value)
