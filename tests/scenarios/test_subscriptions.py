"""What one module tells, another hears: the worker hands the event log over, in real commits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from huiliu.access.models import Organization
from huiliu.access.types import OrganizationKind
from huiliu.entrypoints import worker
from huiliu.flows import subscriptions
from huiliu.partners import services as partners
from huiliu.partners.types import PartnerDraft
from huiliu.platform import events
from huiliu.platform.database import system_reach
from huiliu.policies.types import Audience
from huiliu.pricing.types import PriceLevel
from huiliu.testing.actors import NOW
from huiliu.testing.platform import read_to_the_end, run_round
from huiliu.testing.pricing import Market


def test_a_partner_signed_after_publication_gets_the_lists_price_from_the_worker(committed_db: str) -> None:
    with system_reach("tests"):
        market = Market()
        market.published({market.water.pk: "10"})
        market.published(
            {market.water.pk: "8"}, code="A", audience=Audience(tiers=("A",)), level=PriceLevel.GROUP
        )
        made = partners.create_partner(
            actor=market.manager,
            code="LATE",
            kind=OrganizationKind.DISTRIBUTOR,
            parent_id=market.brand.pk,
            draft=PartnerDraft(name="无锡新丰商贸有限公司", tier="A"),
            now=NOW,
        )
        late = Organization.objects.get(pk=made.id)
        assert market.price(late) == Decimal(10)

    run_round("policies: newcomers")

    with system_reach("tests"):
        assert market.price(late) == Decimal(8)
    with connection.cursor() as cursor, system_reach("tests"):
        cursor.execute("SELECT count(*) FROM platform_event WHERE type = 'policy.announced'")
        before = cursor.fetchone()
    run_round("policies: newcomers")
    with connection.cursor() as cursor, system_reach("tests"):
        cursor.execute("SELECT count(*) FROM platform_event WHERE type = 'policy.announced'")
        assert cursor.fetchone() == before
    assert committed_db


def hand_over(subscription: subscriptions.Subscription) -> int:
    return sum(read_to_the_end(subscription.name, lambda: subscriptions.deliver(subscription, now=NOW)))


def test_a_subscription_that_fails_hears_the_same_events_again_and_holds_up_nobody(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def broken(**_: object) -> None:
        raise RuntimeError("broken")

    def hear(*, happened: list[object], now: datetime) -> None:
        del now
        heard.extend(event.type for event in happened)  # type: ignore[attr-defined]

    with system_reach("tests"):
        events.publish(type="test.told", subject_type="test", subject_id=1, paths=[""], user_id=None, now=NOW)
    ill = subscriptions.Subscription("test: ill", "platform", broken)
    well = subscriptions.Subscription("test: well", "platform", hear)
    with pytest.raises(RuntimeError):
        hand_over(ill)
    hand_over(well)
    assert heard == ["test.told"]

    healed = subscriptions.Subscription("test: ill", "platform", hear)
    assert hand_over(healed) == 1
    assert heard == ["test.told", "test.told"]
    assert committed_db


def test_the_worker_follows_the_calendar_of_limits_several_times_an_hour() -> None:
    [item] = [item for item in worker.schedule() if item.name == "credit calendar"]

    assert (item.every, item.module) == (timedelta(minutes=5), "credit")
    assert item.due_at < datetime(2026, 1, 1, tzinfo=UTC)  # and at its start
