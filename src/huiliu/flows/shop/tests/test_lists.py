"""Lists: what a pasted text means, what is typed, what a buyer keeps at hand and buys again and again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.catalog.models import Sku, SkuUnit
from huiliu.flows.shop.rules import ROWS_MAX, change_of, entries_of_text
from huiliu.kernel.ids import uuid7
from huiliu.orders.models import Favourite, Order
from huiliu.platform import stamps
from huiliu.testing.actors import an_actor
from huiliu.testing.api import Api
from huiliu.testing.catalog import a_scope_rule
from huiliu.testing.trade import Channel, a_channel, a_price_list, a_sku, stock_up

UNITS = {"箱", "瓶", "件"}


@pytest.mark.parametrize(
    ("row", "key", "counts"),
    [
        ("W550 3", "W550", [("3", "")]),
        ("W550\t3箱5瓶", "W550", [("3", "箱"), ("5", "瓶")]),
        ("６９０１２３４５６７８９２　３箱", "6901234567892", [("3", "箱")]),
        ("农夫山泉 550ml 3箱", "农夫山泉 550ml", [("3", "箱")]),
        ("可口可乐500ml*24 3箱", "可口可乐500ml*24", [("3", "箱")]),
        ("矿泉水*3", "矿泉水", [("3", "")]),
        ("矿泉水×3箱", "矿泉水", [("3", "箱")]),
        ("矿泉水3箱", "矿泉水", [("3", "箱")]),
        ("1、矿泉水 3 箱", "矿泉水", [("3", "箱")]),
        ("2. 茶饮料 5", "茶饮料", [("5", "")]),
        ("1.5L可乐 2箱", "1.5L可乐", [("2", "箱")]),
        ("W550", "W550", []),
        ("矿泉水，３，箱", "矿泉水", [("3", "箱")]),
        ("矿泉水,整箱,2.5,件", "矿泉水", [("2.5", "件")]),
        ("3箱5瓶", "3箱5瓶", []),
        ("水 -3", "水 -3", []),
    ],
)
def test_a_row_as_people_write_it(row: str, key: str, counts: list[tuple[str, str]]) -> None:
    [entry] = entries_of_text(row, units=UNITS)

    assert (entry.key, [(str(n), u) for n, u in entry.counts]) == (key, counts)


def test_a_heading_says_which_column_is_which() -> None:
    entries = entries_of_text("序号,商品编码,单位,数量\n1,W550,箱,3\n\n2,T1,瓶,1.5", units=UNITS)

    assert [(e.row_no, e.key, e.counts) for e in entries] == [
        (2, "W550", ((Decimal(3), "箱"),)),
        (4, "T1", ((Decimal("1.5"), "瓶"),)),
    ]


@pytest.mark.parametrize(
    ("seen", "now", "told"),
    [
        ((None, None, ""), ("10", "100", ""), None),
        (("10", "100", ""), ("10", "100", ""), None),
        (("10", "100", ""), ("8", "80", ""), ("10", "8", "-20")),
        (("10", "100", ""), (None, None, "no_price"), ("10", None, "-100")),
        ((None, None, "no_price"), ("9", "90", ""), (None, "9", "90")),
        ((None, None, "no_price"), (None, None, "not_sellable"), None),
    ],
)
def test_what_a_new_price_changes(seen: Any, now: Any, told: Any) -> None:
    def money(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    found = change_of(
        seen_price=money(seen[0]),
        seen_gross=money(seen[1]),
        seen_problem=seen[2],
        price=money(now[0]),
        gross=money(now[1]),
        problem=now[2],
    )

    if told is None:
        assert found is None
    else:
        assert found is not None
        assert (found.unit_price_before, found.unit_price_after, found.difference) == (
            money(told[0]),
            money(told[1]),
            Decimal(told[2]),
        )


@pytest.fixture
def channel() -> Channel:
    built = a_channel(stock="1000")
    Sku.objects.filter(pk=built.sku.pk).update(name="山泉矿泉水550ml")
    SkuUnit.objects.filter(sku=built.sku, unit="箱").update(barcode="6901234567892")
    others = {"T1": "冰红茶", "T2": "冰绿茶", "X1": "没有价格"}
    skus = {code: a_sku(code) for code in others}
    for code, name in others.items():
        Sku.objects.filter(code=code).update(name=name)
    prices = {skus["T1"].pk: "4", skus["T2"].pk: "5"}
    a_price_list(author=built.manager, approver=built.staff, seller=built.brand, prices=prices, code="TEA")
    stock_up(built.warehouse, skus["T1"], "50")
    stamps.forget()
    return built


@pytest.fixture
def buyer(channel: Channel) -> Api:
    return Api(channel.owner)


def rows_of(api: Api, text: str, **more: Any) -> list[dict[str, Any]]:
    answer = api.post("/shop/quick-entry", {"text": text, **more})
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def meant(row: dict[str, Any]) -> tuple[str, str, str | None, str]:
    return row["state"], row["sku_code"], row["quantity"], row["unit"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W550 3", ("MATCHED", "W550", "3", "箱")),
        ("w550 3瓶", ("MATCHED", "W550", "3", "瓶")),
        ("W550 3箱5瓶", ("MATCHED", "W550", "77", "瓶")),
        ("6901234567892 2", ("MATCHED", "W550", "2", "箱")),
        ("山泉矿泉水550ml*2", ("MATCHED", "W550", "2", "箱")),
        ("kqs 1瓶", ("MATCHED", "W550", "1", "瓶")),
        ("bhc,5,瓶", ("MATCHED", "T1", "5", "瓶")),
        ("binglvcha 5瓶", ("MATCHED", "T2", "5", "瓶")),
        ("冰 3箱", ("AMBIGUOUS", "", "3", "箱")),
        ("没有这个 3箱", ("UNKNOWN", "", None, "")),
        ("W550", ("INVALID", "W550", None, "箱")),
        ("W550 0.3瓶", ("INVALID", "W550", "0.3", "瓶")),
        ("W550 0", ("INVALID", "W550", None, "箱")),
    ],
)
def test_each_row_is_matched_or_says_why_not(
    channel: Channel, buyer: Api, text: str, expected: tuple[str, str, str | None, str]
) -> None:
    [row] = rows_of(buyer, text)

    assert meant(row) == expected
    assert (row["because"] == "") is (expected[0] == "MATCHED")
    if expected[0] == "AMBIGUOUS":
        assert [one["sku_code"] for one in row["candidates"]] == ["T1", "T2"]


@pytest.mark.django_db
def test_goods_outside_of_the_range_do_not_exist_for_a_list(channel: Channel, buyer: Api) -> None:
    a_scope_rule(is_allow=False, sku_ids=[channel.sku.pk])

    assert meant(rows_of(buyer, "W550 1瓶")[0])[0] == "UNKNOWN"
    assert meant(rows_of(buyer, "6901234567892 1瓶")[0])[0] == "UNKNOWN"


@pytest.mark.django_db
def test_a_list_goes_into_the_cart_with_its_doubles_summed(channel: Channel, buyer: Api) -> None:
    cart = buyer.post("/carts/default", {}).json()

    done = buyer.post(
        f"/carts/{cart['id']}/quick-entry", {"text": "W550 1瓶\n冰 3\nT1 2瓶\nW550 4瓶\nnothing 1"}
    ).json()

    assert [row["state"] for row in done["rows"]] == ["MATCHED", "AMBIGUOUS", "MATCHED", "MATCHED", "UNKNOWN"]
    assert (done["matched"], done["open"], done["rows"][3]["same_as"]) == (3, 2, 1)
    assert [(x["sku_code"], x["quantity"]) for x in done["cart"]["lines"]] == [("W550", "5"), ("T1", "2")]
    assert done["cart"]["gross_amount"] == "58.00"


@pytest.mark.django_db
def test_a_file_is_read_as_a_list_is(channel: Channel, buyer: Api) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = "商品编码,数量,单位\nW550,3,箱\nT1,１２,瓶\n".encode("gb18030")
    sent = buyer.upload("/files", file=SimpleUploadedFile("订单.csv", content), use="SHEET")
    assert sent.status_code == 201, sent.content

    rows = rows_of(buyer, "", file_id=sent.json()["id"])

    assert [meant(row) for row in rows] == [("MATCHED", "W550", "3", "箱"), ("MATCHED", "T1", "12", "瓶")]
    stranger = Api(channel.other_owner).post("/shop/quick-entry", {"file_id": sent.json()["id"]})
    assert stranger.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "shop.list_empty"),
        ({"text": "\n \n"}, 422, "shop.list_empty"),
        ({"text": "W550 1\n" * (ROWS_MAX + 1)}, 413, "shop.list_too_long"),
        ({"text": "W550 1", "file_id": str(uuid7())}, 422, "platform.invalid_input"),
        ({"file_id": str(uuid7())}, 404, "platform.file_unknown"),
    ],
)
def test_a_list_that_is_none(
    channel: Channel, buyer: Api, body: dict[str, Any], status: int, code: str
) -> None:
    answer = buyer.post("/shop/quick-entry", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.django_db
def test_a_thousand_rows_are_read_at_once(channel: Channel, buyer: Api) -> None:
    rows = rows_of(buyer, "\n".join(["W550 1瓶", "冰 2", "nothing 3", "bhc 4瓶"] * (ROWS_MAX // 4)))

    assert len(rows) == ROWS_MAX
    assert [row["state"] for row in rows[:4]] == ["MATCHED", "AMBIGUOUS", "UNKNOWN", "MATCHED"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["W550", "T1", "T2"]),
        ("T", ["T1", "T2"]),
        ("t2", ["T2"]),
        ("6901234567892", ["W550"]),
        ("bing", ["T1", "T2"]),
        ("blc", ["T2"]),
        ("红茶", ["T1"]),
        ("没有价格", []),
        ("X1", []),
    ],
)
def test_what_is_typed_finds_orderable_goods(
    channel: Channel, buyer: Api, text: str, codes: list[str]
) -> None:
    found = buyer.get("/shop/skus", text=text).json()

    assert [one["sku_code"] for one in found] == codes


@pytest.mark.django_db
def test_an_offer_has_all_that_a_stepper_needs(channel: Channel, buyer: Api) -> None:
    Sku.objects.filter(pk=channel.sku.pk).update(order_minimum="12", order_multiple="6", order_limit="240")
    SkuUnit.objects.filter(sku=channel.sku, unit="箱").update(order_step="2")
    stamps.forget()

    [one] = buyer.get("/shop/skus", text="W550").json()

    assert (one["unit"], one["unit_price"], one["currency"], one["level"], one["available"]) == (
        "箱",
        "240",
        "CNY",
        "PLENTY",
        None,
    )
    assert (one["minimum"], one["multiple"], one["order_limit"]) == ("12", "6", "240")
    assert one["units"] == [
        {"unit": "箱", "numerator": 24, "denominator": 1, "step": "2"},
        {"unit": "瓶", "numerator": 1, "denominator": 1, "step": None},
    ]


@pytest.mark.django_db
def test_favourites_are_the_houses_and_keep_what_is_no_longer_sold(channel: Channel, buyer: Api) -> None:
    colleague = Api(an_actor(channel.dealer, Role.BUYER))
    for _ in range(2):
        added = buyer.put(f"/shop/favourites/{channel.sku.pk}")
        assert (added.status_code, added.json()["is_favourite"]) == (200, True)

    [row] = colleague.get("/shop/favourites").json()
    assert (row["offer"]["sku_code"], row["offer"]["unit_price"], row["orderable"]) == ("W550", "240", True)
    assert Api(channel.other_owner).get("/shop/favourites").json() == []
    rule = a_scope_rule(is_allow=False, sku_ids=[channel.sku.pk])
    assert [one["orderable"] for one in colleague.get("/shop/favourites").json()] == [False]
    assert buyer.put("/shop/favourites/999999").status_code == 404
    rule.delete()
    for _ in range(2):
        assert buyer.delete(f"/shop/favourites/{channel.sku.pk}").json()["is_favourite"] is False
    assert not Favourite.objects.exists()


def ordered(api: Api, *lines: tuple[str, str, str], days_ago: int = 0) -> str:
    order_id = str(uuid7())
    body = {
        "id": order_id,
        "lines": [{"sku_code": code, "quantity": count, "unit": unit} for code, count, unit in lines],
    }
    answer = api.post("/orders", body)
    assert answer.status_code == 201, answer.content
    when = datetime.now(UTC) - timedelta(days=days_ago)
    Order.objects.filter(pk=order_id).update(submitted_at=when)
    number: str = answer.json()["number"]
    return number


@pytest.mark.django_db
def test_the_usual_list_counts_orders_and_says_how_it_is_ordered(channel: Channel, buyer: Api) -> None:
    ordered(buyer, ("W550", "1", "箱"), ("T1", "5", "瓶"), days_ago=30)
    ordered(buyer, ("W550", "3", "箱"), days_ago=20)
    latest = ordered(buyer, ("W550", "2", "箱"), ("W550", "5", "瓶"), days_ago=10)
    newest = ordered(buyer, ("T1", "7", "瓶"), days_ago=1)
    ordered(buyer, ("T1", "9", "瓶"), days_ago=200)

    usual = buyer.get("/shop/usual").json()
    recent = buyer.get("/shop/usual", order="LATEST").json()

    water, tea = usual
    assert (water["offer"]["sku_code"], water["times"], water["usual_unit"], water["usual_quantity"]) == (
        "W550",
        3,
        "箱",
        "2",
    )
    assert (water["units_total"], water["latest_order_number"], water["orderable"]) == ("149", latest, True)
    assert (tea["times"], tea["usual_quantity"], tea["latest_order_number"]) == (2, "5", newest)
    assert [row["offer"]["sku_code"] for row in recent] == ["T1", "W550"]
    assert Api(channel.other_owner).get("/shop/usual").json() == []


@pytest.mark.django_db
def test_what_was_cancelled_was_not_bought(channel: Channel, buyer: Api) -> None:
    ordered(buyer, ("T1", "5", "瓶"))
    order = Order.objects.get()
    body = {"id": str(uuid7()), "reason": "多点了"}
    assert buyer.post(f"/orders/{order.pk}/cancel", body).status_code == 200

    assert buyer.get("/shop/usual").json() == []


READS = ["/shop/skus", "/shop/catalog", "/shop/categories", "/shop/usual", "/shop/favourites"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", READS)
def test_who_looks_into_whose_shop(channel: Channel, path: str) -> None:
    store = channel.store.pk
    for who, (api, status) in {
        "anonymous": (Api(), 401),
        "warehouse": (Api(channel.keeper), 403),
        "keeper": (Api(an_actor(channel.dealer, Role.KEEPER)), 403),
        "other dealer": (Api(channel.other_owner), 404),
        "buyer without reach": (Api(an_actor(channel.dealer, Role.BUYER)), 404),
        "its seller": (Api(channel.owner), 200),
        "headquarters": (Api(channel.staff), 200),
        "itself": (Api(channel.store_owner), 200),
    }.items():
        answer = api.get(path, buyer_id=store, seller_id=channel.dealer.pk)
        assert answer.status_code == status, (who, answer.content)
    # What the store would pay to the brand is not the dealer's to know.
    assert Api(channel.owner).get(path, buyer_id=store, seller_id=channel.brand.pk).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/shop/favourites/{sku}", None),
        ("DELETE", "/shop/favourites/{sku}", None),
        ("POST", "/shop/quick-entry", {"text": "W550 1瓶"}),
    ],
)
def test_who_writes_in_the_shop(channel: Channel, method: str, path: str, body: Any) -> None:
    path = path.replace("{sku}", str(channel.sku.pk))
    for who, (api, status) in {
        "anonymous": (Api(), 401),
        "warehouse": (Api(channel.keeper), 403),
        "keeper": (Api(an_actor(channel.dealer, Role.KEEPER)), 403),
        "owner": (Api(channel.owner), 200),
    }.items():
        assert api._send(method, path, body=body).status_code == status, who


@pytest.mark.django_db
def test_typing_is_answered_from_the_index_without_a_statement_per_goods(
    channel: Channel, buyer: Api, django_assert_max_num_queries: Any
) -> None:
    buyer.get("/shop/skus", text="t")
    with django_assert_max_num_queries(20):
        assert buyer.get("/shop/skus", text="bing").status_code == 200
