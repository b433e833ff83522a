"""An order is found by its number, its last digits, its external number and its buyer, as far as one may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiliu.access.models import Organization
from huiliu.access.types import Actor, Role
from huiliu.orders import finding
from huiliu.orders.models import BuyerName, Order
from huiliu.orders.selectors import OrderFilter, list_orders, order_totals
from huiliu.platform.database import reach_as, system_reach
from huiliu.testing.actors import a_brand, an_actor, an_organization
from huiliu.testing.insights import an_order

pytestmark = pytest.mark.django_db

TEXTS = ("瑞丰", "瑞丰商贸", "商贸", "店", "00001", "1", "SO", "PO-7", "PO", "100%", "_", "\\", "没有这家")
LIMIT = 5


@pytest.fixture
def readers() -> dict[str, Actor]:
    """A brand, two branches, four dealers, a store; sixty orders on thirty days."""
    with system_reach("tests"):
        brand = a_brand(name="沐禾")
        branches = [an_organization(kind="BRANCH", parent=brand, name=f"大区{n}") for n in range(2)]
        names = ("苏州瑞丰商贸有限公司", "瑞丰商贸(昆山)", "100%_果\\园", "宏达贸易")
        dealers = [
            an_organization(kind="DISTRIBUTOR", parent=branches[n % 2], name=name)
            for n, name in enumerate(names)
        ]
        store = an_organization(kind="STORE", parent=dealers[0], name="观前街店")
        for number in range(60):
            seller, buyer = (dealers[0], store) if number % 5 == 4 else (brand, dealers[number % 4])
            order = an_order(
                seller=seller, buyer=buyer, day=date(2026, 5, 1) + timedelta(days=number // 2), items=()
            )
            if number % 7 == 0:
                Order.objects.filter(pk=order.pk).update(external_number=f"PO-{number}")
        Organization.objects.filter(pk=dealers[3].pk).update(name="改名以后")  # the paper keeps the old name
        return {
            "brand": an_actor(brand, Role.SALES_OPERATIONS),
            "branch": an_actor(branches[0], Role.CHANNEL_MANAGER),
            "dealer": an_actor(dealers[0], Role.OWNER),
            "other dealer": an_actor(dealers[3], Role.OWNER),
            "store": an_actor(store, Role.OWNER),
        }


def read_one_by_one(text: str) -> list[Order]:
    """What the reader sees with the text, judged row by row, newest first."""
    return [
        order
        for order in Order.objects.order_by("-submitted_at", "-id")
        if order.number.endswith(text) or order.external_number == text or text in order.buyer_name
    ]


@pytest.mark.parametrize("recent", [2, 500], ids=["by the indexes", "among the newest"])
@pytest.mark.parametrize("names_max", [1, 200], ids=["common names", "rare names"])
@pytest.mark.parametrize("who", ["brand", "branch", "dealer", "other dealer", "store"])
def test_every_way_of_finding_gives_what_reading_each_row_gives(readers, who, names_max, recent, monkeypatch):
    monkeypatch.setattr(finding, "RECENT", recent)
    monkeypatch.setattr(finding, "NAMES_MAX", names_max)
    reader = readers[who]

    with reach_as(reader.reach, user_id=None):
        for text in TEXTS:
            expected = read_one_by_one(text)
            first = list_orders(where=OrderFilter(text=text), reach=reader.reach, limit=LIMIT)
            assert [row["id"] for row in first] == [order.pk for order in expected[:LIMIT]], text
            if len(expected) > LIMIT:
                last = first[-1]
                after = (last["submitted_at"], last["id"])
                second = list_orders(
                    where=OrderFilter(text=text), reach=reader.reach, after=after, limit=LIMIT
                )
                assert [row["id"] for row in second] == [order.pk for order in expected[LIMIT : 2 * LIMIT]]
            totals = order_totals(where=OrderFilter(text=text), reach=reader.reach)
            assert totals.orders == len(expected), text


def test_the_reach_given_for_speed_gives_no_row_that_the_policy_hides(readers):
    dealer, brand = readers["dealer"], readers["brand"]

    with reach_as(dealer.reach, user_id=None):
        own = list_orders(where=OrderFilter(), limit=100)
        with_more = list_orders(where=OrderFilter(), reach=brand.reach, limit=100)

    assert own
    assert [row["id"] for row in with_more] == [row["id"] for row in own]
    assert len(own) < 60


def test_a_search_is_narrowed_by_state_and_days_like_the_list(readers):
    where = OrderFilter(
        text="瑞丰", states=("CONFIRMED",), date_from=date(2026, 5, 10), date_until=date(2026, 5, 20)
    )

    with reach_as(readers["brand"].reach, user_id=None):
        found = list_orders(where=where, limit=100)
        wanted = [
            o.pk for o in read_one_by_one("瑞丰") if date(2026, 5, 10) <= o.business_date < date(2026, 5, 20)
        ]

    assert wanted
    assert [row["id"] for row in found] == wanted


def test_a_name_is_noted_once_and_seen_by_buyer_and_seller_alone(readers):
    seen = {}
    for who, reader in readers.items():
        with reach_as(reader.reach, user_id=None):
            seen[who] = set(BuyerName.objects.values_list("name", flat=True))

    assert seen["brand"] == {"苏州瑞丰商贸有限公司", "瑞丰商贸(昆山)", "100%_果\\园", "宏达贸易", "观前街店"}
    assert seen["dealer"] == {"苏州瑞丰商贸有限公司", "观前街店"}
    assert seen["store"] == {"观前街店"}
    with system_reach("tests"):
        assert BuyerName.objects.count() == 5


def test_a_whole_number_means_the_orders_that_have_it_ours_or_the_buyers(readers):
    number = "XS20260501-0007"
    with system_reach("tests"):
        ours, theirs, named = Order.objects.filter(buyer_name="瑞丰商贸(昆山)").order_by("submitted_at")[:3]
        Order.objects.filter(pk=ours.pk).update(number=number)
        Order.objects.filter(pk=theirs.pk).update(external_number=number)
        an_order(
            seller=Organization.objects.get(pk=named.seller_id),
            buyer=an_organization(
                name=f"记着{number}的店", parent=Organization.objects.get(pk=named.buyer_id)
            ),
            day=date(2026, 7, 1),
            items=(),
        )
    for who, expected in (("brand", [theirs.pk, ours.pk]), ("other dealer", [])):
        reader = readers[who]
        with reach_as(reader.reach, user_id=None):
            found = list_orders(where=OrderFilter(text=number), reach=reader.reach)
        assert [row["id"] for row in found] == expected, who
