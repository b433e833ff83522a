"""Imports with what came of them, and the mappings that people made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiliu.platform.models import PathField
from huiliu.platform.row_security import Everyone, PathScope, RowSecurity


class Import(models.Model):
    """One file on its way into one entity; seen by who brought it and by the brand's staff."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", private="created_by")

    id = models.UUIDField(primary_key=True)
    owner_path = PathField()
    created_by = models.BigIntegerField(null=True)
    entity = models.TextField()
    mode = models.TextField()
    state = models.TextField()
    options = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)  # title → field, as people said it
    locale = models.TextField()
    file_id = models.UUIDField()
    file_name = models.TextField()
    file_sha256 = models.TextField()
    format = models.TextField()
    sheet = models.TextField(default="")
    plan = models.JSONField(default=dict)  # what was found: row of titles, columns, what is left out
    checked = models.JSONField(null=True)  # totals of the dry run
    result = models.JSONField(null=True)  # totals of the run
    refusal = models.JSONField(null=True)  # why the file as a whole was refused
    job_id = models.UUIDField(null=True)
    error_file_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "integrations_import"
        indexes = (
            models.Index(fields=["created_by", "-created_at", "-id"], name="integrations_import_mine"),
            models.Index(fields=["-created_at", "-id"], name="integrations_import_newest"),
        )


class ImportProblem(models.Model):
    """Why one row of an import was not taken."""

    row_security: ClassVar[RowSecurity] = PathScope(
        "owner_path", private="created_by", verbs=("INSERT", "DELETE")
    )

    pk = models.CompositePrimaryKey("import_id", "place")
    import_id = models.UUIDField()
    place = models.IntegerField()
    owner_path = PathField()
    created_by = models.BigIntegerField(null=True)
    row = models.IntegerField()
    field = models.TextField(default="")
    cell = models.TextField(default="")
    code = models.TextField()
    message = models.TextField()
    given = models.TextField(default="")
    because_of = models.JSONField(default=list)

    class Meta:
        db_table = "integrations_import_problem"


class ColumnMapping(models.Model):
    """Which titles of a file mean which fields, kept under a name for everyone of the brand."""

    row_security: ClassVar[RowSecurity] = Everyone(verbs=("INSERT", "UPDATE", "DELETE"))

    entity = models.TextField()
    name = models.TextField()
    columns = models.JSONField(default=dict)
    created_by = models.BigIntegerField(null=True)
    updated_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "integrations_column_mapping"
        constraints = (
            models.UniqueConstraint(fields=["entity", "name"], name="integrations_column_mapping_name"),
        )
