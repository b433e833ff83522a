"""Clusters of their own, stopped and gone after each test."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from huiliu.platform.embedded import Cluster
from huiliu.platform.embedded.testing import MEMORY, has_room

#: Small, and as durable as the real one.
SMALL = {"shared_buffers": "16MB", "max_connections": "20"}


@pytest.fixture
def place() -> Iterator[Path]:
    """A private directory (0700, as a home is); short, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="huiliu-setup-", dir=MEMORY if has_room() else None))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def a_cluster(place: Path) -> Iterator[Callable[..., Cluster]]:
    """`a_cluster("name")`: not started yet."""
    made: list[Cluster] = []

    def make(name: str = "data") -> Cluster:
        made.append(Cluster(place / name, settings=SMALL))
        return made[-1]

    yield make
    for cluster in made:
        cluster.stop()
        if cluster.socket_dir.parent != cluster.data_dir:
            shutil.rmtree(cluster.socket_dir, ignore_errors=True)


@pytest.fixture
def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """`huiliu` on a data directory and a port of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.port = port
        mine = ("HUILIU_", "DJANGO_", "DATABASE_URL", "PG")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(mine)
        } | {
            "HUILIU_DATA": str(data),
            "HUILIU_PORT": str(port),
        }
        self.ups: list[subprocess.Popen[str]] = []

    def huiliu(self, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        """One command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "huiliu.entrypoints.cli", *map(str, arguments)],
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def up(self) -> subprocess.Popen[str]:
        """`huiliu up`, ready."""
        process = subprocess.Popen(
            [sys.executable, "-m", "huiliu.entrypoints.cli", "up"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=(self.data.parent / "up.log").open("a"),
            text=True,
        )
        self.ups.append(process)
        self.wait_until_healthy()
        return process

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def wait_until_healthy(self) -> None:
        wait_until(self.healthy, lambda: (self.data.parent / "up.log").read_text()[-3000:])

    def processes(self) -> list[psutil.Process]:
        """Everything alive that serves this data directory, the database aside."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("HUILIU_DATA") == str(self.data) and process.name() != "postgres":
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def cluster(self) -> Cluster:
        return Cluster(self.data)


def wait_until(
    what: Callable[[], bool], why: Callable[[], object] = lambda: "", *, seconds: float = 40
) -> None:
    """Fails with `why()` when it does not come true."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory whose database stopped with every table and no row: made once for all processes of the run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data = shared / "migrated" / "data"
    with (shared / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            building = Installation(shared / "building" / "data", 1)
            done = building.huiliu("migrate")
            assert (done.returncode, done.stderr) == (0, "The database is current.\n")
            shutil.rmtree(building.cluster().socket_dir, ignore_errors=True)
            building.data.parent.rename(data.parent)
    return data


@pytest.fixture
def an_installation_with_tables(installation: Installation, migrated: Path) -> Installation:
    """What `huiliu migrate` leaves of nothing, without waiting for it: for tests of what comes after."""
    subprocess.run(["cp", "-a", migrated, installation.data], check=True)
    return installation


@pytest.fixture
def installation(place: Path, free_port: int) -> Iterator[Installation]:
    made = Installation(place / "data", free_port)
    yield made
    for process in made.ups:
        process.kill()
        process.wait()
    for left in made.processes():
        left.kill()
    made.cluster().stop()
    shutil.rmtree(made.cluster().socket_dir, ignore_errors=True)
