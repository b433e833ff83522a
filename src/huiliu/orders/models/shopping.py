"""Before the order: favourites, what was seen, carts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiliu.orders.models.amounts import Amount
from huiliu.platform.models import PathField
from huiliu.platform.row_security import PathScope, RowSecurity


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
