"""The life of an import: created and checked, run, run again for what failed, cancelled. And kept mappings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from huiliu.access.types import Actor
from huiliu.integrations import selectors, stored_files
from huiliu.integrations.errors import (
    FileTooLarge,
    ImportRunning,
    MappingInvalid,
    NothingFailed,
    OptionMissing,
)
from huiliu.integrations.importing.cells import shown
from huiliu.integrations.importing.mapping import EntityMapping, Plan, plan_of
from huiliu.integrations.importing.own_fields import mapping_in_force
from huiliu.integrations.importing.reading import open_table
from huiliu.integrations.importing.registry import entity_of
from huiliu.integrations.importing.tables import Table, column_letters
from huiliu.integrations.importing.types import Entity
from huiliu.integrations.models import ColumnMapping, Import
from huiliu.integrations.types import MOVES, ImportDraft, ImportRow, ImportState, MappingRow
from huiliu.integrations.working import CHECK, RETRY, RUN, ImportWork
from huiliu.kernel.ids import check_uuid7
from huiliu.kernel.refusals import DomainError
from huiliu.kernel.states import step
from huiliu.kernel.text import normalise
from huiliu.platform import audit, jobs
from huiliu.platform.errors import InvalidInput, NotFound, ScopeMissing, Stale

MAPPINGS_MAX = 500
#: What an editor on a screen takes at once, its line of titles included.
CELLS_ROWS_MAX = 10_001
_SAMPLE_ROWS = 5


def read_cells(*, file_id: UUID, rows_max: int = CELLS_ROWS_MAX) -> list[list[str]]:
    """An uploaded table as the texts its reader saw, for a screen that lets people correct before they save.

    Raises: FileUnknown, what reading the file refuses, FileTooLarge for more rows than a screen takes.
    """
    table = open_table(stored_files.fetch(file_id=file_id).path)
    found: list[list[str]] = []
    for row in table.rows():
        if len(found) == rows_max:
            raise FileTooLarge(f"More than {rows_max} rows.", limit=rows_max, row=row.number)
        found.append([shown(cell) for cell in row.cells])
    return found


def create_import(*, actor: Actor, import_id: UUID, draft: ImportDraft, now: datetime) -> ImportRow:
    """Take an uploaded file for an import, find its columns, and begin the dry run.

    Replay: the same id again answers the import that stands.
    Raises: EntityUnknown, ScopeMissing, OptionMissing, what reading and planning the file refuses, IdInvalid,
            ClockSkewed, TooManyJobs.
    """
    check_uuid7(import_id, now=now)
    entity = _entity(actor, draft.entity)
    _check_options(entity, draft.options)
    earlier = Import.objects.filter(pk=import_id).first()
    if earlier is not None:
        if (earlier.entity, earlier.file_id) != (draft.entity, draft.file_id):
            raise InvalidInput("This id is another import's.", field="id")
        return selectors.import_row(earlier, actor=actor)
    file = stored_files.fetch(file_id=draft.file_id)
    columns = _columns(draft)
    row = Import(
        id=import_id,
        owner_path=actor.organization_path,
        created_by=actor.user_id,
        entity=draft.entity,
        mode=draft.mode.value,
        state=ImportState.CHECKING.value,
        options=dict(draft.options),
        columns=dict(columns),
        locale=actor.locale,
        file_id=file.id,
        file_name=file.name,
        file_sha256=file.sha256,
        created_at=now,
    )
    _plan(row, table=open_table(file.path, sheet=draft.sheet), columns=columns)
    row.save(force_insert=True)
    _start(row, what=CHECK, actor=actor, now=now)
    audit.record(
        actor=actor,
        action="import.created",
        subject_type="import",
        subject_id=row.pk,
        owner_path=row.owner_path,
        now=now,
        after={"entity": row.entity, "file": row.file_name, "mode": row.mode},
    )
    return selectors.import_row(row, actor=actor)


def change_columns(
    *, actor: Actor, import_id: UUID, version: int, columns: Mapping[str, str], now: datetime
) -> ImportRow:
    """Say anew which columns mean which fields, and check again.

    Locks:  the import's row.
    Raises: ImportNotVisible, ImportRunning, Stale, and as `create_import`.
    """
    row = _lock(import_id, actor=actor, after=ImportState.CHECKING)
    if row.version != version:
        raise Stale("The import was changed meanwhile.", yours=version, current=row.version)
    file = stored_files.fetch(file_id=row.file_id)
    row.columns = dict(columns)
    _plan(row, table=open_table(file.path, sheet=row.sheet), columns=columns)
    row.checked = None
    _start(row, what=CHECK, actor=actor, now=now)
    return selectors.import_row(row, actor=actor)


def run_import(*, actor: Actor, import_id: UUID, now: datetime) -> ImportRow:
    """Apply the file. What an earlier run took is found unchanged.

    Locks:  the import's row, so that it runs once at a time.
    Raises: ImportNotVisible, ImportRunning, ScopeMissing, TooManyJobs.
    """
    row = _lock(import_id, actor=actor, after=ImportState.RUNNING)
    _entity(actor, row.entity)
    _start(row, what=RUN, actor=actor, now=now)
    return selectors.import_row(row, actor=actor)


def retry_failures(*, actor: Actor, import_id: UUID, now: datetime) -> ImportRow:
    """Apply only the rows that were refused: what they lacked may be there by now.

    Locks:  the import's row.
    Raises: ImportNotVisible, ImportRunning, NothingFailed, ScopeMissing, TooManyJobs.
    """
    row = _lock(import_id, actor=actor, after=ImportState.RUNNING)
    _entity(actor, row.entity)
    if row.result is None or not row.result.get("failed"):
        raise NothingFailed("No row of this import failed.")
    # A run that was stopped half-way has rows it never looked at: then the whole file is gone through.
    _start(row, what=RUN if row.result.get("cancelled") else RETRY, actor=actor, now=now)
    return selectors.import_row(row, actor=actor)


def cancel_import(*, actor: Actor, import_id: UUID, now: datetime) -> ImportRow:
    """Stop between two chunks; what was committed stands and is told.

    Raises: ImportNotVisible, JobFinished when nothing is under way.
    """
    row = selectors.find_import(import_id, lock=True)
    if row.job_id is not None:
        jobs.cancel(actor=actor, job_id=row.job_id, now=now)
    return selectors.import_row(row, actor=actor)


def keep_mapping(
    *, actor: Actor, entity: str, name: str, columns: Mapping[str, str], now: datetime
) -> MappingRow:
    """Keep under a name which titles mean which fields; the same name again replaces it.

    Raises: EntityUnknown, MappingInvalid, ScopeMissing for partners: mappings are everyone's.
    """
    _require_staff(actor)
    mapping, name = mapping_in_force(entity), normalise(name)
    fields = {one.name for one in mapping.fields}
    if not name or not columns or not set(columns.values()) <= fields | {""}:
        raise MappingInvalid("A mapping has a name, titles, and fields of the entity.", fields=sorted(fields))
    if ColumnMapping.objects.count() >= MAPPINGS_MAX:
        raise InvalidInput("There are enough mappings; remove some first.", limit=MAPPINGS_MAX)
    row = ColumnMapping.objects.select_for_update().filter(entity=entity, name=name).first()
    before = row.columns if row else None
    row = row or ColumnMapping(entity=entity, name=name, version=0)
    row.columns, row.created_by, row.updated_at = dict(columns), actor.user_id, now
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise MappingInvalid("Somebody kept this name a moment ago.", field="name") from taken
    _tell_mapping(row, actor=actor, action="mapping.kept", before=before, now=now)
    return selectors.mapping_row(row)


def remove_mapping(*, actor: Actor, mapping_id: int, now: datetime) -> None:
    """Forget a mapping. Raises: NotFound, ScopeMissing."""
    _require_staff(actor)
    row = ColumnMapping.objects.filter(pk=mapping_id).first()
    if row is None:
        raise NotFound("There is no such mapping.", mapping_id=mapping_id)
    _tell_mapping(row, actor=actor, action="mapping.removed", before=row.columns, now=now)
    row.delete()


def _require_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise ScopeMissing("Kept mappings are the brand's.", scope="imports:run")


def _tell_mapping(
    row: ColumnMapping, *, actor: Actor, action: str, before: Mapping[str, str] | None, now: datetime
) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject_type="mapping",
        subject_id=f"{row.entity}/{row.name}",
        owner_path=actor.organization_path,
        now=now,
        before={"columns": before} if before else None,
        after={"columns": row.columns} if action == "mapping.kept" else None,
    )


def _entity(actor: Actor, name: str) -> Entity:
    """Raises: EntityUnknown, ScopeMissing naming the first scope that lacks."""
    entity = entity_of(name)
    if missing := sorted(entity.scopes - actor.scopes):
        raise ScopeMissing("Your role does not include importing this.", scope=missing[0], entity=name)
    return entity


def _check_options(entity: Entity, options: Mapping[str, str]) -> None:
    known = {one.name: one for one in entity.options}
    if unknown := sorted(set(options) - known.keys()):
        raise OptionMissing(f"{unknown[0][:40]} means nothing here.", field="options", options=sorted(known))
    for one in known.values():
        if one.required and not options.get(one.name, "").strip():
            raise OptionMissing(
                f"{one.zh} ({one.en}) is needed.", field=f"options.{one.name}", option=one.name
            )


def _columns(draft: ImportDraft) -> Mapping[str, str]:
    """What was said, else what the named mapping says. Raises: MappingInvalid."""
    if draft.columns or draft.mapping_id is None:
        return draft.columns
    kept = ColumnMapping.objects.filter(pk=draft.mapping_id, entity=draft.entity).first()
    if kept is None:
        raise MappingInvalid("There is no such mapping.", field="mapping_id")
    return dict(kept.columns)


def _plan(row: Import, *, table: Table, columns: Mapping[str, str]) -> None:
    """Find the line of titles and what its columns mean; a kept mapping that fits is used without asking."""
    mapping = mapping_in_force(row.entity)
    plan = _planned(mapping, table, columns, entity=row.entity)
    row.format, row.sheet = table.format, table.sheet
    row.plan = _shown(plan, mapping, table)


def _planned(mapping: EntityMapping, table: Table, columns: Mapping[str, str], *, entity: str) -> Plan:
    """Raises: NothingToImport, MappingInvalid, ColumnsMissing."""
    try:
        found = plan_of(mapping, table.rows(), columns=columns)
    except DomainError as refusal:
        titles = refusal.facts.get("found", ())
        kept = {} if columns else selectors.fitting_mapping(entity=entity, titles=set(titles))
        if not kept:
            raise
        return plan_of(mapping, table.rows(), columns=kept)
    if columns:
        return found
    kept = selectors.fitting_mapping(entity=entity, titles={one for one in found.titles if one})
    return plan_of(mapping, table.rows(), columns=kept) if kept else found


def _shown(plan: Plan, mapping: EntityMapping, table: Table) -> dict[str, object]:
    """The plan as people judge it: each column with its field, those left out, the first rows."""
    sample = []
    for line in table.rows():
        if line.number > plan.header_row:
            sample.append([_cell(one) for one in line.cells[:50]])
        if len(sample) == _SAMPLE_ROWS:
            break
    return {
        "header_row": plan.header_row,
        "columns": [
            {
                "column": column_letters(place),
                "title": title,
                "field": plan.fields[place].name if place in plan.fields else "",
            }
            for place, title in enumerate(plan.titles)
        ],
        "chosen": plan.chosen(),
        "ignored": list(plan.ignored),
        "missing": [
            one.name for one in mapping.fields if one.name not in {two.name for two in plan.fields.values()}
        ],
        "sheets": list(table.sheets),
        "encoding": table.encoding,
        "sample": sample,
    }


def _cell(cell: object) -> str:
    return "" if cell is None else str(cell)[:100]


def _lock(import_id: UUID, *, actor: Actor, after: ImportState) -> Import:
    """The import, locked, ready to go into `after`. Raises: ImportNotVisible, ImportRunning, WrongState."""
    row = selectors.find_import(import_id, lock=True)
    state = selectors.state_of(row, actor=actor)
    if state in (ImportState.CHECKING, ImportState.RUNNING):
        raise ImportRunning("The import is under way.", state=state.value)
    row.state = step(MOVES, before=state, after=after).value
    return row


def _start(row: Import, *, what: str, actor: Actor, now: datetime) -> None:
    row.job_id = jobs.start(
        actor=actor, kind="integrations.import", params=ImportWork(row.pk, what), now=now
    ).id
    row.refusal, row.finished_at = None, None
    row.version += 1
    row.save()
