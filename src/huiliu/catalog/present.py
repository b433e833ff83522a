"""Goods as the API writes them: decimals as strings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from huiliu.access import selectors as access
from huiliu.catalog import selectors
from huiliu.catalog.types import ProductRow, ScopeDraft, ScopeRuleRow, SkuRow
from huiliu.kernel.money import plain_text
from huiliu.kernel.paths import number_of


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain_text(value)


def product(row: ProductRow) -> dict[str, Any]:
    """A product with its skus."""
    return {
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "status": row.status,
        "category_id": row.category_id,
        "category_path": row.category_path,
        "brand_id": row.brand_id,
        "brand_name": row.brand_name,
        "description": row.description,
        "image": row.image,
        "custom": row.custom,
        "version": row.version,
        "sort_key": row.sort_key,
        "skus": [sku(one) for one in row.skus],
    }


def sku(row: SkuRow) -> dict[str, Any]:
    """A sku with its units, largest first."""
    facts = row.facts
    return {
        "id": facts.id,
        "code": facts.code,
        "name": facts.name,
        "specification": facts.specification,
        "base_unit": facts.base_unit,
        "order_unit": facts.order_unit,
        "is_whole": facts.is_whole,
        "units": [asdict(unit) | {"order_step": plain_text(unit.order_step)} for unit in row.units],
        "tax_rate": plain_text(facts.tax_rate),
        "shelf_life_days": facts.shelf_life_days,
        "order_minimum": plain_text(facts.minimum),
        "order_multiple": plain_text(facts.multiple),
        "order_limit": _text(facts.order_limit),
        "period_limit": _text(facts.period_limit),
        "period_days": facts.period_days,
        "standard_cost": _text(row.standard_cost),
        "status": facts.status,
        "version": row.version,
    }


def scope_rules(rows: Sequence[ScopeRuleRow]) -> list[dict[str, Any]]:
    """Scope rules with the names of the organizations and skus they name, as far as the reader sees them."""
    ids = {number_of(path) for row in rows for path in row.draft.under_paths}
    ids.update(one for row in rows for one in row.draft.organization_ids)
    places = access.organizations_by_ids(ids)
    known = selectors.sku_index().by_id
    shown = []
    for row in rows:
        named = (*row.draft.organization_ids, *map(number_of, row.draft.under_paths))
        skus = {str(one): known[one].name for one in row.draft.sku_ids if one in known}
        organizations = {str(one): places[one].name for one in named if one in places}
        shown.append(
            {"id": row.id, "version": row.version, **asdict(row.draft)}
            | {"organizations": organizations, "skus": skus}
        )
    return shown


def scope_rule(row: ScopeRuleRow) -> dict[str, Any]:
    """A scope rule."""
    return scope_rules([row])[0]


def scope_draft(fields: dict[str, Any]) -> ScopeDraft:
    """A rule as it came in: lists become tuples, what is not part of the draft is left out."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in fields.items()
        if name in ScopeDraft.__dataclass_fields__
    }
    return ScopeDraft(**values)
