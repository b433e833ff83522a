"""What the importer and the entities agree on, and what came of an import."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from huiliu.access.types import Actor
from huiliu.integrations.importing.rows import ImportRow


class Mode(StrEnum):
    """Which rows may come: new ones, known ones, or both."""

    UPSERT = "UPSERT"
    INSERT = "INSERT"
    UPDATE = "UPDATE"


class Done(StrEnum):
    """What became of a row that was taken."""

    INSERTED = "INSERTED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"


@dataclass(frozen=True, slots=True)
class Context:
    """What an entity may know of the import: for whom, when, how, and which file (by its digest)."""

    actor: Actor
    now: datetime
    mode: Mode
    options: Mapping[str, str]
    file_sha256: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that its service refused without raising, the others of the call standing."""

    code: str
    message: str
    field: str = ""


class Applier(Protocol):
    """One import into one entity; made anew for each run, so it may remember what it looked up."""

    #: How many rows are handed over at once; more than a unit only where a few statements write them all.
    batch: int

    def unit_of(self, row: ImportRow) -> Hashable | None:
        """Rows of the same unit are taken together or not at all; None: the row stands alone."""

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done | Refused]:
        """Write the rows through the module's own service; one answer each, in their order.

        Several units at once leave and refuse what one after the other would: each row is judged as if the rows
        before it were written that are not refused themselves.
        Raises: DomainError for all of them; its field `rows[2].unit` (or `lines.2`) says which row's fault it is.
        """


@dataclass(frozen=True, slots=True)
class Option:
    """Something an import needs to be told beside its rows."""

    name: str
    zh: str
    en: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Entity:
    """What can be imported: `name` is that of its mapping file; `scopes` are all needed."""

    name: str
    scopes: frozenset[str]
    open: Callable[[Context], Applier]
    options: tuple[Option, ...] = ()


class Progress(Protocol):
    """Where long work tells how far it is and hears that it should stop."""

    def advance(self, done: int, total: int | None = None, message: str = "") -> None: ...

    def is_cancelled(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one row was not taken; `cell` is empty when no single cell is at fault."""

    row: int
    field: str
    cell: str
    code: str
    message: str
    given: str
    because_of: tuple[int, ...] = ()


@dataclass(slots=True)
class Totals:
    """What became of the rows; their sum is every row of the file that has content."""

    rows: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    passed_over: int = 0
    hidden: int = 0  # of them, how many stand in rows that the user's program does not show

    def add(self, done: Done) -> None:
        match done:
            case Done.INSERTED:
                self.inserted += 1
            case Done.UPDATED:
                self.updated += 1
            case Done.UNCHANGED:
                self.unchanged += 1

    @property
    def taken(self) -> int:
        return self.inserted + self.updated + self.unchanged

    def as_json(self) -> dict[str, int]:
        return asdict(self)


@dataclass(slots=True)
class Outcome:
    """Totals and problems of one run; `cancelled` when somebody stopped it between two chunks."""

    totals: Totals = field(default_factory=Totals)
    problems: list[RowProblem] = field(default_factory=list)
    cancelled: bool = False
    taken: set[int] = field(default_factory=set)

    def failed_rows(self) -> set[int]:
        return {one.row for one in self.problems}

    def summary(self) -> dict[str, Any]:
        return {**self.totals.as_json(), "cancelled": self.cancelled}
