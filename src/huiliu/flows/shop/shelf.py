"""A buyer's whole range page by page: by category, text, favourites or what is there, sorted by its own price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import CategoryUnknown
from huiliu.catalog.types import CategoryRow, SkuFacts
from huiliu.flows.shop import finding
from huiliu.flows.shop.offers import Offer, offers_of, prices_of, range_of, sides_of, stock_words
from huiliu.inventory.types import StockLevel
from huiliu.kernel.period import business_date
from huiliu.orders import cart_selectors
from huiliu.partners.types import BuyerFacts

SHELF_MAX: Final = 100
DEAREST: Final = Fraction(10**30)


class ShelfSort(StrEnum):
    """By closeness to the text (without one by name), by name, or by what one base unit costs this buyer."""

    USUAL = "usual"
    NAME = "name"
    CHEAPEST = "price"
    DEAREST = "-price"


@dataclass(frozen=True, slots=True)
class ShelfFilter:
    """What is asked for; empty fields do not narrow. A category covers everything below it."""

    text: str = ""
    category_id: int | None = None
    brand_id: int | None = None
    in_stock: bool = False
    favourites: bool = False
    sort: ShelfSort = ShelfSort.USUAL


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """Offers, the places of first and last in the whole list, and how many there are."""

    offers: list[Offer]
    places: list[int]
    count: int


@dataclass(frozen=True, slots=True)
class ShelfCategory:
    """A category with the goods below it that the buyer may order."""

    row: CategoryRow
    count: int


def shelf(
    *,
    actor: Actor,
    buyer_id: int | None,
    seller_id: int | None,
    wanted: ShelfFilter,
    after: tuple[int, int] | None,
    limit: int,
    now: datetime,
) -> ShelfPage:
    """One page of what the buyer may order and has a price for; `after` is place and sku id of the last one seen.

    When the list changed between two pages the sku is looked for; only when it is gone its place counts.
    Raises: NotFound, NotAllowedToTrade, CategoryUnknown.
    """
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    on = business_date(now, actor.timezone)
    within = range_of(buyer=buyer, seller=seller, on=on)
    if wanted.favourites:
        within &= frozenset(cart_selectors.favourite_ids(actor=actor))
    skus = _narrowed(list(finding.search(wanted.text, within=within)), wanted)
    prices = prices_of(buyer=buyer, seller=seller, skus=skus, on=on)
    skus = [sku for sku in skus if sku.id in prices]
    if wanted.in_stock:
        skus = _there(skus, actor=actor, buyer=buyer, seller=seller, on=on)
    skus = _sorted(skus, prices, wanted.sort)
    start = _place_after(skus, after)
    shown = skus[start : start + limit]
    offers = offers_of(actor=actor, buyer=buyer, seller=seller, sku_ids=[sku.id for sku in shown], on=on)
    return ShelfPage(offers, list(range(start, start + len(offers))), len(skus))


def shelf_categories(
    *, actor: Actor, buyer_id: int | None, seller_id: int | None, now: datetime
) -> list[ShelfCategory]:
    """The categories that hold something the buyer may order, parents before children, each with how many.

    Raises: NotFound, NotAllowedToTrade.
    """
    buyer, seller = sides_of(actor=actor, buyer_id=buyer_id, seller_id=seller_id)
    on = business_date(now, actor.timezone)
    facts = catalog.sku_facts(range_of(buyer=buyer, seller=seller, on=on))
    prices = prices_of(buyer=buyer, seller=seller, skus=facts.values(), on=on)
    direct = Counter(facts[sku_id].category_id for sku_id in prices)
    rows = catalog.list_categories()
    counts = dict.fromkeys((row.id for row in rows), 0)
    parents = {row.id: row.parent_id for row in rows}
    for category_id, count in direct.items():
        at: int | None = category_id
        while at is not None and at in counts:
            counts[at] += count
            at = parents[at]
    return [ShelfCategory(row, counts[row.id]) for row in rows if counts[row.id]]


def _narrowed(skus: list[SkuFacts], wanted: ShelfFilter) -> list[SkuFacts]:
    if wanted.category_id is not None:
        path = next((row.path for row in catalog.list_categories() if row.id == wanted.category_id), None)
        if path is None:
            raise CategoryUnknown("There is no such category.", category_id=wanted.category_id)
        skus = [sku for sku in skus if catalog.within_categories(sku, [wanted.category_id])]
    if wanted.brand_id is not None:
        skus = [sku for sku in skus if sku.brand_id == wanted.brand_id]
    return skus


def _there(
    skus: Sequence[SkuFacts], *, actor: Actor, buyer: BuyerFacts, seller: BuyerFacts, on: date
) -> list[SkuFacts]:
    """Without what the seller says is gone; a seller who says nothing keeps everything on the shelf."""
    words = stock_words(actor=actor, buyer=buyer, seller=seller, sku_ids=[sku.id for sku in skus], on=on)
    return [sku for sku in skus if words.get(sku.id, (None, None))[0] is not StockLevel.NONE]


def _sorted(skus: list[SkuFacts], prices: dict[int, Decimal], sort: ShelfSort) -> list[SkuFacts]:
    """Stable: what costs the same stays in its usual order."""
    if sort is ShelfSort.USUAL:
        return skus
    if sort is ShelfSort.NAME:
        return list(finding.search("", within=frozenset(sku.id for sku in skus)))

    def per_base_unit(sku: SkuFacts) -> Fraction:
        factor = sku.factor(sku.order_unit)
        return Fraction(prices[sku.id]) / factor.size if factor else DEAREST

    return sorted(skus, key=per_base_unit, reverse=sort is ShelfSort.DEAREST)


def _place_after(skus: Sequence[SkuFacts], after: tuple[int, int] | None) -> int:
    if after is None:
        return 0
    place, sku_id = after
    if place < len(skus) and skus[place].id == sku_id:
        return place + 1
    return next((at + 1 for at, sku in enumerate(skus) if sku.id == sku_id), place)
