"""How things are called that a row knows by type and id only: each module tells of its own, whoever shows them asks.

A module tells in its `declarations.py`. What the reach of the transaction does not show has no name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol
from uuid import UUID

from huiliu.platform.settings_types import Words

FOUND_MAX: Final = 200  # of one type with one name


class Named(Protocol):
    """The things of one type; each method asks one statement."""

    def names(self, ids: Collection[Any]) -> Mapping[Any, str]:
        """What these are called, as far as visible."""
        ...

    def ids(self, name: str) -> Collection[Any]:
        """Those that are called so, at most FOUND_MAX."""
        ...


@dataclass(frozen=True, slots=True)
class ByColumn:
    """A table whose key is the id and that has a column which people read."""

    model: Any
    field: str = "number"

    def names(self, ids: Collection[Any]) -> Mapping[Any, str]:
        return dict(self.model.objects.filter(pk__in=ids).values_list("pk", self.field))

    def ids(self, name: str) -> Collection[Any]:
        found = self.model.objects.filter(**{self.field: name})
        return list(found.order_by("pk").values_list("pk", flat=True)[:FOUND_MAX])


class Worded(Protocol):
    """The things of one type that the program itself names, in the languages of the house: settings, modules."""

    def words(self, ids: Collection[str]) -> Mapping[str, Words]:
        """What these are called."""
        ...

    def ids(self, name: str) -> Collection[str]:
        """Those that are called so in one of the languages."""
        ...


@dataclass(frozen=True, slots=True)
class ByCode:
    """Things that are known by their codes: `all_words` tells how each is called."""

    all_words: Callable[[], Mapping[str, Words]]

    def words(self, ids: Collection[str]) -> Mapping[str, Words]:
        known = self.all_words()
        return {code: known[code] for code in ids if code in known}

    def ids(self, name: str) -> Collection[str]:
        return [code for code, words in self.all_words().items() if name in (words.zh, words.en)]


@dataclass(frozen=True, slots=True)
class _Kind:
    named: Named
    key: Callable[[str], Any]


_kinds: dict[str, _Kind] = {}
_worded: dict[str, Worded] = {}


def declare_names(*types: str, of: Named, key: Callable[[str], Any] = UUID) -> None:
    """Tell how things of these types are called; `key` makes an id of its text and raises ValueError."""
    for one in types:
        _kinds[one] = _Kind(of, key)


def declare_words(type: str, *, of: Worded) -> None:  # noqa: A002 - the field's standard name
    """Tell how the program calls things of this type."""
    _worded[type] = of


def subject_words(refs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Words]:
    """What the program calls those (type, id) that it names itself; a setting for one seller has that one's name, too."""
    wanted: dict[str, set[str]] = {}
    for kind, identity in refs:
        if kind in _worded:
            wanted.setdefault(kind, set()).add(identity)
    return {
        (kind, identity): words
        for kind, ids in wanted.items()
        for identity, words in _worded[kind].words(ids).items()
    }


def subject_names(refs: Iterable[tuple[str, object]]) -> dict[tuple[str, str], str]:
    """The names of those (type, id) that have one and are visible, the id as text; one statement for each type."""
    wanted: dict[str, set[Any]] = {}
    for kind, identity in refs:
        if kind not in _kinds:
            continue
        try:
            wanted.setdefault(kind, set()).add(_kinds[kind].key(str(identity)))
        except ValueError:
            continue  # "the table of regions" is no row
    return {
        (kind, str(identity)): name
        for kind, ids in wanted.items()
        for identity, name in _kinds[kind].named.names(ids).items()
    }


def subjects_named(name: str, *, type: str = "") -> dict[str, list[str]]:  # noqa: A002 - the field's standard name
    """The ids of visible things that are called so, by type: of one type, or of all that have names."""
    if not name:
        return {}
    tellers: list[tuple[str, Named | Worded]] = [(one, kind.named) for one, kind in _kinds.items()]
    found: dict[str, list[str]] = {}
    for one, teller in [*tellers, *_worded.items()]:
        if type in ("", one) and (ids := teller.ids(name)):
            found.setdefault(one, []).extend(str(identity) for identity in ids)
    return found
