"""What the price desk reads: a version as one sheet, the goods it may name, and all that it changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SkuFacts
from huiliu.kernel.pinyin import fold, initials
from huiliu.policies import selectors as versions
from huiliu.policies.types import VersionHead
from huiliu.pricing import rules
from huiliu.pricing.selectors.prices import get_price_list
from huiliu.pricing.services.rows import rows_of
from huiliu.pricing.types import PriceRow

GOODS_MAX: Final = 30


@dataclass(frozen=True, slots=True)
class Goods:
    """A sku as somebody who prices it needs it; `initials` are those of its name's pinyin."""

    sku: SkuFacts
    initials: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a version beside the price that the version in force has for it; None: it has none."""

    row: PriceRow
    price_before: Decimal | None


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One row that differs between two versions. `kind`: added, removed, raised, lowered, terms."""

    kind: str
    before: PriceRow | None
    after: PriceRow | None
    percent: Decimal | None  # of the price before, two decimals

    @property
    def row(self) -> PriceRow:
        row = self.after or self.before
        if row is None:
            raise ValueError("a change has a side")
        return row


def sheet_of(version_id: UUID) -> tuple[VersionHead, VersionHead | None, list[SheetRow]]:
    """Every row of a version, by sku and unit, and the version it is read against. Raises: VersionNotVisible."""
    head = get_price_list(version_id)
    before = versions.version_before(head)
    known = {(row.sku_id, row.unit.unit): row for row in rows_of(before.id)} if before else {}
    sheet = []
    for row in rows_of(version_id):
        old = known.get((row.sku_id, row.unit.unit))
        sheet.append(SheetRow(row, rules.price_of(old) if old else None))
    return head, before, sheet


def goods_by_codes(codes: Collection[str]) -> list[Goods]:
    """The goods of these codes; a code that nobody has is absent."""
    found = catalog.sku_facts_by_code({code.strip() for code in codes})
    return [_goods(sku) for sku in sorted(found.values(), key=lambda sku: sku.code)]


def goods_of(ids: Collection[int]) -> list[Goods]:
    """The goods of these ids."""
    return [_goods(sku) for sku in catalog.sku_facts(ids).values()]


def find_goods(text: str, *, limit: int = GOODS_MAX) -> list[Goods]:
    """Active goods whose code begins with the text, then those whose code, name or initials have it."""
    asked = fold(text.strip())
    first: list[SkuFacts] = []
    then: list[SkuFacts] = []
    for sku in catalog.sku_index().by_id.values():
        if sku.status != "ACTIVE":
            continue
        code = fold(sku.code)
        if code.startswith(asked):
            first.append(sku)
        elif asked in code or asked in fold(sku.name) or asked in initials(sku.name):
            then.append(sku)
    ordered = [*sorted(first, key=lambda sku: sku.code), *sorted(then, key=lambda sku: sku.code)]
    return [_goods(sku) for sku in ordered[:limit]]


def _goods(sku: SkuFacts) -> Goods:
    return Goods(sku, initials(sku.name))


def list_changes(
    *, version_id: UUID, against_id: UUID | None = None, kind: str = "", text: str = ""
) -> list[VersionChange]:
    """All rows that a version adds, removes or changes, the largest changes first. Raises: VersionNotVisible."""
    head = get_price_list(version_id)
    before = get_price_list(against_id) if against_id else versions.version_before(head)
    old = {(row.sku_id, row.unit.unit): row for row in rows_of(before.id)} if before else {}
    new = {(row.sku_id, row.unit.unit): row for row in rows_of(head.id)}
    changes = [change for key in old.keys() | new.keys() if (change := _change(old.get(key), new.get(key)))]
    if kind:
        changes = [one for one in changes if one.kind == kind]
    if text.strip():
        asked = fold(text.strip())
        skus = catalog.sku_facts({one.row.sku_id for one in changes})
        changes = [one for one in changes if _is_meant(skus.get(one.row.sku_id), asked)]
    return sorted(
        changes, key=lambda one: (-abs(one.percent or Decimal(0)), one.row.sku_id, one.row.unit.unit)
    )


def _is_meant(sku: SkuFacts | None, asked: str) -> bool:
    return sku is not None and (
        asked in fold(sku.code) or asked in fold(sku.name) or asked in initials(sku.name)
    )


def _change(before: PriceRow | None, after: PriceRow | None) -> VersionChange | None:
    if before is None or after is None:
        return VersionChange("added" if before is None else "removed", before, after, None)
    was, now = rules.price_of(before), rules.price_of(after)
    if was == now:
        same = (before.breaks, before.floor_price) == (after.breaks, after.floor_price)
        return None if same else VersionChange("terms", before, after, None)
    return VersionChange("raised" if now > was else "lowered", before, after, rules.percent_of(was, now))
