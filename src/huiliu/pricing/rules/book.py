"""The snapshot that prices are resolved from: one sub-book per published version, composed.

A change of one version rebuilds that version's rows only; composing is one pass over the versions' heads.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from huiliu.kernel.quantity import UnitFactor
from huiliu.pricing.types import PriceRow, PriceVersion

#: An audience up to this size is indexed by buyer; a wider one is asked "is the buyer in it?".
NARROW_MAX: Final = 64


class VersionBook:
    """The rows of one published version, by sku, and the buyers it speaks to. Immutable after construction.

    `audience` None is everyone. Rows of one sku in several units stand with the smallest unit first.
    Raises: ValueError when a sku has two rows in one unit (lint refuses it before).
    """

    __slots__ = ("_by_sku", "audience", "head", "row_count")

    def __init__(
        self, head: PriceVersion, rows: Iterable[PriceRow], audience: frozenset[int] | None = None
    ) -> None:
        self.head = head
        self.audience = audience
        by_sku: dict[int, PriceRow | tuple[PriceRow, ...]] = {}
        count = 0
        for row in rows:
            count += 1
            known = by_sku.get(row.sku_id)
            by_sku[row.sku_id] = row if known is None else _with(known, row)
        self._by_sku = by_sku
        self.row_count = count

    def row(self, sku_id: int, unit: UnitFactor) -> PriceRow | None:
        """The row for the entered unit, else the one for the smallest unit, else None."""
        found = self._by_sku.get(sku_id)
        if found is None or found.__class__ is PriceRow:
            return found
        for row in found:  # type: ignore[union-attr]
            if row.unit == unit:
                return row
        return found[0]  # type: ignore[index]

    def rows(self) -> Iterator[PriceRow]:
        """Every row, in no promised order."""
        for found in self._by_sku.values():
            if isinstance(found, PriceRow):
                yield found
            else:
                yield from found

    def sku_ids(self) -> frozenset[int]:
        return frozenset(self._by_sku)

    def speaks_to(self, buyer_id: int) -> bool:
        return self.audience is None or buyer_id in self.audience

    def with_audience(self, audience: frozenset[int] | None) -> VersionBook:
        """The same rows for other buyers (a late joiner came in); shares the rows."""
        other = object.__new__(VersionBook)
        other.head, other.audience = self.head, audience
        other._by_sku, other.row_count = self._by_sku, self.row_count
        return other

    def with_head(self, head: PriceVersion) -> VersionBook:
        """The same rows and buyers under another head (its end came earlier); shares the rows."""
        other = object.__new__(VersionBook)
        other.head, other.audience = head, self.audience
        other._by_sku, other.row_count = self._by_sku, self.row_count
        return other


def _with(known: PriceRow | tuple[PriceRow, ...], row: PriceRow) -> tuple[PriceRow, ...]:
    before = (known,) if isinstance(known, PriceRow) else known
    if any(one.unit.unit == row.unit.unit for one in before):
        raise ValueError(f"sku {row.sku_id} has two rows in {row.unit.unit}")
    return tuple(sorted((*before, row), key=lambda one: (one.unit.size, one.unit.unit)))


class PriceBook:
    """All published versions, ranked per seller, buyer and currency. Immutable but for a memo of rankings.

    Unit: `versions_for` costs one dict look-up once a buyer was asked for; before that, one pass over the
    seller's wide versions and the buyer's own.
    """

    __slots__ = ("_memo", "_narrow", "_versions", "_wide")

    def __init__(self, versions: Iterable[VersionBook] = ()) -> None:
        self._versions: dict[UUID, VersionBook] = {one.head.version_id: one for one in versions}
        self._narrow: dict[int, list[VersionBook]] = {}
        self._wide: dict[tuple[int, str], list[VersionBook]] = {}
        self._memo: dict[tuple[int, int, str], tuple[VersionBook, ...]] = {}
        for one in self._versions.values():
            if one.audience is None or len(one.audience) > NARROW_MAX:
                self._wide.setdefault((one.head.seller_id, one.head.currency), []).append(one)
            else:
                for buyer_id in one.audience:
                    self._narrow.setdefault(buyer_id, []).append(one)

    def __len__(self) -> int:
        return len(self._versions)

    def __iter__(self) -> Iterator[VersionBook]:
        return iter(self._versions.values())

    def __contains__(self, version_id: UUID) -> bool:
        return version_id in self._versions

    def get(self, version_id: UUID) -> VersionBook | None:
        return self._versions.get(version_id)

    def updated(self, *, put: Iterable[VersionBook] = (), drop: Iterable[UUID] = ()) -> PriceBook:
        """A new book with some versions put or dropped; every other version's rows are shared."""
        gone = set(drop)
        kept = {key: one for key, one in self._versions.items() if key not in gone}
        kept.update({one.head.version_id: one for one in put})
        return PriceBook(kept.values())

    def versions_for(self, seller_id: int, buyer_id: int, currency: str) -> tuple[VersionBook, ...]:
        """The versions that speak to this buyer, the winning order first."""
        key = (seller_id, buyer_id, currency)
        ranked = self._memo.get(key)
        if ranked is None:
            ranked = self._memo[key] = self._rank(seller_id, buyer_id, currency)
        return ranked

    def _rank(self, seller_id: int, buyer_id: int, currency: str) -> tuple[VersionBook, ...]:
        found: list[VersionBook] = []
        for one in self._wide.get((seller_id, currency), ()):
            if one.speaks_to(buyer_id):
                insort(found, one, key=_order)
        for one in self._narrow.get(buyer_id, ()):
            if one.head.seller_id == seller_id and one.head.currency == currency:
                insort(found, one, key=_order)
        return tuple(found)


def _order(one: VersionBook) -> tuple[tuple[int, ...], int]:
    return one.head.rank(), one.head.version_id.int
