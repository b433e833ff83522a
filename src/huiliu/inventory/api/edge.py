"""What every operation of inventory shares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from huiliu.access import selectors as access
from huiliu.access.edge import EdgeRouter
from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SkuFacts
from huiliu.inventory import errors, rules
from huiliu.inventory.selectors import warehouse_names
from huiliu.inventory.types import ChangeLine
from huiliu.kernel.ids import ClockSkewed, IdInvalid
from huiliu.kernel.money import plain_text
from huiliu.kernel.quantity import quantity_text
from huiliu.kernel.refusals import SeveralRefused
from huiliu.platform.errors import CursorInvalid, InvalidInput
from huiliu.platform.http.cursor import decode_cursor

router = EdgeRouter(tag="inventory", module="inventory")

#: What any document of stock may be refused for.
DOCUMENT = (
    errors.WarehouseNotVisible,
    errors.WarehouseClosed,
    errors.SkuUnknown,
    errors.UnitsInvalid,
    errors.LotInvalid,
    errors.StockTooLow,
    errors.IdReused,
    IdInvalid,
    ClockSkewed,
    InvalidInput,
    SeveralRefused,
)


def units_text(value: Decimal | None) -> str | None:
    """A quantity as the API writes it."""
    return None if value is None else plain_text(value)


def cases_text(value: Decimal | None, sku: SkuFacts | None) -> str:
    """`3箱5瓶`; empty where the goods is not known or the quantity not told."""
    if value is None or sku is None:
        return ""
    return quantity_text(value, sku.units, sku.base_unit)


def find_sku(code: str) -> SkuFacts:
    """The goods of a code or a barcode. Raises: SkuUnknown."""
    found = catalog.sku_facts_by_code([code]).get(code)
    if found is None:
        raise errors.SkuUnknown("There is no such goods.", field="sku_code", code=code)
    return found


def change_line(line: Any) -> ChangeLine:
    """A line as it came in: the goods by its code, the lot from its dates. Raises: SkuUnknown, LotInvalid."""
    sku = find_sku(line.sku_code)
    lot: str | None = line.lot
    if lot is None and (line.batch or line.expires_on or line.produced_on):
        lot = rules.lot_of(
            batch=line.batch,
            expires_on=line.expires_on,
            produced_on=line.produced_on,
            shelf_life_days=sku.shelf_life_days,
        )
    return ChangeLine(sku.id, line.units, lot, line.note)


def cursor_key(cursor: str | None, *kinds: Callable[[str], Any]) -> tuple[Any, ...] | None:
    """Where a list goes on, each part read as its kind; None for the first page.

    Raises: CursorInvalid, also for a cursor of another list.
    """
    key = decode_cursor(cursor, size=len(kinds))
    if not key:
        return None
    try:
        return tuple(kind(str(part)) for kind, part in zip(kinds, key, strict=True))
    except ValueError as error:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor") from error


def newest_after(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Where a list of documents, newest first, goes on. Raises: CursorInvalid."""
    key = cursor_key(cursor, datetime.fromisoformat, UUID)
    return (key[0], key[1]) if key else None


_PLACES = ("warehouse_id", "from_warehouse_id", "to_warehouse_id")
_PEOPLE = ("created_by", "decided_by", "sent_by", "received_by", "recorded_by")


def with_names(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Documents with the names of their places and people beside the ids; what the reach does not show stays empty."""
    places = warehouse_names({one[key] for one in documents for key in _PLACES if one.get(key)})
    people = access.user_names({one[key] for one in documents for key in _PEOPLE if one.get(key)})
    return [
        one
        | {key.removesuffix("_id") + "_name": places.get(one[key], "") for key in _PLACES if key in one}
        | {f"{key}_name": people.get(one[key], "") for key in _PEOPLE if key in one}
        for one in documents
    ]
