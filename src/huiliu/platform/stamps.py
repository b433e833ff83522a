"""Process caches that are never stale beyond a transaction: one cheap read tells whether anything changed.

All stamps come in one statement, at most once per transaction, however many caches ask.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import connection

from huiliu.platform.database import rows

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_seen = threading.local()


def stamps() -> dict[str, str]:
    """Every stamp as this transaction sees it; read once per transaction and thread, for a request as it begins."""
    marker = _transaction_marker()
    if marker is not None and getattr(_seen, "marker", None) is marker:
        found: dict[str, str] = _seen.stamps
        return found
    found = dict(rows("SELECT name, stamp FROM platform_stamps()", prepared=True))
    _seen.marker, _seen.stamps = marker, found
    return found


def remember(found: dict[str, str]) -> None:
    """The stamps that this transaction read already, so that nobody asks again."""
    _seen.marker, _seen.stamps = _transaction_marker(), found


def forget() -> None:
    """Ask again at the next use: called after a change inside the same transaction."""
    _seen.marker = None


class _Marker:
    """One per transaction: hung on the connection, dropped when the transaction ends."""


def _transaction_marker() -> _Marker | None:
    """An object that lives as long as the open transaction; None outside of one."""
    if not connection.in_atomic_block:
        return None
    blocks = connection.atomic_blocks
    outermost = blocks[0] if blocks else None
    if outermost is None:
        return None
    marker: _Marker | None = getattr(outermost, "_huiliu_marker", None)
    if marker is None:
        marker = _Marker()
        outermost._huiliu_marker = marker  # type: ignore[attr-defined]  # noqa: SLF001
    return marker


class StampedCache(Generic[K, V]):
    """Values by key, dropped together when the stamp of `name` changes."""

    def __init__(self, name: str, *, size_max: int) -> None:
        self.name = name
        self.size_max = size_max
        self._state: tuple[tuple[str, str], dict[K, V | None]] = (("", ""), {})

    def get(self, key: K, load: Callable[[K], V | None]) -> V | None:
        """The cached value, else what `load` answers; None is remembered too."""
        values = self.values()
        if key in values:
            return values[key]
        value = load(key)
        if len(values) < self.size_max:
            values[key] = value
        return value

    def values(self) -> dict[K, V | None]:
        """The dict of the current stamp; a changed stamp starts an empty one."""
        current = (str(connection.settings_dict["NAME"]), stamps().get(self.name, ""))
        stamp, values = self._state
        if stamp != current:
            values = {}
            self._state = (current, values)
        return values
