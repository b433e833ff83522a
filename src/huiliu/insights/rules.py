"""Pure decisions of the insights: merge plans, freshness, comparison periods, growth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import log

from huiliu.insights.types import Comparison, Grain
from huiliu.kernel.period import Period, add_months, fiscal_month_of, month_of, quarter_of, week_of, year_of

_SIXTH = Decimal("0.000001")
MERGE_AT = 8
HORIZONS_MAX = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """A current segment, as far as merging cares."""

    file: str
    fact: str
    month: date
    row_count: int


def to_merge(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Groups of small segments that should become one: eight of a size class, so that each row is rewritten
    only log8(rows) times and a month never has more than seven files of a class.
    """
    classes: dict[tuple[str, date, int], list[Piece]] = defaultdict(list)
    for piece in pieces:
        size = int(log(max(piece.row_count, 1), MERGE_AT) + 1e-9)
        classes[(piece.fact, piece.month, size)].append(piece)
    return [group for _, group in sorted(classes.items(), key=lambda item: item[0]) if len(group) >= MERGE_AT]


def complete_at(horizons: Sequence[tuple[int, datetime]], *, watermark: int) -> datetime | None:
    """The latest instant before which every committed row lies below the watermark.

    Shape: `(next transaction id at that instant, instant)`, oldest first: what was committed by then has a
           smaller id, so it is in as soon as the watermark has reached it.
    """
    reached = [instant for upcoming, instant in horizons if upcoming <= watermark]
    return max(reached, default=None)


def remember_horizon(
    horizons: Sequence[tuple[int, datetime]], *, upcoming: int, now: datetime, watermark: int
) -> list[tuple[int, datetime]]:
    """The horizons worth keeping: the last one reached, and those still ahead of the watermark."""
    known = [*horizons, (upcoming, now)]
    reached = [pair for pair in known if pair[0] <= watermark]
    ahead = [pair for pair in known if pair[0] > watermark]
    if len(ahead) > HORIZONS_MAX:  # a transaction has been writing for minutes: every second is too fine
        ahead = ahead[::2]
    return reached[-1:] + ahead


def period_start(day: date, grain: Grain, *, fiscal_start_day: int = 1) -> date:
    """The first day that names the period of `day`; a fiscal month is named by the first of its month."""
    match grain:
        case Grain.DAY:
            return day
        case Grain.WEEK:
            return week_of(day).start
        case Grain.MONTH:
            return month_of(day).start
        case Grain.QUARTER:
            return quarter_of(day).start
        case Grain.YEAR:
            return year_of(day).start
        case Grain.FISCAL_MONTH:
            month = fiscal_month_of(day, fiscal_start_day)
            return date(month.year, month.month, 1)


def _span(day: date, grain: Grain, fiscal_start_day: int) -> Period[date]:
    match grain:
        case Grain.DAY:
            return Period(day, day + timedelta(days=1))
        case Grain.WEEK:
            return week_of(day)
        case Grain.MONTH:
            return month_of(day)
        case Grain.QUARTER:
            return quarter_of(day)
        case Grain.YEAR:
            return year_of(day)
        case Grain.FISCAL_MONTH:
            return fiscal_month_of(day, fiscal_start_day).period


def periods_in(
    period: Period[date], grain: Grain, *, fiscal_start_day: int = 1
) -> list[tuple[date, Period[date]]]:
    """The named periods that the days of `period` touch, cut to it; `(name, days)`."""
    end = period.end or period.start
    found = []
    day = period.start
    while day < end:
        span = _span(day, grain, fiscal_start_day)
        stop = min(span.end or end, end)
        found.append((period_start(day, grain, fiscal_start_day=fiscal_start_day), Period(day, stop)))
        day = stop
    return found


def label_of(name: date, grain: Grain) -> str:
    """How a period is written: 2026-03-07, 2026-W11, 2026-03, 2026-Q1, 2026."""
    match grain:
        case Grain.DAY:
            return name.isoformat()
        case Grain.WEEK:
            year, week, _ = name.isocalendar()
            return f"{year}-W{week:02d}"
        case Grain.MONTH | Grain.FISCAL_MONTH:
            return f"{name:%Y-%m}"
        case Grain.QUARTER:
            return f"{name.year}-Q{(name.month + 2) // 3}"
        case Grain.YEAR:
            return str(name.year)


def _whole_months(period: Period[date]) -> int:
    end = period.end or period.start
    if period.start.day != 1 or end.day != 1:
        return 0
    return (end.year - period.start.year) * 12 + end.month - period.start.month


def shifted(day: date, *, period: Period[date], comparison: Comparison, by_week: bool) -> date:
    """The day of the comparison that stands where `day` stands in `period`.

    The previous period of whole months is as many months earlier, of days as many days.
    Last year is the same date; in weeks it is 52 weeks earlier, so that Mondays meet Mondays.
    """
    if comparison is Comparison.LAST_YEAR:
        return day - timedelta(days=364) if by_week else add_months(day, -12)
    months = _whole_months(period)
    if months and not by_week:
        return add_months(day, -months)
    days = period.days() or 0
    return day - timedelta(days=-(-days // 7) * 7 if by_week else days)


def comparison_period(period: Period[date], comparison: Comparison, *, by_week: bool) -> Period[date]:
    """The period to compare with."""
    if period.end is None:
        raise ValueError("a metric is asked for a period with an end")
    start = shifted(period.start, period=period, comparison=comparison, by_week=by_week)
    end = shifted(period.end, period=period, comparison=comparison, by_week=by_week)
    return Period(start, max(end, start + timedelta(days=1)))


def growth(current: Decimal | None, before: Decimal | None) -> Decimal | None:
    """(current - before) / before with six decimals; unknown when there is nothing positive to grow from.

    Source: domain.md 1.15.
    """
    if current is None or before is None or before <= 0:
        return None
    return ((current - before) / before).quantize(_SIXTH, ROUND_HALF_UP)


def written(value: Decimal | float | int | None, *, decimals: int) -> str | None:
    """A figure as text: at least `decimals` places, more only where they are not zero; a ratio has six."""
    if value is None:
        return None
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if number.as_tuple().exponent != -6:  # sums come with six places already
        number = number.quantize(_SIXTH, ROUND_HALF_UP)
    if not number:
        number = abs(number)  # no minus before nothing
    whole, _, fraction = f"{number:f}".partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) < decimals:
        fraction = fraction.ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole
