"""Warehouses: opened by their owners, closed when they are empty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiliu.access.errors import OrganizationNotVisible
from huiliu.access.types import OrganizationKind, Role
from huiliu.inventory import selectors, services
from huiliu.inventory.errors import (
    WarehouseClosed,
    WarehouseCodeTaken,
    WarehouseLast,
    WarehouseNotEmpty,
    WarehouseNotVisible,
)
from huiliu.inventory.models import Warehouse
from huiliu.inventory.types import AdjustmentReason, Shown, WarehouseDraft
from huiliu.partners import services as partners
from huiliu.partners.types import PartnerDraft
from huiliu.platform import events
from huiliu.platform.errors import InvalidInput, ScopeMissing, Stale
from huiliu.testing.actors import NOW, acting, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.inventory import D, adjust, on_hand
from huiliu.testing.trade import Channel, a_channel, a_warehouse, stock_up

pytestmark = pytest.mark.django_db


def close(channel: Channel, place: Warehouse, *, version: int = 1, is_open: bool = False):
    return services.set_warehouse_open(
        actor=channel.owner, warehouse_id=place.pk, version=version, is_open=is_open, now=NOW
    )


def test_a_partner_opens_a_second_warehouse_numbered_after_itself():
    channel = a_channel()
    with acting(channel.owner):
        made = services.create_warehouse(
            actor=channel.owner,
            organization_id=channel.dealer.pk,
            draft=WarehouseDraft(name=" 太仓分仓 ", city="苏州市"),
            now=NOW,
        )
        seen = selectors.list_warehouses(actor=channel.owner)
    assert (made.name, made.code, made.is_active, made.version) == (
        "太仓分仓",
        f"{channel.dealer.code}-02",
        True,
        1,
    )
    assert made.allowed_actions == ("update", "close")
    assert {row.organization_id for row in seen} == {channel.dealer.pk, channel.store.pk}


def test_a_partner_opens_none_for_its_seller_and_none_for_a_stranger():
    channel = a_channel()
    with acting(channel.owner), pytest.raises(ScopeMissing):
        services.create_warehouse(
            actor=channel.owner,
            organization_id=channel.brand.pk,
            draft=WarehouseDraft(name="仓"),
            now=NOW,
        )
    assert Warehouse.objects.filter(organization=channel.brand).count() == 1


def test_a_code_is_taken_once_and_a_name_is_needed():
    channel = a_channel()
    place = channel.dealer_warehouse
    with acting(channel.owner):
        with pytest.raises(WarehouseCodeTaken):
            services.create_warehouse(
                actor=channel.owner,
                organization_id=channel.dealer.pk,
                draft=WarehouseDraft(name="仓", code=place.code),
                now=NOW,
            )
        with pytest.raises(InvalidInput):
            services.create_warehouse(
                actor=channel.owner,
                organization_id=channel.dealer.pk,
                draft=WarehouseDraft(name=" "),
                now=NOW,
            )


def test_an_edit_of_an_old_version_is_refused():
    channel = a_channel()
    draft = WarehouseDraft(name="新名", city="昆山市")
    with acting(channel.owner):
        changed = services.update_warehouse(
            actor=channel.owner, warehouse_id=channel.dealer_warehouse.pk, version=1, draft=draft, now=NOW
        )
        assert (changed.name, changed.city, changed.version) == ("新名", "昆山市", 2)
        assert changed.code == channel.dealer_warehouse.code
        with pytest.raises(Stale):
            services.update_warehouse(
                actor=channel.owner, warehouse_id=channel.dealer_warehouse.pk, version=1, draft=draft, now=NOW
            )


def test_a_warehouse_with_stock_stays_open_and_says_how_much():
    channel = a_channel()
    second = a_warehouse(channel.dealer)
    stock_up(second, channel.sku, "7")
    with acting(channel.owner), pytest.raises(WarehouseNotEmpty) as refusal:
        close(channel, second)
    assert refusal.value.facts == {"skus": 1, "on_hand": D(7), "held": D(0)}
    second.refresh_from_db()
    assert (second.is_active, second.version) == (True, 1)


def test_an_empty_one_closes_takes_nothing_and_opens_again():
    channel = a_channel()
    second = a_warehouse(channel.dealer)
    with acting(channel.owner):
        closed = close(channel, second)
        assert (closed.is_active, closed.allowed_actions) == (False, ("update", "open"))
        with pytest.raises(WarehouseClosed):
            adjust(channel.owner, second, channel.sku, "1", reason=AdjustmentReason.FOUND)
        assert close(channel, second, version=2, is_open=True).is_active
        adjust(channel.owner, second, channel.sku, "1", reason=AdjustmentReason.FOUND)
    assert on_hand(second, channel.sku) == 1


def test_the_last_warehouse_stays_open():
    channel = a_channel()
    with acting(channel.owner), pytest.raises(WarehouseLast):
        close(channel, channel.dealer_warehouse)


def test_a_partner_without_a_warehouse_gets_one_of_its_name_once():
    channel = a_channel()
    with acting(channel.other_owner):
        first = services.ensure_warehouse(
            actor=channel.other_owner, organization_id=channel.other.pk, now=NOW
        )
        assert (
            services.ensure_warehouse(actor=channel.other_owner, organization_id=channel.other.pk, now=NOW)
            == first
        )
    assert Warehouse.objects.get(pk=first).name == channel.other.name


def test_nobody_sees_or_changes_a_strangers_warehouse():
    channel = a_channel()
    with acting(channel.other_owner):
        assert selectors.list_warehouses(actor=channel.other_owner) == []
        for attempt in (
            lambda: selectors.get_warehouse(
                actor=channel.other_owner, warehouse_id=channel.dealer_warehouse.pk
            ),
            lambda: close(channel, channel.dealer_warehouse),
        ):
            with pytest.raises(WarehouseNotVisible):
                attempt()


def test_settings_are_the_defaults_until_changed_and_the_owners_own():
    channel = a_channel()
    with acting(channel.owner):
        before = selectors.stock_settings(channel.dealer.pk)
        assert (before.shown_to_buyers, before.adjustment_limit, before.version) == (
            Shown.LEVEL,
            D(100),
            0,
        )
        changed = services.change_settings(
            actor=channel.owner,
            settings=replace(before, shown_to_buyers=Shown.EXACT, sells_before_stock_in=True),
            now=NOW,
        )
        assert selectors.stock_settings(channel.dealer.pk) == changed
        with pytest.raises(Stale):
            services.change_settings(actor=channel.owner, settings=before, now=NOW)
        with pytest.raises(InvalidInput):
            services.change_settings(
                actor=channel.owner, settings=replace(changed, tight_below=D(-1)), now=NOW
            )
    with acting(channel.other_owner):
        assert selectors.stock_settings(channel.dealer.pk).version == 0  # not theirs to know


def test_over_http_a_warehouse_is_made_changed_and_listed_page_by_page():
    channel = a_channel()
    api = Api(channel.owner)
    made = api.post("/warehouses", {"organization_id": channel.dealer.pk, "name": "二号仓"})
    assert made.status_code == 201, made.content
    body = made.json()
    changed = api.put(f"/warehouses/{body['id']}", {"name": "二号库", "version": 1})
    assert (changed.status_code, changed.json()["name"]) == (200, "二号库")
    first = api.get("/warehouses", limit=1).json()
    second = api.get("/warehouses", limit=5, cursor=first["next_cursor"]).json()
    codes = [row["code"] for row in first["items"] + second["items"]]
    assert codes == sorted(codes)
    assert len(codes) == 3
    closed = api.post(f"/warehouses/{body['id']}/open", {"version": 2, "is_open": False})
    assert (closed.status_code, closed.json()["is_active"]) == (200, False)
    assert Api(channel.other_owner).get(f"/warehouses/{body['id']}").status_code == 404
    buyer = an_actor(channel.dealer, Role.BUYER)
    assert (
        Api(buyer).post("/warehouses", {"organization_id": channel.dealer.pk, "name": "x"}).status_code == 403
    )


def test_over_http_settings_need_the_right_to_approve():
    channel = a_channel()
    body = {
        "organization_id": channel.dealer.pk,
        "shown_to_buyers": "EXACT",
        "tight_below": "24",
        "adjustment_limit": "12.5",
        "sells_before_stock_in": False,
        "version": 0,
    }
    keeper = an_actor(channel.dealer, Role.KEEPER)
    assert Api(keeper).put("/stock/settings", body).status_code == 403
    answer = Api(channel.owner).put("/stock/settings", body)
    assert (answer.status_code, answer.json()) == (200, body | {"version": 1})
    assert Api(keeper).get("/stock/settings").json() == body | {"version": 1}


def test_a_new_partner_is_given_one_warehouse_however_often_it_is_told():
    channel = a_channel()
    made = partners.create_partner(
        actor=channel.staff,
        code="NEW1",
        kind=OrganizationKind.DISTRIBUTOR,
        parent_id=channel.brand.pk,
        draft=PartnerDraft(name="无锡新丰商贸有限公司"),
        now=NOW,
    )
    happened = events.timeline(subject_type="partner", subject_id=made.id)
    assert services.open_first_warehouses(happened=happened, now=NOW) == 1
    assert services.open_first_warehouses(happened=happened, now=NOW) == 0
    place = Warehouse.objects.get(organization_id=made.id)
    assert (place.code, place.name, place.is_active) == ("NEW1-01", "无锡新丰商贸有限公司", True)


def test_a_branch_and_a_keeper_write_only_what_they_reach():
    channel = a_channel()
    branch = an_actor(an_organization(kind="BRANCH", parent=channel.brand), Role.ADMINISTRATOR)
    keeper = an_actor(channel.dealer, Role.KEEPER)
    with acting(branch), pytest.raises(ScopeMissing):
        services.create_warehouse(
            actor=branch, organization_id=channel.brand.pk, draft=WarehouseDraft(name="仓"), now=NOW
        )
    with acting(branch), pytest.raises(ScopeMissing):
        services.change_settings(actor=branch, settings=selectors.stock_settings(channel.brand.pk), now=NOW)
    with acting(keeper), pytest.raises(OrganizationNotVisible):
        services.create_warehouse(
            actor=keeper, organization_id=channel.store.pk, draft=WarehouseDraft(name="仓"), now=NOW
        )


def test_a_code_that_is_taken_is_passed_over():
    channel = a_channel()
    a_warehouse(channel.other, code=f"{channel.dealer.code}-02")
    with acting(channel.staff):
        made = services.create_warehouse(
            actor=channel.staff, organization_id=channel.dealer.pk, draft=WarehouseDraft(name="仓"), now=NOW
        )
    assert made.code == f"{channel.dealer.code}-03"
