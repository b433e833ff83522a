"""Shapes of jobs and files."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.platform.files import Use
from huiliu.platform.http.cursor import PageQuery
from huiliu.platform.http.problem import Problem
from huiliu.platform.jobs import JobState

Name = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]


class JobQuery(PageQuery):
    """Which jobs; headquarters may ask for everyone's, others have only their own."""

    state: JobState | None = None
    kind: Name = ""
    everyone: bool = False


class JobOut(Schema):
    """Long work as it stands; `total` null: nobody knows how much there is."""

    id: UUID
    kind: str
    label_zh: str
    label_en: str
    state: JobState
    created_by: int | None
    created_by_name: str
    done: int
    total: int | None
    message: str
    result: dict[str, Any] | None = Field(description="What came of it; its fields are the kind's own.")
    refusal: Problem | None = Field(description="Why it failed.")
    result_file_id: UUID | None
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_asked_at: datetime | None
    may_cancel: bool
    may_start_again: bool


class FileIn(Schema):
    """What comes with an uploaded file. Without a subject only the sender and headquarters see it."""

    use: Use = Use.ATTACHMENT
    subject_type: Name = Field(default="", description="The document it belongs to: `order`, `shipment`, …")
    subject_id: Name = ""
    shown_to_all: bool = Field(default=False, description="Headquarters only: for every partner to see.")


class FilesOfQuery(Schema):
    """The document whose files are asked for."""

    subject_type: Name
    subject_id: Name


class StoredFileOut(Schema):
    """A stored file; its content is under `/files/{id}/content`."""

    id: UUID
    name: str
    content_type: str
    size_bytes: int
    sha256: str
    has_thumbnail: bool
    private: bool
    subject_type: str
    subject_id: str
    created_by: int | None
    created_at: datetime
