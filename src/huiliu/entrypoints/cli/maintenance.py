"""Back up, restore, check, and make users."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
from datetime import datetime
from pathlib import Path
from typing import Any

from huiliu.entrypoints.cli.place import Place, data_directory, port
from huiliu.platform.embedded.binaries import binaries, runner

DISK_FREE_MIN = 2 * 1024**3


def run_backup(place: Place, target: Path) -> str:
    """pg_dump of the brand's database and the files, each with its checksum. Raises: FileExistsError."""
    target.mkdir(parents=True)
    user = runner()
    dump = target / "database.dump"
    program = (
        binaries(place.data, user) / "pg_dump"
        if place.cluster
        else Path(shutil.which("pg_dump") or "pg_dump")
    )
    with dump.open("wb") as output:
        subprocess.run([program, "-Fc", "-d", place.urls.super_], stdout=output, check=True, cwd="/")  # noqa: S603
    files = place.data / "files"
    with tarfile.open(target / "files.tar.gz", "w:gz") as archive:
        if files.exists():
            archive.add(files, arcname="files")
    key = place.data / "secret_key"
    if key.exists():
        shutil.copy2(key, target / "secret_key")
    manifest = {path.name: _checksum(path) for path in sorted(target.iterdir())}
    (target / "manifest.json").write_text(json.dumps(manifest, indent=2))
    return f"Backed up to {target} ({sum(path.stat().st_size for path in target.iterdir()) / 1e6:.1f} MB)."


def run_restore(source: Path, data: Path) -> str:
    """Into an empty data directory. Raises: SystemExit with the reason."""
    manifest = json.loads((source / "manifest.json").read_text())
    for name, checksum in manifest.items():
        if _checksum(source / name) != checksum:
            raise SystemExit(
                f"{name} is damaged: its checksum differs from the manifest. Nothing was restored."
            )
    if (data / "postgres").exists():
        raise SystemExit(
            f"{data} has a database already. Choose another HUILIU_DATA, or `huiliu reset` first."
        )
    from huiliu.platform.embedded import Cluster

    cluster = Cluster(data)
    urls = cluster.start()
    program = binaries(data, runner()) / "pg_restore"
    subprocess.run(  # noqa: S603 - our own binaries
        [program, "--exit-on-error", "-d", urls.super_, source / "database.dump"], check=True, cwd="/"
    )
    with tarfile.open(source / "files.tar.gz") as archive:
        archive.extractall(data, filter="data")
    if (source / "secret_key").exists():
        shutil.copy2(source / "secret_key", data / "secret_key")
    cluster.stop()
    return f"Restored into {data}. Start with `huiliu up`."


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _finding(name: str, *, ok: bool, detail: str, remedy: str = "") -> dict[str, Any]:
    return {"name": name, "ok": ok, "detail": detail, "remedy": remedy}


def run_doctor() -> list[dict[str, Any]]:
    """Each check with what was found and, when it fails, what to do."""
    data = data_directory()
    data.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(data).free
    node = Path(sys.executable).parent / "node"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    found = [
        _finding(
            "python",
            ok=sys.version_info >= (3, 11),
            detail=sys.version.split()[0],
            remedy="Install Python 3.11 or newer.",
        ),
        _finding("node", ok=node.exists(), detail=str(node), remedy="Run `make setup`."),
        _finding(
            "disk",
            ok=free > DISK_FREE_MIN,
            detail=f"{free / 1e9:.1f} GB free",
            remedy="Free space or move HUILIU_DATA.",
        ),
        _finding(
            "chromium (tests)",
            ok=chromium is not None,
            detail=chromium or "not found",
            remedy="apt-get install chromium fonts-noto-cjk",
        ),
    ]
    found.append(_port_finding())
    found.append(_database_finding(data))
    return found


def _port_finding() -> dict[str, Any]:
    with socket.socket() as probe:
        busy = probe.connect_ex(("127.0.0.1", port())) == 0
    return _finding(
        "port", ok=True, detail=f"{port()} is {'in use (Huiliu or another program)' if busy else 'free'}"
    )


def _database_finding(data: Path) -> dict[str, Any]:
    from huiliu.platform.embedded import Cluster

    if os.environ.get("DATABASE_URL"):
        return _finding("database", ok=True, detail="external, by DATABASE_URL")
    cluster = Cluster(data)
    if not (cluster.directory / "PG_VERSION").exists():
        return _finding("database", ok=True, detail="not made yet: `huiliu up` makes it")
    process = cluster.process()
    if process is None:
        return _finding("database", ok=True, detail="stopped")
    import psycopg

    try:
        with psycopg.connect(cluster.urls().super_) as connection:
            row = connection.execute(
                "SELECT current_setting('server_version'), (SELECT count(*) FROM ledger_prove())"
            ).fetchone()
    except psycopg.Error as error:
        return _finding(
            "database",
            ok=False,
            detail=str(error).splitlines()[0],
            remedy="Look into postgres.log in the data directory.",
        )
    assert row is not None  # noqa: S101 - one row by construction
    return _finding(
        "database",
        ok=row[1] == 0,
        detail=f"PostgreSQL {row[0]}, {row[1]} ledger differences",
        remedy="The ledger does not prove: keep the data directory and report it.",
    )


def run_user(*, username: str, password: str, role: str, name: str, organization: str, now: datetime) -> str:
    """Make a user or reset a password. Raises: SystemExit with the reason."""
    from huiliu.access.models import Organization, Session, User
    from huiliu.access.services.sessions import hashed
    from huiliu.access.types import Role
    from huiliu.kernel.refusals import DomainError
    from huiliu.platform.database import system_reach

    try:
        with system_reach("maintenance"):
            known = User.objects.filter(username__iexact=username).first()
            if known is not None:
                User.objects.filter(pk=known.pk).update(password=hashed(password, user=known))
                Session.objects.filter(user=known, ended_at=None).update(ended_at=now)
                return f"{username} has a new password; its sessions ended."
            place = (
                Organization.objects.filter(code=organization).first()
                if organization
                else Organization.objects.filter(kind="BRAND").order_by("id").first()
            )
            if place is None:
                raise SystemExit("There is no such organization.")
            User.objects.create(
                organization=place,
                organization_path=place.path,
                username=username,
                name=name or username,
                roles=[Role(role).value],
                password=hashed(password),
                created_at=now,
            )
            return f"{username} may sign in at {place.name}."
    except (DomainError, ValueError) as refused:
        raise SystemExit(str(refused)) from refused
