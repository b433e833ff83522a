"""How figures are asked for: what is refused, what is only a word, what the catalog says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiliu.insights.errors import CurrencyNeeded, DimensionUnavailable, MetricUnknown, QueryInvalid
from huiliu.insights.types import Filter
from huiliu.platform.database import system_reach
from huiliu.platform.http.cursor import encode_cursor
from huiliu.testing.actors import NOW
from huiliu.testing.api import Api
from huiliu.testing.figures import Channel, ask, one_of, table
from huiliu.testing.insights import (
    Item,
    a_sku,
    an_order,
    synchronized,
)


def test_what_cannot_be_asked_is_refused_with_the_remedy(own_channel: Channel):
    with pytest.raises(MetricUnknown):
        ask(own_channel.staff, "happiness")
    with pytest.raises(QueryInvalid, match="no dimension"):
        ask(own_channel.staff, "net_sales", by=("zodiac",))
    with pytest.raises(QueryInvalid, match="one dimension of time"):
        ask(own_channel.staff, "net_sales", by=("month", "year"))
    with pytest.raises(DimensionUnavailable):
        ask(own_channel.staff, "order_cycle_time_p50", by=("brand",))
    with system_reach("tests"):
        an_order(
            seller=own_channel.brand,
            buyer=own_channel.dealer,
            day=date(2026, 5, 5),
            items=[Item(a_sku(), "1", "5.00")],
            currency="USD",
        )
    synchronized(NOW + timedelta(seconds=2))
    with pytest.raises(CurrencyNeeded):
        ask(own_channel.staff, "order_amount")
    assert table(ask(own_channel.staff, "order_amount", by=("currency",))) == [
        ("CNY", "420.12"),
        ("USD", "5.00"),
    ]
    assert one_of(ask(own_channel.staff, "orders")) == {"orders": "3"}


YEAR_BODY = {"start": "2026-01-01", "end": "2027-01-01"}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("query", {"metrics": []}, 422),
        ("query", {"metrics": ["nothing_of_the_kind"]}, 404),
        ("query", {"metrics": ["net_sales"], "end": "2026-01-01"}, 422),
        ("query", {"metrics": ["net_sales"], "start": "0001-01-01"}, 422),
        ("query", {"metrics": ["net_sales"], "end": "9999-12-31"}, 422),
        ("query", {"metrics": ["net_sales"], "dimensions": ["month"] * 2}, 422),
        ("query", {"metrics": ["net_sales"], "limit": 10**9}, 422),
        ("query", {"metrics": ["net_sales"], "dimensions": ["day; DROP TABLE x"]}, 422),
        ("query", {"metrics": ["net_sales"], "filters": [{"dimension": "city", "values": ["a\x00"]}]}, 422),
        ("query", {"metrics": ["net_sales"], "filters": [{"dimension": "month", "values": ["2026"]}]}, 422),
        ("query", {"metrics": ["net_sales"], "order_by": [{"by": "orders"}]}, 422),
        ("query", {"metrics": ["order_cycle_time_p50"], "dimensions": ["sku"]}, 422),
        ("export", {"metrics": ["nothing_of_the_kind"]}, 404),
        ("drill", {"metric": "net_sales", "cell": {"month": "2025-01-01"}}, 422),
        ("drill", {"metric": "net_sales", "cell": {"zodiac": "ox"}}, 422),
        ("drill", {"metric": "net_sales", "cursor": "not-ours"}, 422),
        ("drill", {"metric": "net_sales", "cursor": encode_cursor(["a", "b", "c", "d", 1])}, 422),
    ],
)
def test_a_wrong_request_is_a_problem_and_never_a_fault(channel: Channel, path: str, body: dict, status: int):
    with system_reach("tests"):
        api = Api(channel.staff)

    assert api.post(f"/metrics/{path}", YEAR_BODY | body).status_code == status


def test_hostile_words_are_only_words(channel: Channel):
    with system_reach("tests"):
        api = Api(channel.staff)
    words = ["' OR 1=1 --", "$start", "«start»", '"; DROP VIEW fact_order; --', "江苏"]

    answer = api.post(
        "/metrics/query",
        YEAR_BODY
        | {
            "metrics": ["net_sales"],
            "dimensions": ["province"],
            "filters": [{"dimension": "province", "values": words}],
        },
    )

    assert [(row["keys"], row["values"]) for row in answer.json()["rows"]] == [(["江苏"], ["350.13"])]


def test_unknown_values_can_be_asked_for_and_left_out(channel: Channel):
    unknown = ask(channel.staff, "channel_sales", by=("province",), filters=(Filter("province", ("",)),))
    known = ask(
        channel.staff,
        "gross_sales",
        by=("province",),
        filters=(Filter("province", ("四川",), is_excluded=True),),
    )

    assert table(unknown) == [(None, "66.00")]
    assert table(known) == [("江苏", "370.13")]


def test_the_catalog_says_what_each_metric_means_and_how_it_can_be_cut(channel: Channel):
    with system_reach("tests"):
        api = Api(channel.of_dealer)

    listed = api.get("/metrics").json()["items"]
    fill_rate = api.get("/metrics/line_fill_rate").json()

    assert {"net_sales", "stock_units", "days_of_cover"} <= {metric["name"] for metric in listed}
    assert (fill_rate["numerator"], fill_rate["denominator"]) == ("lines_filled", "order_lines")
    assert "brand" in {dimension["name"] for dimension in fill_rate["dimensions"]}
    assert api.get("/metrics/nothing").status_code == 404
