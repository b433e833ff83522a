"""Order lists from files: whole orders or none, each row told why, nothing placed twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiliu.access.types import Role
from huiliu.orders.models import Line, Order
from huiliu.testing.actors import an_actor
from huiliu.testing.sheets import a_csv, a_workbook, import_file
from huiliu.testing.trade import Channel, a_channel

pytestmark = pytest.mark.django_db


def a_buyer(channel: Channel):
    return an_actor(channel.dealer, Role.BUYER)


def told(outcome):
    return [(one.row, one.cell, one.code) for one in outcome.problems]


def test_a_quick_entry_list_is_one_order_of_the_own_company_and_the_file_again_is_a_retry(tmp_path):
    channel = a_channel(stock="1000")
    path = a_workbook(
        tmp_path / "要货.xlsx", ("货号", "数量", "单位"), ("W550", 2, "箱"), ("Ｗ５５０", "３", "")
    )

    first = import_file(path, actor=a_buyer(channel), entity="orders")
    again = import_file(path, actor=a_buyer(channel), entity="orders")

    assert (told(first), first.totals.inserted, again.totals.unchanged) == ([], 2, 2)
    order = Order.objects.get()
    assert (order.buyer_id, order.gross_amount) == (channel.dealer.pk, Decimal(510))
    assert list(Line.objects.order_by("line_no").values_list("ordered", flat=True)) == [
        Decimal(48),
        Decimal(3),
    ]


def test_rows_of_one_number_are_one_order_wherever_they_stand_and_a_bad_one_stops_only_its_own(tmp_path):
    channel = a_channel(stock="1000")
    path = a_csv(
        tmp_path / "o.csv",
        "采购单号,商品编码,数量,单位",
        "PO1,W550,1,箱",
        "PO2,W550,5,",
        "PO1,没有,2,",
        "PO2,W550,6,",
        "PO3,W550,两,",
        "PO3,W550,1,桶",
        "PO4,W550,-1,",
    )

    outcome = import_file(path, actor=a_buyer(channel), entity="orders")

    assert told(outcome) == [
        (2, "", "imports.group_refused"),
        (4, "B4", "catalog.sku_unknown"),
        (6, "C6", "imports.cell_unreadable"),
        (7, "", "imports.group_refused"),
        (8, "C8", "orders.line_invalid"),
    ]
    assert [one.because_of for one in outcome.problems if one.row == 2] == [(4,)]
    assert (outcome.totals.rows, outcome.totals.inserted, outcome.totals.failed) == (7, 2, 5)
    order = Order.objects.get()
    assert (order.external_number, order.line_count, order.gross_amount) == ("PO2", 2, Decimal(110))


def test_what_the_order_as_a_whole_lacks_is_told_at_each_of_its_rows(tmp_path):
    channel = a_channel(stock="10")
    path = a_csv(tmp_path / "o.csv", "订单号,商品编码,数量", "PO1,W550,8", "PO1,W550,8", "PO2,W550,4")

    outcome = import_file(path, actor=a_buyer(channel), entity="orders")

    assert [(one.row, one.code) for one in outcome.problems] == [
        (2, "orders.insufficient_stock"),
        (3, "orders.insufficient_stock"),
    ]
    assert Order.objects.get().external_number == "PO2"


def test_a_dealer_orders_only_for_those_it_reaches(tmp_path):
    channel = a_channel()
    path = a_csv(
        tmp_path / "o.csv",
        "买方编码,商品编码,数量",
        f"{channel.other.code},W550,1",
        "没有这家,W550,1",
        f"{channel.dealer.code},W550,1",
    )

    outcome = import_file(path, actor=channel.owner, entity="orders")

    assert told(outcome) == [
        (2, "A2", "access.organization_not_visible"),
        (3, "A3", "access.organization_not_visible"),
    ]
    assert Order.objects.get().buyer_id == channel.dealer.pk


def test_the_dry_run_promises_nothing_and_tells_what_the_run_will(tmp_path):
    channel = a_channel(stock="10")
    rows = [f"PO{number},W550,4" for number in range(3)]
    path = a_csv(tmp_path / "o.csv", "订单号,商品编码,数量", *rows)

    dry = import_file(path, actor=a_buyer(channel), entity="orders", dry_run=True)

    assert Order.objects.count() == 0
    run = import_file(path, actor=a_buyer(channel), entity="orders")
    assert dry.totals == run.totals
    assert dry.problems == run.problems
    assert (run.totals.inserted, run.totals.failed) == (2, 1)


def test_a_changed_order_under_an_old_number_is_refused_and_the_old_one_stands(tmp_path):
    channel = a_channel()
    actor = a_buyer(channel)
    import_file(a_csv(tmp_path / "a.csv", "订单号,商品编码,数量", "PO1,W550,4"), actor=actor, entity="orders")

    changed = import_file(
        a_csv(tmp_path / "b.csv", "订单号,商品编码,数量", "PO1,W550,5"), actor=actor, entity="orders"
    )

    assert [(one.row, one.code) for one in changed.problems] == [(2, "orders.id_reused")]
    assert Order.objects.get().gross_amount == Decimal(40)


def test_ten_thousand_rows_are_a_hundred_orders(tmp_path):
    channel = a_channel(stock="1000000", prepaid="10000000")
    rows = [(f"PO{number % 100:03d}", "W550", 1 + number % 7) for number in range(10_000)]
    path = a_workbook(tmp_path / "o.xlsx", ("订单号", "商品编码", "数量"), *rows)

    outcome = import_file(path, actor=a_buyer(channel), entity="orders")

    assert (outcome.totals.rows, outcome.totals.inserted, outcome.totals.failed) == (10_000, 10_000, 0)
    assert (Order.objects.count(), Line.objects.count()) == (100, 10_000)
