"""What a person looked at lately."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

import huiliu.platform.models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0011_a_state_of_a_partner")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="SeenSku",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id", "sku_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("user_id", models.BigIntegerField()),
                ("sku_id", models.BigIntegerField()),
                ("owner_path", huiliu.platform.models.PathField(db_collation="C")),
                ("seen_at", models.DateTimeField()),
            ],
            options={"db_table": "orders_seen_sku"},
        ),
    ]
