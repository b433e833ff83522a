"""Sell-out: exact figures, files that count once, corrections by reversal, nothing below zero unless allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.inventory import selectors, services
from huiliu.inventory.errors import (
    IdReused,
    SaleBuyerInvalid,
    SaleDateInvalid,
    SaleMayBeOrder,
    SaleNotVisible,
    SaleReversed,
    StockTooLow,
)
from huiliu.inventory.models import Sale, Warehouse
from huiliu.inventory.types import (
    Group,
    SaleLineDraft,
    SaleRow,
    SaleSource,
    StockFilters,
)
from huiliu.ledger import services as ledger
from huiliu.ledger.models import Entry
from huiliu.ledger.types import AccountKind, AccountRef, Source
from huiliu.testing.actors import NOW, acting, an_actor
from huiliu.testing.api import Api
from huiliu.testing.inventory import EARLY, LATE, D, on_hand, proven
from huiliu.testing.partners import a_document_id
from huiliu.testing.sales import a_selling_channel, sell, sold_state
from huiliu.testing.trade import Channel, stock_up

pytestmark = pytest.mark.django_db
KIND = AccountKind
TODAY = date(2026, 6, 15)


@pytest.fixture
def channel() -> Channel:
    return a_selling_channel()


def reverse(channel: Channel, sale: SaleRow, **more: Any) -> SaleRow:
    options: dict[str, Any] = {"reversal_id": a_document_id(), "note": "录错", "now": NOW} | more
    with acting(channel.owner):
        return services.reverse_sale(actor=channel.owner, sale_id=sale.id, **options)


def test_sold_goods_leave_what_expires_first_and_the_channel(channel):
    sale = sell(channel, "40", customer="散客")
    assert sold_state(channel) == (60, 40)
    assert on_hand(channel.dealer_warehouse, channel.sku, EARLY) == 0
    assert (sale.business_date, sale.source, sale.allowed_actions) == (
        TODAY,
        SaleSource.ENTRY,
        ("reverse", "correct"),
    )
    assert [(line.units, line.short, line.is_reversed) for line in sale.lines] == [(D(40), D(0), False)]
    assert proven()


def test_a_return_comes_back_into_stock_and_off_the_sell_out(channel):
    sell(channel, "40")
    sell(channel, "-5")
    assert sold_state(channel) == (65, 35)


def test_an_earlier_day_counts_on_that_day_and_a_day_to_come_is_refused(channel):
    sale = sell(channel, "4", sold_on=date(2026, 6, 1))
    entry = Entry.objects.get(source_id=sale.id)
    assert (entry.effective_at.isoformat(), entry.recorded_at) == ("2026-06-01T04:00:00+00:00", NOW)
    with pytest.raises(SaleDateInvalid):
        sell(channel, "4", sold_on=date(2026, 6, 16))
    assert sold_state(channel) == (96, 4)


def test_more_than_there_is_is_refused_and_nothing_is_written(channel):
    with pytest.raises(StockTooLow) as refusal:
        sell(channel, "60", "41")
    assert refusal.value.facts == {
        "field": "lines[1].units",
        "sku_id": channel.sku.pk,
        "asked": D(41),
        "available": D(40),
    }
    assert (sold_state(channel), Sale.objects.count()) == ((100, 0), 0)


def allow_short(channel: Channel) -> None:
    with acting(channel.owner):
        now = selectors.stock_settings(channel.dealer.pk)
        services.change_settings(
            actor=channel.owner, settings=replace(now, sells_before_stock_in=True), now=NOW
        )


def test_where_allowed_sales_go_before_stock_in_and_are_flagged(channel):
    allow_short(channel)
    sale = sell(channel, "103")
    assert [line.short for line in sale.lines] == [D(3)]
    assert sold_state(channel) == (-3, 103)
    assert sell(channel, "2").lines[0].short == 2
    assert sold_state(channel) == (-5, 105)
    with acting(channel.owner):
        [row] = selectors.list_stock(actor=channel.owner, group=Group.PLACE, filters=StockFilters(), now=NOW)
    assert row.on_hand == -5
    stock_up(channel.dealer_warehouse, channel.sku, "8")
    assert sold_state(channel) == (3, 105)
    assert proven()


def test_what_went_below_zero_is_no_room_for_orders(channel):
    allow_short(channel)
    sell(channel, "103")
    from huiliu.ledger.errors import NotEnoughAvailable

    with pytest.raises(NotEnoughAvailable):
        ledger.post(
            source=Source("test", a_document_id(), "out"),
            amount=D(1),
            debit=AccountRef(KIND.STOCK_ADJUSTMENT, channel.dealer.pk, sku_id=channel.sku.pk),
            credit=AccountRef(
                KIND.STOCK, channel.dealer.pk, sku_id=channel.sku.pk, place_id=channel.dealer_warehouse.pk
            ),
            user_id=None,
            now=NOW,
        )
    assert sold_state(channel) == (-3, 103)


def test_a_sale_to_a_store_of_the_channel_is_its_stock_and_no_sell_out(channel):
    sale = sell(channel, "36", buyer_id=channel.store.pk)
    assert sold_state(channel) == (64, 0)
    assert on_hand(channel.store_warehouse, channel.sku, EARLY) == 30
    assert on_hand(channel.store_warehouse, channel.sku, LATE) == 6
    sell(channel, "-6", buyer_id=channel.store.pk)
    assert sold_state(channel) == (70, 0)
    assert on_hand(channel.store_warehouse, channel.sku, EARLY) == 24
    with acting(channel.store_owner):
        seen = selectors.get_sale(actor=channel.store_owner, sale_id=sale.id)
    assert (seen.buyer_id, seen.allowed_actions) == (channel.store.pk, ())
    assert proven()


def test_a_store_without_a_warehouse_gets_one(channel):
    Warehouse.objects.filter(pk=channel.store_warehouse.pk).update(is_active=False)
    sell(channel, "6", buyer_id=channel.store.pk)
    place = Warehouse.objects.get(organization=channel.store, is_active=True)
    assert (place.name, on_hand(place, channel.sku)) == (channel.store.name, D(6))


def test_only_who_stands_below_the_seller_is_its_buyer(channel):
    for buyer in (channel.other, channel.brand, channel.dealer):
        with pytest.raises(SaleBuyerInvalid):
            sell(channel, "1", buyer_id=buyer.pk)
    assert sold_state(channel) == (100, 0)


def ship_to_store(channel: Channel, units: str) -> None:
    """As an order's shipment does it."""
    ledger.post(
        source=Source("shipment", a_document_id(), "ship"),
        amount=D(units),
        debit=AccountRef(KIND.IN_TRANSIT, channel.store.pk, sku_id=channel.sku.pk, lot=LATE),
        credit=AccountRef(
            KIND.STOCK,
            channel.dealer.pk,
            sku_id=channel.sku.pk,
            place_id=channel.dealer_warehouse.pk,
            lot=LATE,
        ),
        user_id=None,
        now=NOW,
    )


def test_what_an_order_shipped_is_not_recorded_as_a_sale_once_more(channel):
    ship_to_store(channel, "12")
    with pytest.raises(SaleMayBeOrder) as refusal:
        sell(channel, "12", buyer_id=channel.store.pk, sold_on=TODAY - timedelta(days=1))
    assert refusal.value.facts == {"sku_ids": [channel.sku.pk]}
    sell(channel, "11", buyer_id=channel.store.pk)
    sell(channel, "12", buyer_id=channel.store.pk, sold_on=TODAY - timedelta(days=4))
    sell(channel, "12", buyer_id=channel.store.pk, is_no_order=True)
    assert sold_state(channel)[0] == 100 - 12 - 11 - 12 - 12


def test_the_same_id_answers_again_and_other_content_is_refused(channel):
    sale_id = a_document_id()
    assert sell(channel, "3", sale_id=sale_id) == sell(channel, "3", sale_id=sale_id)
    with pytest.raises(IdReused):
        sell(channel, "4", sale_id=sale_id)
    assert sold_state(channel) == (97, 3)


def test_a_reversal_gives_back_the_very_lots_on_the_day_of_the_sale(channel):
    sale = sell(channel, "40", sold_on=date(2026, 6, 1))
    back = reverse(channel, sale)
    assert sold_state(channel) == (100, 0)
    assert on_hand(channel.dealer_warehouse, channel.sku, EARLY) == 30
    assert (back.source, back.reverses_id, back.business_date, back.allowed_actions) == (
        SaleSource.CORRECTION,
        sale.id,
        date(2026, 6, 1),
        (),
    )
    assert (
        Entry.objects.get(source_id=back.id).effective_at == Entry.objects.get(source_id=sale.id).effective_at
    )
    with acting(channel.owner):
        assert [
            line.is_reversed for line in selectors.get_sale(actor=channel.owner, sale_id=sale.id).lines
        ] == [True]
    for again in (sale, back):
        with pytest.raises(SaleReversed):
            reverse(channel, again)
    assert sold_state(channel) == (100, 0)
    assert proven()


def test_some_lines_are_taken_back_and_each_once(channel):
    sale = sell(channel, "10", "20", "30")
    reverse(channel, sale, line_nos=[2])
    assert sold_state(channel) == (60, 40)
    with pytest.raises(SaleReversed):
        reverse(channel, sale, line_nos=[1, 2])
    reverse(channel, sale)
    assert sold_state(channel) == (100, 0)


def test_a_return_whose_goods_went_on_cannot_be_taken_back(channel):
    sell(channel, "100")
    returned = sell(channel, "-5")
    sell(channel, "5")
    with pytest.raises(StockTooLow):
        reverse(channel, returned)
    assert sold_state(channel) == (0, 100)


def test_what_the_store_sold_on_cannot_be_taken_back_from_it(channel):
    sale = sell(channel, "6", buyer_id=channel.store.pk)
    with acting(channel.store_owner):
        services.record_sale(
            actor=channel.store_owner,
            sale_id=a_document_id(),
            warehouse_id=channel.store_warehouse.pk,
            lines=[SaleLineDraft(channel.sku.pk, D(1))],
            now=NOW,
        )
    with pytest.raises(StockTooLow):
        reverse(channel, sale)
    assert on_hand(channel.store_warehouse, channel.sku) == 5


def test_a_correction_replaces_on_the_same_day_or_not_at_all(channel):
    sale = sell(channel, "40", sold_on=date(2026, 6, 1))

    def correct(units: str) -> SaleRow:
        with acting(channel.owner):
            return services.correct_sale(
                actor=channel.owner,
                sale_id=sale.id,
                reversal_id=ids[0],
                replacement_id=ids[1],
                lines=[SaleLineDraft(channel.sku.pk, D(units))],
                note="应为14瓶",
                now=NOW,
            )

    ids = (a_document_id(), a_document_id())
    with pytest.raises(StockTooLow):
        correct("101")
    assert (sold_state(channel), Sale.objects.count()) == ((60, 40), 1)
    right = correct("14")
    assert (sold_state(channel), right.business_date) == ((86, 14), date(2026, 6, 1))
    assert correct("14") == right
    assert Sale.objects.count() == 3
    assert proven()


def test_a_stranger_neither_sees_nor_takes_back(channel):
    sale = sell(channel, "1")
    with acting(channel.other_owner):
        assert selectors.list_sales(actor=channel.other_owner) == []
        with pytest.raises(SaleNotVisible):
            services.reverse_sale(
                actor=channel.other_owner, reversal_id=a_document_id(), sale_id=sale.id, note="x", now=NOW
            )
    assert sold_state(channel) == (99, 1)


def test_over_http_sales_are_recorded_listed_and_corrected(channel):
    api = Api(channel.owner)
    body = {
        "id": str(a_document_id()),
        "warehouse_id": channel.dealer_warehouse.pk,
        "customer": "鑫源",
        "lines": [{"sku_code": channel.sku.code, "units": "29", "amount": "58.00"}],
    }
    made = api.post("/sell-out", body)
    assert made.status_code == 201, made.content
    [line] = made.json()["lines"]
    assert (line["units_text"], line["amount"], line["is_reversed"]) == ("1箱5瓶", "58", False)
    correction = {
        "reversal_id": str(a_document_id()),
        "id": str(a_document_id()),
        "note": "少录",
        "lines": [{"sku_code": channel.sku.code, "units": "30"}],
    }
    assert api.post(f"/sell-out/{body['id']}/correct", correction).status_code == 201
    again = api.post(f"/sell-out/{body['id']}/reverse", {"id": str(a_document_id()), "note": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "inventory.sale_reversed")
    first = api.get("/sell-out", limit=2).json()
    rest = api.get("/sell-out", limit=2, cursor=first["next_cursor"]).json()
    assert len(first["items"] + rest["items"]) == 3
    assert sold_state(channel) == (70, 30)
    assert Api(channel.other_owner).get(f"/sell-out/{body['id']}").status_code == 404
    buyer = an_actor(channel.dealer, Role.BUYER)
    assert Api(buyer).post("/sell-out", body | {"id": str(a_document_id())}).status_code == 403
