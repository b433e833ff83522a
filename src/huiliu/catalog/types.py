"""Goods as other modules see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huiliu.kernel.quantity import UnitFactor


@dataclass(frozen=True, slots=True)
class SkuFacts:
    """What pricing, scope and orders need to know of a sku. Quantities are in base units."""

    id: int
    code: str
    name: str
    specification: str
    base_unit: str
    is_whole: bool
    units: tuple[UnitFactor, ...]  # largest first, the base unit last
    order_unit: str
    tax_rate: Decimal
    minimum: Decimal
    multiple: Decimal
    order_limit: Decimal | None
    period_limit: Decimal | None
    period_days: int | None
    status: str
    product_id: int
    category_id: int
    category_path: str
    brand_id: int | None
    image: str
    shelf_life_days: int | None

    def factor(self, unit: str) -> UnitFactor | None:
        """The unit's factor, or None when the sku has no such unit."""
        wanted = unit or self.base_unit
        return next((factor for factor in self.units if factor.unit == wanted), None)


@dataclass(frozen=True, slots=True)
class ScopeRuleFacts:
    """One rule of who may buy what; empty sets mean "any"."""

    id: int
    is_allow: bool
    organization_ids: frozenset[int]
    under_paths: tuple[str, ...]
    tiers: frozenset[str]
    tags: frozenset[str]
    channels: frozenset[str]
    kinds: frozenset[str]
    sku_ids: frozenset[int]
    category_paths: tuple[str, ...]
    brand_ids: frozenset[int]
    valid_from: date
    valid_to: date | None
