"""What a history of grants amounts to, and the five terms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as D  # noqa: N817
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.credit.rules import credit_terms, granted_on
from huiliu.credit.types import Grant, Granted, GrantKind, PaymentMode

DAY = date(2026, 6, 15)


def a_grant(
    number: int,
    amount: str,
    *,
    kind: GrantKind = GrantKind.LIMIT,
    start: date = date(2026, 1, 1),
    end: date | None = None,
    revokes: int | None = None,
) -> Grant:
    return Grant(
        id=UUID(int=number),
        kind=kind,
        seller_id=1,
        buyer_id=2,
        currency="CNY",
        amount=D(amount),
        valid_from=start,
        valid_to=end,
        revokes_id=UUID(int=revokes) if revokes else None,
        reason="",
        approved_by=None,
        created_at=datetime(2026, 1, 1, 0, number, tzinfo=UTC),
    )


def test_nothing_granted_is_prepayment():
    assert granted_on(DAY, []) == Granted(D(0), D(0))


def test_the_latest_limit_that_has_begun_counts():
    history = [
        a_grant(1, "1000"),
        a_grant(2, "2000", start=date(2026, 6, 1)),
        a_grant(3, "9000", start=date(2026, 7, 1)),
    ]

    assert granted_on(DAY, history).limit == D(2000)


def test_of_two_limits_from_one_day_the_one_written_later_counts():
    assert granted_on(DAY, [a_grant(1, "1000"), a_grant(2, "800")]).limit == D(800)


def test_when_the_latest_limit_has_ended_an_older_one_does_not_come_back():
    history = [a_grant(1, "1000"), a_grant(2, "2000", start=date(2026, 5, 1), end=DAY)]

    assert granted_on(date(2026, 6, 14), history).limit == D(2000)
    assert granted_on(DAY, history).limit == D(0)


def test_temporary_limits_add_up_within_their_days_and_the_end_is_not_part():
    temporary = GrantKind.TEMPORARY
    history = [
        a_grant(1, "200", kind=temporary, start=DAY, end=date(2026, 6, 20)),
        a_grant(2, "50", kind=temporary, start=date(2026, 6, 1), end=date(2026, 6, 16)),
    ]

    assert granted_on(DAY, history).temporary == D(250)
    assert granted_on(date(2026, 6, 16), history).temporary == D(200)
    assert granted_on(date(2026, 6, 20), history).temporary == D(0)


def test_a_revoked_temporary_limit_counts_for_nothing():
    history = [
        a_grant(1, "200", kind=GrantKind.TEMPORARY, start=DAY, end=date(2026, 6, 20)),
        a_grant(2, "0", kind=GrantKind.REVOCATION, revokes=1),
    ]

    assert granted_on(DAY, history).temporary == D(0)


@given(st.permutations([a_grant(number, str(number * 100)) for number in range(1, 6)]))
def test_the_order_of_the_rows_never_changes_the_answer(history):
    assert granted_on(DAY, history).limit == D(500)


def test_the_five_terms_of_the_golden_vector():
    """Limit 1,000 + temporary 200; owed 300 − 50 unallocated + 100 shipped; promised 200 + 150: available 500."""
    terms = credit_terms(
        buyer_id=2,
        seller_id=1,
        currency="CNY",
        granted=Granted(D(1000), D(200)),
        balance=-(D(300) - D(50) + D(100)),
        held=D(200) + D(150),
    )

    assert (terms.exposure, terms.available) == (D(700), D(500))


@pytest.mark.parametrize(
    ("limit", "temporary", "mode"),
    [("0", "0", PaymentMode.PREPAY), ("1", "0", PaymentMode.LIMIT), ("0", "1", PaymentMode.LIMIT)],
)
def test_who_has_no_credit_in_force_pays_before(limit, temporary, mode):
    terms = credit_terms(
        buyer_id=2,
        seller_id=1,
        currency="CNY",
        granted=Granted(D(limit), D(temporary)),
        balance=D(0),
        held=D(0),
    )

    assert terms.mode is mode
