"""PostgreSQL that is not ours, by DATABASE_URL: from version 15 on, by an administrator, not superuser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from huiliu.platform.database import migrate
from huiliu.platform.embedded import Cluster, PostgresUnavailable, resolve_urls
from huiliu.platform.embedded.binaries import candidates, major_of
from huiliu.platform.embedded.external import GIVEN
from huiliu.platform.embedded.roles import LOGINS, REACHES
from tests.setup.conftest import SMALL

ADMIN = "administrator"
#: The oldest and the newest on this machine: Debian's 15 where it is installed, the wheel's 16 and 18 anyway.
FOUND = sorted({major_of(place): place for place in reversed(candidates())}.items())
VERSIONS = [FOUND[0], FOUND[-1]]


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite's own URLs are in the environment; here nobody made the roles."""
    for variable in GIVEN:
        monkeypatch.delenv(variable)


@pytest.fixture(params=VERSIONS, ids=[f"PostgreSQL {major}" for major, _ in VERSIONS])
def server(
    request: pytest.FixtureRequest, place: Path, monkeypatch: pytest.MonkeyPatch, free_port: int
) -> Iterator[str]:
    """A server on TCP that we know by URL only; its administrator may create roles and databases."""
    with monkeypatch.context() as only_here:
        only_here.setenv("HUILIU_PG_BIN", str(request.param[1]))
        settings = SMALL | {"listen_addresses": "127.0.0.1", "port": str(free_port)}
        cluster = Cluster(place / "server", settings=settings, database="postgres")
        urls = cluster.start()
    with psycopg.connect(urls.super_, autocommit=True) as connection:
        assert connection.info.server_version // 10000 == request.param[0]
        for role in (*LOGINS, *REACHES):  # as if it had never seen us
            connection.execute(f"DROP ROLE {role}")
        connection.execute(f"CREATE ROLE {ADMIN} LOGIN CREATEROLE CREATEDB PASSWORD 'a:dmin@/?'")
    yield f"postgresql://{ADMIN}:a%3Admin%40%2F%3F@127.0.0.1:{free_port}/channel"
    cluster.stop()


def current_user(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_user").fetchone()
    assert row is not None
    return str(row[0])


def test_roles_database_and_tables_are_made(server: str, place: Path) -> None:
    urls = resolve_urls(place / "data", server)
    migrate(urls.owner, database=urls.database)

    assert urls.database == "channel"
    assert [current_user(url) for url in (urls.owner, urls.web, urls.worker, urls.super_)] == [
        "huiliu_owner",
        "huiliu_web",
        "huiliu_worker",
        ADMIN,
    ]
    with psycopg.connect(urls.web) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM access_organization")
    with psycopg.connect(urls.web) as connection:
        connection.execute("SET ROLE huiliu_staff")
        assert connection.execute("SELECT count(*) FROM access_organization").fetchone() == (0,)
    with psycopg.connect(urls.owner) as connection:
        assert connection.execute("SELECT count(*) FROM ledger_prove()").fetchone() == (0,)


def test_again_and_from_another_data_directory_takes_nothing_away(server: str, place: Path) -> None:
    first = resolve_urls(place / "data", server)

    assert resolve_urls(place / "data", server) == first
    assert resolve_urls(place / "elsewhere", server) == first
    assert resolve_urls(place / "data", server, database="another").database == "another"
    assert current_user(first.web) == "huiliu_web"
    assert (place / "data" / "database_passwords.json").stat().st_mode & 0o777 == 0o600


def test_a_database_of_other_people_is_refused(server: str, place: Path) -> None:
    resolve_urls(place / "data", server)
    foreign = server.replace("/channel", "/payroll")
    with psycopg.connect(server.replace("/channel", "/postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE payroll")
    with psycopg.connect(foreign) as connection:
        connection.execute("CREATE TABLE salaries (amount int)")

    with pytest.raises(PostgresUnavailable, match="holds salaries: not ours"):
        resolve_urls(place / "data", foreign)

    with psycopg.connect(foreign) as connection:
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'payroll'"
        ).fetchone()
    assert owner == (ADMIN,)


def test_a_user_without_rights_hears_what_it_needs(server: str, place: Path) -> None:
    with psycopg.connect(server.replace("/channel", "/postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")

    with pytest.raises(PostgresUnavailable, match="Give it CREATEROLE and CREATEDB"):
        resolve_urls(place / "data", "postgresql://guest:guest@" + server.rpartition("@")[2])


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://root@127.0.0.1/huiliu", "must look like postgresql://"),
        ("postgresql://nobody@127.0.0.1:1/huiliu", "does not answer"),
    ],
)
def test_a_wrong_url_is_refused_by_name(place: Path, url: str, reason: str) -> None:
    with pytest.raises(PostgresUnavailable, match=reason):
        resolve_urls(place / "data", url)
