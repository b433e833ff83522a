"""Reads of partners; buyer facts are cached per process and checked by one cheap read."""

from __future__ import annotations

from django.db import connection

from huiliu.kernel.paths import ancestors
from huiliu.partners.types import BuyerFacts
from huiliu.platform.stamps import StampedCache

_FACTS = (
    "SELECT organization_id, path, name, kind, tier, tags, channel, region_code, province, city, status,"
    " default_seller_id FROM partners_buyer_facts(%s)"
)
_cache: StampedCache[int, BuyerFacts] = StampedCache("partners", size_max=20_000)


def buyer_facts(organization_id: int) -> BuyerFacts | None:
    """Facts of any organization that can buy, whatever the reach (prices need them); None when unknown."""
    return _cache.get(organization_id, _load)


def _load(organization_id: int) -> BuyerFacts | None:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [organization_id])
        row = cursor.fetchone()
    if row is None:
        return None
    return BuyerFacts(
        organization_id=row[0],
        path=row[1],
        ancestors=tuple(ancestors(row[1])),
        name=row[2],
        kind=row[3],
        tier=row[4],
        tags=frozenset(row[5]),
        channel=row[6],
        region_code=row[7],
        province=row[8],
        city=row[9],
        status=row[10],
        default_seller_id=row[11],
    )
