"""Behind proxies each client is itself: for the limits, for the lock after wrong passwords, in the list of devices."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from huiliu.access.models import Session
from huiliu.access.services import attempts
from huiliu.access.types import Role
from huiliu.platform.http.proxies import caller
from huiliu.settings import ENV
from huiliu.testing.access import PASSWORD, a_person
from huiliu.testing.actors import a_brand, an_actor
from huiliu.testing.api import Api


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("", 0, "10.0.0.1"),
        ("203.0.113.9", 0, "10.0.0.1"),  # nobody of ours wrote it
        ("203.0.113.9", 1, "203.0.113.9"),
        ("1.1.1.1, 203.0.113.9", 1, "203.0.113.9"),  # the first one the client made up
        ("1.1.1.1, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("203.0.113.9", 2, "10.0.0.1"),  # came past one of them
        ("", 1, "10.0.0.1"),
        ("203.0.113.9:51234", 1, "203.0.113.9"),
        ("[2001:db8::7]:443", 1, "2001:db8::7"),
        ("2001:db8::7", 1, "2001:db8::7"),
        ("unknown", 1, "10.0.0.1"),
        ("<script>", 1, "10.0.0.1"),
    ],
)
def test_who_asks(forwarded, proxies, address):
    assert caller("10.0.0.1", forwarded, proxies) == address


def sign_in(username: str, password: str, heard: str) -> int:
    body = {"username": username, "password": password}
    answer = Client().post(
        "/api/v1/session",
        body,
        content_type="application/json",
        headers={"X-Forwarded-For": heard, "Idempotency-Key": f"{username}-{heard}"},
    )
    return answer.status_code


@pytest.mark.django_db
def test_a_session_knows_where_its_person_sits(monkeypatch):
    monkeypatch.setattr(ENV, "proxies", 1)
    person = a_person(a_brand(), Role.FINANCE)

    assert sign_in(person.username, PASSWORD, "6.6.6.6, 203.0.113.9") == 201

    assert Session.objects.get(user_id=person.pk).ip == "203.0.113.9"


@pytest.mark.django_db
@pytest.mark.parametrize(("proxies", "address"), [(0, "/api/v1/live?port="), (1, "/api/v1/live")])
def test_the_live_stream_is_where_the_proxy_sends_it(monkeypatch, proxies, address):
    monkeypatch.setattr(ENV, "proxies", proxies)
    told = Api(an_actor(a_brand())).get("/session").json()["live_url"]
    assert told.rstrip("0123456789") == address


@pytest.mark.django_db
def test_wrong_passwords_from_one_office_lock_that_office_and_nobody_else(monkeypatch):
    monkeypatch.setattr(ENV, "proxies", 1)
    person, now = a_person(a_brand(), Role.FINANCE), datetime.now(UTC)
    for _ in range(attempts.FREE_PER_ADDRESS + 1):
        attempts.count_failure(attempts.keys_of("name", "nobody", ip="198.51.100.1")[1:], now=now)

    assert sign_in(person.username, PASSWORD, "198.51.100.1") == 429
    assert sign_in(person.username, PASSWORD, "198.51.100.1, 203.0.113.9") == 201
