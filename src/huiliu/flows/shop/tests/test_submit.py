"""What the contract and the range say is asked again at submit, whatever the cart once showed."""

from __future__ import annotations

from datetime import date

import pytest

from huiliu.catalog.models import ScopeRule, Sku
from huiliu.kernel.ids import uuid7
from huiliu.orders.models import Order
from huiliu.platform import stamps
from huiliu.testing.api import Api
from huiliu.testing.catalog import a_category, a_scope_rule
from huiliu.testing.partners import a_partner
from huiliu.testing.trade import Channel, a_channel, a_contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    built = a_channel()
    a_partner(organization=built.dealer)
    return built


def submit(channel: Channel, *quantities: str):
    lines = [{"sku_code": channel.sku.code, "quantity": quantity} for quantity in quantities or ("10",)]
    return Api(channel.owner).post("/orders", {"id": str(uuid7()), "lines": lines})


def assert_refused(answer, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Order.objects.exists()


def test_a_partner_under_contract_orders(channel):
    a_contract(channel)

    assert submit(channel).status_code == 201


def test_a_partner_whose_contract_ended_does_not_order(channel):
    a_contract(channel, valid_to=date(2020, 2, 1))

    answer = submit(channel)

    assert_refused(answer, 409, "orders.not_allowed_to_trade")
    assert "no contract with this seller is in force" in answer.json()["detail"]


@pytest.mark.parametrize(("path", "status"), [("饮料", 201), ("酒", 409)])
def test_a_contract_for_product_lines_holds_only_those(channel, path, status):
    a_contract(channel, category_ids=[a_category(path).pk])

    answer = submit(channel)

    if status == 201:
        assert answer.status_code == 201
    else:
        assert_refused(answer, 409, "orders.not_sellable")


def test_goods_taken_out_of_the_range_after_the_quote_are_refused_at_submit(channel):
    quote = Api(channel.owner).post(
        "/orders/quote", {"lines": [{"sku_code": channel.sku.code, "quantity": "10"}]}
    )
    a_scope_rule(is_allow=False, sku_ids=[channel.sku.pk])

    answer = submit(channel)

    assert quote.status_code == 200
    assert_refused(answer, 409, "orders.not_sellable")
    ScopeRule.objects.filter(is_allow=False).delete()
    stamps.forget()
    assert submit(channel).status_code == 201


def test_two_lines_of_one_sku_do_not_get_around_its_limit(channel):
    Sku.objects.filter(pk=channel.sku.pk).update(order_limit=15)
    stamps.forget()

    assert_refused(submit(channel, "10", "6"), 422, "catalog.above_order_limit")
    assert submit(channel, "10", "5").status_code == 201
