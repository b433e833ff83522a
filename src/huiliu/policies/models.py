"""Versions of every kind of policy and the organizations each speaks to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from huiliu.platform.models import PathField
from huiliu.platform.row_security import RowSecurity, StaffOnly


@dataclass(frozen=True)
class BranchesSeeTheirOwn(StaffOnly):
    """Brand staff; a branch reads what headquarters made and what its own tree made, and writes only the latter."""

    def paths(self) -> tuple[str, ...]:
        return ("within_path",)

    def condition(self, role: str) -> str:
        return "true" if role != "huiliu_branch" else f"within_path = '' OR {_OWN}"

    def check(self, role: str) -> str:
        return "true" if role != "huiliu_branch" else _OWN


_OWN = "(within_path >= current_setting('huiliu.lo') AND within_path < current_setting('huiliu.hi'))"


class Version(models.Model):
    """One version of one policy: its life, audience, validity and head. Its content belongs to its kind's module.

    Published, it is never edited (a trigger refuses); it ends, and a successor begins.
    """

    row_security: ClassVar[RowSecurity] = BranchesSeeTheirOwn()

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    code = models.TextField()  # of the line of versions
    name = models.TextField()
    version_no = models.IntegerField()
    state = models.TextField(default="DRAFT")
    seller_id = models.BigIntegerField()
    within_path = PathField(default="")  # whose partners it may speak to; empty: everyone's
    audience = models.JSONField(default=dict)  # {} is everyone
    late_joiners = models.BooleanField(default=True, db_default=True)  # who matches later joins
    content = models.JSONField(default=dict)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    digest = models.TextField(default="")
    width = models.IntegerField(null=True)  # organizations at publish; null: everyone
    members_no = models.IntegerField(default=0)  # grows when somebody joins: caches compare it
    publish_no = models.BigIntegerField(null=True)
    supersedes_id = models.UUIDField(null=True)
    created_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(null=True)
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    published_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "policies_version"
        constraints = (
            models.UniqueConstraint(fields=["kind", "code", "version_no"], name="policies_version_once"),
            models.UniqueConstraint(fields=["publish_no"], name="policies_version_publish_no"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="policies_version_period",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["DRAFT", "APPROVED", "PUBLISHED", "ENDED"]),
                name="policies_version_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="PUBLISHED")
                | models.Q(publish_no__isnull=False, published_at__isnull=False),
                name="policies_version_published_whole",
            ),
        )
        indexes = (
            models.Index(fields=["kind", "-created_at", "-id"], name="policies_version_newest"),
            models.Index(fields=["kind", "state"], name="policies_version_state"),
        )


class Member(models.Model):
    """One organization of a version's audience, as it was resolved at publish (or joined later by rule)."""

    row_security: ClassVar[RowSecurity] = StaffOnly(verbs=("INSERT", "DELETE"))

    pk = models.CompositePrimaryKey("version_id", "organization_id")
    version_id = models.UUIDField()
    organization_id = models.BigIntegerField()

    class Meta:
        db_table = "policies_member"
