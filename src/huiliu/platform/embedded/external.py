"""Somebody else's PostgreSQL, by DATABASE_URL: our roles and the brand's database made there once.

The user of the URL must be able to create roles and databases (superuser, or CREATEROLE and CREATEDB as managed
services give). Where an administrator made the roles, HUILIU_DATABASE_URL_OWNER, _WEB and _WORKER name them.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from huiliu.platform.embedded.binaries import OLDEST, PostgresUnavailable
from huiliu.platform.embedded.cluster import Cluster
from huiliu.platform.embedded.roles import LOGINS, close_database, create_database, create_roles
from huiliu.platform.embedded.urls import Urls, database_of, with_database, with_login

PASSWORDS = "database_passwords.json"
GIVEN = ("HUILIU_DATABASE_URL_OWNER", "HUILIU_DATABASE_URL_WEB", "HUILIU_DATABASE_URL_WORKER")


def resolve_urls(data_dir: Path, database_url: str | None, *, database: str = "") -> Urls:
    """URLs of the brand's database: external when `database_url` is given, else of the started cluster.

    `database` names another brand's database on the same server. Raises: PostgresUnavailable.
    """
    if not database_url:
        return Cluster(data_dir, database=database or "huiliu").start()
    return external(data_dir, database_url, database=database)


def external(data_dir: Path, database_url: str, *, database: str = "") -> Urls:
    """Make roles and database where missing on the server of `database_url`; safe to repeat.

    Raises: PostgresUnavailable naming what is missing and the remedy.
    """
    if urlsplit(database_url).scheme not in ("postgresql", "postgres"):
        raise PostgresUnavailable("DATABASE_URL must look like postgresql://user:password@host:5432/huiliu")
    name = database or database_of(database_url) or "huiliu"
    if all(os.environ.get(variable) for variable in GIVEN):
        owner, web, worker = (os.environ[variable] for variable in GIVEN)
        return Urls(owner, web, worker, database_url).at(name)
    passwords = _passwords(data_dir, database_url)
    owner, web, worker = (
        with_login(with_database(database_url, name), role, passwords[role]) for role in LOGINS
    )
    urls = Urls(owner, web, worker, with_database(database_url, name))
    try:
        with psycopg.connect(
            _some_database(database_url, name), autocommit=True, connect_timeout=10
        ) as admin:
            _prepare(admin, name, urls, passwords)
        _check(urls)
    except psycopg.errors.InsufficientPrivilege as error:
        raise PostgresUnavailable(
            f"The user of DATABASE_URL may not do what is needed: {error}".rstrip()
            + ". Give it CREATEROLE and CREATEDB, or see docs/runbooks/external-database.md."
        ) from error
    except psycopg.OperationalError as error:
        raise PostgresUnavailable(f"The server of DATABASE_URL does not answer: {error}") from error
    return urls


def _some_database(database_url: str, name: str) -> str:
    """A database of that server that exists: the brand's own, or `postgres` to make it from."""
    for candidate in (name, "postgres"):
        url = with_database(database_url, candidate)
        try:
            psycopg.connect(url, connect_timeout=10).close()
        except psycopg.OperationalError as error:
            if "does not exist" not in str(error):
                raise
        else:
            return url
    raise PostgresUnavailable(
        f"Neither {name} nor postgres exists on that server. Create {name} and start again."
    )


def _prepare(admin: psycopg.Connection, name: str, urls: Urls, passwords: dict[str, str]) -> None:
    if admin.info.server_version < OLDEST * 10000:
        raise PostgresUnavailable(
            f"PostgreSQL {admin.info.server_version // 10000} is too old; {OLDEST} or newer is needed."
        )
    new = create_roles(admin)
    row = admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is not None and not row[0]:
        admin.execute("GRANT huiliu_owner TO CURRENT_USER")
    for role, url in zip(LOGINS, (urls.owner, urls.web, urls.worker), strict=True):
        if role in new or not _may_sign_in(with_database(url, admin.info.dbname)):
            admin.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(passwords[role])
                )
            )
    if not create_database(admin, name):
        _adopt_database(admin, name)


def _may_sign_in(url: str) -> bool:
    """Whether the password is right; a database closed to the role refuses later, after the password."""
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError as error:
        return "permission denied for database" in str(error)
    return True


def _adopt_database(admin: psycopg.Connection, name: str) -> None:
    """An empty database that the administrator made becomes ours; one with other people's tables does not."""
    row = admin.execute(
        "SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s",
        [name],
    ).fetchone()
    if row is None or row[0] == "huiliu_owner":
        return
    if row[1] != "UTF8":
        raise PostgresUnavailable(f"Database {name} has encoding {row[1]}; UTF8 is needed.")
    with psycopg.connect(_url_of(admin, name)) as inside:
        strange = inside.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v', 'm')"
            " AND relnamespace = 'public'::regnamespace LIMIT 1"
        ).fetchone()
    if strange is not None:
        raise PostgresUnavailable(
            f"Database {name} belongs to {row[0]} and holds {strange[0]}: not ours. "
            "Name an empty or a new database in DATABASE_URL."
        )
    admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO huiliu_owner").format(sql.Identifier(name)))
    close_database(admin, name)


def _url_of(connection: psycopg.Connection, name: str) -> str:
    return psycopg.conninfo.make_conninfo(
        connection.info.dsn, password=connection.info.password or None, dbname=name
    )


def _check(urls: Urls) -> None:
    """Our passwords work and the owner makes tables: known here, not at the first request."""
    try:
        with psycopg.connect(urls.owner, connect_timeout=10) as owner:
            row = owner.execute("SELECT has_schema_privilege('public', 'CREATE')").fetchone()
        for url in (urls.web, urls.worker):
            psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError as error:
        raise PostgresUnavailable(
            f"Our roles cannot sign in: {error}. They use passwords: with a socket and peer authentication "
            "name the host (127.0.0.1) in DATABASE_URL, or allow scram-sha-256 for huiliu_* in pg_hba.conf."
        ) from error
    if row != (True,):
        raise PostgresUnavailable(
            f"huiliu_owner may not make tables in {urls.database}. As the owner of its schema public: "
            "GRANT ALL ON SCHEMA public TO huiliu_owner"
        )


def _passwords(data_dir: Path, database_url: str) -> dict[str, str]:
    """One password per login, kept beside the data.

    Derived from the administrator's password where there is one, so that a second data directory on the same
    server comes to the same ones and takes none away from the first.
    """
    path = data_dir / PASSWORDS
    if path.exists():
        stored: dict[str, str] = json.loads(path.read_text())
        return stored
    secret = unquote(urlsplit(database_url).password or "")

    def password(role: str) -> str:
        if not secret:
            return secrets.token_urlsafe(24)
        return hashlib.scrypt(
            secret.encode(), salt=f"huiliu {role}".encode(), n=2**14, r=8, p=1, dklen=24
        ).hex()

    made = {role: password(role) for role in LOGINS}
    data_dir.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(made, file, indent=2)
    return made
