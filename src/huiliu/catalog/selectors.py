"""Reads of goods; sku facts and scope rules are cached per process and checked by one cheap read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from huiliu.access.types import Actor
from huiliu.catalog import rules
from huiliu.catalog.errors import CategoryUnknown, ProductNotVisible, SkuUnknown
from huiliu.catalog.models import Category, Product, ProductBrand, ScopeRule, Sku
from huiliu.catalog.rules import Buyer, ScopeBook
from huiliu.catalog.types import (
    BrandRow,
    CategoryRow,
    ProductFilters,
    ProductRow,
    ScopeDraft,
    ScopeEffect,
    ScopeRuleFacts,
    ScopeRuleRow,
    SkuFacts,
    SkuRow,
    UnitRow,
)
from huiliu.kernel.pinyin import search_words, sort_key
from huiliu.kernel.quantity import UnitFactor
from huiliu.platform.stamps import StampedCache

_SKUS = """
    SELECT s.id, s.code, s.name, s.specification, s.base_unit, s.is_whole, s.tax_rate, s.order_minimum, s.order_multiple,
           s.order_limit, s.period_limit, s.period_days, CASE WHEN p.status = 'ACTIVE' THEN s.status ELSE p.status END,
           p.id, p.category_id, c.path, p.brand_id, p.image, s.shelf_life_days
      FROM catalog_sku s JOIN catalog_product p ON p.id = s.product_id JOIN catalog_category c ON c.id = p.category_id
     WHERE %(products)s::bigint[] IS NULL OR p.id = ANY (%(products)s::bigint[])
     ORDER BY s.sort_key, s.id"""
_UNITS = (
    "SELECT sku_id, unit, numerator, denominator, barcode, barcode_repaired, order_step, is_order_unit"
    " FROM catalog_sku_unit WHERE %(products)s::bigint[] IS NULL"
    " OR sku_id IN (SELECT id FROM catalog_sku WHERE product_id = ANY (%(products)s::bigint[]))"
    " ORDER BY sku_id, id"
)


@dataclass(frozen=True, slots=True)
class SkuIndex:
    """Every sku by id, code, barcode and product."""

    by_id: dict[int, SkuFacts]
    by_code: dict[str, SkuFacts]
    by_barcode: dict[str, tuple[int, str]]  # the sku and the unit it names
    by_product: dict[int, tuple[SkuFacts, ...]]
    units: dict[int, tuple[UnitRow, ...]]  # largest first
    category_paths: dict[int, str]


_skus: StampedCache[str, SkuIndex] = StampedCache("catalog", size_max=1)
_rules: StampedCache[str, tuple[ScopeRuleFacts, ...]] = StampedCache("scope", size_max=1)
_book: tuple[SkuIndex, Sequence[ScopeRuleFacts], ScopeBook] | None = None


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


def within_categories(sku: SkuFacts, category_ids: Collection[int]) -> bool:
    """Whether the sku stands in one of these categories or below it: what a contract for product lines asks."""
    paths = sku_index().category_paths
    return rules.within_categories(sku, [paths[one] for one in category_ids if one in paths])


def sku_by_barcode(barcode: str) -> tuple[SkuFacts, str] | None:
    """The sku and the unit a scanned code names, or None. Raises: BarcodeInvalid."""
    index = sku_index()
    found = index.by_barcode.get(rules.check_barcode(barcode).code)
    return (index.by_id[found[0]], found[1]) if found else None


def scope_rules() -> Sequence[ScopeRuleFacts]:
    """Every rule of the sellable scope, whatever the reach: the seller's system decides."""
    return _rules.get("all", _load_rules) or ()


def scope_book() -> ScopeBook:
    """The rules in force over the goods as they are, from the process's cache."""
    global _book
    index, found = sku_index(), scope_rules()
    known = _book
    if known is None or known[0] is not index or known[1] is not found:
        known = _book = (index, found, rules.scope_book(found, index.by_id.values()))
    return known[2]


def sellable_ids(*, buyer: Buyer, ids: Collection[int] | None = None, on: date) -> frozenset[int]:
    """Which of `ids` (default: all active skus) the buyer may order on that day; deny by default."""
    found = scope_book().sellable_ids(buyer=buyer, on=on)
    return found if ids is None else found.intersection(ids)


def explain_scope(
    *, sku_id: int, buyer: Buyer, on: date
) -> tuple[bool, str, tuple[ScopeRuleFacts, ...], SkuFacts]:
    """Whether a buyer may order a sku and by which rules, whatever the reach; see `rules.explain_scope`.

    Raises: SkuUnknown.
    """
    sku = sku_facts([sku_id]).get(sku_id)
    if sku is None:
        raise SkuUnknown("There is no such sku.", field="sku_id", sku_id=sku_id)
    return (*rules.explain_scope(scope_rules(), sku=sku, buyer=buyer, on=on), sku)


def rule_names(ids: Collection[int]) -> dict[int, str]:
    """The names of scope rules by id; for staff."""
    return dict(ScopeRule.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def preview_scope(
    *, draft: ScopeRuleFacts | None, replaces_id: int | None, buyers: Iterable[Buyer], on: date
) -> list[ScopeEffect]:
    """Who gains and who loses what if `draft` (None: nothing) stood in place of the rule `replaces_id`."""
    before = scope_book()
    kept = [rule for rule in before.rules if rule.id != replaces_id]
    after = rules.scope_book([*kept, draft] if draft else kept, sku_index().by_id.values())
    return rules.scope_effects(before, after, buyers=buyers, on=on)


def scope_facts(draft: ScopeDraft) -> ScopeRuleFacts:
    """A draft as rules read it, categories as paths; its id 0 is no stored rule's. Raises: CategoryUnknown."""
    paths = dict(Category.objects.filter(pk__in=draft.category_ids).values_list("pk", "path"))
    if missing := sorted(set(draft.category_ids) - paths.keys()):
        raise CategoryUnknown("There is no such category.", field="category_ids", category_id=missing[0])
    return ScopeRuleFacts(
        id=0,
        is_allow=draft.is_allow,
        organization_ids=frozenset(draft.organization_ids),
        under_paths=draft.under_paths,
        tiers=frozenset(draft.tiers),
        tags=frozenset(draft.tags),
        channels=frozenset(draft.channels),
        kinds=frozenset(draft.kinds),
        sku_ids=frozenset(draft.sku_ids),
        category_paths=tuple(paths.values()),
        brand_ids=frozenset(draft.brand_ids),
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
    )


def list_scope_rules() -> list[ScopeRuleRow]:
    """The rules as staff wrote them, by id; partners have no right to read them."""
    return [scope_row(rule) for rule in ScopeRule.objects.order_by("id")]


def scope_row(rule: ScopeRule) -> ScopeRuleRow:
    """A stored rule as staff sees it."""
    return ScopeRuleRow(
        id=rule.pk,
        draft=ScopeDraft(
            name=rule.name,
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
            is_allow=rule.is_allow,
            organization_ids=tuple(rule.organization_ids),
            under_paths=tuple(rule.under_paths),
            tiers=tuple(rule.tiers),
            tags=tuple(rule.tags),
            channels=tuple(rule.channels),
            kinds=tuple(rule.kinds),
            sku_ids=tuple(rule.sku_ids),
            category_ids=tuple(rule.category_ids),
            brand_ids=tuple(rule.brand_ids),
        ),
        version=rule.version,
    )


def list_brands() -> list[BrandRow]:
    """All trade marks, by name."""
    rows = [BrandRow(row.pk, row.code, row.name, row.version) for row in ProductBrand.objects.order_by("id")]
    return sorted(rows, key=lambda row: (sort_key(row.name), row.id))


def list_categories() -> list[CategoryRow]:
    """The whole tree, parents before children, neighbors by position."""
    rows = [category_row(row) for row in Category.objects.order_by("position", "id")]
    children: dict[int | None, list[CategoryRow]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    ordered: list[CategoryRow] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting.extend(reversed(children.get(row.id, [])))
    return ordered


def category_row(row: Category) -> CategoryRow:
    """A stored category as people see it."""
    return CategoryRow(row.pk, row.code, row.name, row.parent_id, row.path, row.position, row.version)


def list_products(
    *, actor: Actor, filters: ProductFilters, after: tuple[str, int] | None = None, limit: int = 50
) -> list[ProductRow]:
    """Products by pinyin with their skus, at most `limit`, after the (sort key, id) of the last one seen.

    With `filters.sku_ids` only products that have such a sku, and of their skus only those.
    """
    query = _filtered(filters).select_related("category", "brand")
    if after is not None:
        key, product_id = after
        query = query.filter(Q(sort_key__gt=key) | Q(sort_key=key, id__gt=product_id), sort_key__gte=key)
    rows = list(query.order_by("sort_key", "id")[:limit])
    extras = _extras(rows, actor=actor)
    index = _index_of([row.pk for row in rows])
    return [_product_row(row, index=index, only=filters.sku_ids, extras=extras) for row in rows]


def get_product(*, actor: Actor, product_id: int, sku_ids: frozenset[int] | None = None) -> ProductRow:
    """One product; with `sku_ids` only if one of them is its own. Raises: ProductNotVisible."""
    filters = ProductFilters(sku_ids=sku_ids)
    row = _filtered(filters).select_related("category", "brand").filter(pk=product_id).first()
    if row is None:
        raise ProductNotVisible("There is no such product.", product_id=product_id)
    return _product_row(row, index=_index_of([row.pk]), only=sku_ids, extras=_extras([row], actor=actor))


def _filtered(filters: ProductFilters) -> QuerySet[Product]:
    query = Product.objects.all()
    if filters.status:
        query = query.filter(status=filters.status)
    if filters.brand_id:
        query = query.filter(brand_id=filters.brand_id)
    if filters.category_id:
        path = Category.objects.filter(pk=filters.category_id).values_list("path", flat=True).first()
        if path is None:
            return query.none()
        query = query.filter(Q(category__path=path) | Q(category__path__startswith=path + rules.SEPARATOR))
    for word in search_words(filters.text):
        skus = Sku.objects.filter(product=OuterRef("pk"), search_text__contains=word)
        query = query.filter(Q(search_text__contains=word) | Exists(skus))
    if filters.sku_ids is not None:
        known = sku_index().by_id
        products = sorted({known[sku_id].product_id for sku_id in filters.sku_ids if sku_id in known})
        # One array parameter, however wide the range; `id IN (...)` would be ten thousand.
        query = query.extra(where=["catalog_product.id = ANY(%s)"], params=[products])
    return query


def _extras(rows: Sequence[Product], *, actor: Actor) -> dict[int, tuple[int, Decimal | None]]:
    """Version and cost of the products' skus: only for who maintains goods or sees costs."""
    if not (actor.may("catalog:write") or actor.may("costs:read")):
        return {}
    sees_costs = actor.may("costs:read")
    skus = Sku.objects.filter(product_id__in=[row.pk for row in rows])
    return {
        sku_id: (version, cost if sees_costs else None)
        for sku_id, version, cost in skus.order_by("id").values_list("id", "version", "standard_cost")
    }


def _product_row(
    row: Product,
    *,
    index: SkuIndex,
    only: frozenset[int] | None,
    extras: dict[int, tuple[int, Decimal | None]],
) -> ProductRow:
    return ProductRow(
        id=row.pk,
        code=row.code,
        name=row.name,
        status=row.status,
        category_id=row.category_id,
        category_path=row.category.path,
        brand_id=row.brand_id,
        brand_name=row.brand.name if row.brand else "",
        description=row.description,
        image=row.image,
        custom=row.custom,
        version=row.version,
        sort_key=row.sort_key,
        skus=tuple(
            SkuRow(sku, index.units.get(sku.id, ()), *extras.get(sku.id, (0, None)))
            for sku in index.by_product.get(row.pk, ())
            if only is None or sku.id in only
        ),
    )


def _index_of(product_ids: Collection[int]) -> SkuIndex:
    """The cache where it is current, else only these products' skus: who writes one after the other would
    otherwise read all goods again after each.
    """
    return _skus.values().get("all") or _read_skus(sorted(product_ids))


def _load_skus(_: str) -> SkuIndex:
    return _read_skus(None)


def _read_skus(products: list[int] | None) -> SkuIndex:
    units: dict[int, list[UnitRow]] = {}
    barcodes: dict[str, tuple[int, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, {"products": products})
        for sku_id, *unit in cursor.fetchall():
            row = UnitRow(*unit)
            units.setdefault(sku_id, []).append(row)
            if row.barcode:
                barcodes[row.barcode] = (sku_id, row.unit)
        cursor.execute(_SKUS, {"products": products})
        facts = [_sku_facts(row, units.get(row[0], [])) for row in cursor.fetchall()]
        cursor.execute("SELECT id, path FROM catalog_category ORDER BY id")
        category_paths = dict(cursor.fetchall())
    by_product: dict[int, list[SkuFacts]] = {}
    for sku in facts:
        by_product.setdefault(sku.product_id, []).append(sku)
    return SkuIndex(
        {sku.id: sku for sku in facts},
        {sku.code: sku for sku in facts},
        barcodes,
        {product_id: tuple(skus) for product_id, skus in by_product.items()},
        {sku_id: tuple(sorted(rows, key=_size, reverse=True)) for sku_id, rows in units.items()},
        category_paths,
    )


def _size(unit: UnitRow) -> Fraction:
    return Fraction(unit.numerator, unit.denominator)


def _sku_facts(row: tuple[Any, ...], units: list[UnitRow]) -> SkuFacts:
    base = row[4]
    own = [UnitFactor(unit.unit, unit.numerator, unit.denominator) for unit in units if unit.unit != base]
    own.sort(key=lambda factor: factor.size, reverse=True)
    return SkuFacts(
        id=row[0],
        code=row[1],
        name=row[2],
        specification=row[3],
        base_unit=base,
        is_whole=row[5],
        units=(*own, UnitFactor(base, 1)),
        order_unit=next((unit.unit for unit in units if unit.is_order_unit), base),
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
        unit_steps=tuple((unit.unit, unit.order_step) for unit in units if unit.order_step > 0),
    )


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
