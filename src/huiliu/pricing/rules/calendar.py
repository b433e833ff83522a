"""Versions beside each other in time: where two speak of the same goods to the same buyers and which of them counts,
and where goods that had a price have none any more. Source: docs/algorithms/pricing.md, "Who wins".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Final

from huiliu.pricing.rules.book import VersionBook
from huiliu.pricing.rules.resolve import beaten_by
from huiliu.pricing.rules.review import meet, share_buyers
from huiliu.pricing.types import Overlap, PriceGap, PriceVersion

#: So many goods are named; the rest is counted.
NAMED_MAX: Final = 5


def find_overlaps(versions: Iterable[VersionBook], *, start: date, end: date) -> list[Overlap]:
    """Pairs of versions that price the same goods for the same buyers on the same days in [start, end).

    What a special price for a project beats is no overlap: it counts for orders that name the project alone.
    Those of one level come first: there nothing but their ranks tells them apart.
    """
    found = []
    for one, two in combinations(sorted(versions, key=_standing), 2):
        overlap = _overlap(one, two, start=start, end=end)
        if overlap is not None:
            found.append(overlap)
    return sorted(
        found, key=lambda each: (each.winner.level != each.loser.level, each.start, each.winner.list_code)
    )


def _standing(one: VersionBook) -> tuple[tuple[int, ...], int]:
    return one.head.rank(), one.head.version_id.int


def _overlap(winner: VersionBook, loser: VersionBook, *, start: date, end: date) -> Overlap | None:
    one, two = winner.head, loser.head
    if (one.seller_id, one.currency, one.project) != (two.seller_id, two.currency, two.project):
        return None
    if not meet(one, two) or not share_buyers(winner, loser):
        return None
    begins, ends = max(one.valid_from, two.valid_from, start), _earliest(one.valid_to, two.valid_to)
    if begins >= end or (ends is not None and ends <= begins):
        return None
    skus = sorted(winner.sku_ids() & loser.sku_ids())
    if not skus:
        return None
    return Overlap(
        winner=one,
        loser=two,
        start=begins,
        end=ends,
        reason=beaten_by(one, two),
        goods=len(skus),
        named=tuple(skus[:NAMED_MAX]),
        buyers=_shared(winner, loser),
    )


def _earliest(one: date | None, two: date | None) -> date | None:
    known = [day for day in (one, two) if day is not None]
    return min(known) if known else None


def _shared(one: VersionBook, two: VersionBook) -> int | None:
    """How many buyers hear both; None: everyone."""
    if one.audience is None:
        return None if two.audience is None else len(two.audience)
    return len(one.audience) if two.audience is None else len(one.audience & two.audience)


def find_gaps(
    ending: Iterable[VersionBook], book: Iterable[VersionBook], *, start: date, end: date
) -> list[PriceGap]:
    """For each version that ends in [start, end): which of its goods nothing prices for some of its buyers then.

    `book` is everything that is published; a list tied to a project fills no gap. A gap lasts until something
    prices the goods again; one that is open at `end` has no end.
    """
    every = [one for one in book if not one.head.project]
    gaps: list[PriceGap] = []
    for one in ending:
        last = one.head.valid_to
        if one.head.project or last is None or not start <= last < end:
            continue
        rivals = [other for other in every if _may_fill(other, one.head)]
        gaps += _gaps_after(one, rivals, last=last, end=end)
    return sorted(gaps, key=lambda each: (each.start, each.version.list_code))


def _may_fill(other: VersionBook, head: PriceVersion) -> bool:
    return (
        other.head.version_id != head.version_id
        and (other.head.seller_id, other.head.currency) == (head.seller_id, head.currency)
        and (other.head.valid_to is None or head.valid_to is None or other.head.valid_to > head.valid_to)
    )


def _gaps_after(one: VersionBook, rivals: Sequence[VersionBook], *, last: date, end: date) -> list[PriceGap]:
    """Between two days on which something begins or ends nothing changes: each such stretch is judged once."""
    turns = {last, end}
    for other in rivals:
        turns |= {
            day
            for day in (other.head.valid_from, other.head.valid_to)
            if day is not None and last < day < end
        }
    gaps: list[PriceGap] = []
    left = one.sku_ids()
    for begins, ends in pairwise(sorted(turns)):
        # What is priced again and loses that price later is the gap of the version that priced it meanwhile.
        bare = left & _bare(one, [other for other in rivals if _counts_on(other.head, begins)])
        if not bare:
            break
        until = None if ends == end else ends
        if bare == left and gaps:
            gaps[-1] = gaps[-1]._replace(end=until)
        else:
            gaps.append(PriceGap(one.head, begins, until, len(bare), tuple(sorted(bare)[:NAMED_MAX])))
        left = bare
    return gaps


def _counts_on(head: PriceVersion, day: date) -> bool:
    return head.valid_from <= day and (head.valid_to is None or day < head.valid_to)


def _bare(one: VersionBook, others: Sequence[VersionBook]) -> frozenset[int]:
    """The goods of a version that these do not price for every one of its buyers."""
    open_for: dict[int, frozenset[int] | None] = dict.fromkeys(one.sku_ids(), one.audience)
    for other in others:
        for sku_id in other.sku_ids() & open_for.keys():
            left = open_for[sku_id]
            if other.audience is None or (left is not None and left <= other.audience):
                del open_for[sku_id]
            elif left is not None:
                open_for[sku_id] = left - other.audience
    return frozenset(open_for)
