"""What became or becomes cheaper or dearer for a buyer, as the published versions say."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.access.types import Role
from huiliu.flows.shop.price_changes import PriceStep, latest_steps, room_for_both
from huiliu.kernel.period import business_date
from huiliu.policies.types import Audience
from huiliu.pricing.types import PriceLevel
from huiliu.testing.actors import an_actor
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel, a_price_list

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def D(text: str) -> Decimal:  # noqa: N802 - reads as in the tables
    return Decimal(text)


def test_each_sku_is_told_with_its_latest_change() -> None:
    days = {
        APRIL: ({1: D("9"), 2: D("5"), 3: D("7")}, {1: D("8"), 2: D("5"), 4: D("1")}),
        MARCH: ({1: D("10"), 2: D("5")}, {1: D("9"), 2: D("5")}),
    }

    assert latest_steps(days) == [PriceStep(1, APRIL, D("9"), D("8"))]


def test_a_price_that_came_back_is_no_news() -> None:
    days = {MARCH: ({1: D("10")}, {1: D("9")}), APRIL: ({1: D("9")}, {1: D("10.00")})}

    assert latest_steps(days) == []


@given(st.lists(st.decimals(min_value=1, max_value=99, places=2), min_size=2, max_size=8))
def test_whatever_it_was_between_only_a_difference_from_the_beginning_is_told(prices: list[Decimal]) -> None:
    days = {
        MARCH + timedelta(days=at): ({7: before}, {7: after})
        for at, (before, after) in enumerate(itertools.pairwise(prices))
    }

    told = latest_steps(days)

    assert bool(told) is (prices[0] != prices[-1])
    assert all(step.after == prices[-1] != step.before for step in told)


@pytest.mark.parametrize(
    ("ahead", "past", "limit", "shown"),
    [
        ([1, 2, 3], [7, 8, 9], 6, [1, 2, 3, 7, 8, 9]),
        ([1, 2, 3], [7, 8, 9], 4, [1, 2, 7, 8]),
        ([1, 2, 3], [7, 8, 9], 3, [1, 2, 7]),
        ([1, 2, 3], [7, 8, 9], 1, [1]),
        ([1], [7, 8, 9], 3, [1, 7, 8]),
        ([1, 2, 3], [7], 3, [1, 2, 7]),
        ([], [7, 8, 9], 2, [7, 8]),
        ([1, 2, 3], [], 2, [1, 2]),
    ],
)
def test_many_changes_to_come_do_not_hide_those_that_came(
    ahead: list[int], past: list[int], limit: int, shown: list[int]
) -> None:
    assert room_for_both(ahead, past, limit) == shown


@pytest.mark.django_db
def test_a_buyer_hears_of_its_own_prices_only_past_and_to_come() -> None:
    today = business_date(datetime.now(UTC), "Asia/Shanghai")  # the API's own clock
    channel: Channel = a_channel(stock="100")  # W550, 10 a 瓶, the case holds 24

    def publish(code: str, price: str, since: date, **audience: Any) -> None:
        a_price_list(
            author=channel.manager,
            approver=channel.staff,
            seller=channel.brand,
            prices={channel.sku.pk: price},
            level=PriceLevel.CUSTOMER,
            code=code,
            audience=Audience(**audience),
            valid_from=since,
        )

    publish("NOW", "9", today - timedelta(days=3), organization_ids=(channel.dealer.pk,))
    publish("SOON", "9.5", today + timedelta(days=5), organization_ids=(channel.dealer.pk,))
    buyer = Api(channel.owner)

    [ahead, past] = buyer.get("/shop/price-changes").json()

    unit = past["offer"]["unit"]
    each = {"瓶": D("1"), "箱": D("24")}[unit]
    assert (past["since"], past["is_ahead"]) == ((today - timedelta(days=3)).isoformat(), False)
    assert (D(past["price_before"]), D(past["price_after"])) == (10 * each, 9 * each)
    assert (ahead["since"], ahead["is_ahead"]) == ((today + timedelta(days=5)).isoformat(), True)
    assert (D(ahead["price_before"]), D(ahead["price_after"])) == (9 * each, D("9.5") * each)
    assert D(ahead["offer"]["unit_price"]) == 9 * each
    assert buyer.get("/shop/price-changes", days_back=2, days_ahead=4).json() == []
    assert Api(channel.other_owner).get("/shop/price-changes").json() == []
    assert buyer.get("/shop/price-changes", buyer_id=channel.other.pk).status_code == 404
    keeper = Api(an_actor(channel.dealer, Role.KEEPER)).get("/shop/price-changes")
    assert (keeper.status_code, keeper.json()["code"]) == (403, "platform.scope_missing")
