"""Promises go by the date of a lot; what is too old for the seller is promised to nobody and offered to nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from huiliu.flows.place_order import place_order
from huiliu.kernel.ids import uuid7
from huiliu.kernel.period import business_date
from huiliu.ledger.models import Account
from huiliu.orders import services
from huiliu.orders.errors import InsufficientStock
from huiliu.orders.types import DraftLine, OrderDraft, ShortageMode
from huiliu.platform import stamps
from huiliu.platform.models import Setting
from huiliu.testing.actors import acting
from huiliu.testing.api import Api
from huiliu.testing.inventory import held
from huiliu.testing.trade import Channel, a_channel, stock_up

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)  # the id of an order has the real clock in it
TODAY = business_date(NOW)


def lot(days: int, batch: str = "") -> str:
    """A lot that expires so many days from today."""
    return f"{TODAY + timedelta(days=days)}{batch}"


@pytest.fixture
def channel() -> Channel:
    return a_channel(stock="0")


def order(channel: Channel, units: int, *, mode: ShortageMode = ShortageMode.REFUSE) -> UUID:
    order_id = uuid7()
    with acting(channel.owner):
        place_order(
            actor=channel.owner,
            draft=OrderDraft(
                order_id,
                channel.dealer.pk,
                channel.brand.pk,
                (DraftLine(channel.sku.pk, Decimal(units), "瓶"),),
                shortage_mode=mode,
            ),
            now=NOW,
        )
    return order_id


def wants(channel: Channel, days: int, *, of: str = "") -> None:
    """Days that must be left: the brand's rule, or one seller's."""
    Setting.objects.create(
        key=f"inventory.shelf_days_left{of}", value=days, version=1, updated_at=NOW, updated_by=None
    )
    stamps.forget()


def test_expired_goods_are_promised_to_nobody_though_they_lie_there(channel: Channel):
    stock_up(channel.warehouse, channel.sku, "50", lot=lot(-1))
    stock_up(channel.warehouse, channel.sku, "5", lot=lot(0))

    order(channel, 5)
    with pytest.raises(InsufficientStock):
        order(channel, 1)

    assert held(channel.warehouse, channel.sku, lot(-1)) == 0
    assert held(channel.warehouse, channel.sku, lot(0)) == 5


def test_the_date_decides_what_goes_first_not_the_text(channel: Channel):
    for text in ("0001-99-99", "A-7", lot(40, "/A"), lot(20, "/Z"), ""):
        stock_up(channel.warehouse, channel.sku, "10", lot=text)

    taken: list[tuple[Decimal, ...]] = []
    for units in (10, 10, 15):
        order(channel, units)
        taken.append(
            tuple(held(channel.warehouse, channel.sku, text) for text in (lot(20, "/Z"), lot(40, "/A")))
        )

    ten, none = Decimal(10), Decimal(0)
    assert taken == [(ten, none), (ten, ten), (ten, ten)]
    # A text that only looks like a date is none: after the dated, before what is not kept by lot.
    assert held(channel.warehouse, channel.sku, "0001-99-99") == 10
    assert held(channel.warehouse, channel.sku, "A-7") == 5
    assert held(channel.warehouse, channel.sku, "") == 0
    assert Account.objects.get(sku_id=channel.sku.pk, lot="0001-99-99").expires_on is None


@pytest.mark.parametrize(("of_brand", "of_seller", "promised"), [(31, None, 0), (30, None, 10), (90, 10, 10)])
def test_a_seller_keeps_back_what_would_not_last(channel: Channel, of_brand, of_seller, promised):
    stock_up(channel.warehouse, channel.sku, "10", lot=lot(30))
    wants(channel, of_brand)
    if of_seller is not None:
        wants(channel, of_seller, of=f".{channel.brand.pk}")

    order(channel, 10, mode=ShortageMode.BACKORDER)

    assert held(channel.warehouse, channel.sku, lot(30)) == promised


def test_goods_that_come_in_later_are_shared_out_by_the_same_rule(channel: Channel):
    order_id = order(channel, 12, mode=ShortageMode.BACKORDER)
    stock_up(channel.warehouse, channel.sku, "10", lot=lot(60))
    stock_up(channel.warehouse, channel.sku, "5", lot=lot(9))
    stock_up(channel.warehouse, channel.sku, "50", lot=lot(-3))

    with acting(channel.staff):
        given = services.allocate_backorders(actor=channel.staff, order_id=order_id, now=NOW)

    assert given == {1: 12}
    assert [held(channel.warehouse, channel.sku, lot(days)) for days in (9, 60, -3)] == [5, 7, 0]


def test_what_no_order_would_get_is_not_offered(channel: Channel):
    stock_up(channel.warehouse, channel.sku, "500", lot=lot(-1))
    path = f"/stock/seller?buyer_id={channel.dealer.pk}&seller_id={channel.brand.pk}&sku_ids={channel.sku.pk}"

    def level() -> Any:
        [row] = Api(channel.owner).get(path).json()
        return row["level"]

    assert level() == "NONE"
    stock_up(channel.warehouse, channel.sku, "500", lot=lot(1))
    assert level() == "PLENTY"
