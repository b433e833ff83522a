"""Every policy is needed: widened, the sweep over the tables turns red."""

from __future__ import annotations

import psycopg
from django.conf import settings
from django.db import transaction

from huiliu.kernel.ids import uuid7
from huiliu.platform.database import SYSTEM_REACH, set_reach
from huiliu.platform.embedded import test_cluster as shared_cluster
from huiliu.testing.api import Api
from huiliu.testing.trade import a_channel
from tests.isolation.test_every_table import leaks, scoped_tables


def test_each_policy_is_needed_and_its_loss_is_seen(committed_db):
    """Drop or widen one policy after another as the owner: the sweep turns red every time."""
    with transaction.atomic():
        set_reach(SYSTEM_REACH, user_id=None)
        channel = a_channel()
        Api(channel.owner).post(
            "/orders", {"id": str(uuid7()), "lines": [{"sku_code": channel.sku.code, "quantity": "1"}]}
        )
    name = settings.DATABASES["default"]["NAME"]
    url = shared_cluster().owner.replace("/huiliu?", f"/{name}?")
    with psycopg.connect(url, autocommit=True) as owner:
        for table in (
            "orders_order",
            "orders_line",
            "ledger_account",
            "partners_partner",
            "access_user",
            "access_organization",
        ):
            if not owner.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
                continue
            owner.execute(f"ALTER POLICY reach_huiliu_partner ON {table} USING (true)")
            with transaction.atomic():
                set_reach(SYSTEM_REACH, user_id=None)
                assert leaks(channel.other_owner) == [table]
            security = scoped_tables()[table]
            owner.execute(
                f"ALTER POLICY reach_huiliu_partner ON {table} USING ({security.condition('huiliu_partner')})"
            )
    with transaction.atomic():
        set_reach(SYSTEM_REACH, user_id=None)
        assert leaks(channel.other_owner) == []
