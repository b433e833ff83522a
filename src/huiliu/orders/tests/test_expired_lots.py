"""A lot that expires between promise and shipment does not leave; the order gets another one, or waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest

from huiliu.flows.place_order import place_order
from huiliu.inventory.models import Warehouse
from huiliu.kernel.ids import uuid7, uuid7_of
from huiliu.kernel.period import business_date
from huiliu.ledger import selectors as ledger
from huiliu.ledger.types import AccountKind
from huiliu.orders import services
from huiliu.orders.models import Line, Order, Shipment
from huiliu.orders.services import allocate as allocate_service
from huiliu.orders.types import DraftLine, OrderDraft, ShortageMode, Step
from huiliu.platform.models import AuditRecord, Event
from huiliu.testing.actors import acting
from huiliu.testing.api import Api
from huiliu.testing.inventory import held, on_hand
from huiliu.testing.ledger import at_once, committed
from huiliu.testing.trade import Channel, a_channel, a_warehouse, stock_up


@pytest.fixture
def channel() -> Channel:
    return a_channel(stock="0")


def lot(days: int) -> str:
    """A lot that expires so many days from today."""
    return str(business_date(datetime.now(UTC)) + timedelta(days=days))


def ordered(channel: Channel, units: int, *, days_ago: int) -> UUID:
    """Placed and promised some days ago, when what has expired today was still good."""
    then = datetime.now(UTC) - timedelta(days=days_ago)
    order_id = uuid7_of(then, str(uuid7()))
    with acting(channel.owner):
        place_order(
            actor=channel.owner,
            draft=OrderDraft(
                order_id,
                channel.dealer.pk,
                channel.brand.pk,
                (DraftLine(channel.sku.pk, Decimal(units), "瓶"),),
                shortage_mode=ShortageMode.BACKORDER,
            ),
            now=then,
        )
    with acting(channel.staff):
        for step in Order.objects.get(pk=order_id).steps_open:
            services.confirm_order(
                actor=channel.staff, order_id=order_id, step=Step(step), now=datetime.now(UTC)
            )
    return order_id


def ship(channel: Channel, order_id: UUID, **more: object) -> tuple[int, Any]:
    body = {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk, **more}
    answer = Api(channel.staff).post(f"/orders/{order_id}/ship", body)
    return answer.status_code, answer.json()


def allocate(channel: Channel, order_id: UUID) -> dict[str, str]:
    answer = Api(channel.staff).post(f"/orders/{order_id}/allocate", {})
    assert answer.status_code == 200, answer.json()
    lines: dict[str, str] = answer.json()["lines"]
    return lines


def progress(order_id: UUID) -> list[Decimal]:
    line = Line.objects.get(order_id=order_id)
    return [line.allocated, line.backordered, line.shipped]


def actions(channel: Channel, order_id: UUID) -> list[str]:
    found: list[str] = Api(channel.staff).get(f"/orders/{order_id}").json()["allowed_actions"]
    return found


def state_of_everything(channel: Channel, order_id: UUID) -> tuple[object, ...]:
    return (
        progress(order_id),
        on_hand(channel.warehouse, channel.sku),
        held(channel.warehouse, channel.sku),
        Order.objects.get(pk=order_id).version,
        Shipment.objects.count(),
        Event.objects.count(),
        AuditRecord.objects.count(),
        ledger.open_holds(source_id=order_id),
    )


@pytest.mark.django_db
def test_an_expired_lot_does_not_leave_and_nothing_else_happens(channel: Channel):
    stock_up(channel.warehouse, channel.sku, "10", lot=lot(-1))
    order_id = ordered(channel, 8, days_ago=3)
    assert held(channel.warehouse, channel.sku, lot(-1)) == 8
    with acting(channel.staff):
        before = state_of_everything(channel, order_id)

    status, problem = ship(channel, order_id)

    assert (status, problem["code"]) == (409, "orders.lot_expired")
    assert (problem["facts"]["lines"], problem["facts"]["lots"]) == ([1], [lot(-1)])
    assert "Allocate the order again" in problem["remedy"]
    with acting(channel.staff):
        assert state_of_everything(channel, order_id) == before


@pytest.mark.django_db
def test_board_and_pick_list_say_so_until_it_is_allocated_again(channel: Channel):
    stock_up(channel.warehouse, channel.sku, "10", lot=lot(-1))
    order_id = ordered(channel, 8, days_ago=3)
    stock_up(channel.warehouse, channel.sku, "10", lot=lot(30))
    keeper, asked = Api(channel.keeper), {"warehouse_id": channel.warehouse.pk, "order_id": [str(order_id)]}

    def told() -> tuple[Any, ...]:
        [row] = keeper.get("/fulfilment/waiting").json()["items"]
        paper = keeper.get("/fulfilment/pick-list", **asked).json()
        [line], [order] = paper["lines"], paper["orders"]
        return (
            row["lines_expired"],
            order["lines_expired"],
            [(one["lot"], one["has_expired"]) for one in line["lots"]],
        )

    assert told() == (1, 1, [(lot(-1), True)])
    allocate(channel, order_id)
    assert told() == (0, 0, [(lot(30), False)])


@pytest.mark.django_db
def test_the_last_day_is_a_good_day(channel: Channel):
    stock_up(channel.warehouse, channel.sku, "10", lot=lot(0))
    order_id = ordered(channel, 8, days_ago=3)

    assert "allocate" not in actions(channel, order_id)
    assert ship(channel, order_id)[0] == 201


@pytest.mark.django_db
def test_allocating_again_takes_another_lot_and_then_it_leaves(channel: Channel):
    stock_up(channel.warehouse, channel.sku, "10", lot=lot(-1))
    order_id = ordered(channel, 8, days_ago=3)
    stock_up(channel.warehouse, channel.sku, "50", lot=lot(90))
    assert "allocate" in actions(channel, order_id)

    assert allocate(channel, order_id) == {"1": "8.000000"}

    assert [held(channel.warehouse, channel.sku, lot(-1)), held(channel.warehouse, channel.sku, lot(90))] == [
        0,
        8,
    ]
    with acting(channel.staff):
        assert progress(order_id) == [8, 0, 0]
    assert "allocate" not in actions(channel, order_id)
    assert allocate(channel, order_id) == {}
    assert ship(channel, order_id)[0] == 201
    assert on_hand(channel.warehouse, channel.sku, lot(-1)) == 10
    assert on_hand(channel.warehouse, channel.sku, lot(90)) == 42
    with acting(channel.staff):
        assert progress(order_id) == [0, 0, 8]
        assert ledger.prove() == []


@pytest.mark.django_db
def test_what_cannot_be_replaced_waits_and_keeps_its_money(channel: Channel):
    stock_up(channel.warehouse, channel.sku, "10", lot=lot(-1))
    order_id = ordered(channel, 8, days_ago=3)
    stock_up(channel.warehouse, channel.sku, "3", lot=lot(90))

    assert allocate(channel, order_id) == {"1": "3.000000"}

    with acting(channel.staff):
        assert progress(order_id) == [3, 5, 0]
        money = [hold for hold in ledger.open_holds(source_id=order_id) if hold.sku_id is None]
        assert [hold.remaining for hold in money] == [80]
        told = Event.objects.filter(type="order.allocated").get()
        assert told.payload == {"number": told.payload["number"], "lines": 1, "expired": [1]}
        assert ledger.prove() == []


@pytest.mark.django_db
def test_sharing_out_takes_nothing_of_a_closed_warehouse(channel: Channel):
    order_id = ordered(channel, 8, days_ago=0)
    closed = a_warehouse(channel.brand)
    stock_up(closed, channel.sku, "100")
    Warehouse.objects.filter(pk=closed.pk).update(is_active=False)
    stock_up(channel.warehouse, channel.sku, "3")

    assert allocate(channel, order_id) == {"1": "3.000000"}

    assert [held(closed, channel.sku), held(channel.warehouse, channel.sku)] == [0, 3]
    assert allocate(channel, order_id) == {}
    Warehouse.objects.filter(pk=closed.pk).update(is_active=True)
    assert allocate(channel, order_id) == {"1": "5.000000"}
    assert held(closed, channel.sku) == 5


def _race() -> tuple[list[Any], list[Decimal]]:
    """Two orders whose lots have expired are allocated again at once; there is another lot for one of them."""
    channel = committed(lambda: a_channel(stock="0"))
    committed(lambda: stock_up(channel.warehouse, channel.sku, "16", lot=lot(-1)))
    orders = [committed(partial(ordered, channel, 8, days_ago=3)) for _ in range(2)]
    committed(lambda: stock_up(channel.warehouse, channel.sku, "8", lot=lot(90)))
    now = datetime.now(UTC)
    works = [
        partial(services.allocate_backorders, actor=channel.staff, order_id=one, now=now) for one in orders
    ]
    answers = at_once(works)
    stand = [committed(partial(held, channel.warehouse, channel.sku, lot(days))) for days in (-1, 90)]
    assert committed(ledger.prove) == []
    return answers, stand


def test_two_orders_that_want_the_same_other_lot(committed_db: str) -> None:
    assert committed_db

    answers, stand = _race()

    assert sorted(answers, key=len) == [{}, {1: Decimal(8)}]
    assert stand == [0, 8]


def test_without_the_lock_one_of_them_would_be_refused(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert committed_db
    both = Barrier(2)

    def unlocked(order: Order, sku_ids: list[int], **_: Any) -> dict[int, dict[int, Decimal]]:
        rows = ledger.balances(kind=AccountKind.STOCK, owner_id=order.seller_id, sku_ids=sku_ids)
        both.wait(5)
        return {
            row.sku_id: {row.account_id: row.balance - row.held}
            for row in rows
            if row.sku_id and row.lot == lot(90)
        }

    monkeypatch.setattr(allocate_service, "_available", unlocked)

    answers, stand = _race()

    assert sorted(type(answer).__name__ for answer in answers) == ["NotEnoughAvailable", "dict"]
    assert stand == [8, 8]
