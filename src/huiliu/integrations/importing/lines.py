"""Rows of documents: goods by code or barcode, quantities in the unit of the row."""

from __future__ import annotations

from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import BarcodeInvalid, SkuUnknown
from huiliu.catalog.types import SkuFacts
from huiliu.integrations.importing.rows import ImportRow
from huiliu.kernel.text import normalise


def goods_of(row: ImportRow, *, place: int) -> tuple[SkuFacts, str]:
    """The sku of a row and the unit its quantity is in (empty: the base unit; a case's barcode names the case).

    Raises: SkuUnknown at `rows[place].sku_code`.
    """
    code, unit = normalise(row.text("sku_code")), normalise(row.text("unit"))
    known = catalog.sku_facts_by_code([code]).get(code)
    if known is not None:
        return known, unit
    if code.isdigit():
        try:
            scanned = catalog.sku_by_barcode(code)
        except BarcodeInvalid:
            scanned = None
        if scanned is not None:
            return scanned[0], unit or scanned[1]
    raise SkuUnknown("There are no such goods.", field=f"rows[{place}].sku_code", given=code[:60])
