"""The audit trail of a day is found without reading the rest."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("platform", "0007_horizon")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="auditrecord",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="platform_audit_at"),
        ),
    ]
