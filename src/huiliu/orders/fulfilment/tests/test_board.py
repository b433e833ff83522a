"""The keeper's board: what waits, what is short and who gets it, picks, shipments with both sides."""

from __future__ import annotations

from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors as ledger
from huiliu.platform.database import SYSTEM_REACH, set_reach
from huiliu.testing.actors import an_actor
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel, a_warehouse, stock_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return a_channel()


def an_order(channel: Channel, units: str, *, is_confirmed: bool = True, **more: Any) -> dict[str, Any]:
    body = {
        "id": str(uuid7()),
        "shortage_mode": "BACKORDER",
        "lines": [{"sku_code": channel.sku.code, "quantity": units}],
        **more,
    }
    answer = Api(channel.owner).post("/orders", body)
    assert answer.status_code == 201, answer.content
    order: dict[str, Any] = answer.json()
    if is_confirmed:
        assert (
            Api(channel.staff).post(f"/orders/{order['id']}/confirm", {"step": "CONFIRM"}).status_code == 200
        )
    return order


def board(channel: Channel, **query: Any) -> list[dict[str, Any]]:
    answer = Api(channel.keeper).get("/fulfilment/waiting", **query)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["items"]
    return rows


def shipped(channel: Channel, units: str = "77") -> dict[str, Any]:
    order = an_order(channel, units)
    body = {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk}
    shipment: dict[str, Any] = Api(channel.keeper).post(f"/orders/{order['id']}/ship", body).json()
    return shipment


def test_orders_wait_by_the_day_they_are_wanted_and_leave_the_board_when_shipped(channel):
    late = an_order(channel, "10", wanted_date="2026-01-02")
    later = an_order(channel, "10", wanted_date="2199-01-01")
    soon = an_order(channel, "10", is_confirmed=False)

    rows = board(channel)

    assert [row["number"] for row in rows] == [late["number"], soon["number"], later["number"]]
    assert [row["urgency"] for row in rows] == ["LATE", "SOON", "LATER"]
    assert rows[0]["places"] == [
        {"warehouse_id": channel.warehouse.pk, "warehouse_name": channel.warehouse.name, "lines": 1}
    ]
    assert Api(channel.keeper).get("/fulfilment/waiting/totals").json() == {
        "ready": 2,
        "short": 0,
        "steps": 1,
        "late": 1,
    }
    assert [row["number"] for row in board(channel, view="STEPS")] == [soon["number"]]
    Api(channel.keeper).post(
        f"/orders/{late['id']}/ship", {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk}
    )
    assert [row["number"] for row in board(channel, view="READY")] == [later["number"]]


def test_the_board_is_read_page_by_page_and_by_warehouse(channel):
    numbers = [an_order(channel, "10", wanted_date=f"2026-07-0{day}")["number"] for day in (1, 2, 3)]
    keeper = Api(channel.keeper)

    first = keeper.get("/fulfilment/waiting", limit=2).json()
    second = keeper.get("/fulfilment/waiting", limit=2, cursor=first["next_cursor"]).json()

    assert [row["number"] for row in first["items"] + second["items"]] == numbers
    set_reach(SYSTEM_REACH, user_id=None)
    other = a_warehouse(channel.brand)
    assert board(channel, warehouse_id=other.pk) == []
    assert len(board(channel, warehouse_id=channel.warehouse.pk)) == 3
    assert keeper.get("/fulfilment/waiting", cursor="x").status_code == 422


def test_what_is_short_says_who_waits_and_a_fair_share_is_promised(channel):
    an_order(channel, "100")
    waiting = [an_order(channel, "96"), an_order(channel, "72")]
    set_reach(SYSTEM_REACH, user_id=None)
    stock_up(channel.warehouse, channel.sku, "100")
    keeper = Api(channel.keeper)

    [short] = keeper.get("/fulfilment/shortages").json()
    assert (short["backordered"], short["available"], short["covered"]) == ("168", "100", False)
    assert (short["on_hand_text"], short["held_text"]) == ("8箱8瓶", "4箱4瓶")
    answer = keeper.get(f"/fulfilment/shortages/{channel.sku.pk}").json()
    assert [(row["number"], row["share_text"]) for row in answer["waiters"]] == [
        (waiting[0]["number"], "2箱"),
        (waiting[1]["number"], "2箱"),
    ]
    assert (answer["shared_text"], answer["left"]) == ("4箱", "4")

    given = keeper.post(
        f"/fulfilment/orders/{waiting[0]['id']}/allocate", {"lines": [{"line_no": 1, "quantity": "48"}]}
    ).json()

    assert [(line["given"], line["missing"]) for line in given["lines"]] == [("48", "48")]
    assert [row["lines_short"] for row in board(channel, view="SHORT")] == [1, 1]
    assert keeper.get("/fulfilment/shortages").json()[0]["available"] == "52"
    # More than there is: what is there, and the answer says what is missing.
    more = {"lines": [{"line_no": 1, "quantity": "72"}]}
    rest = keeper.post(f"/fulfilment/orders/{waiting[1]['id']}/allocate", more).json()
    assert [(line["given"], line["missing"]) for line in rest["lines"]] == [("52", "20")]
    nothing = keeper.post(f"/fulfilment/orders/{waiting[1]['id']}/allocate", more).json()
    assert [(line["given"], line["missing"]) for line in nothing["lines"]] == [("0", "20")]
    assert ledger.prove() == []


def test_goods_that_nobody_waits_for_are_not_shared(channel):
    answer = Api(channel.keeper).get(f"/fulfilment/shortages/{channel.sku.pk}")

    assert (answer.status_code, answer.json()["code"]) == (404, "orders.nobody_waits")


def test_a_pick_list_adds_up_by_lot_and_names_orders_with_nothing_here(channel):
    set_reach(SYSTEM_REACH, user_id=None)
    stock_up(channel.warehouse, channel.sku, "30", lot="2099-09-01/B1")
    one, other = an_order(channel, "40"), an_order(channel, "37")
    empty = a_warehouse(channel.brand)
    keeper = Api(channel.keeper)

    found = keeper.get(
        "/fulfilment/pick-list", warehouse_id=channel.warehouse.pk, order_id=[one["id"], other["id"]]
    ).json()

    [line] = found["lines"]
    assert (line["units_text"], len(line["parts"])) == ("3箱5瓶", 2)
    assert {lot["batch"]: lot["units"] for lot in line["lots"]} == {"B1": "30"}
    assert [(order["number"], order["lines"]) for order in found["orders"]] == [
        (one["number"], 1),
        (other["number"], 1),
    ]
    nothing = keeper.get("/fulfilment/pick-list", warehouse_id=empty.pk, order_id=one["id"]).json()
    assert (nothing["lines"], nothing["orders"][0]["lines"]) == ([], 0)


def test_a_shipment_reads_from_both_sides_and_its_entries_stand_in_the_ledger(channel):
    shipment = shipped(channel)
    dealer, keeper = Api(channel.owner), Api(channel.keeper)

    assert [row["id"] for row in keeper.get("/fulfilment/shipments", side="OUT").json()["items"]] == [
        shipment["id"]
    ]
    assert keeper.get("/fulfilment/shipments", side="IN").json()["items"] == []
    [coming] = dealer.get("/fulfilment/shipments", side="IN", state="SHIPPED").json()["items"]
    assert (coming["seller_name"], coming["warehouse_name"], coming["lines"]) == ("沐禾", "", 1)
    paper = dealer.get(f"/fulfilment/shipments/{shipment['id']}").json()
    assert (paper["goods"][0]["shipped_text"], paper["gross_amount"]) == ("3箱5瓶", "770.00")
    assert paper["allowed_actions"] == ["receive"]

    difference = {"line_no": 1, "received": "72", "reason": "DAMAGED", "note": "破损"}
    assert (
        dealer.post(f"/shipments/{shipment['id']}/receive", {"differences": [difference]}).status_code == 200
    )

    paper = dealer.get(f"/fulfilment/shipments/{shipment['id']}").json()
    [line] = paper["goods"]
    assert (line["received_text"], line["reason"], line["reason_note"]) == ("3箱", "DAMAGED", "破损")
    assert (paper["differences"], paper["allowed_actions"]) == (1, [])
    entries = dealer.get("/stock/entries", source_type="shipment", source_id=shipment["id"]).json()
    assert [(row["step"], row["amount"], row["taken_by"]["kind"]) for row in entries] == [
        ("ship", "77", "in_transit"),
        ("receive", "72", "stock"),
        ("receive", "5", "stock_adjustment"),
    ]
    # Where the seller had it is the seller's business.
    assert (entries[0]["given_by"]["kind"], entries[0]["given_by"]["warehouse_id"]) == ("stock", None)
    seen = keeper.get("/stock/entries", source_type="shipment", source_id=shipment["id"]).json()
    assert seen[0]["given_by"]["warehouse_name"] == channel.warehouse.name


def test_another_dealer_sees_none_of_it(channel):
    shipment = shipped(channel)
    an_order(channel, "50")
    other = Api(channel.other_owner)

    assert other.get(f"/fulfilment/shipments/{shipment['id']}").status_code == 404
    assert other.get("/fulfilment/shipments").json()["items"] == []
    assert other.get("/fulfilment/waiting", seller_id=channel.brand.pk).json()["items"] == []
    assert other.get("/fulfilment/shortages", seller_id=channel.brand.pk).json() == []
    assert other.get("/stock/entries", source_type="shipment", source_id=shipment["id"]).json() == []
    picks = other.get(
        "/fulfilment/pick-list", warehouse_id=channel.warehouse.pk, order_id=shipment["order_id"]
    )
    assert (picks.json()["orders"], picks.json()["lines"]) == ([], [])
    share = {"lines": [{"line_no": 1, "quantity": "1"}]}
    assert other.post(f"/fulfilment/orders/{shipment['order_id']}/allocate", share).status_code in (403, 404)


def test_who_buys_sees_its_order_but_not_the_sellers_board(channel):
    an_order(channel, "50", is_confirmed=False)

    assert Api(channel.owner).get("/fulfilment/waiting").json()["items"] == []


def test_a_scanned_code_finds_its_goods_alone_and_a_stranger_only_what_it_may_buy(channel):
    set_reach(SYSTEM_REACH, user_id=None)
    keeper = Api(an_actor(channel.dealer, Role.KEEPER))

    [found] = keeper.get("/stock/goods", text=channel.sku.code).json()

    assert [(one["unit"], one["numerator"]) for one in found["units"]] == [("箱", 24), ("瓶", 1)]
    assert keeper.get("/stock/goods", sku_id=channel.sku.pk).json() == [found]
    assert keeper.get("/stock/goods", text="没有这个").json() == []
