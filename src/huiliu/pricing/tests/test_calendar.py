"""The calendar of versions says who wins where two meet, and which goods are left without a price."""

from __future__ import annotations

from datetime import date

import pytest

from huiliu.policies.types import Audience
from huiliu.pricing.rules import find_gaps, find_overlaps
from huiliu.pricing.types import PriceLevel, Reason
from huiliu.testing.api import Api
from huiliu.testing.pricing import COLA, Market, a_row, a_version

YEAR = {"start": date(2026, 1, 1), "end": date(2027, 1, 1)}
TEA = COLA + 1


def overlaps(*versions):
    return [
        (
            one.winner.list_code,
            one.loser.list_code,
            str(one.start),
            str(one.end),
            one.reason,
            one.goods,
            one.buyers,
        )
        for one in find_overlaps(versions, **YEAR)
    ]


@pytest.mark.parametrize(
    ("fields", "winner", "reason"),
    [
        ({"level": PriceLevel.CUSTOMER}, "TWO", Reason.LOWER_LEVEL),
        ({"priority": 5}, "TWO", Reason.LOWER_PRIORITY),
        ({"audience": {1, 2}}, "TWO", Reason.WIDER_SCOPE),
        ({"start": "2026-02-01"}, "TWO", Reason.OLDER),
        ({}, "TWO", Reason.PUBLISHED_EARLIER),
        ({"priority": -1}, "ONE", Reason.LOWER_PRIORITY),
    ],
)
def test_the_rank_by_which_one_of_two_wins_is_named(fields, winner, reason):
    one = a_version(code="ONE", start="2026-01-01")
    two = a_version(code="TWO", **{"start": "2026-01-01"} | fields)

    [overlap] = find_overlaps([one, two], **YEAR)

    assert (overlap.winner.list_code, overlap.reason) == (winner, reason)
    assert overlap.buyers == (2 if "audience" in fields else None)


def test_only_the_days_buyers_and_goods_that_two_share_are_an_overlap():
    one = a_version(code="ONE", start="2026-01-01", end="2026-07-01", audience={1, 2, 3})
    assert overlaps(one, a_version(code="TWO", start="2026-07-01")) == []  # the end is the first day without
    assert overlaps(one, a_version(code="TWO", start="2026-02-01", audience={4})) == []
    assert overlaps(one, a_version(a_row(sku=TEA), code="TWO", start="2026-02-01")) == []
    assert overlaps(one, a_version(code="TWO", start="2026-02-01", project="P1")) == []
    assert overlaps(one, a_version(code="TWO", start="2026-02-01", currency="USD")) == []
    assert overlaps(one, a_version(code="TWO", start="2027-02-01")) == []
    assert overlaps(one, a_version(code="TWO", start="2025-06-01", end="2026-03-01", audience={3, 9})) == [
        ("TWO", "ONE", "2026-01-01", "2026-03-01", Reason.WIDER_SCOPE, 1, 1)
    ]


def test_overlaps_of_one_level_come_before_those_that_the_levels_decide():
    base = a_version(code="BASE", start="2026-01-01")
    mine = a_version(code="MINE", start="2026-01-01", level=PriceLevel.CUSTOMER, audience={1})
    twin = a_version(code="TWIN", start="2026-05-01")

    assert [one[:2] for one in overlaps(base, mine, twin)] == [
        ("TWIN", "BASE"),
        ("MINE", "BASE"),
        ("MINE", "TWIN"),
    ]


def gaps(ending, *others):
    found = find_gaps([ending], [ending, *others], **YEAR)
    return [(str(one.start), str(one.end), one.named) for one in found]


def test_goods_without_a_price_after_an_end_are_a_gap_until_something_prices_them():
    ending = a_version(a_row(), a_row(sku=TEA), code="ONE", start="2026-01-01", end="2026-04-01")

    assert gaps(ending) == [("2026-04-01", "None", (COLA, TEA))]
    assert gaps(ending, a_version(a_row(), a_row(sku=TEA), start="2026-04-01")) == []
    assert gaps(ending, a_version(start="2026-03-01")) == [("2026-04-01", "None", (TEA,))]
    assert gaps(ending, a_version(a_row(), a_row(sku=TEA), start="2026-05-01", end="2026-06-01")) == [
        ("2026-04-01", "2026-05-01", (COLA, TEA)),
    ]
    # What loses its price in June is the gap of the list that filled this one.
    filler = a_version(code="FILL", start="2026-04-01", end="2026-06-01")
    assert gaps(ending, filler) == [("2026-04-01", "None", (TEA,))]
    assert gaps(filler, ending) == [("2026-06-01", "None", (COLA,))]
    # Something else begins meanwhile: that alone does not cut the gap in two.
    assert gaps(ending, a_version(a_row(sku=TEA + 1), start="2026-05-01")) == [
        ("2026-04-01", "None", (COLA, TEA))
    ]
    assert gaps(ending, a_version(a_row(), a_row(sku=TEA), start="2026-04-01", project="P1")) == [
        ("2026-04-01", "None", (COLA, TEA))
    ]


def test_two_lists_fill_a_gap_together_only_when_every_buyer_hears_one_of_them():
    ending = a_version(code="ONE", start="2026-01-01", end="2026-04-01", audience={1, 2, 3})
    some, rest = (
        a_version(start="2026-04-01", audience={1, 2}),
        a_version(start="2026-04-01", audience={3, 4}),
    )

    assert gaps(ending, some, rest) == []
    assert gaps(ending, some) == [("2026-04-01", "None", (COLA,))]
    everyone = a_version(code="ALL", start="2026-01-01", end="2026-04-01")
    assert gaps(everyone, some, rest) == [("2026-04-01", "None", (COLA,))]


@pytest.mark.django_db
def test_the_desk_reads_them_by_name_and_a_partner_does_not():
    market = Market()
    market.published(end="2026-07-01")
    market.published(
        {market.water.pk: "9"}, code="VIP", level=PriceLevel.CUSTOMER,
        audience=Audience(organization_ids=(market.dealer.pk,)),
        start="2026-03-01", end="2026-06-01",
    )  # fmt: skip
    market.draft(code="LATER")
    asked = {"from_day": "2026-01-01", "to_day": "2026-12-31"}

    answer = Api(market.manager).get("/prices/calendar", **asked)

    assert answer.status_code == 200, answer.content
    [overlap] = answer.json()["overlaps"]
    assert (overlap["wins"]["code"], overlap["loses"]["name"], overlap["reason"]) == (
        "VIP",
        "价目 BASE",
        "LOWER_LEVEL",
    )
    assert (overlap["from_day"], overlap["to_day"], overlap["goods"], overlap["buyers"]) == (
        "2026-03-01", "2026-06-01", 1, 1,
    )  # fmt: skip
    assert overlap["goods_named"] == [market.water.name]
    [gap] = answer.json()["gaps"]
    assert (gap["after"]["code"], gap["from_day"], gap["to_day"], gap["goods"]) == (
        "BASE",
        "2026-07-01",
        None,
        1,
    )
    assert (
        Api(market.manager).get("/prices/calendar", from_day="2026-01-01", to_day="2026-01-01").status_code
        == 422
    )
    assert Api(market.owner).get("/prices/calendar", **asked).status_code == 403
