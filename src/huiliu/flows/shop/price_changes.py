"""What goods of a buyer's range became or will become cheaper or dearer for it: from the published versions alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, TypeVar

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.flows.place_order import CURRENCY
from huiliu.flows.shop.offers import Offer, offers_of, prices_of, range_of, sides_of
from huiliu.kernel.period import business_date
from huiliu.partners.types import BuyerFacts
from huiliu.pricing import services as pricing

Row = TypeVar("Row")
STEPS_MAX: Final = 24
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PriceStep:
    """On a day one order unit of a sku began, or will begin, to cost the buyer something else."""

    sku_id: int
    since: date
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A step with the goods as they are offered today."""

    offer: Offer
    step: PriceStep
    is_ahead: bool


def latest_steps(days: Mapping[date, tuple[Mapping[int, Decimal], Mapping[int, Decimal]]]) -> list[PriceStep]:
    """For each sku its latest change: `days` holds the prices of the eve and of the day. Pure.

    What had no price on the eve, or has none on the day, did not change its price. A price that came back to where
    it was at the beginning is no change, whatever it was between.
    """
    first: dict[int, Decimal] = {}
    found: dict[int, PriceStep] = {}
    for day in sorted(days):
        eve, then = days[day]
        for sku_id, before in eve.items():
            first.setdefault(sku_id, before)
            after = then.get(sku_id)
            if after is not None and after != before:
                found[sku_id] = PriceStep(sku_id, day, before, after)
    return [step for step in found.values() if step.after != first[step.sku_id]]


def room_for_both(ahead: list[Row], past: list[Row], limit: int) -> list[Row]:
    """At most `limit` of the two lists, what is ahead first; each has half of the room and what the other leaves. Pure."""
    return [*ahead[: max(limit - len(past), (limit + 1) // 2)], *past][:limit]


def price_changes(
    *,
    actor: Actor,
    buyer_id: int | None,
    seller_id: int | None,
    days_back: int,
    days_ahead: int,
    limit: int,
    now: datetime,
) -> list[PriceChange]:
    """Changes to come, the next first, then what changed, the latest first; each sku at most once either way. Where not
    all have room neither hides the other: each gets half of it, and what the other leaves.

    Only days on which a version that speaks to this buyer begins or ends are looked at, the `STEPS_MAX` nearest.
    A version that was ended or replaced before its time speaks of no day any more, neither past nor to come.
    Raises: NotFound, NotAllowedToTrade.
    """
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    on = business_date(now, actor.timezone)
    turns = _turns(buyer, seller, since=on - timedelta(days=days_back), until=on + timedelta(days=days_ahead))
    skus = list(catalog.sku_facts(range_of(buyer=buyer, seller=seller, on=on)).values())

    def steps(wanted: list[date]) -> list[PriceStep]:
        return latest_steps(
            {
                day: (
                    prices_of(buyer=buyer, seller=seller, skus=skus, on=day - ONE_DAY),
                    prices_of(buyer=buyer, seller=seller, skus=skus, on=day),
                )
                for day in wanted
            }
        )

    ahead = sorted(
        steps([day for day in turns if day > on][:STEPS_MAX]), key=lambda one: (one.since, one.sku_id)
    )
    past = sorted(
        steps([day for day in turns if day <= on][-STEPS_MAX:]),
        key=lambda one: (-one.since.toordinal(), one.sku_id),
    )
    shown = room_for_both(ahead, past, limit)
    offers = offers_of(actor=actor, buyer=buyer, seller=seller, sku_ids=[one.sku_id for one in shown], on=on)
    by_id = {offer.sku.id: offer for offer in offers}
    return [PriceChange(by_id[one.sku_id], one, one.since > on) for one in shown if one.sku_id in by_id]


def _turns(buyer: BuyerFacts, seller: BuyerFacts, *, since: date, until: date) -> list[date]:
    """The days in (since, until] on which something that decides this buyer's prices begins or ends."""
    heads = [
        one.head
        for one in pricing.current_book().versions_for(
            seller.organization_id, buyer.organization_id, CURRENCY
        )
        if not one.head.project
    ]
    days = {day for head in heads for day in (head.valid_from, head.valid_to) if day is not None}
    return sorted(day for day in days if since < day <= until)
