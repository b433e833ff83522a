"""What was ordered: the document, its lines, and how its buyer is found by name."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Reverse

from huiliu.orders.models.amounts import Amount
from huiliu.platform.models import PathField, XidField
from huiliu.platform.row_security import PathScope, RowSecurity


class Order(models.Model):
    """A buyer's purchase from a seller, at any two tiers."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    # Its last digits come first: a range finds them under row security.
    number_reversed = models.GeneratedField(
        expression=Reverse("number"), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    seller_id = models.BigIntegerField()
    seller_path = PathField()
    seller_name = models.TextField()
    buyer_id = models.BigIntegerField()
    buyer_path = PathField()
    buyer_name = models.TextField()
    buyer_path_then = PathField()  # reports: where the buyer stood that day
    buyer_tier_then = models.TextField(default="")
    region_code_then = models.TextField(default="")
    province_then = models.TextField(default="")  # ship-to, as words: history from abroad has no GB code
    city_then = models.TextField(default="")
    kind = models.TextField(default="STANDARD")
    state = models.TextField()
    steps_open = ArrayField(models.TextField(), default=list)  # approvals still wanted before shipment
    currency = models.TextField()
    content_hash = models.TextField(
        default=""
    )  # the draft as sent: the same id with other content is refused
    gross_amount = Amount()  # tax included: what the buyer owes for the lines
    net_amount = Amount()
    tax_amount = Amount()
    line_count = models.IntegerField()
    shortage_mode = models.TextField(default="REFUSE")  # REFUSE | BACKORDER
    external_number = models.TextField(default="")
    buyer_note = models.TextField(default="")
    address = models.JSONField(default=dict)
    wanted_date = models.DateField(null=True)
    business_date = models.DateField()
    lines_hash = models.TextField(
        default="", db_default=""
    )  # goods and units: finds the same order sent again
    buyer_deadline_at = models.DateTimeField(
        null=True
    )  # while the buyer must agree: when its silence is a no
    buyer_remind_at = models.DateTimeField(null=True)  # when to remind it; null once that is done
    submitted_by = models.BigIntegerField(null=True)
    on_behalf = models.BooleanField(default=False)
    custom = models.JSONField(default=dict)
    submitted_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)  # first shipment
    received_at = models.DateTimeField(null=True)  # everything received
    closed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    row_xid = XidField()

    class Meta:
        db_table = "orders_order"
        constraints = (
            models.UniqueConstraint(fields=["seller_id", "number"], name="orders_order_number"),
            models.CheckConstraint(condition=models.Q(gross_amount__gte=0), name="orders_order_not_negative"),
        )
        indexes = (
            models.Index(fields=["-submitted_at", "-id"], name="orders_order_newest"),
            models.Index(fields=["state", "-submitted_at", "-id"], name="orders_order_state"),
            models.Index(fields=["buyer_path", "-submitted_at", "-id"], name="orders_order_buyer"),
            models.Index(fields=["seller_path", "-submitted_at", "-id"], name="orders_order_seller"),
            # A partner's page of one state: without these it reads all its orders or all of that state.
            models.Index(fields=["state", "buyer_path"], name="orders_order_state_buyer"),
            models.Index(fields=["state", "seller_path"], name="orders_order_state_seller"),
            models.Index(fields=["buyer_id", "-submitted_at", "-id"], name="orders_order_buyer_id"),
            models.Index(fields=["number_reversed"], name="orders_order_last_digits"),
            models.Index(
                fields=["external_number"],
                condition=~models.Q(external_number=""),
                name="orders_order_external",
            ),
            # Every submit asks for its twin: without this it reads all that the buyer ordered in the last minutes.
            models.Index(
                fields=["lines_hash"], condition=~models.Q(lines_hash=""), name="orders_order_lines_hash"
            ),
            BrinIndex(fields=["row_xid"], name="orders_order_xid", autosummarize=True),
        )


class BuyerName(models.Model):
    """The names that buyers had on their orders: what a search for a name reads instead of the orders.

    A trigger on the orders writes it, so that no writer can forget it. Nothing makes a name unique: with a unique
    index the first order of a buyer would wait until another first order of that buyer has committed. A name that
    two such orders noted at once stands here twice, so whoever reads takes each once.
    """

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path", verbs=())

    id = models.BigAutoField(primary_key=True)
    buyer_id = models.BigIntegerField()
    seller_id = models.BigIntegerField()
    name = models.TextField()
    buyer_path = PathField()
    seller_path = PathField()

    class Meta:
        db_table = "orders_buyer_name"
        indexes = (
            models.Index(fields=["buyer_id", "seller_id"], name="orders_buyer_name_pair"),
            models.Index(fields=["buyer_path"], name="orders_buyer_name_buyer"),
            models.Index(fields=["seller_path"], name="orders_buyer_name_seller"),
        )


class Line(models.Model):
    """One line as it was ordered, and how far it has come."""

    row_security: ClassVar[RowSecurity] = PathScope("buyer_path", "seller_path")

    pk = models.CompositePrimaryKey("order_id", "line_no")
    order_id = models.UUIDField()
    line_no = models.IntegerField()
    buyer_path = PathField()
    seller_path = PathField()
    kind = models.TextField(default="GOODS")  # GOODS | GIFT …
    sku_id = models.BigIntegerField()
    sku_code = models.TextField()
    sku_name = models.TextField()
    unit = models.TextField()  # as entered
    entered_quantity = Amount()
    ordered = Amount()  # base units from here on
    unit_price = Amount()  # tax included, per entered unit
    gross_amount = Amount()
    net_amount = Amount()
    tax_amount = Amount()
    tax_rate = models.DecimalField(max_digits=6, decimal_places=4)
    trace = models.JSONField(default=dict)
    allocated = Amount(default=0)
    backordered = Amount(default=0)
    shipped = Amount(default=0)
    received = Amount(default=0)
    cancelled = Amount(default=0)
    returned = Amount(default=0)
    row_xid = XidField()

    class Meta:
        db_table = "orders_line"
        constraints = (
            # VALUE: a correction of money without goods, as history has them.
            models.CheckConstraint(
                condition=models.Q(ordered__gt=0) | models.Q(kind="VALUE", ordered=0),
                name="orders_line_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    ordered__gte=models.F("shipped")
                    + models.F("cancelled")
                    + models.F("allocated")
                    + models.F("backordered")
                ),
                name="orders_line_not_more_than_ordered",
            ),
            models.CheckConstraint(
                condition=models.Q(shipped__gte=models.F("received"), received__gte=models.F("returned")),
                name="orders_line_received_was_shipped",
            ),
        )
        indexes = (BrinIndex(fields=["row_xid"], name="orders_line_xid", autosummarize=True),)
