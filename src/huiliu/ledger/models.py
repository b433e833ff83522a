"""Accounts, entries, transfers and open holds. Written only by the functions in `ledger/sql`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Func

from huiliu.platform.models import PathField, XidField
from huiliu.platform.row_security import PathScope, RowSecurity


@dataclass(frozen=True)
class HeadquartersOnly(RowSecurity):
    """Rows without a path: branches and partners read them through `ledger/sql/read.sql`, by account."""

    verbs: tuple[str, ...] = ()

    def grants(self) -> dict[str, tuple[str, ...]]:
        return {
            "huiliu_staff": ("SELECT",),
            "huiliu_system": ("SELECT",),
            "huiliu_branch": (),
            "huiliu_partner": (),
        }


class Amount(models.DecimalField):
    """Money at its currency's exponent, or a quantity in base units."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 6)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class Account(models.Model):
    """Where goods or money stand. `balance` and `held` are sums of transfers; a CHECK guards the floor."""

    row_security: ClassVar[RowSecurity] = PathScope(
        "owner_path", "counterparty_path", partner_writes=False, verbs=()
    )

    kind = models.TextField()
    owner_id = models.BigIntegerField()
    owner_path = PathField()
    counterparty_id = models.BigIntegerField(null=True)
    counterparty_path = PathField(null=True)
    sku_id = models.BigIntegerField(null=True)
    currency = models.TextField(null=True)  # noqa: DJ001 - null: an account of goods
    place_id = models.BigIntegerField(null=True)
    lot = models.TextField(default="")  # expiry date first, so that lots sort first-expired-first-out
    expires_on = models.GeneratedField(  # the last day its goods may be sold; null: a lot without a date
        expression=Func(F("lot"), function="ledger_expiry_of"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    balance = Amount(default=0)
    held = Amount(default=0)
    floor = Amount(null=True)  # null: may go below zero without end
    floor_target = Amount(null=True)

    class Meta:
        db_table = "ledger_account"
        constraints = (
            models.UniqueConstraint(
                fields=["owner_id", "kind", "sku_id", "place_id", "lot", "counterparty_id", "currency"],
                name="ledger_account_key",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(sku_id__isnull=True, currency__isnull=False)
                | models.Q(sku_id__isnull=False, currency__isnull=True),
                name="ledger_account_one_unit",
            ),
            models.CheckConstraint(condition=models.Q(held__gte=0), name="ledger_account_held"),
            models.CheckConstraint(
                condition=models.Q(floor__isnull=True)
                | models.Q(balance__gte=models.F("held") + models.F("floor")),
                name="ledger_account_floor",
            ),
        )
        indexes = (
            # Who has a sku. With the owner and without money accounts, so that a look-up by key that the planner
            # sends here reads one account, not those of all owners.
            models.Index(
                fields=["sku_id", "owner_id"],
                name="ledger_account_sku",
                condition=models.Q(sku_id__isnull=False),
            ),
            # Row security: a reach without an owner reads these two ranges.
            models.Index(fields=["owner_path", "kind"], name="ledger_account_owner"),
            models.Index(
                fields=["counterparty_path", "kind"],
                name="ledger_account_counterparty",
                condition=models.Q(counterparty_path__isnull=False),
            ),
        )


class Entry(models.Model):
    """One cause: a step of a document. The source reference is unique, so a retry posts nothing twice."""

    row_security: ClassVar[RowSecurity] = HeadquartersOnly()

    source_type = models.TextField()
    source_id = models.UUIDField()
    step = models.TextField()
    reverses_id = models.BigIntegerField(null=True)
    actor_user_id = models.BigIntegerField(null=True)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    note = models.TextField(default="")

    class Meta:
        db_table = "ledger_entry"
        constraints = (
            models.UniqueConstraint(fields=["source_id", "source_type", "step"], name="ledger_entry_source"),
        )


class Transfer(models.Model):
    """`amount` from the credit account (gives) to the debit account (receives), or a promise of it."""

    row_security: ClassVar[RowSecurity] = HeadquartersOnly()

    entry_id = models.BigIntegerField()
    kind = models.TextField()  # POST | HOLD | SETTLE | RELEASE
    debit_account_id = models.BigIntegerField(null=True)
    credit_account_id = models.BigIntegerField()
    amount = Amount()
    hold_id = models.BigIntegerField(null=True)
    effective_at = models.DateTimeField()
    row_xid = XidField()

    class Meta:
        db_table = "ledger_transfer"
        constraints = (
            # NaN is greater than every number: the upper end keeps it out
            models.CheckConstraint(
                condition=models.Q(amount__gt=0, amount__lt=10**14), name="ledger_transfer_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=("HOLD", "RELEASE"), debit_account_id__isnull=True)
                | models.Q(kind__in=("POST", "SETTLE"), debit_account_id__isnull=False),
                name="ledger_transfer_kind",
            ),
        )
        indexes = (
            BrinIndex(fields=["row_xid"], name="ledger_transfer_xid", autosummarize=True),
            BrinIndex(fields=["entry_id"], name="ledger_transfer_entry", autosummarize=True),
            # An account's movements by time; `ledger/bulk.py` rebuilds these two after a large load.
            models.Index(fields=["credit_account_id", "effective_at"], name="ledger_transfer_credit"),
            models.Index(
                fields=["debit_account_id", "effective_at"],
                name="ledger_transfer_debit",
                condition=models.Q(debit_account_id__isnull=False),
            ),
        )


class Hold(models.Model):
    """What is still open of a HOLD transfer; gone when nothing is."""

    row_security: ClassVar[RowSecurity] = HeadquartersOnly()

    id = models.BigIntegerField(primary_key=True)  # of the HOLD transfer
    account_id = models.BigIntegerField()
    remaining = Amount()
    expires_at = models.DateTimeField(null=True)
    source_id = models.UUIDField()
    line_no = models.IntegerField(default=0)

    class Meta:
        db_table = "ledger_hold"
        constraints = (
            models.CheckConstraint(condition=models.Q(remaining__gt=0), name="ledger_hold_positive"),
        )
        indexes = (
            models.Index(fields=["source_id"], name="ledger_hold_source"),
            models.Index(
                fields=["expires_at"], name="ledger_hold_expiry", condition=models.Q(expires_at__isnull=False)
            ),
        )
