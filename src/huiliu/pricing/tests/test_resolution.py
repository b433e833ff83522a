"""Which price list decides, why the others do not, and what stays true whatever the lists are."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.kernel.money import CNY, currency_of
from huiliu.kernel.quantity import UnitFactor
from huiliu.pricing.errors import NoPrice
from huiliu.pricing.rules import (
    PriceBook,
    VersionBook,
    explain,
    replay,
    resolve,
    snapshot,
    sum_lines,
    try_resolve,
    unit_prices,
)
from huiliu.pricing.types import PriceLevel, PriceQuery, Reason
from huiliu.testing.pricing import BOTTLE, BRAND, BUYER, CASE, COLA, PACK, a_query, a_row, a_version

D = Decimal


def test_a_line_has_its_price_amount_tax_and_reason() -> None:
    base = a_version(a_row("113.00"), code="BASE-2026")

    line = resolve(PriceBook([base]), a_query("48"))

    assert (line.unit_price, line.price_unit, line.entered_unit_price) == (D("113.00"), CASE, D("113.00"))
    assert (line.gross_amount, line.net_amount, line.tax_amount) == (D("226.00"), D("200.00"), D("26.00"))
    assert line.trace.winner.version.list_code == "BASE-2026"
    assert line.trace.losers == ()


def test_no_price_is_a_refusal_that_counts_why() -> None:
    book = PriceBook(
        [
            a_version(end="2026-06-15"),
            a_version(start="2026-06-16"),
            a_version(a_row(None, breaks=[(240, "90")])),
            a_version(project="DEAL-9"),
            a_version(audience=[BUYER + 1]),
            a_version(a_row(sku=COLA + 1)),
        ]
    )

    with pytest.raises(NoPrice) as refusal:
        resolve(book, a_query())

    assert refusal.value.facts["sku_id"] == COLA
    assert refusal.value.facts["considered"] == {
        "EXPIRED": 1,
        "NOT_YET_VALID": 1,
        "BREAK_NOT_REACHED": 1,
        "OTHER_PROJECT": 1,
    }
    assert try_resolve(book, a_query()) is None


@pytest.mark.parametrize(
    ("day", "price"),
    [("2026-05-31", "100"), ("2026-06-01", "105"), ("2026-06-30", "105"), ("2026-07-01", "100")],
)
def test_a_list_is_in_force_from_its_start_until_the_day_before_its_end(day: str, price: str) -> None:
    book = PriceBook([a_version(), a_version(a_row("105"), start="2026-06-01", end="2026-07-01")])

    assert resolve(book, a_query(on=day)).unit_price == D(price)


def test_another_sellers_list_and_another_currency_never_take_part() -> None:
    book = PriceBook([a_version(), a_version(a_row("1"), seller=2), a_version(a_row("2"), currency="USD")])

    assert resolve(book, a_query()).trace.losers == ()
    assert resolve(book, a_query(seller=2)).unit_price == D("1")
    assert resolve(book, a_query(currency=currency_of("USD"))).unit_price == D("2")


def test_a_project_price_needs_the_project_and_then_beats_the_general_contract() -> None:
    contract = a_version(a_row("80"), level=PriceLevel.CONTRACT, audience=[BUYER])
    special = a_version(a_row("70"), level=PriceLevel.CONTRACT, audience=[BUYER, 8, 9], project="DEAL-1")
    book = PriceBook([contract, special])

    plain = resolve(book, a_query())
    with_project = resolve(book, a_query(project="DEAL-1"))

    assert (plain.unit_price, plain.trace.losers[0].reason) == (D("80"), Reason.OTHER_PROJECT)
    assert (with_project.unit_price, with_project.trace.losers[0].reason) == (D("70"), Reason.WIDER_SCOPE)
    assert resolve(book, a_query(project="DEAL-2")).unit_price == D("80")


def test_an_unreached_break_leaves_the_decision_to_the_next_list() -> None:
    bulk = a_version(a_row(None, breaks=[(240, "85")]), level=PriceLevel.CUSTOMER, audience=[BUYER])
    book = PriceBook([bulk, a_version()])

    small, large = resolve(book, a_query("239")), resolve(book, a_query("240"))

    assert small.unit_price == D("100.00")
    assert [one.reason for one in small.trace.candidates] == [Reason.BREAK_NOT_REACHED, Reason.WON]
    assert (large.unit_price, large.gross_amount) == (D("85"), D("850.00"))
    assert [one.reason for one in large.trace.candidates] == [Reason.WON, Reason.LOWER_LEVEL]


def test_the_entered_unit_has_its_own_price_if_the_list_says_so() -> None:
    rows = [a_row("100"), a_row("5", unit=BOTTLE)]
    book = PriceBook([a_version(*rows)])

    assert resolve(book, a_query("24", unit=CASE)).gross_amount == D("100.00")
    assert resolve(book, a_query("24", unit=BOTTLE)).gross_amount == D("120.00")
    by_pack = resolve(book, a_query("24", unit=PACK))  # no row of its own: the smallest unit's
    assert (by_pack.gross_amount, by_pack.price_unit, by_pack.entered_unit_price) == (
        D("120.00"),
        BOTTLE,
        D(30),
    )


def test_equal_lists_are_decided_by_the_later_publication_and_never_by_storage() -> None:
    one, other = a_version(a_row("91"), publish_no=5), a_version(a_row("92"), publish_no=6)

    for order in ([one, other], [other, one]):
        line = resolve(PriceBook(order), a_query())
        assert line.unit_price == D("92")
        assert line.trace.losers[0].reason is Reason.PUBLISHED_EARLIER


def test_a_wide_and_a_narrow_audience_are_both_found() -> None:
    wide = a_version(a_row("90"), level=PriceLevel.GROUP, audience=range(100))
    narrow = a_version(a_row("80"), level=PriceLevel.CUSTOMER, audience=[BUYER])
    book = PriceBook([a_version(), wide, narrow])

    assert resolve(book, a_query()).unit_price == D("80")
    assert resolve(book, a_query(buyer=8)).unit_price == D("90")
    assert resolve(book, a_query(buyer=100)).unit_price == D("100.00")


def test_the_stored_trace_names_no_list_of_others_and_explain_does() -> None:
    base, mine = a_version(), a_version(a_row("80"), level=PriceLevel.CUSTOMER, audience=[BUYER])
    rival = a_version(a_row("60"), level=PriceLevel.CUSTOMER, audience=[BUYER + 1])
    book = PriceBook([base, mine, rival, a_version(a_row("1"), seller=2, audience=[3])])

    line = resolve(book, a_query())

    assert rival.head not in [one.version for one in line.trace.candidates]
    assert [(one.version, one.reason) for one in explain(book, a_query())] == [
        (mine.head, Reason.WON),
        (base.head, Reason.LOWER_LEVEL),
        (rival.head, Reason.NOT_IN_AUDIENCE),
    ]


def test_a_published_change_rebuilds_one_version_and_leaves_the_old_book_as_it_was() -> None:
    base, special = a_version(), a_version(a_row("80"), level=PriceLevel.CUSTOMER, audience=[BUYER])
    before = PriceBook([base, special])
    assert resolve(before, a_query()).unit_price == D("80")

    joined = before.updated(put=[special.with_audience(frozenset({BUYER, 8}))])
    ended = before.updated(drop=[special.head.version_id])

    assert resolve(joined, a_query(buyer=8)).unit_price == D("80")
    assert resolve(ended, a_query()).unit_price == D("100.00")
    assert resolve(before, a_query(buyer=8)).unit_price == D("100.00")
    assert ended.get(base.head.version_id) is base
    assert (len(before), len(ended)) == (2, 1)


def test_two_rows_for_one_sku_and_unit_in_a_version_are_a_bug() -> None:
    with pytest.raises(ValueError, match="two rows in 箱"):
        a_version(a_row("1"), a_row("2"))


def test_shop_prices_are_what_one_unit_would_cost() -> None:
    book = PriceBook(
        [
            a_version(
                a_row("100"),
                a_row("60", sku=502, breaks=[(24, "55")]),
                a_row(None, sku=503, breaks=[(99, "1")]),
            ),
            a_version(a_row("90"), level=PriceLevel.CUSTOMER, audience=[BUYER], start="2026-07-01"),
        ]
    )
    wanted = [(COLA, BOTTLE), (502, CASE), (503, CASE), (504, CASE)]
    day = a_query().on

    prices = unit_prices(book, seller_id=BRAND, buyer_id=BUYER, currency=CNY, on=day, wanted=wanted)

    assert {sku: price.unit_price for sku, price in prices.items()} == {COLA: D("4.166667"), 502: D("55")}
    for sku, unit in wanted[:2]:
        line = resolve(book, a_query(str(unit.numerator), sku=sku, unit=unit))
        assert prices[sku].unit_price == line.entered_unit_price


def test_totals_are_sums_of_posted_lines() -> None:
    book = PriceBook([a_version(a_row("0.333333", unit=BOTTLE))])

    lines = [resolve(book, a_query("1", unit=BOTTLE)) for _ in range(3)]

    totals = sum_lines(lines)
    assert (totals.gross_amount, totals.net_amount, totals.tax_amount) == (D("0.99"), D("0.87"), D("0.12"))
    assert sum_lines([]).gross_amount == 0


UNITS = st.sampled_from([BOTTLE, PACK, CASE, UnitFactor("件", 10, 3)])
PRICES = st.integers(1, 10**9).map(lambda millionths: str(D(millionths).scaleb(-6)))


@st.composite
def versions(draw: st.DrawFn) -> VersionBook:
    start = draw(st.sampled_from(["2026-01-01", "2026-06-01", "2026-06-15", "2026-06-16"]))
    rows = [
        a_row(
            draw(st.one_of(st.none(), PRICES)),
            unit=unit,
            breaks=[
                (start_at, draw(PRICES))
                for start_at in sorted(draw(st.sets(st.integers(1, 100), max_size=3)))
            ],
        )
        for unit in draw(st.lists(UNITS, min_size=1, max_size=2, unique_by=lambda one: one.unit))
    ]
    return a_version(
        *rows,
        level=draw(st.sampled_from(PriceLevel)),
        priority=draw(st.integers(0, 2)),
        width=draw(st.integers(1, 3)),
        start=start,
        end=draw(st.sampled_from([None, None, "2026-06-20", "2027-01-01"])),
        audience=draw(st.sampled_from([None, [BUYER], [BUYER + 1], range(100)])),
        project=draw(st.sampled_from(["", "", "DEAL-1"])),
    )


QUERIES = st.builds(
    lambda quantity, unit, project: a_query(str(quantity), unit=unit, project=project),
    st.integers(1, 10**6),
    UNITS,
    st.sampled_from(["", "DEAL-1"]),
)


@given(st.lists(versions(), max_size=8), QUERIES, st.randoms())
def test_the_order_of_storage_changes_nothing(
    published: list[VersionBook], query: PriceQuery, random: object
) -> None:
    shuffled = list(published)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert try_resolve(PriceBook(published), query) == try_resolve(PriceBook(shuffled), query)


@given(st.lists(versions(), max_size=8), QUERIES)
def test_the_winner_ranks_first_among_those_that_could_and_all_is_told(
    published: list[VersionBook], query: PriceQuery
) -> None:
    line = try_resolve(PriceBook(published), query)
    for_buyer = {one.head.version_id for one in published if one.speaks_to(BUYER)}

    if line is None:
        return
    beaten = {
        Reason.LOWER_LEVEL,
        Reason.LOWER_PRIORITY,
        Reason.WIDER_SCOPE,
        Reason.OLDER,
        Reason.PUBLISHED_EARLIER,
    }
    winner = line.trace.winner.version
    assert {one.version.version_id for one in line.trace.candidates} == for_buyer
    assert all(winner.rank() < one.version.rank() for one in line.trace.losers if one.reason in beaten)
    assert winner.valid_from <= query.on
    assert line.gross_amount == line.net_amount + line.tax_amount


@given(st.lists(versions(), max_size=8), QUERIES)
def test_a_list_that_lost_can_be_taken_away_without_changing_the_price(
    published: list[VersionBook], query: PriceQuery
) -> None:
    book = PriceBook(published)
    line = try_resolve(book, query)
    if line is None:
        return

    for loser in line.trace.losers:
        without = resolve(book.updated(drop=[loser.version.version_id]), query)
        assert (without.gross_amount, without.trace.winner) == (line.gross_amount, line.trace.winner)


@given(st.lists(versions(), max_size=8), QUERIES)
def test_a_stored_line_is_computed_again_to_the_cent_from_its_trace_alone(
    published: list[VersionBook], query: PriceQuery
) -> None:
    line = try_resolve(PriceBook(published), query)
    if line is None:
        return

    stored = snapshot(line)

    assert replay(stored) == line
    assert D(stored["amount"]) == replay(stored).gross_amount


def test_version_ids_are_compared_as_numbers_when_all_else_is_equal() -> None:
    twins = [a_version(a_row("91"), publish_no=5), a_version(a_row("92"), publish_no=5)]

    first = resolve(PriceBook(twins), a_query()).trace.winner.version.version_id

    assert first == min(
        (one.head.version_id for one in twins), key=lambda version_id: UUID(str(version_id)).int
    )
