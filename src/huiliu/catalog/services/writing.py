"""What an intake of goods writes: a few statements however many they are."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.db import IntegrityError, models, transaction

from huiliu.access.types import Actor
from huiliu.catalog.errors import BarcodeTaken, CodeTaken
from huiliu.catalog.models import Product, Sku, SkuUnit
from huiliu.catalog.services.telling import told
from huiliu.catalog.types import Barcode, UnitDraft
from huiliu.kernel.money import plain_text
from huiliu.platform import audit, events, stamps

_Row = TypeVar("_Row", Product, Sku, SkuUnit)

PRODUCT_FIELDS: Final = ("name", "category_id", "brand_id", "description", "image", "custom", "status")
SKU_FIELDS: Final = (
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
_ALSO: Final = ("sort_key", "search_text", "version", "updated_at")
_UNIT_COLUMNS: Final = (
    "numerator",
    "denominator",
    "barcode",
    "barcode_repaired",
    "order_step",
    "is_order_unit",
)


@dataclass(slots=True)
class Goods:
    """A sku with its units, the oldest first; its product goes by its code, for it may be made with it."""

    sku: Sku
    units: list[SkuUnit]
    product_code: str
    has_new_units: bool = False

    def copy(self) -> Goods:
        """Rows of their own, that may be changed."""
        return Goods(
            copy.copy(self.sku), list(map(copy.copy, self.units)), self.product_code, self.has_new_units
        )

    def put_units(self, wanted: Sequence[tuple[UnitDraft, Barcode]]) -> None:
        """These instead of those that are there; one of the same name stays the same row."""
        there = {one.unit: one for one in self.units}
        rows = []
        for unit, barcode in wanted:
            row = there.get(unit.unit) or SkuUnit(unit=unit.unit)
            row.numerator, row.denominator = unit.numerator, unit.denominator
            row.barcode, row.barcode_repaired = barcode.code, barcode.is_repaired
            row.order_step, row.is_order_unit = unit.order_step, unit.is_order_unit
            rows.append(row)
        stored = sorted((row for row in rows if row.pk), key=lambda row: row.pk)
        self.units = [*stored, *(row for row in rows if not row.pk)]
        self.has_new_units = True


@dataclass(frozen=True, slots=True)
class Happened:
    """What is told of one change; of an update only what differs."""

    subject: str
    code: str
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any]

    def parts(self) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        before, after = self.before, self.after
        if before is None:
            return None, after
        after = {name: value for name, value in after.items() if before.get(name) != value}
        return {name: value for name, value in before.items() if name in after}, after


def values(row: Product | Sku, fields: Sequence[str]) -> dict[str, Any]:
    """The fields as the audit trail keeps them."""
    found = {name: getattr(row, name) for name in fields}
    return {name: plain_text(value) if isinstance(value, Decimal) else value for name, value in found.items()}


def units_text(units: Iterable[SkuUnit]) -> list[str]:
    """Units as the audit trail keeps them."""
    return [f"{row.unit}={row.numerator}/{row.denominator}" for row in units]


def write_goods(
    products: Mapping[str, Product],
    skus: Mapping[str, Goods],
    happened: Sequence[Happened],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Products, skus, units; then what happened, in its order. All by code.

    Raises: CodeTaken, BarcodeTaken.
    """
    new_products, known_products = _parted(products.values())
    _insert(Product, new_products)
    _update(Product, known_products, (*PRODUCT_FIELDS, *_ALSO))
    for goods in skus.values():
        if goods.product_code in products:
            goods.sku.product_id = products[goods.product_code].pk
    new_skus, known_skus = _parted(goods.sku for goods in skus.values())
    known_ids = [one.pk for one in known_skus]
    _insert(Sku, new_skus)
    _update(Sku, known_skus, (*SKU_FIELDS, *_ALSO))
    _write_units([one for one in skus.values() if one.has_new_units], known_ids)
    ids = {("product", code): one.pk for code, one in products.items()}
    ids |= {("sku", code): one.sku.pk for code, one in skus.items()}
    _tell(happened, ids, actor=actor, now=now)
    stamps.forget()


def _write_units(changed: Sequence[Goods], known_ids: Sequence[int]) -> None:
    """Barcodes are freed before they are given again: two units may swap theirs."""
    for goods in changed:
        for unit in goods.units:
            unit.sku_id = goods.sku.pk
    new, kept = _parted(unit for goods in changed for unit in goods.units)
    stored = SkuUnit.objects.filter(sku__in={one.sku.pk for one in changed}.intersection(known_ids))
    try:
        with transaction.atomic():
            stored.exclude(pk__in=[unit.pk for unit in kept]).delete()
            stored.exclude(barcode="").update(barcode="")
            _update(SkuUnit, kept, _UNIT_COLUMNS)
            SkuUnit.objects.bulk_create(new)
    except IntegrityError as taken:
        raise BarcodeTaken("One of the barcodes is in use.", field="units") from taken


def _parted(rows: Iterable[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Those that are yet to be inserted, and those that are stored."""
    found = list(rows)
    return [one for one in found if not one.pk], [one for one in found if one.pk]


def _insert(model: type[Product] | type[Sku], rows: Sequence[Product] | Sequence[Sku]) -> None:
    """A code may have been taken a moment ago. Raises: CodeTaken."""
    try:
        with transaction.atomic():
            model.objects.bulk_create(rows)  # type: ignore[arg-type]
    except IntegrityError as taken:
        code = rows[0].code if len(rows) == 1 else ""
        raise CodeTaken(f"{code or 'A code'} is in use.", field="code", code=code) from taken


def _update(model: type[models.Model], rows: Sequence[models.Model], fields: Iterable[str]) -> None:
    """Rows that are stored and locked, all in one statement."""
    model._default_manager.bulk_create(  # noqa: SLF001 - Django's own name for any model's manager
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[name.removesuffix("_id") for name in fields],
    )


def _tell(
    happened: Sequence[Happened], ids: Mapping[tuple[str, str], int], *, actor: Actor, now: datetime
) -> None:
    """Each change an event and an audit row, in their order."""
    pairs = []
    for one in happened:
        before, after = one.parts()
        pairs.append(
            told(
                actor=actor,
                subject=one.subject,
                subject_id=ids[one.subject, one.code],
                action=one.action,
                before=before,
                after=after,
                now=now,
            )
        )
    events.publish_all([event for event, _ in pairs])
    audit.record_all([record for _, record in pairs])
