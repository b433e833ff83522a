"""One cart sent at once from two devices, each with an order id of its own: the lock on the cart makes it one order."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.flows import place_order
from huiliu.flows.shop import carts as shop
from huiliu.flows.shop.carts import SubmitDraft, Wanted
from huiliu.kernel.ids import uuid7
from huiliu.orders.models import Cart, Order
from huiliu.orders.services import carts
from huiliu.orders.types import PlacedOrder, ShortageMode
from huiliu.testing.actors import an_actor
from huiliu.testing.inventory import held
from huiliu.testing.ledger import at_once, committed
from huiliu.testing.trade import Channel, a_channel

NOW = datetime.now(UTC)  # the id of an order has the real clock in it


@pytest.fixture
def both_are_placing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Placing waits until the other device places, too, as long as the other one is let in."""
    both, plain = Barrier(2), place_order.place_order

    def slow(**asked: Any) -> PlacedOrder:
        with suppress(BrokenBarrierError):  # the other one waits for the cart
            both.wait(timeout=1)
        return plain(**asked)

    monkeypatch.setattr(place_order, "place_order", slow)


def submit(actor: Any, cart: Cart) -> PlacedOrder:
    draft = SubmitDraft(
        order_id=uuid7(),
        version=None,
        quote_digest="",
        shortage_mode=ShortageMode.REFUSE,
        external_number="",
        buyer_note="",
        address={},
        wanted_date=None,
        warehouse_ids=(),
        custom={},
    )
    return shop.submit_cart(actor=actor, cart_id=cart.pk, draft=draft, now=NOW)


def sent_by_two() -> tuple[Channel, Cart, list[Any]]:
    channel = committed(a_channel)
    colleague = committed(lambda: an_actor(channel.dealer, Role.BUYER))

    def filled() -> Cart:
        cart = carts.open_default_cart(
            actor=channel.owner, buyer_id=channel.dealer.pk, seller_id=channel.brand.pk, now=NOW
        )
        wanted = [Wanted(channel.sku.pk, "瓶", Decimal(10))]
        return shop.add_to_cart(actor=channel.owner, cart_id=cart.pk, wanted=wanted, now=NOW).cart

    cart = committed(filled)
    return channel, cart, at_once([partial(submit, one, cart) for one in (channel.owner, colleague)])


def test_without_the_lock_one_cart_becomes_two_orders(
    committed_db: str, both_are_placing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(*, cart_id: Any, **_: object) -> Cart:
        return Cart.objects.get(pk=cart_id)

    monkeypatch.setattr(carts, "lock_cart", unlocked)

    channel, _, answers = sent_by_two()

    assert len({answer.id for answer in answers}) == 2
    assert committed(lambda: held(channel.warehouse, channel.sku)) == 20


def test_with_the_lock_it_becomes_one_and_both_devices_hear_of_it(
    committed_db: str, both_are_placing: None
) -> None:
    channel, cart, answers = sent_by_two()

    [order] = committed(lambda: list(Order.objects.all()))
    assert [(answer.id, answer.number) for answer in answers] == [(order.pk, order.number)] * 2
    assert sorted(answer.earlier for answer in answers) == [False, True]
    assert committed(lambda: held(channel.warehouse, channel.sku)) == 10
    assert committed(lambda: Cart.objects.get(pk=cart.pk).order_id) == order.pk
