"""Orders are promised goods that are fresh enough, what expires first going first."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0012_seen_skus"), ("inventory", "0008_fresh_goods")]
    operations: ClassVar = [
        migrations.RunSQL("DROP FUNCTION IF EXISTS orders_lock_available(bigint[])", migrations.RunSQL.noop),
        run_sql_file(__file__, "available.sql"),
        run_sql_file(__file__, "place.sql"),
    ]
