"""From a sheet's rows to values of fields; what cannot be read is kept with its cell."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from huiliu.integrations.errors import CellEmpty
from huiliu.integrations.importing.cells import CLEAR, READERS, Cell, Reader, is_blank, shown
from huiliu.integrations.importing.mapping import EntityMapping, Field, Plan, has_content
from huiliu.integrations.importing.tables import SheetRow, Table
from huiliu.kernel.refusals import DomainError
from huiliu.kernel.text import normalise


class Cleared:
    """A cell that says: take away what stands there. A blank one says nothing."""


CLEARED: Final = Cleared()
_DONE: Final = "OK"


def done_mark(import_id: str, digest: str) -> str:
    """What an error workbook says of a row that was taken: by which import, with which content."""
    return f"{_DONE}:{import_id}:{digest}"


def _nobody(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row ready to be applied. `columns` tells where each field stands, for whoever has to correct it."""

    number: int
    values: Mapping[str, Any]
    columns: Mapping[str, int]
    digest: str
    problems: tuple[DomainError, ...] = ()
    hidden: bool = False
    was_taken: bool = False  # by an earlier import, with other content

    def text(self, name: str, current: str = "") -> str:
        """A text field: what the row says, "" where it clears, else `current`."""
        value = self.values.get(name, current)
        return "" if isinstance(value, Cleared) else str(value)

    def get(self, name: str, current: Any = None, *, empty: Any = None) -> Any:
        """A field: what the row says, `empty` where it clears, else `current`."""
        value = self.values.get(name, current)
        return empty if isinstance(value, Cleared) else value

    def has(self, name: str) -> bool:
        return name in self.values


@dataclass(slots=True)
class Rows:
    """The rows of a table under a plan, with what was left out on the way."""

    table: Table
    mapping: EntityMapping
    plan: Plan
    only: frozenset[int] | None = None
    trusts: Callable[[str], bool] = _nobody  # whether an import of that id was made here
    passed_over: int = field(default=0, init=False)  # taken by an earlier import, and unchanged since
    hidden: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[ImportRow]:
        readers = {place: (one, one.reader()) for place, one in self.plan.fields.items()}
        self.passed_over = self.hidden = 0
        for row in self.table.rows():
            if row.number <= self.plan.header_row or not has_content(row, self.plan):
                continue
            if self.only is not None and row.number not in self.only:
                continue
            digest = row_digest(row, self.plan)
            if self._was_taken(_mark(row, self.plan), digest):
                self.passed_over += 1
                continue
            self.hidden += row.hidden
            yield self._row(row, readers, digest)

    def marked_by(self) -> set[str]:
        """Which imports the rows say took them; reads the file once where it has marks at all."""
        if self.plan.mark_column is None:
            return set()
        marks = (_mark(row, self.plan).split(":") for row in self.table.rows())
        return {parts[1] for parts in marks if len(parts) == 3 and parts[0] == _DONE}

    def _was_taken(self, mark: str, digest: str) -> bool:
        word, _, rest = mark.partition(":")
        import_id, _, marked = rest.partition(":")
        return word == _DONE and marked == digest and self.trusts(import_id)

    def _row(self, row: SheetRow, readers: Mapping[int, tuple[Field, Reader]], digest: str) -> ImportRow:
        values: dict[str, Any] = {}
        problems: list[DomainError] = []
        for place, (one, read) in readers.items():
            cell = row.cells[place] if place < len(row.cells) else None
            if is_blank(cell):
                if one.required:
                    problems.append(CellEmpty(f"{one.zh} ({one.en}) is empty.", field=one.name))
            elif _clears(cell) and not one.required:
                values[one.name] = CLEARED
            else:
                try:
                    values[one.name] = read(cell)
                except DomainError as refusal:
                    refusal.facts["field"] = one.name
                    problems.append(refusal)
        columns = {one.name: place for place, (one, _) in readers.items()}
        _, _, rest = _mark(row, self.plan).partition(":")
        was_taken = self.trusts(rest.partition(":")[0])
        return ImportRow(row.number, values, columns, digest, tuple(problems), row.hidden, was_taken)


def _clears(cell: Cell) -> bool:
    return isinstance(cell, str) and normalise(cell) in CLEAR


def row_digest(row: SheetRow, plan: Plan) -> str:
    """What the row says in the columns that are read: the same however the file was saved again."""
    said = []
    for place, one in sorted(plan.fields.items(), key=lambda item: item[1].name):
        cell = row.cells[place] if place < len(row.cells) else None
        if not is_blank(cell):
            said.append(f"{one.name}={_settled(cell, one)}")
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:16]


def _settled(cell: Cell, one: Field) -> str:
    """A number typed over its own text, or a CSV's text read again from a workbook, is no change."""
    try:
        return str(READERS.get(one.kind, shown)(cell))
    except DomainError:
        return shown(cell)


def _mark(row: SheetRow, plan: Plan) -> str:
    place = plan.mark_column
    if place is None or place >= len(row.cells):
        return ""
    return normalise(shown(row.cells[place]))
