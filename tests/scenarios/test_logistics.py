"""Where goods are on the road: by hand, by a carrier's signed push; late, doubled and forged ones do no harm."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connections

from huiliu.integrations.carriers import CARRIERS, PushNotSigned, PushUnreadable
from huiliu.kernel.ids import uuid7
from huiliu.orders.models import Waybill
from huiliu.orders.tracking import TrackingEvent, TrackingState, merge, state_of
from huiliu.platform.database import system_reach
from huiliu.platform.models import Event
from huiliu.testing.actors import a_token
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel

SALT = "only-for-tests"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
S = TrackingState

SCANS = [
    ("2026-11-23 09:10:00", "揽收", "【苏州市】快件已被揽收", "苏州市"),
    ("2026-11-23 21:40:12", "在途", "【无锡市】离开分拨中心", "无锡市"),
    ("2026-11-24 08:05:30", "派件", "【南京市】正在派件", "南京市"),
    ("2026-11-24 11:32:01", "签收", "【南京市】已签收，签收人：前台", "南京市"),
]


def a_push(*scans: tuple[str, str, str, str], number: str = "SF1234567890") -> dict[str, str]:
    """The form as 快递100 posts it: newest scan first."""
    data = [
        {"time": at, "ftime": at, "status": word, "context": text, "areaName": place, "location": ""}
        for at, word, text, place in reversed(scans)
    ]
    result = {"message": "ok", "state": "0", "status": "200", "ischeck": "0", "com": "shunfeng", "nu": number}
    story = {"status": "polling", "billstatus": "got", "message": "", "lastResult": result | {"data": data}}
    param = json.dumps(story, ensure_ascii=False)
    return {"param": param, "sign": signed(param)}


def signed(param: str, salt: str = SALT) -> str:
    return hashlib.md5((param + salt).encode(), usedforsecurity=False).hexdigest().upper()


def push(form: dict[str, str], carrier: str = "kuaidi100") -> Any:
    return Api().raw(
        "POST", f"/logistics/push/{carrier}", urlencode(form).encode(), "application/x-www-form-urlencoded"
    )


@pytest.fixture(autouse=True)
def _salt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.CARRIER_SECRETS, "kuaidi100", SALT)


@pytest.fixture
def channel(committed_db: str) -> Channel:
    assert committed_db
    with system_reach("tests"):
        return a_channel()


def signed_in(channel: Channel, who: str) -> Api:
    with system_reach("tests"):
        return Api(token=a_token(getattr(channel, who)))


def shipped(channel: Channel) -> tuple[str, str]:
    """An order on the road: (order id, shipment id)."""
    line = {"sku_code": channel.sku.code, "quantity": "10"}
    order = signed_in(channel, "owner").post("/orders", {"id": str(uuid7()), "lines": [line]}).json()["id"]
    staff = signed_in(channel, "staff")
    staff.post(f"/orders/{order}/confirm", {"step": "CONFIRM"})
    body = {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk}
    return order, staff.post(f"/orders/{order}/ship", body).json()["id"]


def attached(channel: Channel, shipment: str, *, number: str = "SF1234567890", who: str = "staff") -> Any:
    body = {"id": str(uuid7()), "carrier": "shunfeng", "tracking_number": number}
    return signed_in(channel, who).post(f"/shipments/{shipment}/waybills", body)


def told() -> list[str]:
    with system_reach("tests"):
        events = Event.objects.filter(type="order.tracked").order_by("id")
        return [event.payload["state"] for event in events]


def test_a_push_moves_the_goods_and_both_sides_see_where_they_are(channel: Channel) -> None:
    order, shipment = shipped(channel)
    assert attached(channel, shipment).json()["state"] == "CREATED"

    answer = push(a_push(*SCANS[:3]))

    assert (answer.status_code, answer.json()) == (
        200,
        {"result": True, "returnCode": "200", "message": "成功"},
    )
    for who in ("owner", "staff"):
        [seen] = signed_in(channel, who).get(f"/orders/{order}").json()["shipments"][0]["waybills"]
        assert (seen["state"], [event["state"] for event in seen["events"]]) == (
            "OUT_FOR_DELIVERY",
            ["ACCEPTED", "IN_TRANSIT", "OUT_FOR_DELIVERY"],
        )
        assert seen["events"][0]["at"] == "2026-11-23T01:10:00+00:00"  # Beijing's morning
    assert told() == ["CREATED", "OUT_FOR_DELIVERY"]
    assert signed_in(channel, "other_owner").get(f"/orders/{order}").status_code == 404


def test_the_same_push_eight_times_at_once_is_heard_once(channel: Channel) -> None:
    _, shipment = shipped(channel)
    attached(channel, shipment)

    def again(_: int) -> int:
        try:
            return int(push(a_push(*SCANS)).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(again, range(8))) == [200] * 8

    with system_reach("tests"):
        waybill = Waybill.objects.get()
    assert (waybill.state, len(waybill.events)) == ("DELIVERED", 4)
    assert told() == ["CREATED", "DELIVERED"]


@pytest.mark.parametrize(
    "forge",
    [
        lambda form: form | {"sign": "0" * 32},
        lambda form: form | {"sign": ""},
        lambda form: form | {"sign": signed(form["param"], "another salt")},
        lambda form: form | {"param": form["param"].replace("签收", "退回")},
        lambda _: {"param": "", "sign": signed("", "")},
    ],
)
def test_who_cannot_sign_is_not_heard(channel: Channel, forge: Any) -> None:
    _, shipment = shipped(channel)
    attached(channel, shipment)

    answer = push(forge(a_push(*SCANS)))

    assert (answer.status_code, answer.json()["code"]) == (401, "integrations.push_not_signed")
    with system_reach("tests"):
        assert Waybill.objects.get().events == []
    assert told() == ["CREATED"]


def test_without_a_salt_nobody_can_push(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    assert channel
    monkeypatch.setitem(settings.CARRIER_SECRETS, "kuaidi100", "")
    param = a_push(*SCANS)["param"]

    assert push({"param": param, "sign": signed(param, "")}).status_code == 401
    assert push(a_push(*SCANS), carrier="unknown").json()["code"] == "integrations.carrier_unknown"


def test_a_number_that_nobody_waits_for_is_said(channel: Channel) -> None:
    assert channel
    assert push(a_push(*SCANS)).json()["code"] == "orders.waybill_unknown"


@pytest.mark.parametrize(
    "param",
    [
        "",
        "[]",
        "{",
        '{"lastResult": null}',
        '{"lastResult": {"com": "a", "nu": "b", "data": [{"time": "soon"}]}}',
    ],
)
def test_a_signed_push_that_cannot_be_read_is_refused(param: str) -> None:
    with pytest.raises(PushUnreadable):
        CARRIERS["kuaidi100"].read({"param": param, "sign": signed(param)}, secret=SALT)
    with pytest.raises(PushNotSigned):
        CARRIERS["kuaidi100"].read({"param": param, "sign": signed(param)}, secret="")


def test_by_hand_only_the_seller_tells_and_one_number_stands_on_one_shipment(channel: Channel) -> None:
    _, shipment = shipped(channel)
    assert attached(channel, shipment, who="owner").json()["code"] == "platform.scope_missing"
    waybill = attached(channel, shipment).json()["id"]
    _, second = shipped(channel)
    assert attached(channel, second).json()["code"] == "orders.waybill_taken"

    event = {"at": NOW.isoformat(), "state": "EXCEPTION", "text": "大雾封路", "place": "沪宁高速"}
    answer = signed_in(channel, "keeper").post(f"/waybills/{waybill}/events", event)
    refused = signed_in(channel, "owner").post(f"/waybills/{waybill}/events", event)

    assert (answer.status_code, answer.json()["state"]) == (200, "EXCEPTION")
    assert [one["source"] for one in answer.json()["events"]] == ["by hand"]
    assert refused.json()["code"] == "platform.scope_missing"
    assert told() == ["CREATED", "EXCEPTION"]


def at(minutes: int, state: TrackingState, text: str = "") -> TrackingEvent:
    return TrackingEvent(NOW + timedelta(minutes=minutes), state, text)


def test_what_comes_late_finds_its_place_and_moves_nothing_back() -> None:
    story = merge([], [at(-10, S.OUT_FOR_DELIVERY)], source="x", now=NOW)
    story = merge(story, [at(-60, S.ACCEPTED), at(-30, S.IN_TRANSIT)], source="x", now=NOW)

    assert [one["state"] for one in story] == ["ACCEPTED", "IN_TRANSIT", "OUT_FOR_DELIVERY"]
    assert state_of(story) is S.OUT_FOR_DELIVERY


def test_delivered_stays_delivered_unless_the_goods_come_back() -> None:
    story = merge([], [at(-10, S.DELIVERED), at(-5, S.IN_TRANSIT)], source="x", now=NOW)
    assert state_of(story) is S.DELIVERED
    assert state_of(merge(story, [at(-1, S.RETURNED)], source="x", now=NOW)) is S.RETURNED


def test_a_clock_that_runs_days_ahead_does_not_hide_what_follows() -> None:
    story = merge([], [at(60 * 24 * 30, S.ACCEPTED)], source="x", now=NOW)
    story = merge(story, [at(5, S.DELIVERED)], source="x", now=NOW + timedelta(minutes=6))

    assert state_of(story) is S.DELIVERED
