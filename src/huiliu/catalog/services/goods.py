"""Products and skus with their units and barcodes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from huiliu.access.types import Actor
from huiliu.catalog import rules, selectors
from huiliu.catalog.errors import (
    BarcodeTaken,
    BaseUnitFixed,
    BrandUnknown,
    CategoryUnknown,
    ProductNotVisible,
    SkuUnknown,
)
from huiliu.catalog.models import Category, Product, ProductBrand, Sku, SkuUnit
from huiliu.catalog.services.telling import check_version, checked_code, checked_name, insert, tell
from huiliu.catalog.types import Barcode, GoodsStatus, ProductDraft, ProductRow, SkuDraft, UnitDraft
from huiliu.kernel.money import plain_text
from huiliu.kernel.pinyin import search_text, sort_key
from huiliu.kernel.refusals import Refusals
from huiliu.kernel.text import normalise
from huiliu.platform import custom_fields

PRODUCT_FIELDS = ("name", "category_id", "brand_id", "description", "image", "custom", "status")
SKU_FIELDS = (
    "name",
    "specification",
    "base_unit",
    "is_whole",
    "tax_rate",
    "shelf_life_days",
    "order_minimum",
    "order_multiple",
    "order_limit",
    "period_limit",
    "period_days",
    "standard_cost",
    "status",
)


def create_product(*, actor: Actor, code: str, draft: ProductDraft, now: datetime) -> ProductRow:
    """A new product, without skus yet. Raises: CodeTaken, SeveralRefused (of the fields)."""
    taken = Product.objects.filter(code=normalise(code)).exists()
    product = Product(code=checked_code(code, taken=taken), created_at=now, updated_at=now)
    _write_product(product, draft)
    insert(product)
    _tell_product(product, actor=actor, action="created", before=None, now=now)
    return selectors.get_product(actor=actor, product_id=product.pk)


def update_product(
    *, actor: Actor, product_id: int, version: int, draft: ProductDraft, now: datetime
) -> ProductRow:
    """Replace a product's master data. Locks: its row. Raises: ProductNotVisible, Stale, SeveralRefused."""
    product = _lock_product(product_id)
    check_version(product.version, version)
    before = _values(product, PRODUCT_FIELDS)
    _write_product(product, draft)
    _save(product, now=now)
    _tell_product(product, actor=actor, action="updated", before=before, now=now)
    return selectors.get_product(actor=actor, product_id=product.pk)


def set_product_status(
    *, actor: Actor, product_id: int, version: int, status: GoodsStatus, now: datetime
) -> ProductRow:
    """Stop a product with all its skus, or sell it again. Locks: its row. Raises: ProductNotVisible, Stale."""
    product = _lock_product(product_id)
    check_version(product.version, version)
    before = _values(product, PRODUCT_FIELDS)
    product.status = status.value
    _save(product, now=now)
    _tell_product(product, actor=actor, action="status_changed", before=before, now=now)
    return selectors.get_product(actor=actor, product_id=product.pk)


def create_sku(*, actor: Actor, product_id: int, code: str, draft: SkuDraft, now: datetime) -> ProductRow:
    """A new sku of a product, with its units.

    Locks:  the product's row.
    Raises: ProductNotVisible, CodeTaken, BarcodeTaken, SeveralRefused (of the fields).
    """
    product = _lock_product(product_id)
    taken = Sku.objects.filter(code=normalise(code)).exists()
    sku = Sku(product=product, code=checked_code(code, taken=taken), created_at=now, updated_at=now)
    units = _write_sku(sku, draft)
    insert(sku)
    _write_units(sku, units)
    _tell_sku(sku, actor=actor, action="created", before=None, now=now)
    return selectors.get_product(actor=actor, product_id=product.pk)


def update_sku(*, actor: Actor, sku_id: int, version: int, draft: SkuDraft, now: datetime) -> ProductRow:
    """Replace a sku and its units; the base unit stays. Documents keep the factors of their day.

    Locks:  its row.
    Raises: SkuUnknown, Stale, BaseUnitFixed, BarcodeTaken, SeveralRefused (of the fields).
    """
    sku = _lock_sku(sku_id)
    check_version(sku.version, version)
    if normalise(draft.base_unit) != sku.base_unit:
        raise BaseUnitFixed(f"The base unit is {sku.base_unit}.", field="base_unit", base_unit=sku.base_unit)
    before = _values(sku, SKU_FIELDS)
    if not actor.may("costs:read"):  # who does not see the cost cannot mean to take it away
        draft = replace(draft, standard_cost=sku.standard_cost)
    units = _write_sku(sku, draft)
    _write_units(sku, units)
    _save(sku, now=now)
    _tell_sku(sku, actor=actor, action="updated", before=before, now=now)
    return selectors.get_product(actor=actor, product_id=sku.product_id)


def set_sku_status(
    *, actor: Actor, sku_id: int, version: int, status: GoodsStatus, now: datetime
) -> ProductRow:
    """Stop a sku, or sell it again. Locks: its row. Raises: SkuUnknown, Stale."""
    sku = _lock_sku(sku_id)
    check_version(sku.version, version)
    before = _values(sku, SKU_FIELDS)
    sku.status = status.value
    _save(sku, now=now)
    _tell_sku(sku, actor=actor, action="status_changed", before=before, now=now)
    return selectors.get_product(actor=actor, product_id=sku.product_id)


def _write_product(product: Product, draft: ProductDraft) -> None:
    refusals = Refusals()
    with refusals.collecting():
        product.name = checked_name(draft.name)
    with refusals.collecting():
        product.image = rules.check_image(draft.image)
    with refusals.collecting():
        if not Category.objects.filter(pk=draft.category_id).exists():
            raise CategoryUnknown("There is no such category.", field="category_id")
    with refusals.collecting():
        if draft.brand_id is not None and not ProductBrand.objects.filter(pk=draft.brand_id).exists():
            raise BrandUnknown("There is no such brand.", field="brand_id")
    with refusals.collecting():
        product.custom = custom_fields.validate("product", draft.custom, before=product.custom)
    refusals.raise_if_any()
    product.category_id, product.brand_id = draft.category_id, draft.brand_id
    product.description = normalise(draft.description)
    product.sort_key = sort_key(product.name)
    product.search_text = search_text(product.code, product.name)


def _write_sku(sku: Sku, draft: SkuDraft) -> list[tuple[UnitDraft, Barcode]]:
    """Everything right, or all that is wrong at once; returns the units with their checked barcodes."""
    refusals = Refusals()
    base_unit, units = normalise(draft.base_unit), tuple[UnitDraft, ...]()
    with refusals.collecting():
        sku.name = checked_name(draft.name)
    with refusals.collecting():
        sku.tax_rate = rules.check_tax_rate(draft.tax_rate)
    with refusals.collecting():
        rules.check_limits(draft)
    with refusals.collecting():
        units = rules.check_units(draft.units, base_unit=base_unit, is_whole=draft.is_whole)
    checked = []
    for position, unit in enumerate(units):
        with refusals.collecting():
            barcode = Barcode("", is_repaired=False)
            if unit.barcode.strip():
                barcode = rules.check_barcode(unit.barcode, field=f"units.{position}.barcode")
            checked.append((unit, barcode))
    with refusals.collecting():
        _check_barcodes_free(sku, [barcode.code for _, barcode in checked])
    refusals.raise_if_any()
    for name in SKU_FIELDS:
        if name not in ("name", "status", "tax_rate"):
            setattr(sku, name, getattr(draft, name))
    sku.base_unit, sku.specification = base_unit, normalise(draft.specification)
    sku.sort_key = sort_key(sku.name)
    barcodes = " ".join(barcode.code for _, barcode in checked if barcode.code)
    sku.search_text = f"{search_text(sku.code, sku.name, sku.specification)} {barcodes}".strip()
    return checked


def _check_barcodes_free(sku: Sku, codes: list[str]) -> None:
    given = [code for code in codes if code]
    taken = (
        SkuUnit.objects.filter(barcode__in=given)
        .exclude(sku_id=sku.pk)
        .select_related("sku")
        .order_by("barcode")
        .first()
    )
    if taken is not None:
        raise BarcodeTaken(
            f"{taken.barcode} is {taken.sku.name}, {taken.unit}.",
            field="units",
            barcode=taken.barcode,
            sku_id=taken.sku_id,
            sku_code=taken.sku.code,
        )
    if twice := next((code for code in given if given.count(code) > 1), None):
        raise BarcodeTaken(f"{twice} stands on two units.", field="units", barcode=twice)


def _write_units(sku: Sku, units: list[tuple[UnitDraft, Barcode]]) -> None:
    """The stored units become these. Raises: BarcodeTaken, when another sku took a barcode a moment ago."""
    try:
        with transaction.atomic():
            _replace_units(sku, units)
    except IntegrityError as taken:
        raise BarcodeTaken("One of the barcodes is in use.", field="units") from taken


def _replace_units(sku: Sku, units: list[tuple[UnitDraft, Barcode]]) -> None:
    """Barcodes are freed before they are given again: two units may swap theirs."""
    stored = {row.unit: row for row in sku.units.select_for_update().order_by("id")}
    sku.units.exclude(unit__in=[unit.unit for unit, _ in units]).delete()
    sku.units.update(barcode="")
    for unit, barcode in units:
        row = stored.get(unit.unit) or SkuUnit(sku=sku, unit=unit.unit)
        row.numerator, row.denominator = unit.numerator, unit.denominator
        row.barcode, row.barcode_repaired = barcode.code, barcode.is_repaired
        row.order_step, row.is_order_unit = unit.order_step, unit.is_order_unit
        row.save()


def _lock_product(product_id: int) -> Product:
    product = Product.objects.select_for_update().filter(pk=product_id).first()
    if product is None:
        raise ProductNotVisible("There is no such product.", product_id=product_id)
    return product


def _lock_sku(sku_id: int) -> Sku:
    sku = Sku.objects.select_for_update().filter(pk=sku_id).first()
    if sku is None:
        raise SkuUnknown("There are no such goods.", sku_id=sku_id)
    return sku


def _save(row: Product | Sku, *, now: datetime) -> None:
    row.version += 1
    row.updated_at = now
    row.save(force_update=True)


def _values(row: Product | Sku, fields: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in fields}
    return {
        name: plain_text(value) if isinstance(value, Decimal) else value for name, value in values.items()
    }


def _tell_product(
    product: Product, *, actor: Actor, action: str, before: dict[str, Any] | None, now: datetime
) -> None:
    _tell(product.pk, "product", _values(product, PRODUCT_FIELDS), actor, action, before, now)


def _tell_sku(sku: Sku, *, actor: Actor, action: str, before: dict[str, Any] | None, now: datetime) -> None:
    after = _values(sku, SKU_FIELDS)
    after["units"] = [f"{row.unit}={row.numerator}/{row.denominator}" for row in sku.units.order_by("id")]
    _tell(sku.pk, "sku", after, actor, action, before, now)


def _tell(
    subject_id: int,
    subject: str,
    after: dict[str, Any],
    actor: Actor,
    action: str,
    before: dict[str, Any] | None,
    now: datetime,
) -> None:
    """Of an update only what changed."""
    if before is not None:
        after = {name: value for name, value in after.items() if before.get(name) != value}
        before = {name: value for name, value in before.items() if name in after}
    tell(
        actor=actor,
        subject=subject,
        subject_id=subject_id,
        action=action,
        before=before,
        after=after,
        now=now,
    )
