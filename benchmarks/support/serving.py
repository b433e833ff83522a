"""A real web server on a scratch database, light clients that keep their connection, and CPU time by process."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from benchmarks.harness import cluster

HOST = "127.0.0.1"
WORKERS, THREADS = 2, 4


@dataclass(frozen=True)
class Server:
    """A running web server."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def cpu(self) -> float:
        """Seconds that its processes have used."""
        parent = psutil.Process(self.process.pid)
        times = [process.cpu_times() for process in (parent, *parent.children(recursive=True))]
        return float(sum(time.user + time.system for time in times))


@contextmanager
def serve(database: str) -> Iterator[Server]:
    """The web workers as `huiliu up` starts them, on a free port of the loopback interface."""
    with TemporaryDirectory(prefix="huiliu-bench-") as folder, socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
        probe.close()
        log = Path(folder) / "web.log"
        granian = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", HOST]
        granian += ["--port", str(port), "--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
        granian += ["--log-level", "warning", "--no-access-log", "huiliu.entrypoints.wsgi:application"]
        environment = (
            os.environ
            | cluster().urls().environment()
            | {
                "HUILIU_DATABASE_NAME": database,
                "HUILIU_DATA": folder,
                "HUILIU_PORT": str(port),
                "HUILIU_POOL_SIZE": str(THREADS),
                "HUILIU_SECRET_KEY": _secret_key(),  # so that cursors made here are its own
            }
        )
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - our own server
                granian, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            _wait(port, process, log)
            yield Server(port, process, log)
        except BaseException:
            sys.stderr.write(log.read_text()[-5000:])  # the folder goes away, what the server said should not
            raise
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)


def _secret_key() -> str:
    from django.conf import settings

    return str(settings.SECRET_KEY)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The web server does not answer:\n{log.read_text()[-2000:]}")


class Client:
    """One user of the API with a connection that stays open."""

    def __init__(self, server: Server, token: str) -> None:
        self.connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self.connection.request("GET", f"/api/v1{path}", headers=self.headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def post(self, path: str, body: bytes, *, key: str) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self.connection.request(
            "POST", f"/api/v1{path}", body=body, headers=self.headers | {"Idempotency-Key": key}
        )
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def cpu_of_backends(database: str) -> float:
    """Seconds used by the server processes of the database's open connections."""
    used = 0.0
    for process in psutil.process_iter(["name"]):
        if process.info["name"] not in ("postgres", "postmaster"):
            continue
        try:
            title = " ".join(process.cmdline())
            times = process.cpu_times()
        except psutil.Error:
            continue
        if database in title and "autovacuum" not in title:
            used += times.user + times.system
    return used


def owner_url(database: str) -> str:
    """The owner's URL of a scratch database; to be used beside `harness.scratch_database`."""
    return str(cluster().urls().at(database).owner)


def closed_loop(works: list[Callable[[], Any]], *, seconds: float) -> tuple[float, list[float], list[Any]]:
    """Every work again and again in a thread of its own: completions per second, milliseconds, answers."""
    taken: list[float] = []
    answers: list[Any] = []
    faults: list[BaseException] = []
    barrier = threading.Barrier(len(works) + 1)
    stop = threading.Event()

    def repeat(work: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            while not stop.is_set():
                began = time.perf_counter()
                answer = work()
                taken.append((time.perf_counter() - began) * 1000)
                answers.append(answer)
        except BaseException as fault:  # noqa: BLE001 - told to the caller
            faults.append(fault)

    threads = [threading.Thread(target=repeat, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    stop.wait(seconds)
    stop.set()
    for thread in threads:
        thread.join(60)
    over = time.perf_counter() - began
    if faults:
        raise faults[0]
    return len(taken) / over, taken, answers


def at_once(works: list[Callable[[], Any]]) -> tuple[float, list[Any]]:
    """Every work once, all started together: seconds until the last one ended, and the answers."""
    answers: list[Any] = [None] * len(works)
    faults: list[BaseException] = []
    barrier = threading.Barrier(len(works) + 1)

    def once(place: int, work: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            answers[place] = work()
        except BaseException as fault:  # noqa: BLE001 - told to the caller
            faults.append(fault)

    threads = [threading.Thread(target=once, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join(60)
    over = time.perf_counter() - began
    if faults:
        raise faults[0]
    return over, answers
