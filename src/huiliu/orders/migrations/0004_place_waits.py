"""An order sent twice at once waits for the first and answers it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0003_value_lines")]
    operations: ClassVar = [run_sql_file(__file__, "place.sql")]
