"""The weight of a publication over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.flows.pricing_desk.weigh import weigh_publication
from huiliu.kernel.money import amount_text, currency_of
from huiliu.kernel.period import business_date
from huiliu.policies import errors as life

router = EdgeRouter(tag="prices", module="pricing")


class BuyerWeightOut(Schema):
    """What a buyer took of the list's goods, and how much more (or, below zero, less) the same would cost."""

    buyer_id: int
    name: str
    amount: str
    change: str


class EndedVersionOut(Schema):
    """A version of the same line that this one cuts or replaces."""

    id: UUID
    version_no: int
    valid_from: date
    valid_to: date | None


class ConsequencesOut(Schema):
    """What publishing would do; `partners` is null for everyone, figures count the last `days` days."""

    partners: int | None
    starts_on: date
    days: int
    currency: str
    active_buyers: int
    amount: str
    change: str
    changed_prices: int
    open_carts: int
    open_orders: int
    buyers: list[BuyerWeightOut]
    ends: list[EndedVersionOut]


@router.get(
    "/price-lists/{version_id}/consequences",
    scope="policies:read",
    response=ConsequencesOut,
    errors=[life.VersionNotVisible],
)
def weigh_price_list(request: ActorRequest, version_id: UUID) -> Any:
    """Whom a version reaches, what they bought lately, and what the same goods would cost with it."""
    found = weigh_publication(version_id=version_id, today=business_date(request.now, request.actor.timezone))
    exponent = currency_of(found.currency).exponent
    return {
        "partners": found.partners,
        "starts_on": found.starts_on,
        "days": found.days,
        "currency": found.currency,
        "active_buyers": found.active_buyers,
        "amount": amount_text(found.amount, exponent),
        "change": amount_text(found.change, exponent),
        "changed_prices": found.changed_prices,
        "open_carts": found.open_carts,
        "open_orders": found.open_orders,
        "buyers": [
            {
                "buyer_id": one.buyer_id,
                "name": one.name,
                "amount": amount_text(one.amount, exponent),
                "change": amount_text(one.change, exponent),
            }
            for one in found.buyers
        ],
        "ends": [
            {
                "id": one.id,
                "version_no": one.version_no,
                "valid_from": one.valid_from,
                "valid_to": one.valid_to,
            }
            for one in found.ends
        ],
    }
