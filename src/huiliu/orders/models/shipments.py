"""What became of an order: shipped, on the way, received with differences, cancelled."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from huiliu.orders.models.amounts import Amount
from huiliu.platform.models import PathField, XidField
from huiliu.platform.row_security import PathScope, RowSecurity


class Shipment(models.Model):
    """Goods that left one place for one order."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    order_id = models.UUIDField()
    buyer_path = PathField()
    seller_path = PathField()
    warehouse_id = models.BigIntegerField()
    state = models.TextField()
    business_date = models.DateField()
    shipped_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    shipped_by = models.BigIntegerField(null=True)
    received_by = models.BigIntegerField(null=True)
    note = models.TextField(default="")
    row_xid = XidField()

    class Meta:
        db_table = "orders_shipment"
        indexes = (
            models.Index(fields=["order_id"], name="orders_shipment_order"),
            models.Index(fields=["seller_path", "-shipped_at", "-id"], name="orders_shipment_seller"),
            models.Index(fields=["buyer_path", "-shipped_at", "-id"], name="orders_shipment_buyer"),
            BrinIndex(fields=["row_xid"], name="orders_shipment_xid", autosummarize=True),
        )


class ShipmentLine(models.Model):
    """How much of an order line a shipment carries, at what the line was sold for."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    pk = models.CompositePrimaryKey("shipment_id", "line_no")
    shipment_id = models.UUIDField()
    line_no = models.IntegerField()  # of the order
    order_id = models.UUIDField()
    buyer_path = PathField()
    seller_path = PathField()
    sku_id = models.BigIntegerField()
    shipped = Amount()
    gross_amount = Amount()
    net_amount = Amount()
    row_xid = XidField()

    class Meta:
        db_table = "orders_shipment_line"
        indexes = (BrinIndex(fields=["row_xid"], name="orders_shipment_line_xid", autosummarize=True),)


class Waybill(models.Model):
    """A carrier's number for a shipment, and where the goods are."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    id = models.UUIDField(primary_key=True)
    shipment_id = models.UUIDField()
    buyer_path = PathField()
    seller_path = PathField()
    carrier = models.TextField()
    tracking_number = models.TextField()
    state = models.TextField(default="CREATED")
    expected_at = models.DateTimeField(null=True)
    events = models.JSONField(default=list)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "orders_waybill"
        constraints = (
            models.UniqueConstraint(fields=["carrier", "tracking_number"], name="orders_waybill_number"),
        )
        indexes = (models.Index(fields=["shipment_id"], name="orders_waybill_shipment"),)


class ReceiptDifference(models.Model):
    """What arrived otherwise than shipped; a receipt in full has no rows here."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    pk = models.CompositePrimaryKey("shipment_id", "line_no")
    shipment_id = models.UUIDField()
    line_no = models.IntegerField()
    order_id = models.UUIDField()
    buyer_path = PathField()
    seller_path = PathField()
    shipped = Amount()
    received = Amount()
    reason = models.TextField()  # SHORT | OVER | DAMAGED | WRONG
    note = models.TextField(default="")
    row_xid = XidField()

    class Meta:
        db_table = "orders_receipt_difference"


class CancellationLine(models.Model):
    """A part of an order line that will not be delivered."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    pk = models.CompositePrimaryKey("cancellation_id", "line_no")
    cancellation_id = models.UUIDField()
    line_no = models.IntegerField()
    order_id = models.UUIDField()
    buyer_path = PathField()
    seller_path = PathField()
    sku_id = models.BigIntegerField()
    cancelled = Amount()
    gross_amount = Amount()
    net_amount = Amount()
    reason = models.TextField()
    business_date = models.DateField()
    cancelled_at = models.DateTimeField()
    cancelled_by = models.BigIntegerField(null=True)
    row_xid = XidField()

    class Meta:
        db_table = "orders_cancellation_line"
        indexes = (models.Index(fields=["order_id"], name="orders_cancellation_order"),)
