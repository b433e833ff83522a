"""What figures can be grouped and filtered by."""

from __future__ import annotations

from typing import Final

from huiliu.insights.facts import FACTS
from huiliu.insights.types import Dimension, DimensionKind, Grain, Measure

_TIME_WORDS: Final = {
    Grain.DAY: ("日", "Day"),
    Grain.WEEK: ("周", "Week"),
    Grain.MONTH: ("月", "Month"),
    Grain.QUARTER: ("季", "Quarter"),
    Grain.YEAR: ("年", "Year"),
    Grain.FISCAL_MONTH: ("财务月", "Fiscal month"),
}
_TIME = [
    Dimension(grain.value, zh, en, DimensionKind.TIME, is_as_of=True)
    for grain, (zh, en) in _TIME_WORDS.items()
]
#: Who stands that many steps below the brand, in nearly every channel.
_TIER_WORDS: Final = {
    1: ("分公司、直属客户", "Branch or direct partner"),
    2: ("经销商（第 2 层）", "Distributor (level 2)"),
    3: ("分销商、门店（第 3 层）", "Sub-distributor or store (level 3)"),
    4: ("门店（第 4 层）", "Store (level 4)"),
}
_PLACE = [
    Dimension(
        "region_code", "行政区划", "Region code", DimensionKind.FACT, column="region_code", is_as_of=True
    ),
    Dimension("province", "省份", "Province", DimensionKind.FACT, column="province", is_as_of=True),
    Dimension("city", "城市", "City", DimensionKind.FACT, column="city", is_as_of=True),
    *(
        Dimension(
            f"organization_{level}",
            zh,
            en,
            DimensionKind.ANCESTOR,
            column="path_then",
            level=level,
            lookup="organization",
            lookup_key="segment",
            is_as_of=True,
        )
        for level, (zh, en) in _TIER_WORDS.items()
    ),
]
_PARTNER = [
    Dimension(
        "partner",
        "伙伴",
        "Partner",
        DimensionKind.LOOKED_UP,
        "partner_id",
        lookup="organization",
        lookup_key="id",
    ),
    Dimension(
        "seller",
        "卖方",
        "Seller",
        DimensionKind.LOOKED_UP,
        "seller_id",
        lookup="organization",
        lookup_key="id",
    ),
    Dimension(
        "tier", "等级（当日）", "Tier of the day", DimensionKind.FACT, column="tier_then", is_as_of=True
    ),
    Dimension("tier_now", "等级（现在）", "Tier now", DimensionKind.ORGANIZATION, column="tier"),
    Dimension("partner_kind", "伙伴类型", "Partner kind", DimensionKind.ORGANIZATION, column="kind"),
    Dimension("channel", "渠道", "Channel", DimensionKind.ORGANIZATION, column="channel"),
    Dimension("partner_status", "伙伴状态", "Partner status", DimensionKind.ORGANIZATION, column="status"),
    Dimension("seller_kind", "卖方类型", "Seller kind", DimensionKind.FACT, column="seller_kind"),
]
_GOODS = [
    Dimension("sku", "SKU", "SKU", DimensionKind.LOOKED_UP, "sku_id", lookup="sku", lookup_key="id"),
    Dimension("product", "商品", "Product", DimensionKind.SKU, column="product_code", lookup="product"),
    Dimension("product_name", "商品名称", "Product name", DimensionKind.SKU, column="product_name"),
    Dimension("brand", "品牌", "Brand", DimensionKind.SKU, column="brand_code", lookup="brand"),
    Dimension("brand_name", "品牌名称", "Brand name", DimensionKind.SKU, column="brand_name"),
    Dimension(
        "category", "末级品类", "Category", DimensionKind.SKU, column="category_code", lookup="category"
    ),
    *(
        Dimension(
            f"category_{level}",
            f"{'一二三'[level - 1]}级品类",
            f"Category, level {level}",
            DimensionKind.SKU,
            column=f"category_{level}_code",
            lookup=f"category_{level}",
        )
        for level in (1, 2, 3)
    ),
]
_OTHER = [
    Dimension("currency", "币种", "Currency", DimensionKind.FACT, column="currency"),
    Dimension("order_kind", "订单类型", "Order kind", DimensionKind.FACT, column="order_kind"),
    Dimension(
        "warehouse",
        "仓库",
        "Warehouse",
        DimensionKind.LOOKED_UP,
        "warehouse_id",
        lookup="warehouse",
        lookup_key="id",
    ),
]
DIMENSIONS: Final = {
    dimension.name: dimension for dimension in (*_TIME, *_PLACE, *_PARTNER, *_GOODS, *_OTHER)
}
#: Small tables of code and name made from the columns of `dim_sku`.
SKU_LOOKUPS: Final = {
    "product": ("product_code", "product_name"),
    "brand": ("brand_code", "brand_name"),
    "category": ("category_code", "category_name"),
    "category_1": ("category_1_code", "category_1_name"),
    "category_2": ("category_2_code", "category_2_name"),
    "category_3": ("category_3_code", "category_3_name"),
}


def grain_of(dimension: Dimension) -> Grain | None:
    """The grain of a time dimension."""
    return Grain(dimension.name) if dimension.kind is DimensionKind.TIME else None


def needed_column(dimension: Dimension) -> str:
    """The column a fact must have to know the dimension; time needs none beyond the measure's own date."""
    match dimension.kind:
        case DimensionKind.TIME:
            return ""
        case DimensionKind.SKU:
            return "sku_id"
        case DimensionKind.ORGANIZATION:
            return "partner_id"
        case DimensionKind.FACT | DimensionKind.LOOKED_UP | DimensionKind.ANCESTOR:
            return dimension.column


def knows(measure: Measure, dimension: Dimension) -> bool:
    """Whether the measure's rows can be grouped by the dimension."""
    column = needed_column(dimension)
    return not column or column in FACTS[measure.fact].column_names()
