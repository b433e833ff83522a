"""What the platform must know of the catalog."""

from __future__ import annotations

from huiliu.access import selectors as access
from huiliu.catalog.models import Category, Product, ProductBrand, ScopeRule, Sku
from huiliu.platform.custom_fields import declare_entity
from huiliu.platform.settings_types import Words
from huiliu.platform.subject_names import ByColumn, declare_names
from huiliu.platform.subjects import declare_subject

declare_entity("product", Words("商品", "Product"))


def _whose(product_id: str) -> tuple[str, ...] | None:
    """Goods are the brand's. Who keeps them attaches to them; partners see the picture the product names."""
    if not (product_id.isascii() and product_id.isdigit() and len(product_id) < 16):
        return None
    there = Product.objects.filter(pk=int(product_id)).exists()
    return (access.brand_path(),) if there else None


declare_subject("product", scope="catalog:write", resolve=_whose)

for subject, model in {
    "brand": ProductBrand,
    "category": Category,
    "product": Product,
    "sku": Sku,
    "scope_rule": ScopeRule,
}.items():
    declare_names(subject, of=ByColumn(model, "name"), key=int)
