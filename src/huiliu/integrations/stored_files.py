"""The files that come in and go out: their bytes lie under their digest, the row says whose they are."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.kernel.ids import uuid7
from huiliu.platform.errors import NotFound
from huiliu.platform.models import File
from huiliu.settings import ENV

_TYPES: Final = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that the actor may read."""

    id: UUID
    name: str
    path: Path
    sha256: str


def fetch(*, actor: Actor, file_id: UUID) -> StoredFile:
    """One's own file, for staff every. Raises: NotFound, also when its bytes are gone."""
    row = File.objects.filter(pk=file_id).first()
    if row is None or (row.private_to not in (None, actor.user_id) and not actor.reach.everything):
        raise NotFound("There is no such file.", field="file_id", file_id=str(file_id))
    path = _place(row.sha256)
    if not path.is_file():
        raise NotFound("The file's content is gone; upload it again.", field="file_id", file_id=str(file_id))
    return StoredFile(row.pk, row.name, path, row.sha256)


def keep(*, actor: Actor, path: Path, name: str, subject_id: str, now: datetime) -> StoredFile:
    """Take a file over; only the actor (and the brand's staff) see it."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    sha256, target = digest.hexdigest(), _place(digest.hexdigest())
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=target.parent)
        os.close(handle)
        shutil.copyfile(path, aside)
        Path(aside).replace(target)
    row = File.objects.create(
        id=uuid7(),
        name=name[:200],
        content_type=_TYPES.get(Path(name).suffix.lower(), "application/octet-stream"),
        size_bytes=target.stat().st_size,
        sha256=sha256,
        owner_path=actor.organization_path,
        private_to=actor.user_id,
        subject_type="import" if subject_id else "",
        subject_id=subject_id,
        created_by=actor.user_id,
        created_at=now,
    )
    return StoredFile(row.pk, row.name, target, sha256)


def _place(sha256: str) -> Path:
    return ENV.data / "files" / sha256[:2] / sha256
