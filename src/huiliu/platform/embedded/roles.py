"""The login and reach roles, and a brand's database."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

LOGINS = ("huiliu_owner", "huiliu_web", "huiliu_worker")
REACHES = ("huiliu_staff", "huiliu_branch", "huiliu_partner", "huiliu_system")


def ensure_roles(urls: Any, database: str) -> None:
    """Create what is missing; the logins inherit nothing, so without a reach they see nothing."""
    admin = urls.super_.replace(f"/{database}?", "/postgres?")
    with psycopg.connect(admin, autocommit=True) as connection:
        create_roles(connection)
        create_database(connection, database)


def create_roles(connection: psycopg.Connection) -> None:
    """The logins and the reaches, as far as they are missing."""
    known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    for role in LOGINS:
        if role not in known:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS").format(sql.Identifier(role))
            )
    for role in REACHES:
        if role not in known:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
            connection.execute(sql.SQL("GRANT {} TO huiliu_web, huiliu_worker").format(sql.Identifier(role)))


def create_database(connection: psycopg.Connection, name: str) -> bool:
    """A database owned by huiliu_owner, closed to everyone else; returns whether it is new."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return False
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER huiliu_owner TEMPLATE template0").format(sql.Identifier(name))
    )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO huiliu_web, huiliu_worker").format(sql.Identifier(name))
    )
    return True
