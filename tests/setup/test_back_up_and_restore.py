"""A backup holds everything, says when it is damaged, and goes into an empty place only."""

from __future__ import annotations

import psycopg
import pytest

from tests.setup.conftest import Installation

WORDS = "汇流 – \\ ' \" \x01"


@pytest.fixture
def with_history(an_installation_with_tables: Installation) -> Installation:
    """Two brands' databases, a row each that the owner made, a file and the key."""
    installation = an_installation_with_tables
    urls = installation.cluster().start()
    with psycopg.connect(urls.super_, autocommit=True) as connection:
        connection.execute("CREATE DATABASE brand_other OWNER huiliu_owner TEMPLATE template0")
    for database in ("huiliu", "brand_other"):
        with psycopg.connect(urls.at(database).owner) as connection:
            connection.execute("CREATE TABLE kept (words text)")
            connection.execute("INSERT INTO kept VALUES (%s), (%s)", [WORDS, database])
    installation.cluster().stop()
    (installation.data / "files").mkdir()
    (installation.data / "files" / "图.png").write_bytes(b"\x89PNG")
    (installation.data / "secret_key").write_text("the key")
    return installation


def kept(installation: Installation, database: str) -> list[str]:
    urls = installation.cluster().start().at(database)
    with psycopg.connect(urls.owner) as connection:
        return [words for (words,) in connection.execute("SELECT words FROM kept")]


def test_a_round_trip_brings_every_brand_back(with_history: Installation) -> None:
    target = with_history.data.parent / "backup"
    elsewhere = Installation(with_history.data.parent / "new", with_history.port)

    made = with_history.huiliu("backup", target)
    assert (made.returncode, "brand_other, huiliu" in made.stderr) == (0, True)
    restored = elsewhere.huiliu("restore", target)

    assert (restored.returncode, "brand_other, huiliu" in restored.stderr) == (0, True)
    try:
        assert kept(elsewhere, "huiliu") == [WORDS, "huiliu"]
        assert kept(elsewhere, "brand_other") == [WORDS, "brand_other"]
        with psycopg.connect(elsewhere.cluster().urls().web) as connection:
            connection.execute("SET ROLE huiliu_staff")
            assert connection.execute("SELECT count(*) FROM access_organization").fetchone() == (0,)
        with (
            psycopg.connect(elsewhere.cluster().urls().web) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("SELECT * FROM access_organization")
        assert (elsewhere.data / "files" / "图.png").read_bytes() == b"\x89PNG"
        assert (elsewhere.data / "secret_key").read_text() == "the key"
        assert elsewhere.huiliu("migrate").returncode == 0
    finally:
        elsewhere.cluster().stop()


def test_a_damaged_or_unfinished_backup_is_refused_before_anything_is_written(
    with_history: Installation,
) -> None:
    target = with_history.data.parent / "backup"
    elsewhere = Installation(with_history.data.parent / "new", with_history.port)
    assert with_history.huiliu("backup", target).returncode == 0
    dump = target / "databases" / "huiliu.dump"
    whole = dump.read_bytes()

    dump.write_bytes(whole[:-1] + b"?")
    damaged = elsewhere.huiliu("restore", target)
    dump.write_bytes(whole)
    (target / "manifest.json").rename(target / "manifest.gone")
    unfinished = elsewhere.huiliu("restore", target)

    assert (damaged.returncode, "databases/huiliu.dump is missing or damaged" in damaged.stderr) == (1, True)
    assert (unfinished.returncode, "is no finished backup" in unfinished.stderr) == (1, True)
    assert not elsewhere.data.exists()


def test_neither_overwrites(with_history: Installation) -> None:
    target = with_history.data.parent / "backup"
    assert with_history.huiliu("backup", target).returncode == 0
    before = sorted(path.stat().st_mtime_ns for path in target.rglob("*"))

    again = with_history.huiliu("backup", target)
    over = with_history.huiliu("restore", target)

    assert (again.returncode, "is not empty" in again.stderr) == (1, True)
    assert (over.returncode, "has a database already" in over.stderr) == (1, True)
    assert sorted(path.stat().st_mtime_ns for path in target.rglob("*")) == before
    try:
        assert kept(with_history, "huiliu") == [WORDS, "huiliu"]
    finally:
        with_history.cluster().stop()
