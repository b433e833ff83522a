"""A list becomes lines: pasted text or a file, each row matched, ambiguous or not understood, none lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.rules import base_quantity
from huiliu.catalog.types import SkuFacts
from huiliu.flows.shop import finding
from huiliu.flows.shop.errors import ListEmpty, ListTooLong
from huiliu.flows.shop.rules import ROWS_MAX, Entry, entries_of_rows, entries_of_text
from huiliu.integrations import stored_files
from huiliu.integrations.importing.cells import shown
from huiliu.integrations.importing.reading import open_table
from huiliu.kernel.period import business_date
from huiliu.kernel.quantity import UnitFactor, UnitUnknown, compose
from huiliu.kernel.refusals import DomainError
from huiliu.partners.types import BuyerFacts

BYTES_MAX: Final = 5 * 1024 * 1024


class EnteredState(StrEnum):
    """What became of a row."""

    MATCHED = "MATCHED"
    AMBIGUOUS = "AMBIGUOUS"  # choose one of the candidates
    UNKNOWN = "UNKNOWN"  # no such goods in the buyer's range
    INVALID = "INVALID"  # the goods are clear, the quantity is not


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """One row with what it means. `because` is the code of a refusal, or `quantity_missing`."""

    row_no: int
    text: str
    state: EnteredState
    because: str = ""
    detail: str = ""
    sku: SkuFacts | None = None
    unit: str = ""
    quantity: Decimal | None = None
    candidates: tuple[SkuFacts, ...] = ()
    same_as: int | None = None  # the row above that has the same goods in the same unit: they are summed


def read_list(
    *, actor: Actor, buyer: BuyerFacts, text: str, file_id: UUID | None, now: datetime
) -> list[EnteredRow]:
    """Every row of a text or of a file with the goods it means in the buyer's range. Writes nothing.

    Raises: ListEmpty, ListTooLong, FileUnknown, and what reading a file refuses.
    """
    units = finding.unit_names()
    if file_id is not None:
        entries = entries_of_rows(_file_rows(file_id), units=units)
    else:
        entries = entries_of_text(text, units=units)
    if not entries:
        raise ListEmpty("There is nothing in the list.", field="text")
    if len(entries) > ROWS_MAX:
        raise ListTooLong(f"{len(entries)} rows.", limit=ROWS_MAX, rows=len(entries))
    within = catalog.sellable_ids(buyer=buyer, on=business_date(now, actor.timezone))
    return _with_doubles([_meant(entry, within=within) for entry in entries])


def _file_rows(file_id: UUID) -> Iterator[tuple[int, Sequence[str]]]:
    stored = stored_files.fetch(file_id=file_id)
    if (size := stored.path.stat().st_size) > BYTES_MAX:
        raise ListTooLong(f"{size} bytes.", limit=BYTES_MAX, size_bytes=size)
    for count, row in enumerate(open_table(stored.path).rows()):
        if count > ROWS_MAX:  # a heading may come on top
            raise ListTooLong(f"More than {ROWS_MAX} rows.", limit=ROWS_MAX)
        yield row.number, [shown(cell) for cell in row.cells]


def _meant(entry: Entry, *, within: frozenset[int]) -> EnteredRow:
    skus, unit, is_exact = finding.named(entry.whole, within=within) if entry.whole else ((), "", False)
    counts = entry.counts if entry.whole == entry.key else ()  # what ends the name is no quantity then
    if not is_exact:
        skus, unit, is_exact = finding.named(entry.key, within=within)
        counts = entry.counts
    if not skus:
        return EnteredRow(entry.row_no, entry.text, EnteredState.UNKNOWN, "not_found", "No such goods.")
    if len(skus) > 1:
        return EnteredRow(
            entry.row_no,
            entry.text,
            EnteredState.AMBIGUOUS,
            "ambiguous",
            f"{len(skus)} goods have this.",
            quantity=counts[0][0] if len(counts) == 1 else None,
            unit=counts[0][1] if len(counts) == 1 else "",
            candidates=skus[: finding.CANDIDATES_MAX],
        )
    return _counted(entry, skus[0], counts, unit)


def _counted(
    entry: Entry, sku: SkuFacts, counts: tuple[tuple[Decimal, str], ...], scanned_unit: str
) -> EnteredRow:
    """The quantity in one unit of the sku: as entered, or in base units when several were said."""
    default = scanned_unit or sku.order_unit
    if not counts:
        return EnteredRow(
            entry.row_no,
            entry.text,
            EnteredState.INVALID,
            "quantity_missing",
            "How many?",
            sku=sku,
            unit=default,
        )
    try:
        if len(counts) == 1:
            quantity, unit = counts[0][0], counts[0][1] or default
        else:
            factors = [(count, _factor(sku, name)) for count, name in counts]
            quantity, unit = compose(factors, is_whole=sku.is_whole), sku.base_unit
        base_quantity(sku, quantity=quantity, unit=unit)
    except DomainError as refusal:
        named = counts[0] if len(counts) == 1 else (None, "")
        known = sku.factor(named[1]) if named[1] else None
        return EnteredRow(
            entry.row_no,
            entry.text,
            EnteredState.INVALID,
            refusal.code,
            str(refusal),
            sku=sku,
            unit=named[1] if known else default,
            quantity=named[0],
        )
    if quantity <= 0:
        return EnteredRow(
            entry.row_no,
            entry.text,
            EnteredState.INVALID,
            "quantity_missing",
            "How many?",
            sku=sku,
            unit=unit,
        )
    return EnteredRow(entry.row_no, entry.text, EnteredState.MATCHED, sku=sku, unit=unit, quantity=quantity)


def _factor(sku: SkuFacts, unit: str) -> UnitFactor:
    factor = sku.factor(unit)
    if factor is None:
        raise UnitUnknown(f"{sku.code} has no unit {unit}.", units=[known.unit for known in sku.units])
    return factor


def _with_doubles(rows: list[EnteredRow]) -> list[EnteredRow]:
    first: dict[tuple[int, str], int] = {}
    told = []
    for row in rows:
        if row.state is EnteredState.MATCHED and row.sku is not None:
            earlier = first.setdefault((row.sku.id, row.unit), row.row_no)
            row = replace(row, same_as=earlier if earlier != row.row_no else None)  # noqa: PLW2901
        told.append(row)
    return told
