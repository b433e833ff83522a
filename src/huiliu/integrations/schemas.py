"""Shapes of import and export over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.integrations.exporting.writers import Format
from huiliu.integrations.importing.types import Mode
from huiliu.integrations.types import ImportState
from huiliu.platform.http.cursor import PageQuery

Name = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[a-z_]+$")]
Text = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
FieldName = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9_]*$")]
Id = Annotated[int, Field(ge=1, le=2**53)]
Columns = Annotated[dict[Title, FieldName], Field(max_length=256)]
#: Long enough for 500 chosen rows.
FilterText = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Options = Annotated[dict[Name, Text], Field(max_length=20)]


class ImportFieldOut(Schema):
    """A field that a column may mean."""

    name: str
    kind: str
    title_zh: str
    title_en: str
    is_required: bool
    note_zh: str
    note_en: str
    choices: list[str]
    example: str


class ImportOptionOut(Schema):
    """Something an import needs to be told beside its rows."""

    name: str
    title_zh: str
    title_en: str
    is_required: bool


class ImportEntityOut(Schema):
    """What can be imported, and by which fields."""

    name: str
    title_zh: str
    title_en: str
    note_zh: str
    note_en: str
    key: list[str]
    fields: list[ImportFieldOut]
    options: list[ImportOptionOut]


class ImportEntitiesOut(Schema):
    """What the reader may import."""

    items: list[ImportEntityOut]


class CellsIn(Schema):
    """An uploaded file (POST /files, use SHEET) to be looked at."""

    file_id: UUID


class CellsOut(Schema):
    """The cells of the first sheet as text, row by row, the titles as they stand; empty rows are left out."""

    rows: list[list[str]]


class NewImportIn(Schema):
    """An uploaded file on its way in. `columns` (title → field, "" leaves one out) go before what is found."""

    id: UUID
    entity: Name
    file_id: UUID
    mode: Mode = Mode.UPSERT
    sheet: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = ""
    columns: Columns = Field(default_factory=dict)
    mapping_id: int | None = Field(default=None, ge=1, le=2**53)
    options: Options = Field(default_factory=dict)


class ImportColumnsIn(Schema):
    """Which columns mean which fields."""

    version: int = Field(ge=1, le=2**31 - 1)
    columns: Columns


class PlanColumnOut(Schema):
    """One column of the file; an empty field is left out."""

    column: str
    title: str
    field: str


class ImportPlanOut(Schema):
    """How the file is read."""

    header_row: int
    columns: list[PlanColumnOut]
    ignored: list[str]
    missing: list[str]
    sheets: list[str]
    encoding: str
    sample: list[list[str]]


class ImportTotalsOut(Schema):
    """What became of the rows; `rows` is the sum of inserted, updated, unchanged, failed and passed over."""

    rows: int
    inserted: int
    updated: int
    unchanged: int
    failed: int
    passed_over: int
    hidden: int
    cancelled: bool


class ImportRefusalOut(Schema):
    """Why the file as a whole was refused."""

    code: str
    message: str
    remedy: str
    facts: dict[str, Any]


class ImportProgressOut(Schema):
    """How far the work under way is."""

    done: int
    total: int | None
    message: str


class ImportOut(Schema):
    """An import: what was found, what the check said, what came of the run."""

    id: UUID
    entity: str
    entity_zh: str = Field(description="What was imported, in words: also for who may not import it.")
    entity_en: str
    mode: Mode
    state: ImportState
    file_name: str
    format: str
    sheet: str
    options: dict[str, str]
    plan: ImportPlanOut
    checked: ImportTotalsOut | None
    result: ImportTotalsOut | None
    refusal: ImportRefusalOut | None
    progress: ImportProgressOut | None
    job_id: UUID | None
    error_file_id: UUID | None
    created_by: int | None
    created_at: datetime
    finished_at: datetime | None
    version: int
    allowed_actions: list[str]


class ImportQuery(PageQuery):
    """How imports are asked for."""

    entity: Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z_]*$")] = ""


class ImportProblemOut(Schema):
    """Why one row was refused; `cell` is empty when no single cell is at fault."""

    row: int
    field: str
    cell: str
    code: str
    message: str
    reason: str = Field(description="In the reader's language, as it stands in the error file.")
    given: str
    because_of: list[int]


class ColumnMappingIn(Schema):
    """A mapping to keep."""

    entity: Name
    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
    columns: Columns


class ColumnMappingOut(Schema):
    """A kept mapping."""

    id: int
    entity: str
    name: str
    columns: dict[str, str]
    version: int
    updated_at: datetime


class ColumnMappingsOut(Schema):
    """The kept mappings."""

    items: list[ColumnMappingOut]


class MappingRemoved(Schema):
    """It is gone."""

    removed: bool


class ExportListOut(Schema):
    """A list that can be exported."""

    name: str
    title_zh: str
    title_en: str
    filters: list[str]
    columns: list[str]


class ExportListsOut(Schema):
    """What the reader may export."""

    items: list[ExportListOut]
    formats: list[Format]
    direct_rows_max: int


class ExportIn(Schema):
    """Which list, narrowed as its screen is."""

    name: Name
    format: Format = Format.XLSX
    filters: Annotated[dict[Name, FilterText], Field(max_length=20)] = Field(default_factory=dict)


class ExportStartedOut(Schema):
    """The job that makes the file."""

    job_id: UUID
    state: str
