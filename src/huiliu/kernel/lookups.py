"""Answers that many ask for, fetched together: one statement for a batch instead of one for each of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Lookup(Generic[K, V]):
    """Answers by key. `fetch` is given the keys not yet known, all at once; a key it leaves out has no answer."""

    def __init__(self, fetch: Callable[[list[K]], Mapping[K, V]]) -> None:
        self._fetch = fetch
        self._known: dict[K, V | None] = {}

    def expect(self, keys: Iterable[K]) -> None:
        """Fetch what will be asked for; what is known already is not fetched again."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._known]
        if missing:
            found = self._fetch(missing)
            self._known.update({key: found.get(key) for key in missing})

    def get(self, key: K) -> V | None:
        """The answer, or None; one that nobody expected is fetched now."""
        if key not in self._known:
            self.expect([key])
        return self._known[key]

    def put(self, key: K, value: V) -> None:
        """An answer that came by another way."""
        self._known[key] = value
