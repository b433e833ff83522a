"""A commit horizon of this database alone; a restored log is numbered anew."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("platform", "0006_numbering_periods")]
    operations: ClassVar = [run_sql_file(__file__, "horizon.sql")]
