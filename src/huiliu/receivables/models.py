"""Money that came in from a partner, as the seller wrote it down."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiliu.platform.models import PathField
from huiliu.platform.row_security import PathScope, RowSecurity


class Receipt(models.Model):
    """One payment received; taken back by a reversal, never changed."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path", partner_writes=True)

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    buyer_id = models.BigIntegerField()
    seller_id = models.BigIntegerField()
    buyer_path = PathField()
    seller_path = PathField()
    amount = models.DecimalField(max_digits=20, decimal_places=6)
    currency = models.TextField()
    method = models.TextField()
    reference = models.TextField()  # the bank's; unique for the seller while the receipt stands
    value_date = models.DateField()
    note = models.TextField(default="")
    state = models.TextField(default="POSTED")
    entry_id = models.BigIntegerField()
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    reversed_by = models.BigIntegerField(null=True)
    reversed_at = models.DateTimeField(null=True)
    reversal_reason = models.TextField(default="")

    class Meta:
        db_table = "receivables_receipt"
        constraints = (
            models.UniqueConstraint(
                fields=["seller_id", "method", "reference"],
                name="receivables_receipt_reference",
                condition=models.Q(state="POSTED") & ~models.Q(reference=""),
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="receivables_receipt_amount"),
        )
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="receivables_receipt_newest"),
            models.Index(fields=["buyer_id", "-created_at"], name="receivables_receipt_buyer"),
        )
