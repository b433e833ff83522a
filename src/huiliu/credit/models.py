"""What was granted, revoked and when: a history that only grows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiliu.platform.models import PathField
from huiliu.platform.row_security import PathScope, RowSecurity


class Limit(models.Model):
    """One grant: a limit from a day on, a temporary limit for some days, or the revocation of a temporary one."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path", verbs=("INSERT",))

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()  # LIMIT | TEMPORARY | REVOCATION
    seller_id = models.BigIntegerField()
    seller_path = PathField()
    buyer_id = models.BigIntegerField()
    buyer_path = PathField()
    currency = models.TextField()
    amount = models.DecimalField(max_digits=20, decimal_places=6)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    revokes_id = models.UUIDField(null=True)
    reason = models.TextField()
    approved_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "credit_limit"
        constraints = (
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="credit_limit_amount"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="credit_limit_period",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="TEMPORARY") | models.Q(valid_to__isnull=False),
                name="credit_limit_temporary_ends",
            ),
            models.UniqueConstraint(fields=["revokes_id"], name="credit_limit_revoked_once"),
        )
        indexes = (
            models.Index(
                fields=["buyer_id", "seller_id", "currency", "-created_at"], name="credit_limit_pair"
            ),
        )
