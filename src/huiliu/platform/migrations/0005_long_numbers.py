"""Numbers longer than their digits are not cut."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("platform", "0004_jobs_files_settings")]
    operations: ClassVar = [run_sql_file(__file__, "numbering.sql")]
