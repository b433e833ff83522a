"""Files: send, look at, fetch, remove."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.http import FileResponse
from ninja import File, Form, Query
from ninja.files import UploadedFile

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.flows.work import schemas as shapes
from huiliu.platform import files
from huiliu.platform.errors import DiskFull, HeadquartersOnly
from huiliu.platform.files.errors import (
    FileEmpty,
    FileTooLarge,
    FileTypeRefused,
    FileUnknown,
    PictureUnreadable,
)
from huiliu.platform.settings_store import require_headquarters
from huiliu.platform.subjects import SubjectUnknown, paths_of

router = EdgeRouter(tag="files", module="platform")
log = structlog.get_logger("huiliu.files")
#: What a browser shows by itself; the rest is saved, never opened in our own page.
INLINE = frozenset({"image/png", "image/jpeg", "image/webp"})


@router.post(
    "/files",
    scope="files:write",
    status=201,
    response=shapes.StoredFileOut,
    errors=[
        FileEmpty,
        FileTooLarge,
        FileTypeRefused,
        PictureUnreadable,
        SubjectUnknown,
        HeadquartersOnly,
        DiskFull,
    ],
)
def upload_file(request: ActorRequest, body: Form[shapes.FileIn], file: File[UploadedFile]) -> Any:
    """Send one file as multipart/form-data. What counts is its content; pictures are drawn anew.

    Whoever sees the document that it is attached to sees it; without one only the sender and headquarters do.
    """
    if body.shown_to_all:
        require_headquarters(request.actor)
    paths: tuple[str, ...] = ()
    if body.subject_type or body.subject_id:
        paths = paths_of(actor=request.actor, subject_type=body.subject_type, subject_id=body.subject_id)
    kept = files.keep(
        actor=request.actor,
        source=file.chunks(),
        name=file.name or "",
        use=body.use,
        private=not (body.shown_to_all or paths),
        paths=paths,
        subject_type=body.subject_type,
        subject_id=body.subject_id,
        shown_to_all=body.shown_to_all,
        now=request.now,
    )
    return _shown(kept)


@router.get("/files", scope="files:read", response=list[shapes.StoredFileOut], errors=[SubjectUnknown])
def list_files_of_document(request: ActorRequest, query: Query[shapes.FilesOfQuery]) -> Any:
    """The files beside a document, in the order of their coming."""
    paths_of(actor=request.actor, subject_type=query.subject_type, subject_id=query.subject_id)
    found = files.list_of(subject_type=query.subject_type, subject_id=query.subject_id)
    return [_shown(one) for one in found]


@router.get("/files/{file_id}", scope="files:read", response=shapes.StoredFileOut, errors=[FileUnknown])
def get_file(request: ActorRequest, file_id: UUID) -> Any:  # noqa: ARG001 - the edge's shape
    """What is known of a file."""
    return _shown(files.find(file_id))


@router.get("/files/{file_id}/content", scope="files:read", response=str, errors=[FileUnknown])
def download_file(request: ActorRequest, file_id: UUID) -> Any:  # noqa: ARG001 - the edge's shape
    """The bytes, under the file's name."""
    file = files.find(file_id)
    inline = file.content_type in INLINE
    return _sent(files.path_of(file), file, content_type=file.content_type, inline=inline)


@router.get("/files/{file_id}/thumbnail", scope="files:read", response=str, errors=[FileUnknown])
def download_thumbnail(request: ActorRequest, file_id: UUID) -> Any:  # noqa: ARG001 - the edge's shape
    """A picture's small one, at most 256 pixels a side."""
    file = files.find(file_id)
    return _sent(files.thumbnail_path_of(file), file, content_type="image/webp", inline=True)


@router.delete("/files/{file_id}", scope="files:write", response=shapes.StoredFileOut, errors=[FileUnknown])
def remove_file(request: ActorRequest, file_id: UUID) -> Any:
    """Take away a file that one sent oneself."""
    return _shown(files.remove(actor=request.actor, file_id=file_id, now=request.now))


def _sent(path: Path, file: files.FileRef, *, content_type: str, inline: bool) -> FileResponse:
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:
        log.error("bytes of a file are gone", file=str(file.id), sha256=file.sha256)
        raise FileUnknown("The content of this file is gone.", file_id=str(file.id)) from error
    charset = "; charset=utf-8" if content_type.startswith("text/") else ""
    return FileResponse(
        opened,
        as_attachment=not inline,
        filename=file.name,
        content_type=content_type + charset,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=3600",  # the bytes behind an id never change
        },
    )


def _shown(file: files.FileRef) -> dict[str, Any]:
    return {
        "id": file.id,
        "name": file.name,
        "content_type": file.content_type,
        "size_bytes": file.size_bytes,
        "sha256": file.sha256,
        "has_thumbnail": bool(file.thumbnail_sha256),
        "private": file.private_to is not None,
        "subject_type": file.subject_type,
        "subject_id": file.subject_id,
        "created_by": file.created_by,
        "created_at": file.created_at,
    }


def _is_file(path: str, content_type: str) -> None:
    """ninja knows one media type for all answers; these are bytes."""
    content = {content_type: {"schema": {"type": "string", "format": "binary"}}}
    for operation in router.router.path_operations[path].operations:
        operation.openapi_extra = (operation.openapi_extra or {}) | {"responses": {200: {"content": content}}}


_is_file("/files/{file_id}/content", "application/octet-stream")
_is_file("/files/{file_id}/thumbnail", "image/webp")
