"""My money and my people, on a phone: a month that opens its papers, colleagues, messages, the usual list in one press."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from huiliu.kernel.ids import uuid7
from tests.browser.acting import Api, eventually
from tests.browser.conftest import PASSWORD, Installation, Person, listen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]  # one process: they share an installation

OWNER = "d0004"  # of a dealer that no other journey is about: its cart and its people are this test's own


@pytest.fixture
def phone(installation: Installation, chromium: Browser) -> Iterator[Any]:
    """`phone("buyer", "/pages/…")`: a page of the store on a phone of their own, signed in."""
    contexts: list[BrowserContext] = []
    store = os.environ.get("HUILIU_TEST_STORE", f"{installation.url}/store/")

    def enter(username: str, page_of: str) -> tuple[Person, Any]:
        context = chromium.new_context(
            viewport={"width": 390, "height": 844},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=True,
        )
        contexts.append(context)
        signed = context.request.post(
            f"{installation.url}/api/v1/session", data={"username": username, "password": PASSWORD}
        )
        assert signed.ok, signed.text()
        person = Person(context.new_page(), installation.url)
        listen(person)

        def go(to: str) -> None:
            person.page.goto(f"{store}#{to}")

        go(page_of)
        return person, go

    yield enter
    for context in contexts:
        context.close()


def top(page: Page) -> Locator:
    """The page that is seen: those below it stay in the document."""
    return page.locator(".taro_page_show").last


def heading(page: Page, name: str | re.Pattern[str]) -> Locator:
    return top(page).get_by_role("heading", name=name, level=1)


def shipped(installation: Installation) -> tuple[dict[str, Any], dict[str, Any]]:
    """An order of the owner's own house, all of it on the road; with its shipment."""
    owner = Api(installation, OWNER)
    goods = next(row for row in owner.get("/shop/usual?limit=20") if row["orderable"])["offer"]
    line = {"sku_id": goods["sku_id"], "quantity": "1"}
    order = owner.post("/orders", {"id": str(uuid7()), "lines": [line]})
    Api(installation, "sales").post(f"/orders/{order['id']}/confirm", {"step": "CONFIRM"})
    keeper = Api(installation, "warehouse")
    [place] = {hold["warehouse_id"] for hold in keeper.get(f"/orders/{order['id']}")["holds"]} - {None}
    body = {"id": str(uuid7()), "warehouse_id": place, "lines": None, "note": ""}
    return order, keeper.post(f"/orders/{order['id']}/ship", body)


def notices_of(api: Api) -> set[tuple[str, str]]:
    return {(one["kind"], one["subject_id"]) for one in api.get("/notices?limit=30")["items"]}


def test_an_owner_opens_a_paper_of_the_month_and_the_order_of_a_message(
    phone: Any, installation: Installation
) -> None:
    order, shipment = shipped(installation)
    owner = Api(installation, OWNER)
    eventually(lambda: ("order.shipped", order["id"]) in notices_of(owner))
    session = owner.get("/session")
    [account] = owner.get(f"/balances?buyer_id={session['organization_id']}")["items"]
    credit = owner.get("/credit")
    assert credit["available"] == account["available"]

    person, go = phone(OWNER, "/packages/mine/money/index")
    page = person.page
    expect(top(page).get_by_text(f"供货方：{account['seller_name']}")).to_be_visible()
    top(page).get_by_role("button", name=f"打开 进货 {shipment['number']}").click()
    expect(heading(page, shipment["number"])).to_be_visible()

    go("/packages/mine/messages/index")
    told = top(page).get_by_role("button", name=f"订单 {order['number']} 已发货，到货后请收货")
    expect(told).to_be_visible()
    told.click()
    expect(top(page).get_by_text(order["number"]).first).to_be_visible()
    eventually(lambda: owner.get("/notices/unread")["unread"] == 0)

    go("/packages/mine/settings/index")
    top(page).get_by_role("radio", name="English").or_(
        top(page).get_by_role("button", name="English")
    ).first.click()
    expect(heading(page, "Settings")).to_be_visible()
    go("/packages/mine/money/index")
    expect(top(page).get_by_text(re.compile(f"{shipment['number']}")).first).to_be_visible()
    expect(heading(page, "My money")).to_be_visible()
    person.calm()


def test_an_owner_adds_a_colleague_changes_the_role_and_takes_the_account_back(
    phone: Any, installation: Installation
) -> None:
    owner = Api(installation, OWNER)
    username = f"mine-{uuid.uuid4().hex[:10]}"
    name = f"周小满{username[-4:]}"
    person, _ = phone(OWNER, "/packages/mine/people/index")
    page = person.page

    def known() -> dict[str, Any]:
        [found] = owner.get(f"/users?text={username}")["items"]
        return dict(found)

    top(page).get_by_role("button", name="添加同事").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="添加", exact=True).click()
    expect(form.get_by_text("请至少选一个角色")).to_be_visible()
    form.get_by_label("姓名").fill(name)
    form.get_by_label("用户名").fill("buyer")
    form.get_by_role("checkbox", name=re.compile("^库管")).click()
    form.get_by_role("button", name="添加", exact=True).click()
    # Why, beside the input that the server means, in the reader's language: there one types on.
    expect(form.get_by_label("用户名")).to_have_accessible_description(re.compile("^这个用户名已被使用。"))
    expect(form.get_by_label("用户名")).to_be_focused()
    expect(form.get_by_role("alert")).to_have_count(0)
    assert {one.split(" ")[0] for one in person.complaints} == {"console:", "409"}
    person.complaints.clear()
    form.get_by_label("用户名").fill(username)
    form.get_by_role("button", name="添加", exact=True).click()
    expect(page.get_by_role("dialog", name=f"已添加 {name}")).to_be_visible()
    password = page.locator(".first-password").inner_text()
    signed = page.request.post(
        f"{installation.url}/api/v1/session",
        data={"username": username, "password": password, "device": True},
    ).json()
    assert (signed["roles"], signed["must_change_password"]) == (["KEEPER"], True)
    page.get_by_role("dialog").get_by_role("button", name="完成").click()

    row = top(page).get_by_role("button", name=re.compile(name))
    row.click()
    page.get_by_role("dialog").get_by_role("button", name="修改资料与角色").click()
    page.get_by_role("dialog").get_by_role("checkbox", name=re.compile("^采购")).click()
    page.get_by_role("dialog").get_by_role("button", name="保存", exact=True).click()
    expect(row).to_contain_text("采购、库管")
    assert sorted(known()["roles"]) == ["BUYER", "KEEPER"]

    row.click()
    page.get_by_role("dialog").get_by_role("button", name="重置密码").click()
    page.get_by_role("dialog").get_by_role("button", name="重置密码").click()
    expect(page.locator(".first-password")).to_be_visible()
    assert page.locator(".first-password").inner_text() != password
    page.get_by_role("dialog").get_by_role("button", name="完成").click()
    row.click()
    page.get_by_role("dialog").get_by_role("button", name="停用").click()
    page.get_by_role("dialog").get_by_role("button", name="停用").click()
    expect(row).to_have_count(0)
    assert known()["is_active"] is False
    top(page).get_by_role("button", name="已停用").click()
    expect(row).to_contain_text("已停用")
    person.calm()

    other, go = phone("buyer", "/pages/mine/index")
    expect(top(other.page).get_by_role("button", name="我的账款")).to_be_visible()
    expect(top(other.page).get_by_role("button", name="同事与角色")).to_have_count(0)
    go("/packages/mine/people/index")
    expect(top(other.page).get_by_text("同事账号由老板管理")).to_be_visible()
    other.calm()


def test_the_usual_list_goes_into_the_cart_in_one_press(phone: Any, installation: Installation) -> None:
    owner = Api(installation, OWNER)
    cart = owner.post("/carts/default", {})
    lines = [{"sku_id": one["sku_id"], "unit": one["unit"], "quantity": "0"} for one in cart["lines"]]
    if lines:
        owner.put(f"/carts/{cart['id']}/lines", {"version": cart["version"], "lines": lines})
    usual = [row for row in owner.get("/shop/usual?limit=20") if row["orderable"]][:5]
    first = usual[0]["offer"]
    person, _ = phone(OWNER, "/pages/home/index")
    page = person.page

    row = top(page).locator(".usual", has_text=first["sku_name"]).first
    field = row.get_by_label(f"{first['sku_name']} {first['unit']}数", exact=True)
    field.fill("7")
    top(page).get_by_role("button", name=re.compile(r"^全部加入进货单（5 种）$")).click()
    expect(top(page).get_by_text("已在进货单")).to_have_count(5)

    def held() -> set[int]:
        return {one["sku_id"] for one in owner.post("/carts/default", {})["lines"]}

    eventually(lambda: held() == {one["offer"]["sku_id"] for one in usual})
    kept = {
        (one["sku_id"], one["unit"]): one["quantity"] for one in owner.post("/carts/default", {})["lines"]
    }
    assert float(kept[first["sku_id"], first["unit"]]) == 7
    expect(top(page).get_by_role("button", name="去进货单")).to_be_visible()
    person.calm()
