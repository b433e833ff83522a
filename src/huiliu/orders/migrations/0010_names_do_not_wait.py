"""The first orders of a buyer do not wait for each other: the names of buyers have no unique index any more."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

from huiliu.platform.models import PathField
from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0009_shipments_of_a_buyer")]
    operations: ClassVar = [
        migrations.DeleteModel(name="BuyerName"),
        migrations.CreateModel(
            name="BuyerName",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("buyer_id", models.BigIntegerField()),
                ("seller_id", models.BigIntegerField()),
                ("name", models.TextField()),
                ("buyer_path", PathField()),
                ("seller_path", PathField()),
            ],
            options={
                "db_table": "orders_buyer_name",
                "indexes": [
                    models.Index(fields=["buyer_id", "seller_id"], name="orders_buyer_name_pair"),
                    models.Index(fields=["buyer_path"], name="orders_buyer_name_buyer"),
                    models.Index(fields=["seller_path"], name="orders_buyer_name_seller"),
                ],
            },
        ),
        run_sql_file(__file__, "names.sql"),
    ]
