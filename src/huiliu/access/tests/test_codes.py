"""Signing in by a code to the phone, and going on as another identity of the same person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.contrib.auth.hashers import make_password
from django.db import connections, transaction
from django.test import Client

from huiliu.access import services
from huiliu.access.models import Organization, Session, SignInCode, User
from huiliu.access.rules import normal_phone, spellings
from huiliu.access.services.sessions import Chosen, Device, SignedIn
from huiliu.access.types import Role
from huiliu.platform import messages
from huiliu.platform.database import SYSTEM_REACH, set_reach
from huiliu.platform.models import AuditRecord, OutgoingMessage
from huiliu.settings import ENV
from huiliu.testing.actors import a_brand, a_user, an_actor, an_organization
from huiliu.testing.api import Api

PHONE = "17012345678"
DEVICE = Device("192.0.2.7", "test")


@pytest.fixture(autouse=True)
def _outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENV, "sms_provider", "outbox")


def brand_of(person: User) -> Organization:
    brand = person.organization.parent
    assert brand is not None
    return brand


@pytest.fixture
def person(db: None) -> User:
    return a_user(an_organization(parent=a_brand()), Role.BUYER, phone=PHONE, name="老王")


def request_code(phone: str = PHONE) -> Any:
    return Api().post("/session/codes", {"phone": phone})


def newest_code() -> str:
    return str(OutgoingMessage.objects.filter(state="KEPT").order_by("-created_at", "-id")[0].values["code"])


def sign_in(code: str, phone: str = PHONE, **more: Any) -> Any:
    return Api().post("/session/code", {"phone": phone, "code": code, "device": True, **more})


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def age_codes(**by: int) -> None:
    for row in SignInCode.objects.all():
        delta = timedelta(**by)
        SignInCode.objects.filter(pk=row.pk).update(
            created_at=row.created_at - delta, expires_at=row.expires_at - delta
        )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("13812345678", "+8613812345678"),
        (" +86 138 1234 5678", "+8613812345678"),
        ("+852 5123 4567", "+85251234567"),
        ("010-62345678", ""),
        ("12345", ""),
        ("", ""),
    ],
)
def test_a_phone_has_one_spelling(text: str, known: str) -> None:
    assert normal_phone(text) == known
    assert not known or known in spellings(known)


def test_the_code_in_the_message_opens_a_session_once(person: User) -> None:
    asked = request_code()
    code = newest_code()

    first, second = sign_in(code), sign_in(code)

    assert asked.status_code == 202
    assert (first.status_code, first.json()["user_id"]) == (201, person.pk)
    assert (second.status_code, second.json()["code"]) == (401, "access.code_wrong")
    assert len(code) == 6
    stored = SignInCode.objects.get()
    assert code.encode() not in bytes(stored.code_hash)
    assert AuditRecord.objects.filter(action="session.opened", after__by="code").count() == 1


def test_an_unknown_phone_is_answered_the_same_and_gets_no_message(person: User) -> None:
    known, unknown = request_code(), request_code("17087654321")

    assert (known.status_code, unknown.status_code) == (202, 202)
    assert known.json().keys() == unknown.json().keys()
    assert list(OutgoingMessage.objects.order_by("id").values_list("state", "recipient")) == [
        ("KEPT", PHONE),
        ("NOBODY", ""),
    ]
    assert OutgoingMessage.objects.get(state="NOBODY").values == {}
    assert sign_in("000000", "17087654321").json()["detail"] == sign_in(wrong(newest_code())).json()["detail"]


def test_one_a_minute_and_ten_a_day(person: User) -> None:
    request_code()
    again = request_code()
    assert (again.status_code, again.json()["code"]) == (429, "access.code_too_soon")
    assert 1 <= int(again["Retry-After"]) <= 60
    for _ in range(9):
        age_codes(minutes=2)
        assert request_code().status_code == 202
    age_codes(minutes=2)

    eleventh = request_code()

    assert (eleventh.status_code, SignInCode.objects.count()) == (429, 10)
    assert int(eleventh["Retry-After"]) > 80_000


def test_an_address_that_asks_for_many_phones_is_stopped(person: User) -> None:
    answers = [request_code(f"170123{number:05d}").status_code for number in range(61)]

    assert (answers[:60], answers[60]) == ([202] * 60, 429)


def test_five_wrong_tries_end_the_code(person: User) -> None:
    request_code()
    code = newest_code()
    for _ in range(5):
        assert sign_in(wrong(code)).status_code == 401

    assert sign_in(code).status_code in (401, 429)
    assert Session.objects.count() == 0


def test_after_five_minutes_or_a_newer_code_it_is_too_old(person: User) -> None:
    request_code()
    first = newest_code()
    age_codes(minutes=2)
    request_code()
    second = newest_code()
    if first != second:
        assert sign_in(first).json()["code"] == "access.code_wrong"
    age_codes(minutes=5)
    assert sign_in(second).json()["code"] == "access.code_wrong"


def test_a_leaver_gets_no_code(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    request_code()

    assert OutgoingMessage.objects.get().state == "NOBODY"


def test_the_second_factor_is_asked_for_all_the_same(person: User) -> None:
    secret = pyotp.random_base32()
    User.objects.filter(pk=person.pk).update(totp_secret=secret)
    request_code()
    code = newest_code()

    assert sign_in(code).json()["code"] == "access.totp_needed"
    assert sign_in(code, totp=pyotp.TOTP(secret).now()).status_code == 201


def test_a_first_password_that_others_know_does_not_bind_who_signs_in_by_code(person: User) -> None:
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    request_code()
    session = sign_in(newest_code()).json()

    assert (session["must_change_password"], "orders:submit" in session["scopes"]) == (False, True)


def test_without_a_provider_there_are_no_codes(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENV, "sms_provider", "")
    refused = request_code()

    assert (refused.status_code, refused.json()["code"]) == (409, "platform.messages_off")
    assert request_code("12345").status_code == 409


def test_only_an_administrator_of_a_development_installation_reads_the_outbox(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_code()
    brand = brand_of(person)
    administrator = Api(an_actor(brand, Role.ADMINISTRATOR))

    (row,) = administrator.get("/messages/outbox").json()
    assert (row["recipient"], row["values"]["code"]) == (PHONE, newest_code())
    assert Api(an_actor(brand, Role.FINANCE)).get("/messages/outbox").status_code == 403
    assert Api(an_actor(person.organization)).get("/messages/outbox").status_code == 403

    monkeypatch.setattr(ENV, "sms_provider", "aliyun")
    assert administrator.get("/messages/outbox").json()["code"] == "platform.outbox_closed"


def test_who_serves_two_partners_chooses_and_changes_without_a_password(person: User) -> None:
    other = a_user(
        an_organization(parent=person.organization.parent), Role.OWNER, phone=f"+86{PHONE}", name="老王"
    )
    stranger = a_user(an_organization(parent=person.organization.parent), Role.OWNER, phone="17099999999")
    request_code()
    code = newest_code()
    asked = sign_in(code)
    assert asked.json()["code"] == "access.choose_identity"
    assert {one["user_id"] for one in asked.json()["facts"]["identities"]} == {person.pk, other.pk}
    here = Api(token=sign_in(code, user_id=person.pk).json()["token"])

    shown = here.get("/session/identities").json()
    assert [(one["user_id"], one["is_current"]) for one in shown] == [(person.pk, True), (other.pk, False)]
    assert here.post("/session/switch", {"user_id": stranger.pk}).status_code == 404
    there = here.post("/session/switch", {"user_id": other.pk})

    assert (there.status_code, there.json()["organization_id"]) == (201, other.organization_id)
    assert here.get("/session").status_code == 401
    assert AuditRecord.objects.filter(action="session.switched").count() == 2
    back = Api(token=there.json()["token"]).post("/session/switch", {"user_id": person.pk})
    assert back.json()["user_id"] == person.pk


def test_a_phone_written_by_somebody_else_leads_nowhere(person: User) -> None:
    """A dealer's owner may write any phone at his own people: that is no proof of being the one who has it."""
    thief = a_user(
        an_organization(parent=person.organization.parent), Role.OWNER, phone=PHONE, username="thief"
    )
    thief.password = make_password("a password of the thief")
    thief.save()
    signed = Api().post(
        "/session", {"username": "thief", "password": "a password of the thief", "device": True}
    )
    here = Api(token=signed.json()["token"])

    assert [one["user_id"] for one in here.get("/session/identities").json()] == [thief.pk]
    assert here.post("/session/switch", {"user_id": person.pk}).json()["code"] == "access.identity_not_yours"


def test_one_password_opens_both_and_changes_between_them_until_it_is_changed(person: User) -> None:
    other = a_user(an_organization(parent=person.organization.parent), Role.OWNER, phone=PHONE)
    User.objects.filter(pk__in=(person.pk, other.pk)).update(password=make_password("one password for both"))
    body = {"username": PHONE, "password": "one password for both", "device": True, "user_id": person.pk}
    here = Api(token=Api().post("/session", body).json()["token"])
    assert len(here.get("/session/identities").json()) == 2

    administrator = an_actor(brand_of(person), Role.ADMINISTRATOR)
    services.reset_password(actor=administrator, user_id=other.pk, now=datetime.now(UTC))

    assert [one["user_id"] for one in here.get("/session/identities").json()] == [person.pk]


def test_a_browser_changes_its_cookie(person: User) -> None:
    other = a_user(an_organization(parent=person.organization.parent), Role.OWNER, phone=PHONE)
    request_code()
    browser = Client()
    body = {"phone": PHONE, "code": newest_code(), "user_id": person.pk}
    signed = browser.post("/api/v1/session/code", body, content_type="application/json")
    changed = browser.post(
        "/api/v1/session/switch",
        {"user_id": other.pk},
        content_type="application/json",
        headers={"X-CSRFToken": signed.json()["csrf_token"]},
    )

    assert (changed.status_code, changed.json()["token"]) == (201, None)
    set_reach(SYSTEM_REACH, user_id=None)  # the test's one transaction still has the reach of that request
    assert browser.get("/api/v1/session").json()["user_id"] == other.pk


def test_one_code_sent_twice_at_once_signs_in_once(committed_db: str) -> None:
    with transaction.atomic():
        set_reach(SYSTEM_REACH, user_id=None)
        a_user(an_organization(parent=a_brand()), Role.BUYER, phone=PHONE)
    now = datetime.now(UTC)
    services.request_code(phone=PHONE, device=DEVICE, now=now)
    code = messages.outbox()[0].values["code"]

    def attempt(_: int) -> object:
        try:
            return services.sign_in_by_code(
                phone=PHONE, code=code, chosen=Chosen(), device=DEVICE, kind="DEVICE", now=now
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(attempt, range(6)))

    assert sum(isinstance(one, SignedIn) for one in answers) == 1
