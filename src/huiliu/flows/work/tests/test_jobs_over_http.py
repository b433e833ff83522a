"""Jobs over HTTP: everyone sees, stops and repeats their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import pytest

from huiliu.access.types import BRAND_ROLES, Role
from huiliu.kernel.refusals import DomainError, Kind
from huiliu.platform import jobs
from huiliu.platform.models import AuditRecord, Job
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.ledger import committed
from huiliu.testing.platform import a_kind, run_next


@dataclass(frozen=True)
class Nothing:
    """No parameters."""


class NotToday(DomainError):
    """Try tomorrow."""

    code = "tests.not_today"
    kind = Kind.CONFLICT


def refuse(*, actor, params, progress, now):
    progress.advance(1, 4, "first quarter")
    raise NotToday("It is closed today.", day="2026-06-15")


@pytest.fixture
def kind():
    with a_kind(refuse, params=Nothing) as name:
        yield name


def ask(actor):
    with acting(actor):
        return str(jobs.start(actor=actor, kind="test.work", params=Nothing(), now=NOW).id)


def a_clerk():
    return committed(lambda: an_actor(a_brand(), Role.ADMINISTRATOR))


def an_owner():
    return committed(lambda: an_actor(an_organization(parent=a_brand()), Role.OWNER))


def api_of(actor) -> Api:
    return committed(lambda: Api(actor))


def test_a_job_is_watched_cancelled_and_started_again(committed_db, kind):
    owner = an_owner()
    api, job_id = api_of(owner), ask(owner)

    waiting = api.get(f"/jobs/{job_id}").json()
    assert (waiting["state"], waiting["kind"], waiting["label_zh"]) == ("QUEUED", "test.work", "测试")
    assert (waiting["created_by_name"], waiting["may_cancel"], waiting["may_start_again"]) == (
        owner.name,
        True,
        False,
    )
    cancelled = api.post(f"/jobs/{job_id}/cancel").json()
    assert (cancelled["state"], cancelled["may_cancel"], cancelled["may_start_again"]) == (
        "CANCELLED",
        False,
        True,
    )
    key = str(uuid4())
    again = api.post(f"/jobs/{job_id}/start-again", key=key)
    assert (again.status_code, again.json()["state"]) == (201, "QUEUED")
    assert api.post(f"/jobs/{job_id}/start-again", key=key).json()["id"] == again.json()["id"]
    assert [one["id"] for one in api.get("/jobs").json()["items"]] == [again.json()["id"], job_id]
    trail = committed(lambda: list(AuditRecord.objects.order_by("id").values_list("action", flat=True)))
    assert trail == ["job.started", "job.cancelled", "job.started"]


def test_a_failed_job_says_why_and_what_to_do(committed_db, kind):
    owner = an_owner()
    job_id = ask(owner)
    assert run_next() == "FAILED"

    job = api_of(owner).get(f"/jobs/{job_id}").json()
    assert (job["state"], job["done"], job["total"], job["message"]) == ("FAILED", 1, 4, "first quarter")
    refusal = job["refusal"]
    assert (refusal["code"], refusal["status"], refusal["remedy"]) == (
        "tests.not_today",
        409,
        "Try tomorrow.",
    )
    assert refusal["facts"] == {"day": "2026-06-15"}
    answer = api_of(owner).post(f"/jobs/{job_id}/cancel")
    assert (answer.status_code, answer.json()["code"]) == (409, "platform.job_finished")


def test_the_list_is_paged_filtered_and_ones_own(committed_db, kind):
    owner, clerk, other = an_owner(), a_clerk(), an_owner()
    ids = [ask(owner) for _ in range(5)]
    foreign = ask(other)
    api = api_of(owner)

    seen, cursor = [], None
    for _ in range(3):
        page = api.get("/jobs", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ids[::-1]
    assert cursor is None
    assert [one["id"] for one in api.get("/jobs", everyone="true").json()["items"]] == ids[::-1]
    assert api_of(clerk).get("/jobs").json()["items"] == []
    everyone = {one["id"] for one in api_of(clerk).get("/jobs", everyone="true").json()["items"]}
    assert everyone == {*ids, foreign}
    assert api.get("/jobs", state="DONE").json()["items"] == []
    assert len(api.get("/jobs", kind="test.work", state="QUEUED").json()["items"]) == 5
    assert api.get("/jobs", cursor="nonsense").status_code == 422
    for path in (f"/jobs/{foreign}", f"/jobs/{uuid4()}"):
        assert api.get(path).status_code == 404
    assert api.post(f"/jobs/{foreign}/cancel").status_code == 404
    assert committed(lambda: Job.objects.filter(state="QUEUED").count()) == 6


def test_every_role_may_use_jobs(committed_db):
    brand = committed(a_brand)
    dealer = committed(lambda: an_organization(parent=brand))
    for role in Role:
        place = brand if role in BRAND_ROLES else dealer
        actor = committed(partial(an_actor, place, role))
        assert api_of(actor).get("/jobs").status_code == 200, role
    assert Api().get("/jobs").status_code == 401
