"""The cluster that tests share: fast and forgetful (no fsync), started by whoever comes first.

It lies in memory where there is room. A fresh database is a thousand files; measured on ext4 with a journal 650 ms each,
in memory 25 ms.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import psutil

from huiliu.platform.embedded.cluster import Cluster, Urls

#: A cluster grows to a third of it; the rest is for the browsers.
MEMORY_MIN = 3 * 1024**3
MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has names and owners of its own
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_wal_size": "512MB",
}


def cluster_directory(*, memory: Path = MEMORY) -> Path:
    """`HUILIU_TEST_DATA`, else a place of this checkout in memory, else one on the disk."""
    if named := os.environ.get("HUILIU_TEST_DATA"):
        return Path(named)
    here = Path.cwd() / ".huiliu" / "test-cluster"
    digest = hashlib.sha256(os.fsencode(here)).hexdigest()[:12]
    there = memory / f"huiliu-test-{os.geteuid()}-{digest}"
    if there.is_symlink() or there.exists():
        return there if _is_ours(there) else here
    return there if has_room(memory) else here


def _is_ours(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink() and _owner(place) == os.geteuid()


def _owner(place: Path) -> int:
    return place.stat().st_uid


def has_room(memory: Path = MEMORY, *, wanted: int = MEMORY_MIN) -> bool:
    """Whether `wanted` bytes may lie there; a memory file system promises more than there is."""
    if not memory.is_dir():
        return False
    free = min(shutil.disk_usage(memory).free, int(psutil.virtual_memory().available))
    return free >= wanted


def test_cluster() -> Urls:
    """URLs of the running test cluster; it stays for the next run."""
    return Cluster(cluster_directory(), settings=FORGETFUL).start()


test_cluster.__test__ = False  # type: ignore[attr-defined]


def stop() -> None:
    """Stop the shared test cluster and forget it: the next run makes another one. A named place keeps its files."""
    place = cluster_directory()
    Cluster(place).stop()
    if "HUILIU_TEST_DATA" not in os.environ:
        shutil.rmtree(place, ignore_errors=True)
