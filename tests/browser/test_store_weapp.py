"""The compiled mini-program, run in an emulated host against a real server: what is ordered there stands here.

It shares the installation with the browser's journeys; no browser takes part. See docs/runbooks/weapp.md for what
this proves and what it does not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from huiliu.testing.wechat import Wechat
from tests.browser.acting import Api, eventually, transfers
from tests.browser.conftest import PASSWORD, Installation
from tests.browser.test_store_enter import a_phone
from tests.browser.test_store_follow import on_hand, shipped, state_of
from tests.browser.test_store_order import GOODS, empty_cart, orders_of_today, priced

STORE = Path(__file__).parents[2] / "web" / "store"
JOURNEYS = STORE / "host" / "journeys"


@dataclass(frozen=True)
class Told:
    """What a journey saw: its last page, its words, every request, whatever the program complained about."""

    route: str
    text: str
    said: str
    complaints: list[str]
    sent: list[dict[str, Any]]


def journey(installation: Installation, name: str, username: str, *arguments: str) -> Told:
    """Runs a journey of the compiled pages; a step that does not come true ends the test with its words."""
    if not (STORE / "dist" / "weapp.json").exists():
        pytest.fail("The mini-program is not built: make weapp", pytrace=False)
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("node")),
            str(JOURNEYS / f"{name}.mjs"),
            installation.url,
            username,
            PASSWORD,
            *arguments,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert done.returncode == 0, f"{told.get('error')}\n{done.stderr}\n{told['sent'][-12:]}"
    return Told(**{name: told[name] for name in Told.__dataclass_fields__})


def ordered(installation: Installation, before: set[str]) -> dict[str, Any]:
    """The one order that came into being, with the rows it must have."""
    [order_id] = orders_of_today(installation) - before
    order = dict(Api(installation, "buyer").get(f"/orders/{order_id}"))
    quote = priced(installation)
    assert order["gross_amount"] == quote["gross_amount"]
    assert installation.rows(
        "SELECT sku_code, unit, entered_quantity, ordered, gross_amount FROM orders_line"
        " WHERE order_id = %s ORDER BY line_no",
        order_id,
    ) == [
        (GOODS, "箱", Decimal(2), Decimal(30), Decimal(quote["lines"][0]["gross_amount"])),
        (GOODS, "瓶", Decimal(3), Decimal(3), Decimal(quote["lines"][1]["gross_amount"])),
    ]
    held = [amount for kind, amount in transfers(installation, order_id) if kind == "HOLD"]
    assert sorted(held) == sorted([Decimal(30), Decimal(3), Decimal(quote["gross_amount"])])
    return order


def test_an_order_in_the_mini_program(installation: Installation):
    empty_cart(installation, "buyer")
    before = orders_of_today(installation)

    told = journey(installation, "order", "buyer")

    order = ordered(installation, before)
    assert told.said == order["number"]
    assert order["buyer_note"] == "放后门"
    assert told.complaints == []
    # WeChat knows no PATCH, and asks nobody whom the administrator did not list.
    assert {one["method"] for one in told.sent} <= {"GET", "POST", "PUT", "DELETE"}
    assert {one["path"].split("/")[1] for one in told.sent} == {"api"}


def test_a_lost_answer_leaves_one_order(installation: Installation):
    empty_cart(installation, "buyer")
    before = orders_of_today(installation)

    told = journey(installation, "order", "buyer", "lost")

    order = ordered(installation, before)
    assert told.said == order["number"]
    deaf = [one for one in told.sent if one["state"] == "deaf"]
    assert deaf, "no answer was lost"
    assert {one["status"] for one in deaf} <= {200, 201}, "the server had not taken it"


def test_a_delivery_is_received_short_in_the_mini_program(installation: Installation):
    order, shipment = shipped(installation, quantity="3")
    dealer = Api(installation, "dealer")
    [line] = dealer.get(f"/orders/{order['id']}")["lines"]
    buyer_id = dealer.get("/session")["organization_id"]
    before = on_hand(dealer, line["sku_id"], buyer_id)
    unit = line["units"][-1]["unit"]

    told = journey(installation, "receive", "dealer", order["number"], line["sku_name"], unit, "2")

    eventually(lambda: state_of(installation, "dealer", order["id"]) == "COMPLETED")
    assert on_hand(dealer, line["sku_id"], buyer_id) == before + 2
    assert [kind for kind, _ in transfers(installation, shipment["id"])].count("SETTLE") >= 1
    assert told.complaints == []


def test_wechat_alone_opens_an_account_once_it_is_bound(installation: Installation, wechat: Wechat):
    wechat.logins |= {f"enter-{number}": ("o-enter", "") for number in range(3)}

    bound = journey(installation, "enter", "d0024", "enter-0,enter-1", "bind")
    silent = journey(installation, "enter", "d0024", "enter-2", "silent")

    # The first code was nobody's, the second bound it; the third alone signed in, then what it opened was taken back.
    asked = [
        query["js_code"]
        for path, query, _ in wechat.asked
        if path == "/sns/jscode2session" and query["js_code"].startswith("enter-")
    ]
    assert asked == ["enter-0", "enter-1", "enter-2"]
    assert not any(one["path"] == "/api/v1/session" and one["method"] == "POST" for one in silent.sent)
    assert bound.complaints + silent.complaints == []
    rows = installation.rows(
        "SELECT b.ended_at IS NOT NULL, s.kind, s.ended_at IS NOT NULL FROM access_wechat_binding b"
        " JOIN access_session s ON s.wechat_binding_id = b.id WHERE b.openid = 'o-enter'"
    )
    assert rows == [(True, "WECHAT", True)]


def test_the_phone_that_wechat_knows_binds_and_signs_in_with_one_press(
    installation: Installation, wechat: Wechat
):
    admin, phone = Api(installation, "admin"), a_phone()
    person = next(one for one in admin.get("/users?text=d0025")["items"] if one["username"] == "d0025")
    admin.put(f"/users/{person['id']}", {"version": person["version"], "phone": phone})
    wechat.logins["one-press"] = ("o-one-press", "")
    wechat.phones["phone-of-one-press"] = phone

    told = journey(installation, "enter", "d0025", "one-press,phone-of-one-press", "phone")

    [bound] = [one for one in told.sent if one["path"] == "/api/v1/session/wechat/phone"]
    assert (bound["method"], bound["status"]) == ("POST", 201)
    assert not any(one["path"] == "/api/v1/session" and one["method"] == "POST" for one in told.sent)
    assert told.complaints == []
    # WeChat told the phone to the server alone; from now on its word is enough.
    assert "phone-of-one-press" in wechat.used
    assert installation.rows(
        "SELECT b.user_id, b.ended_at, s.kind FROM access_wechat_binding b"
        " JOIN access_session s ON s.wechat_binding_id = b.id WHERE b.openid = 'o-one-press'"
    ) == [(person["id"], None, "WECHAT")]
