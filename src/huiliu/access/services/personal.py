"""What people keep for themselves: small values under a name, on every device they sign in from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from django.db import connection
from django.db.models import QuerySet

from huiliu.access.errors import PersonalSettingsFull
from huiliu.access.models import PersonalSetting
from huiliu.access.types import Actor
from huiliu.platform.errors import InvalidInput

SETTINGS_MAX = 100
BYTES_MAX = 16_384


def keep(*, actor: Actor, key: str, value: Any, now: datetime) -> Any:
    """Keep `value` under `key` for the actor; the last one written stays, and null forgets what stood there.

    Locks:  the person's rows are counted under an advisory lock: two devices together keep to the limit.
    Raises: InvalidInput (too large), PersonalSettingsFull.
    """
    if value is None:
        drop(actor=actor, key=key)
        return None
    size = len(orjson.dumps(value))
    if size > BYTES_MAX:
        raise InvalidInput("This is too large to keep.", field="value", bytes=size, limit=BYTES_MAX)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"personal:{actor.user_id}"])
    mine = _of(actor)
    if not mine.filter(key=key).exists() and mine.count() >= SETTINGS_MAX:
        raise PersonalSettingsFull("Nothing more can be kept.", limit=SETTINGS_MAX)
    mine.update_or_create(
        key=key,
        defaults={
            "user_id": actor.user_id or 0,
            "value": value,
            "updated_at": now,
            "owner_path": actor.organization_path,
        },
    )
    return value


def drop(*, actor: Actor, key: str) -> None:
    """Forget what stands under `key`; nothing there is as good."""
    _of(actor).filter(key=key).delete()


def kept(*, actor: Actor) -> dict[str, Any]:
    """Everything the actor keeps, by name; at most `SETTINGS_MAX` entries."""
    rows = _of(actor).order_by("key")
    return dict(rows.values_list("key", "value"))


def kept_under(*, actor: Actor, key: str) -> Any | None:
    """One value, or None."""
    row = _of(actor).filter(key=key).first()
    return row.value if row else None


def _of(actor: Actor) -> QuerySet[PersonalSetting]:
    """The actor's own rows; a program without a person keeps nothing."""
    return PersonalSetting.objects.filter(user_id=actor.user_id or 0)
