"""One way from rows to the modules' services, for the dry run and for the run.

A chunk is a transaction, a batch of units (a row, or the rows of one document) a savepoint in it. A unit that is
refused leaves nothing behind, and the others of its batch are taken as if it had not been there. A crash leaves whole
chunks, and the same file again finds them unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from typing import Final

from django.db import DataError, IntegrityError, transaction
from django.db import Error as DatabaseFault

from huiliu.integrations.errors import FileTooLarge, GroupRefused, RowRefusedByDatabase, RowRepeated
from huiliu.integrations.importing.rows import ImportRow, Rows
from huiliu.integrations.importing.tables import address
from huiliu.integrations.importing.types import (
    Applier,
    Context,
    Done,
    Outcome,
    Progress,
    Refused,
    RowProblem,
)
from huiliu.kernel.refusals import DomainError, SeveralRefused
from huiliu.platform import stamps
from huiliu.platform.database import reach_as
from huiliu.platform.errors import Busy, InvalidInput
from huiliu.platform.http.faults import refusal_of_database

CHUNK_ROWS: Final = 200
#: Rows of documents are gathered before the first is written, so they are held in memory.
GROUPED_ROWS_MAX: Final = 50_000
_GIVEN_MAX: Final = 200

Unit = Sequence[ImportRow]


class _RolledBack(Exception):
    """Ends the one transaction of a dry run."""


class Silent:
    """Progress that nobody watches."""

    def advance(self, done: int, total: int | None = None, message: str = "") -> None:
        """Nothing."""

    def is_cancelled(self) -> bool:
        return False


@dataclass(slots=True)
class Engine:
    """One run. `total` is how many rows the file has, when that is known."""

    applier: Applier
    rows: Rows
    context: Context
    progress: Progress = field(default_factory=Silent)
    total: int | None = None
    outcome: Outcome = field(default_factory=Outcome, init=False)
    _seen: dict[object, tuple[int, str]] = field(default_factory=dict, init=False)

    def run(self, *, dry_run: bool) -> Outcome:
        """Apply every row; a dry run is one transaction that is rolled back, so its totals are the run's.

        Raises: what reading the file refuses. Bugs and a lost database end the run; the chunks before stand.
        """
        if dry_run:
            try:
                with self._reach():
                    self._all_chunks()
                    raise _RolledBack
            except _RolledBack:
                stamps.forget()
        else:
            self._all_chunks()
        self.outcome.totals.passed_over = self.rows.passed_over
        self.outcome.totals.rows += self.rows.passed_over
        self.outcome.totals.hidden = self.rows.hidden
        self.outcome.problems.sort(key=lambda one: one.row)
        return self.outcome

    def _reach(self) -> AbstractContextManager[None]:
        actor = self.context.actor
        return reach_as(actor.reach, user_id=actor.user_id)

    def _all_chunks(self) -> None:
        done = 0
        self.progress.advance(0, self.total)
        for chunk in _chunks(self._units()):
            if self.progress.is_cancelled():
                self.outcome.cancelled = True
                return
            with self._reach():
                self._chunk(chunk)
            done += sum(len(unit) for unit in chunk)
            self.progress.advance(done, self.total)

    def _units(self) -> Iterator[Unit]:
        """Rows that stand alone as they come; documents when all their rows are known, in the order they begin."""
        groups: dict[object, list[ImportRow]] = {}
        held = 0
        for row in self.rows:
            unit = None if row.problems and not self._knows_unit(row) else self.applier.unit_of(row)
            if unit is None:
                yield [row]
                continue
            held += 1
            if held > GROUPED_ROWS_MAX:
                raise FileTooLarge(f"More than {GROUPED_ROWS_MAX} rows of documents.", limit=GROUPED_ROWS_MAX)
            groups.setdefault(unit, []).append(row)
        yield from groups.values()

    def _knows_unit(self, row: ImportRow) -> bool:
        """Whether a row with bad cells still says which document it belongs to."""
        return not {one.field for one in row.problems} & set(self.rows.mapping.key)

    def _chunk(self, units: Sequence[Unit]) -> None:
        batch: list[Unit] = []
        held = 0
        for unit in units:
            self.outcome.totals.rows += len(unit)
            if self._unreadable(unit) or self._repeated(unit):
                continue
            batch.append(unit)
            held += len(unit)
            if held >= self.applier.batch:
                self._batch(batch)
                batch, held = [], 0
        if batch:
            self._batch(batch)

    def _unreadable(self, unit: Unit) -> bool:
        """Whether some cell of the unit cannot be read; then none of its rows is tried."""
        bad = tuple(row.number for row in unit if row.problems)
        if not bad:
            return False
        for row in unit:
            if row.problems:
                self._fail(row, row.problems)
            else:
                self._drag_down(row, bad)
        return True

    def _repeated(self, unit: Unit) -> bool:
        """A row that speaks of what an earlier row of the file spoke of: the same again, or a contradiction."""
        if len(unit) > 1 or self.applier.unit_of(unit[0]) is not None:
            return False
        row, key = unit[0], self.rows.mapping.key
        named = tuple(row.values.get(name) for name in key)
        if not any(one is not None for one in named):
            return False
        earlier = self._seen.setdefault(named, (row.number, row.digest))
        if earlier[0] == row.number:
            return False
        if earlier[1] == row.digest:
            self.outcome.totals.add(Done.UNCHANGED)
            self.outcome.taken.add(row.number)
        else:
            refusal = RowRepeated(
                f"Row {earlier[0]} says something else of it.", row=earlier[0], field=key[0]
            )
            self._fail(row, [refusal], because_of=(earlier[0],))
        return True

    def _batch(self, units: Sequence[Unit]) -> None:
        """All at once. Rows that a refusal names are told so, and the others tried again without them; a refusal
        that names none is looked for in halves, first the first, down to the unit whose fault it is.
        """
        waiting = list(units)
        while waiting:
            try:
                self._take([row for unit in waiting for row in unit])
                return
            except DomainError as refusal:
                if len(waiting) == 1:
                    self._refuse(waiting[0], refusal)
                    return
                blamed = _blamed(refusal, waiting)
            if not blamed:
                middle = len(waiting) // 2
                self._batch(waiting[:middle])
                self._batch(waiting[middle:])
                return
            for place, parts in blamed.items():
                self._fail(waiting[place][0], parts)
            waiting = [unit for place, unit in enumerate(waiting) if place not in blamed]

    def _take(self, rows: Sequence[ImportRow]) -> None:
        """In a savepoint. Raises: DomainError, after which nothing of it stands."""
        try:
            with transaction.atomic():
                answers = self.applier.apply(rows)
        except DomainError:
            stamps.forget()
            raise
        except DatabaseFault as error:
            stamps.forget()
            refusal = _refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error
        for row, answer in zip(rows, answers, strict=True):
            if isinstance(answer, Refused):
                self.outcome.totals.failed += 1
                self.outcome.problems.append(_problem(row, answer.code, answer.message, answer.field))
            else:
                self.outcome.totals.add(answer)
                self.outcome.taken.add(row.number)

    def _refuse(self, unit: Unit, refusal: DomainError) -> None:
        """Say it at the rows whose fault it is; the others of the document fall with them."""
        blamed: dict[int, list[DomainError]] = {}
        parts = parts_of(refusal)
        for one in parts:
            place = place_of(one)
            if place is not None and place < len(unit):
                blamed.setdefault(place, []).append(one)
        if not blamed:
            for row in unit:
                self._fail(row, parts)
            return
        bad = tuple(unit[place].number for place in sorted(blamed))
        for place, row in enumerate(unit):
            if place in blamed:
                self._fail(row, blamed[place])
            else:
                self._drag_down(row, bad)

    def _drag_down(self, row: ImportRow, bad: tuple[int, ...]) -> None:
        named = ", ".join(str(number) for number in bad[:5]) + (" …" if len(bad) > 5 else "")
        self._fail(row, [GroupRefused(f"Row {named} was refused.", rows=list(bad[:50]))], because_of=bad[:50])

    def _fail(
        self, row: ImportRow, refusals: Iterable[DomainError], *, because_of: tuple[int, ...] = ()
    ) -> None:
        self.outcome.totals.failed += 1
        for refusal in refusals:
            problem = _problem(row, refusal.code, str(refusal), refusal.field or "")
            given = str(refusal.facts.get("given", "")) or _given(row, problem.field)
            self.outcome.problems.append(replace(problem, given=given[:_GIVEN_MAX], because_of=because_of))


def _problem(row: ImportRow, code: str, message: str, field_: str) -> RowProblem:
    name = _field_of(field_, row)
    place = row.columns.get(name)
    cell = "" if place is None else address(place, row.number)
    return RowProblem(row.number, name, cell, code, message[:500], given="")


def _given(row: ImportRow, name: str) -> str:
    """What the row says in the cell at fault, where the refusal itself does not repeat it."""
    value = row.values.get(name)
    return value if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else ""


def _refusal_of(error: DatabaseFault) -> DomainError | None:
    """What the row can be told: somebody else holds it, it breaks a rule. None: a lost database, a full disk, a bug."""
    known = refusal_of_database(error)
    if isinstance(known, Busy | InvalidInput):
        return known
    if isinstance(error, DataError | IntegrityError):
        return RowRefusedByDatabase(str(error).splitlines()[0][:200])
    return None


def parts_of(refusal: DomainError) -> list[DomainError]:
    """The single refusals of one that carries several."""
    if isinstance(refusal, SeveralRefused) and refusal.parts:
        return [part for one in refusal.parts for part in parts_of(one)]
    return [refusal]


def _blamed(refusal: DomainError, units: Sequence[Unit]) -> dict[int, list[DomainError]]:
    """The parts of a refusal by the place of the row they name; nothing unless each names a row that stands alone."""
    found: dict[int, list[DomainError]] = {}
    for part in parts_of(refusal):
        place = place_of(part)
        if place is None or place >= len(units) or any(len(unit) > 1 for unit in units):
            return {}
        found.setdefault(place, []).append(part)
    return found


_PLACE: Final = re.compile(r"(?:lines|rows)[.\[]([0-9]+)")


def place_of(refusal: DomainError) -> int | None:
    """Which of the rows handed over a refusal speaks of: `lines.3.quantity` and `rows[3].unit` are the fourth."""
    found = _PLACE.match(refusal.field or "")
    return int(found[1]) if found else None


def _field_of(said: str, row: ImportRow) -> str:
    """The field of the row that a refusal speaks of: services say `units.0.barcode` where the row has `barcode`."""
    if said in row.columns or not said:
        return said
    last = said.replace("[", ".").replace("]", "").split(".")[-1]
    return last if last in row.columns else ""


def _chunks(units: Iterator[Unit]) -> Iterator[list[Unit]]:
    """Units until they hold about as many rows as a chunk should."""
    while first := next(units, None):
        chunk, held = [first], len(first)
        while held < CHUNK_ROWS and (more := list(islice(units, 1))):
            chunk += more
            held += len(more[0])
        yield chunk


def count_rows(rows: Rows) -> int:
    """How many rows the import will look at; reads the file once, keeps nothing."""
    return sum(1 for _ in rows)
