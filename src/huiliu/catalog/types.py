"""Goods as other modules see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from huiliu.kernel.columns import Column, ColumnKind
from huiliu.kernel.quantity import UnitFactor

ZERO = Decimal(0)


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
    unit_steps: tuple[tuple[str, Decimal], ...] = ()  # ordered only in multiples of it, counted in that unit

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


class GoodsStatus(StrEnum):
    """Whether a product or sku is sold."""

    ACTIVE = "ACTIVE"
    STOPPED = "STOPPED"


@dataclass(frozen=True, slots=True)
class Barcode:
    """A checked GTIN; `is_repaired` says that leading zeros, lost in a spreadsheet, were put back."""

    code: str
    is_repaired: bool


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """One unit of a sku: 1 unit = numerator / denominator base units; `order_step` is counted in this unit."""

    unit: str
    numerator: int = 1
    denominator: int = 1
    barcode: str = ""
    order_step: Decimal = ZERO
    is_order_unit: bool = False


@dataclass(frozen=True, slots=True)
class SkuDraft:
    """What staff may write of a sku. Quantities are in base units; zero or None is "no such limit"."""

    name: str
    base_unit: str
    units: tuple[UnitDraft, ...] = ()
    specification: str = ""
    is_whole: bool = True
    tax_rate: Decimal = Decimal("0.13")
    shelf_life_days: int | None = None
    order_minimum: Decimal = ZERO
    order_multiple: Decimal = ZERO
    order_limit: Decimal | None = None
    period_limit: Decimal | None = None
    period_days: int | None = None
    standard_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """What staff may write of a product."""

    name: str
    category_id: int
    brand_id: int | None = None
    description: str = ""
    image: str = ""
    custom: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownSku:
    """A sku that an import compares: the draft that would write what is there, and whether it is sold."""

    code: str
    name: str
    product_code: str
    status: str
    draft: SkuDraft


@dataclass(frozen=True, slots=True)
class ScopeDraft:
    """What staff may write of a scope rule; empty means "any"."""

    name: str
    valid_from: date
    valid_to: date | None = None
    is_allow: bool = True
    organization_ids: tuple[int, ...] = ()
    under_paths: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sku_ids: tuple[int, ...] = ()
    category_ids: tuple[int, ...] = ()
    brand_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BrandRow:
    """A trade mark."""

    id: int
    code: str
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A node of the product tree."""

    id: int
    code: str
    name: str
    parent_id: int | None
    path: str
    position: int
    version: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as people see it: how much it is, its barcode, its step."""

    unit: str
    numerator: int
    denominator: int
    barcode: str
    barcode_repaired: bool
    order_step: Decimal
    is_order_unit: bool


@dataclass(frozen=True, slots=True)
class SkuRow:
    """A sku as people see it; the cost is there only for who may see costs."""

    facts: SkuFacts
    units: tuple[UnitRow, ...]
    version: int
    standard_cost: Decimal | None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product with its skus, as the reader may see them."""

    id: int
    code: str
    name: str
    status: str
    category_id: int
    category_path: str
    brand_id: int | None
    brand_name: str
    description: str
    image: str
    custom: Mapping[str, Any]
    version: int
    sort_key: str
    skus: tuple[SkuRow, ...]


@dataclass(frozen=True, slots=True)
class ProductFilters:
    """What a list of products is narrowed by; empty means "any". `sku_ids` None means the whole catalog."""

    text: str = ""
    category_id: int | None = None
    brand_id: int | None = None
    status: str = ""
    sku_ids: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class ScopeRuleRow:
    """A scope rule as staff sees it."""

    id: int
    draft: ScopeDraft
    version: int


@dataclass(frozen=True, slots=True)
class ScopeEffect:
    """What a change of rules gives to one buyer and takes from it."""

    organization_id: int
    gained_sku_ids: tuple[int, ...]
    lost_sku_ids: tuple[int, ...]


#: What an export of the sku list has; the keys are attributes of SkuFacts.
SKU_COLUMNS = (
    Column("code", "编码", "Code"),
    Column("name", "名称", "Name", width=32),
    Column("specification", "规格", "Specification"),
    Column("category_path", "分类", "Category", width=24),
    Column("base_unit", "基本单位", "Base unit"),
    Column("order_unit", "订货单位", "Order unit"),
    Column("tax_rate", "税率", "Tax rate", ColumnKind.NUMBER),
    Column("minimum", "起订量", "Minimum", ColumnKind.NUMBER),
    Column("multiple", "倍数", "Multiple", ColumnKind.NUMBER),
    Column("order_limit", "单次限购", "Limit per order", ColumnKind.NUMBER),
    Column("period_limit", "周期限购", "Limit per period", ColumnKind.NUMBER),
    Column("period_days", "周期天数", "Days of the period", ColumnKind.NUMBER),
    Column("shelf_life_days", "保质期天数", "Shelf life in days", ColumnKind.NUMBER),
    Column("status", "状态", "Status", words="catalog:state"),
)
