"""Publishing reaches open carts: by the worker, in its own transactions, and nobody's edit is lost on the way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Event as Signal
from typing import Any

import pytest
from django.db import connection

from huiliu.access.types import Actor
from huiliu.flows.shop import carts as shop
from huiliu.flows.shop import requote
from huiliu.flows.shop.carts import CartView, Wanted
from huiliu.orders import cart_selectors
from huiliu.orders.models import Cart, CartLine
from huiliu.orders.services import carts
from huiliu.platform import stamps
from huiliu.platform.models import Event
from huiliu.policies.types import Audience
from huiliu.pricing import services as pricing
from huiliu.pricing.types import PriceLevel
from huiliu.testing.actors import NOW
from huiliu.testing.api import Api
from huiliu.testing.ledger import at_once, committed
from huiliu.testing.platform import run_round
from huiliu.testing.trade import Channel, a_channel, a_price_list


def filled(actor: Actor, channel: Channel, quantity: str = "10") -> Cart:
    cart = carts.open_default_cart(
        actor=actor, buyer_id=actor.organization_id, seller_id=channel.brand.pk, now=NOW
    )
    wanted = [Wanted(channel.sku.pk, "瓶", Decimal(quantity))]
    return shop.add_to_cart(actor=actor, cart_id=cart.pk, wanted=wanted, now=NOW).cart


def published(channel: Channel, price: str, **more: Any) -> Any:
    return a_price_list(
        author=channel.manager,
        approver=channel.staff,
        seller=channel.brand,
        prices={channel.sku.pk: price},
        **more,
    )


def work(now: datetime = NOW) -> None:
    """One round of the worker's two pieces: the consumer, then the quoting."""
    for name in ("carts: new prices", "carts"):
        run_round(name, now=now)
    connection.close()


def seen(actor: Actor, cart: Cart) -> CartView:
    return shop.view_cart(actor=actor, cart=cart_selectors.find_cart(actor=actor, cart_id=cart.pk), now=NOW)


def test_publishing_shows_the_difference_until_it_is_acknowledged(committed_db: str) -> None:
    assert committed_db
    channel = committed(a_channel)
    cart = committed(lambda: filled(channel.owner, channel))
    other = committed(lambda: filled(channel.other_owner, channel))
    work()
    assert committed(lambda: Cart.objects.get(pk=cart.pk)).news is None

    committed(
        lambda: published(
            channel,
            "8.5",
            code="VIP",
            level=PriceLevel.CUSTOMER,
            audience=Audience(organization_ids=(channel.dealer.pk,)),
        )
    )
    assert (
        committed(lambda: Cart.objects.get(pk=cart.pk)).requote_at is None
    )  # not in the publish's transaction
    work()

    told = committed(lambda: Cart.objects.get(pk=cart.pk))
    assert told.news is not None
    assert told.news["difference"] == "-15.00"
    assert told.news["lines"] == [
        {
            "sku_id": channel.sku.pk,
            "unit": "瓶",
            "unit_price_before": "10",
            "unit_price_after": "8.5",
            "difference": "-15.00",
            "problem": "",
        }
    ]
    assert (told.version, told.requote_at, told.quote_gross) == (cart.version, None, Decimal(85))
    untouched = committed(lambda: Cart.objects.get(pk=other.pk))
    assert (untouched.news, untouched.priced_at, untouched.quote_gross) == (
        None,
        other.priced_at,
        Decimal(100),
    )
    [event] = committed(lambda: list(Event.objects.filter(type="cart.requoted")))
    assert (event.subject_id, event.visible_path, event.visible_path_2, event.broadcast) == (
        str(cart.pk),
        channel.dealer.path,
        "",
        False,
    )
    work()
    assert committed(Event.objects.filter(type="cart.requoted").count) == 1

    def accept() -> Any:
        view = seen(channel.owner, cart)
        digest = view.judgement.quote.digest
        return shop.acknowledge(actor=channel.owner, cart_id=cart.pk, digest=digest, now=NOW)

    committed(accept)
    assert committed(lambda: Cart.objects.get(pk=cart.pk)).news is None
    assert committed(lambda: seen(channel.owner, cart)).changed == ()


def test_goods_that_lose_their_price_are_told_with_the_reason(committed_db: str) -> None:
    assert committed_db
    channel = committed(a_channel)
    head = committed(lambda: published(channel, "9", code="LOW", level=PriceLevel.GROUP))
    cart = committed(lambda: filled(channel.owner, channel))

    def end() -> None:
        for version_id in [head.id, *_base_lists()]:
            pricing.end_price_list(actor=channel.staff, version_id=version_id, reason="停用", now=NOW)
        stamps.forget()

    committed(end)
    work()

    news = committed(lambda: Cart.objects.get(pk=cart.pk)).news
    assert news is not None
    assert (news["difference"], news["lines"][0]["problem"]) == ("-90.00", "pricing.no_price")
    assert news["lines"][0]["unit_price_after"] is None


def _base_lists() -> list[Any]:
    from huiliu.policies.models import Version

    return list(Version.objects.filter(code="BASE", state="PUBLISHED").values_list("pk", flat=True))


def test_a_list_that_begins_later_is_told_on_its_day(committed_db: str) -> None:
    assert committed_db
    channel = committed(a_channel)
    cart = committed(lambda: filled(channel.owner, channel))
    committed(lambda: published(channel, "12", valid_from=date(2026, 6, 20)))
    work()
    assert committed(lambda: Cart.objects.get(pk=cart.pk)).news is None

    work(NOW + timedelta(days=6))

    assert committed(lambda: Cart.objects.get(pk=cart.pk)).news["difference"] == "20.00"  # type: ignore[index]


def test_an_edit_while_the_cart_is_quoted_again_is_kept(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert committed_db
    channel, cart = _cart_at_a_new_price(monkeypatch)

    at_once([lambda: requote.requote_due(now=NOW), lambda: _edit(channel, cart)])

    _assert_edit_stands(channel, cart)


def test_without_the_lock_the_quote_would_write_over_the_edit(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert committed_db
    channel, cart = _cart_at_a_new_price(monkeypatch)

    def unlocked(**_: object) -> list[Cart]:
        return list(Cart.objects.filter(requote_at__isnull=False))

    def writes_all(row: Cart, **values: Any) -> None:
        row.quote_digest, row.news, row.requote_at = values["digest"], None, None
        row.save()

    monkeypatch.setattr(cart_selectors, "due_carts", unlocked)
    monkeypatch.setattr(carts, "keep_quote", writes_all)
    at_once([lambda: requote.requote_due(now=NOW), lambda: _edit(channel, cart)])

    row = committed(lambda: Cart.objects.get(pk=cart.pk))
    assert (row.version, row.line_count) == (cart.version, 1)  # the edit's second line is not counted


def _cart_at_a_new_price(monkeypatch: pytest.MonkeyPatch) -> tuple[Channel, Cart]:
    """A cart that waits for a quote, whose quoting pauses with the cart read until the edit has begun."""
    channel = committed(a_channel)
    cart = committed(lambda: filled(channel.owner, channel))
    committed(lambda: published(channel, "11"))
    run_round("carts: new prices")
    connection.close()
    started = Signal()
    plain_view, plain_lock = shop.view_cart, carts.lock_cart

    def slow_view(*, actor: Actor, cart: Cart, now: datetime) -> CartView:
        view = plain_view(actor=actor, cart=cart, now=now)
        if actor.user_id is None:
            started.set()
            Signal().wait(0.5)
        return view

    def late_lock(**asked: Any) -> Cart:
        started.wait(5)
        return plain_lock(**asked)

    monkeypatch.setattr(shop, "view_cart", slow_view)
    monkeypatch.setattr(carts, "lock_cart", late_lock)
    return channel, cart


def _edit(channel: Channel, cart: Cart) -> CartView:
    wanted = [Wanted(channel.sku.pk, "箱", Decimal(1))]
    return shop.add_to_cart(actor=channel.owner, cart_id=cart.pk, wanted=wanted, now=NOW)


def _assert_edit_stands(channel: Channel, cart: Cart) -> None:
    row = committed(lambda: Cart.objects.get(pk=cart.pk))
    assert (row.version, row.line_count, row.requote_at) == (cart.version + 1, 2, None)
    lines = committed(lambda: list(CartLine.objects.filter(cart_id=cart.pk).values_list("unit", "quantity")))
    assert sorted(lines) == [("瓶", Decimal(10)), ("箱", Decimal(1))]
    # The edit's answer showed both lines of these goods at the new price: it counts as seen.
    assert committed(lambda: seen(channel.owner, cart)).changed == ()


@pytest.mark.django_db
def test_a_cart_read_without_the_worker_shows_the_difference_too() -> None:
    channel = a_channel()
    cart = filled(channel.owner, channel)
    published(channel, "12")

    shown = Api(channel.owner).get(f"/carts/{cart.pk}").json()

    assert shown["news"] == {"since": shown["news"]["since"], "lines": 1, "difference": "20.00"}
    assert shown["lines"][0]["change"] == {
        "unit_price_before": "10",
        "unit_price_after": "12",
        "difference": "20.00",
    }
    stale = Api(channel.owner).post(f"/carts/{cart.pk}/acknowledge", {"digest": "another"})
    assert (stale.status_code, stale.json()["code"]) == (409, "orders.price_changed")
    done = Api(channel.owner).post(f"/carts/{cart.pk}/acknowledge", {"digest": shown["digest"]})
    assert (done.status_code, done.json()["news"]) == (200, None)
    assert Api(channel.owner).get(f"/carts/{cart.pk}").json()["news"] is None


@pytest.mark.django_db
def test_a_price_that_comes_back_before_anybody_looked_is_no_news() -> None:
    channel = a_channel()
    cart = filled(channel.owner, channel)
    published(channel, "12")
    row = Cart.objects.get(pk=cart.pk)
    assert requote.requote(row, now=NOW) is True
    published(channel, "10")

    assert requote.requote(Cart.objects.get(pk=cart.pk), now=NOW) is False
    assert Cart.objects.get(pk=cart.pk).news is None
