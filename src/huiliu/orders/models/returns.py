"""What came back, and what a buyer complains about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiliu.orders.models.amounts import Amount
from huiliu.platform.models import PathField, XidField
from huiliu.platform.row_security import PathScope, RowSecurity


class Return(models.Model):
    """Goods that come back at the price that was paid."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    order_id = models.UUIDField(null=True)  # null: a return without a known order (imported history)
    seller_id = models.BigIntegerField()
    seller_path = PathField()
    buyer_id = models.BigIntegerField()
    buyer_path = PathField()
    buyer_path_then = PathField()
    region_code_then = models.TextField(default="")
    province_then = models.TextField(default="")  # ship-to, as words: history from abroad has no GB code
    city_then = models.TextField(default="")
    buyer_tier_then = models.TextField(default="")
    warehouse_id = models.BigIntegerField()
    state = models.TextField()
    currency = models.TextField()
    gross_amount = Amount()
    net_amount = Amount()
    reason = models.TextField()
    business_date = models.DateField()
    requested_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    requested_by = models.BigIntegerField(null=True)
    row_xid = XidField()

    class Meta:
        db_table = "orders_return"
        indexes = (
            models.Index(fields=["order_id"], name="orders_return_order"),
            models.Index(fields=["buyer_path", "-requested_at", "-id"], name="orders_return_buyer"),
            models.Index(fields=["seller_path", "-requested_at", "-id"], name="orders_return_seller"),
        )


class ReturnLine(models.Model):
    """How much of which line came back, at the net price paid."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    pk = models.CompositePrimaryKey("return_id", "line_no")
    return_id = models.UUIDField()
    line_no = models.IntegerField()
    order_line_no = models.IntegerField(null=True)
    buyer_path = PathField()
    seller_path = PathField()
    sku_id = models.BigIntegerField()
    returned = Amount()
    gross_amount = Amount()
    net_amount = Amount()
    row_xid = XidField()

    class Meta:
        db_table = "orders_return_line"


class Complaint(models.Model):
    """What a buyer is not content with, the seller's answer, and that it is settled."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    order_id = models.UUIDField()
    order_number = models.TextField()
    seller_id = models.BigIntegerField()
    seller_path = PathField()
    seller_name = models.TextField()
    buyer_id = models.BigIntegerField()
    buyer_path = PathField()
    buyer_name = models.TextField()
    kind = models.TextField()
    text = models.TextField()
    state = models.TextField(default="OPEN")
    answer = models.TextField(default="")
    complained_at = models.DateTimeField()
    complained_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "orders_complaint"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="OPEN", answered_at__isnull=True, closed_at__isnull=True)
                | models.Q(state="ANSWERED", answered_at__isnull=False, closed_at__isnull=True)
                | models.Q(state="CLOSED", closed_at__isnull=False),
                name="orders_complaint_state",
            ),
        )
        indexes = (
            models.Index(fields=["order_id"], name="orders_complaint_order"),
            models.Index(fields=["buyer_path", "-complained_at", "-id"], name="orders_complaint_buyer"),
            models.Index(fields=["seller_path", "-complained_at", "-id"], name="orders_complaint_seller"),
        )
