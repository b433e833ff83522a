"""The buyer's range page by page: only its own goods, at its own price, sorted by it."""

from __future__ import annotations

from typing import Any

import pytest

from huiliu.catalog.models import Sku
from huiliu.platform import stamps
from huiliu.testing.api import Api
from huiliu.testing.catalog import a_category, a_scope_rule
from huiliu.testing.partners import a_partner
from huiliu.testing.trade import Channel, a_channel, a_contract, a_price_list, a_sku, stock_up

pytestmark = pytest.mark.django_db

#: Price of one 瓶; the order unit is the 箱 of `case`.
GOODS = {
    "T1": ("冰红茶", 24, "4"),
    "T2": ("冰绿茶", 12, "5"),
    "J1": ("橙汁", 6, "4.5"),
    "J2": ("苹果汁", 24, "4"),
}


@pytest.fixture
def channel() -> Channel:
    built = a_channel(stock="1000")  # W550, 10 a 瓶
    tea, juice = a_category("饮料 > 茶"), a_category("饮料 > 果汁")
    prices = {}
    for code, (name, case, price) in GOODS.items():
        sku = a_sku(code, case=case)
        Sku.objects.filter(pk=sku.pk).update(name=name)
        type(sku.product).objects.filter(pk=sku.product_id).update(
            category=tea if code.startswith("T") else juice
        )
        prices[sku.pk] = price
        if code != "J1":
            stock_up(built.warehouse, sku, "500")
    a_price_list(author=built.manager, approver=built.staff, seller=built.brand, prices=prices, code="MORE")
    a_sku("X1")  # without a price
    stamps.forget()
    return built


@pytest.fixture
def buyer(channel: Channel) -> Api:
    return Api(channel.owner)


def shelf(api: Api, **query: Any) -> dict[str, Any]:
    answer = api.get("/shop/catalog", **query)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def codes(page: dict[str, Any]) -> list[str]:
    return [one["sku_code"] for one in page["items"]]


def test_pages_follow_each_other_and_hold_everything_once(buyer: Api) -> None:
    first = shelf(buyer, limit=2)
    second = shelf(buyer, limit=2, cursor=first["next_cursor"])
    third = shelf(buyer, limit=2, cursor=second["next_cursor"])

    assert (first["count"], len(codes(first)), third["next_cursor"]) == (5, 2, None)
    assert sorted(codes(first) + codes(second) + codes(third)) == ["J1", "J2", "T1", "T2", "W550"]


def test_sorted_by_what_one_bottle_costs_this_buyer(channel: Channel, buyer: Api) -> None:
    # The same order whatever the case holds: 96, 60, 27, 96 and 240 a case; equals by pinyin.
    assert codes(shelf(buyer, sort="price")) == ["T1", "J2", "J1", "T2", "W550"]
    assert codes(shelf(buyer, sort="-price")) == ["W550", "T2", "J1", "T1", "J2"]


def test_a_category_covers_what_is_below_it(channel: Channel, buyer: Api) -> None:
    found = {one["name"]: one for one in buyer.get("/shop/categories").json()}

    assert {name: one["count"] for name, one in found.items()} == {"饮料": 5, "茶": 2, "果汁": 2}
    assert codes(shelf(buyer, category_id=found["茶"]["id"])) == ["T1", "T2"]
    assert shelf(buyer, category_id=found["饮料"]["id"])["count"] == 5
    assert buyer.get("/shop/catalog", category_id=999_999).status_code == 404


def test_narrowed_to_what_is_there_to_favourites_and_to_a_text(channel: Channel, buyer: Api) -> None:
    buyer.put(f"/shop/favourites/{channel.sku.pk}")

    assert sorted(codes(shelf(buyer, in_stock=True))) == ["J2", "T1", "T2", "W550"]
    assert codes(shelf(buyer, favourites=True)) == ["W550"]
    assert codes(shelf(buyer, text="blc")) == ["T2"]


def test_what_leaves_the_range_is_gone_at_once_and_the_next_page_goes_on(
    channel: Channel, buyer: Api
) -> None:
    first = shelf(buyer, limit=2, sort="price")
    a_scope_rule(is_allow=False, sku_ids=[Sku.objects.get(code="T1").pk])

    second = shelf(buyer, limit=5, sort="price", cursor=first["next_cursor"])

    assert (codes(first), codes(second)) == (["T1", "J2"], ["J1", "T2", "W550"])
    assert second["count"] == 4


def test_a_contract_for_some_lines_shows_no_others(channel: Channel, buyer: Api) -> None:
    tea = a_category("饮料 > 茶")
    a_partner(organization=channel.dealer)
    a_contract(channel, category_ids=[tea.pk])

    assert codes(shelf(buyer)) == ["T1", "T2"]
    assert [one["sku_code"] for one in buyer.get("/shop/skus", text="").json()] == ["T1", "T2"]


def test_a_cursor_of_another_list_is_refused(buyer: Api) -> None:
    assert buyer.get("/shop/catalog", cursor="abc").status_code == 422


def test_by_name_whatever_the_text_is_closest_to(channel: Channel, buyer: Api) -> None:
    assert codes(shelf(buyer, text="T", sort="name")) == ["T1", "T2"]
    by_name = codes(shelf(buyer, sort="name"))
    assert by_name == codes(shelf(buyer))
    assert len(by_name) == 5
