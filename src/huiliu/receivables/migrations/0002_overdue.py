"""What partners owe for longer than they may."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("receivables", "0001_initial"), ("ledger", "0002_functions")]
    operations: ClassVar = [run_sql_file(__file__, "overdue.sql")]
