"""Bytes under their digest, in a directory for each database: equal files are stored once.

A file is there whole or not at all: written aside, synced, renamed. Sweeping and storing exclude each other by
a lock file, so that bytes that are found again are never swept from under a row that is being written.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.db import connection

from huiliu.platform.errors import DiskFull
from huiliu.platform.files.errors import FileEmpty, FileTooLarge
from huiliu.platform.http.faults import refusal_of_disk
from huiliu.settings import ENV

PIECE: Final = 256 * 1024
KEPT_UNNAMED: Final = timedelta(days=1)


def directory() -> Path:
    """Where this brand's bytes lie."""
    return ENV.data / "files" / str(connection.settings_dict["NAME"])


def path_of(sha256: str) -> Path:
    return directory() / sha256[:2] / sha256


@dataclass(frozen=True, slots=True)
class Aside:
    """Bytes that were received and synced, not yet in the store."""

    path: Path
    size: int
    sha256: str


@contextmanager
def received(pieces: Iterable[bytes], *, size_max: int) -> Iterator[Aside]:
    """What arrives, written aside while it is counted and digested; gone after the block unless it was kept.

    Raises: FileTooLarge as soon as it is too much, FileEmpty, DiskFull.
    """
    aside = directory() / "arriving" / uuid4().hex
    try:
        with _full_disk_refused():
            aside.parent.mkdir(parents=True, exist_ok=True)
            size, digest = 0, hashlib.sha256()
            with aside.open("xb") as file:
                for piece in pieces:
                    size += len(piece)
                    if size > size_max:
                        raise FileTooLarge("The file is too large.", field="file", limit=size_max)
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
        if not size:
            raise FileEmpty("The file is empty.", field="file")
        yield Aside(aside, size, digest.hexdigest())
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _full_disk_refused() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if refusal_of_disk(error) is None:
            raise
        raise DiskFull("The server's disk is full.") from error


def keep(aside: Aside) -> None:
    """Into the store under its digest; bytes that are there already are marked as wanted again."""
    target = path_of(aside.sha256)
    with _full_disk_refused():
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(fcntl.LOCK_SH):
            try:
                os.utime(target)
            except FileNotFoundError:
                aside.path.replace(target)
                os.utime(target)
                _sync(target.parent)


def keep_bytes(content: bytes) -> str:
    """Bytes made by ourselves, by their digest. Raises: DiskFull."""
    with received([content], size_max=len(content)) as aside:
        keep(aside)
        return aside.sha256


def _sync(folder: Path) -> None:
    """The rename itself survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(how: int) -> Iterator[None]:
    with (directory() / "lock").open("a") as file:
        fcntl.flock(file, how)
        yield


def unwanted(*, now: datetime) -> list[Path]:
    """Bytes that nobody touched for a day; whether a row names them is another question."""
    limit = (now - KEPT_UNNAMED).timestamp()
    return [path for path in directory().glob("[0-9a-f][0-9a-f]/*") if path.stat().st_mtime < limit]


def sweep_away(path: Path, *, now: datetime) -> bool:
    """Delete bytes that no row names, unless they were wanted again meanwhile."""
    with _locked(fcntl.LOCK_EX):
        if not path.exists() or path.stat().st_mtime >= (now - KEPT_UNNAMED).timestamp():
            return False
        path.unlink()
        return True


def sweep_arriving() -> int:
    """What a killed process left half received a day ago."""
    limit = time.time() - KEPT_UNNAMED.total_seconds()
    left = [path for path in directory().glob("arriving/*") if path.stat().st_mtime < limit]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
