"""What is under way to a buyer is found without reading every shipment."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0008_saved_carts")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(fields=["buyer_path", "-shipped_at", "-id"], name="orders_shipment_buyer"),
        )
    ]
