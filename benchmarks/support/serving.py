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
    """One user of the API with a connection that stays open.

    Written on a bare socket: what a client computes is taken from the cores that the server is measured on, and the
    reference's client is a driver in C. `http.client` parses each answer's head as a mail and costs a twentieth of
    an order.
    """

    def __init__(self, server: Server, token: str) -> None:
        self.socket = socket.create_connection((HOST, server.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = f"Host: {HOST}:{server.port}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self.socket.sendall(f"GET /api/v1{path} HTTP/1.1\r\n{self.head}\r\n".encode())
        return self._answer()

    def post(self, path: str, body: bytes, *, key: str) -> tuple[int, bytes]:
        """Status and body of the answer."""
        head = f"POST /api/v1{path} HTTP/1.1\r\n{self.head}Idempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
        self.socket.sendall(head.encode() + body)
        return self._answer()

    def _answer(self) -> tuple[int, bytes]:
        """An answer whose length is told in its head, as all of ours are."""
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end].lower()
        name = b"\r\ncontent-length:"
        start = head.index(name) + len(name)
        length = int(head[start:].split(b"\r\n", 1)[0])
        body = received[end + 4 :]
        while len(body) < length:
            body += self._more()
        return int(head[9:12]), body

    def _more(self) -> bytes:
        if not (part := self.socket.recv(65_536)):
            raise ConnectionError("The server closed the connection.")
        return part


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
