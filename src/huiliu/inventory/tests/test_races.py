"""Two at once: one counts. Commits are real here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.inventory import services
from huiliu.inventory.errors import SaleReversed, StockTooLow, WarehouseLast
from huiliu.inventory.models import Sale, Warehouse
from huiliu.inventory.types import AdjustmentReason, CountDraft, CountedRow, Row, RowState, SaleLineDraft
from huiliu.kernel.refusals import DomainError
from huiliu.kernel.states import WrongState
from huiliu.ledger.types import AccountKind
from huiliu.platform.errors import Stale
from huiliu.testing.actors import NOW, an_actor
from huiliu.testing.inventory import D, adjust, balance, on_hand, proven
from huiliu.testing.ledger import at_once, committed
from huiliu.testing.partners import a_document_id
from huiliu.testing.trade import Channel, a_channel, a_warehouse, stock_up

pytestmark = pytest.mark.usefixtures("committed_db")


def the_channel(stock: str) -> Channel:
    def make() -> Channel:
        channel = a_channel()
        stock_up(channel.dealer_warehouse, channel.sku, stock)
        return channel

    return committed(make)


def kinds(answers: list[Any]) -> list[str]:
    for answer in answers:
        assert not isinstance(answer, Exception) or isinstance(answer, DomainError), answer
    return sorted(type(answer).__name__ if isinstance(answer, Exception) else "done" for answer in answers)


def a_sale(channel: Channel, units: str) -> Callable[[], Any]:
    return lambda: services.record_sale(
        actor=channel.owner,
        sale_id=a_document_id(),
        warehouse_id=channel.dealer_warehouse.pk,
        lines=[SaleLineDraft(channel.sku.pk, D(units))],
        now=NOW,
    )


def test_eight_sell_the_last_five_and_five_do():
    channel = the_channel("5")
    answers = at_once([a_sale(channel, "1")] * 8)
    assert kinds(answers) == [StockTooLow.__name__] * 3 + ["done"] * 5
    assert committed(lambda: on_hand(channel.dealer_warehouse, channel.sku)) == 0
    assert committed(lambda: balance(AccountKind.SOLD_OUT, channel.dealer.pk, channel.sku)) == 5
    assert committed(proven)


def test_the_same_file_sent_twice_at_once_counts_once():
    channel = the_channel("10")
    rows = [
        Row(number, {"sku_code": channel.sku.code, "quantity": "1", "external_id": f"R{number}"})
        for number in range(4)
    ]

    def send() -> list[RowState]:
        outcome = services.record_sales(
            actor=channel.owner,
            rows=rows,
            batch_id=a_document_id(),
            warehouse_id=channel.dealer_warehouse.pk,
            now=NOW,
        )
        return [row.state for row in outcome.rows]

    answers = at_once([send] * 4)
    recorded = [answer for answer in answers if answer == [RowState.RECORDED] * 4]
    assert len(recorded) == 1
    assert answers.count([RowState.DUPLICATE] * 4) == 3
    assert committed(lambda: on_hand(channel.dealer_warehouse, channel.sku)) == 6


def test_a_sale_is_taken_back_once_by_two_at_once():
    channel = the_channel("10")
    sale = committed(a_sale(channel, "4"))

    def reverse() -> Any:
        return services.reverse_sale(
            actor=channel.owner, reversal_id=a_document_id(), sale_id=sale.id, note="x", now=NOW
        )

    assert kinds(at_once([reverse] * 3)) == [SaleReversed.__name__] * 2 + ["done"]
    assert committed(lambda: on_hand(channel.dealer_warehouse, channel.sku)) == 10
    assert committed(Sale.objects.count) == 2
    assert committed(proven)


def test_two_approve_one_adjustment_and_it_is_posted_once():
    channel = the_channel("10")
    keeper = committed(lambda: an_actor(channel.dealer, Role.KEEPER))
    row = committed(
        lambda: adjust(keeper, channel.dealer_warehouse, channel.sku, "500", reason=AdjustmentReason.FOUND)
    )

    def approve() -> Any:
        return services.approve_adjustment(actor=channel.owner, adjustment_id=row.id, now=NOW)

    assert kinds(at_once([approve] * 3)) == [WrongState.__name__] * 2 + ["done"]
    assert committed(lambda: on_hand(channel.dealer_warehouse, channel.sku)) == 510


def test_of_the_last_two_warehouses_one_stays_open():
    channel = the_channel("1")
    first, second = committed(lambda: (a_warehouse(channel.other), a_warehouse(channel.other)))

    def close(place: Warehouse) -> Callable[[], Any]:
        return lambda: services.set_warehouse_open(
            actor=channel.other_owner, warehouse_id=place.pk, version=1, is_open=False, now=NOW
        )

    assert kinds(at_once([close(first), close(second)])) == [WarehouseLast.__name__, "done"]
    still = committed(lambda: Warehouse.objects.filter(organization=channel.other, is_active=True).count())
    assert still == 1


def test_two_edits_of_one_version_leave_one():
    channel = the_channel("1")

    def edit() -> Any:
        from huiliu.inventory.types import WarehouseDraft

        return services.update_warehouse(
            actor=channel.owner,
            warehouse_id=channel.dealer_warehouse.pk,
            version=1,
            draft=WarehouseDraft(name="新"),
            now=NOW,
        )

    assert kinds(at_once([edit] * 2)) == [Stale.__name__, "done"]


def test_two_approve_one_count_and_it_is_posted_once():
    channel = the_channel("10")
    count_id = a_document_id()
    later = NOW + timedelta(hours=1)

    def prepare() -> None:
        draft = CountDraft(warehouse_id=channel.dealer_warehouse.pk)
        keeper = an_actor(channel.dealer, Role.KEEPER)
        services.plan_count(actor=keeper, count_id=count_id, draft=draft, now=NOW)
        services.start_count(actor=keeper, count_id=count_id, now=NOW)
        rows = [CountedRow(channel.sku.pk, D(7))]
        services.record_count_entries(actor=keeper, count_id=count_id, rows=rows, now=later)
        services.close_round(actor=keeper, count_id=count_id, now=later)

    committed(prepare)

    def approve() -> Any:
        return services.approve_count(actor=channel.owner, count_id=count_id, now=later)

    assert kinds(at_once([approve] * 3)) == [WrongState.__name__] * 2 + ["done"]
    assert committed(lambda: on_hand(channel.dealer_warehouse, channel.sku)) == 7
    assert committed(proven)


def test_sales_during_an_approval_are_kept():
    channel = the_channel("100")
    count_id = a_document_id()
    later = NOW + timedelta(hours=1)

    def prepare() -> None:
        keeper = an_actor(channel.dealer, Role.KEEPER)
        draft = CountDraft(warehouse_id=channel.dealer_warehouse.pk)
        services.plan_count(actor=keeper, count_id=count_id, draft=draft, now=NOW)
        services.start_count(actor=keeper, count_id=count_id, now=NOW)
        rows = [CountedRow(channel.sku.pk, D(90))]
        services.record_count_entries(actor=keeper, count_id=count_id, rows=rows, now=later)
        services.close_round(actor=keeper, count_id=count_id, now=later)

    committed(prepare)

    def sell() -> Any:
        return services.record_sale(
            actor=channel.owner,
            sale_id=a_document_id(),
            warehouse_id=channel.dealer_warehouse.pk,
            lines=[SaleLineDraft(channel.sku.pk, D(3))],
            now=NOW + timedelta(hours=2),
        )

    def approve() -> Any:
        return services.approve_count(actor=channel.owner, count_id=count_id, now=NOW + timedelta(hours=2))

    assert kinds(at_once([sell, approve, sell, sell])) == ["done"] * 4
    assert committed(lambda: on_hand(channel.dealer_warehouse, channel.sku)) == 100 - 10 - 9
    assert committed(proven)
