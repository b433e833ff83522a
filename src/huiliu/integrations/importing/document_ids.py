"""Ids of documents that come from a file: the same content makes the same id, so a repeated import is a retry."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

#: An id's time orders it among others; a file has no time that a second reading would find again.
_WHEN: Final = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)


def document_id(*parts: object) -> UUID:
    """A UUIDv7 made of what names the document."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).digest()
    tail = int.from_bytes(digest, "big")
    random_a, random_b = tail & 0xFFF, (tail >> 12) & ((1 << 62) - 1)
    return UUID(int=_WHEN << 80 | 0x7 << 76 | random_a << 64 | 0b10 << 62 | random_b)
