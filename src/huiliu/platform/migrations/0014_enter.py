"""A request begins in one round trip."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("platform", "0013_prune_jobs")]
    operations: ClassVar = [run_sql_file(__file__, "enter.sql")]
