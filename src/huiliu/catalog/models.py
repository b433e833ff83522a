"""What is sold: brands, categories, products, skus with units and barcodes, and who may buy them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiliu.platform.models import PathField
from huiliu.platform.row_security import Everyone, RowSecurity, StaffOnly


class ProductBrand(models.Model):
    """A trade mark on the goods."""

    row_security: ClassVar[RowSecurity] = Everyone()

    code = models.TextField()
    name = models.TextField()
    version = models.IntegerField(default=1, db_default=1)

    class Meta:
        db_table = "catalog_brand"
        constraints = (models.UniqueConstraint(fields=["code"], name="catalog_brand_code"),)


class Category(models.Model):
    """A node of the product tree; `path` holds the names from the root."""

    row_security: ClassVar[RowSecurity] = Everyone()

    code = models.TextField()
    name = models.TextField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    path = PathField(default="")
    position = models.IntegerField(default=0)
    version = models.IntegerField(default=1, db_default=1)

    class Meta:
        db_table = "catalog_category"
        constraints = (models.UniqueConstraint(fields=["code"], name="catalog_category_code"),)


class Product(models.Model):
    """A product as the shop sees it; its skus are what is ordered and counted."""

    row_security: ClassVar[RowSecurity] = Everyone()

    code = models.TextField()
    name = models.TextField()
    brand = models.ForeignKey(ProductBrand, null=True, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    description = models.TextField(default="")
    image = models.TextField(default="")
    status = models.TextField(default="ACTIVE")
    sort_key = models.TextField(default="", db_collation="C")
    search_text = models.TextField(default="")
    custom = models.JSONField(default=dict)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "catalog_product"
        constraints = (models.UniqueConstraint(fields=["code"], name="catalog_product_code"),)


class Sku(models.Model):
    """The smallest thing with its own stock and price. Quantities everywhere are in `base_unit`."""

    row_security: ClassVar[RowSecurity] = Everyone()

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="skus")
    code = models.TextField()
    name = models.TextField()
    specification = models.TextField(default="")
    base_unit = models.TextField()
    is_whole = models.BooleanField(default=True)  # false: weighed goods, fractions allowed
    tax_rate = models.DecimalField(max_digits=6, decimal_places=4, default=0)
    shelf_life_days = models.IntegerField(null=True)
    order_minimum = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    order_multiple = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    order_limit = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    period_limit = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    period_days = models.IntegerField(null=True)
    standard_cost = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    status = models.TextField(default="ACTIVE")
    sort_key = models.TextField(default="", db_collation="C")
    search_text = models.TextField(default="")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "catalog_sku"
        constraints = (models.UniqueConstraint(fields=["code"], name="catalog_sku_code"),)
        indexes = (models.Index(fields=["sort_key", "id"], name="catalog_sku_sorted"),)


class SkuUnit(models.Model):
    """One more unit of a sku: 1 unit = numerator / denominator base units, exactly."""

    row_security: ClassVar[RowSecurity] = Everyone(verbs=("INSERT", "UPDATE", "DELETE"))

    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="units")
    unit = models.TextField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(default=1)
    barcode = models.TextField(default="")
    barcode_repaired = models.BooleanField(
        default=False, db_default=False
    )  # a lost leading zero was put back
    order_step = models.DecimalField(max_digits=20, decimal_places=6, default=0, db_default=0)  # in this unit
    is_order_unit = models.BooleanField(default=False)

    class Meta:
        db_table = "catalog_sku_unit"
        constraints = (
            models.UniqueConstraint(fields=["sku", "unit"], name="catalog_sku_unit_once"),
            models.UniqueConstraint(
                fields=["barcode"], name="catalog_sku_unit_barcode", condition=~models.Q(barcode="")
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__gt=0, denominator__gt=0), name="catalog_sku_unit_positive"
            ),
        )


class ScopeRule(models.Model):
    """Who may buy what: allow or deny, by audience and goods, for a time. Without a rule: not sellable.

    Empty arrays mean "any". Deny wins over allow.
    """

    row_security: ClassVar[RowSecurity] = StaffOnly(verbs=("INSERT", "UPDATE", "DELETE"))

    name = models.TextField()
    is_allow = models.BooleanField(default=True)
    organization_ids = ArrayField(models.BigIntegerField(), default=list)
    under_paths = ArrayField(models.TextField(), default=list)
    tiers = ArrayField(models.TextField(), default=list)
    tags = ArrayField(models.TextField(), default=list)
    channels = ArrayField(models.TextField(), default=list)
    kinds = ArrayField(models.TextField(), default=list)
    sku_ids = ArrayField(models.BigIntegerField(), default=list)
    category_ids = ArrayField(models.BigIntegerField(), default=list)
    brand_ids = ArrayField(models.BigIntegerField(), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    created_at = models.DateTimeField()
    version = models.IntegerField(default=1, db_default=1)

    class Meta:
        db_table = "catalog_scope_rule"
