"""How long ended jobs are kept: those that failed longer, for somebody may still ask why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from huiliu.platform.database import system_reach
from huiliu.platform.jobs.registry import kinds
from huiliu.platform.settings_registry import declare
from huiliu.platform.settings_store import value_of
from huiliu.platform.settings_types import SettingSpec, Whole, Words

JOBS_A_ROUND: Final = 500

KEPT_DAYS = declare(
    SettingSpec(
        key="jobs.kept_days",
        shape=Whole(1, 3650),
        default=30,
        label=Words("任务记录保留天数", "Days that ended jobs are kept"),
        help=Words(
            "已完成或已取消的任务超过这些天后，连同其生成的文件一起清理。",
            "Jobs that were done or cancelled go after so many days, with the files they made.",
        ),
        module="platform",
    )
)
FAILED_KEPT_DAYS = declare(
    SettingSpec(
        key="jobs.failed_kept_days",
        shape=Whole(1, 3650),
        default=180,
        label=Words("失败任务保留天数", "Days that failed jobs are kept"),
        help=Words(
            "失败的任务保留更久，便于查明原因；少于上一项时按上一项保留。",
            "Failed jobs stay longer, so that the reason can be found; never shorter than the others.",
        ),
        module="platform",
    )
)


def prune(*, now: datetime) -> int:
    """Take away jobs that ended long ago, with the files that only they name; returns how many.

    Replay: what is gone is gone; a job that somebody starts again meanwhile is a new one.
    Locks:  `JOBS_A_ROUND` ended jobs a transaction; rows that others hold are left for the next round.
    """
    with system_reach("jobs"):
        days = value_of(KEPT_DAYS)
        failed_days = max(days, value_of(FAILED_KEPT_DAYS))
    keeping = sorted(one.name for one in kinds() if one.result_is_named_elsewhere)
    pruned = 0
    while True:
        with system_reach("jobs"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT platform_prune_jobs(%s, %s, %s, %s)",
                [now - timedelta(days=days), now - timedelta(days=failed_days), keeping, JOBS_A_ROUND],
            )
            gone = int(cursor.fetchone()[0])
        pruned += gone
        if gone < JOBS_A_ROUND:
            return pruned
