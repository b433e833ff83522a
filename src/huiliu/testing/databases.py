"""Template and clones: a test process has its own database in a fraction of a second."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

PACKAGE = Path(__file__).parent.parent


def _digest() -> str:
    """Changes whenever a migration, a SQL file, or a model's row security may have changed."""
    digest = hashlib.sha256()
    patterns = (
        "*/migrations/*.py",
        "*/sql/*.sql",
        "*/models.py",
        "*/models/*.py",
        "platform/row_security.py",
    )
    for path in sorted(path for pattern in patterns for path in PACKAGE.glob(pattern)):
        digest.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _execute(url: str, statement: Any) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def template(urls: Any) -> str:
    """The name of a migrated, empty database of the current code; made once per state of the code."""
    from huiliu.platform.database import migrate

    name = f"huiliu_template_{_digest()}"
    with psycopg.connect(urls.super_, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7201)")
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if exists is None:
            building = f"{name}_building"
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(building))
            )
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER huiliu_owner TEMPLATE template0").format(
                    sql.Identifier(building)
                )
            )
            migrate(urls.owner, database=building)
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(name)
                )
            )
    return name


def clone(urls: Any) -> str:
    """A new database from the template."""
    source = template(urls)
    name = f"huiliu_test_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    _execute(
        urls.super_,
        sql.SQL("CREATE DATABASE {} OWNER huiliu_owner TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(source)
        ),
    )
    return name


def drop(urls: Any, name: str) -> None:
    _execute(urls.super_, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def use(name: str) -> str:
    """Point Django's connection at `name`; returns the name it pointed at."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    before = str(connection.settings_dict["NAME"])
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name
    return before


def leave() -> None:
    from django.db import connection

    connection.close()


@contextmanager
def on_threads(*works: Callable[[], Any]) -> Iterator[list[Future[Any]]]:
    """Each work on a thread with a connection of its own; what one of them raises, the test raises at the end.

    A bare `Thread` tells its exception to whichever test runs when the collector comes by.
    """

    def run(work: Callable[[], Any]) -> Any:
        from django.db import connection

        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(run, work) for work in works]
        yield running
    for one in running:
        one.result()
