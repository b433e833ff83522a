"""What the live stream tells of notices: to whom there is a new one, not what it says. Nothing is stored for it.

Notices are written from the events, a moment after them: who asked again because of the event came too early.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Max

from huiliu.access.types import Actor
from huiliu.kernel.paths import ancestors
from huiliu.platform.database import system_reach
from huiliu.platform.models import Notice

#: In one look; the rest at the next one.
LOOK_MAX: Final = 1_000


@dataclass(frozen=True, slots=True)
class Written:
    """Whom one notice is for; see `Notice`."""

    for_path: str
    about_path: str
    scope: str
    user_id: int | None


def concerns(actor: Actor, one: Written) -> bool:
    """The rule of `list_notices` and the row policy behind it, without asking."""
    if one.user_id == actor.user_id or one.scope not in actor.scopes:
        return False
    if one.for_path == actor.organization_path:
        return True
    if not actor.is_staff or one.for_path not in ancestors(actor.organization_path):
        return False
    return actor.reach.everything or actor.reach.lo <= one.about_path < actor.reach.hi


class NoticeWatch:
    """How far a live process has looked; not for two threads at once. One writer numbers the notices: none is late."""

    def __init__(self) -> None:
        self._last: int | None = None

    def fresh(self) -> list[Written]:
        """Those written since the last look; the first look finds none. One statement."""
        with system_reach("events"):
            if self._last is None:
                self._last = Notice.objects.aggregate(newest=Max("pk"))["newest"] or 0
                return []
            rows = list(Notice.objects.filter(pk__gt=self._last).order_by("pk")[:LOOK_MAX])
        if rows:
            self._last = rows[-1].pk
        return [Written(row.for_path, row.about_path, row.scope, row.user_id) for row in rows]
