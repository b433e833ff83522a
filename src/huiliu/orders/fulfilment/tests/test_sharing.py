"""How what is short is shared, and how urgent an order is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D  # noqa: N817 - figures read better

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.orders.fulfilment.rules import fair_share, urgency
from huiliu.orders.fulfilment.types import Because, Urgency


def shares(available: str, pack: int, *demands: int) -> list[D]:
    return [
        share.units
        for share in fair_share(
            available=D(available), pack=D(pack), demands=[D(demand) for demand in demands]
        )
    ]


def test_a_hundred_units_in_packs_of_twelve_are_shared_48_36_12():
    found = fair_share(available=D(100), pack=D(12), demands=[D(96), D(60), D(24)])

    assert [share.units for share in found] == [48, 36, 12]
    assert [share.quota for share in found] == [D("4.27"), D("2.67"), D("1.07")]
    assert [share.because for share in found] == [Because.PRO_RATA, Because.REMAINDER, Because.PRO_RATA]


@pytest.mark.parametrize(
    ("available", "pack", "demands", "expected"),
    [
        ("180", 12, (96, 60, 24), [96, 60, 24]),  # enough for everybody
        ("0", 12, (96, 60), [0, 0]),
        ("-5", 12, (96, 60), [0, 0]),
        ("11", 12, (96, 60), [0, 0]),  # less than a pack is for nobody
        ("12", 12, (60, 60), [12, 0]),  # the earlier one wins a tie
        ("30", 12, (17, 60), [0, 24]),  # 17 gets no pack by its part, and its rest is not all of it
        ("100", 1, (60, 50), [55, 45]),  # 54.5 and 45.5: the larger remainder
        ("29", 12, (5, 30), [5, 24]),  # a loose rest completes the small one
    ],
)
def test_shares_at_the_edges(available, pack, demands, expected):
    assert shares(available, pack, *demands) == expected


@given(
    available=st.integers(0, 5000),
    pack=st.integers(1, 48),
    demands=st.lists(st.integers(1, 900), min_size=1, max_size=12),
)
def test_nobody_gets_more_than_asked_and_all_together_no_more_than_there_is(available, pack, demands):
    found = shares(str(available), pack, *demands)

    assert sum(found) <= available
    for share, wanted in zip(found, demands, strict=True):
        assert 0 <= share <= wanted
        assert share % pack == 0 or share == wanted
    if available >= sum(demands):
        assert found == demands
    elif any(wanted - share >= pack for share, wanted in zip(found, demands, strict=True)):
        assert available - sum(found) < pack  # no whole pack stays while somebody lacks one


@pytest.mark.parametrize(
    ("ordered_on", "wanted_on", "expected"),
    [
        (date(2026, 6, 14), None, Urgency.SOON),
        (date(2026, 6, 13), None, Urgency.TODAY),
        (date(2026, 6, 12), None, Urgency.LATE),
        (date(2026, 6, 1), date(2026, 6, 15), Urgency.TODAY),
        (date(2026, 6, 1), date(2026, 6, 14), Urgency.LATE),
        (date(2026, 6, 1), date(2026, 6, 18), Urgency.SOON),
        (date(2026, 6, 1), date(2026, 6, 19), Urgency.LATER),
    ],
)
def test_the_wanted_day_decides_and_without_one_two_days_of_patience(ordered_on, wanted_on, expected):
    assert urgency(ordered_on=ordered_on, wanted_on=wanted_on, today=date(2026, 6, 15)) is expected
