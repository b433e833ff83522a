"""SQL functions live in `<module>/sql/*.sql` and are loaded by migrations through this door."""

from __future__ import annotations

from pathlib import Path

from django.db.migrations import RunSQL


def run_sql_file(migration_file: str, name: str) -> RunSQL:
    """The operation that runs `<module>/sql/<name>`; functions there are CREATE OR REPLACE."""
    path = Path(migration_file).parent.parent / "sql" / name
    return RunSQL([(path.read_text(), None)], RunSQL.noop)
