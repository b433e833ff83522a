"""The desk over HTTP: notices go to whoever can act on them, work is counted for whoever can do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.catalog.models import Product
from huiliu.flows.desk import notices
from huiliu.kernel.ids import uuid7
from huiliu.platform.events import EventRow
from huiliu.platform.models import Notice
from huiliu.testing.actors import NOW, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return a_channel()


def an_event(channel: Channel, type_: str = "order.submitted", *, number: int = 1, **fields: Any) -> EventRow:
    told = EventRow(
        id=number,
        xid=1,
        type=type_,
        subject_type="order",
        subject_id=str(uuid7()),
        visible_paths=(channel.dealer.path, channel.brand.path),
        broadcast=False,
        payload={"number": f"XS-{number}", "state": "SUBMITTED"},
        user_id=channel.owner.user_id,
        effective_at=NOW,
        recorded_at=NOW,
    )
    return replace(told, **fields)


def kinds(api: Api) -> list[str]:
    answer = api.get("/notices")
    assert answer.status_code == 200
    return [one["kind"] for one in answer.json()["items"]]


def test_a_new_order_is_told_to_those_who_confirm_and_to_nobody_else(channel):
    notices.note_events(happened=[an_event(channel)], now=NOW)

    assert kinds(Api(channel.manager)) == ["order.to_confirm"]
    assert kinds(Api(an_actor(channel.brand, Role.WAREHOUSE))) == []
    assert kinds(Api(channel.owner)) == []
    assert kinds(Api(channel.other_owner)) == []


def test_the_same_events_again_tell_nothing_twice(channel):
    notices.note_events(happened=[an_event(channel)], now=NOW)
    notices.note_events(happened=[an_event(channel)], now=NOW)

    assert Notice.objects.count() == 1


def test_old_events_are_no_news_and_old_news_is_forgotten(channel):
    long_ago = NOW - notices.KEPT - timedelta(seconds=1)
    notices.note_events(happened=[an_event(channel, number=1)], now=NOW)
    notices.note_events(happened=[an_event(channel, number=2, effective_at=long_ago)], now=NOW)
    assert Notice.objects.count() == 1

    notices.note_events(happened=[], now=NOW + notices.KEPT + timedelta(seconds=1))

    assert not Notice.objects.exists()


def test_nobody_is_told_of_the_own_deeds(channel):
    notices.note_events(happened=[an_event(channel, user_id=channel.manager.user_id)], now=NOW)

    assert kinds(Api(channel.manager)) == []
    assert kinds(Api(channel.staff)) == ["order.to_confirm"]


def test_a_branch_hears_of_its_own_partners_only(channel):
    east = an_organization(kind="BRANCH", parent=channel.brand, name="华东分公司")
    dealer = an_organization(kind="DISTRIBUTOR", parent=east, name="无锡新丰商贸有限公司")
    mine = an_event(channel, number=1, visible_paths=(dealer.path, channel.brand.path))
    theirs = an_event(channel, number=2)
    notices.note_events(happened=[mine, theirs], now=NOW)

    answer = Api(an_actor(east, Role.CHANNEL_MANAGER)).get("/notices").json()["items"]

    assert [one["payload"]["number"] for one in answer] == ["XS-1"]


def test_reading_moves_one_persons_place_and_only_forward(channel):
    notices.note_events(happened=[an_event(channel, number=n) for n in (1, 2, 3)], now=NOW)
    api, colleague = Api(channel.manager), Api(channel.staff)
    newest, middle, _ = [one["id"] for one in api.get("/notices").json()["items"]]

    assert api.get("/notices/unread").json() == {"unread": 3}
    assert api.post("/notices/read", {"until": middle}).json() == {"unread": 1}
    assert api.post("/notices/read", {"until": newest}).json() == {"unread": 0}
    assert api.post("/notices/read", {"until": middle}).json() == {"unread": 0}
    assert [one["unread"] for one in api.get("/notices").json()["items"]] == [False, False, False]
    assert colleague.get("/notices/unread").json() == {"unread": 3}


def test_pages_of_notices_join(channel):
    notices.note_events(happened=[an_event(channel, number=n) for n in range(1, 6)], now=NOW)
    api = Api(channel.manager)

    first = api.get("/notices", limit=3).json()
    second = api.get("/notices", limit=3, cursor=first["next_cursor"]).json()

    numbers = [one["payload"]["number"] for one in first["items"] + second["items"]]
    assert numbers == ["XS-5", "XS-4", "XS-3", "XS-2", "XS-1"]
    assert second["next_cursor"] is None


def order(channel: Channel, quantity: str = "1") -> str:
    lines = [{"sku_code": channel.sku.code, "quantity": quantity}]
    answer = Api(channel.owner).post("/orders", {"id": str(uuid7()), "lines": lines})
    assert answer.status_code == 201
    return str(answer.json()["id"])


def waiting(api: Api) -> dict[str, int]:
    answer = api.get("/desk/waiting")
    assert answer.status_code == 200
    return {one["key"]: one["count"] for one in answer.json()}


def test_work_waits_for_whoever_can_do_its_next_step(channel):
    first, _ = order(channel), order(channel)
    assert waiting(Api(channel.manager)) == {"orders.to_confirm": 2}
    assert waiting(Api(channel.keeper)) == {}

    Api(channel.manager).post(f"/orders/{first}/confirm", {"step": "CONFIRM"})

    assert waiting(Api(channel.manager)) == {"orders.to_confirm": 1}
    assert waiting(Api(channel.keeper)) == {"orders.to_ship": 1}
    assert waiting(Api(channel.owner)) == {}
    assert waiting(Api(channel.other_owner)) == {}


def test_goods_under_way_wait_for_the_buyer(channel):
    placed = order(channel)
    Api(channel.manager).post(f"/orders/{placed}/confirm", {"step": "CONFIRM"})
    shipped = Api(channel.keeper).post(
        f"/orders/{placed}/ship", {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk}
    )
    assert shipped.status_code == 201

    assert waiting(Api(channel.owner)) == {"shipments.to_receive": 1}
    assert waiting(Api(channel.other_owner)) == {}


def hits(api: Api, text: str) -> list[tuple[str, str]]:
    answer = api.get("/search", text=text)
    assert answer.status_code == 200
    return [(one["kind"], one["title"]) for one in answer.json()]


def test_one_search_finds_goods_and_orders_within_the_reach(channel):
    Product.objects.update(search_text="w550 商品w550 spw550")
    number = Api(channel.owner).get(f"/orders/{order(channel)}").json()["number"]

    assert ("order", number) in hits(Api(channel.manager), number[-4:])
    assert ("order", number) in hits(Api(channel.owner), number)
    assert hits(Api(channel.other_owner), number) == []
    assert ("product", "商品W550") in hits(Api(channel.owner), "w550")


def test_a_search_without_words_is_refused(channel):
    assert Api(channel.manager).get("/search", text="").status_code == 422
    assert hits(Api(channel.manager), "  ") == []
