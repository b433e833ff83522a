"""Adjustments and transfers: exact figures, lots by expiry, four eyes, nothing half done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiliu.access.types import Role
from huiliu.inventory import selectors, services
from huiliu.inventory.errors import (
    AdjustmentNotVisible,
    ApproverIsAuthor,
    IdReused,
    OpeningTaken,
    ReasonInvalid,
    StockTooLow,
    TransferInvalid,
    TransferNotVisible,
)
from huiliu.inventory.models import Adjustment, StockTransfer
from huiliu.inventory.types import AdjustmentReason, AdjustmentState, ChangeLine, TransferState
from huiliu.kernel.refusals import SeveralRefused
from huiliu.kernel.states import WrongState
from huiliu.ledger.models import Entry
from huiliu.ledger.types import AccountKind
from huiliu.testing.actors import NOW, acting, an_actor
from huiliu.testing.api import Api
from huiliu.testing.inventory import EARLY, LATE, D, adjust, balance, held, on_hand, proven
from huiliu.testing.partners import a_document_id
from huiliu.testing.trade import Channel, a_channel, a_sku, a_warehouse, stock_up

pytestmark = pytest.mark.django_db
KIND = AccountKind


@pytest.fixture
def channel() -> Channel:
    """The dealer has 30 that expire early and 70 that expire late."""
    made = a_channel()
    stock_up(made.dealer_warehouse, made.sku, "30", lot=EARLY)
    stock_up(made.dealer_warehouse, made.sku, "70", lot=LATE)
    return made


def test_damaged_goods_leave_the_lot_that_expires_first(channel):
    with acting(channel.owner):
        row = adjust(
            channel.owner, channel.dealer_warehouse, channel.sku, "-40", reason=AdjustmentReason.DAMAGE
        )
    assert (row.state, row.total_units) == (AdjustmentState.POSTED, D(40))
    assert on_hand(channel.dealer_warehouse, channel.sku, EARLY) == 0
    assert on_hand(channel.dealer_warehouse, channel.sku, LATE) == 60
    assert balance(KIND.STOCK_ADJUSTMENT, channel.dealer.pk, channel.sku) == 40
    assert proven()


def test_a_named_lot_is_the_only_one_touched(channel):
    with acting(channel.owner):
        adjust(
            channel.owner,
            channel.dealer_warehouse,
            channel.sku,
            "-5",
            reason=AdjustmentReason.SAMPLE,
            lot=LATE,
        )
        adjust(
            channel.owner,
            channel.dealer_warehouse,
            channel.sku,
            "2",
            reason=AdjustmentReason.FOUND,
            lot=EARLY,
        )
    assert on_hand(channel.dealer_warehouse, channel.sku, EARLY) == 32
    assert on_hand(channel.dealer_warehouse, channel.sku, LATE) == 65


def test_more_than_there_is_cannot_be_lost(channel):
    with acting(channel.owner):
        services.change_settings(
            actor=channel.owner,
            settings=replace(selectors.stock_settings(channel.dealer.pk), adjustment_limit=D(1000)),
            now=NOW,
        )
        with pytest.raises(StockTooLow) as refusal:
            adjust(channel.owner, channel.dealer_warehouse, channel.sku, "-101", reason=AdjustmentReason.LOSS)
    assert refusal.value.facts == {
        "field": "lines[0].units",
        "sku_id": channel.sku.pk,
        "asked": D(101),
        "available": D(100),
    }
    assert on_hand(channel.dealer_warehouse, channel.sku) == 100


def test_two_lines_of_one_sku_share_what_is_there(channel):
    lines = [
        ChangeLine(channel.sku.pk, D(-60)),
        ChangeLine(channel.sku.pk, D(-39)),
        ChangeLine(channel.sku.pk, D(-1)),
    ]
    with acting(channel.owner):
        row = services.record_adjustment(
            actor=channel.owner,
            adjustment_id=a_document_id(),
            warehouse_id=channel.dealer_warehouse.pk,
            reason=AdjustmentReason.LOSS,
            note="",
            lines=lines,
            now=NOW,
        )
    assert row.state is AdjustmentState.POSTED
    assert on_hand(channel.dealer_warehouse, channel.sku) == 0
    assert proven()


def test_above_the_limit_somebody_else_has_to_agree(channel):
    keeper = an_actor(channel.dealer, Role.KEEPER)
    with acting(keeper):
        row = adjust(keeper, channel.dealer_warehouse, channel.sku, "1001", reason=AdjustmentReason.FOUND)
    assert (row.state, row.allowed_actions) == (AdjustmentState.SUBMITTED, ("withdraw",))
    assert on_hand(channel.dealer_warehouse, channel.sku) == 100
    with acting(channel.owner):
        assert selectors.get_adjustment(actor=channel.owner, adjustment_id=row.id).allowed_actions == (
            "approve",
            "reject",
        )
        done = services.approve_adjustment(actor=channel.owner, adjustment_id=row.id, note="盘点单", now=NOW)
    assert (done.state, done.decided_by, done.decision_note) == (
        AdjustmentState.POSTED,
        channel.owner.user_id,
        "盘点单",
    )
    assert on_hand(channel.dealer_warehouse, channel.sku) == 1101
    with acting(channel.owner), pytest.raises(WrongState):
        services.approve_adjustment(actor=channel.owner, adjustment_id=row.id, now=NOW)


def test_nobody_approves_the_own_adjustment_and_a_refused_one_posts_nothing(channel):
    with acting(channel.owner):
        row = adjust(
            channel.owner, channel.dealer_warehouse, channel.sku, "500", reason=AdjustmentReason.FOUND
        )
        with pytest.raises(ApproverIsAuthor):
            services.approve_adjustment(actor=channel.owner, adjustment_id=row.id, now=NOW)
    with acting(channel.staff):
        refused = services.reject_adjustment(
            actor=channel.staff, adjustment_id=row.id, note="没有凭证", now=NOW
        )
    assert refused.state is AdjustmentState.REJECTED
    assert on_hand(channel.dealer_warehouse, channel.sku) == 100
    assert not Entry.objects.filter(source_id=row.id).exists()


def test_the_same_id_answers_again_and_with_other_content_is_refused(channel):
    document_id = a_document_id()

    def record(units: str):
        return services.record_adjustment(
            actor=channel.owner,
            adjustment_id=document_id,
            warehouse_id=channel.dealer_warehouse.pk,
            reason=AdjustmentReason.DAMAGE,
            note="",
            lines=[ChangeLine(channel.sku.pk, D(units))],
            now=NOW,
        )

    with acting(channel.owner):
        assert record("-3") == record("-3")
        with pytest.raises(IdReused):
            record("-4")
    assert on_hand(channel.dealer_warehouse, channel.sku) == 97
    assert Adjustment.objects.count() == 1


def test_every_bad_line_is_named_and_nothing_is_written(channel):
    with acting(channel.owner), pytest.raises(SeveralRefused) as refusal:
        services.record_adjustment(
            actor=channel.owner,
            adjustment_id=a_document_id(),
            warehouse_id=channel.dealer_warehouse.pk,
            reason=AdjustmentReason.CORRECTION,
            note="",
            lines=[
                ChangeLine(channel.sku.pk, D("0.5")),
                ChangeLine(10**6, D(1)),
                ChangeLine(channel.sku.pk, D(0)),
            ],
            now=NOW,
        )
    assert [one["field"] for one in refusal.value.facts["fields"]] == [
        "lines[0].units",
        "lines[1].sku_id",
        "lines[2].units",
    ]
    assert not Adjustment.objects.exists()


def test_found_goods_cannot_leave(channel):
    with acting(channel.owner), pytest.raises(ReasonInvalid):
        adjust(channel.owner, channel.dealer_warehouse, channel.sku, "-1", reason=AdjustmentReason.FOUND)


def test_opening_is_for_goods_that_never_moved_and_comes_from_supply(channel):
    fresh = a_sku("NEW")
    with acting(channel.owner):
        row = adjust(channel.owner, channel.dealer_warehouse, fresh, "5000", reason=AdjustmentReason.OPENING)
        assert row.state is AdjustmentState.POSTED
        with pytest.raises(OpeningTaken) as refusal:
            adjust(channel.owner, channel.dealer_warehouse, fresh, "1", reason=AdjustmentReason.OPENING)
    assert refusal.value.facts["sku_ids"] == [fresh.pk]
    assert balance(KIND.SUPPLY, channel.dealer.pk, fresh) == -5000
    assert balance(KIND.STOCK_ADJUSTMENT, channel.dealer.pk, fresh) == 0


def test_a_stranger_sees_no_adjustment_and_no_transfer(channel):
    second = a_warehouse(channel.dealer)
    with acting(channel.owner):
        row = adjust(channel.owner, channel.dealer_warehouse, channel.sku, "-1", reason=AdjustmentReason.LOSS)
        moved = transfer(channel, second, "1")
    with acting(channel.other_owner):
        assert selectors.list_adjustments(actor=channel.other_owner) == []
        assert selectors.list_transfers(actor=channel.other_owner) == []
        with pytest.raises(AdjustmentNotVisible):
            services.approve_adjustment(actor=channel.other_owner, adjustment_id=row.id, now=NOW)
        with pytest.raises(TransferNotVisible):
            services.receive_transfer(actor=channel.other_owner, transfer_id=moved.id, received={}, now=NOW)


def transfer(channel: Channel, target, units: str, *, is_distant: bool = False, lot: str | None = None):
    return services.send_transfer(
        actor=channel.owner,
        transfer_id=a_document_id(),
        from_warehouse_id=channel.dealer_warehouse.pk,
        to_warehouse_id=target.pk,
        lines=[ChangeLine(channel.sku.pk, D(units), lot)],
        is_distant=is_distant,
        now=NOW,
    )


def test_a_near_transfer_arrives_at_once_with_its_lots(channel):
    second = a_warehouse(channel.dealer)
    with acting(channel.owner):
        row = transfer(channel, second, "50")
    assert row.state is TransferState.RECEIVED
    assert [(line.lot, line.units) for line in row.lines] == [(EARLY, D(30)), (LATE, D(20))]
    assert (on_hand(second, channel.sku, EARLY), on_hand(second, channel.sku, LATE)) == (D(30), D(20))
    assert on_hand(channel.dealer_warehouse, channel.sku) == 50
    assert proven()


def test_a_distant_transfer_is_on_the_way_until_it_is_received_and_what_is_missing_is_lost(channel):
    second = a_warehouse(channel.dealer)
    with acting(channel.owner):
        row = transfer(channel, second, "50", is_distant=True)
        assert (row.state, row.allowed_actions) == (TransferState.SENT, ("receive", "cancel"))
        assert (on_hand(channel.dealer_warehouse, channel.sku), on_hand(second, channel.sku)) == (D(50), D(0))
        assert balance(KIND.IN_TRANSIT, channel.dealer.pk, channel.sku) == 50
        done = services.receive_transfer(
            actor=channel.owner, transfer_id=row.id, received={1: D(28)}, note="破损2瓶", now=NOW
        )
        assert (done.state, [line.received for line in done.lines]) == (
            TransferState.RECEIVED,
            [D(28), D(20)],
        )
        with pytest.raises(WrongState):
            services.receive_transfer(actor=channel.owner, transfer_id=row.id, received={}, now=NOW)
    assert (on_hand(second, channel.sku, EARLY), on_hand(second, channel.sku, LATE)) == (D(28), D(20))
    assert balance(KIND.IN_TRANSIT, channel.dealer.pk, channel.sku) == 0
    assert balance(KIND.STOCK_ADJUSTMENT, channel.dealer.pk, channel.sku) == 2
    assert proven()


def test_a_cancelled_transfer_is_where_it_came_from(channel):
    second = a_warehouse(channel.dealer)
    with acting(channel.owner):
        row = transfer(channel, second, "50", is_distant=True)
        services.cancel_transfer(actor=channel.owner, transfer_id=row.id, note="不去了", now=NOW)
    assert on_hand(channel.dealer_warehouse, channel.sku, EARLY) == 30
    assert on_hand(channel.dealer_warehouse, channel.sku) == 100
    assert balance(KIND.IN_TRANSIT, channel.dealer.pk, channel.sku) == 0
    assert proven()


def test_goods_move_between_places_of_one_organization_only(channel):
    with acting(channel.owner):
        for target in (channel.store_warehouse, channel.dealer_warehouse):
            with pytest.raises(TransferInvalid):
                transfer(channel, target, "1")
    assert not StockTransfer.objects.exists()
    assert held(channel.dealer_warehouse, channel.sku) == 0


def test_over_http_an_adjustment_names_goods_by_code_and_lots_by_dates(channel):
    body = {
        "id": str(a_document_id()),
        "warehouse_id": channel.dealer_warehouse.pk,
        "reason": "FOUND",
        "lines": [{"sku_code": channel.sku.code, "units": "77", "batch": "C", "expires_on": "2027-01-31"}],
    }
    answer = Api(channel.owner).post("/stock/adjustments", body)
    assert answer.status_code == 201, answer.content
    [line] = answer.json()["lines"]
    assert (line["lot"], line["units"], line["units_text"]) == ("2027-01-31/C", "77", "3箱5瓶")
    assert (line["batch"], line["expires_on"]) == ("C", "2027-01-31")
    assert on_hand(channel.dealer_warehouse, channel.sku, "2027-01-31/C") == 77
    page = Api(channel.owner).get("/stock/adjustments", reason="FOUND").json()
    assert [row["id"] for row in page["items"]] == [body["id"]]
    assert Api(channel.other_owner).get(f"/stock/adjustments/{body['id']}").status_code == 404
    unknown = body | {"id": str(a_document_id()), "lines": [{"sku_code": "NOPE", "units": "1"}]}
    assert Api(channel.owner).post("/stock/adjustments", unknown).json()["code"] == "inventory.sku_unknown"


def test_over_http_a_distant_transfer_is_received_line_by_line(channel):
    second = a_warehouse(channel.dealer)
    body = {
        "id": str(a_document_id()),
        "from_warehouse_id": channel.dealer_warehouse.pk,
        "to_warehouse_id": second.pk,
        "is_distant": True,
        "lines": [{"sku_code": channel.sku.code, "units": "10"}],
    }
    api = Api(channel.owner)
    assert api.post("/stock/transfers", body).json()["state"] == "SENT"
    done = api.post(f"/stock/transfers/{body['id']}/receive", {"lines": [{"line_no": 1, "received": "9"}]})
    assert (done.status_code, done.json()["lines"][0]["received"]) == (200, "9")
    again = api.post(f"/stock/transfers/{body['id']}/cancel", {})
    assert (again.status_code, again.json()["code"]) == (409, "kernel.wrong_state")
    assert on_hand(second, channel.sku) == 9
