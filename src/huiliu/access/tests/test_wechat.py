"""Signing in by WeChat: bound once by the phone, then silent; what WeChat refuses, and who is no longer let in."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from huiliu.access import services
from huiliu.access.models import Organization, Session, User, WechatBinding, WechatTicket
from huiliu.access.services.sessions import Chosen, Device
from huiliu.access.types import Role
from huiliu.platform.database import SYSTEM_REACH, set_reach, system_reach
from huiliu.platform.models import AuditRecord, OutgoingMessage
from huiliu.platform.wechat import client
from huiliu.settings import ENV
from huiliu.testing.actors import a_brand, a_user, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.wechat import APP, SECRET, SESSION_KEY, Wechat, a_wechat

PHONE = "17012345678"
DEVICE = Device("192.0.2.7", "test")


@pytest.fixture
def wechat(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wechat]:
    with a_wechat() as stand_in:
        monkeypatch.setattr(ENV, "wechat_apps", {APP: SECRET})
        monkeypatch.setattr(ENV, "wechat_base_url", stand_in.base_url)
        monkeypatch.setattr(ENV, "sms_provider", "outbox")
        yield stand_in


def brand_of(person: User) -> Organization:
    brand = person.organization.parent
    assert brand is not None
    return brand


@pytest.fixture
def person(db: None) -> User:
    return a_user(an_organization(parent=a_brand()), Role.BUYER, phone=PHONE, name="老王")


def login(wechat: Wechat, openid: str = "o-wang", *, unionid: str = "", **more: Any) -> Any:
    code = f"login-{len(wechat.logins)}"
    wechat.logins[code] = (openid, unionid)
    return Api().post("/session/wechat", {"code": code, **more})


def bind(wechat: Wechat, ticket: str, phone: str = PHONE, **more: Any) -> Any:
    code = f"phone-{len(wechat.phones)}"
    wechat.phones[code] = phone
    return Api().post("/session/wechat/phone", {"ticket": ticket, "phone_code": code, **more})


def ticket_of(answer: Any) -> str:
    assert (answer.status_code, answer.json()["code"]) == (409, "access.wechat_not_bound")
    return str(answer.json()["facts"]["ticket"])


def a_bound(wechat: Wechat, openid: str = "o-wang", phone: str = PHONE) -> Api:
    return Api(token=bind(wechat, ticket_of(login(wechat, openid)), phone).json()["token"])


def test_bound_once_by_the_phone_number_component_and_silent_from_then_on(
    wechat: Wechat, person: User
) -> None:
    bound = bind(wechat, ticket_of(login(wechat, unionid="u-1")))
    again = login(wechat)

    assert (bound.status_code, bound.json()["user_id"]) == (201, person.pk)
    assert (again.status_code, again.json()["user_id"]) == (201, person.pk)
    path, query, _ = wechat.asked[0]
    assert path == "/sns/jscode2session"
    assert query == {
        "appid": APP,
        "secret": SECRET,
        "js_code": "login-0",
        "grant_type": "authorization_code",
    }
    binding = WechatBinding.objects.get()
    assert (binding.openid, binding.unionid, binding.user_id) == ("o-wang", "u-1", person.pk)
    assert AuditRecord.objects.filter(action="wechat.bound", subject_id=str(person.pk)).count() == 1


def test_no_answer_no_row_and_no_log_has_the_session_key_or_the_secret(
    wechat: Wechat, person: User, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    wechat.failing.append(-1)
    answers = [login(wechat), login(wechat)]
    answers.append(bind(wechat, ticket_of(answers[1])))
    answers.append(Api(token=answers[2].json()["token"]).get("/session/wechat/bindings"))

    shown = "".join(one.content.decode() for one in answers) + "".join(capsys.readouterr()) + caplog.text
    rows = [*WechatBinding.objects.values_list(), *WechatTicket.objects.values_list()]
    for secret in (SESSION_KEY, SECRET, "token-1"):
        assert secret not in shown
        assert secret not in repr(rows) + repr(client._clients)
    assert "o-wang" not in shown


@pytest.mark.parametrize(
    ("errcode", "status", "code"),
    [
        (40029, 401, "wechat.code_wrong"),
        (40163, 401, "wechat.code_wrong"),
        (45011, 503, "wechat.unavailable"),
        (-1, 503, "wechat.unavailable"),
    ],
)
def test_what_wechat_refuses_is_told_in_our_words(
    wechat: Wechat, person: User, errcode: int, status: int, code: str
) -> None:
    wechat.failing.append(errcode)

    answer = login(wechat)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not WechatTicket.objects.exists()


def test_a_login_code_counts_once(wechat: Wechat, person: User) -> None:
    wechat.logins["once"] = ("o-wang", "")
    first = Api().post("/session/wechat", {"code": "once"})
    second = Api().post("/session/wechat", {"code": "once"})

    assert (first.status_code, second.status_code) == (409, 401)
    assert second.json()["code"] == "wechat.code_wrong"


def test_when_wechat_is_away_or_the_app_is_another_nobody_waits_long(
    wechat: Wechat, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert login(wechat, app_id="wxother").json()["code"] == "wechat.off"
    monkeypatch.setattr(ENV, "wechat_base_url", "http://127.0.0.1:9")
    assert login(wechat).json()["code"] == "wechat.unavailable"
    monkeypatch.setattr(ENV, "wechat_apps", {})
    assert login(wechat).json()["code"] == "wechat.off"


def test_an_access_token_is_kept_and_renewed_when_wechat_ended_it(wechat: Wechat, person: User) -> None:
    first = bind(wechat, ticket_of(login(wechat, "o-1")))
    second = bind(wechat, ticket_of(login(wechat, "o-2")))
    assert (first.status_code, second.status_code, wechat.tokens) == (201, 201, 1)
    ticket = ticket_of(login(wechat, "o-3"))
    wechat.failing.append(42001)

    assert bind(wechat, ticket).status_code == 201
    assert wechat.tokens == 2


def test_bound_by_a_code_to_the_phone(wechat: Wechat, person: User) -> None:
    ticket = ticket_of(login(wechat))
    Api().post("/session/codes", {"phone": PHONE})
    code = OutgoingMessage.objects.get().values["code"]
    body = {"ticket": ticket, "phone": PHONE, "code": code}
    wrong = Api().post("/session/wechat/phone", body | {"code": f"{(int(code) + 1) % 10**6:06d}"})

    done = Api().post("/session/wechat/phone", body)

    assert wrong.json()["code"] == "access.code_wrong"
    assert (done.status_code, done.json()["user_id"]) == (201, person.pk)
    assert Api().post("/session/wechat/phone", body).json()["code"] == "access.wechat_ticket_wrong"


def test_a_ticket_is_a_secret_of_ten_minutes(wechat: Wechat, person: User) -> None:
    ticket = ticket_of(login(wechat))
    assert bind(wechat, "x" * 43).json()["code"] == "access.wechat_ticket_wrong"
    WechatTicket.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))

    assert bind(wechat, ticket).json()["code"] == "access.wechat_ticket_wrong"
    assert not WechatBinding.objects.exists()


def test_a_phone_that_nobody_has_binds_nothing(wechat: Wechat, person: User) -> None:
    answer = bind(wechat, ticket_of(login(wechat)), "17087654321")

    assert (answer.status_code, answer.json()["code"]) == (404, "access.phone_unknown")
    assert not WechatBinding.objects.exists()


def test_several_identities_are_bound_together_chosen_and_changed(wechat: Wechat, person: User) -> None:
    other = a_user(an_organization(parent=person.organization.parent), Role.OWNER, phone=PHONE)
    ticket = ticket_of(login(wechat))
    assert bind(wechat, ticket).json()["code"] == "access.choose_identity"
    chosen = Api().post("/session/wechat/phone", {"ticket": ticket, "user_id": other.pk})
    assert (chosen.status_code, chosen.json()["user_id"]) == (201, other.pk)
    assert login(wechat).json()["code"] == "access.choose_identity"
    silent = login(wechat, user_id=person.pk)
    assert silent.json()["user_id"] == person.pk

    changed = Api(token=silent.json()["token"]).post("/session/switch", {"user_id": other.pk})

    assert (changed.status_code, changed.json()["user_id"]) == (201, other.pk)
    session = Session.objects.get(user=other, ended_at=None, kind="WECHAT", proven_phone="")
    assert session.wechat_binding_id == WechatBinding.objects.get(user=other).pk


def test_unbinding_ends_what_wechat_opened_and_the_device_list_showed_it(
    wechat: Wechat, person: User
) -> None:
    phone = a_bound(wechat)
    assert [one["kind"] for one in phone.get("/session/devices").json()] == ["WECHAT"]
    assert len(phone.get("/session/wechat/bindings").json()) == 1

    assert phone.delete("/session/wechat/bindings").json() == {"unbound": 1}

    assert phone.get("/session").status_code == 401
    ticket_of(login(wechat))


def test_a_leaver_a_changed_phone_and_a_lost_one_open_nothing(wechat: Wechat, person: User) -> None:
    administrator = an_actor(brand_of(person), Role.ADMINISTRATOR)
    desk = Api(administrator)
    phone = a_bound(wechat)
    assert desk.delete(f"/users/{person.pk}/wechat").json() == {"unbound": 1}
    assert phone.get("/session").status_code == 401
    assert AuditRecord.objects.get(action="wechat.unbound").user_id == administrator.user_id

    phone = a_bound(wechat)
    desk.put(f"/users/{person.pk}", {"phone": "17011112222"})
    assert phone.get("/session").status_code == 401
    ticket_of(login(wechat))

    a_bound(wechat, phone="17011112222")
    desk.put(f"/users/{person.pk}", {"is_active": False})
    ticket_of(login(wechat))
    desk.put(f"/users/{person.pk}", {"is_active": True})
    ticket_of(login(wechat))
    assert not WechatBinding.objects.filter(ended_at=None).exists()


def test_a_stranger_takes_nobodys_wechat_off(wechat: Wechat, person: User) -> None:
    a_bound(wechat)
    stranger = Api(an_actor(an_organization(parent=person.organization.parent), Role.OWNER))

    assert stranger.delete(f"/users/{person.pk}/wechat").status_code == 404
    assert login(wechat).status_code == 201


def test_who_is_signed_in_binds_here_and_another_wechat_replaces_it(wechat: Wechat, person: User) -> None:
    desk = Api(an_actor(person.organization, Role.BUYER, user=person))
    for openid in ("o-first", "o-second"):
        wechat.logins[f"here-{openid}"] = (openid, "")
        answer = desk.post("/session/wechat/bindings", {"code": f"here-{openid}"})
        assert answer.status_code == 201, answer.content

    assert login(wechat, "o-second").status_code == 201
    ticket_of(login(wechat, "o-first"))


def test_two_bindings_of_one_wechat_at_once_leave_it_with_one_person(
    committed_db: str, wechat: Wechat
) -> None:
    with transaction.atomic():
        set_reach(SYSTEM_REACH, user_id=None)
        brand = a_brand()
        for phone in (PHONE, "17011112222"):
            a_user(an_organization(parent=brand), Role.BUYER, phone=phone)
    now = datetime.now(UTC)
    tickets = []
    for number in range(4):
        wechat.logins[f"race-{number}"] = ("o-race", "")
        wechat.phones[f"phone-{number}"] = (PHONE, "17011112222")[number % 2]
        refusal = services.sign_in_by_wechat(
            code=f"race-{number}", app_id="", chosen=Chosen(), device=DEVICE, now=now
        )
        tickets.append(refusal.facts["ticket"])  # type: ignore[union-attr]

    def attempt(number: int) -> object:
        try:
            return services.bind_by_phone(
                ticket=tickets[number],
                phone_code=f"phone-{number}",
                phone="",
                code="",
                chosen=Chosen(),
                device=DEVICE,
                now=now,
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(attempt, range(4)))

    with system_reach("tests"):
        standing = WechatBinding.objects.filter(openid="o-race", ended_at=None)
        assert standing.count() == 1
        live = Session.objects.filter(ended_at=None).values_list("user_id", flat=True)
        assert set(live) == {standing.get().user_id}


def test_who_only_has_a_first_password_cannot_bind_a_wechat_with_it(wechat: Wechat, person: User) -> None:
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    desk = Api(an_actor(person.organization, Role.BUYER, user=person))
    wechat.logins["here"] = ("o-manager", "")

    refused = desk.post("/session/wechat/bindings", {"code": "here"})

    assert (refused.status_code, refused.json()["code"]) == (403, "platform.scope_missing")
    assert not WechatBinding.objects.exists()
    assert wechat.asked == []
