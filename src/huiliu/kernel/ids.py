"""Document ids: UUIDv7, ordered by time, made by whoever creates the document."""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_state = {"ms": 0, "counter": 0}


def uuid7() -> UUID:
    """A new UUIDv7, strictly increasing within this process (RFC 9562 §6.2, counter in rand_a)."""
    with _lock:
        ms = time.time_ns() // 1_000_000
        if ms <= _state["ms"]:
            _state["counter"] += 1
            if _state["counter"] > 0xFFF:
                _state["ms"] += 1
                _state["counter"] = 0
        else:
            _state["ms"], _state["counter"] = ms, 0
        value = (_state["ms"] << 80) | (0x7 << 76) | (_state["counter"] << 64)
    return UUID(int=value | (0b10 << 62) | (int.from_bytes(os.urandom(8), "big") >> 2))
