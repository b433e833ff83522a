"""Which kinds of long work exist; modules add theirs in their `jobs.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from huiliu.platform import modules
from huiliu.platform.jobs.errors import JobParamsOutdated
from huiliu.platform.jobs.progress import Progress
from huiliu.platform.settings_types import Words

P = TypeVar("P")
P_contra = TypeVar("P_contra", contravariant=True)


class Handler(Protocol[P_contra]):
    """Does the work; raises a DomainError to end it as refused."""

    def __call__(self, *, actor: Any, params: P_contra, progress: Progress, now: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Kind(Generic[P]):
    """One kind of work. `scope` starts it and is asked again when it runs; it rests while `module` is off."""

    name: str
    params: type[P]
    scope: str
    words: Words
    run: Handler[P]
    module: str = ""
    cancellable: bool = True
    retries: int = 2
    may_start_again: bool = True
    result_is_named_elsewhere: bool = False  # then the file stays when the job is pruned

    def to_json(self, params: P) -> dict[str, Any]:
        """The parameters as they are stored. Raises: TypeError when they are another kind's."""
        if not isinstance(params, self.params):
            raise TypeError(f"{self.name} takes {self.params.__name__}, not {type(params).__name__}")
        stored: dict[str, Any] = TypeAdapter(self.params).dump_python(params, mode="json")
        return stored

    def from_json(self, stored: dict[str, Any]) -> P:
        """Raises: JobParamsOutdated when what was stored no longer fits."""
        try:
            return TypeAdapter(self.params).validate_python(stored)
        except ValidationError as error:
            raise JobParamsOutdated("The parameters of this job no longer fit.", kind=self.name) from error


_kinds: dict[str, Kind[Any]] = {}


def kind(
    name: str,
    *,
    params: type[P],
    scope: str,
    words: Words,
    module: str = "",
    cancellable: bool = True,
    retries: int = 2,
    may_start_again: bool = True,
    result_is_named_elsewhere: bool = False,
) -> Callable[[Handler[P]], Handler[P]]:
    """Offer a handler as a kind of work.

    Shape:  `params` is a frozen dataclass of JSON-able fields (UUID, Decimal and dates are fine).
            `retries`: how often it is tried again after its worker died or the database was busy.
    """

    def offer(handler: Handler[P]) -> Handler[P]:
        _kinds[name] = Kind(
            name=name,
            params=params,
            scope=scope,
            words=words,
            run=handler,
            module=module,
            cancellable=cancellable,
            retries=retries,
            may_start_again=may_start_again,
            result_is_named_elsewhere=result_is_named_elsewhere,
        )
        return handler

    return offer


def find_kind(name: str) -> Kind[Any] | None:
    """None: of a module that is no longer there."""
    return _kinds.get(name)


def kinds() -> list[Kind[Any]]:
    """Every kind that is offered, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def runnable() -> list[str]:
    """The names of the kinds whose module is on."""
    off = modules.switched_off()
    return [one.name for one in kinds() if one.module not in off]
