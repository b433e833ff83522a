"""What a cash register sends, row by row: a batch of sales in a file."""

from __future__ import annotations

import pytest

from huiliu.catalog.models import SkuUnit
from huiliu.inventory import selectors, services
from huiliu.inventory.errors import SaleChanged
from huiliu.inventory.models import SaleLine
from huiliu.inventory.types import BatchOutcome, Row, SaleLineDraft
from huiliu.ledger.types import AccountKind
from huiliu.platform import stamps
from huiliu.testing.actors import NOW, acting
from huiliu.testing.api import Api
from huiliu.testing.inventory import D, balance, on_hand, proven
from huiliu.testing.partners import a_document_id
from huiliu.testing.sales import a_selling_channel, sell, sold_state
from huiliu.testing.trade import Channel, stock_up

pytestmark = pytest.mark.django_db
KIND = AccountKind


@pytest.fixture
def channel() -> Channel:
    return a_selling_channel()


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
    assert sold_state(channel) == (100 - 2 + 1 - 24 - 26, 51)
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
    assert sold_state(channel) == (92, 8)


def test_a_row_without_a_receipt_number_counts_once_per_batch(channel):
    batch_id = a_document_id()
    assert states(upload(channel, {"quantity": "2"}, {"quantity": "2"}, batch_id=batch_id)) == [RECORDED] * 2
    assert states(upload(channel, {"quantity": "2"}, {"quantity": "2"}, batch_id=batch_id)) == [DUPLICATE] * 2
    assert sold_state(channel) == (96, 4)


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
    assert sold_state(channel) == (95, 5)


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
    assert sold_state(channel) == (100, 0)


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
    assert sold_state(channel) == (98, 2)
