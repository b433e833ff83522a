"""Credit for tests."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from huiliu.access.models import Organization
from huiliu.access.types import Actor
from huiliu.credit import services as credit
from huiliu.credit.types import Grant
from huiliu.kernel.ids import uuid7
from huiliu.testing.actors import NOW


def a_limit(
    *,
    actor: Actor,
    buyer: Organization,
    seller: Organization,
    amount: str = "1000",
    valid_from: date | None = None,
    now: datetime = NOW,
) -> Grant:
    """A limit in CNY from a day on (default: the day of the tests)."""
    return credit.set_limit(
        actor=actor,
        grant_id=uuid7(),
        buyer_id=buyer.pk,
        seller_id=seller.pk,
        currency="CNY",
        amount=Decimal(amount),
        valid_from=valid_from,
        reason="annual agreement",
        now=now,
    )


def a_temporary_limit(
    *,
    actor: Actor,
    buyer: Organization,
    seller: Organization,
    amount: str = "200",
    valid_from: date | None = None,
    valid_to: date = date(2026, 6, 20),
    now: datetime = NOW,
) -> Grant:
    """More credit until the day before `valid_to`."""
    return credit.grant_temporary_limit(
        actor=actor,
        grant_id=uuid7(),
        buyer_id=buyer.pk,
        seller_id=seller.pk,
        currency="CNY",
        amount=Decimal(amount),
        valid_from=valid_from,
        valid_to=valid_to,
        reason="peak season",
        now=now,
    )
