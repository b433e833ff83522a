"""One PostgreSQL cluster in a directory: created, started, adopted after a crash, stopped.

Nothing is believed of `postmaster.pid` but what the running process itself shows: a pid of another program
(a reboot) is ignored, a living server of this directory is adopted.
"""

from __future__ import annotations

import fcntl
import hashlib
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from huiliu.platform.embedded.binaries import Runner, binaries, runner
from huiliu.platform.embedded.roles import ensure_roles

SUPERUSER = "huiliu_super"
SOCKET_PATH_MAX = 90
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
    "log_min_messages": "warning",
    "unix_socket_permissions": "0700",
}


@dataclass(frozen=True, slots=True)
class Urls:
    """Connection URLs by login role."""

    owner: str
    web: str
    worker: str
    super_: str


class Cluster:
    """The cluster in `<data_dir>/postgres`."""

    def __init__(
        self, data_dir: Path, *, settings: dict[str, str] | None = None, database: str = "huiliu"
    ) -> None:
        self.data_dir = data_dir.resolve()
        self.directory = self.data_dir / "postgres"
        self.settings = SETTINGS | (settings or {})
        self.database = database
        self.user: Runner = runner()

    @property
    def socket_dir(self) -> Path:
        """Beside the data, or, when that path is too long for a socket, a short private place."""
        beside = self.data_dir / "socket"
        if len(str(beside)) <= SOCKET_PATH_MAX:
            return beside
        digest = hashlib.sha256(str(self.data_dir).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"huiliu-{digest}"

    def urls(self) -> Urls:
        def url(role: str) -> str:
            return f"postgresql://{role}@/{self.database}?host={self.socket_dir}"

        return Urls(url("huiliu_owner"), url("huiliu_web"), url("huiliu_worker"), url(SUPERUSER))

    def start(self) -> Urls:
        """Make the cluster answer; safe to call from several processes at once."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self._lock():
            if not (self.directory / "PG_VERSION").exists():
                self._initialize()
            if self.process() is None:
                self._launch()
            self._wait()
            ensure_roles(self.urls(), self.database)
        return self.urls()

    def stop(self) -> None:
        """Fast shutdown; returns when the server has written everything."""
        process = self.process()
        if process is None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=120)
        except psutil.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=30)

    def process(self) -> psutil.Process | None:
        """The living server of this directory, or None: never a stranger with its old pid."""
        try:
            pid = int((self.directory / "postmaster.pid").read_text().splitlines()[0])
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE or process.name() != "postgres":
                return None
            if str(self.directory) not in process.cmdline():
                return None
        except (OSError, ValueError, IndexError, psutil.Error):
            return None
        return process

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.data_dir / "postgres.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _own(self, path: Path) -> None:
        if self.user.uid is not None:
            shutil.chown(path, self.user.uid, self.user.gid)

    def _initialize(self) -> None:
        programs = binaries(self.data_dir, self.user)
        self.directory.mkdir(mode=0o700, exist_ok=True)
        self._own(self.directory)
        password = self.data_dir / "superuser_password"
        if not password.exists():
            password.write_text(secrets.token_urlsafe(24))
            password.chmod(0o600)
        version = self._run([programs / "postgres", "--version"]).stdout.decode().split()[-1]
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if int(version.split(".")[0]) >= 17
            else ["--locale=C.UTF-8"]
        )
        self._run(
            [
                programs / "initdb",
                "-D",
                self.directory,
                "-U",
                SUPERUSER,
                "-E",
                "UTF8",
                "--auth-local=peer",
                "--auth-host=scram-sha-256",
                *locale,
            ]
        )
        names = {self.user.name, "root"}
        roles = (SUPERUSER, "huiliu_owner", "huiliu_web", "huiliu_worker")
        lines = [f"service {name} {role}\n" for name in sorted(names) for role in roles]
        (self.directory / "pg_ident.conf").write_text("".join(lines))
        (self.directory / "pg_hba.conf").write_text(
            "local all all peer map=service\nlocal replication all peer map=service\n"
            "host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n"
        )

    def _run(self, command: list[object]) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(  # noqa: S603
            [str(part) for part in command],
            capture_output=True,
            cwd="/",
            check=False,
            **self.user.options(),  # type: ignore[call-overload]
        )
        if done.returncode:
            raise RuntimeError(
                f"{Path(str(command[0])).name} failed: {done.stderr.decode(errors='replace')[-2000:]}"
            )
        return done  # type: ignore[no-any-return]

    def _launch(self) -> None:
        programs = binaries(self.data_dir, self.user)
        (self.directory / "postmaster.pid").unlink(missing_ok=True)
        self.socket_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._own(self.socket_dir)
        log = self.data_dir / "postgres.log"
        log.touch()
        command = [str(programs / "postgres"), "-D", str(self.directory), "-k", str(self.socket_dir)]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        with log.open("ab") as output:
            subprocess.Popen(  # noqa: S603 - lives on; the supervisor or the next start adopts it
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                start_new_session=True,
                **self.user.options(),  # type: ignore[call-overload]
            )

    def _wait(self) -> None:
        """Until the server answers: without end while it replays its log, else a minute."""
        deadline = time.monotonic() + 60
        url = self.urls().super_.replace(f"/{self.database}?", "/postgres?")
        while True:
            try:
                with psycopg.connect(url, connect_timeout=5):
                    return
            except psycopg.OperationalError as error:
                recovering = "starting up" in str(error) or "recovery" in str(error)
                if recovering:
                    deadline = time.monotonic() + 60
                elif time.monotonic() > deadline:
                    tail = (self.data_dir / "postgres.log").read_text(errors="replace")[-1500:]
                    raise RuntimeError(f"PostgreSQL does not answer: {error}\n{tail}") from error
                time.sleep(0.05)
