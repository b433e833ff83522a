"""Complaints are numbered TS… where nobody set it otherwise."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies: ClassVar = [("platform", "0015_outgoing_messages")]
    operations: ClassVar = [run_sql_file(__file__, "numbering.sql")]
