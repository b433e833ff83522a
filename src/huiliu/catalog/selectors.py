"""Reads of goods; sku facts and scope rules are cached per process and checked by one cheap read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from huiliu.catalog import rules
from huiliu.catalog.rules import Buyer
from huiliu.catalog.types import ScopeRuleFacts, SkuFacts
from huiliu.kernel.quantity import UnitFactor
from huiliu.platform.stamps import StampedCache

_SKUS = """
    SELECT s.id, s.code, s.name, s.specification, s.base_unit, s.is_whole, s.tax_rate, s.order_minimum, s.order_multiple,
           s.order_limit, s.period_limit, s.period_days, CASE WHEN p.status = 'ACTIVE' THEN s.status ELSE p.status END,
           p.id, p.category_id, c.path, p.brand_id, p.image, s.shelf_life_days
      FROM catalog_sku s JOIN catalog_product p ON p.id = s.product_id JOIN catalog_category c ON c.id = p.category_id"""


@dataclass(frozen=True, slots=True)
class SkuIndex:
    """Every sku by id and by code."""

    by_id: dict[int, SkuFacts]
    by_code: dict[str, SkuFacts]
    by_barcode: dict[str, int]


_skus: StampedCache[str, SkuIndex] = StampedCache("catalog", size_max=1)
_rules: StampedCache[str, tuple[ScopeRuleFacts, ...]] = StampedCache("scope", size_max=1)


def sku_index() -> SkuIndex:
    """All skus of the brand, from the process's cache."""
    index = _skus.get("all", _load_skus)
    assert index is not None  # noqa: S101 - the loader always answers
    return index


def sku_facts(ids: Collection[int]) -> dict[int, SkuFacts]:
    """Facts by id; an unknown id is absent."""
    known = sku_index().by_id
    return {sku_id: known[sku_id] for sku_id in ids if sku_id in known}


def sku_facts_by_code(codes: Collection[str]) -> dict[str, SkuFacts]:
    """Facts by code; an unknown code is absent."""
    known = sku_index().by_code
    return {code: known[code] for code in codes if code in known}


def scope_rules() -> Sequence[ScopeRuleFacts]:
    """Every rule of the sellable scope, whatever the reach: the seller's system decides."""
    return _rules.get("all", _load_rules) or ()


def sellable_ids(*, buyer: Buyer, ids: Collection[int] | None = None, on: date) -> set[int]:
    """Which of `ids` (default: all active skus) the buyer may order on that day; deny by default."""
    index = sku_index().by_id
    skus = [
        sku
        for sku in (index.values() if ids is None else (index[i] for i in ids if i in index))
        if sku.status == "ACTIVE"
    ]
    return rules.sellable(scope_rules(), buyer=buyer, skus=skus, on=on)


def _load_skus(_: str) -> SkuIndex:
    units: dict[int, list[UnitFactor]] = {}
    order_units: dict[int, str] = {}
    barcodes: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sku_id, unit, numerator, denominator, barcode, is_order_unit FROM catalog_sku_unit"
        )
        for sku_id, unit, numerator, denominator, barcode, is_order_unit in cursor.fetchall():
            units.setdefault(sku_id, []).append(UnitFactor(unit, numerator, denominator))
            if is_order_unit:
                order_units[sku_id] = unit
            if barcode:
                barcodes[barcode] = sku_id
        cursor.execute(_SKUS)
        rows = cursor.fetchall()
    facts = []
    for row in rows:
        base = row[4]
        own = [factor for factor in units.get(row[0], []) if factor.unit != base]
        own.sort(key=lambda factor: factor.size, reverse=True)
        facts.append(
            SkuFacts(
                id=row[0],
                code=row[1],
                name=row[2],
                specification=row[3],
                base_unit=base,
                is_whole=row[5],
                units=(*own, UnitFactor(base, 1)),
                order_unit=order_units.get(row[0], base),
                tax_rate=row[6],
                minimum=row[7],
                multiple=row[8],
                order_limit=row[9],
                period_limit=row[10],
                period_days=row[11],
                status=row[12],
                product_id=row[13],
                category_id=row[14],
                category_path=row[15],
                brand_id=row[16],
                image=row[17],
                shelf_life_days=row[18],
            )
        )
    return SkuIndex({sku.id: sku for sku in facts}, {sku.code: sku for sku in facts}, barcodes)


def _load_rules(_: str) -> tuple[ScopeRuleFacts, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM catalog_scope_rules()")
        return tuple(
            ScopeRuleFacts(
                id=row[0],
                is_allow=row[1],
                organization_ids=frozenset(row[2]),
                under_paths=tuple(row[3]),
                tiers=frozenset(row[4]),
                tags=frozenset(row[5]),
                channels=frozenset(row[6]),
                kinds=frozenset(row[7]),
                sku_ids=frozenset(row[8]),
                category_paths=tuple(row[9]),
                brand_ids=frozenset(row[10]),
                valid_from=row[11],
                valid_to=row[12],
            )
            for row in cursor.fetchall()
        )
