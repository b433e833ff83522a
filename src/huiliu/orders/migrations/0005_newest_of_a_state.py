"""The page of a rare state starts at its rows instead of walking past all others."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0004_place_waits")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["state", "-submitted_at", "-id"], name="orders_order_state"),
        ),
    ]
