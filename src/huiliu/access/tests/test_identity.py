"""Who may come in, what they may do, and that they are gone when they leave."""

from __future__ import annotations

from datetime import date

import pyotp
import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from huiliu.access import services
from huiliu.access.errors import TreeCycle
from huiliu.access.models import Session, User
from huiliu.access.selectors import placement_on
from huiliu.access.types import Role
from huiliu.testing.actors import NOW, a_brand, a_user, an_actor, an_organization
from huiliu.testing.api import Api

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def a_person(organization, *roles: Role, username: str = "wang") -> User:
    return a_user(organization, *roles, username=username, phone="17012345678")


def sign_in(username: str = "wang", password: str = PASSWORD, **more):
    return Api().post("/session", {"username": username, "password": password, "device": True, **more})


@pytest.fixture
def person() -> User:
    user = a_person(a_brand(), Role.CHANNEL_MANAGER)
    user.password = make_password(PASSWORD)
    user.save()
    return user


def test_the_right_password_opens_a_session_that_says_what_one_may_do(person):
    answer = sign_in()

    assert answer.status_code == 201
    session = answer.json()
    assert (session["user_id"], session["roles"]) == (person.pk, ["CHANNEL_MANAGER"])
    assert "policies:publish" in session["scopes"]
    assert "users:impersonate" not in session["scopes"]
    me = Api(token=session["token"]).get("/session")
    assert (me.status_code, me.json()["name"]) == (200, person.name)


def test_a_wrong_password_is_refused_like_an_unknown_name(person):
    wrong, unknown = sign_in(password="not the password"), sign_in(username="nobody")

    assert (wrong.status_code, wrong.json()["code"]) == (401, "access.credentials_wrong")
    assert (unknown.status_code, unknown.json()["detail"]) == (401, wrong.json()["detail"])
    assert Session.objects.count() == 0


def test_after_five_failures_one_must_wait_even_with_the_right_password(person):
    for _ in range(6):
        assert sign_in(password="guess").status_code == 401

    answer = sign_in()

    assert (answer.status_code, answer.json()["code"]) == (429, "access.too_many_attempts")
    assert int(answer["Retry-After"]) >= 1


def test_with_a_second_factor_the_password_alone_is_not_enough(person):
    secret = pyotp.random_base32()
    User.objects.filter(pk=person.pk).update(totp_secret=secret)

    assert sign_in().json()["code"] == "access.totp_needed"
    assert sign_in(totp=pyotp.TOTP(secret).now()).status_code == 201


def test_a_browser_must_echo_the_csrf_token_of_its_session(person):
    browser = Client()
    signed = browser.post(
        "/api/v1/session", {"username": "wang", "password": PASSWORD}, content_type="application/json"
    )
    assert signed.status_code == 201

    refused = browser.delete("/api/v1/session")
    done = browser.delete("/api/v1/session", headers={"X-CSRFToken": signed.json()["csrf_token"]})

    assert (refused.status_code, refused.json()["code"]) == (403, "platform.csrf")
    assert done.status_code == 204
    assert browser.get("/api/v1/session").status_code == 401


def test_a_leaver_is_out_at_once(person):
    token = sign_in().json()["token"]
    boss = an_actor(person.organization, Role.ADMINISTRATOR)

    answer = Api(boss).put(f"/users/{person.pk}", {"is_active": False})

    assert answer.status_code == 200
    assert Api(token=token).get("/session").status_code == 401
    assert sign_in().status_code == 401


def test_one_phone_for_two_partners_asks_for_whom():
    brand = a_brand()
    for number, name in enumerate(("甲", "乙")):
        dealer = an_organization(parent=brand, name=name)
        user = a_person(dealer, Role.OWNER, username=f"wang{number}")
        User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))

    answer = sign_in(username="17012345678")

    assert (answer.status_code, answer.json()["code"]) == (409, "access.choose_identity")
    choices = answer.json()["facts"]["identities"]
    assert [choice["organization"] for choice in choices] == ["甲", "乙"]
    assert sign_in(username="17012345678", user_id=choices[1]["user_id"]).json()["organization_name"] == "乙"


def test_a_dealer_manages_its_own_people_and_nobody_elses():
    brand = a_brand()
    dealer, other = an_organization(parent=brand), an_organization(parent=brand)
    owner = Api(an_actor(dealer, Role.OWNER))
    body = {"username": "clerk", "name": "小李", "password": PASSWORD, "roles": ["BUYER"]}

    assert owner.post("/users", {**body, "organization_id": dealer.pk}).status_code == 201
    assert owner.post("/users", {**body, "username": "x", "organization_id": other.pk}).status_code == 404
    assert (
        owner.post(
            "/users", {**body, "username": "y", "organization_id": dealer.pk, "roles": ["FINANCE"]}
        ).status_code
        == 403
    )
    assert Api(an_actor(other, Role.OWNER)).get("/users", organization_id=dealer.pk).json()["items"] == []


def test_staff_may_look_as_a_partners_user_only_with_a_reason_and_both_names_stay():
    brand = a_brand()
    dealer = an_organization(parent=brand)
    boss, owner = an_actor(brand, Role.ADMINISTRATOR), a_user(dealer, Role.OWNER)

    answer = Api(boss).post(f"/users/{owner.pk}/view-as", {"reason": "客户来电 4711"})

    assert answer.status_code == 201
    session = Api(token=answer.json()["access_token"]).get("/session").json()
    assert (session["user_id"], session["impersonator_id"]) == (owner.pk, boss.user_id)
    assert Api(boss).post(f"/users/{boss.user_id}/view-as", {"reason": "x"}).status_code == 403
    assert (
        Api(an_actor(dealer, Role.OWNER)).post(f"/users/{owner.pk}/view-as", {"reason": "x"}).status_code
        == 403
    )


def test_a_program_signs_in_with_client_credentials_and_has_only_its_scopes():
    boss = Api(an_actor(a_brand(), Role.ADMINISTRATOR))
    made = boss.post("/clients", {"client_id": "erp", "name": "ERP", "scopes": ["orders:read"]}).json()

    token = Client().post(
        "/api/v1/oauth/token",
        {"grant_type": "client_credentials", "client_id": "erp", "client_secret": made["secret"]},
    )

    assert token.status_code == 200, token.content
    program = Api(token=token.json()["access_token"])
    assert program.get("/orders").status_code == 200
    assert program.get("/users").status_code == 403
    wrong = {"grant_type": "client_credentials", "client_id": "erp", "client_secret": "guess"}
    assert Client().post("/api/v1/oauth/token", wrong).status_code == 401


def test_a_moved_dealer_takes_its_stores_along_and_leaves_its_past():
    brand = a_brand()
    east, south = an_organization(kind="BRANCH", parent=brand), an_organization(kind="BRANCH", parent=brand)
    dealer = an_organization(parent=east)
    store = an_organization(kind="STORE", parent=dealer)
    boss = an_actor(brand, Role.ADMINISTRATOR)
    before = store.path

    services.move_organization(
        actor=boss,
        organization_id=dealer.pk,
        parent_id=south.pk,
        effective_on=date(2026, 6, 1),
        reason="划区",
        now=NOW,
    )

    store.refresh_from_db()
    assert store.path.startswith(south.path)
    assert placement_on(organization_id=store.pk, on=date(2026, 5, 31)) == before
    assert placement_on(organization_id=store.pk, on=date(2026, 6, 1)) == store.path
    assert [
        row["id"]
        for row in Api(an_actor(south, Role.ADMINISTRATOR))
        .get("/organizations", parent_id=dealer.pk)
        .json()["items"]
    ] == [store.pk]
    assert Api(an_actor(east, Role.ADMINISTRATOR)).get(f"/organizations/{dealer.pk}").status_code == 404


def test_an_organization_cannot_stand_below_itself():
    brand = a_brand()
    dealer = an_organization(parent=brand)
    store = an_organization(kind="STORE", parent=dealer)

    with pytest.raises(TreeCycle):
        services.move_organization(
            actor=an_actor(brand),
            organization_id=dealer.pk,
            parent_id=store.pk,
            effective_on=date(2026, 6, 1),
            reason="x",
            now=NOW,
        )

    dealer.refresh_from_db()
    assert dealer.parent_id == brand.pk
