"""Places of goods, and the documents that move stock outside orders. Lines are append-only facts.

Paths are rewritten when an organization moves; nothing here keeps a balance (the ledger does).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiliu.access.models import Organization
from huiliu.platform.models import PathField
from huiliu.platform.row_security import PathScope, RowSecurity


class Units(models.DecimalField):
    """A quantity in base units, or money at its currency's exponent."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 6)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class Warehouse(models.Model):
    """A place where an organization keeps goods."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    code = models.TextField()
    name = models.TextField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, db_index=False, related_name="+")
    owner_path = PathField()
    region_code = models.TextField(default="")
    city = models.TextField(default="")
    address = models.TextField(default="", db_default="")
    priority = models.IntegerField(default=100)  # smaller first, after the partner's own preference
    is_active = models.BooleanField(default=True)
    version = models.IntegerField(default=1, db_default=1)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "inventory_warehouse"
        constraints = (models.UniqueConstraint(fields=["code"], name="inventory_warehouse_code"),)
        indexes = (models.Index(fields=["organization", "priority", "id"], name="inventory_warehouse_org"),)


class StockSetting(models.Model):
    """How one organization keeps its stock; without a row the defaults of `types.StockSettings` hold."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    organization_id = models.BigIntegerField(primary_key=True)
    owner_path = PathField()
    shown_to_buyers = models.TextField(default="LEVEL")  # EXACT | LEVEL | NOTHING
    tight_below = Units(default=100)
    adjustment_limit = Units(default=100)
    sells_before_stock_in = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "inventory_setting"


class Adjustment(models.Model):
    """Stock that came or went without an order, for a reason."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    organization_id = models.BigIntegerField()
    owner_path = PathField()
    warehouse_id = models.BigIntegerField()
    reason = models.TextField()
    note = models.TextField(default="")
    state = models.TextField()
    total_units = Units()  # without signs: what the authority limit looks at
    content_hash = models.TextField(default="")
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(default="")

    class Meta:
        db_table = "inventory_adjustment"
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="inventory_adjustment_newest"),
            models.Index(fields=["owner_path", "-created_at", "-id"], name="inventory_adjustment_owner"),
        )


class AdjustmentLine(models.Model):
    """One sku of an adjustment, signed as it was asked for."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT",))

    pk = models.CompositePrimaryKey("adjustment_id", "line_no")
    adjustment_id = models.UUIDField()
    line_no = models.IntegerField()
    owner_path = PathField()
    sku_id = models.BigIntegerField()
    lot = models.TextField(null=True)  # noqa: DJ001 - null: what expires first, decided when it is posted
    units = Units()
    note = models.TextField(default="")

    class Meta:
        db_table = "inventory_adjustment_line"
        constraints = (
            models.CheckConstraint(condition=~models.Q(units=0), name="inventory_adjustment_line_units"),
        )


class StockTransfer(models.Model):
    """Goods from one warehouse of an organization to another; a distant one is in transit for a while."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    organization_id = models.BigIntegerField()
    owner_path = PathField()
    from_warehouse_id = models.BigIntegerField()
    to_warehouse_id = models.BigIntegerField()
    state = models.TextField()
    note = models.TextField(default="")
    content_hash = models.TextField(default="")
    sent_by = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    received_by = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inventory_transfer"
        indexes = (
            models.Index(fields=["-sent_at", "-id"], name="inventory_transfer_newest"),
            models.Index(fields=["owner_path", "-sent_at", "-id"], name="inventory_transfer_owner"),
        )


class StockTransferLine(models.Model):
    """What of one lot went on its way, and what of it arrived."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    pk = models.CompositePrimaryKey("transfer_id", "line_no")
    transfer_id = models.UUIDField()
    line_no = models.IntegerField()
    owner_path = PathField()
    sku_id = models.BigIntegerField()
    lot = models.TextField(default="")
    units = Units()
    received = Units(null=True)

    class Meta:
        db_table = "inventory_transfer_line"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(units__gt=0)
                & (
                    models.Q(received__isnull=True)
                    | models.Q(received__gte=0, received__lte=models.F("units"))
                ),
                name="inventory_transfer_line_units",
            ),
        )


class StockCount(models.Model):
    """A stock-take of a warehouse or a part of its goods."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    organization_id = models.BigIntegerField()
    owner_path = PathField()
    warehouse_id = models.BigIntegerField()
    state = models.TextField()
    round = models.IntegerField(default=1)
    is_blind = models.BooleanField(default=True)
    freezes = models.BooleanField(default=False)
    by_lot = models.BooleanField(default=False)  # false: a sku's lots are counted together
    recount_above = Units(null=True)  # larger differences are counted twice before they are posted
    category_ids = ArrayField(models.BigIntegerField(), default=list)
    sku_ids = ArrayField(models.BigIntegerField(), default=list)
    note = models.TextField(default="")
    content_hash = models.TextField(default="")
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    latest_at = models.DateTimeField()  # the latest sign of life: what nobody counts any more is abandoned
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(default="")

    class Meta:
        db_table = "inventory_count"
        indexes = (
            models.Index(fields=["-created_at", "-id"], name="inventory_count_newest"),
            models.Index(fields=["owner_path", "-created_at", "-id"], name="inventory_count_owner"),
            models.Index(
                fields=["warehouse_id"],
                name="inventory_count_open",
                condition=models.Q(state__in=("PLANNED", "COUNTING", "REVIEW")),
            ),
        )


class CountEntry(models.Model):
    """What one counter found; the latest entry of a counter, area and round counts."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT",))

    count_id = models.UUIDField()
    owner_path = PathField()
    round = models.IntegerField()
    sku_id = models.BigIntegerField()
    lot = models.TextField(default="")
    area = models.TextField(default="")
    units = Units()
    counter_id = models.BigIntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "inventory_count_entry"
        constraints = (
            models.CheckConstraint(condition=models.Q(units__gte=0), name="inventory_count_entry_units"),
        )
        indexes = (models.Index(fields=["count_id", "sku_id", "id"], name="inventory_count_entry_count"),)


class CountLine(models.Model):
    """What one sku's counts came to when a round was closed: rebuilt from the entries each time."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    pk = models.CompositePrimaryKey("count_id", "sku_id", "lot")
    count_id = models.UUIDField()
    sku_id = models.BigIntegerField()
    lot = models.TextField(default="")
    owner_path = PathField()
    round = models.IntegerField()  # the round whose counts decide
    counted = Units(null=True)
    counted_at = models.DateTimeField(null=True)
    book = Units(null=True)  # what the ledger had at `counted_at`
    verdict = models.TextField(default="UNCOUNTED")
    is_recount = models.BooleanField(default=False)  # to be counted in the running round

    class Meta:
        db_table = "inventory_count_line"


class Sale(models.Model):
    """Goods that left a partner's stock to stores or consumers, as it reports them; never edited."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", "buyer_path", verbs=("INSERT",))

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    organization_id = models.BigIntegerField()
    owner_path = PathField()
    warehouse_id = models.BigIntegerField()
    buyer_id = models.BigIntegerField(null=True)  # a partner of the channel; null: outside it
    buyer_path = PathField(null=True)
    buyer_warehouse_id = models.BigIntegerField(null=True)
    customer = models.TextField(default="")
    source = models.TextField()
    business_date = models.DateField()
    sold_at = models.DateTimeField()
    note = models.TextField(default="")
    reverses_id = models.UUIDField(null=True)
    content_hash = models.TextField(default="")
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "inventory_sale"
        indexes = (
            models.Index(fields=["-business_date", "-id"], name="inventory_sale_newest"),
            models.Index(fields=["owner_path", "-business_date", "-id"], name="inventory_sale_owner"),
            models.Index(
                fields=["buyer_path", "-business_date", "-id"],
                name="inventory_sale_buyer",
                condition=models.Q(buyer_path__isnull=False),
            ),
            models.Index(
                fields=["reverses_id"],
                name="inventory_sale_reverses",
                condition=models.Q(reverses_id__isnull=False),
            ),
        )


class SaleLine(models.Model):
    """What was sold of one sku; below zero it came back. A correction names the line it takes back."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", "buyer_path", verbs=("INSERT",))

    pk = models.CompositePrimaryKey("sale_id", "line_no")
    sale_id = models.UUIDField()
    line_no = models.IntegerField()
    owner_path = PathField()
    buyer_path = PathField(null=True)
    organization_id = models.BigIntegerField()
    sku_id = models.BigIntegerField()
    lot = models.TextField(null=True)  # noqa: DJ001 - null: what expired first
    lots = models.JSONField(default=dict)  # units by lot as they were taken, for who takes them back
    units = Units()
    amount = Units(null=True)  # what the customer paid, as far as it is told
    short = Units(default=0)  # what of it the book did not have
    external_id = models.TextField(default="")
    external_line = models.TextField(default="")
    revision = models.IntegerField(default=0)  # of the external line: a corrected one is recorded again
    reverses_line_no = models.IntegerField(null=True)
    reverses_sale_id = models.UUIDField(null=True)

    class Meta:
        db_table = "inventory_sale_line"
        constraints = (
            models.CheckConstraint(condition=~models.Q(units=0), name="inventory_sale_line_units"),
            models.UniqueConstraint(
                fields=["organization_id", "external_id", "external_line", "revision"],
                name="inventory_sale_line_external",
                condition=~models.Q(external_id=""),
            ),
            models.UniqueConstraint(
                fields=["reverses_sale_id", "reverses_line_no"],
                name="inventory_sale_line_reversed_once",
                condition=models.Q(reverses_sale_id__isnull=False),
            ),
        )
