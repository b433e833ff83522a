"""Where a row says it lies: by the code of a division, or by names as people have them in their sheets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from huiliu.integrations.importing.rows import ImportRow
from huiliu.kernel.text import normalise
from huiliu.partners import selectors as partners
from huiliu.partners.errors import RegionUnknown
from huiliu.partners.places import Places

CODE, STREET_CODE = "region_code", "street_region_code"
NAMES = ("province", "city", "district")


class Divisions:
    """The divisions of one import; their table is read when the first row has names."""

    def of(self, row: ImportRow, current: str) -> str:
        """The code of the partner's division, else the current one; a code goes before names.

        Raises: RegionUnknown naming the column.
        """
        if row.has(CODE):
            return self._read(row, CODE)
        names = {name: row.text(name) for name in NAMES}
        return self._places.find(**names) if any(map(normalise, names.values())) else current

    def of_street(self, row: ImportRow) -> str:
        """That of the delivery address, "" where it has none of its own. Raises: RegionUnknown."""
        return self._read(row, STREET_CODE)

    def said(self, row: ImportRow) -> Iterator[str]:
        """The codes that a row speaks of, to read them beforehand; what is wrong with one its row will say."""
        with suppress(RegionUnknown):
            yield self.of(row, "")
        with suppress(RegionUnknown):
            yield self.of_street(row)

    def _read(self, row: ImportRow, column: str) -> str:
        said = normalise(row.text(column))
        if said.isascii():
            return said  # a code, or what will be refused as none; "" where nothing is said
        try:
            return self._places.read(said)
        except RegionUnknown as refusal:
            refusal.facts["field"] = column
            raise

    @cached_property
    def _places(self) -> Places:
        return Places(partners.all_divisions())
