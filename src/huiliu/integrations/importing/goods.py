"""Products and skus with units and barcodes: one row a sku, by its code."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from huiliu.catalog import selectors
from huiliu.catalog import services as catalog
from huiliu.catalog.errors import BrandUnknown, CategoryUnknown
from huiliu.catalog.rules import SEPARATOR, check_barcode
from huiliu.catalog.types import GoodsStatus, ProductDraft, ProductRow, SkuDraft, SkuRow, UnitDraft
from huiliu.integrations.errors import CellEmpty, CellUnreadable, OptionMissing, RowExists, RowMissing
from huiliu.integrations.importing import own_fields
from huiliu.integrations.importing.naming import named
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode, Option
from huiliu.kernel.text import normalise
from huiliu.platform.errors import ScopeMissing

_UNITS = (("unit2", "factor2", "barcode2"), ("unit3", "factor3", "barcode3"))


class GoodsApplier:
    """One import of goods."""

    batch = 1

    def __init__(self, context: Context) -> None:
        self.context = context
        said = context.options.get("create_categories", "no")
        if said not in ("yes", "no"):
            raise OptionMissing("Say yes or no.", field="options.create_categories")
        self.creates = said == "yes"
        #: What was found once; what a row makes is not kept, for the row may be rolled back.
        self.categories: dict[str, int] = {}
        self.brands: dict[str, int] = {}

    def unit_of(self, row: ImportRow) -> Hashable | None:  # noqa: ARG002 - each row is a sku of its own
        return None

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done]:
        with named(own_fields.cells_of("skus")):
            return [self._row(row) for row in rows]

    def _row(self, row: ImportRow) -> Done:
        actor = self.context.actor
        if row.has("standard_cost") and not actor.may("costs:read"):
            raise ScopeMissing(
                "Costs are for roles that see them.", field="standard_cost", scope="costs:read"
            )
        known = selectors.find_sku(normalise(row.text("code")))
        if known is None:
            return self._create(row)
        sku_id, product_id = known
        product = selectors.get_product(actor=actor, product_id=product_id)
        sku = next(one for one in product.skus if one.facts.id == sku_id)
        changed = self._update_product(row, product)
        changed = self._update_sku(row, sku) or changed
        changed = self._set_status(row, sku) or changed
        if changed and self.context.mode is Mode.INSERT:
            raise RowExists(f"{sku.facts.code} is {sku.facts.name}.", field="code")
        return Done.UPDATED if changed else Done.UNCHANGED

    def _create(self, row: ImportRow) -> Done:
        actor, now, code = self.context.actor, self.context.now, normalise(row.text("code"))
        if self.context.mode is Mode.UPDATE:
            raise RowMissing("There are no goods of this code.", field="code", given=code)
        product, base_unit = self._product(row), self._base_unit(row)
        if not base_unit or not (product or row.text("category")):
            raise CellEmpty("New goods need it.", field="category" if base_unit else "base_unit")
        if product is None:
            product = catalog.create_product(
                actor=actor,
                code=row.text("product_code") or code,
                draft=ProductDraft(
                    name=row.text("product_name") or row.text("name"),
                    category_id=self._category(row),
                    brand_id=self._brand(row, None),
                    custom=own_fields.values_of(row, "skus", {}),
                    description=row.text("description"),
                ),
                now=now,
            )
        draft = self._draft(row, SkuDraft(name="", base_unit=base_unit))
        product = catalog.create_sku(actor=actor, product_id=product.id, code=code, draft=draft, now=now)
        self._set_status(row, next(one for one in product.skus if one.facts.code == code))
        return Done.INSERTED

    def _base_unit(self, row: ImportRow) -> str:
        return normalise(row.text("base_unit") or self.context.options.get("base_unit", ""))

    def _product(self, row: ImportRow) -> ProductRow | None:
        """The product that a new sku joins, by the code of any sku of it or its own."""
        code = normalise(row.text("product_code") or row.text("code"))
        found = selectors.product_id_by_code(code)
        return selectors.get_product(actor=self.context.actor, product_id=found) if found else None

    def _update_product(self, row: ImportRow, known: ProductRow) -> bool:
        draft = ProductDraft(
            name=normalise(row.text("product_name", known.name)),
            category_id=self._category(row) if row.has("category") else known.category_id,
            brand_id=self._brand(row, known.brand_id),
            description=normalise(row.text("description", known.description)),
            image=known.image,
            custom=own_fields.values_of(row, "skus", known.custom),
        )
        if draft == _product_draft(known):
            return False
        catalog.update_product(
            actor=self.context.actor,
            product_id=known.id,
            version=known.version,
            draft=draft,
            now=self.context.now,
        )
        return True

    def _update_sku(self, row: ImportRow, known: SkuRow) -> bool:
        before = _sku_draft(known)
        draft = self._draft(row, before)
        if row.text("base_unit"):
            draft = replace(draft, base_unit=normalise(row.text("base_unit")))
        if draft == before:
            return False
        catalog.update_sku(
            actor=self.context.actor,
            sku_id=known.facts.id,
            version=known.version,
            draft=draft,
            now=self.context.now,
        )
        return True

    def _set_status(self, row: ImportRow, sku: SkuRow) -> bool:
        wanted = GoodsStatus.ACTIVE if row.get("is_sold", empty=True) else GoodsStatus.STOPPED
        if not row.has("is_sold") or wanted.value == sku.facts.status:
            return False
        again = selectors.get_product(actor=self.context.actor, product_id=sku.facts.product_id)
        current = next(one for one in again.skus if one.facts.id == sku.facts.id)
        catalog.set_sku_status(
            actor=self.context.actor,
            sku_id=current.facts.id,
            version=current.version,
            status=wanted,
            now=self.context.now,
        )
        return True

    def _draft(self, row: ImportRow, old: SkuDraft) -> SkuDraft:
        """What the row says over what is there."""
        return replace(
            old,
            name=normalise(row.text("name")),
            specification=normalise(row.text("specification", old.specification)),
            units=_units(row, old),
            is_whole=row.get("is_whole", old.is_whole, empty=True),
            tax_rate=row.get("tax_rate", old.tax_rate, empty=Decimal("0.13")),
            shelf_life_days=row.get("shelf_life_days", old.shelf_life_days),
            order_minimum=row.get("order_minimum", old.order_minimum, empty=Decimal(0)),
            order_multiple=row.get("order_multiple", old.order_multiple, empty=Decimal(0)),
            order_limit=row.get("order_limit", old.order_limit),
            standard_cost=row.get("standard_cost", old.standard_cost),
        )

    def _category(self, row: ImportRow) -> int:
        """By path, code, or a name that only one category has. Raises: CategoryUnknown."""
        names = [normalise(part) for part in re.split(r"[>＞/\\]", row.text("category"))]
        path = SEPARATOR.join(name for name in names if name)
        if path in self.categories:
            return self.categories[path]
        known = selectors.list_categories()
        found = [one for one in known if path in (one.path, one.code)]
        found = found or [one for one in known if one.name == path]
        if len(found) == 1:
            return self.categories.setdefault(path, found[0].id)
        if not self.creates or len(found) > 1 or not path:
            raise CategoryUnknown(f"There is no category {path[:100]}.", field="category", given=path[:100])
        parent: int | None = None
        walked = ""
        for name in path.split(SEPARATOR):
            walked = f"{walked}{SEPARATOR}{name}" if walked else name
            there = next((one.id for one in selectors.list_categories() if one.path == walked), None)
            parent = (
                there
                or catalog.create_category(
                    actor=self.context.actor,
                    code=walked[-60:],
                    name=name,
                    parent_id=parent,
                    now=self.context.now,
                ).id
            )
        assert parent is not None  # noqa: S101 - the path has a name
        return parent

    def _brand(self, row: ImportRow, current: int | None) -> int | None:
        """By name or code; None where the row clears it. Raises: BrandUnknown."""
        if not row.has("brand"):
            return current
        name = normalise(row.text("brand"))
        if not name:
            return None
        if name in self.brands:
            return self.brands[name]
        found = next((one for one in selectors.list_brands() if name in (one.name, one.code)), None)
        if found is None and not self.creates:
            raise BrandUnknown(f"There is no brand {name[:60]}.", field="brand", given=name[:60])
        if found is None:
            found = catalog.create_brand(
                actor=self.context.actor, code=name[:60], name=name, now=self.context.now
            )
            return found.id
        return self.brands.setdefault(name, found.id)


def _product_draft(row: ProductRow) -> ProductDraft:
    return ProductDraft(row.name, row.category_id, row.brand_id, row.description, row.image, row.custom)


def _sku_draft(row: SkuRow) -> SkuDraft:
    """The draft that would write what is there."""
    facts = row.facts
    return SkuDraft(
        name=facts.name,
        base_unit=facts.base_unit,
        units=tuple(
            UnitDraft(
                one.unit, one.numerator, one.denominator, one.barcode, one.order_step, one.is_order_unit
            )
            for one in row.units
        ),
        specification=facts.specification,
        is_whole=facts.is_whole,
        tax_rate=facts.tax_rate,
        shelf_life_days=facts.shelf_life_days,
        order_minimum=facts.minimum,
        order_multiple=facts.multiple,
        order_limit=facts.order_limit,
        period_limit=facts.period_limit,
        period_days=facts.period_days,
        standard_cost=row.standard_cost,
    )


def _units(row: ImportRow, old: SkuDraft) -> tuple[UnitDraft, ...]:
    """The units that are there, with what the row says of them; further units are added, none is taken away.

    Raises: CellUnreadable for a factor that is none, BarcodeInvalid naming its column.
    """
    base = normalise(row.text("base_unit")) or old.base_unit
    units = {one.unit: one for one in old.units}
    if row.has("barcode"):
        units[base] = replace(units.get(base, UnitDraft(base)), barcode=_barcode(row, "barcode"))
    for unit_field, factor_field, barcode_field in _UNITS:
        unit = normalise(row.text(unit_field))
        if not unit:
            continue
        known = units.get(unit, UnitDraft(unit))
        if row.text(factor_field):
            factor = _factor(row, factor_field)
            if factor != Fraction(known.numerator, known.denominator) or unit not in units:
                known = replace(known, numerator=factor.numerator, denominator=factor.denominator)
        elif unit not in units:
            raise CellEmpty("A new unit needs its factor.", field=factor_field)
        if row.has(barcode_field):
            known = replace(known, barcode=_barcode(row, barcode_field))
        units[unit] = known
    wanted = normalise(row.text("order_unit"))
    if wanted:
        if wanted not in units and wanted != base:
            raise CellUnreadable(f"The goods have no unit {wanted}.", field="order_unit", given=wanted)
        units.setdefault(wanted, UnitDraft(wanted))
        units = {name: replace(one, is_order_unit=name == wanted) for name, one in units.items()}
    return tuple(units.values())


def _barcode(row: ImportRow, field: str) -> str:
    text = row.text(field)
    return check_barcode(text, field=field).code if text else ""


def _factor(row: ImportRow, field: str) -> Fraction:
    text = normalise(row.text(field))
    try:
        factor = Fraction(text.replace(" ", ""))
    except (ValueError, ZeroDivisionError) as error:
        raise CellUnreadable(f"{text[:40]!r} is not a factor.", field=field, given=text[:40]) from error
    if not 0 < factor < 10**9 or factor.denominator >= 10**9:
        raise CellUnreadable(f"{text[:40]} is not a factor.", field=field, given=text[:40])
    return factor


GOODS = Entity(
    "skus",
    frozenset({"catalog:write"}),
    GoodsApplier,
    options=(
        Option(
            "create_categories",
            "自动新建缺少的分类和品牌：yes 或 no",
            "Make missing categories and brands: yes or no",
            required=False,
        ),
        Option(
            "base_unit",
            "新商品没写单位时用的基本单位",
            "The base unit of new goods that name none",
            required=False,
        ),
    ),
)
