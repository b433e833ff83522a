"""How fresh goods must be to be promised or offered."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("inventory", "0007_entries_of_a_document"),
        ("ledger", "0003_expiry_of_lots"),
    ]
    operations: ClassVar = [
        run_sql_file(__file__, "fresh.sql"),
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS inventory_offer(bigint, bigint, bigint[])", migrations.RunSQL.noop
        ),
        run_sql_file(__file__, "read.sql"),
    ]
