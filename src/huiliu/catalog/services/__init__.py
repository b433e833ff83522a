"""The verbs of the catalog."""

from huiliu.catalog.services.goods import (
    create_product,
    create_sku,
    set_product_status,
    set_sku_status,
    update_product,
    update_sku,
)
from huiliu.catalog.services.intake import GoodsIntake
from huiliu.catalog.services.scope import create_scope_rule, remove_scope_rule, update_scope_rule
from huiliu.catalog.services.tree import create_brand, create_category, update_brand, update_category

__all__ = [
    "GoodsIntake",
    "create_brand",
    "create_category",
    "create_product",
    "create_scope_rule",
    "create_sku",
    "remove_scope_rule",
    "set_product_status",
    "set_sku_status",
    "update_brand",
    "update_category",
    "update_product",
    "update_scope_rule",
    "update_sku",
]
