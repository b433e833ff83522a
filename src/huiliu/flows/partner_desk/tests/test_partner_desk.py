"""A page of partners in figures and the story of one: exact for who may know, nothing for who may not."""

from __future__ import annotations

import pytest

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.orders.models import Order
from huiliu.testing.actors import an_actor
from huiliu.testing.api import Api
from huiliu.testing.partners import a_partner
from huiliu.testing.trade import a_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel():
    return a_channel(prepaid="1000")


def as_partner(channel, organization, **fields):
    return a_partner(organization=organization, parent=channel.brand, **fields)


def figures(api, *ids):
    answer = api.get("/partners/figures?" + "&".join(f"id={one}" for one in ids))
    assert answer.status_code == 200, answer.content
    return {row["partner_id"]: row for row in answer.json()}


def ordered(channel, quantity="10"):
    body = {"id": str(uuid7()), "lines": [{"sku_code": channel.sku.code, "quantity": quantity}]}
    answer = Api(channel.owner).post("/orders", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_page_tells_open_orders_the_latest_day_and_money_to_the_cent(channel):
    ordered(channel)

    found = figures(Api(channel.manager), channel.dealer.pk, channel.other.pk)

    dealer, other = found[channel.dealer.pk], found[channel.other.pk]
    assert (dealer["open_orders"], dealer["latest_order_on"]) == (1, str(Order.objects.get().business_date))
    assert (dealer["currency"], dealer["balance"], dealer["available"]) == ("CNY", "1000.00", "900.00")
    assert (other["open_orders"], other["latest_order_on"], other["balance"]) == (0, None, None)


def test_a_finished_order_is_not_open_and_its_day_stays(channel):
    order = ordered(channel)
    Api(channel.manager).post(f"/orders/{order['id']}/cancel", {"id": str(uuid7()), "reason": "改期"})

    dealer = figures(Api(channel.manager), channel.dealer.pk)[channel.dealer.pk]

    assert (dealer["open_orders"], dealer["latest_order_on"]) == (0, str(Order.objects.get().business_date))
    assert dealer["available"] == "1000.00"


def test_a_dealer_gets_figures_of_itself_and_its_stores_only(channel):
    asked = (channel.dealer.pk, channel.store.pk, channel.other.pk, channel.brand.pk)

    assert list(figures(Api(channel.owner), *asked)) == [
        channel.dealer.pk,
        channel.store.pk,
        channel.brand.pk,
    ]
    assert list(figures(Api(channel.other_owner), *asked)) == [channel.other.pk, channel.brand.pk]
    brand = figures(Api(channel.owner), channel.brand.pk)[channel.brand.pk]
    assert (brand["open_orders"], brand["balance"], brand["stock_units"], brand["net_sales"]) == (
        0,
        None,
        None,
        None,
    )


def test_who_may_not_read_money_gets_none(channel):
    keeper = figures(Api(channel.keeper), channel.dealer.pk)[channel.dealer.pk]

    assert (keeper["balance"], keeper["available"], keeper["open_orders"]) == (None, None, 0)


def test_a_page_has_between_one_and_two_hundred_partners(channel):
    assert Api(channel.manager).get("/partners/figures").status_code == 422
    too_many = "&".join(f"id={one}" for one in range(1, 202))
    assert Api(channel.manager).get(f"/partners/figures?{too_many}").status_code == 422
    assert Api(an_actor(channel.dealer, Role.BUYER)).get("/partners/figures?id=1").status_code == 403
    assert Api().get("/partners/figures?id=1").status_code == 401


def test_the_story_of_a_partner_has_its_orders_and_its_money_newest_first(channel):
    partner = a_partner(parent=channel.brand, name="金陵酒业")
    finance = Api(an_actor(channel.brand, Role.FINANCE))
    receipt = {
        "id": str(uuid7()),
        "buyer_id": partner.pk,
        "amount": "500",
        "method": "BANK",
        "reference": "R1",
        "value_date": "2026-06-01",
    }
    assert finance.post("/receipts", receipt).status_code == 201
    moved = {"status": "FROZEN", "reason": "欠款", "version": 1}
    assert Api(channel.manager).post(f"/partners/{partner.pk}/status", moved).status_code == 200

    story = Api(channel.manager).get(f"/partners/{partner.pk}/story").json()

    assert [row["type"] for row in story] == ["partner.status_changed", "receipt.posted"]
    assert story[0]["payload"]["reason"] == "欠款"
    assert story[0]["user_name"] != ""
    assert Api(channel.owner).get(f"/partners/{partner.pk}/story").status_code == 404
