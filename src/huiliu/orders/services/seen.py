"""What a person looked at lately."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection

from huiliu.access.types import Actor
from huiliu.orders.models import SeenSku

SEEN_MAX: Final = 50


def note_seen(*, actor: Actor, sku_id: int, now: datetime) -> None:
    """The person looked at goods; the caller has checked its range. Beyond `SEEN_MAX` the oldest is forgotten.

    Locks:  one person's list at a time, so that two devices keep to the limit.
    Replay: seen again it comes first again.
    """
    user_id = actor.user_id or 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"seen:{user_id}"])
        cursor.execute(
            "INSERT INTO orders_seen_sku (user_id, sku_id, owner_path, seen_at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (user_id, sku_id) DO UPDATE SET seen_at = greatest(orders_seen_sku.seen_at, EXCLUDED.seen_at)",
            [user_id, sku_id, actor.organization_path, now],
        )
    mine = SeenSku.objects.filter(user_id=user_id)
    kept = mine.order_by("-seen_at", "sku_id").values_list("sku_id", flat=True)[:SEEN_MAX]
    mine.exclude(sku_id__in=list(kept)).delete()


def forget_seen(*, actor: Actor) -> None:
    """Empty the person's list."""
    SeenSku.objects.filter(user_id=actor.user_id or 0).delete()
