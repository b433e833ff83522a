"""Keyset cursors: the next page starts after the last row seen, never by counting rows again.

A cursor is signed: it carries the sort key of a row, which must not become a way to probe.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import orjson
from django.core.signing import BadSignature, Signer
from ninja import Schema
from pydantic import Field

from huiliu.platform.errors import CursorInvalid

T = TypeVar("T")
_signer = Signer(salt="huiliu.cursor")

LIMIT_DEFAULT = 50
LIMIT_MAX = 500


class Page(Schema, Generic[T]):
    """One page of a list; `next_cursor` is null on the last one."""

    items: list[T]
    next_cursor: str | None = None


class PageQuery(Schema):
    """How every list is asked for."""

    cursor: str | None = Field(default=None, max_length=1000, description="`next_cursor` of the page before.")
    limit: int = Field(default=LIMIT_DEFAULT, ge=1, le=LIMIT_MAX)


def encode_cursor(key: Sequence[Any]) -> str:
    raw = base64.urlsafe_b64encode(orjson.dumps(list(key), default=str)).decode().rstrip("=")
    return _signer.sign(raw)


def decode_cursor(cursor: str | None, *, size: int) -> list[Any] | None:
    """The sort key of a cursor, or None for the first page.

    Raises: CursorInvalid for anything this server did not make for a list of that shape.
    """
    if not cursor:
        return None
    try:
        raw = _signer.unsign(cursor)
        key = orjson.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
    except (BadSignature, ValueError) as error:
        raise CursorInvalid("This cursor is not one of ours.", field="cursor") from error
    if not isinstance(key, list) or len(key) != size:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor")
    return key


def page_of(rows: Sequence[T], *, limit: int, key: Callable[[T], Sequence[Any]]) -> dict[str, Any]:
    """A page from `limit + 1` fetched rows: the extra one only tells that there is more."""
    shown = list(rows[:limit])
    more = len(rows) > limit
    return {"items": shown, "next_cursor": encode_cursor(key(shown[-1])) if more and shown else None}
