"""How things are called that a row knows by type and id only: each module tells of its own, whoever shows them asks.

A module tells in its `declarations.py`. What the reach of the transaction does not show has no name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

#: Ids of one type to names, as far as visible, in one statement.
NamesOf = Callable[[Collection[Any]], Mapping[Any, str]]


@dataclass(frozen=True, slots=True)
class _Names:
    of: NamesOf
    key: Callable[[str], Any]


_names: dict[str, _Names] = {}


def declare_names(*types: str, of: NamesOf, key: Callable[[str], Any] = UUID) -> None:
    """Tell how things of these types are called; `key` makes an id of its text and raises ValueError."""
    for one in types:
        _names[one] = _Names(of, key)


def column(model: Any, field: str = "number") -> NamesOf:
    """For a table whose key is the id and that has a column which people read."""
    return lambda ids: dict(model.objects.filter(pk__in=ids).values_list("pk", field))


def subject_names(refs: Iterable[tuple[str, object]]) -> dict[tuple[str, str], str]:
    """The names of those (type, id) that have one and are visible, the id as text; one statement for each type."""
    wanted: dict[str, set[Any]] = {}
    for kind, identity in refs:
        if kind not in _names:
            continue
        try:
            wanted.setdefault(kind, set()).add(_names[kind].key(str(identity)))
        except ValueError:
            continue  # "the table of regions" is no row
    return {
        (kind, str(identity)): name
        for kind, ids in wanted.items()
        for identity, name in _names[kind].of(ids).items()
    }
