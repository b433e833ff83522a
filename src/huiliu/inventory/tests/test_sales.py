"""Sell-out: exact figures, files that count once, corrections by reversal, nothing below zero unless allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.catalog.models import SkuUnit
from huiliu.inventory import selectors, services
from huiliu.inventory.errors import (
    IdReused,
    SaleBuyerInvalid,
    SaleChanged,
    SaleDateInvalid,
    SaleMayBeOrder,
    SaleNotVisible,
    SaleReversed,
    StockTooLow,
)
from huiliu.inventory.models import Sale, SaleLine, Warehouse
from huiliu.inventory.types import (
    BatchOutcome,
    Group,
    Row,
    SaleLineDraft,
    SaleRow,
    SaleSource,
    StockFilters,
)
from huiliu.ledger import services as ledger
from huiliu.ledger.models import Entry
from huiliu.ledger.types import AccountKind, AccountRef, Source
from huiliu.platform import stamps
from huiliu.testing.actors import NOW, acting, an_actor
from huiliu.testing.api import Api
from huiliu.testing.inventory import EARLY, LATE, D, balance, on_hand, proven
from huiliu.testing.partners import a_document_id
from huiliu.testing.trade import Channel, a_channel, stock_up

pytestmark = pytest.mark.django_db
KIND = AccountKind
TODAY = date(2026, 6, 15)


@pytest.fixture
def channel() -> Channel:
    """The dealer has 30 that expire early and 70 that expire late."""
    made = a_channel()
    stock_up(made.dealer_warehouse, made.sku, "30", lot=EARLY)
    stock_up(made.dealer_warehouse, made.sku, "70", lot=LATE)
    return made


def sell(channel: Channel, *units: str, **more: Any) -> SaleRow:
    options: dict[str, Any] = {
        "sale_id": a_document_id(),
        "warehouse_id": channel.dealer_warehouse.pk,
        "now": NOW,
    } | more
    lines = options.pop("lines", None) or [SaleLineDraft(channel.sku.pk, D(one)) for one in units]
    with acting(channel.owner):
        return services.record_sale(actor=channel.owner, lines=lines, **options)


def state(channel: Channel) -> tuple[int, int]:
    """Stock and sell-out of the dealer."""
    return (
        int(on_hand(channel.dealer_warehouse, channel.sku)),
        int(balance(KIND.SOLD_OUT, channel.dealer.pk, channel.sku)),
    )


def reverse(channel: Channel, sale: SaleRow, **more: Any) -> SaleRow:
    options: dict[str, Any] = {"reversal_id": a_document_id(), "note": "录错", "now": NOW} | more
    with acting(channel.owner):
        return services.reverse_sale(actor=channel.owner, sale_id=sale.id, **options)


def test_sold_goods_leave_what_expires_first_and_the_channel(channel):
    sale = sell(channel, "40", customer="散客")
    assert state(channel) == (60, 40)
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
    assert state(channel) == (65, 35)


def test_an_earlier_day_counts_on_that_day_and_a_day_to_come_is_refused(channel):
    sale = sell(channel, "4", sold_on=date(2026, 6, 1))
    entry = Entry.objects.get(source_id=sale.id)
    assert (entry.effective_at.isoformat(), entry.recorded_at) == ("2026-06-01T04:00:00+00:00", NOW)
    with pytest.raises(SaleDateInvalid):
        sell(channel, "4", sold_on=date(2026, 6, 16))
    assert state(channel) == (96, 4)


def test_more_than_there_is_is_refused_and_nothing_is_written(channel):
    with pytest.raises(StockTooLow) as refusal:
        sell(channel, "60", "41")
    assert refusal.value.facts == {
        "field": "lines[1].units",
        "sku_id": channel.sku.pk,
        "asked": D(41),
        "available": D(40),
    }
    assert (state(channel), Sale.objects.count()) == ((100, 0), 0)


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
    assert state(channel) == (-3, 103)
    assert sell(channel, "2").lines[0].short == 2
    assert state(channel) == (-5, 105)
    with acting(channel.owner):
        [row] = selectors.list_stock(actor=channel.owner, group=Group.PLACE, filters=StockFilters(), now=NOW)
    assert row.on_hand == -5
    stock_up(channel.dealer_warehouse, channel.sku, "8")
    assert state(channel) == (3, 105)
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
    assert state(channel) == (-3, 103)


def test_a_sale_to_a_store_of_the_channel_is_its_stock_and_no_sell_out(channel):
    sale = sell(channel, "36", buyer_id=channel.store.pk)
    assert state(channel) == (64, 0)
    assert on_hand(channel.store_warehouse, channel.sku, EARLY) == 30
    assert on_hand(channel.store_warehouse, channel.sku, LATE) == 6
    sell(channel, "-6", buyer_id=channel.store.pk)
    assert state(channel) == (70, 0)
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
    assert state(channel) == (100, 0)


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
    assert state(channel)[0] == 100 - 12 - 11 - 12 - 12


def test_the_same_id_answers_again_and_other_content_is_refused(channel):
    sale_id = a_document_id()
    assert sell(channel, "3", sale_id=sale_id) == sell(channel, "3", sale_id=sale_id)
    with pytest.raises(IdReused):
        sell(channel, "4", sale_id=sale_id)
    assert state(channel) == (97, 3)


def test_a_reversal_gives_back_the_very_lots_on_the_day_of_the_sale(channel):
    sale = sell(channel, "40", sold_on=date(2026, 6, 1))
    back = reverse(channel, sale)
    assert state(channel) == (100, 0)
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
    assert state(channel) == (100, 0)
    assert proven()


def test_some_lines_are_taken_back_and_each_once(channel):
    sale = sell(channel, "10", "20", "30")
    reverse(channel, sale, line_nos=[2])
    assert state(channel) == (60, 40)
    with pytest.raises(SaleReversed):
        reverse(channel, sale, line_nos=[1, 2])
    reverse(channel, sale)
    assert state(channel) == (100, 0)


def test_a_return_whose_goods_went_on_cannot_be_taken_back(channel):
    sell(channel, "100")
    returned = sell(channel, "-5")
    sell(channel, "5")
    with pytest.raises(StockTooLow):
        reverse(channel, returned)
    assert state(channel) == (0, 100)


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
    assert (state(channel), Sale.objects.count()) == ((60, 40), 1)
    right = correct("14")
    assert (state(channel), right.business_date) == ((86, 14), date(2026, 6, 1))
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
    assert state(channel) == (99, 1)


def upload(channel: Channel, *rows: dict, batch_id=None, actor=None) -> BatchOutcome:
    actor = actor or channel.owner
    with acting(actor):
        return services.record_sales(
            actor=actor,
            rows=[
                Row(number, {"sku_code": channel.sku.code, **row}) for number, row in enumerate(rows, start=1)
            ],
            batch_id=batch_id or a_document_id(),
            warehouse_id=channel.dealer_warehouse.pk,
            now=NOW,
        )


def states(outcome: BatchOutcome) -> list[tuple[str, str, str]]:
    return [(row.state.value, row.code, row.field) for row in outcome.rows]


RECORDED, DUPLICATE = ("RECORDED", "", ""), ("DUPLICATE", "", "")


def test_a_pos_file_counts_good_rows_and_returns_the_bad_ones_with_their_reason(channel):
    SkuUnit.objects.filter(sku=channel.sku, unit="箱").update(barcode="6901234567892")
    stamps.forget()
    outcome = upload(
        channel,
        {"external_id": "R1", "external_line": "1", "quantity": "2"},
        {"external_id": "R1", "external_line": "2", "quantity": "-1", "amount": "-3.50"},
        {"external_id": "R2", "sku_code": "", "barcode": "6901234567892", "quantity": "１"},
        {"external_id": "R3", "quantity": "1箱2瓶", "sold_on": "2026/6/1"},
        {"external_id": "R4", "sku_code": "NOPE", "quantity": "1"},
        {"external_id": "R5", "sku_code": "", "barcode": "6900000000007", "quantity": "1"},
        {"external_id": "R6", "quantity": "many"},
        {"external_id": "R7", "quantity": "1.5"},
        {"external_id": "R8", "quantity": "1", "sold_on": "2026-06-31"},
        {"external_id": "R9", "quantity": "1", "warehouse_code": "NOWHERE"},
        {"external_id": "R10", "quantity": "51"},
        {"external_id": "R11", "quantity": "50"},
        {"external_id": "R12", "quantity": "0"},
    )
    assert states(outcome) == [
        RECORDED,
        RECORDED,
        RECORDED,
        RECORDED,
        ("REFUSED", "inventory.sku_unknown", "sku_code"),
        ("REFUSED", "inventory.sku_unknown", "barcode"),
        ("REFUSED", "kernel.number_unreadable", "quantity"),
        ("REFUSED", "kernel.quantity_not_whole", "quantity"),
        ("REFUSED", "platform.invalid_input", "sold_on"),
        ("REFUSED", "inventory.warehouse_not_visible", "warehouse_code"),
        ("REFUSED", "inventory.stock_too_low", "units"),
        ("REFUSED", "inventory.stock_too_low", "units"),
        ("REFUSED", "inventory.units_invalid", "quantity"),
    ]
    assert state(channel) == (100 - 2 + 1 - 24 - 26, 51)
    assert len(outcome.document_ids) == 2  # two days
    assert proven()


def test_the_same_file_again_counts_nothing_twice(channel):
    rows = [{"external_id": "R1", "external_line": str(one), "quantity": "2"} for one in range(3)]
    assert states(upload(channel, *rows)) == [RECORDED] * 3
    assert states(upload(channel, *rows, {"external_id": "R2", "quantity": "1"})) == [DUPLICATE] * 3 + [
        RECORDED
    ]
    changed = {"external_id": "R1", "external_line": "0", "quantity": "3"}
    assert states(upload(channel, changed)) == [("REFUSED", "inventory.sale_changed", "external_id")]
    twice = {"external_id": "R3", "quantity": "1"}
    assert states(upload(channel, twice, twice)) == [RECORDED, DUPLICATE]
    assert state(channel) == (92, 8)


def test_a_row_without_a_receipt_number_counts_once_per_batch(channel):
    batch_id = a_document_id()
    assert states(upload(channel, {"quantity": "2"}, {"quantity": "2"}, batch_id=batch_id)) == [RECORDED] * 2
    assert states(upload(channel, {"quantity": "2"}, {"quantity": "2"}, batch_id=batch_id)) == [DUPLICATE] * 2
    assert state(channel) == (96, 4)


def test_a_line_taken_back_or_corrected_does_not_return_with_its_file(channel):
    row = {"external_id": "R1", "external_line": "1", "quantity": "2"}
    [document_id] = upload(channel, row).document_ids
    with acting(channel.owner):
        sale = selectors.get_sale(actor=channel.owner, sale_id=document_id)
        right = services.correct_sale(
            actor=channel.owner,
            sale_id=sale.id,
            reversal_id=a_document_id(),
            replacement_id=a_document_id(),
            lines=[SaleLineDraft(channel.sku.pk, D(5), external_id="R1", external_line="1")],
            note="小票更正",
            now=NOW,
        )
    assert SaleLine.objects.get(sale_id=right.id).revision == 1
    assert states(upload(channel, row)) == [DUPLICATE]
    assert states(upload(channel, row | {"quantity": "5"})) == [DUPLICATE]
    with pytest.raises(SaleChanged):
        sell(channel, lines=[SaleLineDraft(channel.sku.pk, D(5), external_id="R1", external_line="1")])
    assert state(channel) == (95, 5)


def test_receipt_numbers_of_another_partner_are_its_own(channel):
    upload(channel, {"external_id": "R1", "quantity": "2"})
    stock_up(channel.store_warehouse, channel.sku, "5")
    with acting(channel.store_owner):
        outcome = services.record_sales(
            actor=channel.store_owner,
            rows=[Row(1, {"sku_code": channel.sku.code, "external_id": "R1", "quantity": "2"})],
            batch_id=a_document_id(),
            warehouse_id=channel.store_warehouse.pk,
            now=NOW,
        )
    assert states(outcome) == [RECORDED]
    assert balance(KIND.SOLD_OUT, channel.store.pk, channel.sku) == 2


def test_an_upload_to_a_strangers_warehouse_is_refused_row_by_row(channel):
    outcome = upload(channel, {"quantity": "1"}, actor=channel.other_owner)
    assert states(outcome) == [("REFUSED", "inventory.warehouse_not_visible", "")]
    assert state(channel) == (100, 0)


def test_opening_rows_are_opened_once_per_place(channel):
    place = channel.store_warehouse

    def opened(*rows: dict) -> BatchOutcome:
        with acting(channel.store_owner):
            return services.open_stock(
                actor=channel.store_owner,
                rows=[
                    Row(number, {"sku_code": channel.sku.code, "warehouse_code": place.code, **row})
                    for number, row in enumerate(rows, start=1)
                ],
                now=NOW,
            )

    rows = (
        {"quantity": "2箱", "batch": "A", "expires_on": "2026-08-01"},
        {"quantity": "5", "expires_on": "2026-12-01"},
        {"quantity": "-1"},
        {"quantity": "1", "batch": "A"},
    )
    assert states(opened(*rows)) == [
        RECORDED,
        RECORDED,
        ("REFUSED", "inventory.reason_invalid", "reason"),
        ("REFUSED", "inventory.lot_invalid", "expires_on"),
    ]
    assert (on_hand(place, channel.sku, "2026-08-01/A"), on_hand(place, channel.sku)) == (D(48), D(53))
    assert states(opened(*rows[:2], {"quantity": "7"})) == [
        DUPLICATE,
        DUPLICATE,
        ("REFUSED", "inventory.opening_taken", "sku_code"),
    ]
    assert balance(KIND.SUPPLY, channel.store.pk, channel.sku) == -53


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
    assert state(channel) == (70, 30)
    assert Api(channel.other_owner).get(f"/sell-out/{body['id']}").status_code == 404
    buyer = an_actor(channel.dealer, Role.BUYER)
    assert Api(buyer).post("/sell-out", body | {"id": str(a_document_id())}).status_code == 403


def test_over_http_a_pos_file_answers_every_row(channel):
    body = {
        "batch_id": str(a_document_id()),
        "warehouse_id": channel.dealer_warehouse.pk,
        "rows": [
            {"sku_code": channel.sku.code, "quantity": "2"},
            {"sku_code": "NOPE", "quantity": "2"},
        ],
    }
    answer = Api(channel.owner).post("/sell-out/rows", body)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["recorded"], told["duplicate"], told["refused"]) == (1, 0, 1)
    assert [(row["number"], row["code"]) for row in told["rows"]] == [(1, ""), (2, "inventory.sku_unknown")]
    assert Api(channel.owner).post("/sell-out/rows", body).json()["duplicate"] == 1
    assert state(channel) == (98, 2)
