"""Imports as the edge and other modules see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from huiliu.integrations.importing.types import Mode
from huiliu.kernel.states import State


class ImportState(State):
    """Where an import stands. Every ended one may be run again: what was taken is found unchanged."""

    CHECKING = "CHECKING"  # the dry run is under way
    CHECKED = "CHECKED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    REFUSED = "REFUSED"  # the file as a whole


_S = ImportState
_ENDED: Final = frozenset({_S.CHECKED, _S.DONE, _S.CANCELLED, _S.REFUSED})
MOVES: Final = {
    _S.CHECKING: frozenset({_S.CHECKED, _S.CANCELLED, _S.REFUSED}),
    _S.CHECKED: frozenset({_S.CHECKING, _S.RUNNING}),
    _S.RUNNING: frozenset({_S.DONE, _S.CANCELLED, _S.REFUSED}),
    _S.DONE: frozenset({_S.CHECKING, _S.RUNNING}),
    _S.CANCELLED: frozenset({_S.CHECKING, _S.RUNNING}),
    _S.REFUSED: frozenset({_S.CHECKING, _S.RUNNING}),
}


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """What somebody wants to bring in; `columns` (title → field) go before what is found in the titles."""

    entity: str
    file_id: UUID
    mode: Mode = Mode.UPSERT
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    mapping_id: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import as its owner sees it."""

    id: UUID
    entity: str
    entity_zh: str
    entity_en: str
    mode: Mode
    state: ImportState
    file_name: str
    format: str
    sheet: str
    options: Mapping[str, str]
    columns: Mapping[str, str]
    plan: Mapping[str, Any]
    checked: Mapping[str, Any] | None
    result: Mapping[str, Any] | None
    refusal: Mapping[str, Any] | None
    job_id: UUID | None
    error_file_id: UUID | None
    created_by: int | None
    created_at: datetime
    finished_at: datetime | None
    version: int
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A mapping that somebody kept."""

    id: int
    entity: str
    name: str
    columns: Mapping[str, str]
    version: int
    updated_at: datetime
