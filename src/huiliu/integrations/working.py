"""What the worker does for an import: the dry run, the run, the run of what failed; then the file with reasons."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.integrations import selectors, stored_files
from huiliu.integrations.importing.engine import Engine, count_rows
from huiliu.integrations.importing.error_file import ErrorFile
from huiliu.integrations.importing.mapping import EntityMapping, Plan, plan_of
from huiliu.integrations.importing.own_fields import mapping_in_force
from huiliu.integrations.importing.reading import open_table
from huiliu.integrations.importing.registry import entity_of
from huiliu.integrations.importing.rows import Rows
from huiliu.integrations.importing.tables import Table
from huiliu.integrations.importing.types import Context, Mode, Outcome
from huiliu.integrations.models import Import, ImportProblem
from huiliu.integrations.types import ImportState
from huiliu.kernel.refusals import DomainError
from huiliu.platform import audit, events, jobs
from huiliu.platform.database import reach_as

CHECK: Final = "check"
RUN: Final = "run"
RETRY: Final = "retry"
_SUMS: Final = ("inserted", "updated", "unchanged")


@dataclass(frozen=True, slots=True)
class ImportWork:
    """Which import, and what of it."""

    import_id: UUID
    what: str


@dataclass(slots=True)
class Work:
    """One run in the worker's hands; each step opens a transaction of its own under the actor's reach."""

    actor: Actor
    what: str
    row: Import
    path: Path
    progress: jobs.Progress
    now: datetime
    mapping: EntityMapping = field(init=False)
    table: Table = field(init=False)
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        with self.reach():
            self.mapping = mapping_in_force(self.row.entity)
        self.table = open_table(self.path, sheet=self.row.sheet)
        self.plan = plan_of(self.mapping, self.table.rows(), columns=self.row.plan["chosen"])

    def outcome(self) -> Outcome:
        rows = Rows(self.table, self.mapping, self.plan)
        with self.reach():
            rows.trusts = selectors.known_imports(rows.marked_by(), entity=self.row.entity).__contains__
            rows.only = selectors.failed_rows(self.row.pk) if self.what == RETRY else None
        context = Context(
            self.actor, self.now, Mode(self.row.mode), dict(self.row.options), self.row.file_sha256
        )
        applier = entity_of(self.row.entity).open(context)
        engine = Engine(applier, rows, context, self.progress, total=count_rows(rows))
        return engine.run(dry_run=self.what == CHECK)

    @contextmanager
    def reach(self) -> Iterator[None]:
        with reach_as(self.actor.reach, user_id=self.actor.user_id):
            yield

    def finish(self, outcome: Outcome) -> dict[str, Any]:
        """Totals, reasons, and the file to correct: told in one transaction."""
        with self.reach():
            row = selectors.find_import(self.row.pk, lock=True)
            totals = outcome.summary()
            if self.what == RETRY and row.result is not None:
                totals = _joined(row.result, totals)
                outcome.taken |= self._taken_before(outcome)
            _write_problems(row, outcome)
            row.error_file_id = self._error_file(row, outcome)
            if self.what == CHECK:
                row.checked = totals
                row.state = (ImportState.CANCELLED if outcome.cancelled else ImportState.CHECKED).value
            else:
                row.result = totals
                row.state = (ImportState.CANCELLED if outcome.cancelled else ImportState.DONE).value
            row.finished_at = self.now
            row.version += 1
            row.save()
            _tell(row, actor=self.actor, what=self.what, totals=totals, now=self.now)
            return totals

    def _taken_before(self, outcome: Outcome) -> set[int]:
        """Rows that this run did not look at: the run before took them."""
        failed = outcome.failed_rows()
        return {row.number for row in Rows(self.table, self.mapping, self.plan)} - failed

    def _error_file(self, row: Import, outcome: Outcome) -> UUID | None:
        if not outcome.problems:
            return None
        stem = Path(row.file_name).stem or "import"
        with tempfile.TemporaryDirectory(prefix="huiliu-import-") as folder:
            target = Path(folder) / "errors"
            file = ErrorFile(
                self.table,
                self.mapping,
                self.plan,
                outcome,
                str(row.pk),
                row.locale,
                dry_run=self.what == CHECK,
            )
            ending = file.write(self.path, target)
            kept = stored_files.keep(
                actor=self.actor,
                path=target,
                name=f"{stem}-errors{ending}",
                now=self.now,
            )
        self.progress.attach(kept)
        return kept.id


def _refuse(import_id: UUID, refusal: DomainError, *, now: datetime) -> None:
    row = selectors.find_import(import_id, lock=True)
    row.state = ImportState.REFUSED.value
    row.refusal = {
        "code": refusal.code,
        "message": str(refusal)[:500],
        "remedy": refusal.remedy(),
        "facts": {key: str(value)[:200] for key, value in refusal.facts.items()},
    }
    row.finished_at = now
    row.version += 1
    row.save()


def work_on(*, actor: Actor, params: ImportWork, progress: jobs.Progress, now: datetime) -> None:
    """Check, run or run again. Stopped half-way or begun again after a crash, it finds what it did unchanged.

    Raises: what the file as a whole is refused for; JobCancelled after what was done has been told.
    """
    with reach_as(actor.reach, user_id=actor.user_id):
        row = selectors.find_import(params.import_id)
        file = stored_files.fetch(file_id=row.file_id)
    try:
        work = Work(actor, params.what, row, file.path, progress, now)
        outcome = work.outcome()
        if outcome.cancelled:
            _tell_cancelled(work, outcome)
        totals = work.finish(outcome)
    except DomainError as refusal:
        with reach_as(actor.reach, user_id=actor.user_id):
            _refuse(params.import_id, refusal, now=now)
        raise
    progress.result({"import_id": str(params.import_id), "what": params.what, **totals})


def _tell_cancelled(work: Work, outcome: Outcome) -> None:
    """Raises: JobCancelled when somebody stopped it; what is raised when only this worker ends passes through."""
    try:
        work.progress.check_cancelled()
    except jobs.JobCancelled:
        totals = work.finish(outcome)
        work.progress.result({"import_id": str(work.row.pk), "what": work.what, **totals})
        raise


def _joined(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """The totals of the whole file after some of its rows were tried again."""
    return {
        **before,
        **{name: before[name] + now[name] for name in _SUMS},
        "failed": now["failed"] + before["failed"] - now["rows"],
        "cancelled": now["cancelled"],
    }


def _write_problems(row: Import, outcome: Outcome) -> None:
    ImportProblem.objects.filter(import_id=row.pk).delete()
    ImportProblem.objects.bulk_create(
        (
            ImportProblem(
                import_id=row.pk,
                place=place,
                owner_path=row.owner_path,
                created_by=row.created_by,
                row=one.row,
                field=one.field,
                cell=one.cell,
                code=one.code,
                message=one.message,
                given=one.given,
                because_of=list(one.because_of),
            )
            for place, one in enumerate(outcome.problems)
        ),
        batch_size=1_000,
    )


def _tell(row: Import, *, actor: Actor, what: str, totals: dict[str, Any], now: datetime) -> None:
    events.publish(
        type=f"import.{'checked' if what == CHECK else 'finished'}",
        subject_type="import",
        subject_id=row.pk,
        paths=(row.owner_path,),
        user_id=actor.user_id,
        now=now,
        payload={"entity": row.entity, **totals},
    )
    if what != CHECK:
        audit.record(
            actor=actor,
            action="import.finished",
            subject_type="import",
            subject_id=row.pk,
            owner_path=row.owner_path,
            now=now,
            after={"entity": row.entity, "file": row.file_name, **totals},
        )
