"""Goods taken in together: read at once, judged one after the other, written at once.

Each is judged as if what was taken before it were written already, so that many leave what one by one would leave.
Products and skus go by their codes here, for what is yet to be written has no id.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from huiliu.access.types import Actor
from huiliu.catalog import rules
from huiliu.catalog.errors import (
    BarcodeTaken,
    BaseUnitFixed,
    BrandUnknown,
    CategoryUnknown,
    ProductNotVisible,
    SkuUnknown,
)
from huiliu.catalog.models import Category, Product, ProductBrand, Sku, SkuUnit
from huiliu.catalog.services.telling import checked_code, checked_name
from huiliu.catalog.services.writing import (
    PRODUCT_FIELDS,
    SKU_FIELDS,
    Goods,
    Happened,
    units_text,
    values,
    write_goods,
)
from huiliu.catalog.types import Barcode, GoodsStatus, KnownSku, ProductDraft, SkuDraft, UnitDraft
from huiliu.kernel.lookups import Lookup
from huiliu.kernel.pinyin import search_text, sort_key
from huiliu.kernel.refusals import Refusals
from huiliu.kernel.text import normalise
from huiliu.platform import custom_fields


class GoodsIntake:
    """One batch: `expect` what will be asked for, take the changes one by one, then `write` them all."""

    def __init__(self, *, actor: Actor, now: datetime) -> None:
        self.actor, self.now = actor, now
        self._stored_products = Lookup(_products)
        self._stored_skus = Lookup(_skus)
        self._categories = Lookup[int, bool](lambda ids: _existing(Category, ids))
        self._brands = Lookup[int, bool](lambda ids: _existing(ProductBrand, ids))
        self._barcodes = Lookup(_holders)
        self._products: dict[str, Product] = {}  # as they will be
        self._skus: dict[str, Goods] = {}
        self._happened: list[Happened] = []
        self._undo: list[tuple[dict[str, Any], str, Any]] = []

    # What there is

    def expect(
        self,
        *,
        sku_codes: Sequence[str],
        product_codes: Iterable[str] = (),
        barcodes: Iterable[str] = (),
        category_ids: Iterable[int] = (),
        brand_ids: Iterable[int] = (),
    ) -> None:
        """Read at once what the changes will ask for; what is wrong with it, they will say.

        Locks:  the products' rows, then the skus', each in the order of their ids.
        """
        owners = Sku.objects.filter(code__in=sku_codes).values_list("product__code", flat=True)
        self._stored_products.expect([*owners, *product_codes])
        self._stored_skus.expect(sku_codes)
        self._barcodes.expect(barcodes)
        self._categories.expect(category_ids)
        self._brands.expect(brand_ids)

    def lock_product(self, product_id: int) -> Product:
        """Raises: ProductNotVisible."""
        product = Product.objects.select_for_update().filter(pk=product_id).first()
        if product is None:
            raise ProductNotVisible("There is no such product.", product_id=product_id)
        self._stored_products.put(product.code, product)
        return product

    def lock_sku(self, sku_id: int) -> Sku:
        """Raises: SkuUnknown."""
        sku = Sku.objects.select_for_update(of=("self",)).select_related("product").filter(pk=sku_id).first()
        if sku is None:
            raise SkuUnknown("There are no such goods.", sku_id=sku_id)
        self._stored_skus.put(sku.code, Goods(sku, list(sku.units.order_by("id")), sku.product.code))
        return sku

    def product(self, code: str) -> ProductDraft | None:
        """The draft that would write what there is of a product, after what was taken; None without one."""
        found = self._product(code)
        if found is None:
            return None
        return ProductDraft(
            found.name,
            found.category_id,
            found.brand_id,
            found.description,
            found.image,
            found.custom,
        )

    def sku(self, code: str) -> KnownSku | None:
        """A sku as its reader may see it, after what was taken; None without one."""
        found = self._sku(code)
        if found is None:
            return None
        product = self._product(found.product_code)
        stopped = product is not None and product.status != GoodsStatus.ACTIVE.value
        status = product.status if product is not None and stopped else found.sku.status
        return KnownSku(code, found.sku.name, found.product_code, status, self._draft_of(found))

    def product_id(self, code: str) -> int:
        """The id of a product that is written."""
        product = self._product(code)
        assert product is not None  # noqa: S101 - who asks was told of it
        return int(product.pk)

    def _draft_of(self, goods: Goods) -> SkuDraft:
        sku = goods.sku
        units = sorted(goods.units, key=lambda one: Fraction(one.numerator, one.denominator), reverse=True)
        return SkuDraft(
            name=sku.name,
            base_unit=sku.base_unit,
            units=tuple(
                UnitDraft(
                    one.unit, one.numerator, one.denominator, one.barcode, one.order_step, one.is_order_unit
                )
                for one in units
            ),
            specification=sku.specification,
            is_whole=sku.is_whole,
            tax_rate=sku.tax_rate,
            shelf_life_days=sku.shelf_life_days,
            order_minimum=sku.order_minimum,
            order_multiple=sku.order_multiple,
            order_limit=sku.order_limit,
            period_limit=sku.period_limit,
            period_days=sku.period_days,
            standard_cost=sku.standard_cost if self.actor.may("costs:read") else None,
        )

    def _product(self, code: str) -> Product | None:
        return self._products.get(code) or self._stored_products.get(code)

    def _sku(self, code: str) -> Goods | None:
        return self._skus.get(code) or self._stored_skus.get(code)

    # What is taken

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """What the block takes counts as a whole: a refusal takes all of it back."""
        self._undo, told = [], len(self._happened)
        try:
            yield
        except BaseException:
            for where, code, before in reversed(self._undo):
                if before is None:
                    del where[code]
                else:
                    where[code] = before
            del self._happened[told:]
            raise

    def create_product(self, code: str, draft: ProductDraft) -> str:
        """A new product, without skus yet; answers its code as it is written. Raises: CodeTaken, SeveralRefused."""
        wanted = checked_code(code, taken=self._product(normalise(code)) is not None)
        product = Product(code=wanted, created_at=self.now, updated_at=self.now)
        self._write_product(product, draft)
        self._keep_product(product, action="created", before=None)
        return wanted

    def update_product(self, code: str, draft: ProductDraft) -> None:
        """Replace a product's master data. Raises: ProductNotVisible, SeveralRefused."""
        product = self._changing_product(code)
        before = values(product, PRODUCT_FIELDS)
        self._write_product(product, draft)
        self._keep_product(product, action="updated", before=before)

    def set_product_status(self, code: str, status: GoodsStatus) -> None:
        """Stop a product, or sell it again. Raises: ProductNotVisible."""
        product = self._changing_product(code)
        before = values(product, PRODUCT_FIELDS)
        product.status = status.value
        self._keep_product(product, action="status_changed", before=before)

    def create_sku(self, product_code: str, code: str, draft: SkuDraft) -> str:
        """A new sku of a product, with its units; answers its code as it is written.

        Raises: ProductNotVisible, CodeTaken, BarcodeTaken, SeveralRefused (of the fields).
        """
        product = self._product(product_code)
        if product is None:
            raise ProductNotVisible("There is no such product.", code=product_code)
        wanted = checked_code(code, taken=self._sku(normalise(code)) is not None)
        sku = Sku(product_id=product.pk, code=wanted, created_at=self.now, updated_at=self.now)
        goods = Goods(sku, [], product_code)
        self._write_sku(goods, draft)
        self._keep_sku(goods, action="created", before=None)
        return wanted

    def update_sku(self, code: str, draft: SkuDraft) -> None:
        """Replace a sku and its units; the base unit stays.

        Raises: SkuUnknown, BaseUnitFixed, BarcodeTaken, SeveralRefused (of the fields).
        """
        goods = self._changing_sku(code)
        sku = goods.sku
        if normalise(draft.base_unit) != sku.base_unit:
            raise BaseUnitFixed(
                f"The base unit is {sku.base_unit}.", field="base_unit", base_unit=sku.base_unit
            )
        before = values(sku, SKU_FIELDS)
        if not self.actor.may("costs:read"):  # who does not see the cost cannot mean to take it away
            draft = replace(draft, standard_cost=sku.standard_cost)
        self._write_sku(goods, draft)
        self._keep_sku(goods, action="updated", before=before)

    def set_sku_status(self, code: str, status: GoodsStatus) -> None:
        """Stop a sku, or sell it again. Raises: SkuUnknown."""
        goods = self._changing_sku(code)
        before = values(goods.sku, SKU_FIELDS)
        goods.sku.status = status.value
        self._keep_sku(goods, action="status_changed", before=before)

    def write(self) -> None:
        """Write all that was taken, in a few statements, and tell of each in the order in which it was taken.

        Raises: CodeTaken, BarcodeTaken, when somebody else took one a moment ago; then nothing of it may stand.
        """
        if self._happened:
            write_goods(self._products, self._skus, self._happened, actor=self.actor, now=self.now)

    def _changing_product(self, code: str) -> Product:
        found = self._product(code)
        if found is None:
            raise ProductNotVisible("There is no such product.", code=code)
        product = copy.copy(found)
        product.version += 1
        product.updated_at = self.now
        return product

    def _changing_sku(self, code: str) -> Goods:
        found = self._sku(code)
        if found is None:
            raise SkuUnknown("There are no such goods.", code=code)
        goods = found.copy()
        goods.sku.version += 1
        goods.sku.updated_at = self.now
        return goods

    def _keep_product(self, product: Product, *, action: str, before: dict[str, Any] | None) -> None:
        self._put(self._products, product.code, product)
        after = values(product, PRODUCT_FIELDS)
        self._happened.append(Happened("product", product.code, action, before, after))

    def _keep_sku(self, goods: Goods, *, action: str, before: dict[str, Any] | None) -> None:
        self._put(self._skus, goods.sku.code, goods)
        after = values(goods.sku, SKU_FIELDS) | {"units": units_text(goods.units)}
        self._happened.append(Happened("sku", goods.sku.code, action, before, after))

    def _put(self, where: dict[str, Any], code: str, value: Any) -> None:
        self._undo.append((where, code, where.get(code)))
        where[code] = value

    def _write_product(self, product: Product, draft: ProductDraft) -> None:
        refusals = Refusals()
        with refusals.collecting():
            product.name = checked_name(draft.name)
        with refusals.collecting():
            product.image = rules.check_image(draft.image)
        with refusals.collecting():
            if not self._categories.get(draft.category_id):
                raise CategoryUnknown("There is no such category.", field="category_id")
        with refusals.collecting():
            if draft.brand_id is not None and not self._brands.get(draft.brand_id):
                raise BrandUnknown("There is no such brand.", field="brand_id")
        with refusals.collecting():
            product.custom = custom_fields.validate("product", draft.custom, before=product.custom)
        refusals.raise_if_any()
        product.category_id, product.brand_id = draft.category_id, draft.brand_id
        product.description = normalise(draft.description)
        product.sort_key = sort_key(product.name)
        product.search_text = search_text(product.code, product.name)

    def _write_sku(self, goods: Goods, draft: SkuDraft) -> None:
        """Everything right, or all that is wrong at once."""
        sku = goods.sku
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
            _check_barcodes_free(self, sku, [barcode.code for _, barcode in checked])
        refusals.raise_if_any()
        for name in SKU_FIELDS:
            if name not in ("name", "status", "tax_rate"):
                setattr(sku, name, getattr(draft, name))
        sku.base_unit, sku.specification = base_unit, normalise(draft.specification)
        sku.sort_key = sort_key(sku.name)
        barcodes = " ".join(barcode.code for _, barcode in checked if barcode.code)
        sku.search_text = f"{search_text(sku.code, sku.name, sku.specification)} {barcodes}".strip()
        goods.put_units(checked)

    def holder(self, barcodes: Sequence[str], *, but: str) -> tuple[SkuUnit, Sku] | None:
        """The first unit of another sku with one of these barcodes: those taken as they will be, others as stored."""
        self._barcodes.expect(barcodes)
        stored = [one for code in barcodes if (one := self._barcodes.get(code)) is not None]
        held = [(one, one.sku) for one in stored if one.sku.code not in self._skus and one.sku.code != but]
        for code, goods in self._skus.items():
            if code != but:
                held += [(one, goods.sku) for one in goods.units if one.barcode in barcodes]
        return min(held, key=lambda one: one[0].barcode, default=None)


def _check_barcodes_free(intake: GoodsIntake, sku: Sku, codes: list[str]) -> None:
    given = [code for code in codes if code]
    taken = intake.holder(given, but=sku.code)
    if taken is not None:
        unit, other = taken
        raise BarcodeTaken(
            f"{unit.barcode} is {other.name}, {unit.unit}.",
            field="units",
            barcode=unit.barcode,
            sku_id=other.pk,
            sku_code=other.code,
        )
    if twice := next((code for code in given if given.count(code) > 1), None):
        raise BarcodeTaken(f"{twice} stands on two units.", field="units", barcode=twice)


def _products(codes: list[str]) -> dict[str, Product]:
    rows = Product.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("id")
    return {one.code: one for one in rows}


def _skus(codes: list[str]) -> dict[str, Goods]:
    rows = Sku.objects.select_for_update(no_key=True, of=("self",)).select_related("product")
    found = {one.pk: Goods(one, [], one.product.code) for one in rows.filter(code__in=codes).order_by("id")}
    for unit in SkuUnit.objects.filter(sku__in=found).order_by("id"):
        found[unit.sku_id].units.append(unit)
    return {one.sku.code: one for one in found.values()}


def _existing(model: type[Category | ProductBrand], ids: list[int]) -> dict[int, bool]:
    return dict.fromkeys(model.objects.filter(pk__in=ids).values_list("pk", flat=True), True)


def _holders(barcodes: list[str]) -> dict[str, SkuUnit]:
    rows = SkuUnit.objects.filter(barcode__in=barcodes).select_related("sku")
    return {one.barcode: one for one in rows}
