"""The login and reach roles, and a brand's database; the same on the embedded and on an external server."""

from __future__ import annotations

import psycopg
from psycopg import sql

from huiliu.platform.embedded.urls import Urls, with_database

LOGINS = ("huiliu_owner", "huiliu_web", "huiliu_worker")
#: The owner inherits: on PostgreSQL 15 it has the schema `public` only through pg_database_owner.
KINDS = {"huiliu_owner": "LOGIN", "huiliu_web": "LOGIN NOINHERIT", "huiliu_worker": "LOGIN NOINHERIT"}
REACHES = ("huiliu_staff", "huiliu_branch", "huiliu_partner", "huiliu_system")


def ensure_roles(urls: Urls, database: str) -> None:
    """Create roles and database where missing, on our own cluster."""
    with psycopg.connect(with_database(urls.super_, "postgres"), autocommit=True) as connection:
        create_roles(connection)
        create_database(connection, database)


def create_roles(connection: psycopg.Connection) -> list[str]:
    """Create what is missing, all or nothing; returns the new names.

    Web and worker inherit nothing, so without a reach they see nothing.
    """
    with connection.transaction():
        # Two installations may start at once on one server.
        connection.execute("SELECT pg_advisory_xact_lock(7200)")
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
        missing = [role for role in (*LOGINS, *REACHES) if role not in known]
        for role in missing:
            kind = KINDS.get(role, "NOLOGIN")
            connection.execute(sql.SQL("CREATE ROLE {} " + kind).format(sql.Identifier(role)))
        memberships = connection.execute(
            "SELECT r.rolname, m.rolname FROM pg_auth_members"
            " JOIN pg_roles r ON r.oid = roleid JOIN pg_roles m ON m.oid = member"
        ).fetchall()
        for role in REACHES:
            for login in ("huiliu_web", "huiliu_worker"):
                if (role, login) not in memberships:
                    connection.execute(
                        sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(login))
                    )
    return missing


def create_database(connection: psycopg.Connection, name: str) -> bool:
    """A database owned by huiliu_owner, closed to everyone else; returns whether it is new."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return False
    try:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER huiliu_owner TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(name)
            )
        )
    except psycopg.errors.DuplicateDatabase:
        return False  # another process was faster
    close_database(connection, name)
    return True


def close_database(connection: psycopg.Connection, name: str) -> None:
    """Only our logins may connect."""
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO huiliu_web, huiliu_worker").format(sql.Identifier(name))
    )
