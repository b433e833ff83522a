"""Opening stock: the rows of a warehouse are one document, posted at once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from huiliu.integrations.errors import RowMissing
from huiliu.integrations.importing.document_ids import document_id
from huiliu.integrations.importing.lines import goods_of
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode
from huiliu.inventory import rules, selectors
from huiliu.inventory import services as inventory
from huiliu.inventory.errors import AdjustmentNotVisible, WarehouseNotVisible
from huiliu.inventory.types import ChangeLine, Reason
from huiliu.kernel.quantity import UnitUnknown, to_base
from huiliu.kernel.refusals import Refusals
from huiliu.kernel.text import normalise


class OpeningApplier:
    """One import of opening stock."""

    batch = 1

    def __init__(self, context: Context) -> None:
        self.context = context

    def unit_of(self, row: ImportRow) -> Hashable | None:
        return normalise(row.text("warehouse_code"))

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done]:
        """Raises: WarehouseNotVisible, SkuUnknown, UnitUnknown, LotInvalid, OpeningTaken and its like."""
        warehouse_id = self._warehouse(rows[0])
        lines = _lines(rows)
        said = [f"{one.sku_id}:{one.lot or ''}:{one.units}" for one in lines]
        adjustment_id = document_id("opening", warehouse_id, *said)
        if self._is_there(adjustment_id):
            return [Done.UNCHANGED] * len(rows)
        if self.context.mode is Mode.UPDATE:
            raise RowMissing("Opening stock is entered once; correct it by a stock-take.")
        inventory.record_adjustment(
            actor=self.context.actor,
            adjustment_id=adjustment_id,
            warehouse_id=warehouse_id,
            reason=Reason.OPENING,
            note="",
            lines=lines,
            now=self.context.now,
        )
        return [Done.INSERTED] * len(rows)

    def _warehouse(self, row: ImportRow) -> int:
        code = normalise(row.text("warehouse_code"))
        found = [
            one.id
            for one in selectors.list_warehouses(actor=self.context.actor, text=code, limit=500)
            if one.code == code
        ]
        if not found:
            raise WarehouseNotVisible("There is no such warehouse.", field="warehouse_code", given=code[:60])
        return found[0]

    def _is_there(self, adjustment_id: object) -> bool:
        try:
            selectors.get_adjustment(actor=self.context.actor, adjustment_id=adjustment_id)  # type: ignore[arg-type]
        except AdjustmentNotVisible:
            return False
        return True


def _lines(rows: Sequence[ImportRow]) -> list[ChangeLine]:
    """In base units; every bad row is named."""
    refusals = Refusals()
    lines = []
    for place, row in enumerate(rows):
        with refusals.collecting():
            sku, unit = goods_of(row, place=place)
            with refusals.collecting(f"rows[{place}]"):
                factor = sku.factor(unit)
                if factor is None:
                    raise UnitUnknown(f"{sku.code} has no unit {unit}.", field="unit", given=unit)
                lot = rules.lot_of(
                    batch=row.text("batch"),
                    expires_on=row.get("expires_on"),
                    produced_on=None,
                    shelf_life_days=sku.shelf_life_days,
                )
                units = to_base(row.get("quantity"), factor, is_whole=sku.is_whole)
                lines.append(ChangeLine(sku.id, units, lot or None))
    refusals.raise_if_any()
    return lines


OPENING = Entity("stock_opening", frozenset({"stock:write"}), OpeningApplier)
