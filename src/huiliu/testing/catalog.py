"""Goods for tests."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from huiliu.catalog.models import Category, Product, ProductBrand, ScopeRule, Sku, SkuUnit
from huiliu.catalog.types import ScopeRuleFacts, SkuFacts
from huiliu.kernel.pinyin import search_text, sort_key
from huiliu.kernel.quantity import UnitFactor
from huiliu.platform import stamps
from huiliu.testing.actors import NOW

_numbers = itertools.count(1)
LONG_AGO = date(2020, 1, 1)


def a_category(path: str = "饮料") -> Category:
    """The category at a path such as `饮料 > 茶`, with everything above it."""
    parent: Category | None = None
    walked: list[str] = []
    for name in path.split(" > "):
        walked.append(name)
        here = " > ".join(walked)
        parent, _ = Category.objects.get_or_create(
            path=here, defaults={"code": here, "name": name, "parent": parent}
        )
    assert parent is not None
    return parent


def a_brand_mark(name: str = "沐泉") -> ProductBrand:
    """A trade mark."""
    brand, _ = ProductBrand.objects.get_or_create(code=name, defaults={"name": name})
    return brand


def some_goods(
    name: str = "",
    *,
    category: str = "饮料",
    brand: ProductBrand | None = None,
    case: int = 24,
    **fields: Any,
) -> Sku:
    """A product with one sku, counted in 瓶 with a 箱 of `case`, as the services leave them."""
    number = next(_numbers)
    name, code = name or f"商品{number}", fields.pop("code", f"G{number:04d}")
    keys = {"sort_key": sort_key(name), "search_text": search_text(code, name)}
    product = Product.objects.create(
        code=code,
        name=name,
        category=a_category(category),
        brand=brand,
        created_at=NOW,
        updated_at=NOW,
        **keys,
    )
    barcode = fields.pop("barcode", "")
    sku = Sku.objects.create(
        product=product,
        code=code,
        name=name,
        base_unit="瓶",
        tax_rate=Decimal("0.13"),
        created_at=NOW,
        updated_at=NOW,
        sort_key=keys["sort_key"],
        search_text=f"{keys['search_text']} {barcode}".strip(),
        **fields,
    )
    SkuUnit.objects.create(sku=sku, unit="瓶", numerator=1, barcode=barcode)
    SkuUnit.objects.create(sku=sku, unit="箱", numerator=case, is_order_unit=True)
    stamps.forget()
    return sku


def a_scope_rule(name: str = "rule", **fields: Any) -> ScopeRule:
    """A rule in force; empty lists mean "any"."""
    rule = ScopeRule.objects.create(
        name=name, valid_from=fields.pop("valid_from", LONG_AGO), created_at=NOW, **fields
    )
    stamps.forget()
    return rule


def sku_facts(number: int = 1, **fields: Any) -> SkuFacts:
    """Facts for rules, without a database: 瓶 with a 箱 of 24."""
    values: dict[str, Any] = {
        "id": number,
        "code": f"S{number}",
        "name": f"商品{number}",
        "specification": "",
        "base_unit": "瓶",
        "is_whole": True,
        "units": (UnitFactor("箱", 24), UnitFactor("瓶", 1)),
        "order_unit": "箱",
        "tax_rate": Decimal("0.13"),
        "minimum": Decimal(0),
        "multiple": Decimal(0),
        "order_limit": None,
        "period_limit": None,
        "period_days": None,
        "status": "ACTIVE",
        "product_id": number,
        "category_id": 1,
        "category_path": "饮料",
        "brand_id": None,
        "image": "",
        "shelf_life_days": None,
    }
    return SkuFacts(**(values | fields))


def rule_facts(number: int = 1, **fields: Any) -> ScopeRuleFacts:
    """A scope rule for rules, without a database: everyone may buy everything."""
    values: dict[str, Any] = {
        "id": number,
        "is_allow": True,
        "organization_ids": frozenset(),
        "under_paths": (),
        "tiers": frozenset(),
        "tags": frozenset(),
        "channels": frozenset(),
        "kinds": frozenset(),
        "sku_ids": frozenset(),
        "category_paths": (),
        "brand_ids": frozenset(),
        "valid_from": LONG_AGO,
        "valid_to": None,
    }
    return ScopeRuleFacts(**(values | fields))
