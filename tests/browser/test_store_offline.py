"""The store on a bad network: cut at every step of an order, slow, lying; and an old version that finds the new one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from huiliu.kernel.ids import uuid7
from tests.browser.acting import Api, eventually
from tests.browser.conftest import PASSWORD, Installation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SUBMIT = "**/api/v1/carts/*/submit"
PORTAL = "<html><body>Welcome to the airport. Please accept our terms.</body></html>"


@dataclass
class Phone:
    """A shop owner's phone with the store open, and the buyer's own account beside it."""

    context: BrowserContext
    page: Page
    installation: Installation
    api: Api

    def open(self, place: str) -> None:
        self.page.goto(f"{self.installation.url}/store/#{place}")

    def checkout(self) -> None:
        self.open("/packages/order/checkout/index")
        expect(self.submit).to_be_enabled()

    @property
    def submit(self) -> Any:
        return self.page.get_by_role("button", name="提交订单")

    def orders(self) -> set[str]:
        rows = self.installation.rows(
            "SELECT o.id FROM orders_order o JOIN access_user u ON u.id = o.submitted_by WHERE u.username = 'buyer'"
        )
        return {str(row[0]) for row in rows}


@pytest.fixture
def phone(installation: Installation, chromium: Browser) -> Iterator[Phone]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True
    )
    signed = context.request.post(
        f"{installation.url}/api/v1/session",
        data=json.dumps({"username": "buyer", "password": PASSWORD}),
        headers={"Content-Type": "application/json"},
    )
    assert signed.ok
    yield Phone(context, context.new_page(), installation, Api(installation, "buyer"))
    context.set_offline(False)
    context.close()


def fill_cart(api: Api, quantities: tuple[str, ...] = ("3", "2")) -> list[tuple[int, Decimal]]:
    """The shared cart with exactly these goods; answers them in base units."""
    cart = api.post("/carts/default", {})
    wanted = []
    for product in api.get("/catalog/products?limit=60")["items"]:
        wanted += [{"sku_id": sku["id"], "quantity": "0"} for sku in product["skus"]]
    lines = [one | {"quantity": units} for one, units in zip(wanted, quantities, strict=False)]
    filled = api.put(
        f"/carts/{cart['id']}/lines", {"version": cart["version"], "lines": lines, "is_whole": True}
    )
    assert [line["problem"] for line in filled["lines"]] == [None] * len(quantities)
    return sorted((line["sku_id"], Decimal(line["base_quantity"])) for line in filled["lines"])


def goods_of(api: Api, order_id: str) -> list[tuple[int, Decimal]]:
    lines = api.get(f"/orders/{order_id}")["lines"]
    return sorted((line["sku_id"], Decimal(line["ordered"])) for line in lines)


def cut(route: Route) -> None:
    route.abort()


def answer_lost(route: Route) -> None:
    """The server does it, and nobody hears of it."""
    route.fetch()
    route.abort()


def portal(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body=PORTAL)


def answer_lost_in_portal(route: Route) -> None:
    route.fetch()
    portal(route)


def unavailable(route: Route) -> None:
    route.fulfill(status=503, content_type="text/html", body="<h1>503</h1>")


def gateway_gave_up(route: Route) -> None:
    route.fetch()
    route.fulfill(status=504, content_type="text/html", body="<h1>504</h1>")


def slow(route: Route) -> None:
    answer = route.fetch()
    time.sleep(4)
    route.fulfill(response=answer)


@pytest.mark.parametrize(
    "trouble",
    [cut, answer_lost, portal, answer_lost_in_portal, unavailable, gateway_gave_up, slow],
    ids=lambda one: one.__name__,
)
def test_an_order_whose_answer_is_troubled_exists_once(phone: Phone, trouble: Callable[[Route], None]):
    before, wanted = phone.orders(), fill_cart(phone.api)
    phone.checkout()

    phone.context.route(SUBMIT, trouble)
    phone.submit.click()
    if trouble is not slow:
        expect(phone.page.get_by_text("等待发送 1 单").filter(visible=True).first).to_be_visible()
    phone.context.unroute(SUBMIT)

    [order] = eventually(lambda: phone.orders() - before, seconds=20)
    expect(phone.page.get_by_text("等待发送 1 单")).to_have_count(0)
    assert phone.orders() - before == {order}
    assert goods_of(phone.api, order) == wanted


@pytest.mark.parametrize("step", ["before the checkout", "before the press", "while the page is closed"])
def test_no_network_at_all_and_the_order_goes_out_later_once(phone: Phone, step: str):
    before, wanted = phone.orders(), fill_cart(phone.api)
    phone.open("/pages/cart/index")
    expect(phone.page.get_by_role("heading", name="进货单")).to_be_visible()
    phone.checkout()
    if step == "before the checkout":
        phone.page.wait_for_timeout(2500)  # what was read is kept
        phone.context.set_offline(True)
        phone.page.evaluate("location.hash = '/pages/cart/index'")
        phone.page.wait_for_timeout(300)
        phone.page.evaluate("location.hash = '/packages/order/checkout/index'")
    phone.context.set_offline(True)
    phone.submit.click()
    expect(phone.page.get_by_text("等待发送 1 单").filter(visible=True).first).to_be_visible()
    assert phone.orders() == before

    if step == "while the page is closed":
        phone.page.close()
        phone.context.set_offline(False)
        phone.page = phone.context.new_page()
        phone.open("/pages/home/index")
    phone.context.set_offline(False)

    [order] = eventually(lambda: phone.orders() - before, seconds=20)
    assert goods_of(phone.api, order) == wanted


def test_pressed_often_and_in_two_tabs_it_is_one_order(phone: Phone):
    before, wanted = phone.orders(), fill_cart(phone.api)
    second = phone.context.new_page()
    second.goto(f"{phone.installation.url}/store/#/packages/order/checkout/index")
    phone.checkout()
    other = second.get_by_role("button", name="提交订单")
    expect(other).to_be_enabled()
    phone.context.route(SUBMIT, answer_lost)

    phone.submit.dblclick()
    other.click()
    expect(second.get_by_text("等待发送").filter(visible=True).first).to_be_visible()
    phone.context.unroute(SUBMIT)

    [order] = eventually(lambda: phone.orders() - before, seconds=20)
    phone.page.wait_for_timeout(6000)  # the second tab has had its turn, too
    assert phone.orders() - before == {order}
    assert goods_of(phone.api, order) == wanted


def dearer(installation: Installation, buyer_id: int, sku_id: int) -> tuple[Api, str]:
    """A customer's own price of 999 for one sku, in force now. Answers who may end it, and which it is."""
    author = Api(installation, "channel")
    seller = author.get("/session")["organization_id"]
    body = {
        "id": str(uuid7()),
        "code": f"T{uuid7().hex[:10]}",
        "name": "临时调价",
        "level": "CUSTOMER",
        "seller_id": seller,
        "valid_from": datetime.now(UTC).date().isoformat(),
        "audience": {"organization_ids": [buyer_id]},
    }
    version = author.post("/price-lists", body)["id"]
    author.post(f"/price-lists/{version}/rows", {"rows": [{"sku_id": sku_id, "unit_price": "999"}]})
    admin = Api(installation, "admin")
    admin.post(f"/price-lists/{version}/approve")
    admin.post(f"/price-lists/{version}/publish")
    return admin, version


def test_a_price_that_changed_meanwhile_asks_before_it_orders(phone: Phone):
    before = phone.orders()
    wanted = fill_cart(phone.api, ("2",))
    phone.checkout()
    phone.context.set_offline(True)
    phone.submit.click()
    expect(phone.page.get_by_text("等待发送 1 单").filter(visible=True).first).to_be_visible()

    cart = phone.api.post("/carts/default", {})
    admin, version = dearer(phone.installation, cart["buyer_id"], wanted[0][0])
    try:
        eventually(
            lambda: Decimal(phone.api.post("/carts/default", {})["lines"][0]["unit_price"]) == Decimal(999)
        )
        phone.context.set_offline(False)
        expect(phone.page.get_by_text("1 单有变化，等您确认").filter(visible=True).first).to_be_visible()
        assert phone.orders() == before
        expect(phone.page.get_by_text("→ ¥999.00").filter(visible=True).first).to_be_visible()

        phone.page.get_by_role("button", name="同意，按").click()
        [order] = eventually(lambda: phone.orders() - before)
    finally:
        admin.post(f"/price-lists/{version}/end", {"reason": "测试结束"})
    assert goods_of(phone.api, order) == wanted
    assert Decimal(phone.api.get(f"/orders/{order}")["lines"][0]["unit_price"]) == Decimal(999)


def test_without_a_network_the_range_is_readable_with_its_age(phone: Phone):
    phone.open("/pages/find/index")
    goods = phone.page.locator(".goods-name").first
    expect(goods).to_be_visible()
    name = goods.inner_text()
    phone.page.evaluate("async () => { await navigator.serviceWorker.ready }")
    phone.page.wait_for_timeout(2500)

    phone.context.set_offline(True)
    phone.page.reload()

    expect(phone.page.get_by_text(name).filter(visible=True).first).to_be_visible()
    expect(phone.page.get_by_text("没有网络。下面是").filter(visible=True).first).to_be_visible()


def test_who_signs_out_leaves_nothing_readable(phone: Phone):
    phone.open("/pages/find/index")
    expect(phone.page.locator(".goods-name").filter(visible=True).first).to_be_visible()
    phone.page.wait_for_timeout(2500)
    phone.context.clear_cookies()
    phone.page.reload()
    expect(phone.page.get_by_label("密码")).to_be_visible()
    left = phone.page.evaluate(
        "() => new Promise(done => { const asked = indexedDB.open('huiliu', 1);"
        " asked.onsuccess = () => { const got = asked.result.transaction('shelf').objectStore('shelf').getAllKeys();"
        " got.onsuccess = () => done(got.result) } })"
    )
    assert left == []
