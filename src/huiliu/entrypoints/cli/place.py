"""Where a command works: data directory, port, database; and Django set up for a role."""

from __future__ import annotations

import atexit
import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from huiliu.entrypoints.supervisor import environment_for
from huiliu.platform.embedded import Cluster, PostgresUnavailable, Urls
from huiliu.platform.embedded.external import external


@dataclass(frozen=True)
class Place:
    """One installation."""

    data: Path
    port: int
    urls: Urls
    cluster: Cluster | None  # None: an external database
    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return environment_for(self.urls, data=self.data, port=self.port, database=self.database)


def data_directory() -> Path:
    return Path(os.environ.get("HUILIU_DATA", ".huiliu")).resolve()


def port() -> int:
    return int(os.environ.get("HUILIU_PORT", "8000"))


class Use:
    """That this process uses the data directory, told to other commands by a shared lock that dies with it."""

    def __init__(self, data: Path) -> None:
        self.file = (data / "in-use.lock").open("w")
        fcntl.flock(self.file, fcntl.LOCK_SH)

    def alone(self) -> bool:
        """Whether nobody else is left; from then on nobody can come until this process ends."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def stop_when_last(cluster: Cluster, use: Use) -> None:
    """The last command out stops the database: `up` beside an import takes nothing from it."""
    if use.alone():
        cluster.stop()


def only_one_up(data: Path) -> TextIO:
    """The lock to keep open. Raises: SystemExit when `huiliu up` runs on this data directory already."""
    file = (data / "up.lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise SystemExit(
            f"Huiliu is running on {data} already. Stop it first, or choose another HUILIU_DATA."
        ) from None
    return file


#: Set by a command that has just brought this database to the code's state and becomes another command.
CURRENT = "HUILIU_DATABASE_IS_CURRENT"


def open_place(*, database: str = "") -> Place:
    """Start (or reach) the database and bring it to the code's state.

    `database` is another brand's; else `huiliu`, or the one that DATABASE_URL names.
    Raises: SystemExit with the reason and the remedy.
    """
    from huiliu.platform.database import migrate

    data = data_directory()
    urls, cluster = reach_database(data, database=database)
    place = Place(data, port(), urls, cluster, urls.database)
    os.environ.update(place.environment)
    if os.environ.pop(CURRENT, "") != urls.database:
        migrate(urls.owner, database=urls.database)
    return place


def reach_database(data: Path, *, database: str = "") -> tuple[Urls, Cluster | None]:
    """The running database as it is; no cluster when DATABASE_URL says where it is. Raises: SystemExit."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        if given := os.environ.get("DATABASE_URL"):
            return external(data, given, database=database), None
        cluster = Cluster(data, database=database or "huiliu")
        atexit.register(stop_when_last, cluster, Use(data))
        return cluster.start(), cluster
    except (PostgresUnavailable, OSError) as error:
        raise SystemExit(str(error)) from error


def set_up_django(place: Place, *, role: str = "worker") -> None:
    """Django in this process, connected as `role`, without a pool."""
    import django

    os.environ.update(place.environment | {"HUILIU_DB_ROLE": role, "HUILIU_POOL_SIZE": "0"})
    django.setup()
