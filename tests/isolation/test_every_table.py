"""Every table says whose it is, the database holds it, and the check would notice if it did not."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from huiliu.access.types import Actor
from huiliu.kernel.ids import uuid7
from huiliu.platform.database import SYSTEM_REACH, Reach, reach_as, set_reach
from huiliu.platform.row_security import AnyWriter, PathScope, declared_tables
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel

pytestmark = pytest.mark.django_db
ROLES = ("huiliu_staff", "huiliu_branch", "huiliu_partner", "huiliu_system")


def scoped_tables() -> dict[str, PathScope | AnyWriter]:
    return {name: one for name, one in declared_tables().items() if isinstance(one, PathScope | AnyWriter)}


def count(table: str, condition: str = "true", values: list[str] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {condition}", values or [])
        return int(cursor.fetchone()[0])


def count_without_reach(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'none', true)")
    return count(table)


def own_rows(table: str, security: PathScope | AnyWriter, reach: Reach) -> int:
    """How many rows the declaration gives to a reach, counted by the system."""
    columns = security.columns if isinstance(security, PathScope) else (security.column,)
    parts = [f"({column} >= %s AND {column} < %s)" for column in columns]
    values = [reach.lo, reach.hi] * len(columns)
    if isinstance(security, PathScope) and security.public:
        parts.append(security.public)
    return count(table, " OR ".join(parts), values)


def leaks(actor: Actor) -> list[str]:
    """Tables where the actor's reach shows another number of rows than the declaration gives it."""
    found = []
    for table, security in scoped_tables().items():
        if "SELECT" not in security.grants()[actor.reach.role]:
            continue
        wanted = own_rows(table, security, actor.reach)
        with reach_as(actor.reach, user_id=actor.user_id):
            shown = count(table)
        if shown != wanted:
            found.append(table)
    return found


@pytest.fixture
def channel() -> Channel:
    """Two dealers with rows in the tables of a whole order."""
    channel = a_channel()
    order = (
        Api(channel.owner)
        .post("/orders", {"id": str(uuid7()), "lines": [{"sku_code": channel.sku.code, "quantity": "10"}]})
        .json()["id"]
    )
    Api(channel.staff).post(f"/orders/{order}/confirm", {"step": "CONFIRM"})
    ship = {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk}
    shipment = Api(channel.keeper).post(f"/orders/{order}/ship", ship).json()["id"]
    short = {"differences": [{"line_no": 1, "received": "9", "reason": "SHORT"}]}
    assert Api(channel.owner).post(f"/shipments/{shipment}/receive", short).status_code == 200
    back = {"id": str(uuid7()), "reason": "临期", "lines": [{"line_no": 1, "quantity": "2"}]}
    assert Api(channel.owner).post(f"/orders/{order}/returns", back).status_code == 201
    set_reach(SYSTEM_REACH, user_id=None)
    return channel


def test_every_table_is_under_row_security_with_exactly_its_declared_policies():
    wanted = {
        (table, f"reach_{role}")
        for table, security in declared_tables().items()
        for role, verbs in security.grants().items()
        if verbs
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")
        standing = set(cursor.fetchall())
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT relrowsecurity"
        )
        open_tables = {name for (name,) in cursor.fetchall()}

    assert standing == wanted
    assert open_tables == set()


def test_without_a_reach_no_table_can_be_read():
    for table in declared_tables():
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            count_without_reach(table)


def test_each_reach_sees_exactly_its_own_rows_of_every_table(channel):
    filled = [table for table in scoped_tables() if count(table)]
    assert {
        "orders_order",
        "orders_line",
        "orders_shipment",
        "orders_return",
        "ledger_account",
        "platform_event",
    } <= set(filled)

    for actor in (channel.owner, channel.other_owner, channel.store_owner, channel.staff):
        if actor.reach.role == "huiliu_staff":
            continue
        assert leaks(actor) == []
    with reach_as(channel.other_owner.reach, user_id=None):
        assert count("orders_order") == 0
        assert count("orders_line") == 0


def test_the_login_role_can_neither_bypass_nor_own():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolinherit, rolcreaterole FROM pg_roles WHERE rolname = session_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = session_user"
        )
        assert cursor.fetchone() == (0,)
