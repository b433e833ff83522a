"""What the figures say about documents whose sums were computed by hand."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

from python_calamine import CalamineWorkbook

from huiliu.access.models import Organization
from huiliu.insights import selectors
from huiliu.insights.types import Comparison, Filter, MetricQuery
from huiliu.kernel.period import Period
from huiliu.platform.database import system_reach
from huiliu.testing.actors import NOW, acting
from huiliu.testing.api import Api
from huiliu.testing.figures import YEAR, Channel, ask, one_of, table
from huiliu.testing.insights import (
    synchronized,
)


def test_the_year_of_the_brand_is_exact_to_the_cent(channel: Channel):
    figures = one_of(
        ask(
            channel.staff,
            "net_sales",
            "gross_sales",
            "return_amount",
            "order_amount",
            "submitted_amount",
            "channel_sales",
            "orders",
            "order_lines",
            "active_partners",
            "units",
            "average_order_value",
            "return_rate",
        )
    )

    assert figures == {
        "net_sales": "400.12",  # 200.02 + 70.10 + 100.01 + 49.99 - 20.00
        "gross_sales": "420.12",
        "return_amount": "20.00",  # the requested one does not count
        "order_amount": "420.12",  # 370.13 + 99.99 - 50.00
        "submitted_amount": "470.12",
        "channel_sales": "66.00",
        "orders": "2",
        "order_lines": "3",
        "active_partners": "2",
        "units": "40",  # 37 + 5 - 2
        "average_order_value": "235.06",
        "return_rate": "0.047605",  # 20.00 / 420.12
    }


def test_figures_by_month_region_and_brand_of_goods_keep_every_row(channel: Channel):
    answer = ask(channel.staff, "net_sales", "orders", by=("month", "province", "brand"))

    assert table(answer) == [
        ("2026-03-01", "江苏", "HL", "300.03", "1"),
        ("2026-03-01", "江苏", "TT", "70.10", "1"),
        ("2026-04-01", "四川", "TT", "49.99", "1"),
        ("2026-04-01", "江苏", "HL", "-20.00", "0"),
    ]
    assert answer.rows[0].labels == ("2026-03", "江苏", "Brand HL")
    assert "GROUP BY" in answer.sql


def test_growth_is_against_the_same_month_of_last_year_and_unknown_without_one(channel: Channel):
    answer = ask(channel.staff, "net_sales", by=("month",), compare=Comparison.LAST_YEAR, with_total=True)

    assert answer.compared_with == Period(date(2025, 1, 1), date(2026, 1, 1))
    assert [(row.labels[0], row.values[0], row.before, row.growth) for row in answer.rows] == [
        ("2026-03", "370.13", ("80.00",), ("3.626625",)),
        ("2026-04", "29.99", (None,), (None,)),
    ]
    assert answer.total is not None
    assert (answer.total.values, answer.total.before) == (("400.12",), ("80.00",))


def test_the_previous_period_of_a_month_is_the_month_before(channel: Channel):
    april = Period(date(2026, 4, 1), date(2026, 5, 1))

    answer = ask(
        channel.staff, "gross_sales", by=("partner",), period=april, compare=Comparison.PREVIOUS_PERIOD
    )

    assert answer.compared_with == Period(date(2026, 3, 1), date(2026, 4, 1))
    assert [(row.keys, row.values, row.before) for row in answer.rows] == [(("D2",), ("49.99",), (None,))]


def test_stock_of_any_past_day_follows_from_the_movements(channel: Channel):
    by_month = ask(
        channel.staff,
        "stock_units",
        "days_of_cover",
        by=("month", "partner"),
        period=Period(date(2026, 1, 1), date(2026, 5, 1)),
    )

    assert table(by_month) == [
        ("2026-01-01", "D1", "100", None),  # nothing sold yet: dead stock, not zero days
        ("2026-02-01", "D1", "70", "65.333333"),  # 70 / (30 / 28)
        ("2026-03-01", "D1", "56", "112"),  # 56 / (14 / 28)
        ("2026-03-01", "D2", "9", None),
        ("2026-04-01", "D1", "56", None),
        ("2026-04-01", "D2", "9", None),
    ]
    as_of = ask(channel.staff, "stock_units", period=Period(date(2026, 2, 1), date(2026, 2, 10)))
    assert one_of(as_of) == {"stock_units": "100"}  # the day before the sale


def test_service_levels_are_measured_against_what_was_ordered_first(channel: Channel):
    march = Period(date(2026, 3, 1), date(2026, 4, 1))

    figures = one_of(
        ask(
            channel.staff,
            "line_fill_rate",
            "unit_fill_rate",
            "order_cycle_time_p50",
            "order_cycle_time_p90",
            "average_days_to_ship",
            "average_line_days_to_ship",
            period=march,
        )
    )

    assert figures == {
        "line_fill_rate": "0.5",  # cola came in two parts, tea in one
        "unit_fill_rate": "1",
        "order_cycle_time_p50": "24",
        "order_cycle_time_p90": "24",
        "average_days_to_ship": "1",
        "average_line_days_to_ship": "2",  # 1, 1 and 4 days
    }
    both = one_of(ask(channel.staff, "order_cycle_time_p50", "order_cycle_time_p90", "unit_fill_rate"))
    # 24 h and 78 h (3 days and 6 hours); 42 of 47 units.
    assert both == {
        "order_cycle_time_p50": "51",
        "order_cycle_time_p90": "72.6",
        "unit_fill_rate": "0.893617",
    }


def test_rates_of_returned_orders_are_of_the_same_orders(channel: Channel):
    answer = ask(channel.staff, "returned_orders", "returned_order_rate", by=("month",))

    assert table(answer) == [("2026-03-01", "1", "1"), ("2026-04-01", "0", "0")]


def test_a_dealer_sees_its_own_figures_and_never_anothers(channel: Channel):
    for metrics in (("net_sales", "orders"), ("stock_units",), ("order_cycle_time_p50",)):
        answer = ask(channel.of_dealer, *metrics, by=("partner",), with_total=True)
        assert {row.keys[0] for row in answer.rows} == {"D1"}
    assert one_of(ask(channel.of_dealer, "net_sales"))["net_sales"] == "350.13"
    assert one_of(ask(channel.of_other, "net_sales", "stock_units")) == {
        "net_sales": "49.99",
        "stock_units": "9",
    }
    assert one_of(ask(channel.of_dealer, "channel_sales")) == {"channel_sales": "66.00"}
    assert one_of(ask(channel.of_other, "channel_sales")) == {"channel_sales": "0.00"}
    asked_by_name = ask(
        channel.of_other, "net_sales", "orders", filters=(Filter("partner", ("D1",)),), with_total=True
    )
    assert asked_by_name.total is not None
    assert asked_by_name.total.values == ("0.00", "0")


def test_a_branch_sees_its_part_of_the_tree(channel: Channel):
    assert table(ask(channel.of_east, "net_sales", by=("partner",))) == [("D1", "350.13")]


def test_a_moved_dealer_leaves_the_past_where_it_was_and_its_reach_moves_at_once(own_channel: Channel):
    with system_reach("tests"):
        west = Organization.objects.get(code="WEST")
        moved = Organization.objects.get(code="D1")
        store = Organization.objects.get(code="S1")
        moved.path = f"{west.path}{moved.pk:06x}."
        store.path = f"{moved.path}{store.pk:06x}."
        moved.save(update_fields=["path"])
        store.save(update_fields=["path"])
    # Before any synchronization: the reach is of today's tree.
    assert one_of(ask(own_channel.of_east, "gross_sales")) == {"gross_sales": "0.00"}
    synchronized(NOW + timedelta(seconds=1), force_dimensions=True)

    by_branch = ask(own_channel.staff, "gross_sales", by=("organization_1",))

    assert table(by_branch) == [("EAST", "370.13"), ("WEST", "49.99")]


def test_a_figure_opens_into_the_rows_whose_sum_it_is(channel: Channel):
    query = MetricQuery(metrics=("net_sales",), dimensions=("month",), period=YEAR)
    with acting(channel.staff):
        pages, after = [], None
        while True:
            rows, after = selectors.drill(actor=channel.staff, query=query, cell={}, after=after, limit=2)
            pages.append(rows)
            if after is None:
                break
        cell, _ = selectors.drill(actor=channel.staff, query=query, cell={"month": "2026-04-01"})
        metric_rows, _ = selectors.drill(
            actor=channel.staff, query=MetricQuery(metrics=("stock_units",), period=YEAR), cell={}
        )

    assert [len(page) for page in pages] == [2, 2, 1]
    everything = [row for page in pages for row in page]
    assert sum(row.sign * Decimal(row.amount or 0) for row in everything) == Decimal("400.12")
    assert len({(row.document_id, row.line_no) for row in everything}) == 5
    assert [(row.fact, row.amount, row.partner_code, row.sku_code) for row in cell] == [
        ("shipped", "49.99", "D2", "TEA"),
        ("returned", "20.00", "D1", "COLA"),
    ]
    assert all(row.document_number and row.order_number for row in everything)
    assert sum(Decimal(row.quantity or 0) for row in metric_rows) == Decimal(65)


def test_a_dealer_drills_only_into_its_own_documents(channel: Channel):
    query = MetricQuery(metrics=("net_sales",), period=YEAR)
    with acting(channel.of_other):
        rows, _ = selectors.drill(actor=channel.of_other, query=query, cell={})
        asked_by_name, _ = selectors.drill(actor=channel.of_other, query=query, cell={"partner": "D1"})

    assert [row.amount for row in rows] == ["49.99"]
    assert asked_by_name == []


def test_the_same_number_in_api_and_export(channel: Channel):
    body = {
        "metrics": ["net_sales"],
        "dimensions": ["partner"],
        "start": "2026-01-01",
        "end": "2027-01-01",
        "with_total": True,
    }
    with system_reach("tests"):
        api, dealer = Api(channel.staff), Api(channel.of_dealer)
    answer = api.post("/metrics/query", body)
    exported = api.post("/metrics/export", body)
    workbook = api.post("/metrics/export?file_format=xlsx", body)
    of_dealer = dealer.post("/metrics/export", body)
    drilled = dealer.post(
        "/metrics/drill", {"metric": "net_sales", "start": "2026-01-01", "end": "2027-01-01", "limit": 1}
    )

    assert answer.status_code == 200
    assert [(row["keys"], row["values"]) for row in answer.json()["rows"]] == [
        (["D1"], ["350.13"]),
        (["D2"], ["49.99"]),
    ]
    assert answer.json()["total"]["values"] == ["400.12"]
    assert answer.json()["freshness"]["complete_at"] is not None
    assert exported.content.decode("utf-8-sig").splitlines() == [
        "伙伴 #,伙伴,净销售额",
        "D1,Dealer One,350.13",
        "D2,Dealer Two,49.99",
    ]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook.content)).get_sheet_by_index(0)
    assert sheet.to_python() == [
        ["伙伴 #", "伙伴", "净销售额"],
        ["D1", "Dealer One", 350.13],
        ["D2", "Dealer Two", 49.99],
    ]
    assert "D2" not in of_dealer.content.decode("utf-8-sig")
    assert len(drilled.json()["items"]) == 1
    following = dealer.post(
        "/metrics/drill",
        {
            "metric": "net_sales",
            "start": "2026-01-01",
            "end": "2027-01-01",
            "cursor": drilled.json()["next_cursor"],
        },
    )
    assert len(following.json()["items"]) == 3
