"""One sku closely with its breaks, what was looked at lately, the range for offline, photos that go with the order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiliu.access.types import Role
from huiliu.catalog.models import Sku
from huiliu.inventory.models import StockSetting
from huiliu.kernel.ids import uuid7
from huiliu.kernel.quantity import UnitFactor
from huiliu.orders.services.seen import SEEN_MAX
from huiliu.platform import files, stamps
from huiliu.platform.files import store
from huiliu.policies.types import Audience
from huiliu.pricing import services as pricing
from huiliu.pricing.types import PriceBreak, PriceLevel, PriceRow
from huiliu.testing.actors import NOW, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.catalog import a_scope_rule
from huiliu.testing.partners import a_partner
from huiliu.testing.platform import a_picture
from huiliu.testing.trade import BEFORE, Channel, a_channel, a_price_list, a_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    return a_channel(stock="1000")  # W550, 10 a 瓶, the case holds 24


@pytest.fixture
def buyer(channel: Channel) -> Api:
    return Api(channel.owner)


def a_list_with_breaks(channel: Channel) -> None:
    version_id = uuid7()
    pricing.create_price_list(
        actor=channel.manager,
        version_id=version_id,
        code="BREAKS",
        name="BREAKS",
        seller_id=channel.brand.pk,
        level=PriceLevel.CUSTOMER,
        currency="CNY",
        audience=Audience(),
        valid_from=BEFORE,
        valid_to=None,
        priority=0,
        now=NOW,
    )
    breaks = (PriceBreak(Decimal(240), Decimal(9)), PriceBreak(Decimal(480), Decimal("8.5")))
    row = PriceRow(channel.sku.pk, UnitFactor("瓶", 1), None, breaks)
    pricing.put_rows(actor=channel.manager, version_id=version_id, rows=[row], now=NOW)
    pricing.approve_price_list(actor=channel.staff, version_id=version_id, now=NOW)
    pricing.publish_price_list(actor=channel.staff, version_id=version_id, now=NOW)
    stamps.forget()


def test_breaks_are_told_per_case_across_the_lists_that_decide(channel: Channel, buyer: Api) -> None:
    a_list_with_breaks(channel)

    found = buyer.get(f"/shop/skus/{channel.sku.pk}").json()

    assert (found["sku_code"], found["unit"], found["unit_price"]) == ("W550", "箱", "240")
    assert found["breaks"] == [
        {"from_quantity": "24", "unit_price": "240"},
        {"from_quantity": "240", "unit_price": "216"},
        {"from_quantity": "480", "unit_price": "204"},
    ]


def test_goods_outside_of_the_range_do_not_exist(channel: Channel, buyer: Api) -> None:
    hidden = a_sku("HIDDEN")
    a_scope_rule(is_allow=False, sku_ids=[hidden.pk])

    answers = [buyer.get(f"/shop/skus/{one}") for one in (hidden.pk, 999_999)]
    noted = buyer.put(f"/shop/seen/{hidden.pk}")

    assert [(one.status_code, one.json()["code"]) for one in (*answers, noted)] == [
        (404, "catalog.sku_unknown")
    ] * 3
    assert buyer.get("/shop/seen").json() == []


def test_what_was_looked_at_last_comes_first_for_this_person_only(channel: Channel, buyer: Api) -> None:
    other = a_sku("T2")
    a_price_list(
        author=channel.manager, approver=channel.staff, seller=channel.brand, prices={other.pk: "4"}, code="T"
    )
    for sku_id in (channel.sku.pk, other.pk, channel.sku.pk):
        assert buyer.put(f"/shop/seen/{sku_id}").status_code == 204
    colleague = Api(an_actor(channel.dealer, Role.OWNER))

    assert [one["sku_code"] for one in buyer.get("/shop/seen").json()] == ["W550", "T2"]
    assert colleague.get("/shop/seen").json() == []

    a_scope_rule(is_allow=False, sku_ids=[other.pk])
    assert [one["sku_code"] for one in buyer.get("/shop/seen").json()] == ["W550"]
    assert buyer.delete("/shop/seen").status_code == 204
    assert buyer.get("/shop/seen").json() == []


def test_only_the_last_fifty_are_kept(channel: Channel, buyer: Api) -> None:
    skus = [a_sku(f"S{number:02d}") for number in range(SEEN_MAX + 2)]
    a_price_list(
        author=channel.manager,
        approver=channel.staff,
        seller=channel.brand,
        prices={sku.pk: "4" for sku in skus},
        code="S",
    )
    for sku in skus:
        buyer.put(f"/shop/seen/{sku.pk}")

    seen = [one["sku_code"] for one in buyer.get("/shop/seen").json()]

    assert (len(seen), seen[0], seen[-1]) == (SEEN_MAX, "S51", "S02")


def test_the_range_for_offline_is_answered_once_and_then_only_when_it_changed(
    channel: Channel, buyer: Api
) -> None:
    first = buyer.get("/shop/offline")
    again = buyer._send("GET", "/shop/offline", headers={"If-None-Match": first["ETag"]})
    a_price_list(
        author=channel.manager,
        approver=channel.staff,
        seller=channel.brand,
        prices={channel.sku.pk: "9"},
        code="NEW",
        level=PriceLevel.CUSTOMER,
    )
    changed = buyer._send("GET", "/shop/offline", headers={"If-None-Match": first["ETag"]})

    (sku,) = first.json()["skus"]
    assert (sku["code"], sku["unit"], sku["unit_price"], sku["level"]) == ("W550", "箱", "240", "PLENTY")
    assert sku["units"] == [["箱", 24, 1], ["瓶", 1, 1]]
    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, changed.json()["skus"][0]["unit_price"]) == (200, "216")


@pytest.mark.parametrize(
    ("shown", "level", "available"),
    [("EXACT", "PLENTY", "1000"), ("LEVEL", "PLENTY", None), ("NOTHING", None, None)],
)
def test_stock_is_told_as_the_seller_says_everywhere(
    channel: Channel, buyer: Api, shown: str, level: str | None, available: str | None
) -> None:
    StockSetting.objects.update_or_create(
        organization_id=channel.brand.pk,
        defaults={"owner_path": channel.brand.path, "shown_to_buyers": shown, "tight_below": 100},
    )
    buyer.put(f"/shop/seen/{channel.sku.pk}")

    pages: list[dict[str, Any]] = [
        buyer.get("/shop/catalog").json()["items"][0],
        buyer.get("/shop/skus", text="W550").json()[0],
        buyer.get(f"/shop/skus/{channel.sku.pk}").json(),
        buyer.get("/shop/seen").json()[0],
    ]

    assert [(one["level"], one["available"]) for one in pages] == [(level, available)] * 4
    assert buyer.get("/shop/offline").json()["skus"][0]["level"] == level


def test_a_photo_in_the_cart_goes_with_the_order_and_both_sides_read_it(
    channel: Channel, buyer: Api, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "directory", lambda: tmp_path / "store")
    cart = buyer.post("/carts/default", {}).json()
    photo = SimpleUploadedFile("单子.png", a_picture(), content_type="image/png")
    sent = buyer.upload("/files", file=photo, use="ATTACHMENT", subject_type="cart", subject_id=cart["id"])
    assert sent.status_code == 201, sent.content
    buyer.post(f"/carts/{cart['id']}/lines", {"lines": [{"sku_code": "W550", "quantity": "24"}]})
    assert [one["id"] for one in files_of(buyer, "cart", cart["id"])] == [sent.json()["id"]]
    stranger = Api(an_actor(an_organization(parent=channel.brand)))
    assert stranger.get("/files", subject_type="cart", subject_id=cart["id"]).status_code == 422

    order_id = str(uuid7())
    placed = [buyer.post(f"/carts/{cart['id']}/submit", {"id": order_id}) for _ in range(2)]
    assert [one.status_code for one in placed] == [201, 201]

    for reader in (buyer, Api(channel.staff)):
        (kept,) = files_of(reader, "order", order_id)
        assert kept["name"].startswith("单子")
        assert reader.get(f"/files/{kept['id']}/content").status_code == 200
    assert stranger.get("/files", subject_type="order", subject_id=order_id).status_code == 422
    late = SimpleUploadedFile("late.png", a_picture(), content_type="image/png")
    refused = buyer.upload("/files", file=late, use="ATTACHMENT", subject_type="cart", subject_id=cart["id"])
    assert refused.status_code == 422


def files_of(api: Api, subject_type: str, subject_id: str) -> list[dict[str, Any]]:
    answer = api.get("/files", subject_type=subject_type, subject_id=subject_id)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()
    return found


def test_photos_of_a_removed_cart_are_gone_and_those_of_a_merged_one_stay(
    channel: Channel, buyer: Api, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "directory", lambda: tmp_path / "store")
    a_partner(organization=channel.dealer)
    default = buyer.post("/carts/default", {}).json()
    named = buyer.post("/carts", {"id": str(uuid7()), "name": "明天"}).json()
    photo = SimpleUploadedFile("a.png", a_picture(), content_type="image/png")
    buyer.upload("/files", file=photo, use="ATTACHMENT", subject_type="cart", subject_id=named["id"])

    merged = buyer.post(f"/carts/{default['id']}/merge", {"from_cart_id": named["id"]})

    assert merged.status_code == 200, merged.content
    assert len(files_of(buyer, "cart", default["id"])) == 1
    assert files.list_of(subject_type="cart", subject_id=named["id"]) == []
    assert Sku.objects.count() == 1
