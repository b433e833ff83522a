"""Which lists can be exported. A list says its columns once; a module above this one registers its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiliu.access.types import Actor
from huiliu.integrations.errors import ListUnknown
from huiliu.integrations.exporting.writers import LIST_SEPARATOR, Row
from huiliu.integrations.screen_texts import in_language
from huiliu.kernel.columns import Column
from huiliu.platform.errors import InvalidInput, ScopeMissing
from huiliu.platform.settings_types import Words


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants the list, narrowed how (texts, as they stand in the address of the screen's list)."""

    actor: Actor
    filters: Mapping[str, str]
    now: datetime


@dataclass(frozen=True, slots=True)
class ExportList:
    """One list. `rows` runs in the reader's transaction and yields rows in the order of `columns`."""

    name: str
    zh: str
    en: str
    scope: str  # that of the list's own route
    columns: Callable[[Actor], Sequence[Column]]
    rows: Callable[[Request], Iterator[Row]]
    filters: tuple[str, ...] = ()

    def title(self, locale: str) -> str:
        """Its name in the reader's language."""
        return in_language(self.zh, self.en, locale)


_lists: dict[str, ExportList] = {}


def offer(list_: ExportList) -> ExportList:
    """Offer a list; once more is nothing new. Raises: ValueError for another of the name."""
    if _lists.setdefault(list_.name, list_) is not list_:
        raise ValueError(f"{list_.name} is offered already")
    return list_


def names_of_lists() -> dict[str, Words]:
    """How every list is called, in both languages."""
    return {one.name: Words(one.zh, one.en) for one in _lists.values()}


def lists_of(actor: Actor) -> list[ExportList]:
    """What the actor may export, by name."""
    return [one for _, one in sorted(_lists.items()) if actor.may(one.scope)]


def list_of(actor: Actor, name: str) -> ExportList:
    """Raises: ListUnknown, ScopeMissing."""
    found = _lists.get(name)
    if found is None:
        raise ListUnknown(f"There is no list {name[:40]}.", lists=[one.name for one in lists_of(actor)])
    if not actor.may(found.scope):
        raise ScopeMissing("Your role does not include this list.", scope=found.scope)
    return found


def checked_filters(list_: ExportList, filters: Mapping[str, str]) -> dict[str, str]:
    """The filters that say something. Raises: InvalidInput for one that the list does not know."""
    if unknown := sorted(set(filters) - set(list_.filters)):
        raise InvalidInput(
            f"{list_.name} is not narrowed by {unknown[0][:40]}.",
            field="filters",
            filters=list(list_.filters),
        )
    return {name: value.strip() for name, value in filters.items() if value.strip()}


def by_keys(rows: Iterator[Any], columns: Sequence[Column]) -> Iterator[Row]:
    """Rows that are objects or dicts, as values in the order of the columns; several words become one text."""
    names = [column.key for column in columns]
    for row in rows:
        yield [_flat(row[name] if isinstance(row, Mapping) else getattr(row, name)) for name in names]


def _flat(value: Any) -> Any:
    return (
        LIST_SEPARATOR.join(str(one) for one in value)
        if isinstance(value, list | tuple | frozenset)
        else value
    )
