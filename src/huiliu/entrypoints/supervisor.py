"""`huiliu up`: the database, the web workers, the live process and the worker, started, watched and stopped together.

Children die with this process (PR_SET_PDEATHSIG on Linux); a database that outlived a kill is adopted.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from huiliu.platform.embedded import Cluster, Urls

RESTART_SECONDS_MAX = 20.0
STOP_SECONDS = 15.0
PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One supervised process."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    start_at: float = 0.0

    def start(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            env=environment,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - set before any thread of ours
            start_new_session=True,
        )

    def stop(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


def environment_for(urls: Urls, *, data: Path, port: int, database: str = "") -> dict[str, str]:
    """What settings read, for every child."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "huiliu.settings",
        "HUILIU_DATA": str(data),
        "HUILIU_PORT": str(port),
        "HUILIU_DATABASE_URL_WEB": urls.web,
        "HUILIU_DATABASE_URL_WORKER": urls.worker,
        "HUILIU_DATABASE_URL_OWNER": urls.owner,
        "HUILIU_DATABASE_NAME": database,
    }


def children(*, port: int) -> list[Child]:
    granian = str(Path(sys.executable).parent / "granian")
    return [
        Child(
            "web",
            [
                granian,
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
                "--workers",
                "2",
                "--blocking-threads",
                "4",
                "--no-access-log",
                "--log-level",
                "warning",
                "huiliu.entrypoints.wsgi:application",
            ],
        ),
        Child(
            "live",
            [
                granian,
                "--interface",
                "asginl",
                "--host",
                "127.0.0.1",
                "--port",
                str(port + 1),
                "--workers",
                "1",
                "--no-access-log",
                "--log-level",
                "warning",
                "huiliu.entrypoints.live:application",
            ],
        ),
        Child("worker", [sys.executable, "-m", "huiliu.entrypoints.worker"]),
    ]


def up(
    *,
    data: Path,
    port: int,
    cluster: Cluster | None,
    environment: dict[str, str],
    ready: Callable[[], None] = lambda: None,
) -> int:
    """Run until Ctrl-C or SIGTERM; a child that dies is started again, later each time."""
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    running = children(port=port)
    told = False
    for child in running:
        child.start(environment)
    while not stopping:
        time.sleep(0.2)
        for child in running:
            _watch(child, environment)
        if not told and _healthy(port):
            told = True
            ready()
        if cluster is not None and cluster.process() is None and not stopping:
            sys.stderr.write("database is gone: starting it again\n")
            cluster.start()
    _stop_all(running)
    if cluster is not None:
        cluster.stop()
    del data
    return 0


def _watch(child: Child, environment: dict[str, str]) -> None:
    if child.process is not None and child.process.poll() is not None:
        child.failures += 1
        wait = min(RESTART_SECONDS_MAX, 0.5 * 2**child.failures)
        sys.stderr.write(f"{child.name} ended with {child.process.returncode}; again in {wait:.0f} s\n")
        child.process, child.start_at = None, time.monotonic() + wait
    if child.process is None and time.monotonic() >= child.start_at:
        child.start(environment)


def _healthy(port: int) -> bool:
    import urllib.error
    import urllib.request

    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop_all(running: list[Child]) -> None:
    for child in running:
        child.stop(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in running:
        if child.process is not None:
            try:
                child.process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.stop(signal.SIGKILL)
