"""A buyer orders in the store: finds by initials, enters cases and bottles, sees the price, submits once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.acting import Api, eventually, transfers
from tests.browser.conftest import PASSWORD, Installation, Person, listen

GOODS = "JU027"  # 15 to a case
NAME = "北巷陈皮山楂汁 350ml"
ShopIn = Callable[..., Person]


@pytest.fixture
def shop_in(installation: Installation, chromium: Browser) -> Iterator[ShopIn]:
    """`shop_in("buyer")`: a phone of their own with the store, signed in through its form, and an empty cart."""
    contexts = []
    store = os.environ.get("HUILIU_TEST_STORE", f"{installation.url}/store/")

    def enter(username: str, *, width: int = 390) -> Person:
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=True,
        )
        contexts.append(context)
        person = Person(context.new_page(), store)
        listen(person)
        page = person.page
        page.goto(f"{store}#/pages/sign-in/index")
        page.get_by_label("手机号或用户名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page.get_by_role("navigation", name="主导航").first).to_be_visible()
        return person

    yield enter
    for context in contexts:
        context.close()


def empty_cart(installation: Installation, username: str) -> dict[str, Any]:
    api = Api(installation, username)
    cart = api.post("/carts/default")
    if cart["lines"]:
        api._send(
            "PUT", f"/carts/{cart['id']}/lines", {"version": cart["version"], "lines": [], "is_whole": True}
        )
    return dict(api.post("/carts/default"))


def shown(page: Page) -> Locator:
    """The page on top: those below it stay in the document."""
    return page.locator(".taro_page_show, .taro_page").filter(visible=True).last


def found_by_initials(page: Page) -> Locator:
    """The goods' card after typing the initials of its name into the search page."""
    page.get_by_role("navigation", name="主导航").locator("visible=true").get_by_role(
        "button", name="分类"
    ).click()
    page.get_by_role("button", name="搜商品名、拼音、条码").locator("visible=true").click()
    page.get_by_role("textbox", name="搜索商品").fill("bxcpszz")
    card = page.locator(f'article[data-sku="{GOODS}"]').locator("visible=true").last
    expect(card).to_contain_text(NAME)
    return card


def enter(card: Locator, *, cases: str, bottles: str) -> None:
    card.get_by_role("button", name=re.compile("加入进货单")).click()
    card.get_by_role("textbox", name=f"{NAME} 箱数").fill(cases)
    card.get_by_role("textbox", name=f"{NAME} 瓶数").fill(bottles)


def priced(installation: Installation) -> dict[str, Any]:
    """What the server asks for two cases and three bottles."""
    lines = [
        {"sku_code": GOODS, "quantity": "2", "unit": "箱"},
        {"sku_code": GOODS, "quantity": "3", "unit": "瓶"},
    ]
    return dict(Api(installation, "buyer").post("/orders/quote", {"lines": lines}))


def to_checkout(page: Page, amount: str) -> None:
    page.get_by_role("button", name="去进货单").locator("visible=true").click()
    expect(page.locator(".cart-goods-amount").locator("visible=true")).to_have_text(amount)
    page.get_by_role("button", name="去下单").locator("visible=true").click()
    expect(page.get_by_role("button", name="提交订单").locator("visible=true")).to_be_enabled()


def orders_of_today(installation: Installation) -> set[str]:
    rows = installation.rows(
        "SELECT o.id::text FROM orders_order o JOIN access_user u ON u.organization_id = o.buyer_id"
        " WHERE u.username = 'buyer'"
    )
    return {one for (one,) in rows}


def test_a_buyer_orders_two_cases_and_three_bottles(shop_in: ShopIn, installation: Installation):
    empty_cart(installation, "buyer")
    quote = priced(installation)
    total = f"¥{Decimal(quote['gross_amount']):,.2f}"
    before = orders_of_today(installation)
    person = shop_in("buyer")
    page = person.page

    card = found_by_initials(page)
    enter(card, cases="2", bottles="3")
    expect(page.locator(".cart-bar-amount").locator("visible=true")).to_have_text(total)
    to_checkout(page, total)
    page.get_by_label("给供货方留言").fill("放后门")
    page.get_by_role("radio", name=re.compile("缺的先欠着")).click()
    page.get_by_role("button", name="提交订单").locator("visible=true").click()
    done = page.get_by_text(re.compile(r"^已提交，单号 XS"))
    expect(done).to_be_visible()

    [order_id] = orders_of_today(installation) - before
    order = Api(installation, "buyer").get(f"/orders/{order_id}")
    assert done.inner_text().endswith(order["number"])
    assert order["gross_amount"] == quote["gross_amount"]
    assert order["buyer_note"] == "放后门"
    assert order["shortage_mode"] == "BACKORDER"
    lines = installation.rows(
        "SELECT l.sku_code, l.unit, l.entered_quantity, l.ordered, l.gross_amount FROM orders_line l"
        " WHERE l.order_id = %s ORDER BY l.line_no",
        order_id,
    )
    assert lines == [
        (GOODS, "箱", Decimal(2), Decimal(30), Decimal(quote["lines"][0]["gross_amount"])),
        (GOODS, "瓶", Decimal(3), Decimal(3), Decimal(quote["lines"][1]["gross_amount"])),
    ]
    # The money is held to the cent, the goods to the bottle.
    held = [amount for kind, amount in transfers(installation, order_id) if kind == "HOLD"]
    assert sorted(held) == sorted([Decimal(30), Decimal(3), Decimal(quote["gross_amount"])])
    person.calm()


def test_pressing_submit_five_times_makes_one_order(shop_in: ShopIn, installation: Installation):
    empty_cart(installation, "buyer")
    quote = priced(installation)
    total = f"¥{Decimal(quote['gross_amount']):,.2f}"
    before = orders_of_today(installation)
    person = shop_in("buyer")
    page = person.page
    enter(found_by_initials(page), cases="2", bottles="3")
    to_checkout(page, total)

    button = page.get_by_role("button", name="提交订单").locator("visible=true")
    button.evaluate("button => { for (let press = 0; press < 5; press += 1) button.click() }")
    expect(page.get_by_text(re.compile(r"^已提交，单号 XS"))).to_be_visible()

    assert eventually(lambda: len(orders_of_today(installation) - before)) == 1
    # The cart is a new one, and empty, on every device.
    assert Api(installation, "buyer").post("/carts/default")["lines"] == []


def test_what_cannot_be_ordered_so_is_told_where_it_is_typed(shop_in: ShopIn, installation: Installation):
    empty_cart(installation, "buyer")
    person = shop_in("buyer", width=360)
    page = person.page
    card = found_by_initials(page)
    enter(card, cases="1", bottles="0")
    page.get_by_role("button", name="去进货单").locator("visible=true").click()

    goods = page.locator(f'article.cart-goods[data-sku="{GOODS}"]').locator("visible=true")
    goods.get_by_role("button", name=f"移除 {NAME}").click()
    expect(page.get_by_text(re.compile("进货单还是空的")).locator("visible=true")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(goods.get_by_role("textbox", name=f"{NAME} 箱数")).to_have_value("1")
    standing = eventually(lambda: Api(installation, "buyer").post("/carts/default")["lines"])
    assert [(line["unit"], Decimal(line["quantity"])) for line in standing] == [("箱", Decimal(1))]
    person.calm()


def test_a_keeper_sees_goods_and_nothing_to_order_with(shop_in: ShopIn):
    person = shop_in("keeper")
    page = person.page
    bar = page.get_by_role("navigation", name="主导航")

    bar.locator("visible=true").get_by_role("button", name="分类").click()
    expect(page.locator("article.goods").locator("visible=true").first).to_be_visible()
    assert page.get_by_role("button", name=re.compile("加入|清单下单")).locator("visible=true").count() == 0
    bar.locator("visible=true").get_by_role("button", name="进货单").click()
    expect(page.get_by_text(re.compile("您的账号不能订货")).locator("visible=true")).to_be_visible()
    assert page.get_by_role("button", name=re.compile("去下单|提交")).locator("visible=true").count() == 0
    person.calm()
