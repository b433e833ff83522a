"""A search reads few rows: the number backwards, the external number and the names of buyers have their indexes."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.models.functions import Reverse

from huiliu.platform.models import PathField
from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0006_carts")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="BuyerName",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "buyer_id",
                        "seller_id",
                        "name",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("buyer_id", models.BigIntegerField()),
                ("seller_id", models.BigIntegerField()),
                ("name", models.TextField()),
                ("buyer_path", PathField()),
                ("seller_path", PathField()),
            ],
            options={
                "db_table": "orders_buyer_name",
                "indexes": [
                    models.Index(fields=["buyer_path"], name="orders_buyer_name_buyer"),
                    models.Index(fields=["seller_path"], name="orders_buyer_name_seller"),
                ],
            },
        ),
        migrations.AddField(
            model_name="order",
            name="number_reversed",
            field=models.GeneratedField(
                expression=Reverse("number"), output_field=models.TextField(db_collation="C"), db_persist=True
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["buyer_id", "-submitted_at", "-id"], name="orders_order_buyer_id"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["number_reversed"], name="orders_order_last_digits"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["external_number"],
                condition=~models.Q(external_number=""),
                name="orders_order_external",
            ),
        ),
        run_sql_file(__file__, "names.sql"),
    ]
