"""The rows of price lists. Partners have no grant: the snapshot is loaded by the system."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiliu.platform.row_security import RowSecurity, StaffOnly


class Row(models.Model):
    """The price of one sku in one unit in one list version; tax included, per that unit."""

    row_security: ClassVar[RowSecurity] = StaffOnly(verbs=("INSERT", "UPDATE", "DELETE"))

    pk = models.CompositePrimaryKey("version_id", "sku_id", "unit")
    version_id = models.UUIDField()
    sku_id = models.BigIntegerField()
    unit = models.TextField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(default=1)
    unit_price = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    breaks = models.JSONField(default=list)  # [[from base units, price], …], ascending
    floor_price = models.DecimalField(max_digits=20, decimal_places=6, null=True)

    class Meta:
        db_table = "pricing_row"
