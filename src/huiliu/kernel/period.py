"""Periods: half-open, with an optional end, of business days or of instants; and the calendar around them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Generic, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huiliu.kernel.refusals import DomainError, Kind

DEFAULT_ZONE: Final = "Asia/Shanghai"
T = TypeVar("T", date, datetime)


class PeriodEmpty(DomainError):
    """Let the period end after it starts; the end itself is not part of it."""

    code = "kernel.period_empty"
    kind = Kind.INVALID


class ZoneUnknown(DomainError):
    """Use a time zone of the IANA list, for example Asia/Shanghai."""

    code = "kernel.zone_unknown"
    kind = Kind.INVALID


@dataclass(frozen=True, slots=True)
class Period(Generic[T]):
    """`[start, end)`: the end is the first moment that no longer belongs; no end means until further notice.

    Of days (`date`) or of instants (aware `datetime`), never mixed.
    Raises: PeriodEmpty.
    """

    start: T
    end: T | None = None

    def __post_init__(self) -> None:
        for edge in (self.start, self.end):
            if isinstance(edge, datetime) and edge.tzinfo is None:
                raise TypeError("instants are aware: say the zone")
        if self.end is None:
            return
        if isinstance(self.start, datetime) != isinstance(self.end, datetime):
            raise TypeError("a period is of days or of instants, not of both")
        if self.end <= self.start:
            raise PeriodEmpty(f"From {self.start} to {self.end} is no time.", start=self.start, end=self.end)

    def contains(self, moment: T) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)

    def overlaps(self, other: Period[T]) -> bool:
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    def intersect(self, other: Period[T]) -> Period[T] | None:
        """What both hold, or None."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.end, other.end) if end is not None]
        return Period(max(self.start, other.start), min(ends) if ends else None)

    def days(self) -> int | None:
        """How many days it has (whole ones, of instants); None without an end."""
        return None if self.end is None else (self.end - self.start).days


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The time zone with this IANA name.

    Raises: ZoneUnknown.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(f"{name!r} is not a time zone.", zone=name) from None


def business_date(instant: datetime, zone: str = DEFAULT_ZONE) -> date:
    """The day on which an instant falls for people in `zone`: 16:00 UTC is tomorrow in Shanghai."""
    if instant.tzinfo is None:
        raise TypeError("instants are aware: say the zone")
    return instant.astimezone(zone_of(zone)).date()


def start_of_day(day: date, zone: str = DEFAULT_ZONE) -> datetime:
    """The first instant of a business day, in UTC."""
    return datetime.combine(day, time.min, zone_of(zone)).astimezone(UTC)


def instants_of(period: Period[date], zone: str = DEFAULT_ZONE) -> Period[datetime]:
    """The instants of the days in a period."""
    return Period(start_of_day(period.start, zone), start_of_day(period.end, zone) if period.end else None)


def protection_window(start: date, days: int) -> Period[date]:
    """`days` calendar days from `start` on: 90 from 2026-03-01 is [2026-03-01, 2026-05-30)."""
    return Period(start, start + timedelta(days=days))


def week_of(day: date) -> Period[date]:
    """Monday to Monday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=7))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last: 2026-01-31 and 1 is 2026-02-28."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class FiscalMonth:
    """A month of the books, named after the calendar month it ends in: 01-26 to 02-25 is February."""

    year: int
    month: int
    period: Period[date]

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def fiscal_month_of(day: date, start_day: int = 1) -> FiscalMonth:
    """The month of the books that holds `day`, when months start on `start_day` (26: 26th to 25th).

    Raises: ValueError unless 1 <= start_day <= 28.
    """
    if not 1 <= start_day <= 28:
        raise ValueError("a fiscal month starts on day 1 to 28")
    first = day.replace(day=start_day)
    start = first if day >= first else add_months(first, -1)
    end = add_months(start, 1)
    named = start if start_day == 1 else end
    return FiscalMonth(named.year, named.month, Period(start, end))


def fiscal_month(year: int, month: int, start_day: int = 1) -> FiscalMonth:
    """The month of the books with this name."""
    return fiscal_month_of(date(year, month, 1), start_day)


def month_of(day: date) -> Period[date]:
    """The calendar month."""
    return fiscal_month_of(day).period


def quarter_of(day: date) -> Period[date]:
    """The calendar quarter."""
    start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(start, add_months(start, 3))


def year_of(day: date) -> Period[date]:
    """The calendar year."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))
