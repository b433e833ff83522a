"""What the calendar of versions marks: overlaps with their winner, and goods that lose their price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from huiliu.catalog import selectors as catalog
from huiliu.policies import selectors as versions
from huiliu.policies.types import VersionFilters, VersionHead
from huiliu.pricing import rules
from huiliu.pricing.services.book import KIND, current_book
from huiliu.pricing.types import Overlap, PriceGap

#: So many versions are compared, and so many overlaps are told.
VERSIONS_MAX: Final = 500
OVERLAPS_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Calendar:
    """`heads` and `names` are those of the versions and goods that are spoken of."""

    overlaps: Sequence[Overlap]
    overlaps_left: int
    gaps: Sequence[PriceGap]
    heads: Mapping[UUID, VersionHead]
    names: Mapping[int, str]


def calendar_of(*, start: date, end: date) -> Calendar:
    """Overlaps and gaps of the published versions in the reach that count somewhere in [start, end).

    Versions beyond the reach are never named, but what they price is no gap.
    """
    filters = VersionFilters(kind=KIND, from_day=start, to_day=end)
    heads = {one.id: one for one in versions.list_versions(filters=filters, limit=VERSIONS_MAX)}
    book = current_book()
    shown = [one for one in book if one.head.version_id in heads]
    overlaps = rules.find_overlaps(shown, start=start, end=end)
    gaps = rules.find_gaps(shown, book, start=start, end=end)
    told = overlaps[:OVERLAPS_MAX]
    wanted = {sku_id for one in told for sku_id in one.named} | {
        sku_id for one in gaps for sku_id in one.named
    }
    names = {one.id: one.name for one in catalog.sku_facts(wanted).values()}
    return Calendar(told, len(overlaps) - len(told), gaps, heads, names)
