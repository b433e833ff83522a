"""Opening stock, stock-takes and sell-out: whole batches go to the inventory's own readers of rows, which answer for each."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any
from uuid import UUID

from huiliu.catalog import selectors as catalog
from huiliu.integrations.errors import OptionMissing, RowExists, RowMissing
from huiliu.integrations.importing.document_ids import document_id
from huiliu.integrations.importing.rows import Cleared, ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode, Option, Refused
from huiliu.inventory import selectors
from huiliu.inventory import services as inventory
from huiliu.inventory.types import BatchOutcome, Row, RowState
from huiliu.kernel.text import normalise

_WAREHOUSE = Option(
    "warehouse_code", "没写仓库的行属于哪个仓库", "The warehouse of rows that name none", required=False
)


class _StockApplier:
    """What they have in common: values handed on by their names, a warehouse for rows without one."""

    batch = 500

    def __init__(self, context: Context) -> None:
        self.context = context

    def _warehouse_id(self) -> int | None:
        code = normalise(self.context.options.get("warehouse_code", ""))
        if not code:
            return None
        rows = selectors.list_warehouses(actor=self.context.actor, text=code, limit=500)
        found = [one.id for one in rows if one.code == code]
        if not found:
            raise OptionMissing(f"There is no warehouse {code[:40]}.", field="options.warehouse_code")
        return found[0]


class OpeningApplier(_StockApplier):
    """One import of opening stock; the lots of the same goods at a place are opened together."""

    def unit_of(self, row: ImportRow) -> Hashable | None:
        return (normalise(row.text("warehouse_code")), normalise(row.text("sku_code")))

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done | Refused]:
        if self.context.mode is Mode.UPDATE:
            raise RowMissing("Opening stock is entered once; correct it by a stock-take.")
        handed = [Row(row.number, _values(row)) for row in rows]
        outcome = inventory.open_stock(
            actor=self.context.actor, rows=handed, warehouse_id=self._warehouse_id(), now=self.context.now
        )
        return _answers(outcome)


class SalesApplier(_StockApplier):
    """One import of sell-out. Without a receipt number a row is named by the file and its place in it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.batch_id = document_id("sales", context.file_sha256)

    def unit_of(self, row: ImportRow) -> Hashable | None:  # noqa: ARG002 - each row is a sale
        return None

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done | Refused]:
        if self.context.mode is Mode.UPDATE:
            raise RowMissing("A sale is corrected where it is shown, not by an import.")
        if any(row.was_taken and not row.text("external_id") for row in rows):
            raise RowExists("This row was recorded before it was changed; correct the sale itself.")
        handed = [Row(row.number, _values(row)) for row in rows]
        outcome = inventory.record_sales(
            actor=self.context.actor,
            rows=handed,
            batch_id=self.batch_id,
            warehouse_id=self._warehouse_id(),
            now=self.context.now,
        )
        return _answers(outcome)


class CountApplier(_StockApplier):
    """One import of counted figures. Into a running stock-take a figure replaces the one before."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        said = context.options.get("count_id", "").strip()
        try:
            self.count_id = UUID(said) if said else None
        except ValueError as error:
            raise OptionMissing("This is no stock-take.", field="options.count_id") from error

    def unit_of(self, row: ImportRow) -> Hashable | None:
        return normalise(row.text("warehouse_code"))

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done | Refused]:
        outcome = inventory.record_counts(
            actor=self.context.actor,
            rows=[Row(row.number, _values(row)) for row in rows],
            warehouse_id=self._warehouse_id(),
            count_id=self.count_id,
            now=self.context.now,
        )
        return _answers(outcome)


def _values(row: ImportRow) -> Mapping[str, Any]:
    """The row's values; digits under the code that are no code of ours are taken for a barcode."""
    values = {name: value for name, value in row.values.items() if not isinstance(value, Cleared)}
    code = str(values.get("sku_code", ""))
    if code.isdigit() and "barcode" not in values and not catalog.sku_facts_by_code([code]):
        values["barcode"] = values.pop("sku_code")
    return values


def _answers(outcome: BatchOutcome) -> list[Done | Refused]:
    answers: list[Done | Refused] = []
    for row in outcome.rows:
        match row.state:
            case RowState.RECORDED:
                answers.append(Done.INSERTED)
            case RowState.DUPLICATE:
                answers.append(Done.UNCHANGED)
            case RowState.REFUSED:
                answers.append(Refused(row.code, row.reason, row.field))
    return answers


OPENING = Entity("stock_opening", frozenset({"stock:write"}), OpeningApplier, options=(_WAREHOUSE,))
COUNTS = Entity(
    "stock_counts",
    frozenset({"stock:write"}),
    CountApplier,
    options=(_WAREHOUSE, Option("count_id", "正在进行的盘点", "A running stock-take", required=False)),
)
SALES = Entity("sales", frozenset({"sell_out:write"}), SalesApplier, options=(_WAREHOUSE,))
