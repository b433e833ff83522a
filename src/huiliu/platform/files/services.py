"""Files and the rows that name them: who may see a file is a matter of its row, under row security."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from django.db import connection

from huiliu.kernel.ids import uuid7
from huiliu.platform import audit
from huiliu.platform.database import system_reach
from huiliu.platform.files import pictures, rules, store
from huiliu.platform.files.errors import FileTypeRefused, FileUnknown
from huiliu.platform.files.types import ALLOWED, ENDINGS, PICTURES, SIZE_MAX, FileRef, Use
from huiliu.platform.models import File
from huiliu.platform.settings_store import Changer

DIGESTS_A_ROUND = 1000


def pieces_of(source: IO[bytes]) -> Iterator[bytes]:
    """An open file, piece by piece."""
    while piece := source.read(store.PIECE):
        yield piece


def keep(
    *,
    actor: Changer,
    source: Iterable[bytes] | Path,
    name: str,
    use: Use,
    now: datetime,
    private: bool = False,
    paths: Sequence[str] = (),
    shown_to_all: bool = False,
    subject_type: str = "",
    subject_id: str = "",
    file_id: UUID | None = None,
) -> FileRef:
    """Store bytes and the row that names them, in the caller's transaction.

    Shape:  `paths`: whose it is, at most two organizations; without any the actor's own.
            `private`: only the actor (and headquarters) sees it: files to import, exports.
    Replay: bytes of a transaction that is rolled back are swept away after a day.
    Raises: FileEmpty, FileTooLarge, FileTypeRefused, PictureUnreadable, DiskFull.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            return keep(
                actor=actor,
                source=pieces_of(file),
                name=name,
                use=use,
                now=now,
                private=private,
                paths=paths,
                shown_to_all=shown_to_all,
                subject_type=subject_type,
                subject_id=subject_id,
                file_id=file_id,
            )
    first, second = (*(paths or (actor.organization_path,)), "")[:2]
    with store.received(source, size_max=SIZE_MAX[use]) as aside:
        content_type = rules.sniff(aside.path, name=name)
        if content_type is None or content_type not in ALLOWED[use]:
            raise FileTypeRefused(
                "A file of this type is not kept here.",
                field="file",
                found=content_type or "unknown",
                allowed=sorted(ending for one in ALLOWED[use] for ending in ENDINGS[one]),
            )
        size, sha256, thumbnail = aside.size, aside.sha256, ""
        if content_type in PICTURES:
            drawn = pictures.redraw(aside.path)
            content_type, size = drawn.content_type, len(drawn.content)
            sha256, thumbnail = store.keep_bytes(drawn.content), store.keep_bytes(drawn.thumbnail)
        else:
            store.keep(aside)
    row = File(
        id=file_id or uuid7(),
        name=rules.clean_name(name, content_type=content_type),
        content_type=content_type,
        size_bytes=size,
        sha256=sha256,
        thumbnail_sha256=thumbnail,
        owner_path=first,
        owner_path_2=second,
        private_to=actor.user_id if private else None,
        shown_to_all=shown_to_all,
        subject_type=subject_type,
        subject_id=subject_id,
        created_by=actor.user_id,
        created_at=now,
    )
    row.save(force_insert=True)
    _record(row, "file.kept", actor=actor, now=now)
    return file_ref(row)


def _record(row: File, action: str, *, actor: Changer, now: datetime) -> None:
    """Beside the document it belongs to, if any."""
    audit.record(
        actor=actor,
        action=action,
        subject_type=row.subject_type or "file",
        subject_id=row.subject_id or row.pk,
        owner_path=actor.organization_path,
        now=now,
        after={"file_id": str(row.pk), "name": row.name, "sha256": row.sha256},
    )


def find(file_id: UUID) -> FileRef:
    """Raises: FileUnknown when it is not there or not in the reach."""
    row = File.objects.filter(pk=file_id).first()
    if row is None:
        raise FileUnknown("There is no such file.", file_id=str(file_id))
    return file_ref(row)


def list_of(*, subject_type: str, subject_id: str, limit: int = 200) -> list[FileRef]:
    """The files beside a document, in the order of their coming, as far as the reach shows them."""
    rows = File.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("id")
    return [file_ref(row) for row in rows[:limit]]


def copy_to(
    *, from_type: str, from_id: str, to_type: str, to_id: str, paths: Sequence[str], now: datetime
) -> int:
    """What was kept beside one document is kept beside another too, for its parties; returns how many files.

    Bytes are shared, not copied. Replay: a file that is there already (same bytes and name) does not come again.
    """
    first, second = (*paths, "")[:2]
    there = set(File.objects.filter(subject_type=to_type, subject_id=to_id).values_list("sha256", "name"))
    rows = [
        File(
            id=uuid7(),
            name=row.name,
            content_type=row.content_type,
            size_bytes=row.size_bytes,
            sha256=row.sha256,
            thumbnail_sha256=row.thumbnail_sha256,
            owner_path=first,
            owner_path_2=second,
            subject_type=to_type,
            subject_id=to_id,
            created_by=row.created_by,
            created_at=now,
        )
        for row in File.objects.filter(subject_type=from_type, subject_id=from_id).order_by("id")
        if (row.sha256, row.name) not in there
    ]
    File.objects.bulk_create(rows)
    return len(rows)


def remove_all_of(*, subject_type: str, subject_id: str) -> int:
    """The document is thrown away with what was kept beside it; returns how many files."""
    gone, _ = File.objects.filter(subject_type=subject_type, subject_id=subject_id).delete()
    return gone


def path_of(file: FileRef) -> Path:
    """Where the bytes lie, to read them; whoever asks has found the row under the right reach."""
    return store.path_of(file.sha256)


def thumbnail_path_of(file: FileRef) -> Path:
    """Raises: FileUnknown for what is no picture."""
    if not file.thumbnail_sha256:
        raise FileUnknown("This file has no small picture.", file_id=str(file.id))
    return store.path_of(file.thumbnail_sha256)


def remove(*, actor: Changer, file_id: UUID, now: datetime) -> FileRef:
    """Take the row away; its bytes are swept when no other row names them. Only by whoever sent it.

    Raises: FileUnknown.
    """
    row = File.objects.filter(pk=file_id, created_by=actor.user_id).first()
    if row is None:
        raise FileUnknown("There is no such file of yours.", file_id=str(file_id))
    removed = file_ref(row)
    _record(row, "file.removed", actor=actor, now=now)
    row.delete()
    return removed


def sweep(*, now: datetime) -> int:
    """Delete bytes that no row has named for a day; returns how many. Safe beside uploads and other sweeps."""
    store.sweep_arriving()
    candidates = {path.name: path for path in store.unwanted(now=now)}
    swept = 0
    names = sorted(candidates)
    for start in range(0, len(names), DIGESTS_A_ROUND):
        part = names[start : start + DIGESTS_A_ROUND]
        with system_reach("maintenance"), connection.cursor() as cursor:
            cursor.execute("SELECT platform_files_unknown(%s)", [part])
            unknown = [str(row[0]) for row in cursor.fetchall()]
        swept += sum(store.sweep_away(candidates[name], now=now) for name in unknown)
    return swept


def file_ref(row: File) -> FileRef:
    return FileRef(
        id=row.pk,
        name=row.name,
        content_type=row.content_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        thumbnail_sha256=row.thumbnail_sha256,
        private_to=row.private_to,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        created_by=row.created_by,
        created_at=row.created_at,
    )
