"""Goods, prices, opening stock and users from files, through their modules' own services."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiliu.access.models import User
from huiliu.access.types import Role
from huiliu.catalog.models import Category, Product, ProductBrand, Sku, SkuUnit
from huiliu.inventory.models import Adjustment
from huiliu.pricing import services as pricing
from huiliu.testing.actors import a_brand, an_actor, an_organization
from huiliu.testing.catalog import a_brand_mark, a_category, some_goods
from huiliu.testing.inventory import on_hand
from huiliu.testing.partners import a_partner
from huiliu.testing.pricing import Market
from huiliu.testing.sheets import a_csv, a_workbook, import_file
from huiliu.testing.trade import a_warehouse

pytestmark = pytest.mark.django_db


def problems(outcome):
    return [(one.row, one.cell, one.code) for one in outcome.problems]


def test_goods_come_with_units_barcodes_and_their_product(tmp_path):
    actor = an_actor(a_brand())
    a_category("饮料 > 水")
    a_brand_mark("沐泉")
    path = a_workbook(
        tmp_path / "商品.xlsx",
        ("货号", "品名", "品类", "品牌", "规格", "基本单位", "条码", "大单位", "箱规", "订货单位", "税率", "保质期(天)", "SPU"),
        ("W550", "沐泉纯净水", "饮料>水", "沐泉", "550ml", "瓶", 6901234567892, "箱", 24, "箱", "13%", 365, "W"),
        ("W1500", "沐泉纯净水大瓶", "饮料＞水", "", "1.5L", "瓶", "", "箱", 12, "箱", 0.13, "", "W"),
    )  # fmt: skip

    outcome = import_file(path, actor=actor, entity="skus")

    assert problems(outcome) == []
    assert outcome.totals.inserted == 2
    sku = Sku.objects.get(code="W550")
    assert (sku.base_unit, sku.tax_rate, sku.shelf_life_days) == ("瓶", Decimal("0.13"), 365)
    assert list(
        sku.units.order_by("numerator").values_list("unit", "numerator", "barcode", "is_order_unit")
    ) == [
        ("瓶", 1, "6901234567892", False),
        ("箱", 24, "", True),
    ]
    assert Product.objects.get().skus.count() == 2
    again = import_file(path, actor=actor, entity="skus")
    assert (again.totals.unchanged, again.totals.taken) == (2, 2)
    assert Product.objects.get().version == 1


def test_a_changed_cell_updates_only_what_it_says(tmp_path):
    actor = an_actor(a_brand())
    sku = some_goods("绿茶", code="G1", order_minimum=Decimal(24), standard_cost=Decimal("1.50"))
    path = a_csv(tmp_path / "g.csv", "商品编码,商品名称,保质期天数", "G1,绿茶,270")

    outcome = import_file(path, actor=actor, entity="skus")

    sku.refresh_from_db()
    assert outcome.totals.updated == 1
    assert (sku.shelf_life_days, sku.order_minimum, sku.standard_cost) == (270, Decimal(24), Decimal("1.50"))
    assert SkuUnit.objects.filter(sku=sku).count() == 2


def test_costs_are_kept_when_the_importer_may_not_see_them_and_refused_when_it_writes_them(tmp_path):
    actor = an_actor(a_brand(), Role.SALES_OPERATIONS)
    sku = some_goods("绿茶", code="G1", standard_cost=Decimal("1.50"))

    changed = import_file(
        a_csv(tmp_path / "g.csv", "商品编码,商品名称", "G1,红茶"), actor=actor, entity="skus"
    )
    refused = import_file(
        a_csv(tmp_path / "c.csv", "商品编码,商品名称,标准成本", "G1,红茶,9"), actor=actor, entity="skus"
    )

    sku.refresh_from_db()
    assert (changed.totals.updated, sku.name, sku.standard_cost) == (1, "红茶", Decimal("1.50"))
    assert problems(refused) == [(2, "C2", "platform.scope_missing")]


def test_unknown_categories_are_refused_or_made_as_one_says(tmp_path):
    actor = an_actor(a_brand())
    path = a_csv(tmp_path / "g.csv", "编码,名称,分类,品牌,单位", "N1,可乐,饮料 > 碳酸,冰川,罐")

    refused = import_file(path, actor=actor, entity="skus")
    taken = import_file(path, actor=actor, entity="skus", options={"create_categories": "yes"})

    assert problems(refused) == [(2, "C2", "catalog.category_unknown")]
    assert taken.totals.inserted == 1
    assert sorted(Category.objects.values_list("path", flat=True)) == ["饮料", "饮料 > 碳酸"]
    assert ProductBrand.objects.get().name == "冰川"


def test_bad_goods_name_their_cells_and_leave_no_product_behind(tmp_path):
    actor = an_actor(a_brand())
    a_category("饮料")
    path = a_csv(
        tmp_path / "g.csv",
        "编码,名称,分类,单位,条码,大单位,换算,税率",
        "A,甲,饮料,瓶,6901234567890,,,",
        "B,乙,饮料,瓶,,箱,零,",
        "C,丙,饮料,瓶,,,,17%",
        "D,丁,饮料,,,,,",
        "E,戊,饮料,瓶,6.9E+12,,,",
    )

    outcome = import_file(path, actor=actor, entity="skus")

    assert problems(outcome) == [
        (2, "E2", "catalog.barcode_invalid"),
        (3, "G3", "imports.cell_unreadable"),
        (4, "H4", "catalog.tax_rate_unknown"),
        (5, "D5", "imports.cell_empty"),
        (6, "E6", "imports.digits_lost"),
    ]
    assert Product.objects.count() == Sku.objects.count() == 0


def test_prices_fill_a_draft_in_batches_and_one_bad_row_does_not_stop_the_others(tmp_path):
    market = Market()
    head = market.draft({market.water.pk: "10"})
    path = a_workbook(
        tmp_path / "价格.xlsx",
        ("编码", "单位", "含税单价", "最低价", "阶梯1起量", "阶梯1单价"),
        ("W550", "箱", "¥1,200.50", 1000, 240, 1100),
        ("W550", "瓶", 10, "", "", ""),
        ("T500", "", 8.8, "", "", ""),
        ("没有", "", 1, "", "", ""),
        ("T500", "桶", 1, "", "", ""),
        ("T500", "箱", -1, "", "", ""),
        ("T500", "瓶", 1, "", 5, ""),
    )
    options = {"price_list_id": str(head.id)}

    outcome = import_file(path, actor=market.author, entity="prices", options=options)

    assert problems(outcome) == [
        (5, "A5", "pricing.sku_unknown"),
        (6, "B6", "pricing.unit_unknown"),
        (7, "C7", "pricing.not_positive"),
        (8, "F8", "imports.cell_empty"),
    ]
    assert (outcome.totals.inserted, outcome.totals.unchanged, outcome.totals.failed) == (2, 1, 4)
    rows = {(row.sku_id, row.unit.unit): row for row in pricing.rows_of(head.id)}
    case = rows[market.water.pk, "箱"]
    assert (case.unit_price, case.floor_price) == (Decimal("1200.5"), Decimal(1000))
    assert [(one.from_quantity, one.unit_price) for one in case.breaks] == [(Decimal(240), Decimal(1100))]
    again = import_file(path, actor=market.author, entity="prices", options=options)
    assert (again.totals.unchanged, again.totals.failed) == (3, 4)


def test_prices_of_a_published_list_are_refused_row_by_row(tmp_path):
    market = Market()
    head = market.published({market.water.pk: "10"})
    path = a_csv(tmp_path / "p.csv", "编码,含税单价", "W550,11")

    outcome = import_file(path, actor=market.author, entity="prices", options={"price_list_id": str(head.id)})

    assert [one.code for one in outcome.problems] == ["policies.published_is_never_edited"]
    assert pricing.rows_of(head.id)[0].unit_price == Decimal(10)


def test_opening_stock_is_one_document_a_warehouse_and_only_once(tmp_path):
    brand = a_brand()
    actor = an_actor(brand)
    place = a_warehouse(brand, code="W-SZ")
    water, tea = some_goods("水", code="W1"), some_goods("茶", code="T1", barcode="6901234567892")
    path = a_csv(
        tmp_path / "s.csv",
        "仓库编码,商品编码,数量,单位,批号,有效期至",
        "W-SZ,W1,2,箱,,",
        "W-SZ,6901234567892,5,瓶,A7,2027年3月1日",
    )

    first = import_file(path, actor=actor, entity="stock_opening")
    again = import_file(path, actor=actor, entity="stock_opening")
    more = import_file(
        a_csv(tmp_path / "m.csv", "仓库编码,商品编码,数量", "W-SZ,W1,9", "没有,W1,9"),
        actor=actor,
        entity="stock_opening",
    )

    assert (problems(first), first.totals.inserted, again.totals.unchanged) == ([], 2, 2)
    assert (on_hand(place, water), on_hand(place, tea, "2027-03-01/A7")) == (Decimal(48), Decimal(5))
    assert Adjustment.objects.count() == 1
    assert [(one.row, one.code) for one in more.problems] == [
        (2, "inventory.opening_taken"),
        (3, "inventory.warehouse_not_visible"),
    ]


def test_users_are_made_for_the_own_organization_and_nobody_gives_more_than_the_own_rights(tmp_path):
    brand = a_brand()
    dealer = a_partner(parent=brand).organization
    dealer.seats = 5
    dealer.save(update_fields=["seats"])
    other = an_organization(parent=brand, code="OTHER")
    owner = an_actor(dealer, Role.OWNER)
    path = a_csv(
        tmp_path / "u.csv",
        "用户名,姓名,角色,手机,组织编码",
        "li,李四,采购、仓管,13812345678,",
        "wang,王五,管理员,,",
        "zhao,赵六,采购,,OTHER",
        "qian,钱七,,,",
        "sun,孙八,皇帝,,",
    )

    outcome = import_file(path, actor=owner, entity="users")

    assert [(one.row, one.code) for one in outcome.problems] == [
        (3, "access.role_not_allowed"),
        (4, "access.organization_not_visible"),
        (5, "imports.cell_empty"),
        (6, "imports.cell_unreadable"),
    ]
    made = User.objects.get(username="li")
    assert (made.organization_id, made.roles, made.must_change_password) == (
        dealer.pk,
        ["BUYER", "KEEPER"],
        True,
    )
    assert not User.objects.filter(organization=other).exists()
    again = import_file(path, actor=owner, entity="users")
    assert (again.totals.unchanged, again.totals.failed) == (1, 4)
