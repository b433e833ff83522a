"""Goods on their way are told in WeChat: to who agreed, once for an event, whatever WeChat answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from huiliu.access.models import User, WechatBinding, WechatConsent, WechatMessage
from huiliu.access.services import consents
from huiliu.access.types import Role
from huiliu.flows import wechat_messages
from huiliu.kernel.ids import uuid7
from huiliu.platform.events import EventRow
from huiliu.settings import ENV, WechatTemplate
from huiliu.testing.actors import NOW, a_brand, a_user, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.wechat import APP, SECRET, Wechat, a_wechat

pytestmark = pytest.mark.django_db
TEMPLATE = "tmpl-shipped"


@pytest.fixture
def wechat(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wechat]:
    with a_wechat() as stand_in:
        monkeypatch.setattr(ENV, "wechat_apps", {APP: SECRET})
        monkeypatch.setattr(ENV, "wechat_base_url", stand_in.base_url)
        fields = {"character_string1": "number", "thing2": "text", "time3": "time"}
        monkeypatch.setattr(
            ENV, "wechat_templates", {"order_shipped": WechatTemplate(id=TEMPLATE, values=fields)}
        )
        yield stand_in


@pytest.fixture
def buyer(wechat: Wechat) -> User:
    user = a_user(an_organization(parent=a_brand()), Role.BUYER)
    WechatBinding.objects.create(
        id=uuid7(), app_id=APP, openid="o-1", user=user, owner_path=user.organization_path, created_at=NOW
    )
    return user


def agree(user: User, answer: str = "accept", times: int = 1) -> Any:
    api = Api(an_actor(user.organization, Role.BUYER, user=user))
    body = {"answers": {TEMPLATE: answer, "another": "accept"}}
    told = [api.post("/session/wechat/consents", body) for _ in range(times)]
    assert [one.status_code for one in told] == [200] * times
    return told[-1].json()


def shipped(user: User, number: int = 1, **changes: Any) -> EventRow:
    event = EventRow(
        id=number,
        xid=number,
        type="order.shipped",
        subject_type="order",
        subject_id="0199-order",
        visible_paths=(user.organization_path, "x"),
        broadcast=False,
        payload={"number": "XS20260615-0001"},
        user_id=None,
        effective_at=NOW,
        recorded_at=NOW,
    )
    return replace(event, **changes)


def note(*events: EventRow) -> int:
    return wechat_messages.note_events(happened=events, now=NOW)


def remaining() -> int:
    return WechatConsent.objects.get(template_id=TEMPLATE).remaining


def test_who_agreed_is_told_once_for_one_event(wechat: Wechat, buyer: User) -> None:
    agree(buyer, times=2)
    note(shipped(buyer))
    note(shipped(buyer))  # handed over again

    assert consents.deliver_messages(now=NOW) == 1
    assert consents.deliver_messages(now=NOW + timedelta(hours=1)) == 0
    (sent,) = wechat.sent
    assert (sent["touser"], sent["template_id"]) == ("o-1", TEMPLATE)
    assert sent["page"] == "packages/follow/order/index?id=0199-order"
    assert sent["data"] == {
        "character_string1": {"value": "XS20260615-0001"},
        "thing2": {"value": "商品已发出，请留意收货"},
        "time3": {"value": "2026-06-15 12:00"},
    }
    assert remaining() == 1


def test_each_yes_is_one_message_and_a_no_is_none(wechat: Wechat, buyer: User) -> None:
    assert agree(buyer) == [
        {"name": "order_shipped", "template_id": TEMPLATE, "answer": "accept", "remaining": 1}
    ]
    note(shipped(buyer, 1), shipped(buyer, 2))
    assert (consents.deliver_messages(now=NOW), len(wechat.sent)) == (1, 1)
    assert agree(buyer, "reject")[0]["remaining"] == 0
    assert note(shipped(buyer, 3)) == 0
    assert not WechatConsent.objects.filter(template_id="another").exists()


def test_not_the_own_deed_not_old_news_not_other_people(wechat: Wechat, buyer: User) -> None:
    agree(buyer, times=5)
    other = an_organization(parent=buyer.organization.parent)

    assert note(shipped(buyer, user_id=buyer.pk)) == 0
    assert note(shipped(buyer, effective_at=NOW - timedelta(days=2))) == 0
    assert note(shipped(buyer, visible_paths=(other.path, buyer.organization_path))) == 0
    assert note(shipped(buyer, type="order.allocated")) == 0


def test_a_busy_wechat_is_asked_again_later_and_the_consent_stays(wechat: Wechat, buyer: User) -> None:
    agree(buyer)
    note(shipped(buyer))
    wechat.failing.append(-1)
    assert consents.deliver_messages(now=NOW) == 0
    assert (WechatMessage.objects.get().state, remaining()) == ("WAITING", 1)
    assert consents.deliver_messages(now=NOW + timedelta(seconds=1)) == 0

    assert consents.deliver_messages(now=NOW + timedelta(minutes=2)) == 1
    assert (len(wechat.sent), remaining()) == (1, 0)


def test_who_refused_in_wechat_itself_is_left_alone(wechat: Wechat, buyer: User) -> None:
    agree(buyer, times=3)
    note(shipped(buyer))
    wechat.failing.append(43101)

    consents.deliver_messages(now=NOW)

    assert (WechatMessage.objects.get().state, remaining()) == ("FAILED", 0)


def test_a_template_that_wechat_does_not_know_uses_nobodys_consent(wechat: Wechat, buyer: User) -> None:
    agree(buyer)
    note(shipped(buyer))
    wechat.failing.append(40037)

    consents.deliver_messages(now=NOW)
    assert (WechatMessage.objects.get().state, WechatMessage.objects.get().problem) == ("FAILED", "40037")
    assert remaining() == 1
    assert consents.deliver_messages(now=NOW + timedelta(hours=1)) == 0  # not again and again


def test_a_yes_told_twice_counts_once_and_the_token_is_asked_for_once(wechat: Wechat, buyer: User) -> None:
    api = Api(an_actor(buyer.organization, Role.BUYER, user=buyer))
    for _ in range(2):  # its answer was lost
        api.post("/session/wechat/consents", {"answers": {TEMPLATE: "accept"}}, key="one-press")
    assert remaining() == 1
    agree(buyer)
    note(shipped(buyer, 1), shipped(buyer, 2))
    assert consents.deliver_messages(now=NOW) == 2
    assert wechat.tokens == 1


def test_a_wechat_that_is_not_reached_gets_it_later(
    wechat: Wechat, buyer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(buyer)
    note(shipped(buyer))
    monkeypatch.setattr(ENV, "wechat_base_url", "http://127.0.0.1:9")
    consents.deliver_messages(now=NOW)
    assert (WechatMessage.objects.get().state, remaining()) == ("WAITING", 1)

    monkeypatch.setattr(ENV, "wechat_base_url", wechat.base_url)
    assert consents.deliver_messages(now=NOW + timedelta(minutes=2)) == 1


def test_what_was_perhaps_sent_is_never_sent_again(wechat: Wechat, buyer: User) -> None:
    agree(buyer, times=2)
    note(shipped(buyer))
    WechatMessage.objects.update(
        state="SENDING", next_at=NOW
    )  # a worker died between asking and writing down

    assert consents.deliver_messages(now=NOW + timedelta(minutes=11)) == 0
    assert (WechatMessage.objects.get().state, wechat.sent) == ("UNSURE", [])


def test_who_is_unbound_gets_nothing(wechat: Wechat, buyer: User) -> None:
    agree(buyer)
    note(shipped(buyer))
    WechatBinding.objects.update(ended_at=NOW)

    assert consents.deliver_messages(now=NOW) == 0
    assert (WechatMessage.objects.get().state, wechat.sent) == ("FAILED", [])
