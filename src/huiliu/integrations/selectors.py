"""Reads of imports: one's own, and for the brand's staff everyone's."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from huiliu.access.types import Actor
from huiliu.integrations.errors import ImportNotVisible
from huiliu.integrations.importing.mapping import entity_mappings
from huiliu.integrations.importing.types import Mode, RowProblem
from huiliu.integrations.models import ColumnMapping, Import, ImportProblem
from huiliu.integrations.types import MOVES, ImportRow, ImportState, MappingRow
from huiliu.kernel.states import allowed
from huiliu.platform import jobs
from huiliu.platform.jobs import JobRef, JobState
from huiliu.platform.jobs.errors import JobUnknown
from huiliu.platform.jobs.types import OPEN

UNDER_WAY = frozenset({ImportState.CHECKING, ImportState.RUNNING})
_ACTIONS = {ImportState.CHECKING: "check", ImportState.RUNNING: "run"}


def list_imports(
    *, actor: Actor, entity: str = "", after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[ImportRow]:
    """The newest first, at most `limit`, after the (created_at, id) of the last one seen."""
    rows = Import.objects.all()
    if entity:
        rows = rows.filter(entity=entity)
    if after is not None:
        rows = rows.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    return [import_row(row, actor=actor) for row in rows.order_by("-created_at", "-id")[:limit]]


def get_import(*, actor: Actor, import_id: UUID) -> ImportRow:
    """Raises: ImportNotVisible."""
    return import_row(find_import(import_id), actor=actor)


def find_import(import_id: UUID, *, lock: bool = False) -> Import:
    """The row, if the reach shows it. Raises: ImportNotVisible."""
    rows = Import.objects.select_for_update() if lock else Import.objects.all()
    found = rows.filter(pk=import_id).first()
    if found is None:
        raise ImportNotVisible("There is no such import.", import_id=str(import_id))
    return found


def state_of(row: Import, *, actor: Actor) -> ImportState:
    """Where it stands: work whose job ended without a word of its own was cancelled while it waited, or broke."""
    state = ImportState(row.state)
    job = job_of(row, actor=actor) if state in UNDER_WAY else None
    if job is None or job.state in OPEN:
        return state
    return ImportState.CANCELLED if job.state is JobState.CANCELLED else ImportState.REFUSED


def job_of(row: Import, *, actor: Actor) -> JobRef | None:
    """The job that works on it, if the actor sees it."""
    if row.job_id is None:
        return None
    try:
        return jobs.find_job(actor=actor, job_id=row.job_id)
    except JobUnknown:
        return None


def progress_of(row: ImportRow, *, actor: Actor) -> dict[str, Any] | None:
    """How far the work under way is; None when there is none."""
    if row.job_id is None or row.state not in UNDER_WAY:
        return None
    try:
        job = jobs.find_job(actor=actor, job_id=row.job_id)
    except JobUnknown:
        return None
    return {"done": job.done, "total": job.total, "message": job.message}


def import_row(row: Import, *, actor: Actor) -> ImportRow:
    state = state_of(row, actor=actor)
    actions = [_ACTIONS[one] for one in allowed(MOVES, before=state) if one in _ACTIONS]
    if state in UNDER_WAY:
        actions = ["cancel"]
    elif row.result and row.result.get("failed"):
        actions.append("retry")
    mapping = entity_mappings().get(row.entity)
    return ImportRow(
        id=row.pk,
        entity=row.entity,
        entity_zh=mapping.zh if mapping else row.entity,
        entity_en=mapping.en if mapping else row.entity,
        mode=Mode(row.mode),
        state=state,
        file_name=row.file_name,
        format=row.format,
        sheet=row.sheet,
        options=row.options,
        columns=row.columns,
        plan=row.plan,
        checked=row.checked,
        result=row.result,
        refusal=row.refusal,
        job_id=row.job_id,
        error_file_id=row.error_file_id,
        created_by=row.created_by,
        created_at=row.created_at,
        finished_at=row.finished_at,
        version=row.version,
        allowed_actions=tuple(actions),
    )


def list_problems(
    *, import_id: UUID, after: int | None = None, limit: int = 50
) -> list[tuple[int, RowProblem]]:
    """Why rows were refused, by row; each with its place, which the next page continues after.

    Raises: ImportNotVisible.
    """
    find_import(import_id)
    rows = ImportProblem.objects.filter(import_id=import_id)
    if after is not None:
        rows = rows.filter(place__gt=after)
    return [
        (
            row.place,
            RowProblem(row.row, row.field, row.cell, row.code, row.message, row.given, tuple(row.because_of)),
        )
        for row in rows.order_by("place")[:limit]
    ]


def failed_rows(import_id: UUID) -> frozenset[int]:
    """The numbers of the rows that the last run refused."""
    return frozenset(ImportProblem.objects.filter(import_id=import_id).values_list("row", flat=True))


def known_imports(ids: set[str], *, entity: str) -> set[str]:
    """Of the ids that marks in a file name, those of imports into this entity that were made here."""
    found = set()
    for text in ids:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    here = Import.objects.filter(pk__in=found, entity=entity).values_list("pk", flat=True)
    return {str(one) for one in here}


def list_mappings(*, entity: str = "") -> list[MappingRow]:
    """The mappings that people kept, by entity and name."""
    rows = ColumnMapping.objects.filter(entity=entity) if entity else ColumnMapping.objects.all()
    return [mapping_row(row) for row in rows.order_by("entity", "name", "id")[:500]]


def mapping_row(row: ColumnMapping) -> MappingRow:
    return MappingRow(row.pk, row.entity, row.name, row.columns, row.version, row.updated_at)


def fitting_mapping(*, entity: str, titles: set[str]) -> dict[str, Any]:
    """The kept mapping whose every title the file has; of several the one with most. Empty when none fits."""
    rows = ColumnMapping.objects.filter(entity=entity).order_by("id")
    fitting = [row.columns for row in rows if row.columns and set(row.columns) <= titles]
    return max(fitting, key=len, default={})
