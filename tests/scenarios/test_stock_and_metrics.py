"""Sell-in, sell-out and stock of every tier: what the ledger's selector says is what the metrics say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D  # noqa: N817 - figures read better
from pathlib import Path

from huiliu.insights import selectors as insights
from huiliu.insights.tests.conftest import warehouse  # noqa: F401 - a fixture
from huiliu.insights.types import MetricQuery
from huiliu.inventory import selectors, services
from huiliu.inventory.types import (
    AdjustmentReason,
    CountDraft,
    CountedRow,
    Figure,
    FlowRow,
    SaleLineDraft,
    StockKey,
)
from huiliu.kernel.ids import uuid7
from huiliu.kernel.period import Period, business_date
from huiliu.ledger import selectors as ledger
from huiliu.platform.database import system_reach
from huiliu.testing.actors import acting
from huiliu.testing.api import Api
from huiliu.testing.insights import synchronized
from huiliu.testing.inventory import adjust
from huiliu.testing.trade import Channel, a_channel, a_warehouse


def shipped(buyer: Api, seller: Api, channel: Channel, units: str, place: int, **receipt: object) -> None:
    """An order from submission to receipt."""
    order = {"id": str(uuid7()), "lines": [{"sku_code": channel.sku.code, "quantity": units}]}
    assert buyer.post("/orders", order).status_code == 201
    assert seller.post(f"/orders/{order['id']}/confirm", {"step": "CONFIRM"}).status_code == 200
    shipment = seller.post(f"/orders/{order['id']}/ship", {"id": str(uuid7()), "warehouse_id": place})
    assert shipment.status_code == 201, shipment.content
    received = buyer.post(f"/shipments/{shipment.json()['id']}/receive", receipt)
    assert received.status_code == 200, received.content


def a_day_of_trade(now: datetime) -> Channel:
    """Brand 100 → dealer 60 (2 short) → store 12 by order and 6 by a reported sale; both sell out; a count."""
    channel = a_channel()
    brand, dealer, store = Api(channel.staff), Api(channel.owner), Api(channel.store_owner)
    short = {"differences": [{"line_no": 1, "received": "58", "reason": "SHORT"}]}
    shipped(dealer, brand, channel, "60", channel.warehouse.pk, **short)
    shipped(store, dealer, channel, "12", channel.dealer_warehouse.pk)
    later = datetime.now(UTC)

    def sell(actor, place, units: str, **more: object):
        return services.record_sale(
            actor=actor,
            sale_id=uuid7(),
            warehouse_id=place.pk,
            lines=[SaleLineDraft(channel.sku.pk, D(units))],
            now=later,
            **more,  # type: ignore[arg-type]
        )

    with acting(channel.owner):
        sell(channel.owner, channel.dealer_warehouse, "6", buyer_id=channel.store.pk)
        wrong = sell(channel.owner, channel.dealer_warehouse, "9")
        services.reverse_sale(
            actor=channel.owner, reversal_id=uuid7(), sale_id=wrong.id, note="录错", now=later
        )
        sell(channel.owner, channel.dealer_warehouse, "7")
        sell(channel.owner, channel.dealer_warehouse, "-2")
        sell(channel.owner, channel.dealer_warehouse, "3", sold_on=business_date(now) - timedelta(days=40))
        adjust(
            channel.owner,
            channel.dealer_warehouse,
            channel.sku,
            "-4",
            reason=AdjustmentReason.DAMAGE,
            now=later,
        )
        second = a_warehouse(channel.dealer)
        services.send_transfer(
            actor=channel.owner,
            transfer_id=uuid7(),
            from_warehouse_id=channel.dealer_warehouse.pk,
            to_warehouse_id=second.pk,
            lines=[services_line(channel, "5")],
            is_distant=True,
            now=later,
        )
    with acting(channel.store_owner):
        sell(channel.store_owner, channel.store_warehouse, "10")
        count_id = uuid7()
        draft = CountDraft(warehouse_id=channel.store_warehouse.pk)
        after = later + timedelta(microseconds=1)
        actor = channel.store_owner
        services.plan_count(actor=actor, count_id=count_id, draft=draft, now=after)
        services.start_count(actor=actor, count_id=count_id, now=after)
        services.record_count_entries(
            actor=actor, count_id=count_id, rows=[CountedRow(channel.sku.pk, D(9))], now=after
        )
        services.close_round(actor=actor, count_id=count_id, now=after)
        services.approve_count(actor=actor, count_id=count_id, now=after)
    return channel


def services_line(channel: Channel, units: str):
    from huiliu.inventory.types import ChangeLine

    return ChangeLine(channel.sku.pk, D(units))


def flow_of(channel: Channel, organization_id: int, first: date, last: date) -> FlowRow:
    with acting(channel.staff):
        [row] = selectors.flows(
            organization_ids=[organization_id], first=first, last=last, zone="Asia/Shanghai"
        )
    return row


def metric_of(channel: Channel, name: str, period: Period[date]) -> Callable[[int], D]:
    """The metric by the code of the partner."""
    with acting(channel.staff):
        query = MetricQuery(metrics=(name,), period=period, dimensions=("partner",))
        answer = insights.query_metrics(actor=channel.staff, query=query, now=datetime.now(UTC))
    by_code = {row.keys[0]: D(row.values[0] or 0) for row in answer.rows}
    codes = {one.pk: one.code for one in (channel.brand, channel.dealer, channel.store)}
    return lambda organization_id: by_code.get(codes[organization_id], D(0))


def test_the_selector_of_flows_equals_the_metrics_of_every_tier(warehouse: Path) -> None:  # noqa: F811
    now = datetime.now(UTC)
    today = business_date(now)
    with system_reach("tests"):
        channel = a_day_of_trade(now)
    synchronized(datetime.now(UTC), force_dimensions=True)

    with system_reach("tests"):
        dealer = flow_of(channel, channel.dealer.pk, today, today)
        store = flow_of(channel, channel.store.pk, today, today)
        # 58 arrived of 60, 12 + 6 went to the store, 5 out net, 4 damaged, 5 on the way; 3 were sold long ago
        assert (dealer.opening, dealer.received, dealer.sold_within, dealer.sold_out) == (
            D(-3),
            D(58),
            D(18),
            D(5),
        )
        assert (dealer.adjusted, dealer.transferred, dealer.closing, dealer.sell_in) == (
            D(-4),
            D(-5),
            D(23),
            D(60),
        )
        assert (store.received, store.sold_out, store.adjusted, store.closing, store.sell_in) == (
            D(18),
            D(10),
            D(1),
            D(9),
            D(18),
        )
        for row in (dealer, store):
            came = row.opening + row.received + row.transferred + row.adjusted + row.supplied
            assert came - row.returned - row.sold_within - row.sold_out == row.closing
        for first in (today, today - timedelta(days=60)):
            period = Period(first, today + timedelta(days=1))
            sold, stock = (
                metric_of(channel, "sell_out_units", period),
                metric_of(channel, "stock_units", period),
            )
            on_way, sell_in = (
                metric_of(channel, "in_transit_units", period),
                metric_of(channel, "units", period),
            )
            for organization in (channel.dealer, channel.store):
                row = flow_of(channel, organization.pk, first, today)
                assert sold(organization.pk) == row.sold_out
                assert stock(organization.pk) == row.closing
                assert on_way(organization.pk) == row.in_transit
            # the brand's sell-in is what it sold itself; the store bought from the dealer
            assert (
                sell_in(channel.dealer.pk) == flow_of(channel, channel.dealer.pk, first, today).sell_in == 60
            )
        assert ledger.prove() == []
        with acting(channel.owner):
            key = StockKey(channel.sku.pk, channel.dealer.pk, channel.dealer_warehouse.pk)
            behind = selectors.movements(key=key, figure=Figure.ON_HAND)
        assert sum(one.change for one in behind) == 23
        assert all(one.document_number for one in behind)  # orders' shipments too
    assert warehouse.exists()
