"""Sell-out and stock-takes from files: counted once, refused row by row, nothing of a foreign warehouse."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiliu.access.types import Role
from huiliu.inventory.models import SaleLine, StockCount
from huiliu.ledger.types import AccountKind
from huiliu.testing.actors import an_actor
from huiliu.testing.api import Api
from huiliu.testing.inventory import balance, on_hand
from huiliu.testing.sheets import a_csv, a_workbook, import_file
from huiliu.testing.trade import Channel, a_channel, stock_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    made = a_channel()
    stock_up(made.dealer_warehouse, made.sku, "100")
    return made


def told(outcome):
    return [(one.row, one.field, one.code) for one in outcome.problems]


def test_pos_rows_with_receipts_count_once_however_often_and_in_which_file_they_come(tmp_path, channel):
    code = channel.dealer_warehouse.code
    head = ("货号", "数量", "销售日期", "仓库编码", "金额", "小票号", "小票行号")
    rows = [
        ("W550", 3, "2026年6月14日", code, "36.00", "R1", 1),
        ("W550", "1箱", "2026-06-14", code, "280", "R1", 2),
        ("W550", -1, "2026-06-15", code, "-12", "R2", 1),
        ("没有", 1, "2026-06-15", code, "", "R3", 1),
    ]
    owner = channel.owner

    dry = import_file(a_workbook(tmp_path / "a.xlsx", head, *rows), actor=owner, entity="sales", dry_run=True)
    assert SaleLine.objects.count() == 0
    first = import_file(tmp_path / "a.xlsx", actor=owner, entity="sales")
    again = import_file(
        a_workbook(tmp_path / "b.xlsx", head, *reversed(rows[:3])), actor=owner, entity="sales"
    )

    assert dry.totals == first.totals
    assert told(first) == [(5, "sku_code", "inventory.sku_unknown")]
    assert (first.totals.inserted, again.totals.unchanged, again.totals.inserted) == (3, 3, 0)
    assert on_hand(channel.dealer_warehouse, channel.sku) == Decimal(74)
    assert balance(AccountKind.SOLD_OUT, channel.dealer.pk, channel.sku) == Decimal(26)


def test_without_receipts_the_same_file_counts_once_and_a_row_changed_afterwards_is_refused(
    tmp_path, channel
):
    path = a_csv(tmp_path / "a.csv", "编码,数量", "W550,5", "W550,5")
    options = {"warehouse_code": channel.dealer_warehouse.code}

    first = import_file(path, actor=channel.owner, entity="sales", options=options)
    again = import_file(path, actor=channel.owner, entity="sales", options=options)
    marked = a_csv(tmp_path / "b.csv", "编码,数量,原因,导入标记", "W550,9,,OK:i1:0000000000000000")
    changed = import_file(
        marked, actor=channel.owner, entity="sales", options=options, trusts=lambda one: one == "i1"
    )

    assert (first.totals.inserted, again.totals.unchanged) == (2, 2)
    assert [(one.row, one.code) for one in changed.problems] == [(2, "imports.row_exists")]
    assert on_hand(channel.dealer_warehouse, channel.sku) == Decimal(90)


def test_a_foreign_warehouse_does_not_exist(tmp_path, channel):
    path = a_csv(tmp_path / "a.csv", "编码,数量,仓库编码", f"W550,5,{channel.dealer_warehouse.code}")

    outcome = import_file(path, actor=channel.other_owner, entity="sales")

    assert told(outcome) == [(2, "warehouse_code", "inventory.warehouse_not_visible")]
    assert on_hand(channel.dealer_warehouse, channel.sku) == Decimal(100)


def test_counted_figures_make_a_stock_take_that_waits_for_approval(tmp_path, channel):
    path = a_csv(
        tmp_path / "c.csv",
        "仓库编码,货号,实盘数量,库区",
        f"{channel.dealer_warehouse.code},W550,60,A",
        f"{channel.dealer_warehouse.code},W550,38,B",
    )
    keeper = an_actor(channel.dealer, Role.KEEPER)

    outcome = import_file(path, actor=keeper, entity="stock_counts")

    assert (told(outcome), outcome.totals.inserted) == ([], 2)
    assert StockCount.objects.get().warehouse_id == channel.dealer_warehouse.pk
    assert on_hand(channel.dealer_warehouse, channel.sku) == Decimal(100)
    again = import_file(path, actor=keeper, entity="stock_counts")
    assert again.totals.failed == 2
    assert StockCount.objects.count() == 1


def test_sales_from_a_file_need_the_right_that_sales_by_hand_need(tmp_path, channel):
    clerk = an_actor(channel.brand, Role.SALES_OPERATIONS)  # enters sales, moves no stock
    storeman = an_actor(channel.brand, Role.WAREHOUSE)  # moves stock, enters no sales
    sold = {"编码": "W550", "数量": 5, "仓库编码": channel.dealer_warehouse.code}
    path = a_csv(tmp_path / "a.csv", ",".join(sold), ",".join(map(str, sold.values())))

    offered = {
        actor: {one["name"] for one in Api(actor).get("/imports/entities").json()["items"]}
        for actor in (clerk, storeman)
    }
    outcome = import_file(path, actor=clerk, entity="sales")

    assert [("sales" in offered[one], "stock_counts" in offered[one]) for one in (clerk, storeman)] == [
        (True, False),
        (False, True),
    ]
    assert (told(outcome), on_hand(channel.dealer_warehouse, channel.sku)) == ([], Decimal(95))
