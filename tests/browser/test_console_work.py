"""The desk's rarer work, each piece from its screen to the rows it leaves, and to the rows it does not leave."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page, expect

from huiliu.kernel.ids import uuid7
from tests.browser.acting import Api, an_order, confirmed, eventually, transfers
from tests.browser.conftest import PASSWORD, Installation, SignIn

STEP_SECONDS = 30
#: What a document may cause in the ledger; nothing else may happen beside it.
Rows = list[tuple[str, str, str, Decimal]]


def movements(installation: Installation, source_id: str) -> Rows:
    """Every transfer of a document: its kind, the account that gives, the one that receives, and how much."""
    return sorted(
        (kind, gives, receives or "", amount)
        for kind, gives, receives, amount in installation.rows(
            "SELECT t.kind, c.kind, d.kind, t.amount FROM ledger_transfer t"
            " JOIN ledger_entry e ON e.id = t.entry_id"
            " JOIN ledger_account c ON c.id = t.credit_account_id"
            " LEFT JOIN ledger_account d ON d.id = t.debit_account_id WHERE e.source_id = %s",
            source_id,
        )
    )


def on_hand(api: Api, organization_id: int, sku_id: int) -> Decimal:
    rows = api.get(f"/stock?organization_id={organization_id}&sku_id={sku_id}")["items"]
    return sum((Decimal(row["on_hand"]) for row in rows), Decimal(0))


def audited(installation: Installation, subject_type: str, subject_id: Any, after: int) -> list[str]:
    """What the trail says of a subject since then."""
    return [
        action
        for (action,) in installation.rows(
            "SELECT action FROM platform_audit_record WHERE subject_type = %s AND subject_id = %s AND id > %s"
            " ORDER BY id",
            subject_type,
            str(subject_id),
            after,
        )
    ]


def latest_record(installation: Installation) -> int:
    [(latest,)] = installation.rows("SELECT coalesce(max(id), 0) FROM platform_audit_record")
    return int(latest)


# ── what others do meanwhile ────────────────────────────────────────────────────────────────────────────────


def test_a_notice_comes_to_the_page_that_is_open(sign_in: SignIn, installation: Installation):
    before, sales = an_order(installation), Api(installation, "sales")
    eventually(  # the worker has read what the company was loaded with
        lambda: any(one["subject_id"] == before["id"] for one in sales.get("/notices?limit=30")["items"])
    )
    page = sign_in("sales").page
    told = page.locator(".notices")
    expect(told.get_by_text(before["number"])).to_be_visible()
    page.evaluate("window.isTheSamePage = true")

    order = an_order(installation)

    expect(told.get_by_text(order["number"])).to_be_visible()
    assert page.evaluate("window.isTheSamePage")


# ── the second factor ──────────────────────────────────────────────────────────────────────────────────────


def test_a_second_factor_is_set_up_used_and_replaced_by_a_recovery_code(
    sign_in: SignIn, installation: Installation
):
    username = "d0001.buyer"
    [(user_id,)] = installation.rows("SELECT id FROM access_user WHERE username = %s", username)
    began = latest_record(installation)
    page = sign_in(username).page
    page.goto(f"{installation.url}/sessions")
    page.get_by_role("button", name="设置两步验证").click()
    said = page.locator(".totp-secret code").inner_text()
    totp, present = pyotp.TOTP(re.sub(r"[^A-Z2-7]", "", said)), time.time()
    page.get_by_label("动态验证码").fill(totp.at(present))
    page.get_by_role("button", name="开启", exact=True).click()
    dialog = page.get_by_role("dialog", name="两步验证已开启")
    codes = dialog.locator("pre").inner_text().split()
    assert len(codes) == len(set(codes)) == 10
    dialog.get_by_role("button", name="我已妥善保存").click()
    expect(page.get_by_text("已开启")).to_be_visible()

    next_code = totp.at(present + STEP_SECONDS)  # a clock may run one step ahead
    for field, code, left in (("动态验证码", next_code, 10), ("恢复码", codes[0], 9)):
        enter_with(page, installation, username, field, code)
        expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
        assert kept(installation, user_id) == left
    # Neither a code nor a recovery code is good twice.
    for again in ({"totp": next_code}, {"recovery_code": codes[0]}):
        with pytest.raises(AssertionError, match="totp_needed"):
            Api(installation, username, **again)
    assert kept(installation, user_id) == 9

    page.goto(f"{installation.url}/sessions")
    page.locator("form", has_text="关闭两步验证").get_by_label("当前密码").fill(PASSWORD)
    page.get_by_role("button", name="关闭两步验证").click()
    expect(page.get_by_text("两步验证已关闭")).to_be_visible()
    assert kept(installation, user_id) == 0
    told = Counter(audited(installation, "user", user_id, began))
    assert (told["user.totp_on"], told["user.totp_off"]) == (1, 1), told


def kept(installation: Installation, user_id: int) -> int:
    """How many recovery codes are left."""
    [(left,)] = installation.rows(
        "SELECT cardinality(recovery_hashes) FROM access_user WHERE id = %s", user_id
    )
    return int(left)


def enter_with(page: Page, installation: Installation, username: str, field: str, code: str) -> None:
    """Signs in anew, up to the answer to the second factor."""
    page.context.clear_cookies()
    page.goto(f"{installation.url}/sign-in")
    page.get_by_label("用户名或手机号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_label("动态验证码")).to_be_visible()
    if field == "恢复码":
        page.get_by_role("button", name=re.compile("用恢复码登录")).click()
    page.get_by_label(field).fill(code)
    page.get_by_role("button", name="登录", exact=True).click()


# ── somebody else's eyes ───────────────────────────────────────────────────────────────────────────────────


def test_staff_looks_through_a_dealers_eyes_and_the_trail_names_both(
    sign_in: SignIn, installation: Installation
):
    began = latest_record(installation)
    [(dealer_id, dealer_name)] = installation.rows(
        "SELECT id, name FROM access_user WHERE username = 'dealer'"
    )
    [(admin_id,)] = installation.rows("SELECT id FROM access_user WHERE username = 'admin'")
    person = sign_in("admin")
    person.go("/users?text=dealer")
    person.settle()
    page = person.page
    page.get_by_role("button", name=f"{dealer_name} 的更多操作").first.click()
    page.get_by_role("menuitem", name="以 TA 的身份查看").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="以 TA 的身份查看")).to_be_disabled()  # not without a reason
    dialog.get_by_label("原因").fill("核对客户反映的价格")
    dialog.get_by_role("button", name="以 TA 的身份查看").click()
    banner = page.get_by_text(f"您正在以 {dealer_name} 的身份查看")
    expect(banner).to_be_visible()
    page.get_by_role("button", name="结束查看，回到我自己").click()
    expect(banner).to_have_count(0)
    expect(page.locator("button.person", has_text="周敏")).to_be_visible()

    rows = installation.rows(
        "SELECT DISTINCT action, user_id, impersonator_id, reason FROM platform_audit_record"
        " WHERE id > %s AND (user_id IN (%s, %s) OR impersonator_id = %s) AND action LIKE 'user.%%'",
        began,
        admin_id,
        dealer_id,
        admin_id,
    )
    assert ("user.viewed_as", admin_id, None, "核对客户反映的价格") in rows
    assert installation.rows(
        "SELECT count(*) FROM access_session WHERE impersonator_id = %s AND user_id = %s AND ended_at IS NULL",
        admin_id,
        dealer_id,
    ) == [(0,)]


# ── the tree ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_dealer_is_moved_by_drag_and_by_keyboard_and_the_day_and_the_effect_are_told_before(
    sign_in: SignIn, installation: Installation
):
    admin = Api(installation, "admin")
    brand = admin.get("/session")["organization_id"]
    branches = {one["code"]: one for one in admin.get(f"/organizations?parent_id={brand}")["items"]}
    dragged, chosen = (a_partner(admin, brand) for _ in range(2))
    before = ledger_size(installation)
    person = sign_in("admin")
    person.go("/partners/tree")
    page = person.page
    row = page.locator(".ant-tree-treenode", has_text=dragged["name"])
    target = page.locator(".ant-tree-treenode", has_text=branches["HD"]["name"])
    row.locator(".ant-tree-node-content-wrapper").drag_to(target.locator(".ant-tree-node-content-wrapper"))
    answer_move(page, dragged["name"], branches["HD"]["name"])

    # By keys alone: found by its name, then "move to".
    page.get_by_role("searchbox", name="名称、编码或拼音首字母").fill(chosen["name"])
    page.get_by_role("button", name=f"移动 {chosen['name']}").press("Enter")
    picker = page.get_by_role("dialog").get_by_role("combobox", name="移到哪一家之下")
    picker.fill(branches["HN"]["name"])
    expect(page.locator(".ant-select-item-option", has_text=branches["HN"]["name"])).to_be_visible()
    picker.press("Enter")
    answer_move(page, chosen["name"], branches["HN"]["name"])

    for partner, branch in ((dragged, branches["HD"]), (chosen, branches["HN"])):
        placements = installation.rows(
            "SELECT parent_id FROM access_placement WHERE organization_id = %s AND valid_to IS NULL",
            partner["id"],
        )
        assert placements == [(branch["id"],)]
        moves = installation.rows(
            "SELECT reason FROM platform_audit_record WHERE action = 'organization.moved' AND subject_id = %s",
            str(partner["id"]),
        )
        assert moves == [("区域调整",)]
    assert ledger_size(installation) == before  # goods and money stand where they stood
    person.calm()


def a_partner(admin: Api, parent_id: int) -> dict[str, Any]:
    mark = str(uuid7())[-8:].upper()
    made = {
        "name": f"安达{mark}商贸有限公司",
        "code": f"T{mark}",
        "kind": "DISTRIBUTOR",
        "parent_id": parent_id,
    }
    return dict(admin.post("/partners", made))


def answer_move(page: Page, name: str, to: str) -> None:
    """What will change is said before it is agreed to, and from which day."""
    dialog = page.get_by_role("dialog", name=f"移动“{name}”")
    effect = dialog.get_by_role("region", name="移动会带来的变化")
    expect(effect).to_contain_text("一起移动的组织1")
    expect(effect).to_contain_text(f"“{to}”的管理人员将看到它们")
    expect(dialog.get_by_role("textbox", name="从哪一天起")).to_have_value(re.compile(r"^20\d\d-\d\d-\d\d$"))
    expect(dialog.get_by_role("button", name="确认移动")).to_be_disabled()  # a reason is owed
    dialog.get_by_label("原因").fill("区域调整")
    dialog.get_by_role("button", name="确认移动").click()
    expect(page.get_by_text(re.compile(f"已移动：“{name}”从 .* 起隶属“{to}”"))).to_be_visible()


def ledger_size(installation: Installation) -> int:
    [(size,)] = installation.rows("SELECT count(*) FROM ledger_account WHERE balance <> 0 OR held <> 0")
    return int(size)


# ── an order on behalf ─────────────────────────────────────────────────────────────────────────────────────


def test_sales_writes_an_order_for_a_dealer_who_has_the_last_word(
    sign_in: SignIn, installation: Installation
):
    admin, dealer = Api(installation, "admin"), Api(installation, "dealer")
    me = dealer.get("/session")["organization_id"]
    first, second = available(dealer, 2)
    ask = admin.get("/settings/orders.confirm_on_behalf")
    changed = {"value": True, "reason": "代下的订单要客户确认"}
    admin.put("/settings/orders.confirm_on_behalf", changed | {"version": ask["version"]})
    try:
        person = sign_in("sales")
        person.go(f"/orders/new?buyer={me}")
        page = person.page
        page.wait_for_url(re.compile("/carts/"))
        person.settle()
        clear_sheet(page)
        # Type ahead: the code, Enter, the quantity, Enter.
        goods = page.get_by_role("combobox", name="添加商品")
        goods.fill(first["code"])
        expect(page.locator(".ant-select-item-option", has_text=first["code"]).first).to_be_visible()
        goods.press("Enter")
        amount = page.get_by_role("spinbutton", name=f"{first['name']} 数量")
        amount.fill("2")
        amount.press("Enter")
        # And a line out of a chat.
        page.get_by_role("button", name="粘贴或上传清单").click()
        page.get_by_label("每行一种商品，写上数量").fill(
            f"{second['code']} 3{second['base_unit']}\n查无此货 1箱"
        )
        page.get_by_role("button", name="读取清单").click()
        expect(page.get_by_text("待处理的清单行（1）")).to_be_visible()
        expect(page.get_by_role("button", name="提交订单")).to_be_disabled()  # no line gets lost unseen
        page.get_by_role("button", name="全部不要").click()
        total = page.locator(".quote-main dd")
        expect(page.get_by_text("已保存，按现价")).to_be_visible()
        person.settle()
        quoted = Decimal(re.sub(r"[^0-9.]", "", total.inner_text()))
        page.get_by_role("button", name="提交订单").click()
        number = re.search(r"XS\d+-\d+", page.get_by_text(re.compile("已提交，单号")).inner_text())
        assert number is not None
        expect(page.get_by_text("等客户确认后进入审核")).to_be_visible()
    finally:
        again = admin.get("/settings/orders.confirm_on_behalf")
        admin.put(
            "/settings/orders.confirm_on_behalf",
            {"value": ask["value"], "reason": "恢复原样", "version": again["version"]},
        )
    [listed] = dealer.get(f"/orders?text={number[0]}")["items"]
    order = dealer.get(f"/orders/{listed['id']}")
    assert (order["state"], order["buyer_id"]) == ("AWAITING_BUYER", me)
    assert Decimal(order["gross_amount"]) == quoted
    assert [line["sku_id"] for line in order["lines"]] == [first["id"], second["id"]]
    promised = transfers(installation, order["id"])

    buyer = sign_in("dealer")
    buyer.go(f"/orders/{order['id']}")
    buyer.page.get_by_role("button", name="确认这张订单").click()
    expect(buyer.page.get_by_text(f"{number[0]} 已确认，进入审核")).to_be_visible()

    assert dealer.get(f"/orders/{order['id']}")["state"] == "SUBMITTED"
    # The word moved no goods and no money: the promises of the submit stand as they were.
    assert transfers(installation, order["id"]) == promised
    assert {kind for kind, _ in promised} == {"HOLD"}
    assert sum(amount == quoted for _, amount in promised) == 1
    person.calm()
    buyer.calm()


def available(buyer: Api, count: int) -> list[dict[str, Any]]:
    """Goods this buyer may order, that the seller has plenty of, and that are sold by the base unit, too."""
    found = []
    for product in buyer.get("/catalog/products?limit=200")["items"]:
        for sku in product["skus"]:
            [offer] = [
                one
                for one in buyer.get(f"/shop/skus?text={sku['code']}&limit=3")
                if one["sku_id"] == sku["id"]
            ] or [None]
            if offer and offer["level"] == "PLENTY" and offer["unit_price"]:
                found.append({"id": sku["id"], "code": sku["code"], "name": offer["sku_name"], **offer})
            if len(found) == count:
                return found
    raise AssertionError("the buyer's range is too small")


def clear_sheet(page: Page) -> None:
    """The buyer's cart is one for all its colleagues: what another test left goes out."""
    leftovers = page.get_by_role("button", name=re.compile("^移除 "))
    while (left := leftovers.count()) > 0:
        leftovers.first.click()
        expect(leftovers).to_have_count(left - 1)


# ── goods received short, and goods given back ─────────────────────────────────────────────────────────────


def test_a_dealer_receives_short_and_returns_at_the_price_paid(sign_in: SignIn, installation: Installation):
    order = confirmed(installation, lines=1, quantity="6")
    warehouse, dealer = Api(installation, "warehouse"), Api(installation, "dealer")
    me = dealer.get("/session")["organization_id"]
    [place] = {hold["warehouse_id"] for hold in warehouse.get(f"/orders/{order['id']}")["holds"]} - {None}
    shipment = warehouse.post(
        f"/orders/{order['id']}/ship",
        {"id": str(uuid7()), "warehouse_id": place, "lines": None, "note": ""},
    )
    [line] = dealer.get(f"/orders/{order['id']}")["lines"]
    had = on_hand(dealer, me, line["sku_id"])
    shipped = movements(installation, shipment["id"])
    person = sign_in("dealer")
    person.go(f"/warehouse/receive/{shipment['id']}")
    page = person.page
    page.get_by_role("checkbox").first.check()
    page.locator(".case-input input").last.fill("1")
    page.get_by_role("button", name="按实收入库").click()
    expect(page.get_by_text(re.compile("已入库$"))).to_be_visible()
    price, gross = Decimal(line["gross_amount"]) / 6, Decimal(line["gross_amount"])
    received = [
        ("POST", "in_transit", "stock", Decimal(5)),
        ("POST", "in_transit", "stock_adjustment", Decimal(1)),  # the seller's loss, not the buyer's
        ("POST", "sales", "partner_balance", price),
    ]
    assert shipped == [
        ("SETTLE", "partner_balance", "sales", gross),
        ("SETTLE", "stock", "in_transit", Decimal(6)),
    ]
    assert movements(installation, shipment["id"]) == sorted(shipped + received)
    assert on_hand(dealer, me, line["sku_id"]) == had + 5

    person.go(f"/orders/{order['id']}")
    page.get_by_role("button", name="更多").click()
    page.get_by_role("menuitem", name="申请退货").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile("可退"))).to_contain_text("5")
    dialog.locator(".case-input input").last.fill("2")
    dialog.get_by_label("原因").fill("外箱受潮")
    dialog.get_by_role("button", name="申请退货").click()
    expect(page.get_by_text(re.compile("退货申请已提交"))).to_be_visible()
    [asked] = [one for one in dealer.get("/returns?limit=20")["items"] if one["order_id"] == order["id"]]
    assert Decimal(asked["gross_amount"]) == price * 2
    assert movements(installation, asked["id"]) == []  # asking moves nothing
    owed = balance(dealer, me)
    person.calm()

    keeper = sign_in("warehouse")
    keeper.go(f"/returns?number={asked['number']}")
    keeper.page.get_by_text(asked["number"]).first.click()
    keeper.page.get_by_role("dialog").get_by_role("button", name="收货入账").click()
    keeper.page.get_by_role("dialog", name=re.compile("退货收货")).get_by_role(
        "button", name="收货入账"
    ).click()
    expect(keeper.page.get_by_text(f"{asked['number']} 已入库，金额已记回客户")).to_be_visible()

    assert movements(installation, asked["id"]) == [
        ("POST", "sales", "partner_balance", price * 2),
        ("POST", "stock", "stock", Decimal(2)),
    ]
    assert balance(dealer, me) == owed + price * 2
    assert on_hand(dealer, me, line["sku_id"]) == had + 3
    assert movements(installation, shipment["id"]) == sorted(shipped + received)
    keeper.calm()


def balance(api: Api, buyer_id: int) -> Decimal:
    accounts = api.get(f"/balances?buyer_id={buyer_id}")["items"]
    return sum((Decimal(one["balance"]) for one in accounts), Decimal(0))


# ── a dealer's own back-office ─────────────────────────────────────────────────────────────────────────────


def test_a_dealer_enters_what_it_sold_to_a_store_and_its_stock_and_figure_follow(
    sign_in: SignIn, installation: Installation
):
    dealer = Api(installation, "dealer")
    seller = dealer.get("/session")
    me = seller["organization_id"]
    [mine] = dealer.get(f"/warehouses?organization_id={me}")["items"][:1]
    store = dealer.get(f"/organizations?parent_id={me}&limit=1")["items"][0]
    goods = next(
        one
        for one in dealer.get(f"/stock?organization_id={me}&limit=50")["items"]
        if int(one["available"]) > 20
    )
    sku, places = goods["sku_id"], (me, store["id"])
    had = [on_hand(dealer, one, sku) for one in places]
    owed = installation.rows("SELECT sum(balance) FROM ledger_account WHERE kind = 'partner_balance'")
    person = sign_in("dealer")
    page = person.page
    today = page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})")
    person.go("/sales")
    page.get_by_role("button", name="登记销售").click()
    drawer = page.get_by_role("dialog", name="登记销售")
    drawer.get_by_role("combobox", name="选择门店或下游伙伴").fill(store["code"])
    page.locator(".ant-select-item-option", has_text=store["name"]).click()
    scan = drawer.get_by_role("combobox", name="添加商品")
    scan.fill(goods["sku_code"])
    scan.press("Enter")
    drawer.get_by_role("group", name=f"{goods['sku_name']} 数量").locator("input").last.fill("7")
    drawer.get_by_label(f"{goods['sku_name']} 实收金额").fill("70.5")
    drawer.get_by_role("button", name="登记", exact=True).click()
    told = page.get_by_text(re.compile("已登记，单号"))
    expect(told).to_be_visible()
    number = told.inner_text().split()[-1]
    # Each organization counts its own: a store's first sale of the day has the same number.
    sales = dealer.get("/sell-out?limit=50")["items"]
    [sale] = [one for one in sales if (one["organization_id"], one["number"]) == (me, number)]

    moved = movements(installation, sale["id"])  # one row for each lot that it takes
    assert {row[:3] for row in moved} == {("POST", "stock", "stock")}
    assert sum(row[3] for row in moved) == 7
    after = [on_hand(dealer, one, sku) for one in places]
    assert after == [had[0] - 7, had[1] + 7]
    # What the store pays its dealer is between the two: no account of money moved.
    assert installation.rows("SELECT sum(balance) FROM ledger_account WHERE kind = 'partner_balance'") == owed
    codes = (mine["code"], store["code"])
    eventually(lambda: figures(dealer, today, goods["sku_code"], codes) == after)
    person.go(f"/stock?organization={me}&text={goods['sku_code']}")
    person.settle()
    person.calm()


def figures(api: Api, day: str, sku_code: str, partners: Sequence[str]) -> list[Decimal]:
    """Units on hand of each of them, as the dashboard counts them."""
    answer = api.post(
        "/metrics/query",
        {
            "metrics": ["stock_units"],
            "dimensions": ["partner", "sku"],
            "start": day,
            "end": str(date.fromisoformat(day) + timedelta(days=1)),
            "limit": 10_000,
        },
    )
    found = {tuple(row["keys"]): Decimal(row["values"][0]) for row in answer["rows"]}
    return [found.get((partner, sku_code), Decimal(0)) for partner in partners]
