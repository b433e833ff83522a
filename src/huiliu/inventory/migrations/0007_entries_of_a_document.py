"""What a document wrote into the ledger of goods can be read."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("inventory", "0006_counting"), ("ledger", "0002_functions")]
    operations: ClassVar = [run_sql_file(__file__, "entries.sql")]
