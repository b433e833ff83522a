"""The warehouse's manifest: which immutable files hold the facts, and how far they reach."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiliu.platform.row_security import REACH_ROLES, RowSecurity


class WarehouseRows(RowSecurity):
    """File names and a watermark, no partner's data: every reach may read them, only system work writes."""

    def grants(self) -> dict[str, tuple[str, ...]]:
        readers: dict[str, tuple[str, ...]] = dict.fromkeys(REACH_ROLES, ("SELECT",))
        return readers | {"huiliu_system": ("SELECT", "INSERT", "UPDATE", "DELETE")}


class WarehouseState(models.Model):
    """One row: everything written by transactions below `watermark_xid` is in the current segments."""

    row_security: ClassVar[RowSecurity] = WarehouseRows()

    id = models.SmallIntegerField(primary_key=True, default=1)
    identity = models.TextField(default="")  # cluster and database: transaction ids restart elsewhere
    definition = models.TextField(default="")  # of the facts: other columns mean another load
    watermark_xid = models.BigIntegerField(default=0)
    foreign_until_xid = models.BigIntegerField(default=0)  # rows restored from another cluster end here
    version = models.BigIntegerField(default=0)  # grows whenever the list of segments changes
    is_wide = models.BooleanField(default=False)  # amounts beyond twelve digits were seen
    dimensions_seen = models.TextField(default="")
    dimensions_checked_at = models.DateTimeField(null=True)
    horizons = models.JSONField(default=list)  # [[next transaction id, instant], …]: see rules.complete_at
    complete_at = models.DateTimeField(null=True)  # everything committed before is visible
    currencies = ArrayField(models.TextField(), default=list)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "insights_warehouse"
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="insights_warehouse_one"),)


class Segment(models.Model):
    """One immutable Parquet file of one fact and month; retired ones are deleted after a grace time."""

    row_security: ClassVar[RowSecurity] = WarehouseRows()

    id = models.UUIDField(primary_key=True)
    fact = models.TextField()
    month = models.DateField(null=True)  # null: a dimension
    file = models.TextField()  # below the warehouse's folder
    row_count = models.BigIntegerField()
    content_hash = models.TextField(default="")  # of a dimension: unchanged ones are not written again
    added_version = models.BigIntegerField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "insights_segment"
        indexes = (
            models.Index(
                fields=["fact", "month"],
                name="insights_segment_current",
                condition=models.Q(retired_at__isnull=True),
            ),
        )
