"""A partner's page of one state reads its few rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0010_names_do_not_wait")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["state", "buyer_path"], name="orders_order_state_buyer"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["state", "seller_path"], name="orders_order_state_seller"),
        ),
    ]
