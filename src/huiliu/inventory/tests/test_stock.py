"""Stock lists now and of any past day, what is behind a figure, and what a seller shows its buyers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from huiliu.access.types import Role
from huiliu.inventory import selectors, services
from huiliu.inventory.errors import StockNotShown, WarehouseNotVisible
from huiliu.inventory.types import AdjustmentReason, Figure, Group, Shown, StockFilters, StockKey, StockLevel
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind, Source
from huiliu.testing.actors import NOW, acting, an_actor
from huiliu.testing.api import Api
from huiliu.testing.inventory import EARLY, LATE, D, adjust
from huiliu.testing.ledger import a_source
from huiliu.testing.partners import a_document_id, a_partner
from huiliu.testing.trade import Channel, a_channel, a_sku, a_warehouse, stock_up

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.fixture
def channel() -> Channel:
    """The brand has 100; the dealer 30 that expire early and 47 that expire late."""
    made = a_channel()
    stock_up(made.dealer_warehouse, made.sku, "30", lot=EARLY)
    stock_up(made.dealer_warehouse, made.sku, "47", lot=LATE)
    return made


def listed(actor, group=Group.PLACE, *, on=None, after=None, limit=50, **filters):
    with acting(actor):
        return selectors.list_stock(
            actor=actor,
            group=group,
            filters=StockFilters(**filters),
            on=on,
            after=after,
            limit=limit,
            now=NOW,
        )


def hold(channel: Channel, units: str) -> None:
    account = AccountRef(
        AccountKind.STOCK,
        channel.dealer.pk,
        sku_id=channel.sku.pk,
        place_id=channel.dealer_warehouse.pk,
        lot=EARLY,
    )
    ledger.apply(source=a_source(), moves=[Move(MoveKind.HOLD, D(units), account)], user_id=None, now=NOW)


def test_staff_sees_every_tier_a_partner_its_own_and_a_stranger_nothing(channel):
    stock_up(channel.store_warehouse, channel.sku, "5")
    assert [(row.organization_id, row.on_hand) for row in listed(channel.staff)] == [
        (channel.brand.pk, D(100)),
        (channel.dealer.pk, D(77)),
        (channel.store.pk, D(5)),
    ]
    assert [row.on_hand for row in listed(channel.owner)] == [D(77), D(5)]
    assert [row.on_hand for row in listed(an_actor(channel.dealer, Role.KEEPER))] == [D(77)]
    assert [row.on_hand for row in listed(channel.store_owner)] == [D(5)]
    assert listed(channel.other_owner) == []


def test_a_list_is_as_fine_as_asked_and_says_what_is_promised(channel):
    hold(channel, "12")
    [place] = listed(channel.owner)
    assert (place.on_hand, place.held, place.available, place.warehouse_id) == (
        D(77),
        D(12),
        D(65),
        channel.dealer_warehouse.pk,
    )
    lots = listed(channel.owner, Group.LOT)
    assert [(row.lot, row.expires_on, row.on_hand, row.available) for row in lots] == [
        (EARLY, date(2026, 8, 1), D(30), D(18)),
        (LATE, date(2026, 12, 1), D(47), D(47)),
    ]
    assert [row.on_hand for row in listed(channel.staff, Group.SKU)] == [D(177)]
    assert [row.lot for row in listed(channel.owner, Group.LOT, expires_before=date(2026, 9, 1))] == [EARLY]


def test_pages_meet_without_a_gap_or_a_double(channel):
    for number in range(5):
        stock_up(channel.dealer_warehouse, a_sku(f"T{number}"), "1")
    whole = listed(channel.owner, Group.LOT)
    paged, after = [], None
    while page := listed(channel.owner, Group.LOT, after=after, limit=2):
        paged += page
        after = selectors.key_of(page[-1], Group.LOT)
    assert paged == whole
    assert len(whole) == 7


def test_a_past_day_is_what_stood_at_its_end_and_knows_late_entries(channel):
    with acting(channel.owner):
        adjust(channel.owner, channel.dealer_warehouse, channel.sku, "-7", reason=AdjustmentReason.LOSS)
    ledger.post(
        source=Source("test", a_document_id(), "late"),
        amount=D(3),
        debit=AccountRef(
            AccountKind.STOCK,
            channel.dealer.pk,
            sku_id=channel.sku.pk,
            place_id=channel.dealer_warehouse.pk,
            lot=LATE,
        ),
        credit=AccountRef(AccountKind.SUPPLY, channel.dealer.pk, sku_id=channel.sku.pk),
        user_id=None,
        now=NOW,
        effective_at=NOW - timedelta(days=10),
    )
    assert [row.on_hand for row in listed(channel.owner)] == [D(73)]
    [ended] = listed(channel.owner, on=TODAY)
    assert (ended.on_hand, ended.held, ended.available) == (D(73), None, None)
    assert [row.on_hand for row in listed(channel.owner, on=TODAY - timedelta(days=1))] == [D(3)]
    assert [row.on_hand for row in listed(channel.owner, on=TODAY - timedelta(days=10))] == [D(3)]
    assert listed(channel.owner, on=TODAY - timedelta(days=11)) == []


def test_goods_on_the_way_stand_at_no_place(channel):
    second = a_warehouse(channel.dealer)
    with acting(channel.owner):
        services.send_transfer(
            actor=channel.owner,
            transfer_id=a_document_id(),
            from_warehouse_id=channel.dealer_warehouse.pk,
            to_warehouse_id=second.pk,
            lines=[services_line(channel, "10")],
            is_distant=True,
            now=NOW,
        )
    assert [(row.warehouse_id, row.on_hand, row.in_transit) for row in listed(channel.owner)] == [
        (None, D(0), D(10)),
        (channel.dealer_warehouse.pk, D(67), D(0)),
    ]
    [owner] = listed(channel.owner, Group.ORGANIZATION)
    assert (owner.on_hand, owner.in_transit) == (D(67), D(10))


def services_line(channel: Channel, units: str):
    from huiliu.inventory.types import ChangeLine

    return ChangeLine(channel.sku.pk, D(units))


def sell(channel: Channel, units: str, *, days_ago: int) -> None:
    account = AccountRef(
        AccountKind.STOCK,
        channel.dealer.pk,
        sku_id=channel.sku.pk,
        place_id=channel.dealer_warehouse.pk,
        lot=LATE,
    )
    ledger.post(
        source=a_source(),
        amount=D(units),
        debit=AccountRef(AccountKind.SOLD_OUT, channel.dealer.pk, sku_id=channel.sku.pk),
        credit=account,
        user_id=None,
        now=NOW,
        effective_at=NOW - timedelta(days=days_ago),
    )


def test_days_of_cover_look_at_the_last_28_days(channel):
    sell(channel, "5", days_ago=28)  # one day too old
    sell(channel, "8", days_ago=27)
    sell(channel, "6", days_ago=0)
    [row] = listed(channel.owner, Group.ORGANIZATION)
    assert (row.on_hand, row.sold_28_days, row.days_of_cover) == (D(58), D(14), D("116.0"))
    [before] = listed(channel.owner, Group.ORGANIZATION, on=TODAY - timedelta(days=1))
    assert before.sold_28_days == 13
    [brand] = listed(channel.staff, Group.ORGANIZATION, organization_id=channel.brand.pk)
    assert (brand.sold_28_days, brand.days_of_cover) == (0, None)


def test_tier_kind_and_subtree_narrow_the_list(channel):
    a_partner(organization=channel.dealer, tier="A")
    stock_up(channel.store_warehouse, channel.sku, "5")
    assert [row.tier for row in listed(channel.staff, tier="A")] == ["A"]
    assert [row.on_hand for row in listed(channel.staff, kind="STORE")] == [D(5)]
    assert [row.on_hand for row in listed(channel.staff, under_path=channel.dealer.path)] == [D(77), D(5)]
    assert listed(channel.staff, sku_ids=()) == []


def test_behind_a_figure_stand_its_documents_people_and_reasons(channel):
    with acting(channel.owner):
        row = adjust(
            channel.owner, channel.dealer_warehouse, channel.sku, "-40", reason=AdjustmentReason.DAMAGE
        )
        key = StockKey(channel.sku.pk, channel.dealer.pk, channel.dealer_warehouse.pk)
        found = selectors.movements(key=key, figure=Figure.ON_HAND)
    assert [(one.change, one.source_type) for one in found] == [
        (D(-10), "adjustment"),
        (D(-30), "adjustment"),
        (D(47), "opening"),
        (D(30), "opening"),
    ]
    newest = found[0]
    assert (newest.document_number, newest.user_name, newest.reason, newest.against) == (
        row.number,
        channel.owner.name,
        "DAMAGE",
        "stock_adjustment",
    )
    assert sum(one.change for one in found) == listed(channel.owner)[0].on_hand


def test_movements_page_by_effect_and_a_stranger_sees_none(channel):
    for ago in range(5):
        sell(channel, "1", days_ago=ago)
    key = StockKey(channel.sku.pk)
    with acting(channel.owner):
        whole = selectors.movements(key=key, figure=Figure.ON_HAND)
        first = selectors.movements(key=key, figure=Figure.ON_HAND, limit=3)
        rest = selectors.movements(
            key=key, figure=Figure.ON_HAND, after=(first[-1].effective_at, first[-1].transfer_id)
        )
        sold = selectors.movements(key=key, figure=Figure.SOLD_OUT)
        days = selectors.movements(
            key=key, figure=Figure.SOLD_OUT, first=TODAY - timedelta(days=2), last=TODAY - timedelta(days=1)
        )
    assert first + rest == whole
    assert [one.change for one in sold] == [D(1)] * 5
    assert len(days) == 2
    with acting(channel.other_owner):
        assert selectors.movements(key=key, figure=Figure.ON_HAND) == []


def test_a_card_has_lots_promises_and_movements(channel):
    hold(channel, "12")
    with acting(channel.owner):
        card = selectors.stock_card(
            actor=channel.owner, sku_id=channel.sku.pk, warehouse_id=channel.dealer_warehouse.pk, now=NOW
        )
        assert (card.total.on_hand, card.total.available) == (D(77), D(65))
        assert [row.lot for row in card.lots] == [EARLY, LATE]
        assert [(one.kind, one.change) for one in card.promises] == [("HOLD", D(12))]
        assert len(card.movements) == 2
        empty = selectors.stock_card(
            actor=channel.owner, sku_id=channel.sku.pk, warehouse_id=channel.store_warehouse.pk, now=NOW
        )
        assert (empty.total.on_hand, empty.lots) == (D(0), ())
    with acting(channel.other_owner), pytest.raises(WarehouseNotVisible):
        selectors.stock_card(
            actor=channel.other_owner, sku_id=channel.sku.pk, warehouse_id=channel.warehouse.pk, now=NOW
        )


def test_lots_are_suggested_as_an_order_would_be_promised_them(channel):
    with acting(channel.owner):
        suggestion = selectors.suggest_lots(
            organization_id=channel.dealer.pk,
            warehouse_id=channel.dealer_warehouse.pk,
            sku_id=channel.sku.pk,
            units=D(80),
        )
    assert suggestion == ([(EARLY, D(30)), (LATE, D(47))], D(3))


def shown(channel: Channel, **settings) -> None:
    with acting(channel.staff):
        now = selectors.stock_settings(channel.brand.pk)
        services.change_settings(actor=channel.staff, settings=replace(now, **settings), now=NOW)


def offered(channel: Channel, actor, *, seller=None, buyer=None):
    with acting(actor):
        [row] = selectors.seller_stock(
            actor=actor,
            buyer_id=(buyer or channel.dealer).pk,
            seller_id=(seller or channel.brand).pk,
            sku_ids=[channel.sku.pk],
            on=TODAY,
        )
    return row.level, row.available


def test_a_buyer_knows_of_its_sellers_stock_what_the_seller_allows(channel):
    assert offered(channel, channel.owner) == (StockLevel.PLENTY, None)  # 100 and tight below 100
    shown(channel, tight_below=D("100.1"))
    assert offered(channel, channel.owner) == (StockLevel.TIGHT, None)
    shown(channel, shown_to_buyers=Shown.EXACT)
    assert offered(channel, channel.owner) == (StockLevel.TIGHT, D(100))
    shown(channel, shown_to_buyers=Shown.NOTHING)
    assert offered(channel, channel.owner) == (None, None)
    with acting(channel.keeper):
        adjust(channel.keeper, channel.warehouse, channel.sku, "-100", reason=AdjustmentReason.EXPIRED)
    shown(channel, shown_to_buyers=Shown.LEVEL)
    assert offered(channel, channel.owner) == (StockLevel.NONE, None)
    assert offered(channel, channel.store_owner, seller=channel.dealer, buyer=channel.store) == (
        StockLevel.TIGHT,
        None,
    )


def test_nobody_learns_the_stock_of_who_does_not_sell_to_them(channel):
    for seller, buyer in (
        (channel.other, channel.dealer),  # a stranger
        (channel.store, channel.dealer),  # its own buyer is not its seller
        (channel.brand, channel.other),  # for somebody else
    ):
        with acting(channel.owner), pytest.raises(StockNotShown):
            selectors.seller_stock(
                actor=channel.owner,
                buyer_id=buyer.pk,
                seller_id=seller.pk,
                sku_ids=[channel.sku.pk],
                on=TODAY,
            )


def test_over_http_stock_is_in_cases_and_pages_and_past_days(channel):
    api = Api(channel.owner)
    [row] = api.get("/stock").json()["items"]
    assert (row["on_hand"], row["on_hand_text"], row["sku_code"], row["is_negative"]) == (
        "77",
        "3箱5瓶",
        channel.sku.code,
        False,
    )
    first = api.get("/stock", group="LOT", limit=1).json()
    second = api.get("/stock", group="LOT", limit=1, cursor=first["next_cursor"]).json()
    assert [one["items"][0]["batch"] for one in (first, second)] == ["A", "B"]
    assert second["next_cursor"] is None
    assert api.get("/stock", on="2026-06-14").json()["items"] == []
    past = api.get("/stock", on="2026-06-15").json()["items"]
    assert [(one["on_hand"], one["held"]) for one in past] == [("77", None)]
    assert api.get("/stock", text="没有这个").json()["items"] == []
    assert len(api.get("/stock", text=channel.sku.code.lower()).json()["items"]) == 1
    assert Api(channel.other_owner).get("/stock").json()["items"] == []


def test_over_http_figures_drill_and_sellers_show(channel):
    api = Api(channel.owner)
    page = api.get("/stock/movements", sku_id=channel.sku.pk, limit=1).json()
    rest = api.get("/stock/movements", sku_id=channel.sku.pk, cursor=page["next_cursor"]).json()
    assert [one["change_text"] for one in page["items"] + rest["items"]] == ["1箱23瓶", "1箱6瓶"]
    card = api.get("/stock/card", sku_id=channel.sku.pk, warehouse_id=channel.dealer_warehouse.pk)
    assert (card.status_code, card.json()["total"]["on_hand"]) == (200, "77")
    offer = api.get("/stock/seller", seller_id=channel.brand.pk, sku_ids=[channel.sku.pk])
    assert offer.json() == [{"sku_id": channel.sku.pk, "level": "PLENTY", "available": None}]
    assert api.get("/stock/seller", seller_id=channel.other.pk, sku_ids=[channel.sku.pk]).status_code == 404
    lots = api.get("/stock/lots", sku_id=channel.sku.pk, warehouse_id=channel.dealer_warehouse.pk, units="31")
    assert [(one["lot"], one["units"]) for one in lots.json()["lots"]] == [(EARLY, "30"), (LATE, "1")]
    flow = api.get("/stock/flows", first="2026-06-15", last="2026-06-15").json()
    assert [(one["opening"], one["supplied"], one["closing"]) for one in flow] == [("0", "77", "77")]
    assert api.get("/stock/flows", first="2026-06-15", last="2026-06-14").status_code == 422


def test_over_http_a_cursor_of_another_list_and_days_out_of_the_calendar_are_refused(channel):
    api = Api(channel.owner)
    foreign = api.get("/warehouses", limit=1).json()["next_cursor"]
    for path, query in (
        ("/stock", {"group": "ORGANIZATION", "cursor": foreign}),
        ("/stock/movements", {"sku_id": channel.sku.pk, "cursor": foreign}),
        ("/stock/adjustments", {"cursor": foreign}),
        ("/sell-out", {"cursor": foreign}),
    ):
        answer = api.get(path, **query)
        assert (answer.status_code, answer.json()["code"]) == (422, "platform.cursor_invalid")
    assert api.get("/stock", on="9999-12-31").status_code == 422
    assert api.get("/stock/flows", first="0001-01-01", last="2026-01-01").status_code == 422
