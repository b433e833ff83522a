"""What is wrong is counted for whoever can change it, leads to exactly those rows, and is told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.flows.desk import alerts, notices
from huiliu.kernel.ids import uuid7
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef, Source
from huiliu.orders.models import Order
from huiliu.platform import settings_store
from huiliu.platform.events import EventRow
from huiliu.platform.models import Event, Notice
from huiliu.testing.actors import an_actor
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel, a_warehouse, stock_up

pytestmark = pytest.mark.django_db


def now() -> datetime:
    """The hour that the API reads: one taken when the run began would be late itself."""
    return datetime.now(UTC)


@pytest.fixture
def channel() -> Channel:
    return a_channel()


def shown(api: Api) -> dict[str, tuple[int, int]]:
    answer = api.get("/desk/alerts")
    assert answer.status_code == 200
    return {one["key"]: (one["count"], one["limit"]) for one in answer.json()}


def an_order(channel: Channel, *, age: timedelta) -> str:
    lines = [{"sku_code": channel.sku.code, "quantity": "1"}]
    placed = Api(channel.owner).post("/orders", {"id": str(uuid7()), "lines": lines}).json()["id"]
    Order.objects.filter(pk=placed).update(submitted_at=now() - age)
    return str(placed)


def listed(api: Api, path: str, **filters: Any) -> list[dict[str, Any]]:
    answer = api.get(path, **filters)
    assert answer.status_code == 200
    return list(answer.json()["items"])


def test_an_order_is_late_after_the_hours_of_the_setting(channel):
    late = an_order(channel, age=timedelta(hours=24, minutes=1))
    an_order(channel, age=timedelta(hours=23, minutes=59))
    manager = Api(channel.manager)

    assert shown(manager) == {"orders.late.SUBMITTED": (1, 24)}
    assert shown(Api(channel.keeper)) == {}
    assert shown(Api(channel.other_owner)) == {}
    assert [row["id"] for row in listed(manager, "/orders", is_late="true")] == [late]
    assert manager.get("/orders/totals", is_late="true").json()["orders"] == 1
    assert len(listed(manager, "/orders")) == 2

    admin = an_actor(channel.brand, Role.ADMINISTRATOR)
    hours = settings_store.get_setting("orders.wait_hours")
    settings_store.put_setting(
        actor=admin, key="orders.wait_hours", value=hours.value | {"SUBMITTED": 2}, version=hours.version,
        reason="faster", now=now(),
    )  # fmt: skip
    assert shown(manager) == {"orders.late.SUBMITTED": (2, 2)}


def test_a_step_done_makes_the_order_wait_for_the_next_ones_people(channel):
    late = an_order(channel, age=timedelta(days=30))
    Api(channel.manager).post(f"/orders/{late}/confirm", {"step": "CONFIRM"})

    assert shown(Api(channel.manager)) == {}
    assert shown(Api(channel.keeper)) == {}  # it waits for shipment since now
    Order.objects.filter(pk=late).update(confirmed_at=now() - timedelta(hours=73))
    assert shown(Api(channel.keeper)) == {"orders.late.CONFIRMED": (1, 72)}


def test_lots_near_their_expiry_are_their_owners_matter(channel):
    place = a_warehouse(channel.dealer)
    today = now().date()
    stock_up(place, channel.sku, "10", lot=(today + timedelta(days=20)).isoformat())
    stock_up(place, channel.sku, "10", lot=(today + timedelta(days=40)).isoformat())

    owner = Api(channel.owner)
    assert shown(owner)["stock.expiring"] == (1, 30)
    assert "stock.expiring" not in shown(Api(channel.keeper))
    [row] = listed(
        owner, "/stock", group="LOT", organization_id=channel.dealer.pk,
        expires_before=(today + timedelta(days=30)).isoformat(),
    )  # fmt: skip
    assert row["on_hand"] == "10"


def move(channel: Channel, amount: str, *, age: timedelta, pays: bool = False) -> None:
    """Goods for that money went out so long ago, or it was paid then."""
    money = AccountRef(
        AccountKind.PARTNER_BALANCE, channel.dealer.pk, currency="CNY", counterparty_id=channel.brand.pk
    )
    other = AccountRef(AccountKind.CASH if pays else AccountKind.SALES, channel.brand.pk, currency="CNY")
    ledger.set_floor(account=money, target=Decimal(-100_000))
    ledger.post(
        source=Source("opening", uuid7(), "open"),
        amount=Decimal(amount),
        debit=money if pays else other,
        credit=other if pays else money,
        user_id=None,
        now=now(),
        effective_at=now() - age,
    )


@pytest.mark.parametrize(
    ("paid", "overdue"),
    [("0", "300.00"), ("299.99", "0.01"), ("300", "0.00"), ("450", "0.00")],
)
def test_payments_settle_the_oldest_debts_and_what_is_left_of_them_is_overdue(paid, overdue):
    channel = a_channel(prepaid="1000")
    move(channel, "1300", age=timedelta(days=31))
    move(channel, "200", age=timedelta(days=29))
    if Decimal(paid):
        move(channel, paid, age=timedelta(days=2), pays=True)
    finance, owner = Api(an_actor(channel.brand, Role.FINANCE)), Api(channel.owner)

    [row] = listed(owner, "/balances", buyer_id=channel.dealer.pk)
    assert row["overdue"] == overdue
    late = listed(finance, "/balances", overdue="true")
    assert [(one["buyer_id"], one["overdue"]) for one in late] == (
        [] if overdue == "0.00" else [(channel.dealer.pk, overdue)]
    )
    expected = {} if overdue == "0.00" else {"money.overdue": (1, 30)}
    assert shown(finance) == expected
    assert ("money.own_overdue" in shown(owner)) is bool(expected)
    assert listed(Api(channel.other_owner), "/balances", overdue="true") == []


def test_goods_that_will_soon_be_gone_are_counted_and_listed(channel):
    place = a_warehouse(channel.dealer)
    stock_up(place, channel.sku, "30")
    owner = Api(channel.owner)
    assert "stock.cover_low" not in shown(owner)  # nothing is sold on: nobody knows how long it lasts
    ledger.post(
        source=Source("opening", uuid7(), "sell"),
        amount=Decimal(24),
        debit=AccountRef(AccountKind.SOLD_OUT, channel.dealer.pk, sku_id=channel.sku.pk),
        credit=AccountRef(AccountKind.STOCK, channel.dealer.pk, sku_id=channel.sku.pk, place_id=place.pk),
        user_id=None,
        now=now(),
        effective_at=now() - timedelta(days=2),
    )

    assert "stock.cover_low" not in shown(
        owner
    )  # 6 are left, 24 went in 28 days: exactly 7 days are not below 7
    hours = settings_store.get_setting("inventory.watched")
    settings_store.put_setting(
        actor=an_actor(channel.brand, Role.ADMINISTRATOR), key="inventory.watched",
        value=hours.value | {"cover_days": 8}, version=hours.version, reason="earlier", now=now(),
    )  # fmt: skip
    assert shown(owner)["stock.cover_low"] == (1, 8)
    rows = listed(owner, "/stock", group="ORGANIZATION", organization_id=channel.dealer.pk, cover_below=8)
    assert [(row["sku_code"], row["on_hand"]) for row in rows] == [(channel.sku.code, "6")]
    assert listed(owner, "/stock", group="ORGANIZATION", cover_below=7) == []


def test_what_became_late_is_told_once_a_day_to_whoever_can_move_it(channel):
    an_order(channel, age=timedelta(hours=25))
    an_order(channel, age=timedelta(days=9))  # was told of long ago

    alerts.tell_what_is_new(now=now())
    alerts.tell_what_is_new(now=now() + timedelta(minutes=1))

    [event] = Event.objects.filter(type="desk.alert")
    assert event.payload == {
        "key": "orders.late.SUBMITTED", "count": 1, "limit": 24, "organization_id": channel.brand.pk,
    }  # fmt: skip
    notices.note_events(happened=[_row(event)], now=now())
    assert Notice.objects.filter(kind__startswith="alert.").count() == 1
    [notice] = [one for one in listed(Api(channel.manager), "/notices") if one["kind"].startswith("alert.")]
    assert notice["kind"] == "alert.orders.late.SUBMITTED"
    assert listed(Api(channel.owner), "/notices") == []


def _row(event: Event) -> EventRow:
    """The event of this very transaction, which no consumer can see yet."""
    return EventRow(
        id=event.pk, xid=1, type=event.type, subject_type=event.subject_type, subject_id=event.subject_id,
        visible_paths=(event.visible_path, event.visible_path_2), broadcast=False, payload=event.payload,
        user_id=None, effective_at=event.effective_at, recorded_at=event.recorded_at,
    )  # fmt: skip
