"""Import and export over HTTP: upload → create (dry run) → look → run → progress → error file → only the failures."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path as FilePath
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.access.types import Actor
from huiliu.integrations import errors, selectors, services
from huiliu.integrations import schemas as shapes
from huiliu.integrations.exporting.registry import checked_filters, list_of, lists_of
from huiliu.integrations.exporting.services import DIRECT_ROWS_MAX, export_list
from huiliu.integrations.exporting.writers import MEDIA_TYPES, Format
from huiliu.integrations.importing.mapping import EntityMapping
from huiliu.integrations.importing.own_fields import mapping_in_force
from huiliu.integrations.importing.registry import entities, entity_of
from huiliu.integrations.importing.templates import note_of, template
from huiliu.integrations.importing.types import Entity
from huiliu.integrations.importing.words import reason_of
from huiliu.integrations.jobs import ExportWork
from huiliu.integrations.screen_texts import in_language
from huiliu.integrations.types import ImportDraft, ImportRow
from huiliu.kernel.ids import ClockSkewed, IdInvalid
from huiliu.kernel.states import WrongState
from huiliu.platform import jobs
from huiliu.platform.errors import InvalidInput, NotFound, ScopeMissing, Stale
from huiliu.platform.files.errors import FileUnknown
from huiliu.platform.http.cursor import Page, PageQuery, decode_cursor, page_of
from huiliu.platform.jobs.errors import JobFinished, JobNotCancellable, JobUnknown, TooManyJobs

router = EdgeRouter(tag="imports", module="integrations")
exports = EdgeRouter(tag="exports", module="integrations")

FILE = (
    errors.FormatUnknown,
    errors.OldExcel,
    errors.FileDamaged,
    errors.FileTooLarge,
    errors.NothingToImport,
    errors.ColumnsMissing,
    errors.MappingInvalid,
    errors.SheetUnknown,
    errors.CellTooLong,
)
WORK = (errors.ImportNotVisible, errors.ImportRunning, WrongState, ScopeMissing, TooManyJobs)


@router.get("/imports/entities", scope="imports:run", response=shapes.ImportEntitiesOut)
def list_import_entities(request: ActorRequest) -> Any:
    """What I may import, and by which fields."""
    mine = [one for one in entities().values() if one.scopes <= request.actor.scopes]
    return {"items": [_entity(one, mapping_in_force(one.name)) for one in mine]}


@router.get(
    "/imports/entities/{entity}/template",
    scope="imports:run",
    response=str,
    errors=[errors.EntityUnknown],
    summary="An empty workbook to fill in",
)
def download_import_template(request: ActorRequest, entity: Path[shapes.Name]) -> HttpResponse:
    """Titles, drop-downs, and instructions on a second sheet."""
    entity_of(entity)
    mapping = mapping_in_force(entity)
    name = f"{mapping.title(request.actor.locale)}.xlsx"
    return _download(template(mapping, locale=request.actor.locale), name, MEDIA_TYPES[Format.XLSX])


@router.get("/imports/mappings", scope="imports:run", response=shapes.ColumnMappingsOut)
def list_column_mappings(request: ActorRequest, query: Query[shapes.ImportQuery]) -> Any:
    """The mappings that people kept."""
    return {"items": selectors.list_mappings(entity=query.entity)}


@router.post(
    "/imports/mappings",
    scope="imports:run",
    response=shapes.ColumnMappingOut,
    status=201,
    errors=[errors.EntityUnknown, errors.MappingInvalid, InvalidInput, ScopeMissing],
)
def keep_column_mapping(request: ActorRequest, body: shapes.ColumnMappingIn) -> Any:
    """Keep under a name which titles mean which fields; the same name replaces it."""
    return services.keep_mapping(
        actor=request.actor, entity=body.entity, name=body.name, columns=body.columns, now=request.now
    )


@router.delete(
    "/imports/mappings/{mapping_id}",
    scope="imports:run",
    response=shapes.MappingRemoved,
    errors=[NotFound, ScopeMissing],
)
def remove_column_mapping(request: ActorRequest, mapping_id: Path[shapes.Id]) -> Any:
    """Forget a mapping."""
    services.remove_mapping(actor=request.actor, mapping_id=mapping_id, now=request.now)
    return {"removed": True}


@router.post(
    "/imports/cells",
    scope="imports:run",
    response=shapes.CellsOut,
    idempotent=False,
    errors=[*FILE, FileUnknown],
)
def read_import_cells(request: ActorRequest, body: shapes.CellsIn) -> Any:
    """The cells of an uploaded file, for editors that people paste into. Changes nothing."""
    return {"rows": services.read_cells(file_id=body.file_id)}


@router.post(
    "/imports",
    scope="imports:run",
    response=shapes.ImportOut,
    status=201,
    errors=[
        *FILE,
        errors.EntityUnknown,
        errors.OptionMissing,
        ScopeMissing,
        InvalidInput,
        FileUnknown,
        TooManyJobs,
        IdInvalid,
        ClockSkewed,
    ],
)
def create_import(request: ActorRequest, body: shapes.NewImportIn) -> Any:
    """Find the columns of an uploaded file and begin the dry run; nothing is changed yet."""
    draft = ImportDraft(
        entity=body.entity,
        file_id=body.file_id,
        mode=body.mode,
        sheet=body.sheet,
        columns=body.columns,
        mapping_id=body.mapping_id,
        options=body.options,
    )
    return _out(
        services.create_import(actor=request.actor, import_id=body.id, draft=draft, now=request.now),
        actor=request.actor,
    )


@router.get("/imports", scope="imports:run", response=Page[shapes.ImportOut])
def list_imports(request: ActorRequest, query: Query[shapes.ImportQuery]) -> Any:
    """My imports, the newest first; headquarters sees everyone's."""
    key = decode_cursor(query.cursor, size=2)
    rows = selectors.list_imports(
        actor=request.actor,
        entity=query.entity,
        after=(datetime.fromisoformat(key[0]), UUID(key[1])) if key else None,
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.created_at, row.id))
    return page | {"items": [_out(row, actor=request.actor) for row in page["items"]]}


@router.get(
    "/imports/{import_id}",
    scope="imports:run",
    response=shapes.ImportOut,
    errors=[errors.ImportNotVisible],
)
def get_import(request: ActorRequest, import_id: UUID) -> Any:
    """One import, with the progress of the work under way."""
    return _out(selectors.get_import(actor=request.actor, import_id=import_id), actor=request.actor)


@router.get(
    "/imports/{import_id}/problems",
    scope="imports:run",
    response=Page[shapes.ImportProblemOut],
    errors=[errors.ImportNotVisible],
)
def list_import_problems(request: ActorRequest, import_id: UUID, query: Query[PageQuery]) -> Any:
    """Why rows were refused, by row."""
    key = decode_cursor(query.cursor, size=1)
    found = selectors.get_import(actor=request.actor, import_id=import_id)
    rows = selectors.list_problems(
        import_id=import_id, after=int(key[0]) if key else None, limit=query.limit + 1
    )
    mapping = mapping_in_force(found.entity)
    page = page_of(rows, limit=query.limit, key=lambda row: (row[0],))
    locale = request.actor.locale
    return page | {
        "items": [
            {
                name: getattr(one, name)
                for name in ("row", "field", "cell", "code", "message", "given", "because_of")
            }
            | {"reason": reason_of(one, mapping, locale=locale)}
            for _, one in page["items"]
        ]
    }


@router.put(
    "/imports/{import_id}/columns",
    scope="imports:run",
    response=shapes.ImportOut,
    errors=[*FILE, *WORK, Stale, FileUnknown],
)
def change_import_columns(request: ActorRequest, import_id: UUID, body: shapes.ImportColumnsIn) -> Any:
    """Say which columns mean which fields, and check again."""
    return _out(
        services.change_columns(
            actor=request.actor,
            import_id=import_id,
            version=body.version,
            columns=body.columns,
            now=request.now,
        ),
        actor=request.actor,
    )


@router.post("/imports/{import_id}/run", scope="imports:run", response=shapes.ImportOut, errors=WORK)
def run_import(request: ActorRequest, import_id: UUID) -> Any:
    """Apply the file."""
    return _out(
        services.run_import(actor=request.actor, import_id=import_id, now=request.now), actor=request.actor
    )


@router.post(
    "/imports/{import_id}/retry",
    scope="imports:run",
    response=shapes.ImportOut,
    errors=[*WORK, errors.NothingFailed],
)
def retry_import(request: ActorRequest, import_id: UUID) -> Any:
    """Apply only the rows that were refused."""
    return _out(
        services.retry_failures(actor=request.actor, import_id=import_id, now=request.now),
        actor=request.actor,
    )


@router.post(
    "/imports/{import_id}/cancel",
    scope="imports:run",
    response=shapes.ImportOut,
    errors=[errors.ImportNotVisible, JobUnknown, JobFinished, JobNotCancellable],
)
def cancel_import(request: ActorRequest, import_id: UUID) -> Any:
    """Stop between two chunks; what was committed stands."""
    return _out(
        services.cancel_import(actor=request.actor, import_id=import_id, now=request.now), actor=request.actor
    )


@exports.get("/exports", scope="exports:run", response=shapes.ExportListsOut)
def list_exports(request: ActorRequest) -> Any:
    """The lists that I may take out."""
    actor = request.actor
    return {
        "items": [
            {
                "name": one.name,
                "title_zh": one.zh,
                "title_en": one.en,
                "filters": list(one.filters),
                "columns": [
                    in_language(column.title_zh, column.title_en, actor.locale)
                    for column in one.columns(actor)
                ],
            }
            for one in lists_of(actor)
        ],
        "formats": list(Format),
        "direct_rows_max": DIRECT_ROWS_MAX,
    }


LIST = (errors.ListUnknown, ScopeMissing, InvalidInput)


@exports.post(
    "/exports/download",
    scope="exports:run",
    response=str,
    errors=[*LIST, NotFound, errors.ExportTooLarge],
    idempotent=False,
    summary="A short list as a file, at once",
)
def download_export(request: ActorRequest, body: shapes.ExportIn) -> HttpResponse:
    """The list as its screen shows it; a longer one is refused and made as a job."""
    with tempfile.TemporaryDirectory(prefix="huiliu-export-") as folder:
        target = FilePath(folder) / "export"
        made = export_list(
            actor=request.actor,
            name=body.name,
            format_=body.format,
            filters=body.filters,
            target=target,
            rows_max=DIRECT_ROWS_MAX,
            now=request.now,
        )
        return _download(target.read_bytes(), made.name, made.media_type)


@exports.post(
    "/exports", scope="exports:run", response=shapes.ExportStartedOut, status=201, errors=[*LIST, TooManyJobs]
)
def start_export(request: ActorRequest, body: shapes.ExportIn) -> Any:
    """Make the file in the background; the job carries it when it is done."""
    filters = checked_filters(list_of(request.actor, body.name), body.filters)
    job = jobs.start(
        actor=request.actor,
        kind="integrations.export",
        params=ExportWork(body.name, body.format, filters),
        now=request.now,
    )
    return {"job_id": job.id, "state": job.state.value}


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename=\"download\"; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _is_file(path: str, *media_types: str) -> None:
    """ninja knows one media type for all answers; these are files."""
    for operation in router.router.path_operations[path].operations:
        content = {one: {"schema": {"type": "string", "format": "binary"}} for one in media_types}
        operation.openapi_extra = (operation.openapi_extra or {}) | {"responses": {200: {"content": content}}}


_is_file("/imports/entities/{entity}/template", MEDIA_TYPES[Format.XLSX])
_is_file("/exports/download", *(one.split(";", maxsplit=1)[0] for one in MEDIA_TYPES.values()))


def _entity(entity: Entity, mapping: EntityMapping) -> dict[str, Any]:
    return {
        "name": mapping.entity,
        "title_zh": mapping.zh,
        "title_en": mapping.en,
        "note_zh": mapping.note_zh,
        "note_en": mapping.note_en,
        "key": list(mapping.key),
        "fields": [
            {
                "name": one.name,
                "kind": one.kind,
                "title_zh": one.zh,
                "title_en": one.en,
                "is_required": one.required,
                "note_zh": note_of(one, "zh-Hans"),
                "note_en": note_of(one, "en"),
                "choices": list(one.choices),
                "example": one.example,
            }
            for one in mapping.fields
        ],
        "options": [
            {"name": one.name, "title_zh": one.zh, "title_en": one.en, "is_required": one.required}
            for one in entity.options
        ],
    }


def _out(row: ImportRow, *, actor: Actor) -> dict[str, Any]:
    progress = selectors.progress_of(row, actor=actor)
    names = set(shapes.ImportOut.model_fields) - {"progress"}
    return {name: getattr(row, name) for name in names} | {"progress": progress}
