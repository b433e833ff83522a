"""Refusals: facts with a code and a remedy, never "errors"; the edge turns them into problem documents."""

from __future__ import annotations

import inspect
from enum import StrEnum
from typing import Any, ClassVar


class Kind(StrEnum):
    """What sort of no it is; the edge maps each to one HTTP status."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    BUSY = "busy"
    UNAUTHENTICATED = "unauthenticated"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    PRECONDITION = "precondition"


_registry: dict[str, type[DomainError]] = {}


class DomainError(Exception):
    """A refusal. The docstring of each subclass is its remedy."""

    code: ClassVar[str] = ""
    kind: ClassVar[Kind] = Kind.INVALID

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.facts: dict[str, Any] = facts

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            return
        earlier = _registry.get(cls.code)
        if earlier is not None and earlier.__qualname__ != cls.__qualname__:
            raise TypeError(f"Refusal code {cls.code!r} is used by {earlier!r} already.")
        _registry[cls.code] = cls

    @classmethod
    def remedy(cls) -> str:
        """What the reader can do about it."""
        return inspect.cleandoc(cls.__doc__ or "")


def all_refusals() -> dict[str, type[DomainError]]:
    """Every refusal that has been imported, by code."""
    return dict(sorted(_registry.items()))
