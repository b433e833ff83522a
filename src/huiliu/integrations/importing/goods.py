"""Products and skus with units and barcodes: one row a sku, by its code."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from huiliu.catalog import services as catalog
from huiliu.catalog.errors import BarcodeInvalid
from huiliu.catalog.rules import check_barcode
from huiliu.catalog.types import GoodsStatus, KnownSku, ProductDraft, SkuDraft, UnitDraft
from huiliu.integrations.errors import CellEmpty, CellUnreadable, OptionMissing, RowExists, RowMissing
from huiliu.integrations.importing import own_fields
from huiliu.integrations.importing.goods_groups import GroupFinder
from huiliu.integrations.importing.naming import RowRefusals, named
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode, Option
from huiliu.kernel.text import normalise
from huiliu.platform.errors import ScopeMissing

_BARCODES = ("barcode", "barcode2", "barcode3")
_UNITS = (("unit2", "factor2", "barcode2"), ("unit3", "factor3", "barcode3"))


class GoodsApplier:
    """One import of goods: what the rows of a batch ask is read at once, what they leave is written at once."""

    batch = 200

    def __init__(self, context: Context) -> None:
        self.context = context
        said = context.options.get("create_categories", "no")
        if said not in ("yes", "no"):
            raise OptionMissing("Say yes or no.", field="options.create_categories")
        self.creates = said == "yes"

    def unit_of(self, row: ImportRow) -> Hashable | None:  # noqa: ARG002 - each row is a sku of its own
        return None

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done]:
        return _Batch(self.context, GroupFinder(self.context, creates=self.creates)).apply(rows)


class _Batch:
    """The rows of one batch, each judged as if those before it were written."""

    def __init__(self, context: Context, groups: GroupFinder) -> None:
        self.context, self.groups = context, groups
        self.intake = catalog.GoodsIntake(actor=context.actor, now=context.now)

    def apply(self, rows: Sequence[ImportRow]) -> list[Done]:
        self._expect(rows)
        names = own_fields.cells_of("skus")
        answers: list[Done] = []
        refusals = RowRefusals()
        for place, row in enumerate(rows):
            made = self.groups.made
            with refusals.of_row(place), named(names), self.intake.as_one():
                answers.append(self._row(row))
            if refusals and self.groups.made != made:
                break  # what a refused row made is undone before the next is judged
        refusals.raise_if_any()
        self.intake.write()
        return answers

    def _expect(self, rows: Sequence[ImportRow]) -> None:
        """Have read what the rows speak of; what is wrong with it is refused with its row."""
        self.intake.expect(
            sku_codes=[normalise(row.text("code")) for row in rows],
            product_codes=[normalise(row.text("product_code") or row.text("code")) for row in rows],
            barcodes=[code for row in rows for name in _BARCODES if (code := _readable(row.text(name)))],
        )

    def _row(self, row: ImportRow) -> Done:
        if row.has("standard_cost") and not self.context.actor.may("costs:read"):
            raise ScopeMissing(
                "Costs are for roles that see them.", field="standard_cost", scope="costs:read"
            )
        known = self.intake.sku(normalise(row.text("code")))
        if known is None:
            return self._create(row)
        changed = self._update_product(row, known)
        changed = self._update_sku(row, known) or changed
        changed = self._set_status(row, known) or changed
        if changed and self.context.mode is Mode.INSERT:
            raise RowExists(f"{known.code} is {known.name}.", field="code")
        return Done.UPDATED if changed else Done.UNCHANGED

    def _create(self, row: ImportRow) -> Done:
        code = normalise(row.text("code"))
        if self.context.mode is Mode.UPDATE:
            raise RowMissing("There are no goods of this code.", field="code", given=code)
        # The product that a new sku joins goes by the code of any sku of it or its own.
        product_code = normalise(row.text("product_code") or row.text("code"))
        joins, base_unit = self.intake.product(product_code) is not None, self._base_unit(row)
        if not base_unit or not (joins or row.text("category")):
            raise CellEmpty("New goods need it.", field="category" if base_unit else "base_unit")
        if not joins:
            product_code = self.intake.create_product(
                row.text("product_code") or code,
                ProductDraft(
                    name=row.text("product_name") or row.text("name"),
                    category_id=self.groups.category(row),
                    brand_id=self.groups.brand(row, None),
                    custom=own_fields.values_of(row, "skus", {}),
                    description=row.text("description"),
                ),
            )
        self.intake.create_sku(product_code, code, _draft(row, SkuDraft(name="", base_unit=base_unit)))
        made = self.intake.sku(code)
        if made is not None:
            self._set_status(row, made)
        return Done.INSERTED

    def _base_unit(self, row: ImportRow) -> str:
        return normalise(row.text("base_unit") or self.context.options.get("base_unit", ""))

    def _update_product(self, row: ImportRow, sku: KnownSku) -> bool:
        known = self.intake.product(sku.product_code)
        assert known is not None  # noqa: S101 - a sku has its product
        draft = replace(
            known,
            name=normalise(row.text("product_name", known.name)),
            category_id=self.groups.category(row) if row.has("category") else known.category_id,
            brand_id=self.groups.brand(row, known.brand_id),
            description=normalise(row.text("description", known.description)),
            custom=own_fields.values_of(row, "skus", known.custom),
        )
        if draft == known:
            return False
        self.intake.update_product(sku.product_code, draft)
        return True

    def _update_sku(self, row: ImportRow, known: KnownSku) -> bool:
        draft = _draft(row, known.draft)
        if row.text("base_unit"):
            draft = replace(draft, base_unit=normalise(row.text("base_unit")))
        if draft == known.draft:
            return False
        self.intake.update_sku(known.code, draft)
        return True

    def _set_status(self, row: ImportRow, known: KnownSku) -> bool:
        wanted = GoodsStatus.ACTIVE if row.get("is_sold", empty=True) else GoodsStatus.STOPPED
        if not row.has("is_sold") or wanted.value == known.status:
            return False
        self.intake.set_sku_status(known.code, wanted)
        return True


def _draft(row: ImportRow, old: SkuDraft) -> SkuDraft:
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


def _readable(barcode: str) -> str:
    """A barcode as it is stored; nothing for one that will be refused."""
    try:
        return check_barcode(barcode).code if barcode else ""
    except BarcodeInvalid:
        return ""


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
