"""What a buyer keeps at hand, for all its colleagues."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection

from huiliu.access.types import Actor
from huiliu.orders.errors import TooManyFavourites
from huiliu.orders.models import Favourite
from huiliu.platform import audit

FAVOURITES_MAX: Final = 500


def add_favourite(*, actor: Actor, sku_id: int, now: datetime) -> None:
    """Keep a sku at hand; the caller has looked whether it is in the buyer's range.

    Locks:  one change of this organization's favourites at a time, so that the limit holds.
    Replay: what is there already stays. Raises: TooManyFavourites.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"favourites:{actor.organization_id}"]
        )
    mine = Favourite.objects.filter(organization_id=actor.organization_id)
    if mine.filter(sku_id=sku_id).exists():
        return
    if mine.count() >= FAVOURITES_MAX:
        raise TooManyFavourites("There are too many favourites.", limit=FAVOURITES_MAX)
    Favourite.objects.create(
        organization_id=actor.organization_id,
        sku_id=sku_id,
        owner_path=actor.organization_path,
        created_at=now,
    )
    _record(actor, "favourite.added", sku_id, now)


def remove_favourite(*, actor: Actor, sku_id: int, now: datetime) -> None:
    """Take a sku off. Replay: what is not there stays away."""
    gone, _ = Favourite.objects.filter(organization_id=actor.organization_id, sku_id=sku_id).delete()
    if gone:
        _record(actor, "favourite.removed", sku_id, now)


def _record(actor: Actor, action: str, sku_id: int, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject_type="sku",
        subject_id=sku_id,
        owner_path=actor.organization_path,
        now=now,
    )
