"""Ids of documents: UUIDv7 (RFC 9562), made by the client, ordered by time."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import RFC_4122, UUID

from huiliu.kernel.refusals import DomainError, Kind

CLOCK_SKEW_MAX: Final = timedelta(hours=24)
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_READ_AS: Final = str.maketrans("ILO", "110")


class IdInvalid(DomainError):
    """Make the document's id as a UUIDv7 on the client, one per document, and keep it for retries."""

    code = "kernel.id_invalid"
    kind = Kind.INVALID


class ClockSkewed(DomainError):
    """Set the clock of this device (or let it set itself), then send the document again with a new id."""

    code = "kernel.clock_skewed"
    kind = Kind.INVALID


_lock = threading.Lock()
_state: tuple[int, int, int] = (0, 0, 0)  # process, milliseconds, counter


def uuid7() -> UUID:
    """A new id; within a process each is greater than the one before, also across threads and forks.

    The clock is read here on purpose: an id is not a business fact, and no rule looks into it.
    """
    global _state
    with _lock:
        milliseconds = time.time_ns() // 1_000_000
        process, latest, counter = _state
        here = os.getpid()
        if process == here and milliseconds <= latest:
            milliseconds, counter = latest, counter + 1
            if counter > 0xFFF:
                milliseconds, counter = latest + 1, 0
        else:
            counter = int.from_bytes(os.urandom(2), "big") & 0x3FF  # room for at least 3,072 more
        _state = (here, milliseconds, counter)
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | tail)


def uuid7_of(instant: datetime, key: str) -> UUID:
    """The id of what happened at `instant` under `key`: the same again for both, so that a replay finds its rows."""
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:10]) & ((1 << 74) - 1)
    milliseconds = int(instant.timestamp() * 1000)
    return UUID(
        int=(milliseconds << 80) | (7 << 76) | ((digest >> 62) << 64) | (2 << 62) | (digest & ((1 << 62) - 1))
    )


def is_uuid7(value: UUID) -> bool:
    return value.version == 7 and value.variant == RFC_4122


def time_of(value: UUID) -> datetime:
    """The instant inside an id, to the millisecond. For ordering and checks, never a business fact."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=value.int >> 80)


def check_uuid7(value: UUID, *, now: datetime, skew_max: timedelta = CLOCK_SKEW_MAX) -> UUID:
    """`value`, if it is a UUIDv7 that does not come from the future. Old ones are fine: offline carts exist.

    Raises: IdInvalid, ClockSkewed.
    """
    if not is_uuid7(value):
        raise IdInvalid(f"{value} is not a UUIDv7.", field="id")
    limit_ms = int((now + skew_max).timestamp() * 1000)
    if value.int >> 80 > limit_ms:
        raise ClockSkewed(f"The id {value} was made in the future.", field="id")
    return value


def parse_uuid7(text: str, *, now: datetime, skew_max: timedelta = CLOCK_SKEW_MAX) -> UUID:
    """The id in `text`, in the usual 8-4-4-4-12 form.

    Raises: IdInvalid, ClockSkewed.
    """
    try:
        value = UUID(text)
    except ValueError:
        value = None
    if value is None or str(value) != text.lower():
        raise IdInvalid(f"{text[:64]!r} is not a UUID.", field="id")
    return check_uuid7(value, now=now, skew_max=skew_max)


def short_code(number: int, width: int = 6) -> str:
    """A number as Crockford base 32, easy to say on the phone: 1,000,000 is `00YGJ0`."""
    if number < 0:
        raise ValueError("short codes start at zero")
    text = ""
    while number:
        number, digit = divmod(number, 32)
        text = _ALPHABET[digit] + text
    return text.rjust(width, "0")


def parse_short_code(text: str) -> int:
    """The number of a short code; lower case, and O, I, L for 0, 1, 1, are read as meant.

    Raises: IdInvalid.
    """
    number = 0
    for char in text.strip().upper().translate(_READ_AS):
        digit = _ALPHABET.find(char)
        if digit < 0:
            raise IdInvalid(f"{text[:64]!r} is not a short code.")
        number = number * 32 + digit
    return number
