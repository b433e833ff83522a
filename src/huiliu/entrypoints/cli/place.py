"""Where a command works: data directory, port, database; and Django set up for a role."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from huiliu.entrypoints.supervisor import environment_for
from huiliu.platform.embedded import Cluster, Urls
from huiliu.platform.embedded.roles import create_database, create_roles


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


def open_place(*, database: str = "huiliu") -> Place:
    """Start (or reach) the database and bring it to the code's state.

    With DATABASE_URL the database is external: its user must be able to create roles and databases.
    """
    from huiliu.platform.database import migrate

    data = data_directory()
    data.mkdir(parents=True, exist_ok=True)
    external = os.environ.get("DATABASE_URL", "")
    if external:
        urls, cluster = _external(external, database), None
    else:
        cluster = Cluster(data, database=database)
        urls = cluster.start()
    place = Place(data, port(), urls, cluster, database)
    os.environ.update(place.environment)
    migrate(urls.owner, database=database)
    return place


def _external(url: str, database: str) -> Urls:
    """URLs of the login roles in somebody else's PostgreSQL; passwords are derived once and kept beside the data."""
    import secrets

    import psycopg
    from psycopg import sql
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    path = data_directory() / "database_password"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(24))
        path.chmod(0o600)
    password = path.read_text()
    parts = conninfo_to_dict(url)
    own = str(parts.get("dbname") or parts.get("user") or "postgres")
    named = database if database != "huiliu" else own

    def login(role: str) -> str:
        return make_conninfo(url, user=role, password=password, dbname=named)

    urls = Urls(
        login("huiliu_owner"), login("huiliu_web"), login("huiliu_worker"), make_conninfo(url, dbname=named)
    )
    with psycopg.connect(url, autocommit=True) as connection:
        create_roles(connection)
        create_database(connection, named)
        for role in ("huiliu_owner", "huiliu_web", "huiliu_worker"):
            connection.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
            )
        connection.execute(sql.SQL("GRANT huiliu_owner TO CURRENT_USER"))
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO huiliu_owner").format(sql.Identifier(named)))
    with psycopg.connect(make_conninfo(url, dbname=named), autocommit=True) as connection:
        connection.execute("GRANT ALL ON SCHEMA public TO huiliu_owner")
        connection.execute("ALTER SCHEMA public OWNER TO huiliu_owner")
    return urls


def set_up_django(place: Place, *, role: str = "worker") -> None:
    """Django in this process, connected as `role`, without a pool."""
    import django

    os.environ.update(place.environment | {"HUILIU_DB_ROLE": role, "HUILIU_POOL_SIZE": "0"})
    django.setup()
