"""Carts with lines of their own, the buyer's word on orders placed for it, orders that repeat one another."""

from __future__ import annotations

from django.db import migrations, models

import huiliu.orders.models
import huiliu.platform.models
from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_found_by_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="buyer_deadline_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="buyer_remind_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="lines_hash",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.CreateModel(
            name="Cart",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("owner_id", models.BigIntegerField()),
                ("owner_path", huiliu.platform.models.PathField(db_collation="C")),
                ("buyer_id", models.BigIntegerField()),
                ("seller_id", models.BigIntegerField()),
                ("name", models.TextField(default="")),
                ("is_default", models.BooleanField(default=False)),
                ("state", models.TextField(default="OPEN")),
                ("note", models.TextField(default="")),
                ("line_count", models.IntegerField(default=0)),
                ("quote_digest", models.TextField(default="")),
                ("quote_gross", huiliu.orders.models.Amount(decimal_places=6, default=0, max_digits=20)),
                ("priced_at", models.DateTimeField(null=True)),
                ("requote_at", models.DateTimeField(null=True)),
                ("news", models.JSONField(null=True)),
                ("order_id", models.UUIDField(null=True)),
                ("order_number", models.TextField(default="")),
                ("version", models.IntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.BigIntegerField(null=True)),
                ("updated_at", models.DateTimeField()),
                ("updated_by", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "orders_cart",
                "indexes": [
                    models.Index(
                        fields=["owner_id", "state", "-updated_at", "-id"], name="orders_cart_newest"
                    ),
                    models.Index(
                        condition=models.Q(("state", "OPEN")),
                        fields=["seller_id", "buyer_id"],
                        name="orders_cart_open",
                    ),
                    models.Index(
                        condition=models.Q(("requote_at__isnull", False), ("state", "OPEN")),
                        fields=["requote_at"],
                        name="orders_cart_requote",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True), ("state", "OPEN")),
                        fields=("owner_id", "buyer_id", "seller_id"),
                        name="orders_cart_default",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("order_id__isnull", True), ("state", "OPEN")),
                            models.Q(("order_id__isnull", False), ("state", "ORDERED")),
                            _connector="OR",
                        ),
                        name="orders_cart_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CartLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "cart_id",
                        "sku_id",
                        "unit",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("cart_id", models.UUIDField()),
                ("sku_id", models.BigIntegerField()),
                ("unit", models.TextField()),
                ("owner_path", huiliu.platform.models.PathField(db_collation="C")),
                ("position", models.IntegerField()),
                ("quantity", huiliu.orders.models.Amount(decimal_places=6, max_digits=20)),
                ("note", models.TextField(default="")),
                ("version", models.IntegerField()),
                ("seen_unit_price", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                ("seen_gross", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                ("seen_problem", models.TextField(default="")),
                ("updated_at", models.DateTimeField()),
                ("updated_by", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "orders_cart_line",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0)), name="orders_cart_line_not_negative"
                    )
                ],
            },
        ),
        run_sql_file(__file__, "place.sql"),
    ]
