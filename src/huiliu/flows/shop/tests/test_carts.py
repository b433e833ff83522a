"""A cart is shared by colleagues and devices: what one writes the other sees, and neither overwrites the other unseen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.catalog.models import Sku
from huiliu.kernel.ids import uuid7
from huiliu.orders.models import Cart, CartLine, Order
from huiliu.orders.services import carts
from huiliu.platform import stamps
from huiliu.platform.models import AuditRecord, Event
from huiliu.testing.actors import an_actor
from huiliu.testing.api import Api
from huiliu.testing.catalog import a_scope_rule
from huiliu.testing.trade import Channel, a_channel, a_price_list, a_sku, stock_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return a_channel(stock="1000")


@pytest.fixture
def buyer(channel: Channel) -> Api:
    return Api(channel.owner)


def opened(api: Api, **sides: int) -> dict[str, Any]:
    answer = api.post("/carts/default", sides)
    assert answer.status_code == 200, answer.content
    cart: dict[str, Any] = answer.json()
    return cart


def added(api: Api, cart: dict[str, Any], *lines: dict[str, Any]) -> dict[str, Any]:
    answer = api.post(f"/carts/{cart['id']}/lines", {"lines": list(lines)})
    assert answer.status_code == 200, answer.content
    changed: dict[str, Any] = answer.json()
    return changed


def put(api: Api, cart: dict[str, Any], *lines: dict[str, Any], version: int = 0, **more: object) -> Any:
    body = {"version": version or cart["version"], "lines": list(lines), **more}
    return api.put(f"/carts/{cart['id']}/lines", body)


def line(channel: Channel, quantity: str, unit: str = "瓶", **more: object) -> dict[str, Any]:
    return {"sku_id": channel.sku.pk, "quantity": quantity, "unit": unit, **more}


def lines_of(cart: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["sku_code"], one["quantity"], one["unit"]) for one in cart["lines"]]


def test_colleagues_and_devices_find_the_same_cart(channel: Channel, buyer: Api) -> None:
    colleague = Api(an_actor(channel.dealer, Role.BUYER))

    first, second = opened(buyer), opened(colleague)

    assert first["id"] == second["id"]
    assert (first["is_default"], first["lines"], first["buyer_id"], first["seller_id"]) == (
        True,
        [],
        channel.dealer.pk,
        channel.brand.pk,
    )
    assert Cart.objects.count() == 1
    added(buyer, first, line(channel, "3"))
    assert lines_of(colleague.get(f"/carts/{first['id']}").json()) == [("W550", "3", "瓶")]


def test_what_is_put_in_has_its_price_at_once(channel: Channel, buyer: Api) -> None:
    cart = added(buyer, opened(buyer), line(channel, "3", "箱"), line(channel, "5", "瓶", note="冰的"))

    assert [(one["unit_price"], one["gross_amount"], one["note"]) for one in cart["lines"]] == [
        ("240", "720.00", ""),
        ("10", "50.00", "冰的"),
    ]
    assert (cart["gross_amount"], cart["orderable"], cart["line_count"], cart["news"]) == (
        "770.00",
        True,
        2,
        None,
    )
    row = Cart.objects.get()
    assert (row.quote_digest, row.quote_gross) == (cart["digest"], Decimal(770))
    assert row.priced_at is not None


def test_the_same_sku_in_the_same_unit_is_one_line(channel: Channel, buyer: Api) -> None:
    cart = added(buyer, opened(buyer), line(channel, "3"), line(channel, "4"))

    cart = added(buyer, cart, line(channel, "5"), line(channel, "1", "箱"))

    assert lines_of(cart) == [("W550", "12", "瓶"), ("W550", "1", "箱")]


def test_the_same_addition_sent_twice_is_one(channel: Channel, buyer: Api) -> None:
    cart = opened(buyer)
    for _ in range(2):
        buyer.post(f"/carts/{cart['id']}/lines", {"lines": [line(channel, "3")]}, key="one")

    assert lines_of(buyer.get(f"/carts/{cart['id']}").json()) == [("W550", "3", "瓶")]


def test_a_line_that_another_device_changed_is_not_overwritten(channel: Channel, buyer: Api) -> None:
    read = added(buyer, opened(buyer), line(channel, "3"))
    assert put(buyer, read, line(channel, "4")).status_code == 200

    refused = put(buyer, read, line(channel, "9"))

    assert (refused.status_code, refused.json()["code"]) == (412, "platform.stale")
    assert refused.json()["facts"]["lines"] == [{"sku_id": channel.sku.pk, "unit": "瓶"}]
    assert lines_of(buyer.get(f"/carts/{read['id']}").json()) == [("W550", "4", "瓶")]


def test_two_devices_change_two_lines_of_what_they_both_read(channel: Channel, buyer: Api) -> None:
    read = added(buyer, opened(buyer), line(channel, "3"), line(channel, "1", "箱"))

    assert put(buyer, read, line(channel, "4")).status_code == 200
    second = put(buyer, read, line(channel, "2", "箱"))

    assert second.status_code == 200
    assert lines_of(second.json()) == [("W550", "4", "瓶"), ("W550", "2", "箱")]


def test_the_same_change_sent_twice_is_done_once(channel: Channel, buyer: Api) -> None:
    read = added(buyer, opened(buyer), line(channel, "3"))

    first, again = put(buyer, read, line(channel, "4")), put(buyer, read, line(channel, "4"))

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["version"] == again.json()["version"] == read["version"] + 1


def test_a_line_taken_off_is_not_revived_by_who_did_not_see_it(channel: Channel, buyer: Api) -> None:
    read = added(buyer, opened(buyer), line(channel, "3"))
    gone = put(buyer, read, line(channel, "0")).json()

    assert put(buyer, read, line(channel, "5")).status_code == 412
    assert (gone["lines"], gone["line_count"]) == ([], 0)
    assert lines_of(put(buyer, gone, line(channel, "5")).json()) == [("W550", "5", "瓶")]


def test_a_whole_cart_is_replaced_only_by_who_saw_it_whole(channel: Channel, buyer: Api) -> None:
    read = added(buyer, opened(buyer), line(channel, "3"))
    added(buyer, read, line(channel, "1", "箱"))

    assert put(buyer, read, line(channel, "7"), is_whole=True).status_code == 412
    now = buyer.get(f"/carts/{read['id']}").json()
    assert lines_of(put(buyer, now, line(channel, "7"), is_whole=True).json()) == [("W550", "7", "瓶")]


def test_if_match_names_the_version(channel: Channel, buyer: Api) -> None:
    cart = added(buyer, opened(buyer), line(channel, "3"))
    tag = buyer.get(f"/carts/{cart['id']}")["ETag"]

    body = {"lines": [line(channel, "4")]}
    answer = buyer._send("PUT", f"/carts/{cart['id']}/lines", body=body, headers={"If-Match": tag})

    assert answer.status_code == 200
    assert buyer.put(f"/carts/{cart['id']}/lines", body).status_code in (412, 422, 428)


def test_a_line_below_its_minimum_stays_with_the_reason(channel: Channel, buyer: Api) -> None:
    Sku.objects.filter(pk=channel.sku.pk).update(order_minimum="12")
    stamps.forget()

    cart = added(buyer, opened(buyer), line(channel, "3"))

    [row] = cart["lines"]
    assert (row["problem"]["code"], row["unit_price"], row["minimum"]) == (
        "catalog.below_minimum",
        None,
        "12",
    )
    assert (cart["orderable"], cart["gross_amount"]) == (False, "0.00")
    refused = buyer.post(f"/carts/{cart['id']}/submit", {"id": str(uuid7())})
    assert (refused.status_code, refused.json()["code"]) == (422, "catalog.below_minimum")
    assert not Order.objects.exists()


def test_a_limit_speaks_of_all_lines_of_its_goods(channel: Channel, buyer: Api) -> None:
    Sku.objects.filter(pk=channel.sku.pk).update(order_limit="30")
    stamps.forget()

    cart = added(buyer, opened(buyer), line(channel, "10"), line(channel, "1", "箱"))

    assert [one["problem"]["code"] for one in cart["lines"]] == ["catalog.above_order_limit"] * 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"sku_id": 999_999, "quantity": "1"}, "catalog.sku_unknown"),
        ({"sku_code": "NONE", "quantity": "1"}, "catalog.sku_unknown"),
        ({"sku_code": "W550", "quantity": "1", "unit": "桶"}, "kernel.unit_unknown"),
        ({"sku_code": "W550", "quantity": "0.5"}, "kernel.quantity_not_whole"),
    ],
)
def test_what_cannot_stand_in_a_cart_is_refused_by_its_line(
    channel: Channel, buyer: Api, wrong: dict[str, str], code: str
) -> None:
    cart = opened(buyer)

    refused = buyer.post(f"/carts/{cart['id']}/lines", {"lines": [line(channel, "1"), wrong]})

    assert refused.json()["code"] == code
    assert refused.json()["fields"][0]["field"].startswith("lines.1")
    assert not CartLine.objects.exists()


def test_goods_outside_of_the_range_do_not_go_in_and_those_that_leave_it_are_shown(
    channel: Channel, buyer: Api
) -> None:
    cart = added(buyer, opened(buyer), line(channel, "3"))
    a_scope_rule(is_allow=False, sku_ids=[channel.sku.pk])

    shown = buyer.get(f"/carts/{cart['id']}").json()

    assert shown["lines"][0]["problem"]["code"] == "orders.not_sellable"
    assert shown["lines"][0]["change"] == {
        "unit_price_before": "10",
        "unit_price_after": None,
        "difference": "-30.00",
    }
    refused = buyer.post(f"/carts/{cart['id']}/lines", {"lines": [line(channel, "1")]})
    assert (refused.status_code, refused.json()["code"]) == (409, "orders.not_sellable")
    assert lines_of(put(buyer, shown, line(channel, "0")).json()) == []


def test_a_submitted_cart_names_its_order_and_a_new_one_is_empty(channel: Channel, buyer: Api) -> None:
    cart = added(buyer, opened(buyer), line(channel, "3"))

    placed = buyer.post(
        f"/carts/{cart['id']}/submit",
        {"id": str(uuid7()), "version": cart["version"], "quote_digest": cart["digest"]},
    )

    assert placed.status_code == 201
    order = placed.json()
    assert (order["gross_amount"], order["line_count"], order["twin"]) == ("30.00", 1, None)
    closed = buyer.get(f"/carts/{cart['id']}").json()
    assert (closed["state"], closed["order_number"], closed["order_id"]) == (
        "ORDERED",
        order["number"],
        order["id"],
    )
    assert lines_of(closed) == [("W550", "3", "瓶")]
    fresh = opened(buyer)
    assert (fresh["id"] != cart["id"], fresh["lines"]) == (True, [])
    assert buyer.post(f"/carts/{cart['id']}/lines", {"lines": [line(channel, "1")]}).json()["code"] == (
        "orders.cart_ordered"
    )


def test_a_cart_sent_from_two_devices_is_one_order(channel: Channel, buyer: Api) -> None:
    cart = added(buyer, opened(buyer), line(channel, "3"))

    first = buyer.post(f"/carts/{cart['id']}/submit", {"id": str(uuid7())}).json()
    second = buyer.post(f"/carts/{cart['id']}/submit", {"id": str(uuid7())})

    assert (second.status_code, second.json()["id"]) == (201, first["id"])
    assert Order.objects.count() == 1


def test_a_cart_changed_since_it_was_read_is_not_ordered(channel: Channel, buyer: Api) -> None:
    cart = added(buyer, opened(buyer), line(channel, "3"))
    added(buyer, cart, line(channel, "1"))

    refused = buyer.post(f"/carts/{cart['id']}/submit", {"id": str(uuid7()), "version": cart["version"]})

    assert (refused.status_code, refused.json()["code"]) == (412, "platform.stale")
    assert not Order.objects.exists()


def test_an_empty_cart_is_no_order(buyer: Api) -> None:
    refused = buyer.post(f"/carts/{opened(buyer)['id']}/submit", {"id": str(uuid7())})

    assert (refused.status_code, refused.json()["code"]) == (422, "orders.empty")


def test_the_same_order_again_within_minutes_is_told_not_refused(channel: Channel, buyer: Api) -> None:
    def ordered(*quantities: str) -> dict[str, Any]:
        body = {"id": str(uuid7()), "lines": [line(channel, quantity) for quantity in quantities]}
        placed: dict[str, Any] = buyer.post("/orders", body).json()
        return placed

    first = ordered("7")
    other = ordered("8")
    again = ordered("3", "4")  # the same units of the same goods, split

    assert (first["twin"], other["twin"]) == (None, None)
    assert (again["twin"]["id"], again["twin"]["number"]) == (first["id"], first["number"])
    assert Order.objects.count() == 3


def test_named_carts_stand_beside_the_default_one(channel: Channel, buyer: Api) -> None:
    default = opened(buyer)
    body = {"id": str(uuid7()), "name": "中秋备货"}
    made, again = buyer.post("/carts", body), buyer.post("/carts", body)

    assert (made.status_code, again.json()["id"]) == (201, made.json()["id"])
    page = buyer.get("/carts").json()
    assert sorted((row["name"], row["is_default"]) for row in page["items"]) == [
        ("", True),
        ("中秋备货", False),
    ]
    cart = made.json()
    renamed = buyer.put(
        f"/carts/{cart['id']}", {"name": "国庆备货", "note": "周五前", "version": cart["version"]}
    )
    assert (renamed.json()["name"], renamed.json()["note"]) == ("国庆备货", "周五前")
    added(buyer, cart, line(channel, "2"))
    added(buyer, default, line(channel, "1"))
    merged = buyer.post(f"/carts/{default['id']}/merge", {"from_cart_id": cart["id"]})
    assert lines_of(merged.json()) == [("W550", "3", "瓶")]
    assert buyer.get(f"/carts/{cart['id']}").status_code == 404
    assert buyer.delete(f"/carts/{default['id']}").status_code == 204
    assert Cart.objects.count() == CartLine.objects.count() == 0


def test_limits_are_named(channel: Channel, buyer: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carts, "CARTS_MAX", 1)
    monkeypatch.setattr(carts, "LINES_MAX", 1)
    cart = opened(buyer)

    too_many = buyer.post("/carts", {"id": str(uuid7()), "name": "第二个"})
    full = buyer.post(f"/carts/{cart['id']}/lines", {"lines": [line(channel, "1"), line(channel, "1", "箱")]})

    assert (too_many.status_code, too_many.json()["code"]) == (409, "orders.too_many_carts")
    assert (full.status_code, full.json()["code"]) == (409, "orders.cart_full")
    assert not CartLine.objects.exists()


def test_a_cart_prepared_for_a_buyer_is_the_preparers_and_pays_the_buyers_price(channel: Channel) -> None:
    staff, dealer = Api(channel.staff), Api(channel.owner)
    cart = added(staff, opened(staff, buyer_id=channel.dealer.pk), line(channel, "2"))

    assert cart["gross_amount"] == "20.00"
    assert dealer.get(f"/carts/{cart['id']}").status_code == 404
    assert opened(dealer)["id"] != cart["id"]
    placed = staff.post(f"/carts/{cart['id']}/submit", {"id": str(uuid7())}).json()
    order = Order.objects.get(pk=placed["id"])
    assert (order.buyer_id, order.on_behalf) == (channel.dealer.pk, True)


def test_a_past_order_goes_into_a_cart_and_nothing_is_lost_in_silence(channel: Channel, buyer: Api) -> None:
    stopped = a_sku("OLD")
    a_price_list(
        author=channel.manager,
        approver=channel.staff,
        seller=channel.brand,
        prices={stopped.pk: "5"},
        code="OLD",
    )
    stock_up(channel.warehouse, stopped, "10")
    body = {
        "id": str(uuid7()),
        "lines": [line(channel, "2", "箱"), {"sku_code": "OLD", "quantity": "4", "unit": "瓶"}],
    }
    assert buyer.post("/orders", body).status_code == 201
    Sku.objects.filter(pk=stopped.pk).update(status="STOPPED")
    stamps.forget()

    done = buyer.post(f"/orders/{body['id']}/reorder", {})

    assert done.status_code == 200, done.content
    told = done.json()
    assert (told["added"], lines_of(told["cart"])) == (1, [("W550", "2", "箱")])
    [left] = told["left_out"]
    assert (left["line_no"], left["sku_code"], left["quantity"], left["unit"]) == (2, "OLD", "4", "瓶")
    assert left["problem"]["code"] == "catalog.sku_not_active"
    assert opened(buyer)["id"] == told["cart"]["id"]


def test_the_people_of_the_cart_hear_of_it_and_nobody_beside(channel: Channel, buyer: Api) -> None:
    cart = added(buyer, opened(buyer), line(channel, "1"))
    buyer.post(f"/carts/{cart['id']}/submit", {"id": str(uuid7())})

    told = Event.objects.filter(subject_type="cart").order_by("id")
    assert [event.type for event in told] == ["cart.created", "cart.changed", "cart.ordered"]
    assert {(event.visible_path, event.visible_path_2) for event in told} == {(channel.dealer.path, "")}
    trail = AuditRecord.objects.filter(subject_type="cart").order_by("id").values_list("action", flat=True)
    assert list(trail) == ["cart.created", "cart.ordered"]


ROUTES = [
    ("GET", "/carts", None),
    ("GET", "/carts/{cart}", None),
    ("PUT", "/carts/{cart}", {"name": "x", "version": 2}),
    ("POST", "/carts/{cart}/lines", {"lines": [{"sku_code": "W550", "quantity": "1"}]}),
    ("PUT", "/carts/{cart}/lines", {"version": 2, "lines": []}),
    ("POST", "/carts/{cart}/merge", {"from_cart_id": "01890000-0000-7000-8000-000000000000"}),
    ("POST", "/carts/{cart}/acknowledge", {"digest": "x"}),
    ("POST", "/carts/{cart}/quick-entry", {"text": "W550 1瓶"}),
    ("POST", "/carts/{cart}/submit", {"id": "{new}"}),
    ("DELETE", "/carts/{cart}", None),
    ("POST", "/orders/{order}/reorder", {}),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES, ids=[f"{m} {p}" for m, p, _ in ROUTES])
def test_who_may_touch_a_cart(channel: Channel, buyer: Api, method: str, path: str, body: Any) -> None:
    cart = added(buyer, opened(buyer), line(channel, "1"))
    order_id = str(uuid7())
    assert buyer.post("/orders", {"id": order_id, "lines": [line(channel, "2")]}).status_code == 201
    path = path.replace("{cart}", cart["id"]).replace("{order}", order_id)
    if body == {"id": "{new}"}:
        body = {"id": str(uuid7())}
    before = list(Cart.objects.values()), list(CartLine.objects.values()), Order.objects.count()
    others = {
        "anonymous": (Api(), 401),
        "warehouse": (Api(channel.keeper), 403),
        "keeper": (Api(an_actor(channel.dealer, Role.KEEPER)), 403),
        "other dealer": (Api(channel.other_owner), 200 if path == "/carts" else 404),
        "its store": (Api(channel.store_owner), 200 if path == "/carts" else 404),
    }
    if not path.startswith("/orders"):
        others["headquarters"] = (Api(channel.staff), 200 if path == "/carts" else 404)
    for who, (api, status) in others.items():
        answer = api._send(method, path, body=body, headers={"Idempotency-Key": str(uuid7())})
        assert answer.status_code == status, (who, answer.content)
        if path == "/carts" and status == 200:
            assert answer.json()["items"] == [], who
    after = list(Cart.objects.values()), list(CartLine.objects.values()), Order.objects.count()
    assert before == after
    allowed = buyer._send(method, path, body=body, headers={"Idempotency-Key": str(uuid7())})
    assert allowed.status_code not in (401, 403), allowed.content
