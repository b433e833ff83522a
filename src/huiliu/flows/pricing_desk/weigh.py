"""A price list against the last weeks' orders: whom it reaches, how much they bought, what the change would cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from huiliu.catalog import selectors as catalog
from huiliu.kernel.money import EXACT, ZERO, currency_of, round_half_up
from huiliu.kernel.quantity import UnitFactor
from huiliu.orders import demand
from huiliu.partners import selectors as partners
from huiliu.policies import selectors as versions
from huiliu.policies import services as policies
from huiliu.policies.types import VersionFilters, VersionHead, VersionState
from huiliu.pricing import selectors as pricing
from huiliu.pricing.services import KIND, rows_of

DAYS: Final = 90
NAMED_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class BuyerWeight:
    """One buyer: what it took of the list's goods, and how much more or less the same would cost."""

    buyer_id: int
    name: str
    amount: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class Consequences:
    """What the version means: `partners` is None for everyone; `change` is at the quantities of the last days.

    `buyers` are those with the largest change; `ends` are versions of the same line that it cuts or replaces.
    """

    partners: int | None
    starts_on: date
    days: int
    currency: str
    active_buyers: int
    amount: Decimal
    change: Decimal
    changed_prices: int
    open_carts: int
    open_orders: int
    buyers: tuple[BuyerWeight, ...]
    ends: tuple[VersionHead, ...]


def weigh_publication(*, version_id: UUID, today: date, days: int = DAYS) -> Consequences:
    """What publishing a version would do, or what a published one did, in the caller's reach. Changes nothing.

    Unit: amounts are tax included; a change of price counts what was taken in base units, each buyer at its own
    price before and after, and is rounded once per buyer.
    Raises: VersionNotVisible.
    """
    head = pricing.get_price_list(version_id)
    currency = currency_of(head.content["currency"])
    members = _members(head)
    taken = demand.taken_since(
        seller_id=head.seller_id,
        currency=currency.code,
        sku_ids={row.sku_id for row in rows_of(version_id)},
        buyer_ids=members,
        since=today - timedelta(days=days),
    )
    changes, count = _changes(head, taken, on=max(head.valid_from, today))
    amounts: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for one in taken:
        amounts[one.buyer_id] += one.gross_amount
    weights = [
        BuyerWeight(
            buyer_id,
            _name(buyer_id),
            round_half_up(amount, currency.exponent),
            round_half_up(changes.get(buyer_id, ZERO), currency.exponent),
        )
        for buyer_id, amount in amounts.items()
    ]
    held = demand.open_with(seller_id=head.seller_id, buyer_ids=members)
    return Consequences(
        partners=None if members is None else len(members),
        starts_on=head.valid_from,
        days=days,
        currency=currency.code,
        active_buyers=len(weights),
        amount=sum((one.amount for one in weights), ZERO),
        change=sum((one.change for one in weights), ZERO),
        changed_prices=count,
        open_carts=held.carts,
        open_orders=held.orders,
        buyers=tuple(
            sorted(weights, key=lambda one: (-abs(one.change), -one.amount, one.buyer_id))[:NAMED_MAX]
        ),
        ends=tuple(_ended_by(head)),
    )


def _members(head: VersionHead) -> list[int] | None:
    """Whom it speaks to: as it was published, or as it would be today."""
    if head.publish_no is None:
        return policies.resolve_audience(head.audience, within_path=head.within_path)
    return None if head.width is None else versions.members_of(head.id)


def _changes(head: VersionHead, taken: Sequence[demand.Taken], *, on: date) -> tuple[dict[int, Decimal], int]:
    """By buyer, what the goods it took would cost more or less; and how many prices change among them."""
    skus = catalog.sku_facts({one.sku_id for one in taken})
    wanted: dict[int, list[tuple[int, UnitFactor]]] = defaultdict(list)
    quantity: dict[tuple[int, int], Decimal] = {}
    for one in taken:
        sku = skus.get(one.sku_id)
        unit = sku.factor(sku.base_unit) if sku else None
        if unit is not None:
            wanted[one.buyer_id].append((one.sku_id, unit))
            quantity[one.buyer_id, one.sku_id] = one.quantity
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    changes = pricing.price_changes_by_buyer(version_id=head.id, wanted=wanted, on=on)
    for change in changes:
        if change.before is not None and change.after is not None:
            step = EXACT.subtract(change.after, change.before)
            found[change.buyer_id] += EXACT.multiply(step, quantity[change.buyer_id, change.sku_id])
    return found, len(changes)


def _name(organization_id: int) -> str:
    facts = partners.buyer_facts(organization_id)
    return facts.name if facts else ""


def _ended_by(head: VersionHead) -> list[VersionHead]:
    """The published versions of its own line that go on past its beginning."""
    if head.publish_no is not None:
        return []
    line = versions.list_versions(filters=VersionFilters(kind=KIND, code=head.code, state="PUBLISHED"))
    return [
        one
        for one in line
        if one.id != head.id
        and one.state is VersionState.PUBLISHED
        and (one.valid_to is None or one.valid_to > head.valid_from)
    ]
