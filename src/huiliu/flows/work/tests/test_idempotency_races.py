"""One intended action, sent many times at once over HTTP: it happens once, and every sender gets its answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier, Event
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import RequestFactory

from huiliu.access.types import Role
from huiliu.platform import database, jobs
from huiliu.platform.files import store
from huiliu.platform.http import idempotency
from huiliu.platform.models import File, IdempotencyKey, Job
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.ledger import committed
from huiliu.testing.platform import a_kind

CLIENTS = 8


@dataclass(frozen=True)
class Nothing:
    """No parameters."""


@pytest.fixture
def owner(committed_db):
    return committed(lambda: an_actor(an_organization(parent=a_brand()), Role.OWNER))


@pytest.fixture
def ended(owner):
    """Two cancelled jobs; starting one again makes a new job: the effect that is counted."""
    with a_kind(lambda **_: None, params=Nothing):
        ids = []
        for _ in range(2):
            with acting(owner):
                job = jobs.start(actor=owner, kind="test.work", params=Nothing(), now=NOW)
                jobs.cancel(actor=owner, job_id=job.id, now=NOW)
            ids.append(job.id)
        yield ids


def at_once(sends: Sequence[Callable[[], Any]]) -> list[Any]:
    """All start together, each on its own connection."""
    barrier = Barrier(len(sends))

    def run(send: Callable[[], Any]) -> Any:
        barrier.wait(timeout=30)
        try:
            return send()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sends)) as pool:
        return list(pool.map(run, sends))


def again(api: Api, job_id, key: str):
    return api.post(f"/jobs/{job_id}/start-again", key=key)


def queued() -> int:
    return committed(lambda: Job.objects.filter(state="QUEUED").count())


def clients_of(owner) -> list[Api]:
    return [committed(partial(Api, owner)) for _ in range(CLIENTS)]


def test_the_race_is_real_when_no_key_is_taken(owner, ended, monkeypatch):
    enter = database.enter

    def keyless(reach, *, user_id, claim):
        _, stamps = enter(reach, user_id=user_id, claim=None)
        return True, stamps

    monkeypatch.setattr(database, "enter", keyless)
    key = str(uuid4())

    answers = at_once([partial(again, api, ended[0], key) for api in clients_of(owner)])

    assert Counter(answer.status_code for answer in answers) == {201: CLIENTS}
    assert queued() == CLIENTS


def test_the_same_key_eight_times_at_once_is_one_effect_and_one_answer(owner, ended):
    key = str(uuid4())

    answers = at_once([partial(again, api, ended[0], key) for api in clients_of(owner)])

    assert Counter(answer.status_code for answer in answers) == {201: CLIENTS}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer for answer in answers) == CLIENTS - 1
    assert queued() == 1


def test_two_actions_under_one_key_at_once_are_one_effect_and_a_conflict(owner, ended):
    key = str(uuid4())
    sends = [partial(again, api, ended[number % 2], key) for number, api in enumerate(clients_of(owner))]

    answers = at_once(sends)

    assert Counter(answer.status_code for answer in answers) == {201: CLIENTS // 2, 409: CLIENTS // 2}
    refused = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert refused == {"platform.idempotency_key_reused"}
    assert queued() == 1


def test_the_same_file_eight_times_at_once_is_one_file(owner, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "directory", lambda: tmp_path / "store")
    key = str(uuid4())

    def send(api: Api):
        part = SimpleUploadedFile("a.csv", b"a,b\n1,2\n", "text/csv")
        return api.upload("/files", key=key, file=part, use="SHEET")

    answers = at_once([partial(send, api) for api in clients_of(owner)])

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert committed(File.objects.count) == 1


def test_eight_different_uploads_of_the_same_bytes_are_eight_files_over_one(owner, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "directory", lambda: tmp_path / "store")

    def send(api: Api):
        return api.upload("/files", file=SimpleUploadedFile("a.csv", b"a,b\n1,2\n", "text/csv"), use="SHEET")

    answers = at_once([partial(send, api) for api in clients_of(owner)])

    assert {answer.status_code for answer in answers} == {201}
    assert committed(File.objects.count) == CLIENTS
    kept = [path for path in (tmp_path / "store").rglob("*") if path.is_file() and path.name != "lock"]
    assert [path.read_bytes() for path in kept] == [b"a,b\n1,2\n"]


def test_a_request_that_was_abandoned_gives_its_key_to_the_one_that_waits(owner, ended):
    """The first sender's process dies in the middle: its transaction goes, and so does its claim."""
    key, taken, go = str(uuid4()), Event(), Event()
    api = committed(partial(Api, owner))

    def abandoned() -> None:
        request = RequestFactory().post(f"/api/v1/jobs/{ended[0]}/start-again")
        claim = idempotency.claim_of(
            request=request, key=key, user_id=owner.user_id, owner_path=owner.organization_path, now=NOW
        )
        with transaction.atomic():
            is_ours, _ = database.enter(owner.reach, user_id=owner.user_id, claim=claim)
            assert is_ours
            taken.set()
            go.wait(timeout=20)
            transaction.set_rollback(True)

    def retry():
        taken.wait(timeout=20)
        go_soon.start()
        return again(api, ended[0], key)

    from threading import Timer

    go_soon = Timer(0.5, go.set)  # the retry is waiting on the key by then
    [_, answer] = at_once([abandoned, retry])

    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer
    assert queued() == 1
    assert again(api, ended[0], key).json()["id"] == answer.json()["id"]
    assert queued() == 1


def test_a_refused_request_leaves_its_key_free(owner, ended):
    api, key = committed(partial(Api, owner)), str(uuid4())

    assert again(api, uuid4(), key).status_code == 404
    assert committed(IdempotencyKey.objects.count) == 0
    assert again(api, ended[0], key).status_code == 201
    assert queued() == 1
