"""What comes after ordering, on a phone: goods are followed, received, given back; a distributor ships to its shop."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from huiliu.kernel.ids import uuid7
from tests.browser.acting import Api, confirmed, eventually, transfers
from tests.browser.conftest import PASSWORD, Installation, Person, listen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]  # one process: they share an installation

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone(installation: Installation, chromium: Browser) -> Iterator[Any]:
    """`phone("dealer", "/packages/…")`: a page of the store on a phone of their own, signed in."""
    contexts: list[BrowserContext] = []
    store = os.environ.get("HUILIU_TEST_STORE", f"{installation.url}/store/")

    def enter(username: str, page_of: str) -> Person:
        context = chromium.new_context(
            viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True
        )
        contexts.append(context)
        signed = context.request.post(
            f"{installation.url}/api/v1/session", data={"username": username, "password": PASSWORD}
        )
        assert signed.ok, signed.text()
        person = Person(context.new_page(), installation.url)
        listen(person)
        person.page.goto(f"{store}#{page_of}")
        return person

    yield enter
    for context in contexts:
        context.close()


def top(page: Page) -> Locator:
    """The page that is seen: those below it stay in the document."""
    return page.locator(".taro_page_show").last


def shipped(installation: Installation, *, quantity: str = "3") -> tuple[dict[str, Any], dict[str, Any]]:
    """An order of the demo's dealer, all of it on the road; with its shipment."""
    order = confirmed(installation, lines=1, quantity=quantity)
    keeper = Api(installation, "warehouse")
    [place] = {hold["warehouse_id"] for hold in keeper.get(f"/orders/{order['id']}")["holds"]} - {None}
    body = {"id": str(uuid7()), "warehouse_id": place, "lines": None, "note": ""}
    return order, keeper.post(f"/orders/{order['id']}/ship", body)


def on_hand(api: Api, sku_id: int, organization_id: int) -> Decimal:
    """What an organization has of a sku now."""
    asked = f"sku_id={sku_id}&organization_id={organization_id}&group=ORGANIZATION&with_empty=true"
    rows = api.get(f"/stock?{asked}")["items"]
    return Decimal(rows[0]["on_hand"]) if rows else Decimal(0)


def amount(page: Page, name: str, unit: str) -> Locator:
    """The field of a unit in the entry of a quantity."""
    return top(page).get_by_label(f"{name}（{unit}）", exact=True)


def state_of(installation: Installation, username: str, order_id: str) -> str:
    return str(Api(installation, username).get(f"/orders/{order_id}")["state"])


def test_a_dealer_follows_an_order_receives_it_short_and_gives_one_back(
    phone: Any, installation: Installation
) -> None:
    order, shipment = shipped(installation, quantity="3")
    dealer = Api(installation, "dealer")
    [line] = dealer.get(f"/orders/{order['id']}")["lines"]
    buyer_id = dealer.get("/session")["organization_id"]
    before = on_hand(dealer, line["sku_id"], buyer_id)
    base = line["units"][-1]["unit"]

    person = phone("dealer", "/pages/orders/index")
    page = person.page
    top(page).get_by_label("搜索订单").fill(order["number"][-4:])
    top(page).get_by_role("button", name=re.compile(order["number"])).first.click()
    expect(top(page).get_by_role("heading", level=1)).to_have_text(order["number"])
    expect(top(page).get_by_text(re.compile("今天 .* 已由.*发出")).first).to_be_visible()
    top(page).get_by_role("button", name="收货", exact=True).click()
    expect(top(page).get_by_text("与发货一致")).to_be_visible()
    top(page).get_by_role("button", name=f"改数量 {line['sku_name']}").click()
    amount(page, f"{line['sku_name']} 实收", base).fill("2")
    expect(top(page).get_by_text("1 种有出入")).to_be_visible()
    top(page).get_by_role("button", name="按实收入库").click()
    eventually(lambda: state_of(installation, "dealer", order["id"]) == "COMPLETED")

    # Two of three stand in the dealer's stock, one is with the seller to explain, and its price is credited.
    assert on_hand(dealer, line["sku_id"], buyer_id) == before + 2
    moved = transfers(installation, shipment["id"])
    unit_price = Decimal(line["gross_amount"]) / 3
    posted = sorted(value for kind, value in moved if kind == "POST")
    credited = Decimal(line["gross_amount"]) - round(unit_price * 2, 2)
    assert {Decimal(2), Decimal(1), credited} <= set(posted)

    expect(top(page).get_by_text(re.compile("^今天 .* 已收货$")).first).to_be_visible()
    # The page after ordering, opened again: it says where the order is by now.
    page.evaluate("id => { location.hash = `/packages/order/submitted/index?id=${id}` }", order["id"])
    expect(top(page).get_by_role("status")).to_contain_text(re.compile("单号 .*今天 .* 已收货$", re.DOTALL))
    page.go_back()
    top(page).get_by_role("button", name="更多操作").click()
    top(page).get_by_role("dialog").get_by_role("button", name="退货", exact=True).click()
    top(page).get_by_role("button", name=f"{line['sku_name']} 加一{base}").click()
    expect(top(page).get_by_text("退款约 ")).to_be_visible()
    top(page).get_by_label("退货原因").fill("瓶口有破损")
    top(page).get_by_role("button", name="提交退货申请").click()
    [back] = eventually(
        lambda: [
            one for one in dealer.get(f"/orders/{order['id']}")["returns"] if one["state"] == "REQUESTED"
        ]
    )
    assert [one["returned"] for one in back["lines"]] == ["1"]

    Api(installation, "warehouse").post(f"/returns/{back['id']}/receive", {})
    assert on_hand(dealer, line["sku_id"], buyer_id) == before + 1
    assert Decimal(back["gross_amount"]) in {value for _, value in transfers(installation, back["id"])}
    person.calm()


def test_a_shop_orders_from_its_distributor_who_ships_it_and_both_stocks_are_exact(
    phone: Any, installation: Installation
) -> None:
    shop, dealer = Api(installation, "store"), Api(installation, "dealer")
    shop_id, dealer_id = shop.get("/session")["organization_id"], dealer.get("/session")["organization_id"]
    wanted = next(
        row
        for row in dealer.get(f"/stock?organization_id={dealer_id}&group=ORGANIZATION&limit=200")["items"]
        if Decimal(row["available"]) >= 200 and _is_sold(shop, row["sku_id"])
    )
    sku_id = wanted["sku_id"]
    order = shop.post("/orders", {"id": str(uuid7()), "lines": [{"sku_id": sku_id, "quantity": "5"}]})
    theirs, ours = on_hand(dealer, sku_id, dealer_id), on_hand(shop, sku_id, shop_id)

    person = phone("dealer", "/pages/orders/index")
    page = person.page
    top(page).get_by_role("button", name="客户订的").click()
    top(page).get_by_role("button", name=re.compile(order["number"])).first.click()
    expect(top(page).get_by_role("heading", level=1)).to_have_text(order["number"])
    expect(top(page).get_by_text(re.compile("等您审核"))).to_be_visible()
    top(page).get_by_role("button", name="审核通过").click()
    top(page).get_by_role("button", name="发货", exact=True).click()
    expect(top(page).get_by_role("heading", level=1)).to_contain_text(order["number"])
    top(page).get_by_role("button", name="顺丰").click()
    top(page).get_by_label("运单号", exact=True).fill(f"SF{order['number'][-9:].replace('-', '')}")
    top(page).get_by_role("button", name="确认发货").click()
    eventually(lambda: state_of(installation, "dealer", order["id"]) == "SHIPPED")
    assert on_hand(dealer, sku_id, dealer_id) == theirs - 5
    assert on_hand(shop, sku_id, shop_id) == ours

    [shipment] = shop.get(f"/orders/{order['id']}")["shipments"]
    bill = eventually(lambda: shop.get(f"/orders/{order['id']}")["shipments"][0]["waybills"])
    assert bill[0]["carrier"] == "shunfeng"
    arrived = phone("store", "/packages/follow/arrivals/index")
    top(arrived.page).get_by_role("button", name=re.compile(shipment["number"])).click()
    top(arrived.page).get_by_role("button", name="全部收货").click()
    eventually(lambda: state_of(installation, "store", order["id"]) == "COMPLETED")

    assert on_hand(dealer, sku_id, dealer_id) == theirs - 5
    assert on_hand(shop, sku_id, shop_id) == ours + 5
    person.calm()
    arrived.calm()


def _is_sold(shop: Api, sku_id: int) -> bool:
    """The shop may order these goods and knows their price."""
    [goods] = shop.get(f"/stock/goods?sku_id={sku_id}")
    return any(row["sku_id"] == sku_id for row in shop.get(f"/shop/skus?text={goods['code']}"))


def test_a_keeper_receives_without_seeing_any_amount(phone: Any, installation: Installation) -> None:
    _, shipment = shipped(installation, quantity="2")
    person = phone("keeper", "/pages/orders/index")
    page = person.page
    expect(top(page).get_by_role("button", name=re.compile("XS")).first).to_be_visible()
    assert "¥" not in page.locator("body").inner_text()

    top(page).get_by_role("button", name="收货", exact=True).click()
    top(page).get_by_role("button", name=re.compile(shipment["number"])).click()
    expect(top(page).get_by_role("button", name="全部收货")).to_be_visible()
    assert "¥" not in page.locator("body").inner_text()
    person.calm()


def test_a_buyer_without_stock_rights_finds_no_button_to_count_or_sell(
    phone: Any, installation: Installation
) -> None:
    person = phone("buyer", "/packages/stock/shelf/index")
    page = person.page
    expect(top(page).get_by_role("button", name="销售记录")).to_be_visible()

    expect(top(page).get_by_role("button", name="盘点")).to_have_count(0)
    expect(top(page).get_by_role("button", name="卖货")).to_have_count(0)
    person.calm()


def test_a_sale_over_the_counter_lowers_the_stock_and_undoing_it_brings_it_back(
    phone: Any, installation: Installation
) -> None:
    keeper = Api(installation, "keeper")
    own = keeper.get("/session")["organization_id"]
    row = next(
        one
        for one in keeper.get(f"/stock?organization_id={own}&group=ORGANIZATION&limit=100")["items"]
        if Decimal(one["available"]) >= 50
    )
    before = on_hand(keeper, row["sku_id"], own)
    person = phone("keeper", "/packages/stock/sell/index")
    page = person.page

    top(page).get_by_label("商品名、编码或条码").fill(row["sku_code"])
    top(page).get_by_role("button", name=f"选 {row['sku_name']}").click()
    amount(page, f"{row['sku_name']} 数量", row["base_unit"]).fill("2")
    top(page).get_by_label(re.compile("单价")).fill("3.5")
    expect(top(page).get_by_text("合计 ¥7.00")).to_be_visible()
    top(page).get_by_role("button", name="登记卖出").click()
    eventually(lambda: on_hand(keeper, row["sku_id"], own) == before - 2)

    sale = keeper.get(f"/sell-out?organization_id={own}&limit=1")["items"][0]
    assert [(one["units"], Decimal(one["amount"])) for one in sale["lines"]] == [("2", Decimal("7.00"))]
    top(page).get_by_role("button", name="返回").click()
    person = phone("keeper", "/packages/stock/sales/index")
    page = person.page
    top(page).get_by_role("button", name=f"撤销 {sale['number']}").click()
    dialog = top(page).get_by_role("dialog")
    dialog.get_by_label("为什么撤销？库存会退回原样。").fill("录错了")
    dialog.get_by_role("button", name="撤销", exact=True).click()
    eventually(lambda: on_hand(keeper, row["sku_id"], own) == before)
    person.calm()
