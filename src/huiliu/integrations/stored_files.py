"""The files that come in and go out: only whoever brought or made them (and headquarters) sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.platform import files
from huiliu.platform.files.errors import FileUnknown


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that the transaction's reach shows, and where its bytes lie."""

    id: UUID
    name: str
    path: Path
    sha256: str


def fetch(*, file_id: UUID) -> StoredFile:
    """Raises: FileUnknown, also when its bytes are gone."""
    found = files.find(file_id)
    path = files.path_of(found)
    if not path.is_file():
        raise FileUnknown("The file's content is gone; upload it again.", file_id=str(file_id))
    return StoredFile(found.id, found.name, path, found.sha256)


def keep(*, actor: Actor, path: Path, name: str, now: datetime) -> StoredFile:
    """Take over a file that was made here. Raises: DiskFull."""
    kept = files.keep(actor=actor, source=path, name=name, use=files.Use.MADE, private=True, now=now)
    return StoredFile(kept.id, kept.name, files.path_of(kept), kept.sha256)
