"""Lots, levels, counts and reasons, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.inventory import rules
from huiliu.inventory.errors import LotInvalid, ReasonInvalid, UnitsInvalid
from huiliu.inventory.types import (
    AdjustmentReason,
    AdjustmentState,
    CountFigure,
    CountState,
    LineVerdict,
    LotStock,
    TransferState,
)
from huiliu.kernel.states import unknown_or_unreachable

D = Decimal
THEN = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("batch", "expires", "produced", "life", "lot"),
    [
        ("B12", date(2027, 6, 15), None, None, "2027-06-15/B12"),
        ("B12", None, date(2026, 6, 15), 365, "2027-06-15/B12"),
        ("", date(2027, 6, 15), None, None, "2027-06-15"),
        ("", None, None, 365, ""),
        ("B12", date(2027, 1, 1), date(2026, 6, 15), 365, "2027-01-01/B12"),
    ],
)
def test_a_lot_text_begins_with_the_expiry(batch, expires, produced, life, lot):
    assert rules.lot_of(batch=batch, expires_on=expires, produced_on=produced, shelf_life_days=life) == lot


@pytest.mark.parametrize(
    ("batch", "expires", "produced", "life"),
    [
        ("B12", None, None, 365),
        ("", None, date(2026, 6, 15), None),
        ("a/b", date(2027, 1, 1), None, None),
        ("", date(2026, 1, 1), date(2026, 6, 15), None),
    ],
)
def test_a_lot_without_an_expiry_is_refused(batch, expires, produced, life):
    with pytest.raises(LotInvalid):
        rules.lot_of(batch=batch, expires_on=expires, produced_on=produced, shelf_life_days=life)


def test_a_lot_says_batch_expiry_and_production_again():
    read = rules.read_lot("2027-06-15/B12", shelf_life_days=365)
    assert (read.batch, read.expires_on, read.produced_on) == ("B12", date(2027, 6, 15), date(2026, 6, 15))
    foreign = rules.read_lot("LOT-7", shelf_life_days=365)
    assert (foreign.batch, foreign.expires_on, foreign.produced_on) == ("LOT-7", None, None)


def test_what_expires_first_goes_first_and_goods_without_a_lot_last():
    stock = [LotStock("", D(5)), LotStock("2026-12-01/B", D(4)), LotStock("2026-08-01/A", D(3))]
    picks, missing = rules.fefo(stock, wanted=D(9))
    assert [(one.lot, one.available) for one in picks] == [
        ("2026-08-01/A", D(3)),
        ("2026-12-01/B", D(4)),
        ("", D(2)),
    ]
    assert missing == 0
    assert rules.fefo(stock, wanted=D(20))[1] == 8


@given(
    st.lists(st.tuples(st.sampled_from(["", "2026-08-01", "2026-12-01"]), st.integers(-5, 50)), max_size=6),
    st.integers(1, 200),
)
def test_picked_and_missing_make_what_was_wanted_and_nothing_is_picked_twice(rows, wanted):
    stock = [LotStock(lot, D(units)) for lot, units in rows]
    picks, missing = rules.fefo(stock, wanted=D(wanted))
    assert sum(one.available for one in picks) + missing == wanted
    assert sum(one.available for one in picks) <= sum(max(one.available, D(0)) for one in stock)
    assert missing == 0 or all(D(0) < one.available for one in picks)


@pytest.mark.parametrize(
    ("reason", "units", "fits"),
    [
        (AdjustmentReason.DAMAGE, "-1", True),
        (AdjustmentReason.DAMAGE, "1", False),
        (AdjustmentReason.FOUND, "1", True),
        (AdjustmentReason.FOUND, "-1", False),
        (AdjustmentReason.CORRECTION, "-1", True),
        (AdjustmentReason.CORRECTION, "1", True),
        (AdjustmentReason.OPENING, "-1", False),
    ],
)
def test_a_reason_goes_one_way(reason, units, fits):
    if fits:
        rules.check_reason(reason, units=[D(units)], note="")
    else:
        with pytest.raises(ReasonInvalid):
            rules.check_reason(reason, units=[D(units)], note="")


def test_another_reason_needs_words():
    with pytest.raises(ReasonInvalid):
        rules.check_reason(AdjustmentReason.OTHER, units=[D(1)], note=" ")


@pytest.mark.parametrize("units", ["0", "NaN", "Infinity", "1.5", "1000000000000"])
def test_units_that_cannot_be_stored_are_refused(units):
    with pytest.raises(UnitsInvalid):
        rules.check_units(D(units), is_whole=True)


def test_approval_is_needed_above_the_limit_only():
    assert [rules.needs_approval(D(units), limit=D(100)) for units in ("99", "100", "100.1")] == [
        False,
        False,
        True,
    ]


def figure(units: str, *, counter: int = 1, area: str = "") -> CountFigure:
    return CountFigure(1, counter, area, D(units), THEN)


@pytest.mark.parametrize(
    ("figures", "total", "disputed"),
    [
        ([], None, False),
        ([figure("0")], D(0), False),
        ([figure("10"), figure("12")], D(12), False),  # the same counter counts again
        ([figure("10", area="A"), figure("5", area="B", counter=2)], D(15), False),
        ([figure("10", counter=1), figure("10", counter=2)], D(10), False),
        ([figure("10", counter=1), figure("11", counter=2)], None, True),
        ([figure("10", counter=1), figure("11", counter=2), figure("11", counter=1)], D(11), False),
    ],
)
def test_areas_add_up_and_counters_of_one_area_must_agree(figures, total, disputed):
    assert rules.judge_counts(figures) == (total, disputed)


@pytest.mark.parametrize(
    ("counted", "disputed", "book", "moved", "verdict"),
    [
        ("5", False, "5", False, LineVerdict.AGREES),
        ("5", False, "6", False, LineVerdict.DIFFERS),
        ("5", False, "5", True, LineVerdict.MOVED),
        (None, False, None, False, LineVerdict.UNCOUNTED),
        (None, True, None, False, LineVerdict.DISPUTED),
    ],
)
def test_what_a_line_needs_next(counted, disputed, book, moved, verdict):
    found = rules.verdict_of(
        counted=D(counted) if counted else None,
        disputed=disputed,
        book=D(book) if book else None,
        moved=moved,
    )
    assert found is verdict


def test_days_of_cover_are_the_metrics():
    assert rules.days_of_cover(D(100), D(56)) == D("50.0")
    assert rules.days_of_cover(D(100), D(0)) is None


def test_every_state_can_be_reached():
    assert not unknown_or_unreachable(rules.ADJUSTMENT_MOVES, start=AdjustmentState.SUBMITTED)
    assert not unknown_or_unreachable(rules.TRANSFER_MOVES, start=TransferState.SENT)
    assert not unknown_or_unreachable(rules.COUNT_MOVES, start=CountState.PLANNED)


def test_the_author_may_withdraw_but_not_approve():
    own = rules.adjustment_actions(
        AdjustmentState.SUBMITTED, may_write=True, may_approve=True, is_author=True
    )
    others = rules.adjustment_actions(
        AdjustmentState.SUBMITTED, may_write=True, may_approve=True, is_author=False
    )
    assert (own, others) == (("withdraw",), ("approve", "reject"))
