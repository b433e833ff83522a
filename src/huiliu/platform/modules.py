"""Modules that can be switched off: their menus, API, jobs and metrics go, nothing else breaks."""

from __future__ import annotations

import time

from django.db import connection

from huiliu.platform.errors import ModuleOff

#: What can be switched; the rest is the spine. Value: the modules that must be on for it.
SWITCHABLE: dict[str, frozenset[str]] = {
    "insights": frozenset(),
    "integrations": frozenset(),
    "receivables": frozenset(),
}
_REFRESH_SECONDS = 2.0
_state: tuple[float, frozenset[str]] = (0.0, frozenset())


def switched_off() -> frozenset[str]:
    """The modules that are off, read at most every two seconds."""
    global _state
    read_at, off = _state
    if time.monotonic() - read_at < _REFRESH_SECONDS:
        return off
    with connection.cursor() as cursor:
        cursor.execute("SELECT platform_modules_off()")
        off = frozenset(cursor.fetchone()[0] or [])
    _state = (time.monotonic(), off)
    return off


def forget() -> None:
    """Read again at the next question: called by the process that switches."""
    global _state
    _state = (0.0, frozenset())


def require_on(module: str) -> None:
    """Raises: ModuleOff."""
    if module in SWITCHABLE and module in switched_off():
        raise ModuleOff("This module is switched off.", module=module)
