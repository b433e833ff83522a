"""What lies around the operations: unknown addresses, the reference, the figures for Prometheus, request numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from huiliu.entrypoints import error_reference
from huiliu.kernel.ids import uuid7
from huiliu.platform.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "platform.not_found"),
        ("GET", "/api/nothing", 404, "platform.not_found"),
        ("PATCH", "/api/v1/partners", 405, "platform.method_not_allowed"),
        ("POST", "/api/v1/settings", 405, "platform.method_not_allowed"),
    ],
)
def test_an_address_that_is_none_is_a_problem_with_a_reference(client, method, path, status, code):
    answer = client.generic(method, path, headers={"X-Request-Id": "test-number-17"})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["reference"] == answer["X-Request-Id"] == "test-number-17"
    assert answer.json()["remedy"]


@pytest.mark.parametrize("given", ["short", "with blank and more", "x" * 65, "abcdefgh\n"])
def test_a_request_number_that_could_spoil_a_log_is_replaced(client, given):
    assert re.fullmatch(
        "[0-9a-f]{16}", client.get("/healthz", headers={"X-Request-Id": given})["X-Request-Id"]
    )


def test_the_list_of_refusals_is_current():
    assert error_reference.TARGET.read_text() == error_reference.text(), (
        "run python -m huiliu.entrypoints.error_reference"
    )


@pytest.mark.parametrize(("lang", "title"), [("zh", "汇流 API 参考"), ("en", "Huiliu API reference")])
def test_the_reference_shows_every_operation_and_refusal_and_fetches_nothing(client, lang, title):
    answer = client.get("/api/docs", {"lang": lang})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in page
    operations = [
        operation["operationId"]
        for methods in client.get("/api/v1/openapi.json").json()["paths"].values()
        for operation in methods.values()
    ]
    assert [one for one in operations if f'<details id="{one}">' not in page] == []
    assert 'id="platform.stale"' in page
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_the_reference_speaks_the_browsers_language_chinese_first(client):
    assert 'lang="zh-Hans"' in client.get("/api/docs").content.decode()
    english = client.get("/api/docs", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert 'lang="en"' in english.content.decode()


def test_the_figures_count_requests_jobs_and_backlog(client):
    now = datetime(2026, 6, 15, tzinfo=UTC)
    Job.objects.create(id=uuid7(), kind="tests", state="QUEUED", created_at=now)
    client.get("/api/v1/settings")
    text = client.get("/metrics").content.decode()

    assert 'huiliu_requests_total{method="GET",operation="api/v1/settings",status="401"}' in text
    assert "huiliu_request_seconds_bucket" in text
    assert "# TYPE huiliu_events_backlog gauge" in text
    assert "# TYPE huiliu_pool gauge" in text
    assert "# TYPE huiliu_worker_heartbeat_seconds gauge" in text
    assert 'huiliu_jobs{state="QUEUED"} 1.0' in text


def test_the_figures_are_for_this_machine_or_with_the_token(client, monkeypatch):
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 404
    bearer = {"Authorization": "Bearer s3cret"}
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7", headers=bearer).status_code == 404

    monkeypatch.setenv("HUILIU_METRICS_TOKEN", "s3cret")

    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7", headers=bearer).status_code == 200
    wrong = {"Authorization": "Bearer other"}
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7", headers=wrong).status_code == 404
