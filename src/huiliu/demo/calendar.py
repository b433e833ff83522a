"""How demand moves: season by category, weekday, and the weeks around Spring Festival. Pure."""

from __future__ import annotations

import math
from datetime import date
from functools import cache

#: First day of the lunar year.
SPRING_FESTIVAL = {
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
}


def _days_to_festival(day: date) -> int:
    """Days until the next festival (negative just after one)."""
    nearest = min(SPRING_FESTIVAL.values(), key=lambda festival: abs((festival - day).days))
    return (nearest - day).days


@cache
def season_factor(season: str, day: date) -> float:
    """Demand of `day` against the year's mean for goods of that season."""
    angle = 2 * math.pi * (day.timetuple().tm_yday - 196) / 365.25  # peak in mid July
    base = {"summer": 1 + 0.55 * math.cos(angle), "festival": 1 - 0.08 * math.cos(angle), "flat": 1.0}[season]
    return base * _festival_factor(season, day)


def _festival_factor(season: str, day: date) -> float:
    """Dealers stock up four weeks before the festival and close for about ten days."""
    left = _days_to_festival(day)
    if -8 <= left <= 2:
        return 0.04
    if 2 < left <= 30:
        return 2.3 if season == "festival" else 1.35
    if -20 <= left < -8:
        return 0.7
    return 1.0


def weekday_factor(day: date) -> float:
    """Orders come on working days."""
    return (1.25, 1.15, 1.1, 1.05, 1.0, 0.35, 0.1)[day.weekday()]
