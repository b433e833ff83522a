"""Shapes of the catalog API. Quantities and rates are decimal strings; limits are in base units."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.catalog.types import GoodsStatus
from huiliu.platform.http.cursor import PageQuery

Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
LongText = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")]
Path = Annotated[str, StringConstraints(max_length=200, pattern=r"^([0-9a-f]{6}\.)+$")]
Id = Annotated[int, Field(ge=1, le=2**53)]
CustomText = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
CustomNumber = Annotated[int, Field(ge=-(2**53), le=2**53)]
Custom = Annotated[
    dict[
        Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")],
        CustomText | bool | CustomNumber | Annotated[list[CustomText], Field(max_length=100)] | None,
    ],
    Field(max_length=50),
]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Units = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6)]
Factor = Annotated[int, Field(ge=1, le=10**9)]
Ids = Annotated[list[Id], Field(max_length=5000)]
Words = Annotated[list[Code], Field(max_length=500)]


class BrandIn(Schema):
    """A new trade mark."""

    code: Code
    name: Text


class BrandChangeIn(Schema):
    name: Text
    version: Version


class BrandOut(Schema):
    id: int
    code: str
    name: str
    version: int


class CategoryChangeIn(Schema):
    """Where a category stands and what it is called."""

    name: Text
    parent_id: Id | None = None
    position: Annotated[int, Field(ge=0, le=10**6)] = 0
    version: Version


class CategoryIn(Schema):
    """A new category."""

    code: Code
    name: Text
    parent_id: Id | None = None
    position: Annotated[int, Field(ge=0, le=10**6)] = 0


class CategoryOut(Schema):
    """A node of the product tree; `path` holds the names from the root."""

    id: int
    code: str
    name: str
    parent_id: int | None
    path: str
    position: int
    version: int


class ProductChangeIn(Schema):
    """A product's master data; the whole of it is replaced."""

    name: Text
    category_id: Id
    brand_id: Id | None = None
    description: LongText = ""
    image: Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] = ""
    custom: Custom = Field(default_factory=dict)
    version: Version


class ProductIn(Schema):
    """A new product, without skus yet."""

    code: Code
    name: Text
    category_id: Id
    brand_id: Id | None = None
    description: LongText = ""
    image: Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] = ""
    custom: Custom = Field(default_factory=dict)


class GoodsStatusIn(Schema):
    """Sold or stopped."""

    status: GoodsStatus
    version: Version


class UnitIn(Schema):
    """1 unit = numerator / denominator base units; `order_step` is counted in this unit."""

    unit: Code
    numerator: Factor = 1
    denominator: Factor = 1
    barcode: Code = ""
    order_step: Units = Decimal(0)
    is_order_unit: bool = False


class SkuChangeIn(Schema):
    """A sku with all its units; the whole of it is replaced."""

    name: Text
    base_unit: Code
    units: Annotated[list[UnitIn], Field(max_length=20)] = Field(default_factory=list)
    specification: Text = ""
    is_whole: bool = True
    tax_rate: Annotated[Decimal, Field(ge=0, le=1, max_digits=6, decimal_places=4)] = Decimal("0.13")
    shelf_life_days: Annotated[int, Field(ge=1, le=36_600)] | None = None
    order_minimum: Units = Decimal(0)
    order_multiple: Units = Decimal(0)
    order_limit: Units | None = None
    period_limit: Units | None = None
    period_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    standard_cost: Units | None = None
    version: Version


class SkuIn(SkuChangeIn):
    """A new sku."""

    code: Code
    version: Version = 1


class UnitOut(Schema):
    unit: str
    numerator: int
    denominator: int
    barcode: str
    barcode_repaired: bool
    order_step: str
    is_order_unit: bool


class SkuOut(Schema):
    """A sku; `standard_cost` is null for who may not see costs, `version` 0 for who may not change it."""

    id: int
    code: str
    name: str
    specification: str
    base_unit: str
    order_unit: str
    is_whole: bool
    units: list[UnitOut]
    tax_rate: str
    shelf_life_days: int | None
    order_minimum: str
    order_multiple: str
    order_limit: str | None
    period_limit: str | None
    period_days: int | None
    standard_cost: str | None
    status: str
    version: int


class ProductOut(Schema):
    """A product with the skus the reader may see."""

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
    custom: dict[str, Any]
    version: int
    skus: list[SkuOut]


class ScannedOut(Schema):
    """The goods a barcode names, and the unit."""

    unit: str
    product: ProductOut


class ScopeIn(Schema):
    """Who may buy what; empty lists mean "any", deny wins over allow."""

    name: Text
    valid_from: date
    valid_to: date | None = Field(default=None, description="The first day that no longer belongs.")
    is_allow: bool = True
    organization_ids: Ids = Field(default_factory=list)
    under_paths: Annotated[list[Path], Field(max_length=500)] = Field(default_factory=list)
    tiers: Words = Field(default_factory=list)
    tags: Words = Field(default_factory=list)
    channels: Words = Field(default_factory=list)
    kinds: Words = Field(default_factory=list)
    sku_ids: Ids = Field(default_factory=list)
    category_ids: Ids = Field(default_factory=list)
    brand_ids: Ids = Field(default_factory=list)


class ScopeChangeIn(ScopeIn):
    """A changed rule; `version` is the one that was read."""

    version: Version


class ScopeOut(Schema):
    id: int
    name: str
    valid_from: date
    valid_to: date | None
    is_allow: bool
    organization_ids: list[int]
    under_paths: list[str]
    tiers: list[str]
    tags: list[str]
    channels: list[str]
    kinds: list[str]
    sku_ids: list[int]
    category_ids: list[int]
    brand_ids: list[int]
    version: int
    organizations: dict[str, str] = Field(description="The names of the organizations it names, by id.")
    skus: dict[str, str] = Field(description="The names of the skus it names, by id.")


class ScopePreviewIn(Schema):
    """A rule as it would be: new, in place of `replaces_id`, or (without `rule`) that one taken away."""

    rule: ScopeIn | None = None
    replaces_id: Id | None = None
    on: date | None = Field(default=None, description="Without a day: today.")
    text: Text = Field(default="", description="Only partners whose name or id holds it.")


class ScopeEffectOut(Schema):
    organization_id: int
    name: str
    gained_sku_ids: list[int]
    lost_sku_ids: list[int]


class ScopeSkuOut(Schema):
    """Goods that some partners gain or lose, and how many of them."""

    id: int
    code: str
    name: str
    gaining: int
    losing: int


class ScopePreviewOut(Schema):
    """How many partners gain and lose goods, the first of those found, and all the goods."""

    buyers: int
    gaining: int
    losing: int
    found: int = Field(description="How many of them `text` lets through.")
    effects: list[ScopeEffectOut]
    skus: list[ScopeSkuOut]


class WhyQuery(Schema):
    buyer_id: Id
    sku_id: Id
    on: date | None = Field(default=None, description="Without a day: today.")


class WhyRuleOut(Schema):
    id: int
    name: str
    is_allow: bool


class WhyOut(Schema):
    """Whether a partner may order goods; `because`: allowed, denied, no_rule, stopped, not_trading or not_in_contract."""

    allowed: bool
    because: str
    detail: str
    rules: list[WhyRuleOut]


class ProductQuery(PageQuery):
    """Filters of the list of products."""

    text: Text = Field(
        default="", description="Name, code or barcode, as typed, as pinyin or as its initials."
    )
    category_id: Id | None = Field(default=None, description="This category and everything below it.")
    brand_id: Id | None = None
    status: GoodsStatus | None = None
    buyer_id: Id | None = Field(
        default=None, description="Show the range of this partner; partners see their own without it."
    )


class BuyerQuery(Schema):
    buyer_id: Id | None = None
