"""One PostgreSQL cluster in a directory: created, started, adopted after a crash, stopped.

Nothing is believed of `postmaster.pid` but what the running process itself shows: a pid of another program
(a reboot) or of another directory (a copy) is ignored, a living server of this directory is adopted.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

from huiliu.platform.embedded.binaries import (
    PostgresUnavailable,
    Runner,
    binaries,
    cluster_major,
    major_of,
    runner,
)
from huiliu.platform.embedded.roles import LOGINS, ensure_roles
from huiliu.platform.embedded.urls import Urls, with_database

__all__ = ["Cluster", "Status", "Urls"]

SUPERUSER = "huiliu_super"
SOCKET_PATH_MAX = 90  # sun_path holds 107 bytes; the file's own name takes the rest
LOG_BYTES_MAX = 20 * 1024**2
SILENT_SECONDS_MAX = 60
PATIENT = ("starting up", "recovery", "not yet accepting", "shutting down")
SETTINGS = {
    "shared_buffers": "256MB",
    "max_connections": "120",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "2GB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "listen_addresses": "",
    "port": "5432",
    "log_min_messages": "warning",
    "unix_socket_permissions": "0700",
}


#: Servers that this process started. They outlive it on purpose; but a `Popen` that is dropped while its program runs
#: warns wherever the collector happens to be, and one that is never asked again leaves a zombie.
_STARTED: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class Status:
    """What is there: `major` None before the first start, `pid` None when stopped."""

    directory: Path
    major: int | None
    pid: int | None


class Cluster:
    """The cluster in `<data_dir>/postgres`."""

    def __init__(
        self, data_dir: Path, *, settings: dict[str, str] | None = None, database: str = "huiliu"
    ) -> None:
        self.data_dir = data_dir.resolve()
        self.directory = self.data_dir / "postgres"
        self.settings = SETTINGS | (settings or {})
        self.database = database

    @property
    def user(self) -> Runner:
        """Who runs the server: the owner of an existing cluster, when we are root."""
        return runner(self.directory)

    @property
    def socket_dir(self) -> Path:
        """Beside the data, or a short place of its own when that path is too long or closed to the server."""
        beside = self.data_dir / "socket"
        if len(os.fsencode(beside)) <= SOCKET_PATH_MAX and self._open_to_server():
            return beside
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"huiliu-{os.geteuid()}-{digest}"

    def urls(self) -> Urls:
        """Connection URLs over the socket; the server knows its user and root (peer), so no password."""
        host = quote(str(self.socket_dir), safe="/")

        def url(role: str) -> str:
            return f"postgresql://{role}@/{quote(self.database, safe='')}?host={host}&port={self.settings['port']}"

        return Urls(url("huiliu_owner"), url("huiliu_web"), url("huiliu_worker"), url(SUPERUSER))

    def start(self) -> Urls:
        """Make the cluster answer; safe to call from several processes at once.

        Raises: PostgresUnavailable with the reason and the end of the server's log.
        """
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self._lock():
            self._take_over_files()
            if not (self.directory / "PG_VERSION").exists():
                self._initialize()
            if self.process() is None or not self._answers(self._lives):
                server = self._launch()
                if not self._answers(lambda: server.poll() is None):
                    raise PostgresUnavailable(self._why("the server ended"))
            ensure_roles(self.urls(), self.database)
        return self.urls()

    def stop(self) -> None:
        """Fast shutdown; returns when the server has written everything."""
        process = self.process()
        if process is None:
            return
        for number, seconds in (
            (signal.SIGINT, 120),
            (signal.SIGQUIT, 30),
        ):  # after SIGQUIT it replays its log
            try:
                process.send_signal(number)
            except psutil.NoSuchProcess:
                return
            if self._ended(process, seconds):
                return
        raise PostgresUnavailable(f"PostgreSQL (pid {process.pid}) does not stop.")

    def _ended(self, process: psutil.Process, seconds: float) -> bool:
        """Waits for it. A zombie has ended, too: its parent may never look (a container's first process)."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                process.wait(timeout=0.02)
            except psutil.TimeoutExpired:
                pass
            else:
                return True
            try:
                if process.status() == psutil.STATUS_ZOMBIE:
                    return True
            except psutil.NoSuchProcess:
                return True
        return False

    def status(self) -> Status:
        """Without starting anything."""
        process = self.process()
        return Status(self.directory, cluster_major(self.directory), process.pid if process else None)

    def process(self) -> psutil.Process | None:
        """The living server of this directory, or None: never a stranger with its old pid."""
        try:
            pid = int((self.directory / "postmaster.pid").read_text().splitlines()[0])
            process = psutil.Process(pid)
            return process if self._is_ours(process) else None
        except (OSError, ValueError, IndexError, psutil.Error):
            return None

    def _is_ours(self, process: psutil.Process) -> bool:
        """A postgres, not a zombie, whose working directory (PostgreSQL enters its data) is this cluster."""
        if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
            return False
        return bool(process.cwd() == str(self.directory))

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.data_dir / "postgres.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _take_over_files(self) -> None:
        """As root: a cluster copied without its owner gets one that PostgreSQL accepts. Others are refused."""
        if not self.directory.exists():
            return
        owner = self.directory.stat().st_uid
        if os.geteuid() == 0 and owner == 0:
            user = runner()
            for path in (self.directory, *self.directory.rglob("*")):
                os.chown(path, user.uid or 0, user.gid or 0, follow_symlinks=False)
            self.directory.chmod(0o700)
        elif os.geteuid() not in (0, owner):
            raise PostgresUnavailable(
                f"{self.directory} belongs to another user (uid {owner}). "
                "Start as that user, or give the data directory to this one, or choose another HUILIU_DATA."
            )

    def _open_to_server(self) -> bool:
        return self.user.can_enter(self.data_dir)

    @contextmanager
    def _reached(self, directory: Path) -> Iterator[tuple[str, dict[str, Any]]]:
        """How the server names `directory`, and the subprocess options for it.

        Below a private directory (a home of root) the unprivileged server cannot follow the path; it gets the
        directory itself as an open descriptor, and nobody's permissions change.
        """
        options = {"cwd": "/", "env": _clean_environment(), **self.user.options()}
        if self._open_to_server():
            yield str(directory), options
            return
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", options | {"pass_fds": (descriptor,)}
        finally:
            os.close(descriptor)

    def _initialize(self) -> None:
        """Make the cluster aside and move it in place: a half-made one is never taken for whole."""
        user = self.user
        programs = binaries(self.data_dir, user)
        building = self.data_dir / "postgres.new"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(mode=0o700)
        if user.uid is not None:
            shutil.chown(building, user.uid, user.gid)
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if major_of(programs) >= 17
            else ["--locale=C.UTF-8"]
        )
        with self._reached(building) as (name, options):
            command = [str(programs / "initdb"), "-D", name, "-U", SUPERUSER, "-E", "UTF8", *locale]
            done = subprocess.run(  # noqa: S603 - our own programs
                [*command, "--auth-local=peer", "--auth-host=scram-sha-256"],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
                **options,
            )
        if done.returncode:
            raise PostgresUnavailable(f"initdb failed: {done.stdout.decode(errors='replace')[-2000:]}")
        lines = [
            f'service "{system}" {role}\n'
            for system in sorted({user.name, "root"})
            for role in (SUPERUSER, *LOGINS)
        ]
        (building / "pg_ident.conf").write_text("".join(lines))
        (building / "pg_hba.conf").write_text(
            "local all all peer map=service\nlocal replication all peer map=service\n"
            "host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n"
        )
        if self.directory.exists():
            if any(self.directory.iterdir()):
                raise PostgresUnavailable(f"{self.directory} holds files but no cluster. Move them away.")
            self.directory.rmdir()
        building.rename(self.directory)

    def _launch(self) -> subprocess.Popen[bytes]:
        user = self.user
        programs = binaries(self.data_dir, user, major=cluster_major(self.directory))
        self._end_orphans()
        (self.directory / "postmaster.pid").unlink(missing_ok=True)
        self._make_socket_dir(user)
        log = self.data_dir / "postgres.log"
        if log.exists() and log.stat().st_size > LOG_BYTES_MAX:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output, self._reached(self.directory) as (name, options):
            command = [str(programs / "postgres"), "-D", name, "-k", str(self.socket_dir)]
            for key, value in self.settings.items():
                command += ["-c", f"{key}={value}"]
            server = subprocess.Popen(  # noqa: S603 - lives on; the supervisor or the next start adopts it
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **options,
            )
        _STARTED[:] = [one for one in _STARTED if one.poll() is None] + [server]
        return server

    def _make_socket_dir(self, user: Runner) -> None:
        """Private, ours, and without the lock file that a copied or killed server left."""
        place = self.socket_dir
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.is_symlink() or place.stat().st_uid not in {os.geteuid(), user.uid}:
            raise PostgresUnavailable(f"{place} belongs to somebody else. Remove it and start again.")
        if user.uid is not None:
            shutil.chown(place, user.uid, user.gid)
        place.chmod(0o700)
        file = f".s.PGSQL.{self.settings['port']}"
        for name in (file, f"{file}.lock"):
            (place / name).unlink(missing_ok=True)

    def _end_orphans(self) -> None:
        """Backends of a killed postmaster still hold shared memory; a second server beside them would corrupt."""
        deadline = time.monotonic() + 5
        while orphans := list(self._orphans()):
            if time.monotonic() > deadline:
                for process in orphans:
                    process.kill()
            time.sleep(0.05)

    def _orphans(self) -> Iterator[psutil.Process]:
        for process in psutil.process_iter():
            try:
                if self._is_ours(process):
                    yield process
            except (psutil.Error, OSError):
                continue  # ended meanwhile, or another user's: then not of this directory

    def _lives(self) -> bool:
        return self.process() is not None

    def _answers(self, lives: Callable[[], bool]) -> bool:
        """True when the server answers, False when it ended before: one that was found alive may have been
        killed or told to stop a moment ago. Waits without end while it replays its log.

        Raises: PostgresUnavailable when it lives and is silent.
        """
        deadline = time.monotonic() + SILENT_SECONDS_MAX
        url = with_database(self.urls().super_, "postgres")
        while True:
            try:
                with psycopg.connect(url, connect_timeout=5):
                    return True
            except psycopg.OperationalError as error:
                if not lives():
                    return False
                if any(word in str(error) for word in PATIENT):
                    deadline = time.monotonic() + SILENT_SECONDS_MAX
                if time.monotonic() > deadline:
                    raise PostgresUnavailable(self._why(str(error))) from error
                time.sleep(0.05)

    def _why(self, reason: str) -> str:
        log = self.data_dir / "postgres.log"
        tail = log.read_text(errors="replace")[-1500:]
        remedy = "The disk is full: free space and start again.\n" if "No space left" in tail else ""
        return f"PostgreSQL does not answer: {reason}\n{remedy}{log} ends with:\n{tail}"


def _clean_environment() -> dict[str, str]:
    """PGDATA, PGPORT and the like of the caller's shell are about other servers."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
