"""`huiliu up`: the database, the web workers, the live process and the worker, started, watched and stopped together.

Children die with this process (PR_SET_PDEATHSIG on Linux); a database that outlived a kill is adopted.
"""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from huiliu.platform import measuring
from huiliu.platform.embedded import Cluster, PostgresUnavailable, Urls

RESTART_SECONDS_MAX = 20.0
STEADY_SECONDS = 60.0  # a child that ran this long has recovered: the next failure counts from one again
STOP_SECONDS = 15.0
WEB_ALONE_SECONDS = 20.0  # after that the others start, whatever the web does
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """In the child, before it becomes the program: kill -9 of the supervisor leaves nobody behind."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One supervised process, its group, and its output line by line under its name."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = 0.0
    start_at: float = 0.0
    unfinished: bytes = field(default=b"", repr=False)

    def start(self, environment: dict[str, str], outputs: selectors.BaseSelector) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one foreign call; this process has no threads
            start_new_session=True,
        )
        assert self.process.stdout is not None  # noqa: S101 - asked for above
        os.set_blocking(self.process.stdout.fileno(), False)
        outputs.register(self.process.stdout, selectors.EVENT_READ, self)

    def signal_group(self, number: int) -> None:
        """To the process and everything it started; also when it is gone itself and left workers behind."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def tell(self, piece: bytes) -> None:
        """Whole lines to our own output."""
        *lines, self.unfinished = (self.unfinished + piece).split(b"\n")
        for line in lines:
            sys.stderr.write(f"{self.name:<6} | {line.decode(errors='replace')}\n")
        sys.stderr.flush()


def environment_for(urls: Urls, *, data: Path, port: int, database: str = "") -> dict[str, str]:
    """What settings read, for every child."""
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "huiliu.settings",
            "HUILIU_DATA": str(data),
            "HUILIU_PORT": str(port),
            "HUILIU_DATABASE_NAME": database,
        }
        | urls.environment()
    )


def host() -> str:
    """The address to listen on; 0.0.0.0 behind a proxy or in a container."""
    return os.environ.get("HUILIU_HOST", "127.0.0.1")


def children(*, port: int) -> list[Child]:
    """Web, live updates and worker, each restarted by itself."""
    granian = [str(Path(sys.executable).parent / "granian"), "--host", host(), "--log-level", "warning"]
    granian += ["--no-access-log", "--respawn-failed-workers", "--respawn-interval", "0.5"]
    granian += ["--workers-kill-timeout", "10"]
    web = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "4"]
    live = ["--interface", "asginl", "--port", str(port + 1), "--workers", "1"]
    return [
        Child("web", [*granian, *web, "huiliu.entrypoints.wsgi:application"]),
        Child("live", [*granian, *live, "huiliu.entrypoints.live:application"]),
        Child("worker", [sys.executable, "-m", "huiliu.entrypoints.worker"]),
    ]


def busy_ports(port: int) -> list[int]:
    """Which of our two ports somebody else listens on."""

    def taken(number: int) -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host(), number))
            except OSError:
                return True
        return False

    return [number for number in (port, port + 1) if taken(number)]


def up(
    *,
    port: int,
    cluster: Cluster | None,
    environment: dict[str, str],
    ready: Callable[[], None] = lambda: None,
) -> int:
    """Run until Ctrl-C or SIGTERM; a child that dies is started again, later each time.

    The database is watched here and stopped by the caller, who knows whether another command uses it.
    """
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    running = children(port=port)
    environment = environment | {measuring.DIRECTORY: measuring.begin(Path(environment["HUILIU_DATA"]))}
    told = False
    outputs = selectors.DefaultSelector()
    web_alone_until = time.monotonic() + WEB_ALONE_SECONDS
    try:
        while not stopping:
            _pass_on(outputs, 0.2)
            if cluster is not None and cluster.process() is None:
                _revive(cluster)
            # The web goes first: its workers are what people wait for, and two cores load one program after another.
            is_all = told or time.monotonic() > web_alone_until
            for child in running if is_all else running[:1]:
                _watch(child, environment, outputs)
            if not told and _healthy(port):
                told = True
                ready()
    finally:
        _stop_all(running, outputs)
    return 0


def _pass_on(outputs: selectors.BaseSelector, seconds: float) -> None:
    """Print for some time what the children say: whoever looks after them does so between, not for every line."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        for key, _ in outputs.select(left):
            child: Child = key.data
            piece = os.read(key.fd, 65536)
            if piece:
                child.tell(piece)
            else:
                outputs.unregister(key.fileobj)


def _revive(cluster: Cluster) -> None:
    sys.stderr.write("database is gone: starting it again\n")
    try:
        cluster.start()
    except PostgresUnavailable as unavailable:
        sys.stderr.write(f"{unavailable}\nagain in 5 s\n")
        time.sleep(5)


def _watch(child: Child, environment: dict[str, str], outputs: selectors.BaseSelector) -> None:
    now = time.monotonic()
    if child.process is not None and child.process.poll() is not None:
        child.failures = 1 if now - child.started_at > STEADY_SECONDS else child.failures + 1
        wait = min(RESTART_SECONDS_MAX, 0.5 * 2**child.failures)
        sys.stderr.write(f"{child.name} ended with {child.process.returncode}; again in {wait:.0f} s\n")
        child.signal_group(signal.SIGKILL)  # its own workers would hold the port
        child.process, child.start_at = None, now + wait
    if child.process is None and now >= child.start_at:
        child.start(environment, outputs)


def _healthy(port: int) -> bool:
    import urllib.error
    import urllib.request

    address = "127.0.0.1" if host() == "0.0.0.0" else host()  # noqa: S104 - compared, not bound
    try:
        with urllib.request.urlopen(f"http://{address}:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop_all(running: list[Child], outputs: selectors.BaseSelector) -> None:
    for child in running:
        child.signal_group(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while any(child.process is not None and child.process.poll() is None for child in running):
        if time.monotonic() > deadline:
            break
        _pass_on(outputs, 0.05)
    for child in running:
        child.signal_group(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()
