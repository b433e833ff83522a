"""Back up and restore: every brand's database, the files, the key, each with its checksum."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from huiliu.entrypoints.cli.place import Place
from huiliu.platform.embedded import Urls
from huiliu.platform.embedded.binaries import binaries, runner
from huiliu.platform.embedded.roles import create_database
from huiliu.platform.embedded.urls import with_database

FORMAT = 1
MANIFEST = "manifest.json"
KEY = "secret_key"
BACKUP_NOTE = "last_backup.json"


def run_backup(place: Place, target: Path, *, now: datetime) -> str:
    """A consistent dump of each database while it runs, and the files. Made aside: a broken one has no manifest.

    Raises: SystemExit with the reason.
    """
    if target.exists() and any(target.iterdir()):
        raise SystemExit(f"{target} is not empty. Name a new directory.")
    (target / "databases").mkdir(parents=True)
    program = binaries(place.data, runner()) / "pg_dump"
    names = _our_databases(place.urls)
    for name in names:
        with (target / "databases" / f"{name}.dump").open("wb") as output:
            _run([program, "-Fc", "-d", with_database(place.urls.super_, name)], stdout=output)
    with tarfile.open(target / "files.tar.gz", "w:gz") as archive:
        if (place.data / "files").exists():
            archive.add(place.data / "files", arcname="files")
    if (place.data / KEY).exists():
        shutil.copy2(place.data / KEY, target / KEY)
    parts = sorted(path for path in target.rglob("*") if path.is_file())
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "databases": names,
        "sha256": {str(path.relative_to(target)): _checksum(path) for path in parts},
    }
    (target / MANIFEST).write_text(json.dumps(manifest, indent=2))
    size = sum(path.stat().st_size for path in parts) / 1e6
    note = {"made_at": now.isoformat(), "target": str(target), "bytes": int(size * 1e6)}
    (place.data / BACKUP_NOTE).write_text(json.dumps(note))  # the health page tells how old it is
    return f"Backed up {', '.join(names)} and the files to {target} ({size:.1f} MB)."


def check_backup(source: Path) -> list[str]:
    """The databases in a whole backup. Raises: SystemExit naming what is missing or damaged."""
    try:
        manifest = json.loads((source / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise SystemExit(f"{source} is no finished backup: {error}") from error
    if manifest.get("format") != FORMAT:
        raise SystemExit(f"{source} was made by another version (format {manifest.get('format')}).")
    for name, checksum in manifest["sha256"].items():
        path = source / name
        if not path.exists() or _checksum(path) != checksum:
            raise SystemExit(f"{name} is missing or damaged: not as the manifest says. Nothing was restored.")
    databases: list[str] = manifest["databases"]
    return databases


def run_restore(place_urls: Urls, source: Path, data: Path) -> str:
    """Into databases without tables; each all or nothing. `check_backup` came first.

    Raises: SystemExit with the reason.
    """
    names = check_backup(source)
    for name in names:
        with psycopg.connect(with_database(place_urls.super_, "postgres"), autocommit=True) as admin:
            create_database(admin, name)
        _refuse_tables(with_database(place_urls.super_, name))
    program = binaries(data, runner()) / "pg_restore"
    for name in names:
        dump = source / "databases" / f"{name}.dump"
        url = with_database(place_urls.super_, name)
        _run([program, "--exit-on-error", "--single-transaction", "-d", url, dump])
    with tarfile.open(source / "files.tar.gz") as archive:
        archive.extractall(data, filter="data")
    if (source / KEY).exists():
        shutil.copy2(source / KEY, data / KEY)
    return f"Restored {', '.join(names)} into {data}. Start with `huiliu up`."


def _refuse_tables(url: str) -> None:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchone()
    if row != (0,):
        raise SystemExit(
            "The database has tables already. Choose another HUILIU_DATA, or `huiliu reset` first."
        )


def _our_databases(urls: Urls) -> list[str]:
    """Every brand's: owned by our owner, not a test's template."""
    with psycopg.connect(urls.super_) as connection:
        rows = connection.execute(
            sql.SQL(
                "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = 'huiliu_owner'"
                " AND datname !~ '^huiliu_(test|template)_' ORDER BY 1"
            )
        ).fetchall()
    return [name for (name,) in rows]


def _run(command: list[str | Path], **options: object) -> None:
    """Raises: SystemExit with the program's own words."""
    done = subprocess.run(  # type: ignore[call-overload]  # noqa: S603 - our own programs
        command, check=False, stderr=subprocess.PIPE, cwd="/", **options
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()
        remedy = " Free space on the disk first." if "No space left" in words else ""
        raise SystemExit(f"{Path(command[0]).name} failed: {words}{remedy}")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
