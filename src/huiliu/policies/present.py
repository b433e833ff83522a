"""Versions as the API writes them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.http.cursor import decode_cursor
from huiliu.policies import selectors
from huiliu.policies.types import VersionHead


def version_out(head: VersionHead, *, actor: Actor) -> dict[str, Any]:
    """Shape: schemas.VersionOut."""
    return asdict(head) | {
        "audience": head.audience.as_json(),
        "allowed_actions": list(selectors.allowed_actions(head, actor=actor)),
    }


def newest_after(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The key of a page of versions. Raises: CursorInvalid."""
    key = decode_cursor(cursor, size=2)
    if key is None:
        return None
    try:
        return datetime.fromisoformat(str(key[0])), UUID(str(key[1]))
    except ValueError as error:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor") from error


def newest_key(row: dict[str, Any]) -> tuple[str, str]:
    """The cursor key of a version that was presented."""
    return row["created_at"].isoformat(), str(row["id"])
