"""Rows of files as goods and quantities; what became of each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SkuFacts
from huiliu.inventory import rules
from huiliu.inventory.errors import (
    SkuUnknown,
    WarehouseNotVisible,
)
from huiliu.inventory.models import Warehouse
from huiliu.inventory.services.common import warehouses_by_code
from huiliu.inventory.types import (
    BatchOutcome,
    Row,
    RowOutcome,
    RowState,
)
from huiliu.kernel.quantity import parse_quantity, to_base
from huiliu.kernel.refusals import DomainError
from huiliu.kernel.text import NumberUnreadable, normalise, parse_decimal
from huiliu.platform.errors import InvalidInput

ROWS_MAX = 5000
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")


class Outcomes:
    """What became of each row; told in the order of the rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        if not 0 < len(rows) <= ROWS_MAX:
            raise InvalidInput(f"Send 1 to {ROWS_MAX} rows at once.", field="rows")
        self.rows = rows
        self.found: dict[int, RowOutcome] = {}
        self.documents: list[UUID] = []

    def refuse(self, row: Row, refusal: DomainError) -> None:
        self.found[row.number] = RowOutcome(
            row.number, RowState.REFUSED, refusal.code, str(refusal), refusal.field or ""
        )

    def duplicate(self, row: Row, document_id: UUID | None) -> None:
        self.found[row.number] = RowOutcome(row.number, RowState.DUPLICATE, document_id=document_id)

    def record(self, row: Row, document_id: UUID) -> None:
        self.found[row.number] = RowOutcome(row.number, RowState.RECORDED, document_id=document_id)

    def add_document(self, document_id: UUID) -> None:
        self.documents.append(document_id)

    def answer(self) -> BatchOutcome:
        return BatchOutcome(tuple(self.found[row.number] for row in self.rows), tuple(self.documents))


@dataclass(frozen=True, slots=True)
class Goods:
    """The part of a row that every kind shares."""

    warehouse_id: int
    sku: SkuFacts
    units: Decimal
    lot: str | None


class Reader:
    """Reads rows; warehouses are looked up once for all of them."""

    def __init__(self, rows: Iterable[Row], *, warehouse_id: int | None) -> None:
        self._default = warehouse_id
        codes = {text(row.values, "warehouse_code") for row in rows} - {""}
        self._by_code: dict[str, Warehouse] = warehouses_by_code(codes) if codes else {}

    def goods(self, row: Row, *, may_be_zero: bool = False) -> Goods:
        """Raises: WarehouseNotVisible, SkuUnknown, UnitsInvalid, LotInvalid, kernel refusals of quantities."""
        values = row.values
        code = text(values, "warehouse_code")
        if code and code not in self._by_code:
            raise WarehouseNotVisible("There is no such open warehouse.", field="warehouse_code", code=code)
        place = self._by_code[code].pk if code else self._default
        if place is None:
            raise WarehouseNotVisible("The row names no warehouse.", field="warehouse_code")
        sku, unit = _sku(values)
        units = _units(values, sku, unit)
        if units or not may_be_zero:
            rules.check_units(units, is_whole=sku.is_whole, field="quantity")
        lot = rules.lot_of(
            batch=text(values, "batch"),
            expires_on=day(values, "expires_on"),
            produced_on=day(values, "produced_on"),
            shelf_life_days=sku.shelf_life_days,
        )
        return Goods(place, sku, units, lot or None)


def text(values: Mapping[str, Any], name: str, *, length_max: int = 100) -> str:
    """A cell as clean text. Raises: InvalidInput when it is too long."""
    value = values.get(name)
    clean = normalise(str(value)) if value is not None else ""
    if len(clean) > length_max or "\x00" in clean:
        raise InvalidInput(f"At most {length_max} characters.", field=name)
    return clean


def day(values: Mapping[str, Any], name: str) -> date | None:
    """A cell as a day: `2026-06-01`, `2026/6/1`, `2026年6月1日`, a date. Raises: InvalidInput."""
    value = values.get(name)
    clean = value.isoformat() if isinstance(value, date) else text(values, name)
    if not clean:
        return None
    found = _DAY.fullmatch(clean)
    try:
        if found and rules.DAY_MIN <= (on := date(*(int(part) for part in found.groups()))) <= rules.DAY_MAX:
            return on
    except ValueError:
        pass
    raise InvalidInput(f"{clean!r} is not a day; write it as 2026-06-01.", field=name)


def _sku(values: Mapping[str, Any]) -> tuple[SkuFacts, str]:
    code, barcode = text(values, "sku_code"), text(values, "barcode")
    if code:
        found = catalog.sku_facts_by_code([code]).get(code)
        if found is None:
            raise SkuUnknown("There is no goods with this code.", field="sku_code", code=code)
        return found, text(values, "unit")
    if not barcode:
        raise SkuUnknown("The row names no goods.", field="sku_code")
    try:
        scanned = catalog.sku_by_barcode(barcode)
    except DomainError as refusal:
        raise refusal.at("barcode") from refusal
    if scanned is None:
        raise SkuUnknown("There is no goods with this barcode.", field="barcode", code=barcode)
    return scanned[0], text(values, "unit") or scanned[1]


def _units(values: Mapping[str, Any], sku: SkuFacts, unit: str) -> Decimal:
    clean = text(values, "quantity")
    factor = sku.factor(unit)
    if factor is None:
        raise InvalidInput("This goods has no such unit.", field="unit", unit=unit)
    try:
        try:
            number = parse_decimal(clean)
        except NumberUnreadable:
            sign = -1 if clean.startswith(("-", "−")) else 1
            return sign * parse_quantity(clean.lstrip("-−"), sku.units, sku.base_unit, is_whole=sku.is_whole)
        if number is None:
            raise InvalidInput("The row has no quantity.", field="quantity")
        return to_base(number, factor, is_whole=sku.is_whole)
    except DomainError as refusal:
        raise (refusal if refusal.field else refusal.at("quantity")) from refusal
