"""Ended jobs go after a while."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("platform", "0012_custom_field_limits_and_runs")]
    operations: ClassVar = [run_sql_file(__file__, "prune_jobs.sql")]
