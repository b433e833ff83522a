"""Versions as the API writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.http.cursor import decode_cursor
from huiliu.policies import selectors
from huiliu.policies.types import Audience, HistoryEntry, VersionHead

#: What of a head a history tells about; the content's own parts stand beside the common ones.
_HEAD: Final = ("name", "valid_from", "valid_to", "audience", "late_joiners")


def version_out(head: VersionHead, *, actor: Actor) -> dict[str, Any]:
    """Shape: schemas.VersionOut."""
    return versions_out([head], actor=actor)[0]


def versions_out(heads: Sequence[VersionHead], *, actor: Actor) -> list[dict[str, Any]]:
    """Shape: schemas.VersionOut, each; the names in the audiences are read in one statement."""
    words = selectors.audience_words([head.audience for head in heads], language=actor.locale)
    return [
        asdict(head)
        | {
            "audience": head.audience.as_json(),
            "audience_words": said,
            "allowed_actions": list(selectors.allowed_actions(head, actor=actor)),
        }
        for head, said in zip(heads, words, strict=True)
    ]


def history_out(entries: Sequence[HistoryEntry], *, actor: Actor) -> list[dict[str, Any]]:
    """Shape: schemas.VersionHistoryOut, each."""
    names = access.user_names({one.user_id for one in entries if one.user_id is not None})
    return [
        {
            "id": one.id,
            "at": one.at,
            "action": one.action,
            "user_id": one.user_id,
            "user_name": names.get(one.user_id or 0, ""),
            "reason": one.reason,
            "rows": one.after.get("rows"),
            "changes": _changes(one, actor=actor) if one.before else [],
        }
        for one in entries
    ]


def _changes(entry: HistoryEntry, *, actor: Actor) -> list[dict[str, str]]:
    before, after = _flat(entry.before), _flat(entry.after)
    changed = [name for name in after if before.get(name) != after[name]]
    return [
        {
            "what": name,
            "before": _text(name, before.get(name), actor=actor),
            "after": _text(name, after[name], actor=actor),
        }
        for name in changed
    ]


def _flat(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts.get(name) for name in _HEAD} | dict(facts.get("content") or {})


def _text(name: str, value: Any, *, actor: Actor) -> str:
    if name == "audience":
        return selectors.audience_words([Audience.from_json(value or {})], language=actor.locale)[0]
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


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
