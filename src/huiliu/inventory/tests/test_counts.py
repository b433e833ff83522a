"""Stock-takes: what is posted is the difference to the book at the moment of the count, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiliu.access.types import Actor, Role
from huiliu.inventory import selectors, services
from huiliu.inventory.errors import (
    ApproverIsAuthor,
    CountNotVisible,
    CountOutOfScope,
    CountOverlaps,
    CountUnfinished,
    IdReused,
    StockTooLow,
)
from huiliu.inventory.types import (
    AdjustmentReason,
    CountDraft,
    CountedRow,
    CountRow,
    CountState,
    Row,
    RowState,
    SaleLineDraft,
)
from huiliu.kernel.states import WrongState
from huiliu.ledger import services as ledger
from huiliu.ledger.errors import NotEnoughAvailable
from huiliu.ledger.models import Entry
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind
from huiliu.platform.errors import InvalidInput
from huiliu.testing.actors import NOW, acting, an_actor
from huiliu.testing.api import Api
from huiliu.testing.inventory import EARLY, LATE, D, adjust, balance, held, on_hand, proven
from huiliu.testing.ledger import a_source
from huiliu.testing.partners import a_document_id
from huiliu.testing.trade import Channel, a_channel, a_sku, stock_up

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def channel() -> Channel:
    """The dealer has 30 that expire early and 70 that expire late."""
    made = a_channel()
    stock_up(made.dealer_warehouse, made.sku, "30", lot=EARLY)
    stock_up(made.dealer_warehouse, made.sku, "70", lot=LATE)
    return made


@pytest.fixture
def keeper(channel: Channel) -> Actor:
    return an_actor(channel.dealer, Role.KEEPER)


def planned(channel: Channel, **more: Any) -> CountRow:
    draft = CountDraft(warehouse_id=channel.dealer_warehouse.pk, **more)
    with acting(channel.owner):
        return services.plan_count(actor=channel.owner, count_id=a_document_id(), draft=draft, now=NOW)


def started(channel: Channel, **more: Any) -> CountRow:
    count = planned(channel, **more)
    with acting(channel.owner):
        return services.start_count(actor=channel.owner, count_id=count.id, now=NOW)


def counted(
    actor: Actor,
    count: CountRow,
    channel: Channel,
    units: str,
    *,
    hours: int = 1,
    area: str = "",
    lot: str = "",
) -> None:
    with acting(actor):
        services.record_count_entries(
            actor=actor,
            count_id=count.id,
            rows=[CountedRow(channel.sku.pk, D(units), lot, area)],
            now=NOW + hours * HOUR,
        )


def closed(channel: Channel, count: CountRow, *, hours: int = 2) -> CountRow:
    with acting(channel.owner):
        return services.close_round(actor=channel.owner, count_id=count.id, now=NOW + hours * HOUR)


def approved(
    channel: Channel, count: CountRow, *, actor: Actor | None = None, hours: int = 3, **more: Any
) -> CountRow:
    actor = actor or channel.owner
    with acting(actor):
        return services.approve_count(actor=actor, count_id=count.id, now=NOW + hours * HOUR, **more)


def line(channel: Channel, count: CountRow, lot: str = "") -> Any:
    with acting(channel.owner):
        lines = selectors.count_lines(actor=channel.owner, count_id=count.id)
    return next(one for one in lines if one.lot == lot)


def sale(channel: Channel, units: str, *, hours: int) -> None:
    with acting(channel.owner):
        services.record_sale(
            actor=channel.owner,
            sale_id=a_document_id(),
            warehouse_id=channel.dealer_warehouse.pk,
            lines=[SaleLineDraft(channel.sku.pk, D(units))],
            now=NOW + hours * HOUR,
        )


def test_what_is_missing_is_posted_from_the_lot_that_expires_first(channel, keeper):
    count = started(channel)
    counted(keeper, count, channel, "95")
    reviewed = closed(channel, count)
    assert (reviewed.state, reviewed.verdicts) == (CountState.REVIEW, {"DIFFERS": 1})
    found = line(channel, count)
    assert (found.counted, found.book, found.difference) == (D(95), D(100), D(-5))
    done = approved(channel, count, note="六月盘点")
    assert (done.state, done.decided_by, done.allowed_actions) == (
        CountState.POSTED,
        channel.owner.user_id,
        (),
    )
    assert on_hand(channel.dealer_warehouse, channel.sku, EARLY) == 25
    assert on_hand(channel.dealer_warehouse, channel.sku) == 95
    assert balance(AccountKind.STOCK_ADJUSTMENT, channel.dealer.pk, channel.sku) == 5
    assert Entry.objects.get(source_id=count.id).effective_at == NOW + HOUR
    assert proven()


def test_what_moves_between_count_and_approval_stays_moved(channel, keeper):
    count = started(channel)
    counted(keeper, count, channel, "95")
    closed(channel, count)
    sale(channel, "20", hours=2)
    stock_up(channel.dealer_warehouse, channel.sku, "7")  # recorded later, in effect before the count
    approved(channel, count)
    # 107 on the book when 95 were counted: 12 are missing; then 20 were sold
    assert line(channel, count).book == 107
    assert on_hand(channel.dealer_warehouse, channel.sku) == 75
    assert proven()


def test_what_agrees_posts_nothing(channel, keeper):
    count = started(channel)
    counted(keeper, count, channel, "100")
    assert closed(channel, count).verdicts == {"AGREES": 1}
    approved(channel, count)
    assert not Entry.objects.filter(source_id=count.id).exists()


def test_areas_of_several_counters_add_up_and_those_who_disagree_count_again(channel, keeper):
    second = an_actor(channel.dealer, Role.KEEPER)
    count = started(channel)
    counted(keeper, count, channel, "60", area="A")
    counted(second, count, channel, "41", area="B")
    counted(keeper, count, channel, "40", area="B")
    assert closed(channel, count).verdicts == {"DISPUTED": 1}
    with pytest.raises(CountUnfinished):
        approved(channel, count)
    with acting(channel.owner):
        again = services.recount(actor=channel.owner, count_id=count.id, now=NOW + 3 * HOUR)
    assert (again.state, again.round) == (CountState.COUNTING, 2)
    counted(second, count, channel, "60", area="A", hours=4)
    counted(second, count, channel, "40", area="B", hours=4)
    assert closed(channel, count, hours=5).verdicts == {"AGREES": 1}
    approved(channel, count, hours=6)
    assert on_hand(channel.dealer_warehouse, channel.sku) == 100


def test_goods_that_moved_while_they_were_counted_are_counted_again(channel, keeper):
    count = started(channel)
    counted(keeper, count, channel, "60", area="A", hours=1)
    sale(channel, "5", hours=2)
    counted(keeper, count, channel, "35", area="B", hours=3)
    assert closed(channel, count, hours=4).verdicts == {"MOVED": 1}
    with pytest.raises(CountUnfinished):
        approved(channel, count, hours=5)
    assert on_hand(channel.dealer_warehouse, channel.sku) == 95


def test_a_large_difference_is_counted_twice(channel, keeper):
    count = started(channel, recount_above=D(10))
    counted(keeper, count, channel, "80")
    closed(channel, count)
    with pytest.raises(CountUnfinished) as refusal:
        approved(channel, count)
    assert refusal.value.facts == {"open": [], "to_recount": [[channel.sku.pk, ""]]}
    with acting(channel.owner):
        services.recount(actor=channel.owner, count_id=count.id, now=NOW + 3 * HOUR)
    counted(keeper, count, channel, "81", hours=4)
    closed(channel, count, hours=5)
    approved(channel, count, hours=6)
    assert on_hand(channel.dealer_warehouse, channel.sku) == 81


def test_uncounted_is_not_zero_unless_somebody_says_so(channel, keeper):
    other = a_sku("T1")
    stock_up(channel.dealer_warehouse, other, "8")
    for uncounted_as_zero, left in ((False, 8), (True, 0)):
        count = started(channel)
        counted(keeper, count, channel, "100")
        assert closed(channel, count).verdicts == {"AGREES": 1, "UNCOUNTED": 1}
        with pytest.raises(CountUnfinished):
            approved(channel, count)
        approved(channel, count, uncounted_as_zero=uncounted_as_zero)
        assert on_hand(channel.dealer_warehouse, other) == left
    assert on_hand(channel.dealer_warehouse, channel.sku) == 100


def test_by_lot_each_lot_is_compared_and_a_new_one_is_found(channel, keeper):
    count = started(channel, by_lot=True)
    for lot, units in ((EARLY, "28"), (LATE, "70"), ("2027-01-01/N", "4")):
        counted(keeper, count, channel, units, lot=lot)
    assert closed(channel, count).verdicts == {"AGREES": 1, "DIFFERS": 2}
    approved(channel, count)
    assert on_hand(channel.dealer_warehouse, channel.sku, EARLY) == 28
    assert on_hand(channel.dealer_warehouse, channel.sku, "2027-01-01/N") == 4
    assert proven()


def test_found_goods_of_unknown_lot_are_taken_to_expire_first(channel, keeper):
    count = started(channel)
    counted(keeper, count, channel, "103")
    closed(channel, count)
    approved(channel, count)
    assert on_hand(channel.dealer_warehouse, channel.sku, EARLY) == 33


def test_a_blind_count_shows_nobody_the_book_and_only_the_own_figures(channel, keeper):
    second = an_actor(channel.dealer, Role.KEEPER)
    count = started(channel)
    counted(keeper, count, channel, "95")
    hidden = line(channel, count)
    assert (hidden.book, hidden.counted, hidden.verdict, hidden.is_recount) == (None, None, None, True)
    with acting(second):
        assert selectors.count_entries(actor=second, count_id=count.id) == []
    closed(channel, count)
    with acting(second):
        [entry] = selectors.count_entries(actor=second, count_id=count.id)
    assert (entry.units, entry.counter_name) == (D(95), keeper.name)


def test_a_freeze_keeps_goods_from_orders_until_the_end(channel, keeper):
    count = started(channel, freezes=True)
    assert held(channel.dealer_warehouse, channel.sku) == 100
    with pytest.raises(StockTooLow):
        sale(channel, "1", hours=1)
    counted(keeper, count, channel, "95")
    closed(channel, count)
    approved(channel, count)
    assert (held(channel.dealer_warehouse, channel.sku), on_hand(channel.dealer_warehouse, channel.sku)) == (
        D(0),
        D(95),
    )
    second = started(channel, freezes=True)
    with acting(channel.owner):
        gone = services.cancel_count(actor=channel.owner, count_id=second.id, note="改期", now=NOW + 4 * HOUR)
    assert gone.state is CountState.CANCELLED
    assert held(channel.dealer_warehouse, channel.sku) == 0
    assert proven()


def test_goods_promised_to_orders_cannot_be_posted_away(channel, keeper):
    account = AccountRef(
        AccountKind.STOCK,
        channel.dealer.pk,
        sku_id=channel.sku.pk,
        place_id=channel.dealer_warehouse.pk,
        lot=LATE,
    )
    count = started(channel)
    counted(keeper, count, channel, "60")
    closed(channel, count)
    ledger.apply(source=a_source(), moves=[Move(MoveKind.HOLD, D(70), account)], user_id=None, now=NOW)
    with pytest.raises(StockTooLow):
        approved(channel, count)
    assert on_hand(channel.dealer_warehouse, channel.sku) == 100
    with acting(channel.owner):
        assert selectors.get_count(actor=channel.owner, count_id=count.id).state is CountState.REVIEW


def test_an_abandoned_count_is_given_up_after_a_week_and_frees_what_it_froze(channel, keeper):
    count = started(channel, freezes=True)
    assert services.abandon_stale_counts(now=NOW + timedelta(days=7)) == []
    counted(keeper, count, channel, "1", hours=24)
    assert services.abandon_stale_counts(now=NOW + timedelta(days=8)) == []
    assert services.abandon_stale_counts(now=NOW + timedelta(days=8, hours=1)) == [count.id]
    assert held(channel.dealer_warehouse, channel.sku) == 0
    with pytest.raises(WrongState):
        counted(keeper, count, channel, "1", hours=400)


def test_above_the_limit_who_counted_does_not_approve(channel, keeper):
    stock_up(channel.dealer_warehouse, channel.sku, "900")
    count = started(channel)
    counted(channel.owner, count, channel, "899")
    closed(channel, count)
    with pytest.raises(ApproverIsAuthor):
        approved(channel, count)
    approved(channel, count, actor=channel.staff)
    assert on_hand(channel.dealer_warehouse, channel.sku) == 899


def test_only_what_is_in_scope_or_to_be_recounted_is_counted(channel, keeper):
    other = a_sku("T1")
    count = started(channel, sku_ids=(channel.sku.pk,))
    with acting(keeper), pytest.raises(CountOutOfScope):
        services.record_count_entries(
            actor=keeper, count_id=count.id, rows=[CountedRow(other.pk, D(1))], now=NOW + HOUR
        )
    counted(keeper, count, channel, "100")
    closed(channel, count)
    with acting(channel.owner), pytest.raises(InvalidInput):
        services.recount(actor=channel.owner, count_id=count.id, now=NOW + 2 * HOUR)


def test_scopes_of_open_counts_do_not_overlap(channel):
    other = a_sku("T1")
    planned(channel, sku_ids=(channel.sku.pk,))
    planned(channel, sku_ids=(other.pk,))
    for scope in ({}, {"category_ids": (channel.sku.product.category_id,)}, {"sku_ids": (other.pk,)}):
        with pytest.raises(CountOverlaps):
            planned(channel, **scope)


def test_moves_out_of_order_are_refused(channel, keeper):
    count = planned(channel)
    with pytest.raises(WrongState):
        counted(keeper, count, channel, "1")
    with pytest.raises(WrongState):
        closed(channel, count)
    with pytest.raises(WrongState):
        approved(channel, count)
    with acting(channel.owner), pytest.raises(IdReused):
        services.plan_count(
            actor=channel.owner,
            count_id=count.id,
            draft=CountDraft(warehouse_id=channel.dealer_warehouse.pk, freezes=True),
            now=NOW,
        )


def test_a_stranger_finds_no_count(channel):
    count = started(channel)
    with acting(channel.other_owner):
        assert selectors.list_counts(actor=channel.other_owner) == []
        for attempt in (
            lambda: services.cancel_count(actor=channel.other_owner, count_id=count.id, note="x", now=NOW),
            lambda: selectors.count_lines(actor=channel.other_owner, count_id=count.id),
            lambda: selectors.count_history(actor=channel.other_owner, count_id=count.id),
        ):
            with pytest.raises(CountNotVisible):
                attempt()


def test_counted_rows_of_a_file_wait_for_approval(channel, keeper):
    rows = [
        Row(1, {"sku_code": channel.sku.code, "quantity": "4箱", "area": "A"}),
        Row(2, {"sku_code": channel.sku.code, "quantity": "0", "area": "B"}),
        Row(3, {"sku_code": "NOPE", "quantity": "1"}),
        Row(4, {"sku_code": channel.sku.code, "quantity": "-1"}),
    ]
    with acting(keeper):
        outcome = services.record_counts(
            actor=keeper,
            rows=rows,
            warehouse_id=channel.dealer_warehouse.pk,
            counted_at=NOW + HOUR,
            now=NOW + 2 * HOUR,
        )
        again = services.record_counts(
            actor=keeper, rows=rows[:1], warehouse_id=channel.dealer_warehouse.pk, now=NOW + 2 * HOUR
        )
    assert [(row.state, row.code) for row in outcome.rows] == [
        (RowState.RECORDED, ""),
        (RowState.RECORDED, ""),
        (RowState.REFUSED, "inventory.sku_unknown"),
        (RowState.REFUSED, "inventory.units_invalid"),
    ]
    assert [row.code for row in again.rows] == ["inventory.count_overlaps"]
    [count_id] = outcome.document_ids
    with acting(channel.owner):
        count = selectors.get_count(actor=channel.owner, count_id=count_id)
    assert (count.state, count.verdicts) == (CountState.REVIEW, {"DIFFERS": 1})
    approved(channel, count)
    assert on_hand(channel.dealer_warehouse, channel.sku) == 96


def test_rows_join_a_running_count(channel, keeper):
    count = started(channel, sku_ids=(channel.sku.pk,))
    other = a_sku("T1")
    with acting(keeper):
        outcome = services.record_counts(
            actor=keeper,
            rows=[
                Row(1, {"sku_code": other.code, "quantity": "1"}),
                Row(2, {"sku_code": channel.sku.code, "quantity": "99"}),
            ],
            warehouse_id=channel.dealer_warehouse.pk,
            count_id=count.id,
            now=NOW + HOUR,
        )
    assert [row.code for row in outcome.rows] == ["inventory.count_out_of_scope", ""]
    closed(channel, count)
    assert line(channel, count).difference == -1


def test_over_http_a_count_goes_from_plan_to_posting(channel, keeper):
    api, staff = Api(keeper), Api(channel.owner)
    body = {"id": str(a_document_id()), "warehouse_id": channel.dealer_warehouse.pk}
    made = api.post("/stock/counts", body)
    assert (made.status_code, made.json()["allowed_actions"]) == (201, ["start", "cancel"])
    path = f"/stock/counts/{body['id']}"
    assert api.post(f"{path}/start").json()["state"] == "COUNTING"
    figures = {"rows": [{"sku_code": channel.sku.code, "units": "96"}]}
    assert api.post(f"{path}/entries", figures).json() == {"taken": 1}
    assert api.get(f"{path}/lines").json()["items"][0]["book"] is None
    assert api.post(f"{path}/close-round").json()["verdicts"] == {"DIFFERS": 1}
    [shown] = api.get(f"{path}/lines", only_open=True).json()["items"]
    assert (shown["counted_text"], shown["difference"], shown["difference_text"]) == ("4箱", "-4", "-4瓶")
    assert api.post(f"{path}/approve", {}).status_code == 403
    assert staff.post(f"{path}/approve", {"note": "同意"}).json()["state"] == "POSTED"
    assert [one["units"] for one in staff.get(f"{path}/entries").json()["items"]] == ["96"]
    assert [one["type"] for one in staff.get(f"{path}/history").json()] == [
        "stock_count.planned",
        "stock_count.started",
        "stock_count.counted",
        "stock_count.posted",
    ]
    again = staff.post(f"{path}/approve", {})
    assert (again.status_code, again.json()["code"]) == (409, "kernel.wrong_state")
    assert on_hand(channel.dealer_warehouse, channel.sku) == 96
    assert Api(channel.other_owner).get(path).status_code == 404


def test_a_posted_difference_is_no_room_for_orders(channel, keeper):
    count = started(channel)
    counted(keeper, count, channel, "0")
    closed(channel, count)
    approved(channel, count, actor=channel.owner)
    assert on_hand(channel.dealer_warehouse, channel.sku) == 0
    with acting(channel.owner), pytest.raises((NotEnoughAvailable, StockTooLow)):
        adjust(channel.owner, channel.dealer_warehouse, channel.sku, "-1", reason=AdjustmentReason.LOSS)
