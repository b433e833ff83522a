"""Places of goods, and the documents that move stock outside orders."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiliu.access.models import Organization
from huiliu.platform.models import PathField
from huiliu.platform.row_security import PathScope, RowSecurity


class Warehouse(models.Model):
    """A place where an organization keeps goods."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    code = models.TextField()
    name = models.TextField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, db_index=False, related_name="+")
    owner_path = PathField()
    region_code = models.TextField(default="")
    city = models.TextField(default="")
    priority = models.IntegerField(default=100)  # smaller first, after the partner's own preference
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "inventory_warehouse"
        constraints = (models.UniqueConstraint(fields=["code"], name="inventory_warehouse_code"),)
        indexes = (models.Index(fields=["organization", "priority", "id"], name="inventory_warehouse_org"),)
