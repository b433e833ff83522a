"""Buyers complain about orders, sellers answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

import huiliu.platform.models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0013_fresh_goods")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("order_id", models.UUIDField()),
                ("order_number", models.TextField()),
                ("seller_id", models.BigIntegerField()),
                ("seller_path", huiliu.platform.models.PathField(db_collation="C")),
                ("seller_name", models.TextField()),
                ("buyer_id", models.BigIntegerField()),
                ("buyer_path", huiliu.platform.models.PathField(db_collation="C")),
                ("buyer_name", models.TextField()),
                ("kind", models.TextField()),
                ("text", models.TextField()),
                ("state", models.TextField(default="OPEN")),
                ("answer", models.TextField(default="")),
                ("complained_at", models.DateTimeField()),
                ("complained_by", models.BigIntegerField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.BigIntegerField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "orders_complaint",
                "indexes": [
                    models.Index(fields=["order_id"], name="orders_complaint_order"),
                    models.Index(
                        fields=["buyer_path", "-complained_at", "-id"], name="orders_complaint_buyer"
                    ),
                    models.Index(
                        fields=["seller_path", "-complained_at", "-id"], name="orders_complaint_seller"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("closed_at__isnull", True), ("state", "OPEN")
                        )
                        | models.Q(
                            ("answered_at__isnull", False), ("closed_at__isnull", True), ("state", "ANSWERED")
                        )
                        | models.Q(("closed_at__isnull", False), ("state", "CLOSED")),
                        name="orders_complaint_state",
                    ),
                ],
            },
        ),
    ]
