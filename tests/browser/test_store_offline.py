"""The store on a bad network: cut at every step of an order, slow, lying; and what others do shows by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from huiliu.kernel.ids import uuid7
from huiliu.testing.platform import a_picture
from tests.browser.acting import Api, eventually
from tests.browser.conftest import PASSWORD, Installation, Person, listen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]  # one process: they share an installation

SUBMIT = "**/api/v1/carts/*/submit"
PORTAL = "<html><body>Welcome to the airport. Please accept our terms.</body></html>"
CHECKOUT = "/packages/order/checkout/index"
KEPT = (
    "() => new Promise(done => { const asked = indexedDB.open('huiliu', 1);"
    " asked.onsuccess = () => { const got = asked.result.transaction('shelf').objectStore('shelf').getAllKeys();"
    " got.onsuccess = () => done(got.result.map(String)) } })"
)


@dataclass
class Phone:
    """A shop owner's phone with the store open, and the buyer's own account beside it."""

    context: BrowserContext
    page: Page
    installation: Installation
    api: Api
    #: What this walk does to the network; complaints about anything else fail it.
    troubled: set[str] = field(default_factory=set)
    people: list[Person] = field(default_factory=list)

    def watched(self, page: Page) -> Page:
        self.people.append(Person(page, self.installation.url))
        listen(self.people[-1])
        return page

    def open(self, place: str) -> None:
        self.page.goto(f"{self.installation.url}/store/#{place}")

    def checkout(self) -> None:
        self.open(CHECKOUT)
        expect(self.submit).to_be_enabled()

    @property
    def submit(self) -> Locator:
        return self.page.get_by_role("button", name="提交订单").filter(visible=True)

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def breathes(self) -> bool:
        """Lets what the browser tells be heard, between two looks; nothing came true by that."""
        self.page.wait_for_timeout(50)
        return False

    def cut(self) -> None:
        self.troubled |= {"ERR_INTERNET_DISCONNECTED", "ERR_FAILED"}
        self.context.set_offline(True)

    def join(self) -> None:
        self.context.set_offline(False)

    def orders(self) -> set[str]:
        rows = self.installation.rows(
            "SELECT o.id FROM orders_order o JOIN access_user u ON u.id = o.submitted_by WHERE u.username = 'buyer'"
        )
        return {str(row[0]) for row in rows}

    def calm(self) -> None:
        """Nobody complained of anything but of what this walk itself did to the network."""
        told = [one for person in self.people for one in person.complaints]
        assert [one for one in told if not any(word in one for word in self.troubled)] == []


@pytest.fixture(scope="module")
def buyer(installation: Installation) -> Api:
    return Api(installation, "buyer")


@pytest.fixture
def phone(installation: Installation, chromium: Browser, buyer: Api) -> Iterator[Phone]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True
    )
    signed = context.request.post(
        f"{installation.url}/api/v1/session",
        data=json.dumps({"username": "buyer", "password": PASSWORD}),
        headers={"Content-Type": "application/json"},
    )
    assert signed.ok, signed.text()
    phone = Phone(context, context.new_page(), installation, buyer)
    phone.watched(phone.page)
    yield phone
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


def cut_off(route: Route) -> None:
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


TROUBLES = (cut_off, answer_lost, portal, answer_lost_in_portal, unavailable, gateway_gave_up)


def test_an_order_whose_answer_is_troubled_exists_once(phone: Phone) -> None:
    """One phone through one trouble after another; each ends with the order told on the screen.

    Every attempt is asked three times before it waits: that, six times, is what takes its time.
    """
    phone.troubled |= {"ERR_FAILED", "503", "504"}
    for trouble in TROUBLES:
        before, wanted = phone.orders(), fill_cart(phone.api)
        phone.open("/pages/home/index")
        phone.checkout()
        phone.context.route(SUBMIT, trouble)
        phone.submit.click()
        again = phone.page.get_by_role("button", name="立即发送").filter(visible=True)
        expect(again).to_be_visible()
        phone.sees("等待发送 1 单")
        phone.context.unroute(SUBMIT)
        again.click()  # it would go out by itself in some seconds

        phone.page.wait_for_url("**/packages/order/submitted/index*")
        expect(phone.page.get_by_text("等待发送").filter(visible=True)).to_have_count(0)
        [order] = phone.orders() - before
        assert goods_of(phone.api, order) == wanted, trouble.__name__
    phone.calm()


def test_pressed_often_slowly_and_in_two_tabs_it_is_one_order_with_its_picture(phone: Phone) -> None:
    before, wanted = phone.orders(), fill_cart(phone.api)
    phone.troubled.add("ERR_FAILED")
    second = phone.watched(phone.context.new_page())
    second.goto(f"{phone.installation.url}/store/#{CHECKOUT}")
    phone.checkout()
    other = second.get_by_role("button", name="提交订单").filter(visible=True)
    expect(other).to_be_enabled()
    with phone.page.expect_file_chooser() as chooser:
        phone.page.get_by_role("button", name="添加照片").filter(visible=True).click()
    chooser.value.set_files(
        {"name": "单子.png", "mimeType": "image/png", "buffer": a_picture(size=(300, 200))}
    )
    expect(
        phone.page.get_by_role("img", name="照片 1").or_(phone.page.locator(".photo img")).first
    ).to_be_visible()

    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    phone.context.route(SUBMIT, hold)  # slow: the answer is not there while one presses on
    phone.submit.dblclick()
    eventually(lambda: phone.breathes() or held)
    second.bring_to_front()
    if other.count():
        other.click()
    answer_lost(held[0])
    phone.context.unroute(SUBMIT)

    [order] = eventually(lambda: phone.breathes() or phone.orders() - before, seconds=20)
    for page in (phone.page, second):
        expect(page.get_by_text("等待发送").filter(visible=True)).to_have_count(0)
    phone.page.bring_to_front()
    phone.page.evaluate("() => dispatchEvent(new Event('online'))")
    asked = f"/files?subject_type=order&subject_id={order}"
    eventually(lambda: phone.breathes() or len(files_of(phone.api, asked)) == 1, seconds=20)
    assert phone.orders() - before == {order}
    assert goods_of(phone.api, order) == wanted
    expect.soft(phone.page.get_by_text("提交订单").filter(visible=True)).to_have_count(0)
    phone.calm()


def files_of(api: Api, asked: str) -> list[Any]:
    told = api.get(asked)
    return list(told["items"] if isinstance(told, dict) else told)


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


def test_no_network_at_all_the_app_closed_and_a_price_that_changed_meanwhile(phone: Phone) -> None:
    before, wanted = phone.orders(), fill_cart(phone.api, ("2",))
    phone.checkout()
    phone.cut()
    phone.submit.click()
    phone.sees("等待发送 1 单")
    assert phone.orders() == before
    phone.page.close()
    cart = phone.api.post("/carts/default", {})
    admin, version = dearer(phone.installation, cart["buyer_id"], wanted[0][0])
    try:
        eventually(
            lambda: Decimal(phone.api.post("/carts/default", {})["lines"][0]["unit_price"]) == Decimal(999)
        )
        phone.join()
        phone.troubled |= {"409 POST", "(Conflict)"}  # what was agreed is sent word for word, and refused
        phone.page = phone.watched(phone.context.new_page())
        phone.open("/pages/home/index")
        phone.page.get_by_role("button", name="1 单有变化，等您确认").filter(visible=True).first.click()
        assert phone.orders() == before
        phone.sees("→ ¥999.00")
        phone.page.get_by_role("button", name="同意，按").filter(visible=True).click()
        [order] = eventually(lambda: phone.orders() - before)
    finally:
        admin.post(f"/price-lists/{version}/end", {"reason": "测试结束"})
    assert goods_of(phone.api, order) == wanted
    assert Decimal(phone.api.get(f"/orders/{order}")["lines"][0]["unit_price"]) == Decimal(999)
    phone.calm()


def test_without_a_network_the_range_is_readable_with_its_age_and_gone_with_the_session(phone: Phone) -> None:
    phone.open("/pages/find/index")
    goods = phone.page.locator(".goods-name").filter(visible=True).first
    expect(goods).to_be_visible()
    name = goods.inner_text()
    phone.page.evaluate("async () => { await navigator.serviceWorker.ready }")
    eventually(lambda: phone.breathes() or {"reads", "range"} <= set(phone.page.evaluate(KEPT)))

    phone.cut()
    phone.page.reload()
    phone.sees(name)
    phone.sees("没有网络。下面是")

    # The session ended elsewhere: with the network back nothing of it is left to read, not even for a moment later.
    phone.context.clear_cookies()
    phone.join()
    expect(phone.page.get_by_label("密码")).to_be_visible()
    assert phone.page.evaluate(KEPT) == []
    phone.troubled |= {"401"}
    phone.cut()
    phone.page.reload()
    expect(phone.page.get_by_text(name)).to_have_count(0)
    phone.join()
    phone.calm()


def test_another_person_on_the_same_phone_reads_nothing_of_the_first(phone: Phone) -> None:
    """What the second may not see the first one's page still asks for, and is refused: that is no complaint here."""
    phone.open("/pages/find/index")
    expect(phone.page.locator(".goods-name").filter(visible=True).first).to_be_visible()
    eventually(lambda: phone.breathes() or "reads" in phone.page.evaluate(KEPT))
    first = phone.page.evaluate("() => localStorage.getItem('huiliu.owner')")
    # In another tab of the same browser somebody else signs in; this one hears of it when it asks.
    signed = phone.context.request.post(
        f"{phone.installation.url}/api/v1/session",
        data=json.dumps({"username": "keeper", "password": PASSWORD}),
        headers={"Content-Type": "application/json"},
    )
    assert signed.ok, signed.text()
    phone.page.evaluate("() => dispatchEvent(new Event('online'))")

    eventually(
        lambda: phone.breathes() or phone.page.evaluate("() => localStorage.getItem('huiliu.owner')") != first
    )
    phone.page.wait_for_url("**/pages/home/index*")
    expect(phone.page.locator(".goods-name")).to_have_count(0)


def test_an_open_order_changes_by_itself_when_the_seller_confirms_it(phone: Phone) -> None:
    before, _ = phone.orders(), fill_cart(phone.api)
    cart = phone.api.post("/carts/default", {})
    phone.api.post(
        f"/carts/{cart['id']}/submit",
        {"id": str(uuid7()), "version": cart["version"], "quote_digest": cart["digest"]},
    )
    [order] = phone.orders() - before
    phone.open(f"/packages/follow/order/index?id={order}")
    says = phone.page.locator(".order-says").filter(visible=True).last
    expect(says).to_be_visible()
    words = says.inner_text()
    state = phone.api.get(f"/orders/{order}")["state"]
    seller = Api(phone.installation, "sales")
    seller.post(f"/orders/{order}/confirm", {"step": "CONFIRM"})
    assert phone.api.get(f"/orders/{order}")["state"] != state

    expect(says).not_to_have_text(words)
    phone.calm()
