"""An order placed for a buyer waits for its word: yes, no, or silence until the time is over."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from huiliu.access.types import Role
from huiliu.flows.place_order import place_order
from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors as ledger
from huiliu.orders import services
from huiliu.orders.errors import BuyerTooLate
from huiliu.orders.models import Line, Order
from huiliu.orders.services import buyers_word
from huiliu.orders.types import DraftLine, OrderDraft, OrderState
from huiliu.platform import stamps
from huiliu.platform.models import Event, Setting
from huiliu.testing.actors import an_actor
from huiliu.testing.api import Api
from huiliu.testing.ledger import at_once, committed
from huiliu.testing.trade import Channel, a_channel

NOW = datetime.now(UTC)  # the id of an order has the real clock in it


def asks_the_buyer(channel: Channel, *, hours: int = 48) -> None:
    for key, value in {"orders.confirm_on_behalf": True, "orders.confirm_on_behalf_hours": hours}.items():
        Setting.objects.create(
            key=f"{key}.{channel.brand.pk}", value=value, version=1, updated_at=NOW, updated_by=None
        )
    stamps.forget()


def placed_for(channel: Channel) -> UUID:
    """Staff orders 10 瓶 for the dealer."""
    order_id = uuid7()
    place_order(
        actor=channel.staff,
        draft=OrderDraft(order_id, channel.dealer.pk, 0, (DraftLine(channel.sku.pk, Decimal(10), "瓶"),)),
        now=NOW,
    )
    return order_id


def held(order_id: UUID) -> dict[bool, Decimal]:
    """What is promised for it: of goods (True) and of money (False)."""
    found = {True: Decimal(0), False: Decimal(0)}
    for hold in ledger.open_holds(source_id=order_id):
        found[hold.sku_id is not None] += hold.remaining
    return found


@pytest.fixture
def channel() -> Channel:
    built = a_channel()
    asks_the_buyer(built)
    return built


def shown(api: Api, order_id: UUID) -> Any:
    return api.get(f"/orders/{order_id}").json()


@pytest.mark.django_db
def test_without_the_setting_an_order_for_a_buyer_goes_on_at_once() -> None:
    channel = a_channel()

    order = Order.objects.get(pk=placed_for(channel))

    assert (order.state, order.steps_open, order.buyer_deadline_at) == ("SUBMITTED", ["CONFIRM"], None)


@pytest.mark.django_db
def test_an_order_of_the_buyer_itself_does_not_wait(channel: Channel) -> None:
    body = {"id": str(uuid7()), "lines": [{"sku_code": "W550", "quantity": "1", "unit": "瓶"}]}

    assert Api(channel.owner).post("/orders", body).json()["state"] == "SUBMITTED"


@pytest.mark.django_db
def test_an_order_for_a_buyer_waits_with_its_promises(channel: Channel) -> None:
    order_id = placed_for(channel)

    order = Order.objects.get(pk=order_id)
    assert (order.state, order.steps_open, order.on_behalf) == ("AWAITING_BUYER", ["BUYER", "CONFIRM"], True)
    assert order.buyer_deadline_at == NOW + timedelta(hours=48)
    assert held(order_id) == {True: Decimal(10), False: Decimal(100)}
    assert shown(Api(channel.staff), order_id)["allowed_actions"] == ["cancel", "reorder"]
    mine = shown(Api(channel.owner), order_id)["allowed_actions"]
    assert {"confirm_as_buyer", "refuse_as_buyer"} <= set(mine)
    refused = Api(channel.staff).post(f"/orders/{order_id}/confirm", {"step": "CONFIRM"})
    assert (refused.status_code, refused.json()["code"]) == (409, "orders.step_not_open")


@pytest.mark.django_db
def test_the_buyer_agrees_and_the_seller_goes_on(channel: Channel) -> None:
    order_id = placed_for(channel)

    answer = Api(channel.owner).post(f"/orders/{order_id}/buyer-confirm")

    assert (answer.status_code, answer.json()["state"]) == (200, "SUBMITTED")
    order = Order.objects.get(pk=order_id)
    assert (order.steps_open, order.buyer_deadline_at, order.buyer_remind_at) == (["CONFIRM"], None, None)
    again = Api(channel.owner).post(f"/orders/{order_id}/buyer-confirm")
    assert (again.status_code, again.json()["code"]) == (409, "orders.step_not_open")
    assert Api(channel.staff).post(f"/orders/{order_id}/confirm", {"step": "CONFIRM"}).json()["state"] == (
        "CONFIRMED"
    )
    types = Event.objects.filter(subject_id=str(order_id)).order_by("id").values_list("type", flat=True)
    assert list(types) == ["order.submitted", "order.step_buyer", "order.step_confirm"]


@pytest.mark.django_db
def test_the_buyer_refuses_with_a_reason_and_every_promise_is_released(channel: Channel) -> None:
    order_id = placed_for(channel)

    assert Api(channel.owner).post(f"/orders/{order_id}/buyer-refuse", {"reason": " "}).status_code == 422
    answer = Api(channel.owner).post(f"/orders/{order_id}/buyer-refuse", {"reason": "没有订过"})

    assert (answer.status_code, answer.json()["state"]) == (200, "CANCELLED")
    assert held(order_id) == {True: Decimal(0), False: Decimal(0)}
    line = Line.objects.get(order_id=order_id)
    assert (line.allocated, line.cancelled) == (Decimal(0), Decimal(10))
    told = Event.objects.get(subject_id=str(order_id), type="order.refused_by_buyer")
    assert (told.payload["reason"], told.visible_path_2) == ("没有订过", channel.brand.path)
    assert ledger.prove() == []


@pytest.mark.django_db
@pytest.mark.parametrize("route", ["buyer-confirm", "buyer-refuse"])
def test_only_the_buyer_itself_answers(channel: Channel, route: str) -> None:
    order_id = placed_for(channel)
    body = {"reason": "不要"} if route == "buyer-refuse" else None

    for who, (api, status) in {
        "anonymous": (Api(), 401),
        "keeper": (Api(an_actor(channel.dealer, Role.KEEPER)), 403),
        "seller": (Api(channel.staff), 403),
        "other dealer": (Api(channel.other_owner), 404),
        "its store": (Api(channel.store_owner), 404),
    }.items():
        assert api.post(f"/orders/{order_id}/{route}", body).status_code == status, who
    assert Order.objects.get(pk=order_id).state == "AWAITING_BUYER"


@pytest.mark.django_db
def test_the_buyer_is_reminded_once_half_way(channel: Channel) -> None:
    order_id = placed_for(channel)

    assert services.remind_buyers(now=NOW + timedelta(hours=23)) == []
    assert services.remind_buyers(now=NOW + timedelta(hours=24)) == [order_id]
    assert services.remind_buyers(now=NOW + timedelta(hours=25)) == []

    told = Event.objects.get(type="order.buyer_reminded")
    assert (told.subject_id, told.visible_path) == (str(order_id), channel.dealer.path)


@pytest.mark.django_db
def test_silence_until_the_end_is_a_no(channel: Channel) -> None:
    order_id = placed_for(channel)
    late = NOW + timedelta(hours=48)

    assert services.expire_buyers_silence(now=late - timedelta(seconds=1)) == []
    with pytest.raises(BuyerTooLate):
        services.confirm_as_buyer(actor=channel.owner, order_id=order_id, now=late)
    assert services.expire_buyers_silence(now=late) == [order_id]
    assert services.expire_buyers_silence(now=late) == []

    assert Order.objects.get(pk=order_id).state == "CANCELLED"
    assert held(order_id) == {True: Decimal(0), False: Decimal(0)}
    assert Event.objects.filter(type="order.buyer_silent").count() == 1
    assert ledger.prove() == []


def _race() -> tuple[UUID, Counter[str]]:
    """The buyer's yes in the last moment and the worker's no, at once."""
    channel = committed(a_channel)
    committed(lambda: asks_the_buyer(channel))
    order_id = committed(lambda: placed_for(channel))
    answers = at_once(
        [
            lambda: services.confirm_as_buyer(
                actor=channel.owner, order_id=order_id, now=NOW + timedelta(hours=47, minutes=59)
            ),
            lambda: services.expire_buyers_silence(now=NOW + timedelta(hours=48)),
        ]
    )
    return order_id, Counter(type(answer).__name__ for answer in answers)


def test_yes_and_silence_at_once_leave_one_of_both_whole(committed_db: str) -> None:
    assert committed_db
    order_id, _ = _race()

    order = committed(lambda: Order.objects.get(pk=order_id))
    promised = committed(lambda: held(order_id))
    if order.state == OrderState.CANCELLED:
        assert promised == {True: Decimal(0), False: Decimal(0)}
    else:
        assert (order.state, promised) == (OrderState.SUBMITTED, {True: Decimal(10), False: Decimal(100)})
    assert committed(ledger.prove) == []


def test_without_the_lock_an_order_would_be_agreed_to_that_is_given_up(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert committed_db
    from threading import Barrier

    from huiliu.orders.services import common

    both = Barrier(2)
    plain = common.settle_state

    def unlocked(order_id: UUID) -> Order:
        return Order.objects.get(pk=order_id)

    def late(order: Order, **more: Any) -> OrderState:
        both.wait(5)
        return plain(order, **more)

    def unlocked_silence(*, now: Any) -> list[UUID]:
        order = Order.objects.get(state=OrderState.AWAITING_BUYER)
        both.wait(5)
        common.tell(order, actor=buyers_word._nobody(order), type="order.buyer_silent", now=now, payload={})
        return [order.pk]

    monkeypatch.setattr(buyers_word, "lock_order", unlocked)
    monkeypatch.setattr(buyers_word, "settle_state", late)
    monkeypatch.setattr(services, "expire_buyers_silence", unlocked_silence)

    order_id, answers = _race()

    assert answers == {"OrderState": 1, "list": 1}
    types = set(
        committed(lambda: list(Event.objects.filter(subject_id=str(order_id)).values_list("type", flat=True)))
    )
    assert {"order.step_buyer", "order.buyer_silent"} <= types
