"""Where a command works: data directory, port, database; and Django set up for a role."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

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


def open_place(*, database: str = "") -> Place:
    """Start (or reach) the database and bring it to the code's state.

    `database` is another brand's; else `huiliu`, or the one that DATABASE_URL names.
    Raises: SystemExit with the reason and the remedy.
    """
    from huiliu.platform.database import migrate

    data = data_directory()
    data.mkdir(parents=True, exist_ok=True)
    given = os.environ.get("DATABASE_URL", "")
    cluster = None if given else Cluster(data, database=database or "huiliu")
    try:
        urls = cluster.start() if cluster else external(data, given, database=database)
    except PostgresUnavailable as unavailable:
        raise SystemExit(str(unavailable)) from unavailable
    place = Place(data, port(), urls, cluster, urls.database)
    os.environ.update(place.environment)
    migrate(urls.owner, database=urls.database)
    return place


def set_up_django(place: Place, *, role: str = "worker") -> None:
    """Django in this process, connected as `role`, without a pool."""
    import django

    os.environ.update(place.environment | {"HUILIU_DB_ROLE": role, "HUILIU_POOL_SIZE": "0"})
    django.setup()
