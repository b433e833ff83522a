"""What is refused before a price list is published: ties, and rows nobody could bill by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from huiliu.kernel.refusals import Refusals
from huiliu.pricing.errors import PriceNotPositive, PriceRowInvalid, PricesTie
from huiliu.pricing.rules.amounts import check_unit_price
from huiliu.pricing.rules.book import VersionBook
from huiliu.pricing.types import PriceRow, PriceTie, PriceVersion

SKUS_NAMED_MAX = 20


def find_ties(versions: Iterable[VersionBook]) -> list[PriceTie]:
    """Pairs of versions that stand equal for some buyer and sku: same level, priority, width and start.

    Versions of different sellers, currencies or projects never meet. Equal starts overlap in time, always.
    """
    groups: dict[tuple[object, ...], list[VersionBook]] = defaultdict(list)
    for one in versions:
        groups[_standing(one.head)].append(one)
    ties: list[PriceTie] = []
    for group in groups.values():
        for one, other in _meeting(sorted(group, key=lambda one: (one.head.publish_no, one.head.version_id))):
            if tie := _tie(one, other):
                ties.append(tie)
    return ties


def _standing(head: PriceVersion) -> tuple[object, ...]:
    """What two versions have in common when neither can win."""
    return (head.seller_id, head.currency, head.project, *head.rank()[:-1])


def _meeting(group: list[VersionBook]) -> Iterator[tuple[VersionBook, VersionBook]]:
    """The pairs that share a buyer, each once; thousands of one-buyer lists are not compared in pairs."""
    by_buyer: dict[int, list[int]] = defaultdict(list)
    wide: list[int] = []
    for index, one in enumerate(group):
        if one.audience is None:
            earlier: Iterable[int] = range(index)
            wide.append(index)
        else:
            earlier = sorted({*wide, *(known for buyer in one.audience for known in by_buyer[buyer])})
            for buyer in one.audience:
                by_buyer[buyer].append(index)
        for known in earlier:
            yield group[known], one


def _tie(one: VersionBook, other: VersionBook) -> PriceTie | None:
    if one.head.version_id == other.head.version_id:
        return None
    shared: frozenset[int] | None
    if one.audience is None or other.audience is None:
        shared = one.audience if other.audience is None else other.audience
    else:
        shared = one.audience & other.audience
    if shared is not None and not shared:
        return None
    skus = sorted(one.sku_ids() & other.sku_ids())
    if not skus:
        return None
    return PriceTie(
        one.head, other.head, tuple(skus[:SKUS_NAMED_MAX]), None if shared is None else len(shared)
    )


def check_no_ties(new: VersionBook, published: Iterable[VersionBook]) -> None:
    """Refuse a version that would stand equal with a published one; versions it replaces are left out before.

    Raises: PricesTie (facts: ties, each with list, version, sku_ids, shared_buyers).
    """
    standing = _standing(new.head)
    rivals = [one for one in published if _standing(one.head) == standing]
    facts = [
        {
            "list": tie.one.list_code,
            "version": str(tie.one.version_id),
            "sku_ids": list(tie.sku_ids),
            "shared_buyers": tie.shared_buyers,
        }
        for tie in (_tie(rival, new) for rival in rivals)
        if tie
    ]
    if not facts:
        return
    raise PricesTie(f"{new.head.list_code} would stand equal with {facts[0]['list']}.", ties=facts)


def check_rows(rows: Sequence[PriceRow], field: str = "rows") -> None:
    """Every row has a price above zero, breaks that rise, no price below its floor, and stands once per unit.

    Raises: PriceRowInvalid, PriceNotPositive, or SeveralRefused with one entry per bad row.
    """
    refusals = Refusals()
    seen: dict[tuple[int, str], int] = {}
    for index, row in enumerate(rows):
        with refusals.collecting(f"{field}[{index}]"):
            first = seen.setdefault((row.sku_id, row.unit.unit), index)
            if first != index:
                raise PriceRowInvalid(
                    f"This sku and unit stand already in row {first + 1}.", sku_id=row.sku_id, field="sku_id"
                )
            _check_row(row)
    refusals.raise_if_any()


def _check_row(row: PriceRow) -> None:
    prices = [("unit_price", row.unit_price)] if row.unit_price is not None else []
    prices += [(f"breaks[{index}].unit_price", step.unit_price) for index, step in enumerate(row.breaks)]
    if not prices:
        raise PriceNotPositive("The row has no price.", field="unit_price")
    for place, price in prices:
        check_unit_price(price, place)
        if row.floor_price is not None and price < row.floor_price:
            raise PriceRowInvalid(f"{price} is below the floor price.", field=place)
    if row.floor_price is not None:
        check_unit_price(row.floor_price, "floor_price")
    starts = [step.from_quantity for step in row.breaks]
    if any(start <= 0 for start in starts) or any(one >= other for one, other in pairwise(starts)):
        raise PriceRowInvalid("Quantity breaks start above zero and rise.", field="breaks")
