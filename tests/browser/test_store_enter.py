"""Somebody who works for two companies enters the store by a code, changes the company, ends a device, sets a password."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from secrets import randbelow
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.acting import Api
from tests.browser.conftest import Installation, Person, listen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]  # one process: they share an installation

FIRST_PASSWORD = "given-by-the-owner"
OWN_PASSWORD = "own-words-2026"
EXPECTED = ("/session/code", "/session/switch", "/api/v1/session")  # refusals that the journeys provoke


@dataclass(frozen=True)
class Hired:
    """A new colleague, with a first password that the owner chose for them."""

    user_id: int
    username: str
    organization_name: str


def a_phone() -> str:
    """Nobody's: each phone may ask for one code a minute, so no test shares one."""
    return f"170{10_000_000 + randbelow(80_000_000):08d}"


Hire = Callable[..., Hired]


@pytest.fixture
def hire(installation: Installation) -> Iterator[Hire]:
    """`hire("d0021", phone=...)`: a colleague of that owner, who leaves again: seats are few."""
    made: list[tuple[Api, dict[str, Any]]] = []

    def one(owner: str, *, phone: str, role: str = "BUYER") -> Hired:
        api = Api(installation, owner)
        session = api.get("/session")
        body = {
            "username": f"u{phone[3:]}.{owner}",
            "name": "陆文静",
            "password": FIRST_PASSWORD,
            "phone": phone,
            "roles": [role],
            "organization_id": session["organization_id"],
        }
        made.append((api, api.post("/users", body)))
        return Hired(made[-1][1]["id"], body["username"], session["organization_name"])

    yield one
    for api, user in made:
        version = api.get(f"/users/{user['id']}")["version"]
        api.put(f"/users/{user['id']}", {"version": version, "is_active": False})


def signed_in(installation: Installation, username: str, password: str) -> Api:
    """Another device of theirs."""
    api = object.__new__(Api)
    api.url, api.token = f"{installation.url}/api/v1", ""
    api.token = api.post("/session", {"username": username, "password": password, "device": True})["token"]
    return api


def is_open(api: Api) -> bool:
    try:
        api.get("/session")
    except AssertionError:
        return False
    return True


def newest_code(installation: Installation, phone: str) -> str:
    """What the development outbox kept for this phone."""
    kept = Api(installation, "admin").get("/messages/outbox")
    return str(next(one["values"]["code"] for one in kept if one["recipient"] == phone))


@pytest.fixture
def phone_screen(installation: Installation, chromium: Browser) -> Iterator[Person]:
    """A phone with the store's sign-in page; nobody is signed in."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=True,
    )
    store = os.environ.get("HUILIU_TEST_STORE", f"{installation.url}/store/")
    person = Person(context.new_page(), store)
    listen(person)
    person.page.goto(f"{store}#/pages/sign-in/index")
    yield person
    context.close()


def pressed(page: Page, name: str | re.Pattern[str]) -> None:
    """Pages below the one on top stay in the document."""
    page.get_by_role("button", name=name, exact=True).locator("visible=true").click()


def seen(page: Page, words: str | re.Pattern[str]) -> Locator:
    found = page.get_by_text(words).locator("visible=true").first
    expect(found).to_be_visible()
    return found


def only_expected(person: Person) -> None:
    told = [one for one in person.complaints if "status of 4" not in one]
    assert [one for one in told if not one.endswith(EXPECTED)] == []


def test_by_a_code_for_one_of_two_companies_then_the_other(
    phone_screen: Person, installation: Installation, hire: Hire
):
    phone = a_phone()
    first = hire("d0021", phone=phone)
    second = hire("d0022", phone=phone)
    other_device = signed_in(installation, second.username, FIRST_PASSWORD)
    other_device.post("/session/password", {"old": FIRST_PASSWORD, "new": OWN_PASSWORD})
    secret = other_device.post("/session/totp")["secret"]
    recovery = other_device.post(
        "/session/totp/confirm", {"secret": secret, "code": pyotp.TOTP(secret).now()}
    )["recovery_codes"]
    page = phone_screen.page

    # A code is asked for; leaving the page keeps the wait and the number.
    pressed(page, "验证码登录")
    page.get_by_label("手机号", exact=True).fill(f"{phone[:3]} {phone[3:7]} {phone[7:]}")
    pressed(page, "获取验证码")
    again = page.get_by_role("button", name=re.compile(r"^\d+ 秒后可重发$"))
    expect(again).to_be_disabled()
    page.reload()
    expect(page.get_by_label("手机号", exact=True)).to_have_value(phone)
    expect(again).to_be_disabled()
    code = newest_code(installation, phone)

    page.get_by_label("短信验证码").fill(f"{(int(code) + 1) % 10**6:06d}")
    pressed(page, "登录")
    seen(page, "验证码不正确或已过期")
    page.get_by_label("短信验证码").fill(code)
    pressed(page, "登录")
    seen(page, "您为多家公司办事，这次以哪家的身份登录？")
    page.get_by_role("radio", name=first.organization_name).click()
    expect(page.get_by_role("navigation", name="主导航").first).to_be_visible()
    assert page.context.request.get(f"{installation.url}/api/v1/session").json()["user_id"] == first.user_id

    # The other company asks for its own second factor; a recovery code is as good.
    page.get_by_role("navigation", name="主导航").locator("visible=true").get_by_role(
        "button", name="我的"
    ).click()
    pressed(page, f"切换到 {second.organization_name}")
    factor = page.get_by_label("动态验证码")
    factor.fill("000000")
    pressed(page, "切换身份")
    seen(page, re.compile("动态验证码不对"))
    factor.fill(recovery[0])
    pressed(page, "切换身份")
    seen(page, f"已切换到 {second.organization_name}")
    session = page.context.request.get(f"{installation.url}/api/v1/session").json()
    assert (session["user_id"], session["organization_name"]) == (second.user_id, second.organization_name)

    # The device list ends the other device, this one stays.
    assert is_open(other_device)
    page.goto(f"{phone_screen.url}#/packages/mine/settings/index")
    pressed(page, "让 手机 退出登录")
    seen(page, "手机 已退出登录")
    assert not is_open(other_device)
    assert page.context.request.get(f"{installation.url}/api/v1/session").ok

    # What waits on this device is named before one leaves.
    owner = f"{second.user_id}.{session['organization_id']}"
    page.evaluate(
        "([name, entry]) => localStorage.setItem(name, entry)",
        ["huiliu.outbox.one", json.dumps({"data": waiting(owner)})],
    )
    page.reload()
    pressed(page, "退出登录")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("还有 1 单没有发出")
    dialog.get_by_role("button", name="退出登录").click()
    expect(page.get_by_label("手机号", exact=True).locator("visible=true")).to_be_visible()
    assert page.context.request.get(f"{installation.url}/api/v1/session").status == 401
    assert page.evaluate("localStorage.getItem('huiliu.owner')") is None
    only_expected(phone_screen)


def waiting(owner: str) -> dict[str, Any]:
    """An entry of the outbox that the server refused: it goes out when somebody looks at it."""
    return {
        "id": "one",
        "kind": "cancel",
        "owner": owner,
        "wish": {"url": "/api/v1/orders/none/cancel", "data": {}},
        "facts": {},
        "state": "refused",
        "why": "",
        "attempts": 1,
        "rounds": 1,
        "madeAt": 1,
        "nextAt": 0,
        "sent": None,
        "offer": None,
        "problem": None,
        "answer": None,
        "endedAt": None,
    }


def test_a_first_password_opens_nothing_but_the_page_where_it_is_changed(
    phone_screen: Person, installation: Installation, hire: Hire
):
    hand = hire("d0021", phone=a_phone(), role="KEEPER")
    page = phone_screen.page

    page.get_by_label("手机号或用户名").fill(hand.username)
    page.get_by_label("密码", exact=True).fill(FIRST_PASSWORD)
    page.get_by_label("密码", exact=True).press("Enter")
    seen(page, "请设置新密码")
    page.goto(f"{phone_screen.url}#/pages/cart/index")
    page.reload()  # what was typed before is forgotten with it
    seen(page, "请设置新密码")
    page.get_by_label("现在的密码").fill(FIRST_PASSWORD)
    expect(page.get_by_role("button", name="返回")).to_have_count(0)

    page.get_by_label("新密码", exact=True).fill("short")
    page.get_by_label("再输一遍新密码").fill("other")
    pressed(page, "保存新密码")
    seen(page, "至少 10 位")
    seen(page, "两次输入的新密码不一样")
    page.get_by_label("新密码", exact=True).fill(OWN_PASSWORD)
    page.get_by_label("再输一遍新密码").fill(OWN_PASSWORD)
    pressed(page, "保存新密码")
    seen(page, "密码已修改，其他设备已退出")
    expect(page.get_by_role("navigation", name="主导航").first).to_be_visible()

    assert signed_in(installation, hand.username, OWN_PASSWORD).get("/session")["scopes"] != ["session:use"]
    with pytest.raises(AssertionError, match=r"access\.credentials_wrong"):
        signed_in(installation, hand.username, FIRST_PASSWORD)
