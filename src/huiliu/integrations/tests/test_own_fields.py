"""Fields that the brand added are columns of the next import and the next export."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from huiliu.access.types import Role
from huiliu.catalog.models import Product
from huiliu.entrypoints.api import document
from huiliu.entrypoints.urls import API
from huiliu.integrations.importing.own_fields import mapping_in_force
from huiliu.partners.models import Partner
from huiliu.testing.actors import a_brand, an_actor
from huiliu.testing.api import Api
from huiliu.testing.catalog import a_category
from huiliu.testing.sheets import a_csv, import_file
from huiliu.testing.trade import a_channel

pytestmark = pytest.mark.django_db
TRUCKS = {
    "entity": "partner",
    "code": "trucks",
    "label": "车辆数",
    "kind": "NUMBER",
    "in_list": True,
    "limits": {"low": "1", "high": "50"},
}
CHANNELS = {
    "entity": "partner",
    "code": "channels",
    "label": "经营业态",
    "kind": "CHOICES",
    "in_list": True,
    "choices": [{"code": "C1", "label": "餐饮"}, {"code": "C2", "label": "商超"}],
}


class House:
    def __init__(self) -> None:
        self.actor = an_actor(a_brand())
        self.api = Api(self.actor)
        for field in (TRUCKS, CHANNELS):
            assert self.api.post("/custom-fields", field).status_code == 201

    def read(self, folder, *lines):
        path = a_csv(folder / "partners.csv", "客户编码,客户名称,车辆数,经营业态", *lines)
        return import_file(path, actor=self.actor, entity="partners")


@pytest.fixture
def house():
    return House()


def test_an_import_reads_them_by_their_labels_and_keeps_what_a_file_does_not_say(house, tmp_path):
    outcome = house.read(tmp_path, "D1,苏州瑞丰商贸有限公司,12,餐饮、商超", "D2,南京恒泰食品有限公司,,")

    assert outcome.totals.inserted == 2
    assert Partner.objects.get(code="D1").custom == {"trucks": "12", "channels": ["C1", "C2"]}
    assert Partner.objects.get(code="D2").custom == {}

    house.read(tmp_path, "D1,苏州瑞丰商贸有限公司,13,")
    assert Partner.objects.get(code="D1").custom == {"trucks": "13", "channels": ["C1", "C2"]}


def test_a_value_beyond_its_limits_is_refused_in_its_own_cell(house, tmp_path):
    outcome = house.read(tmp_path, "D1,苏州瑞丰商贸有限公司,51,餐饮")

    assert outcome.totals.failed == 1
    assert [(one.row, one.field, one.cell) for one in outcome.problems] == [(2, "custom_trucks", "C2")]
    assert not Partner.objects.filter(code="D1").exists()


def test_a_field_that_is_off_is_no_column(house):
    names = {one.name for one in mapping_in_force("partners").fields}
    assert {"custom_trucks", "custom_channels"} <= names

    field = next(one for one in house.api.get("/custom-fields").json() if one["code"] == "trucks")
    answer = house.api.put(f"/custom-fields/{field['id']}", field | {"is_active": False})

    assert answer.status_code == 200
    assert "custom_trucks" not in {one.name for one in mapping_in_force("partners").fields}


def test_an_export_has_their_columns_with_words_instead_of_codes(house, tmp_path):
    house.read(tmp_path, "D1,苏州瑞丰商贸有限公司,12,餐饮、商超")

    answer = house.api.post("/exports/download", {"name": "partners", "format": "csv", "filters": {}})

    titles, row = answer.content.decode("utf-8-sig").splitlines()[:2]
    assert titles.split(",")[-2:] == ["车辆数", "经营业态"]
    assert row.endswith("12,餐饮、商超")


def test_partners_are_narrowed_and_exported_by_them(house, tmp_path):
    house.read(
        tmp_path, "D1,苏州瑞丰商贸有限公司,12,餐饮、商超", "D2,南京恒泰食品有限公司,12,商超", "D3,无锡,,"
    )

    def codes(*custom):
        items = house.api.get("/partners", custom=list(custom)).json()["items"]
        assert house.api.get("/partners/totals", custom=list(custom)).json()["total"] == len(items)
        return {row["code"] for row in items}

    assert codes("trucks:12") == codes("channels:C2") == {"D1", "D2"}
    assert codes("trucks:12", "channels:C1") == {"D1"}
    assert codes("trucks:13") == set()
    assert house.api.get("/partners", custom="secret:1").json()["code"] == "platform.custom_field_invalid"
    told = {"name": "partners", "format": "csv", "filters": {"custom": "trucks:12\nchannels:C1"}}
    answer = house.api.post("/exports/download", told)
    assert len(answer.content.decode("utf-8-sig").splitlines()) == 2


def test_the_api_takes_such_a_field_as_the_meaning_of_a_column():
    pattern = document(API)["components"]["schemas"]["ColumnMappingIn"]["properties"]["columns"]
    assert "^[a-z0-9_]*$" in str(pattern)


PO_KIND = {
    "entity": "order",
    "code": "kind",
    "label": "订单类型",
    "kind": "CHOICE",
    "in_list": True,
    "choices": [{"code": "FAIR", "label": "展会"}, {"code": "DAILY", "label": "日常"}],
}
URGENT = {"entity": "order", "code": "urgent", "label": "加急", "kind": "BOOLEAN", "in_list": True}
ORDER_HEAD = "采购单号,商品编码,数量,订单类型,加急"


def a_channel_with_own_fields():
    channel = a_channel(stock="1000")
    admin = Api(an_actor(channel.brand, Role.ADMINISTRATOR))
    for field in (PO_KIND, URGENT):
        assert admin.post("/custom-fields", field).status_code == 201
    return channel


def test_orders_are_imported_with_them_and_narrowed_and_exported_by_them(tmp_path):
    channel = a_channel_with_own_fields()
    path = a_csv(
        tmp_path / "o.csv",
        ORDER_HEAD,
        "PO1,W550,2,,是",
        "PO1,W550,3,展会,",
        "PO2,W550,4,日常,否",
        "PO3,W550,1,,",
    )

    outcome = import_file(path, actor=an_actor(channel.dealer, Role.BUYER), entity="orders")
    again = import_file(path, actor=an_actor(channel.dealer, Role.BUYER), entity="orders")

    assert (outcome.totals.inserted, outcome.problems, again.totals.unchanged) == (4, [], 4)
    owner = Api(channel.owner)
    rows = {row["external_number"]: row["custom"] for row in owner.get("/orders").json()["items"]}
    assert rows == {
        "PO1": {"kind": "FAIR", "urgent": True},
        "PO2": {"kind": "DAILY", "urgent": False},
        "PO3": {},
    }
    for asked, expected in (("kind:FAIR", ["PO1"]), ("urgent:false", ["PO2"]), ("kind:DAILY", ["PO2"])):
        found = owner.get("/orders", custom=asked).json()["items"]
        assert [row["external_number"] for row in found] == expected
        assert owner.get("/orders/totals", custom=asked).json()["orders"] == 1
    [found] = owner.get("/orders", custom=["kind:FAIR", "urgent:true"], text="PO1").json()["items"]
    assert owner.get("/orders", custom=["kind:FAIR", "urgent:false"]).json()["items"] == []
    assert found["custom"]["urgent"] is True
    assert Api(channel.other_owner).get("/orders", custom="kind:FAIR").json()["items"] == []
    assert owner.get("/orders", custom="kind:OTHER").status_code == 422
    assert owner.get("/orders", custom="secret:1").json()["code"] == "platform.custom_field_invalid"

    told = {"name": "orders", "format": "csv", "filters": {"custom": "kind:FAIR"}}
    titles, *lines = owner.post("/exports/download", told).content.decode("utf-8-sig").splitlines()
    assert titles.split(",")[-2:] == ["订单类型", "加急"]
    assert [line.split(",")[-2:] for line in lines] == [["展会", "是"]]
    told = {"name": "order_lines", "format": "csv", "filters": {"custom": "kind:DAILY\nurgent:false"}}
    titles, *lines = owner.post("/exports/download", told).content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[-2:] for line in lines] == [["日常", "否"]]


def test_an_order_whose_own_field_is_wrong_is_refused_in_the_cell_and_the_template_has_the_column(tmp_path):
    channel = a_channel_with_own_fields()
    path = a_csv(tmp_path / "o.csv", ORDER_HEAD, "PO1,W550,2,试用,", "PO2,W550,1,日常,")

    outcome = import_file(path, actor=an_actor(channel.dealer, Role.BUYER), entity="orders")

    assert [(one.row, one.field, one.cell) for one in outcome.problems] == [(2, "custom_kind", "D2")]
    assert outcome.totals.inserted == 1
    fields = {one.name: one for one in mapping_in_force("orders").fields}
    assert (fields["custom_kind"].zh, fields["custom_urgent"].kind) == ("订单类型", "boolean")
    page = load_workbook(BytesIO(Api(channel.owner).get("/imports/entities/orders/template").content)).active
    assert [cell.value for cell in page[1]][-2:] == ["订单类型", "加急"]


def test_goods_carry_them_too_and_a_second_import_of_the_same_changes_nothing(house, tmp_path):
    field = {"entity": "product", "code": "shelf", "label": "货架层", "kind": "NUMBER", "in_list": True}
    assert house.api.post("/custom-fields", field).status_code == 201
    a_category("饮料")
    path = a_csv(tmp_path / "skus.csv", "商品编码,商品名称,分类,基本单位,货架层", "W550,山泉水,饮料,瓶,3.0")

    first = import_file(path, actor=house.actor, entity="skus")
    second = import_file(path, actor=house.actor, entity="skus")

    assert (first.totals.inserted, second.totals.unchanged) == (1, 1)
    assert Product.objects.get(code="W550").custom == {"shelf": "3"}
    answer = house.api.post("/exports/download", {"name": "skus", "format": "csv", "filters": {}})
    titles, row = answer.content.decode("utf-8-sig").splitlines()[:2]
    assert (titles.split(",")[-1], row.split(",")[-1]) == ("货架层", "3")
