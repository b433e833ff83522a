"""Clusters of their own, stopped and gone after each test."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from huiliu.platform.embedded import Cluster

#: Small, and as durable as the real one.
SMALL = {"shared_buffers": "16MB", "max_connections": "20"}


@pytest.fixture
def place() -> Iterator[Path]:
    """A private directory (0700, as a home is); short, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="huiliu-setup-"))
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
