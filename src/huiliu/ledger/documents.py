"""How the documents behind entries are called: each module tells for its own, whoever reads entries asks here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

NumbersOf = Callable[[Collection[UUID]], dict[UUID, str]]
_NUMBERS: dict[str, NumbersOf] = {}


def name_documents(source_type: str, numbers_of: NumbersOf) -> None:
    """Tell how documents of a source type are numbered (by id, as far as the reach shows). At the start of a process."""
    _NUMBERS[source_type] = numbers_of


def numbers_of_model(model: Any) -> NumbersOf:
    """For a table whose key is the source id and whose `number` people read."""
    return lambda ids: dict(model.objects.filter(pk__in=ids).values_list("pk", "number"))


def document_numbers(sources: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], str]:
    """The numbers of those documents that have one and are visible; one statement for each type."""
    by_type: dict[str, set[UUID]] = {}
    for source_type, source_id in sources:
        by_type.setdefault(source_type, set()).add(source_id)
    return {
        (source_type, source_id): number
        for source_type, ids in by_type.items()
        if source_type in _NUMBERS
        for source_id, number in _NUMBERS[source_type](ids).items()
    }
