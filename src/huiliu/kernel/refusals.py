"""A refusal is a fact the user can act on, not a bug: a class with a code, a kind and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, ClassVar


class Kind(StrEnum):
    """What sort of no it is; the HTTP edge turns it into a status, in one file."""

    INVALID = "invalid"  # 422
    NOT_FOUND = "not_found"  # 404
    FORBIDDEN = "forbidden"  # 403
    CONFLICT = "conflict"  # 409
    BUSY = "busy"  # 503
    UNAUTHENTICATED = "unauthenticated"  # 401
    TOO_MANY = "too_many"  # 429
    TOO_LARGE = "too_large"  # 413
    PRECONDITION = "precondition"  # 412
    UNSUPPORTED = "unsupported"  # 415
    PRECONDITION_MISSING = "precondition_missing"  # 428


_REGISTRY: dict[str, type[DomainError]] = {}


class DomainError(Exception):
    """The base of all refusals; a subclass with a `code` needs a `kind` and a docstring: the remedy.

    `facts` are the figures behind the refusal (JSON-able or Decimal, date, UUID). The fact `field` names the
    input it speaks of (`"lines[3].quantity"`); `fields` is a list of `{"field", "reason", "code"}` for several.
    """

    code: ClassVar[str] = ""
    kind: ClassVar[Kind]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        code = cls.__dict__.get("code")
        if code is None:
            return  # a family of refusals: its members carry the codes
        if not cls.__doc__ or not cls.__doc__.strip():
            raise TypeError(f"{cls.__qualname__} ({code}) needs a docstring that says the remedy")
        if getattr(cls, "kind", None) is None:
            raise TypeError(f"{cls.__qualname__} ({code}) needs a kind")
        known = _REGISTRY.get(code)
        if known and (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"code {code} is already {known.__module__}.{known.__qualname__}")
        _REGISTRY[code] = cls

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.facts: dict[str, Any] = facts

    @classmethod
    def remedy(cls) -> str:
        """What the user can do about it: the class's docstring in one line."""
        return " ".join((cls.__doc__ or "").split())

    @property
    def field(self) -> str | None:
        """The input it speaks of, if it speaks of one."""
        value = self.facts.get("field")
        return None if value is None else str(value)

    def at(self, field: str) -> DomainError:
        """Itself, naming the input; an outer place is put in front: `quantity` at `lines[3]`.

        Before: `field="quantity"`; after `.at("lines[3]")`: `field="lines[3].quantity"`.
        """
        inner = self.field
        self.facts["field"] = f"{field}.{inner}" if inner else field
        return self


def all_refusals() -> dict[str, type[DomainError]]:
    """Every refusal imported so far, by code, in the order of the codes."""
    return dict(sorted(_REGISTRY.items()))


class SeveralRefused(DomainError):
    """Correct each of the named fields and send it again."""

    code = "kernel.several_refused"
    kind = Kind.INVALID
    parts: tuple[DomainError, ...] = ()


class Refusals:
    """Collects the refusals of a batch, so that every bad row is told at once.

    Use: `with refusals.collecting("lines[3]"): check(line)` for each row, then `refusals.raise_if_any()`.
    """

    def __init__(self) -> None:
        self.items: list[DomainError] = []

    def __bool__(self) -> bool:
        return bool(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def add(self, refusal: DomainError) -> None:
        self.items.append(refusal)

    @contextmanager
    def collecting(self, field: str | None = None) -> Iterator[None]:
        """Keep a refusal of the block instead of raising it; bugs pass through."""
        try:
            yield
        except DomainError as refusal:
            self.add(refusal.at(field) if field else refusal)

    def raise_if_any(self) -> None:
        """Nothing, the one refusal itself, or `SeveralRefused` with all of them in `fields`."""
        if not self.items:
            return
        if len(self.items) == 1:
            raise self.items[0]
        fields: list[dict[str, str]] = []
        for refusal in self.items:
            fields.extend(refusal.facts.get("fields", ()))
            if refusal.field or "fields" not in refusal.facts:
                fields.append({"field": refusal.field or "", "reason": str(refusal), "code": refusal.code})
        codes = sorted({refusal.code for refusal in self.items})
        several = SeveralRefused(f"{len(self.items)} inputs were refused.", fields=fields, codes=codes)
        several.parts = tuple(self.items)
        raise several
