"""Backorders are given nothing of a closed warehouse."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("orders", "0014_complaints"),
        ("inventory", "0008_fresh_goods"),
        ("ledger", "0004_reading_dates_of_lots"),
    ]
    operations: ClassVar = [run_sql_file(__file__, "available.sql")]
