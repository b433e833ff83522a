"""How the installation is, measured now: database, worker, events, jobs, warehouse, disk, backups, versions."""

from __future__ import annotations

import json
import os
import platform
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

from django.db import connection

from huiliu.flows.administration.health_rules import ConsumerState, Figures, Finding, judge, worker_seen_at
from huiliu.insights import selectors as insights
from huiliu.insights.errors import WarehouseNotReady
from huiliu.platform import modules, recurring
from huiliu.platform.database import system_reach
from huiliu.settings import ENV

BACKLOG_MAX = 10_000
#: Written by `huiliu backup` when a backup is whole.
BACKUP_NOTE = "last_backup.json"

_CONSUMERS = """
SELECT c.name, late.rows, late.since, c.updated_at
  FROM platform_consumer c,
       LATERAL (SELECT count(*) AS rows, min(waiting.recorded_at) AS since
                  FROM (SELECT e.recorded_at FROM platform_event e
                         WHERE (e.row_xid, e.id) > (c.position_xid, c.position_id)
                         ORDER BY e.row_xid, e.id LIMIT %s) AS waiting) AS late
 WHERE c.name NOT LIKE 'identity:%%'
 ORDER BY c.name
"""


@dataclass(frozen=True, slots=True)
class Backup:
    """The latest backup made by `huiliu backup`; of other means nothing is known here."""

    made_at: datetime
    target: str
    size: int


@dataclass(frozen=True, slots=True)
class Health:
    """The figures, what they mean, and the versions they were measured on."""

    figures: Figures
    findings: list[Finding]
    worker_seen_at: datetime | None
    jobs: dict[str, int]
    backup: Backup | None
    database_size: int
    database_version: str
    embedded: bool
    horizon_behind: int
    version: str
    python_version: str


def health(*, now: datetime) -> Health:
    """Measure the installation. Nothing is guessed: what cannot be known is None."""
    with system_reach("maintenance"), connection.cursor() as cursor:
        runs = tuple(recurring.runs())
        database = _database(cursor)
        consumers = _consumers(cursor)
        jobs, waiting = _jobs(cursor)
    backup, disk = _backup(), shutil.disk_usage(ENV.data)
    figures = Figures(
        connections=database["connections"],
        connections_max=database["connections_max"],
        horizon_held_since=database["horizon_held_since"],
        runs=runs,
        modules_off=modules.switched_off(),
        job_waiting_since=waiting,
        consumers=consumers,
        warehouse_at=_warehouse_at(now=now),
        disk_free=disk.free,
        disk_total=disk.total,
        backup_at=backup.made_at if backup else None,
    )
    return Health(
        figures=figures,
        findings=judge(figures, now=now),
        worker_seen_at=worker_seen_at(runs),
        jobs=jobs,
        backup=backup,
        database_size=database["size"],
        database_version=database["version"],
        embedded=not os.environ.get("DATABASE_URL"),
        horizon_behind=database["horizon_behind"],
        version=version("huiliu"),
        python_version=platform.python_version(),
    )


def _database(cursor: Any) -> dict[str, Any]:
    # The horizon holds back what committed above it: the oldest such event says for how long already.
    cursor.execute(
        "WITH horizon AS (SELECT platform_horizon(pg_current_snapshot()) AS xid)"
        " SELECT current_setting('server_version'), current_setting('max_connections')::int,"
        " (SELECT count(*) FROM pg_stat_activity WHERE usesysid IS NOT NULL),"
        " pg_snapshot_xmax(pg_current_snapshot())::text::bigint - (SELECT xid FROM horizon),"
        " (SELECT min(recorded_at) FROM platform_event WHERE row_xid >= (SELECT xid FROM horizon))"
    )
    row = cursor.fetchone()
    cursor.execute("SELECT platform_database_size()")
    return {
        "version": row[0],
        "connections_max": row[1],
        "connections": row[2],
        "horizon_behind": row[3],
        "horizon_held_since": row[4],
        "size": cursor.fetchone()[0],
    }


def _consumers(cursor: Any) -> tuple[ConsumerState, ...]:
    cursor.execute(_CONSUMERS, [BACKLOG_MAX])
    return tuple(ConsumerState(*row) for row in cursor.fetchall())


def _jobs(cursor: Any) -> tuple[dict[str, int], datetime | None]:
    """Jobs by state, and since when the oldest waits."""
    cursor.execute("SELECT state, count(*) FROM platform_job GROUP BY state ORDER BY state")
    states: dict[str, int] = dict(cursor.fetchall())
    cursor.execute("SELECT min(created_at) FROM platform_job WHERE state = 'QUEUED'")
    return states, cursor.fetchone()[0]


def _warehouse_at(*, now: datetime) -> datetime | None:
    try:
        found = insights.freshness(now=now)
    except WarehouseNotReady:
        return None
    return now - timedelta(seconds=found.age_seconds) if found.age_seconds is not None else None


def _backup() -> Backup | None:
    try:
        noted = json.loads((ENV.data / BACKUP_NOTE).read_text())
        return Backup(datetime.fromisoformat(noted["made_at"]), str(noted["target"]), int(noted["bytes"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
