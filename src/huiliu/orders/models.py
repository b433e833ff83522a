"""Orders and what follows from them. Lines of every document are append-only facts.

`Line` progress counters are a projection of the later documents' lines; a selector proves it.
Paths are rewritten when an organization moves (reach follows today's tree); `*_then` never are (reports).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Reverse

from huiliu.platform.models import PathField, XidField
from huiliu.platform.row_security import PathScope, RowSecurity


class Amount(models.DecimalField):
    """Money already rounded to the currency's exponent, or a quantity in base units."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 6)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


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


class Favourite(models.Model):
    """A sku that a buyer keeps at hand."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT", "UPDATE", "DELETE"))

    pk = models.CompositePrimaryKey("organization_id", "sku_id")
    organization_id = models.BigIntegerField()
    sku_id = models.BigIntegerField()
    owner_path = PathField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "orders_favourite"


class SeenSku(models.Model):
    """Goods that one person looked at, to find them again on every device."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT", "UPDATE", "DELETE"))

    pk = models.CompositePrimaryKey("user_id", "sku_id")
    user_id = models.BigIntegerField()
    sku_id = models.BigIntegerField()
    owner_path = PathField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "orders_seen_sku"


class Cart(models.Model):
    """What somebody is about to order for a buyer from a seller; shared by all colleagues of its owner.

    The owner is the buyer itself, or whoever prepares an order on its behalf: that cart the buyer does not see.
    """

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT", "UPDATE", "DELETE"))

    id = models.UUIDField(primary_key=True)
    owner_id = models.BigIntegerField()
    owner_path = PathField()
    buyer_id = models.BigIntegerField()
    seller_id = models.BigIntegerField()
    name = models.TextField(default="")
    is_default = models.BooleanField(default=False)
    state = models.TextField(default="OPEN")  # OPEN | ORDERED
    note = models.TextField(default="")
    line_count = models.IntegerField(default=0)  # lines with a quantity
    quote_digest = models.TextField(default="")  # of the prices as they were last seen
    quote_gross = Amount(default=0)
    priced_at = models.DateTimeField(null=True)
    requote_at = models.DateTimeField(
        null=True
    )  # a policy that reaches the buyer changed: to be quoted again
    news = models.JSONField(null=True)  # what the last quote changed, until somebody acknowledges it
    order_id = models.UUIDField(null=True)
    order_number = models.TextField(default="")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)
    updated_at = models.DateTimeField()
    updated_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "orders_cart"
        constraints = (
            models.UniqueConstraint(
                fields=["owner_id", "buyer_id", "seller_id"],
                name="orders_cart_default",
                condition=models.Q(is_default=True, state="OPEN"),
            ),
            models.CheckConstraint(
                condition=models.Q(state="OPEN", order_id__isnull=True)
                | models.Q(state="ORDERED", order_id__isnull=False),
                name="orders_cart_state",
            ),
        )
        indexes = (
            models.Index(fields=["owner_id", "state", "-updated_at", "-id"], name="orders_cart_newest"),
            models.Index(
                fields=["seller_id", "buyer_id"], name="orders_cart_open", condition=models.Q(state="OPEN")
            ),
            models.Index(
                fields=["requote_at"],
                name="orders_cart_requote",
                condition=models.Q(state="OPEN", requote_at__isnull=False),
            ),
        )


class CartLine(models.Model):
    """A sku in one unit. Quantity zero is a line taken off: it keeps its version, so that nobody revives it blindly."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT", "UPDATE", "DELETE"))

    pk = models.CompositePrimaryKey("cart_id", "sku_id", "unit")
    cart_id = models.UUIDField()
    sku_id = models.BigIntegerField()
    unit = models.TextField()
    owner_path = PathField()
    position = models.IntegerField()
    quantity = Amount()  # in `unit`
    note = models.TextField(default="")
    version = models.IntegerField()  # of the cart when this line was last written
    seen_unit_price = models.DecimalField(
        max_digits=20, decimal_places=6, null=True
    )  # as last shown and accepted
    seen_gross = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    seen_problem = models.TextField(default="")
    updated_at = models.DateTimeField()
    updated_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "orders_cart_line"
        constraints = (
            models.CheckConstraint(condition=models.Q(quantity__gte=0), name="orders_cart_line_not_negative"),
        )
