"""One channel as one system: what is ordered, shipped, received, returned moves goods and money together."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817 - figures read better

import pytest

from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors as ledger
from huiliu.ledger.types import AccountKind
from huiliu.orders.selectors import unproven_lines
from huiliu.platform.database import SYSTEM_REACH, set_reach
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return a_channel()


def order_body(channel: Channel, quantity: str = "10", unit: str = "瓶", **more: object) -> dict[str, object]:
    return {
        "id": str(uuid7()),
        "lines": [{"sku_code": channel.sku.code, "quantity": quantity, "unit": unit}],
        **more,
    }


def stock_of(organization_id: int) -> tuple[D, D]:
    """Balance and held over all places."""
    rows = ledger.balances(kind=AccountKind.STOCK, owner_id=organization_id)
    return sum((row.balance for row in rows), D(0)), sum((row.held for row in rows), D(0))


def money_of(buyer_id: int, seller_id: int) -> tuple[D, D]:
    row = ledger.partner_balance(buyer_id=buyer_id, seller_id=seller_id, currency="CNY")
    assert row is not None
    return row.balance, row.held


def placed(channel: Channel, **more: object) -> dict[str, object]:
    answer = Api(channel.owner).post("/orders", order_body(channel, **more))  # type: ignore[arg-type]
    assert answer.status_code == 201, answer.content
    return answer.json()  # type: ignore[no-any-return]


def test_an_order_promises_goods_and_money_and_moves_neither(channel):
    answer = placed(channel)

    assert (answer["state"], answer["gross_amount"]) == ("SUBMITTED", "100.00")
    assert str(answer["number"]).startswith("XS20")
    assert stock_of(channel.brand.pk) == (D(100), D(10))
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(10000), D(100))


def test_a_quote_says_the_price_of_cases_and_bottles_and_changes_nothing(channel):
    body = {
        "lines": [
            {"sku_code": channel.sku.code, "quantity": "3", "unit": "箱"},
            {"sku_code": channel.sku.code, "quantity": "5"},
        ]
    }

    answer = Api(channel.owner).post("/orders/quote", body)

    assert answer.status_code == 200, answer.content
    quote = answer.json()
    assert [line["ordered"] for line in quote["lines"]] == ["72", "5"]
    assert [line["unit_price"] for line in quote["lines"]] == ["240", "10"]
    assert (quote["gross_amount"], quote["tax_amount"]) == ("770.00", "88.58")
    assert stock_of(channel.brand.pk) == (D(100), D(0))


def test_from_order_to_receipt_every_tier_knows_its_goods(channel):
    brand, dealer = Api(channel.staff), Api(channel.owner)
    order = placed(channel)["id"]

    assert brand.post(f"/orders/{order}/confirm", {"step": "CONFIRM"}).json()["state"] == "CONFIRMED"
    shipment = (
        Api(channel.keeper)
        .post(f"/orders/{order}/ship", {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk})
        .json()
    )
    assert stock_of(channel.brand.pk) == (D(90), D(0))
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(9900), D(0))
    [transit] = ledger.balances(kind=AccountKind.IN_TRANSIT, owner_id=channel.dealer.pk)
    assert transit.balance == D(10)

    answer = dealer.post(f"/shipments/{shipment['id']}/receive", {})

    assert answer.json()["state"] == "COMPLETED"
    assert stock_of(channel.dealer.pk) == (D(10), D(0))
    detail = dealer.get(f"/orders/{order}").json()
    assert [event["type"] for event in detail["timeline"]] == [
        "order.submitted",
        "order.step_confirm",
        "order.shipped",
        "order.received",
    ]
    assert detail["lines"][0]["received"] == "10"
    assert ledger.prove() == []
    assert unproven_lines() == []


def test_the_dealer_sells_on_to_its_store_exactly_as_the_brand_sells_to_it(channel):
    set_reach(SYSTEM_REACH, user_id=None)
    order = placed(channel, quantity="50")["id"]
    Api(channel.staff).post(f"/orders/{order}/confirm", {"step": "CONFIRM"})
    shipment = (
        Api(channel.keeper)
        .post(f"/orders/{order}/ship", {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk})
        .json()
    )
    Api(channel.owner).post(f"/shipments/{shipment['id']}/receive", {})

    answer = Api(channel.store_owner).post("/orders", order_body(channel, "6"))

    assert answer.status_code == 201, answer.content
    assert answer.json()["gross_amount"] == "72.00"
    assert stock_of(channel.dealer.pk) == (D(50), D(6))
    second = answer.json()["id"]
    assert Api(channel.owner).post(f"/orders/{second}/confirm", {"step": "CONFIRM"}).status_code == 200
    shipped = Api(channel.owner).post(
        f"/orders/{second}/ship", {"id": str(uuid7()), "warehouse_id": channel.dealer_warehouse.pk}
    )
    assert shipped.status_code == 201, shipped.content
    assert (
        Api(channel.store_owner).post(f"/shipments/{shipped.json()['id']}/receive", {}).json()["state"]
        == "COMPLETED"
    )
    assert stock_of(channel.store.pk) == (D(6), D(0))
    assert ledger.prove() == []


def test_another_dealer_sees_nothing_of_it(channel):
    order = placed(channel)["id"]
    other = Api(channel.other_owner)

    assert other.get(f"/orders/{order}").status_code == 404
    assert other.get("/orders").json()["items"] == []
    assert other.get("/orders/totals").json()["orders"] == 0
    assert other.post(f"/orders/{order}/cancel", {"id": str(uuid7()), "reason": "mine"}).status_code == 404
    body = order_body(channel, buyer_id=channel.dealer.pk)
    assert other.post("/orders", body).status_code == 404


def test_more_than_there_is_is_refused_naming_the_line_and_nothing_is_promised(channel):
    on_behalf = order_body(channel, "101", buyer_id=channel.dealer.pk)
    answer = Api(channel.staff).post("/orders", on_behalf)

    assert (answer.status_code, answer.json()["code"]) == (409, "orders.insufficient_stock")
    line = {"line_no": 1, "sku_code": "W550", "sku_name": "商品W550", "asked": "101"}
    assert answer.json()["facts"]["lines"] == [line | {"available": "100"}]
    assert stock_of(channel.brand.pk) == (D(100), D(0))
    assert Api(channel.owner).get("/orders").json()["items"] == []

    # The buyer hears a word: how much its seller has is the seller's business.
    told = Api(channel.owner).post("/orders", order_body(channel, "101"))
    assert told.json()["facts"]["lines"] == [line | {"level": "TIGHT"}]
    assert "100" not in told.content.decode().replace("101", "")


def test_more_than_the_money_allows_is_refused(channel):
    from huiliu.testing.trade import stock_up

    stock_up(channel.warehouse, channel.sku, "5000")

    answer = Api(channel.owner).post("/orders", order_body(channel, "1001"))

    assert (answer.status_code, answer.json()["code"]) == (409, "orders.credit_exceeded")
    assert stock_of(channel.brand.pk) == (D(5100), D(0))
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(10000), D(0))


def test_the_same_order_sent_again_is_the_same_order(channel):
    body = order_body(channel)
    api = Api(channel.owner)

    first = api.post("/orders", body, key="one")
    same_key = api.post("/orders", body, key="one")
    other_key = api.post("/orders", body, key="two")
    changed = api.post("/orders", {**body, "buyer_note": "other"}, key="three")

    assert (first.status_code, same_key.content) == (201, first.content)
    assert other_key.json()["number"] == first.json()["number"]
    assert (changed.status_code, changed.json()["code"]) == (409, "orders.id_reused")
    assert stock_of(channel.brand.pk) == (D(100), D(10))


def test_a_backorder_promises_what_is_there_and_gets_the_rest_later(channel):
    from huiliu.testing.trade import stock_up

    order = placed(channel, quantity="130", shortage_mode="BACKORDER")
    assert order["backordered_lines"] == [1]
    assert stock_of(channel.brand.pk) == (D(100), D(100))
    Api(channel.staff).post(f"/orders/{order['id']}/confirm", {"step": "CONFIRM"})

    stock_up(channel.warehouse, channel.sku, "50")
    given = Api(channel.keeper).post(f"/orders/{order['id']}/allocate")

    assert given.status_code == 200, given.content
    assert {number: D(units) for number, units in given.json()["lines"].items()} == {"1": D(30)}
    line = Api(channel.owner).get(f"/orders/{order['id']}").json()["lines"][0]
    assert (line["allocated"], line["backordered"]) == ("130", "0")


def test_partial_shipments_carry_exactly_the_amount_of_the_order(channel):
    order = placed(channel, quantity="7")["id"]
    Api(channel.staff).post(f"/orders/{order}/confirm", {"step": "CONFIRM"})
    keeper = Api(channel.keeper)

    for units in ("3", "2", "2"):
        body = {
            "id": str(uuid7()),
            "warehouse_id": channel.warehouse.pk,
            "lines": [{"line_no": 1, "quantity": units}],
        }
        assert keeper.post(f"/orders/{order}/ship", body).status_code == 201

    detail = Api(channel.owner).get(f"/orders/{order}").json()
    assert [shipment["lines"][0]["gross_amount"] for shipment in detail["shipments"]] == [
        "30.00",
        "20.00",
        "20.00",
    ]
    assert detail["state"] == "SHIPPED"
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(9930), D(0))


def test_what_arrives_short_is_credited_and_the_order_ends(channel):
    order = placed(channel)["id"]
    Api(channel.staff).post(f"/orders/{order}/confirm", {"step": "CONFIRM"})
    shipment = (
        Api(channel.keeper)
        .post(f"/orders/{order}/ship", {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk})
        .json()
    )

    answer = Api(channel.owner).post(
        f"/shipments/{shipment['id']}/receive",
        {"differences": [{"line_no": 1, "received": "8", "reason": "DAMAGED"}]},
    )

    assert answer.json()["state"] == "COMPLETED"
    assert stock_of(channel.dealer.pk) == (D(8), D(0))
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(9920), D(0))
    again = Api(channel.owner).post(f"/shipments/{shipment['id']}/receive", {})
    assert (again.status_code, again.json()["code"]) == (409, "orders.already_received")
    assert ledger.prove() == []
    assert unproven_lines() == []


def test_a_partial_cancel_gives_back_goods_and_money(channel):
    order = placed(channel)["id"]

    answer = Api(channel.owner).post(
        f"/orders/{order}/cancel",
        {"id": str(uuid7()), "reason": "订多了", "lines": [{"line_no": 1, "quantity": "4"}]},
    )

    assert answer.json()["state"] == "SUBMITTED"
    assert stock_of(channel.brand.pk) == (D(100), D(6))
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(10000), D(60))
    rest = Api(channel.owner).post(f"/orders/{order}/cancel", {"id": str(uuid7()), "reason": "不要了"})
    assert rest.json()["state"] == "CANCELLED"
    assert stock_of(channel.brand.pk) == (D(100), D(0))
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(10000), D(0))
    assert ledger.prove() == []


def test_a_return_is_credited_at_the_price_paid_and_only_once(channel):
    order = placed(channel)["id"]
    Api(channel.staff).post(f"/orders/{order}/confirm", {"step": "CONFIRM"})
    shipment = (
        Api(channel.keeper)
        .post(f"/orders/{order}/ship", {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk})
        .json()
    )
    Api(channel.owner).post(f"/shipments/{shipment['id']}/receive", {})

    asked = Api(channel.owner).post(
        f"/orders/{order}/returns",
        {"id": str(uuid7()), "reason": "临期", "lines": [{"line_no": 1, "quantity": "3"}]},
    )
    assert (asked.status_code, asked.json()["gross_amount"]) == (201, "30.00")
    too_much = Api(channel.owner).post(
        f"/orders/{order}/returns",
        {"id": str(uuid7()), "reason": "临期", "lines": [{"line_no": 1, "quantity": "8"}]},
    )
    assert (too_much.status_code, too_much.json()["code"]) == (409, "orders.return_too_much")

    done = Api(channel.keeper).post(f"/returns/{asked.json()['id']}/receive", {})
    again = Api(channel.keeper).post(f"/returns/{asked.json()['id']}/receive", {})

    assert (done.json()["state"], again.status_code) == ("RECEIVED", 409)
    assert stock_of(channel.brand.pk) == (D(93), D(0))
    assert stock_of(channel.dealer.pk) == (D(7), D(0))
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(9930), D(0))
    assert ledger.prove() == []


def test_goods_outside_the_range_are_refused_whatever_the_client_knows(channel):
    from huiliu.catalog.models import ScopeRule

    ScopeRule.objects.all().delete()

    answer = Api(channel.owner).post("/orders", order_body(channel))

    assert (answer.status_code, answer.json()["code"]) == (409, "orders.not_sellable")
    assert stock_of(channel.brand.pk) == (D(100), D(0))


def test_a_price_set_by_hand_needs_a_reason_and_stands_on_the_line(channel):
    sales = Api(channel.manager)
    line = {"sku_code": channel.sku.code, "quantity": "10", "override_price": "9.5"}
    body = {"id": str(uuid7()), "buyer_id": channel.dealer.pk, "lines": [line]}

    silent = sales.post("/orders", body)
    assert (silent.status_code, silent.json()["code"]) == (422, "pricing.override_reason_missing")
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(10000), D(0))

    line["override_reason"] = "样品陈列补偿"
    answer = sales.post("/orders", body)
    assert (answer.status_code, answer.json()["gross_amount"]) == (201, "95.00")

    line["override_reason"] = "别的理由"
    other = sales.post("/orders", body)
    assert (other.status_code, other.json()["code"]) == (409, "orders.id_reused")
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(10000), D(95))


def test_a_buyer_sets_no_price(channel):
    line = {
        "sku_code": channel.sku.code,
        "quantity": "10",
        "override_price": "9.99",
        "override_reason": "老客户",
    }

    answer = Api(channel.owner).post("/orders", {"id": str(uuid7()), "lines": [line]})

    assert (answer.status_code, answer.json()["code"]) == (403, "pricing.override_needs_approval")
    assert money_of(channel.dealer.pk, channel.brand.pk) == (D(10000), D(0))
