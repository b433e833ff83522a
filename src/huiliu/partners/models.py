"""The partner master: what the brand knows of the companies it sells through."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiliu.access.models import Organization
from huiliu.platform.models import PathField
from huiliu.platform.row_security import Everyone, PathScope, RowSecurity


class Partner(models.Model):
    """One company of the channel; its key is its organization's."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", partner_writes=False)

    organization = models.OneToOneField(
        Organization, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_path = PathField()
    code = models.TextField()
    name = models.TextField()
    short_name = models.TextField(default="")
    kind = models.TextField()
    uscc = models.TextField(default="")
    tier = models.TextField(default="")
    tags = ArrayField(models.TextField(), default=list)
    channel = models.TextField(default="")
    region_code = models.TextField(default="")  # GB/T 2260 of the head office
    province = models.TextField(default="")
    city = models.TextField(default="")
    district = models.TextField(default="")
    address = models.TextField(default="")
    phone = models.TextField(default="")
    sort_key = models.TextField(default="", db_collation="C")
    search_text = models.TextField(default="")
    status = models.TextField(default="ACTIVE")
    default_seller = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    custom = models.JSONField(default=dict)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "partners_partner"
        constraints = (models.UniqueConstraint(fields=["code"], name="partners_partner_code"),)
        indexes = (
            models.Index(fields=["owner_path", "sort_key"], name="partners_partner_path"),
            models.Index(fields=["sort_key", "organization"], name="partners_partner_sorted"),
            models.Index(fields=["uscc"], name="partners_partner_uscc", condition=~models.Q(uscc="")),
            models.Index(fields=["phone"], name="partners_partner_phone", condition=~models.Q(phone="")),
        )


class Contact(models.Model):
    """A person to call."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT", "UPDATE", "DELETE"))

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contacts")
    owner_path = PathField()
    name = models.TextField()
    title = models.TextField(default="")
    phone = models.TextField(default="")
    email = models.TextField(default="")
    is_primary = models.BooleanField(default=False)

    class Meta:
        db_table = "partners_contact"
        indexes = (
            models.Index(fields=["phone"], name="partners_contact_phone", condition=~models.Q(phone="")),
        )


class Address(models.Model):
    """Where goods or papers go."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT", "UPDATE", "DELETE"))

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="addresses")
    owner_path = PathField()
    label = models.TextField(default="")
    region_code = models.TextField()
    province = models.TextField()
    city = models.TextField()
    district = models.TextField(default="")
    street = models.TextField()
    contact_name = models.TextField(default="")
    contact_phone = models.TextField(default="")
    is_default = models.BooleanField(default=False)

    class Meta:
        db_table = "partners_address"


class Contract(models.Model):
    """The period in which a partner may trade: seller x partner x product lines x validity."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", partner_writes=False)

    id = models.UUIDField(primary_key=True)
    number = models.TextField()
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contracts")
    owner_path = PathField()
    seller = models.ForeignKey(Organization, on_delete=models.PROTECT, db_index=False, related_name="+")
    region_codes = ArrayField(models.TextField(), default=list)
    category_ids = ArrayField(models.BigIntegerField(), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    status = models.TextField(default="ACTIVE")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "partners_contract"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="partners_contract_period",
            ),
        )


class Licence(models.Model):
    """A paper that has to be in force for the trade; its picture is a file beside the partner."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT", "UPDATE", "DELETE"))

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="licences")
    owner_path = PathField()
    kind = models.TextField()
    number = models.TextField(default="")
    valid_until = models.DateField(null=True)  # the last day it holds, as it is printed
    file_id = models.UUIDField(null=True)
    note = models.TextField(default="")

    class Meta:
        db_table = "partners_licence"
        indexes = (
            models.Index(
                fields=["valid_until", "partner"],
                name="partners_licence_ending",
                condition=models.Q(valid_until__isnull=False),
            ),
        )


class InvoiceDetails(models.Model):
    """To whom and how invoices are made out (开票资料)."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT", "UPDATE"))

    partner = models.OneToOneField(
        Partner, primary_key=True, on_delete=models.PROTECT, related_name="invoice_details"
    )
    owner_path = PathField()
    title = models.TextField(default="")
    tax_number = models.TextField(default="")
    bank = models.TextField(default="")
    bank_account = models.TextField(default="")
    address = models.TextField(default="")
    phone = models.TextField(default="")
    email = models.TextField(default="")
    is_special = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "partners_invoice_details"


class Region(models.Model):
    """An administrative division (GB/T 2260)."""

    row_security: ClassVar[RowSecurity] = Everyone()

    code = models.TextField(primary_key=True)
    name = models.TextField()
    parent_code = models.TextField(default="")
    level = models.SmallIntegerField()

    class Meta:
        db_table = "partners_region"
        indexes = (models.Index(fields=["parent_code", "code"], name="partners_region_parent"),)
