"""The count of document numbers may start again every month or year."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("platform", "0005_long_numbers")]
    operations: ClassVar = [run_sql_file(__file__, "numbering.sql")]
