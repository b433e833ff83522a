"""The health page measures, and what a person would see is counted as that person."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.flows.administration import health as measuring
from huiliu.flows.administration.health_rules import ConsumerState, Figures, Severity, judge
from huiliu.platform import recurring
from huiliu.platform.database import system_reach
from huiliu.platform.models import AuditRecord
from huiliu.platform.recurring import Run
from huiliu.settings import ENV
from huiliu.testing.access import a_person
from huiliu.testing.actors import an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.trade import a_channel

NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


def a_run(**more):
    values: dict[str, Any] = {
        "name": "moves",
        "module": "",
        "every_seconds": 2,
        "ran_at": NOW,
        "took_ms": 3,
        "failures": 0,
        "problem": "",
        "due_at": NOW,
    } | more
    return Run(**values)


def figures(**more):
    values: dict[str, Any] = {
        "connections": 5,
        "connections_max": 100,
        "horizon_held_since": None,
        "runs": (a_run(),),
        "modules_off": frozenset(),
        "job_waiting_since": None,
        "consumers": (),
        "warehouse_at": NOW,
        "disk_free": 50,
        "disk_total": 100,
        "backup_at": NOW,
    } | more
    return Figures(**values)


def ago(**more):
    return NOW - timedelta(**more)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, []),
        ({"runs": ()}, [("worker_silent", Severity.BAD, "")]),
        ({"runs": (a_run(ran_at=ago(seconds=60)),)}, []),
        ({"runs": (a_run(ran_at=ago(seconds=61)),)}, [("worker_silent", Severity.BAD, "")]),
        ({"runs": (a_run(failures=2),)}, [("work_fails", Severity.WAIT, "moves")]),
        ({"runs": (a_run(failures=3),)}, [("work_fails", Severity.BAD, "moves")]),
        ({"consumers": (ConsumerState("notices", 9, ago(minutes=5), NOW),)}, []),
        (
            {"consumers": (ConsumerState("notices", 9, ago(minutes=6), NOW),)},
            [("consumer_late", Severity.WAIT, "notices")],
        ),
        ({"job_waiting_since": ago(minutes=11)}, [("job_waits", Severity.WAIT, "")]),
        ({"horizon_held_since": ago(minutes=6)}, [("horizon_held", Severity.WAIT, "")]),
        ({"warehouse_at": None}, [("warehouse_late", Severity.WAIT, "")]),
        ({"warehouse_at": None, "modules_off": frozenset({"insights"})}, []),
        ({"disk_free": 9}, [("disk_low", Severity.BAD, "")]),
        ({"connections": 91}, [("connections_high", Severity.BAD, "")]),
        ({"backup_at": None}, [("backup_unknown", Severity.WAIT, "")]),
        ({"backup_at": ago(days=2, seconds=1)}, [("backup_old", Severity.WAIT, "")]),
        (
            {"backup_at": None, "disk_free": 1},
            [("disk_low", Severity.BAD, ""), ("backup_unknown", Severity.WAIT, "")],
        ),
    ],
)
def test_what_wants_a_person_is_told_the_worst_first(more, told):
    assert [(one.code, one.severity, one.about) for one in judge(figures(**more), now=NOW)] == told


@pytest.mark.django_db
def test_the_health_page_tells_what_the_worker_told_and_what_was_measured(monkeypatch, tmp_path):
    channel = a_channel()
    monkeypatch.setattr(ENV, "data", tmp_path)
    note = {"made_at": "2026-06-14T20:00:00+00:00", "target": "/backups/one", "bytes": 4096}
    (tmp_path / measuring.BACKUP_NOTE).write_text(json.dumps(note))
    recurring.note(
        name="warehouse",
        module="insights",
        every=timedelta(seconds=1),
        ran_at=NOW,
        took_ms=12,
        failures=1,
        problem="OperationalError",
        due_at=NOW,
    )

    told = Api(channel.staff).get("/system/health").json()

    assert [(work["name"], work["took_ms"], work["problem"]) for work in told["works"]] == [
        ("warehouse", 12, "OperationalError")
    ]
    assert told["database"]["size_bytes"] > 1_000_000
    assert told["database"]["connections"] >= 1
    assert told["database"]["connections_max"] >= told["database"]["connections"]
    assert told["disk_total_bytes"] > told["disk_free_bytes"] > 0
    assert told["backup"] == {
        "made_at": "2026-06-14T20:00:00+00:00",
        "target": "/backups/one",
        "size_bytes": 4096,
    }
    assert told["jobs"] == []


@pytest.mark.django_db
def test_work_of_an_older_version_is_no_longer_told():
    for name in ("moves", "gone"):
        recurring.note(
            name=name,
            module="",
            every=timedelta(seconds=1),
            ran_at=NOW,
            took_ms=1,
            failures=0,
            problem="",
            due_at=NOW,
        )

    recurring.forget_others({"moves"})

    with system_reach("maintenance"):
        assert [run.name for run in recurring.runs()] == ["moves"]


@pytest.mark.django_db
def test_only_administrators_look_at_the_system_and_through_others_eyes():
    channel = a_channel()
    manager, dealer = Api(channel.manager), Api(channel.owner)
    before = AuditRecord.objects.count()

    for api in (manager, dealer):
        assert api.get("/system/health").status_code == 403
        assert api.post(f"/users/{channel.owner.user_id}/sight").status_code == 403

    assert AuditRecord.objects.count() == before
    assert Api().get("/system/health").status_code == 401


@pytest.mark.django_db
def test_what_a_dealer_sees_is_counted_as_the_dealer_and_leaves_a_row():
    channel = a_channel()
    api = Api(channel.staff)
    keeper = an_actor(channel.dealer, Role.KEEPER)

    owner_sees = api.post(f"/users/{channel.owner.user_id}/sight").json()
    keeper_sees = api.post(f"/users/{keeper.user_id}/sight").json()

    counts = {one["kind"]: one["count"] for one in owner_sees["counts"]}
    assert owner_sees["extent"] == "SUBTREE"
    assert counts["warehouses"] == 2  # its own and its store's, never the brand's or the other dealer's
    assert keeper_sees["extent"] == "OWN"
    figures_of_keeper = {one["kind"]: one["count"] for one in keeper_sees["counts"]}
    assert figures_of_keeper["warehouses"] == 1
    assert figures_of_keeper["money"] is None  # not in the role at all
    rows = AuditRecord.objects.filter(action="user.sight_previewed").order_by("id")
    assert [(row.user_id, row.subject_id) for row in rows] == [
        (channel.staff.user_id, str(channel.owner.user_id)),
        (channel.staff.user_id, str(keeper.user_id)),
    ]


@pytest.mark.django_db
def test_a_branchs_people_see_their_branch_and_the_brand_sees_everything():
    channel = a_channel()
    branch = an_organization(kind="BRANCH", parent=channel.brand)
    person = a_person(branch, Role.SALES_OPERATIONS)
    api = Api(channel.staff)

    assert api.post(f"/users/{person.pk}/sight").json()["extent"] == "BRANCH"
    whole = api.post(f"/users/{channel.manager.user_id}/sight").json()
    assert whole["extent"] == "BRAND"
    assert {one["kind"]: one["count"] for one in whole["counts"]}["warehouses"] == 3
    assert api.post("/users/999999/sight").json()["code"] == "access.user_not_visible"
