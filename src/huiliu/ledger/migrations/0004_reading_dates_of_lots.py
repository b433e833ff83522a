"""Who reads promises reads the dates of their lots as the accounts do: one function for both, it touches no table."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0003_expiry_of_lots")]
    operations: ClassVar = [
        migrations.RunSQL(
            "GRANT EXECUTE ON FUNCTION ledger_expiry_of(text)"
            " TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system",
            migrations.RunSQL.noop,
        )
    ]
