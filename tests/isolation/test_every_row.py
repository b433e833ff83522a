"""Rows of two partners in every table there is: each reach sees its own, and every policy is needed."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from huiliu.platform import row_security
from huiliu.platform.database import Reach
from huiliu.platform.embedded import test_cluster as shared_cluster
from huiliu.platform.row_security import AnyWriter, declared_tables
from tests.isolation import rows


@pytest.fixture
def root(committed_db: str) -> Iterator[psycopg.Connection]:
    """A superuser of a throwaway database with rows of everyone in every table."""
    with _connect(shared_cluster().super_, committed_db) as connection:
        rows.loosen(connection)
        rows.fill(connection)
        yield connection


@pytest.fixture
def login(root: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The login of web processes."""
    with _connect(shared_cluster().web, root.info.dbname) as connection:
        yield connection


def _connect(url: str, database: str) -> psycopg.Connection:
    return psycopg.connect(psycopg.conninfo.make_conninfo(url, dbname=database), autocommit=True)


def test_each_reach_sees_its_own_rows_of_every_table_and_nothing_without_one(root, login):
    tables = sorted(declared_tables())

    assert rows.leaks(root, login, tables) == []
    assert [table for table in tables if rows.shown(login, table, None) is not None] == []
    with_paths = [table for table in tables if rows.path_columns(table)]
    assert len(with_paths) >= 25
    for table in with_paths:  # the sweep is not empty: two partners see different rows of each
        assert rows.shown(login, table, rows.REACHES["owner"]) != 0 or not _partner_reads(table)


def _partner_reads(table: str) -> bool:
    return "SELECT" in declared_tables()[table].grants()["huiliu_partner"]


def test_nobody_writes_into_or_out_of_a_foreign_part_of_the_tree(root, login):
    written = 0
    for table, security in sorted(declared_tables().items()):
        if isinstance(security, AnyWriter):
            continue  # anyone may append there
        for name, reach in rows.REACHES.items():
            if reach.everything or "UPDATE" not in security.grants()[reach.role]:
                continue
            for column in rows.path_columns(table):
                own = rows.expected(root, table, reach)
                with login.transaction(force_rollback=True):
                    rows.take(login, reach)
                    changed = login.execute(f"UPDATE {table} SET {column} = {column}".encode()).rowcount
                assert changed == own, f"{name} changed {changed} rows of {table}, owns {own}"
                written += 1
                if len(rows.path_columns(table)) > 1:
                    continue  # an order may leave one side's reach: the other side holds it
                with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
                    _give_away(login, table, column, reach)
    assert written >= 40


def test_the_sweep_turns_red_when_any_policy_is_dropped_or_widened(root, login):
    """Every policy of every table in turn; afterwards everything stands as declared."""
    standing = root.execute(
        "SELECT tablename, policyname, roles[1], qual, with_check FROM pg_policies WHERE schemaname = 'public'"
        " ORDER BY 1, 2"
    ).fetchall()
    unnoticed = []
    for table, policy, role, qual, check in standing:
        names = sql.Identifier(policy), sql.Identifier(table)
        root.execute(sql.SQL("DROP POLICY {} ON {}").format(*names))
        if not rows.leaks(root, login, [table]):
            unnoticed.append(f"{table}: {policy} dropped")
        if qual != "true":
            root.execute(
                sql.SQL("CREATE POLICY {} ON {} TO {} USING (true)").format(*names, sql.Identifier(role))
            )
            if not rows.leaks(root, login, [table]):
                unnoticed.append(f"{table}: {policy} widened")
            root.execute(sql.SQL("DROP POLICY {} ON {}").format(*names))
        root.execute(
            sql.SQL("CREATE POLICY {} ON {} TO {} USING ({}) WITH CHECK ({})").format(
                *names, sql.Identifier(role), sql.SQL(qual), sql.SQL(check)
            )
        )

    assert unnoticed == []
    assert len(standing) >= 150
    assert rows.leaks(root, login, sorted(declared_tables())) == []


def _give_away(login: psycopg.Connection, table: str, column: str, reach: Reach) -> None:
    with login.transaction(force_rollback=True):
        rows.take(login, reach)
        login.execute(f"UPDATE {table} SET {column} = '{rows.SOUTH}zz'".encode())


POLICIES = (
    "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies"
    " WHERE schemaname = 'public' ORDER BY 1, 2"
)
GRANTS = (
    "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants"
    " WHERE table_schema = 'public' AND grantee LIKE 'huiliu%' AND grantee <> 'huiliu_owner' ORDER BY 1, 2, 3"
)


def test_policies_and_grants_are_word_for_word_what_the_models_declare(committed_db):
    """Applied anew from the declarations, nothing changes."""
    with _connect(shared_cluster().owner, committed_db) as owner, owner.transaction(force_rollback=True):
        before = owner.execute(POLICIES).fetchall(), owner.execute(GRANTS).fetchall()
        with owner.cursor() as cursor:
            assert row_security.sync(cursor, force=True)
        after = owner.execute(POLICIES).fetchall(), owner.execute(GRANTS).fetchall()

    assert before == after


def test_the_sweep_asks_for_every_table_of_the_database(committed_db):
    with _connect(shared_cluster().super_, committed_db) as root:
        tables = {
            name for (name,) in root.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        }

    assert tables == set(declared_tables())
