"""Figures for Prometheus that every process counts: web workers, live updates and the worker as one truth.

Under `huiliu up` each process keeps its figures in a file of its own in one directory, and whoever is asked sums
them; a process alone (a test, a command) answers from memory. A process that died takes its gauges along, its
counters stay: what was answered was answered.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Final

import psutil
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

#: Read by prometheus_client when it is imported; set by the supervisor for its children.
DIRECTORY: Final = "PROMETHEUS_MULTIPROC_DIR"
_GAUGES: Final = re.compile(r"gauge_live[a-z]+_([0-9]+)\.db")

FIGURES: Final = CollectorRegistry()
REQUESTS: Final = Counter(
    "huiliu_requests", "Requests answered.", ["operation", "method", "status"], registry=FIGURES
)
REQUEST_SECONDS: Final = Histogram(
    "huiliu_request_seconds", "Time to answer.", ["operation", "method"], registry=FIGURES
)
WORK: Final = Counter(
    "huiliu_work", "Pieces of recurring work done by the worker.", ["work", "outcome"], registry=FIGURES
)
STREAMS: Final = Gauge(
    "huiliu_live_streams", "Open streams of live updates.", registry=FIGURES, multiprocess_mode="livesum"
)
POOL: Final = Gauge(
    "huiliu_pool",
    "The connection pools of the web processes.",
    ["figure"],
    registry=FIGURES,
    multiprocess_mode="livesum",
)


def begin(data: Path) -> str:
    """An empty directory for the figures of the processes that are about to start."""
    directory = data / "metrics"
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return str(directory)


def everywhere() -> CollectorRegistry:
    """The figures of all processes of the installation, or of this one when it stands alone."""
    directory = os.environ.get(DIRECTORY, "")
    if not directory:
        return FIGURES
    _forget_the_dead(Path(directory))
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=directory)  # type: ignore[no-untyped-call]
    return registry


def _forget_the_dead(directory: Path) -> None:
    for file in directory.glob("gauge_live*.db"):
        found = _GAUGES.fullmatch(file.name)
        if found and not psutil.pid_exists(int(found[1])):
            file.unlink(missing_ok=True)
