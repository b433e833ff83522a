"""Where goods on the road are: what carriers tell, in whatever order they tell it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

EVENTS_MAX = 500  # of one waybill; a carrier that sends more repeats itself
AHEAD_MAX = timedelta(hours=24)


class TrackingState(StrEnum):
    """One vocabulary for all carriers."""

    CREATED = "CREATED"
    ACCEPTED = "ACCEPTED"
    IN_TRANSIT = "IN_TRANSIT"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    DELIVERED = "DELIVERED"
    EXCEPTION = "EXCEPTION"
    RETURNED = "RETURNED"


#: What is over: only goods that come back change it any more.
FINAL = frozenset({TrackingState.DELIVERED, TrackingState.RETURNED})


@dataclass(frozen=True, slots=True)
class TrackingEvent:
    """One thing that happened on the road, at the carrier's own time."""

    at: datetime
    state: TrackingState
    text: str = ""
    place: str = ""

    def as_json(self, *, source: str, heard_at: datetime) -> dict[str, Any]:
        return {
            "at": self.at.astimezone(UTC).isoformat(),
            "state": self.state.value,
            "text": self.text,
            "place": self.place,
            "source": source,
            "heard_at": heard_at.astimezone(UTC).isoformat(),
        }


def _key(stored: dict[str, Any]) -> tuple[str, str, str, str]:
    return stored["at"], stored["state"], stored["text"], stored["place"]


def merge(
    known: Sequence[dict[str, Any]], told: Iterable[TrackingEvent], *, source: str, now: datetime
) -> list[dict[str, Any]]:
    """The story with what is new in it, by the carrier's time; what was told before is not told twice.

    An event that lies more than a day ahead of us comes from a wrong clock and counts as of now.
    """
    story = {_key(stored): stored for stored in known}
    for event in told:
        at = event.at if event.at <= now + AHEAD_MAX else now
        stored = TrackingEvent(at, event.state, event.text, event.place).as_json(source=source, heard_at=now)
        story.setdefault(_key(stored), stored)
    return sorted(story.values(), key=lambda stored: (stored["at"], stored["heard_at"]))[-EVENTS_MAX:]


def state_of(story: Sequence[dict[str, Any]]) -> TrackingState:
    """Where the goods are: the latest event by the carrier's time; delivered stays unless they come back."""
    state = TrackingState.CREATED
    for stored in story:
        told = TrackingState(stored["state"])
        if state is TrackingState.RETURNED or (
            state is TrackingState.DELIVERED and told is not TrackingState.RETURNED
        ):
            continue
        state = told
    return state
