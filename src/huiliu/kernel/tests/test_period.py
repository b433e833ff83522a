"""Periods are half-open, days belong to a zone, months of the books start when the company says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.kernel.period import (
    Period,
    PeriodEmpty,
    ZoneUnknown,
    add_months,
    business_date,
    fiscal_month,
    fiscal_month_of,
    instants_of,
    month_of,
    protection_window,
    quarter_of,
    start_of_day,
    week_of,
    year_of,
)

D = date.fromisoformat
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


def days(start: str, end: str | None = None) -> Period[date]:
    return Period(D(start), D(end) if end else None)


PERIODS = st.builds(
    lambda start, length: Period(start, start + timedelta(days=length) if length else None),
    DAYS,
    st.integers(0, 400),
)


def test_the_end_does_not_belong_to_the_period() -> None:
    period = days("2026-01-01", "2026-02-01")

    assert [period.contains(D(day)) for day in ("2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01")] == [
        False,
        True,
        True,
        False,
    ]
    assert period.days() == 31
    assert days("2026-01-01").contains(D("2999-12-31"))
    assert days("2026-01-01").days() is None


def test_neighbours_do_not_overlap() -> None:
    assert not days("2026-01-01", "2026-02-01").overlaps(days("2026-02-01"))
    assert days("2026-01-01", "2026-02-02").overlaps(days("2026-02-01"))
    assert days("2026-01-01").intersect(days("2025-01-01", "2026-03-01")) == days("2026-01-01", "2026-03-01")
    assert days("2026-01-01", "2026-02-01").intersect(days("2026-02-01")) is None


@given(PERIODS, PERIODS, DAYS)
def test_a_day_is_in_the_intersection_exactly_when_it_is_in_both(
    one: Period[date], other: Period[date], day: date
) -> None:
    both = one.intersect(other)

    assert both == other.intersect(one)
    assert (both is not None and both.contains(day)) == (one.contains(day) and other.contains(day))
    assert one.overlaps(other) == (both is not None)


def test_a_period_of_no_time_is_refused() -> None:
    with pytest.raises(PeriodEmpty) as refusal:
        days("2026-01-02", "2026-01-02")

    assert refusal.value.facts == {"start": D("2026-01-02"), "end": D("2026-01-02")}


def test_naive_instants_and_mixed_edges_are_bugs() -> None:
    with pytest.raises(TypeError, match="aware"):
        Period(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(TypeError, match="not of both"):
        Period(date(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC))
    with pytest.raises(TypeError, match="aware"):
        business_date(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        ("2026-01-01T15:59:59+00:00", "Asia/Shanghai", "2026-01-01"),
        ("2026-01-01T16:00:00+00:00", "Asia/Shanghai", "2026-01-02"),
        ("2026-01-01T16:00:00+00:00", "America/New_York", "2026-01-01"),
    ],
)
def test_a_business_day_begins_at_midnight_of_its_zone(instant: str, zone: str, day: str) -> None:
    assert business_date(datetime.fromisoformat(instant), zone) == D(day)
    assert instants_of(Period(D(day), D(day) + timedelta(days=1)), zone).contains(
        datetime.fromisoformat(instant)
    )


def test_a_day_of_23_hours_is_a_day() -> None:
    day = instants_of(days("2026-03-08", "2026-03-09"), "America/New_York")

    assert day.end is not None
    assert day.end - day.start == timedelta(hours=23)


def test_an_unknown_zone_is_refused() -> None:
    for name in ("Asia/Atlantis", "../etc/passwd", ""):
        with pytest.raises(ZoneUnknown):
            start_of_day(D("2026-01-01"), name)


def test_ninety_days_of_protection_end_at_midnight_in_shanghai() -> None:
    window = protection_window(D("2026-03-01"), 90)  # golden vector 20

    assert window == days("2026-03-01", "2026-05-30")
    instants = instants_of(window)
    assert instants.contains(datetime(2026, 5, 29, 15, 59, 59, tzinfo=UTC))
    assert not instants.contains(datetime(2026, 5, 29, 16, 0, tzinfo=UTC))  # 05-30 00:00: free


def test_a_week_starts_on_monday() -> None:
    assert week_of(D("2026-11-22")) == days("2026-11-16", "2026-11-23")  # a Sunday
    assert week_of(D("2026-11-23")) == days("2026-11-23", "2026-11-30")


@pytest.mark.parametrize(
    ("day", "start_day", "name", "start", "end"),
    [
        ("2026-01-25", 26, "2026-01", "2025-12-26", "2026-01-26"),
        ("2026-01-26", 26, "2026-02", "2026-01-26", "2026-02-26"),
        ("2026-12-31", 26, "2027-01", "2026-12-26", "2027-01-26"),
        ("2026-02-28", 1, "2026-02", "2026-02-01", "2026-03-01"),
        ("2026-12-31", 1, "2026-12", "2026-12-01", "2027-01-01"),
    ],
)
def test_a_month_of_the_books_is_named_after_the_month_it_ends_in(
    day: str, start_day: int, name: str, start: str, end: str
) -> None:
    month = fiscal_month_of(D(day), start_day)

    assert str(month) == name
    assert month.period == days(start, end)
    assert fiscal_month(month.year, month.month, start_day) == month


@given(DAYS, st.integers(1, 28))
def test_every_day_is_in_its_month_and_months_touch(day: date, start_day: int) -> None:
    month = fiscal_month_of(day, start_day)

    assert month.period.contains(day)
    assert month.period.end is not None
    assert fiscal_month_of(month.period.end, start_day).period.start == month.period.end


def test_months_added_stay_inside_the_month() -> None:
    assert add_months(D("2026-01-31"), 1) == D("2026-02-28")
    assert add_months(D("2028-01-31"), 1) == D("2028-02-29")
    assert add_months(D("2026-03-15"), -3) == D("2025-12-15")


def test_months_quarters_and_years_are_the_calendar_ones() -> None:
    assert month_of(D("2026-02-11")) == days("2026-02-01", "2026-03-01")
    assert quarter_of(D("2026-12-31")) == days("2026-10-01", "2027-01-01")
    assert year_of(D("2026-12-31")) == days("2026-01-01", "2027-01-01")
