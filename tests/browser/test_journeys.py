"""A day's work of each role, from signing in to what then stands in the ledger."""

from __future__ import annotations

import re
from decimal import Decimal

from playwright.sync_api import Page, expect

from tests.browser.acting import Api, an_order, confirmed, eventually, transfers
from tests.browser.conftest import Installation, Person, SignIn


def open_order(person: Person, order: dict[str, object]) -> Page:
    """Found by its last digits through the search box, as people do."""
    page = person.page
    page.get_by_role("combobox", name=re.compile("搜索")).fill(str(order["number"]))
    page.locator(".palette-title").get_by_text(str(order["number"]), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(order["number"]))
    return page


def test_sales_confirms_what_a_dealer_ordered(sign_in: SignIn, installation: Installation):
    order = an_order(installation)
    person = sign_in("sales")

    page = open_order(person, order)
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_text(f"{order['number']} 已审核通过")).to_be_visible()

    assert Api(installation, "sales").get(f"/orders/{order['id']}")["state"] == "CONFIRMED"
    # The promise was made at submit and stands: one hold for each line's goods and one for the money.
    assert [kind for kind, _ in transfers(installation, str(order["id"]))] == ["HOLD"] * 3
    person.calm()


def test_the_warehouse_ships_and_the_goods_are_under_way(sign_in: SignIn, installation: Installation):
    order = confirmed(installation)
    person = sign_in("warehouse")

    page = open_order(person, order)
    page.get_by_role("button", name="出库", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="出库", exact=True).click()
    expect(page.get_by_text(re.compile("已出库，出库单号"))).to_be_visible()

    shipped = Api(installation, "warehouse").get(f"/orders/{order['id']}")
    assert shipped["state"] == "SHIPPED"
    [shipment] = shipped["shipments"]
    kinds = [kind for kind, _ in transfers(installation, shipment["id"])]
    assert kinds.count("SETTLE") == 3
    person.calm()


def test_a_dealer_receives_on_a_phone_and_one_bottle_is_missing(sign_in: SignIn, installation: Installation):
    order = confirmed(installation, lines=1, quantity="5")
    keeper = Api(installation, "warehouse")
    [place] = {hold["warehouse_id"] for hold in keeper.get(f"/orders/{order['id']}")["holds"]} - {None}
    shipment = keeper.post(
        f"/orders/{order['id']}/ship", {"id": _id(), "warehouse_id": place, "lines": None, "note": ""}
    )
    person = sign_in("dealer", width=390, height=844)

    person.go(f"/warehouse/receive/{shipment['id']}")
    person.settle()
    page = person.page
    expect(page.get_by_role("heading", level=1)).to_contain_text(shipment["number"])
    page.get_by_role("checkbox").first.check()
    page.locator(".case-input input").last.fill("1")
    expect(page.get_by_text("1 行有差异")).to_be_visible()
    page.get_by_role("button", name="按实收入库").click()
    expect(page.get_by_text(re.compile("已入库$"))).to_be_visible()

    order_now = eventually(lambda: _received(installation, order))
    assert order_now["lines"][0]["received"] == "4"


def _received(installation: Installation, order: dict[str, object]) -> dict[str, object] | None:
    found = Api(installation, "dealer").get(f"/orders/{order['id']}")
    return dict(found) if found["state"] == "COMPLETED" else None


def _id() -> str:
    from huiliu.kernel.ids import uuid7

    return str(uuid7())


def test_finance_books_money_and_the_balance_rises_at_once(sign_in: SignIn, installation: Installation):
    api = Api(installation, "finance")
    [dealer] = [one for one in api.get("/partners?text=D0015")["items"] if one["code"] == "D0015"]
    before = _balance(api, dealer["id"])
    reference = f"ICBC-{_id()}"
    person = sign_in("finance")

    person.go("/receipts?new=1")
    page = person.page
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("客户").fill("D0015")
    page.locator(".ant-select-item-option", has_text=dealer["name"]).first.click()
    drawer.get_by_label("金额").fill("1234.5")
    drawer.get_by_label("流水号").fill(reference)
    expect(drawer.get_by_text("入账后余额")).to_be_visible()
    drawer.get_by_role("button", name="登记入账").click()
    expect(page.get_by_text(re.compile("已入账 ¥1,234.50"))).to_be_visible()

    assert _balance(api, dealer["id"]) - before == Decimal("1234.50")
    [receipt] = [
        one
        for one in api.get(f"/receipts?buyer_id={dealer['id']}&limit=5")["items"]
        if one["reference"] == reference
    ]
    assert transfers(installation, receipt["id"]) == [("POST", Decimal("1234.500000"))]
    person.calm()


def _balance(api: Api, buyer_id: int) -> Decimal:
    accounts = api.get(f"/balances?buyer_id={buyer_id}")["items"]
    return sum((Decimal(one["balance"]) for one in accounts), Decimal(0))


def test_the_administrator_approves_a_loss_and_the_stock_falls(sign_in: SignIn, installation: Installation):
    [waiting] = Api(installation, "admin").get("/stock/adjustments?state=SUBMITTED&limit=1")["items"]
    assert transfers(installation, waiting["id"]) == []
    person = sign_in("admin")

    person.go(f"/warehouse/adjustments/{waiting['id']}")
    person.settle()
    page = person.page
    page.get_by_role("button", name="批准并过账").first.click()
    dialog = page.get_by_role("dialog")
    if dialog.get_by_role("textbox").count():
        dialog.get_by_role("textbox").fill("照片已核对")
    dialog.get_by_role("button", name="批准并过账").click()
    expect(page.get_by_text(f"已批准，{waiting['number']} 已过账")).to_be_visible()

    assert {kind for kind, _ in transfers(installation, waiting["id"])} == {"POST"}
    person.calm()


def test_the_channel_manager_publishes_prices_and_the_next_quote_uses_them(
    sign_in: SignIn, installation: Installation
):
    api = Api(installation, "channel")
    version = next(one for one in api.get("/price-lists?limit=50")["items"] if one["state"] == "APPROVED")
    person = sign_in("channel")

    person.go(f"/price-lists/{version['id']}")
    person.settle()
    page = person.page
    page.get_by_role("button", name="发布", exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name="发布", exact=True).click()
    eventually(lambda: api.get(f"/price-lists/{version['id']}")["state"] == "PUBLISHED")

    told = installation.rows(
        "SELECT count(*) FROM platform_event WHERE type = 'policy.published' AND subject_id = %s",
        version["id"],
    )
    assert told == [(1,)]
    person.calm()


def test_a_keeper_counts_a_shelf_on_a_phone(sign_in: SignIn, installation: Installation):
    keeper = Api(installation, "keeper")
    place = keeper.get("/warehouses?is_active=true&limit=1")["items"][0]
    # The demo counts this warehouse already: that count ends, and a small one begins.
    for open_one in keeper.get("/stock/counts?limit=50")["items"]:
        if open_one["state"] in ("PLANNED", "COUNTING", "REVIEW") and open_one["warehouse_id"] == place["id"]:
            keeper.post(f"/stock/counts/{open_one['id']}/cancel", {"note": "重新盘点"})
    [stock] = keeper.get(f"/stock?warehouse_id={place['id']}&limit=1")["items"]
    count = keeper.post(
        "/stock/counts",
        {"id": _id(), "warehouse_id": place["id"], "sku_ids": [stock["sku_id"]], "is_blind": True},
    )
    keeper.post(f"/stock/counts/{count['id']}/start")
    person = sign_in("keeper", width=390, height=844)

    person.go(f"/warehouse/counts/{count['id']}/entry")
    person.settle()
    page = person.page
    page.locator(".to-count-row").first.click()
    page.locator(".case-input input").last.fill("7")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("清单都已数过")).to_be_visible()

    entries = keeper.get(f"/stock/counts/{count['id']}/entries")["items"]
    assert [Decimal(one["units"]) for one in entries] == [Decimal(7)]
    # Counting is no movement: goods move when somebody else approves the difference.
    assert transfers(installation, count["id"]) == []
    person.calm()


def test_the_analyst_reads_the_same_figure_that_the_documents_add_up_to(
    sign_in: SignIn, installation: Installation
):
    person = sign_in("analyst")
    person.settle()
    page = person.page
    today = page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})")
    [(brand,)] = installation.rows("SELECT id FROM access_organization WHERE kind = 'BRAND'")
    [(counted,)] = installation.rows(
        "SELECT count(*) FROM orders_order WHERE seller_id = %s"  # cancelled ones were ordered, too
        " AND business_date >= date_trunc('month', %s::date) AND business_date <= %s::date",
        brand,
        today,
        today,
    )

    def shown() -> int:
        tile = page.locator(".figure", has_text="订单数").first
        return int(re.sub(r"[^0-9]", "", tile.locator(".figure-value").inner_text()))

    def agrees() -> bool:
        page.reload()
        person.settle()
        return shown() == counted

    # An order of a second ago is in the figures within seconds.
    eventually(agrees, seconds=60)
    person.calm()
