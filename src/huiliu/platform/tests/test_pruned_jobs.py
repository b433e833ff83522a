"""Ended jobs go after their days; those that failed stay longer, and files that others name stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from huiliu.kernel.ids import uuid7
from huiliu.platform import jobs
from huiliu.platform.database import system_reach
from huiliu.platform.jobs.pruning import FAILED_KEPT_DAYS, KEPT_DAYS
from huiliu.platform.models import File, Job
from huiliu.platform.settings_store import put_setting
from huiliu.testing.actors import NOW, a_brand, acting, an_actor
from huiliu.testing.platform import a_kind

pytestmark = pytest.mark.django_db


def a_file() -> UUID:
    row = File(
        id=uuid7(), name="orders.csv", content_type="text/csv", size_bytes=3, sha256="0" * 64, created_at=NOW
    )
    row.save(force_insert=True)
    return row.pk


def ended(state: str, days: int, *, kind: str = "test.work", file_id: UUID | None = None) -> UUID:
    at: datetime | None = NOW - timedelta(days=days)
    row = Job(
        id=uuid7(),
        kind=kind,
        state=state,
        created_at=NOW - timedelta(days=days),
        finished_at=None if state in ("QUEUED", "RUNNING") else at,
        result_file_id=file_id,
    )
    row.save(force_insert=True)
    return row.pk


def standing() -> set[UUID]:
    with system_reach("tests"):
        return set(Job.objects.values_list("id", flat=True))


def test_old_ended_jobs_go_and_failed_ones_stay_longer() -> None:
    with system_reach("tests"):
        kept = {
            ended("DONE", 29),
            ended("CANCELLED", 29),
            ended("FAILED", 179),
            ended("QUEUED", 400),
            ended("RUNNING", 400),
        }
        for state, days in (("DONE", 31), ("CANCELLED", 31), ("FAILED", 181)):
            ended(state, days)

    assert jobs.prune(now=NOW) == 3
    assert standing() == kept
    assert jobs.prune(now=NOW) == 0


def test_a_pruned_job_takes_its_file_along_unless_another_row_names_it() -> None:
    def work(**_: object) -> None:
        """Nothing."""

    with a_kind(work, params=object, name="test.import", result_is_named_elsewhere=True):
        with system_reach("tests"):
            own, shared, young = a_file(), a_file(), a_file()
            ended("DONE", 31, file_id=own)
            ended("DONE", 31, kind="test.import", file_id=shared)
            ended("DONE", 1, file_id=young)

        assert jobs.prune(now=NOW) == 2

    with system_reach("tests"):
        assert set(File.objects.values_list("id", flat=True)) == {shared, young}


def test_the_brand_says_how_long() -> None:
    actor = an_actor(a_brand())
    with acting(actor):
        put_setting(actor=actor, key=KEPT_DAYS.key, value=7, version=0, reason="", now=NOW)
        put_setting(actor=actor, key=FAILED_KEPT_DAYS.key, value=3, version=0, reason="", now=NOW)
    with system_reach("tests"):
        kept = {ended("DONE", 6), ended("FAILED", 6)}  # failed ones never go before the others
        ended("DONE", 8)
        ended("FAILED", 8)

    assert jobs.prune(now=NOW) == 2
    assert standing() == kept
