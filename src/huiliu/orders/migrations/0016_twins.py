"""An order with the same lines is found by them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0015_open_warehouses")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("lines_hash", ""), _negated=True),
                fields=["lines_hash"],
                name="orders_order_lines_hash",
            ),
        ),
        run_sql_file(__file__, "place.sql"),
    ]
