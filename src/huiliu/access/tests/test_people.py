"""Lists of people, what may be done to whom, seats, and signing somebody out everywhere."""

from __future__ import annotations

import pytest

from huiliu.access.models import Session
from huiliu.access.types import Role
from huiliu.platform.models import AuditRecord
from huiliu.testing.access import a_person, sign_in
from huiliu.testing.actors import a_brand, an_actor, an_organization
from huiliu.testing.api import Api

pytestmark = pytest.mark.django_db


class Company:
    def __init__(self) -> None:
        self.brand = a_brand(name="沐禾")
        self.dealer = an_organization(kind="DISTRIBUTOR", parent=self.brand, name="苏州瑞丰", seats=3)
        self.store = an_organization(kind="STORE", parent=self.dealer, name="鑫源便利店")
        self.administrator = an_actor(self.brand, Role.ADMINISTRATOR)
        self.manager = an_actor(self.brand, Role.CHANNEL_MANAGER)
        self.owner = an_actor(self.dealer, Role.OWNER)
        self.buyer = a_person(self.dealer, Role.BUYER, name="陈采购", username="chen", phone="13800001111")
        self.shop = a_person(self.store, Role.OWNER, name="店主")

    def seen(self, actor, **query):
        return {one["id"]: one for one in Api(actor).get("/users", **query).json()["items"]}


@pytest.fixture
def company():
    return Company()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "采购"}, ["chen"]),
        ({"text": "CHE"}, ["chen"]),
        ({"text": "138"}, ["chen"]),
        ({"role": "BUYER"}, ["chen"]),
        ({"role": "BUYER", "is_active": "false"}, []),
    ],
)
def test_people_are_found_by_name_phone_role_and_state(company, query, found):
    assert [one["username"] for one in company.seen(company.administrator, **query).values()] == found


def test_people_below_an_organization_are_listed_with_the_names_of_theirs(company):
    people = company.seen(company.administrator, below_id=str(company.dealer.pk))

    assert {one["organization_name"] for one in people.values()} == {"苏州瑞丰", "鑫源便利店"}
    assert company.administrator.user_id not in people


def test_what_may_be_done_follows_from_who_asks_and_who_it_is(company):
    mine = company.seen(company.administrator)
    managers = company.seen(company.manager)
    owners = company.seen(company.owner)
    buyer = company.buyer.pk

    everything = ["change", "deactivate", "end_sessions", "reset_password", "see_as", "view_as"]
    assert mine[buyer]["allowed_actions"] == everything
    assert mine[company.administrator.user_id]["allowed_actions"] == ["change", "see_as"]
    assert managers[buyer]["allowed_actions"] == everything[:4]
    assert managers[company.administrator.user_id]["allowed_actions"] == []
    assert owners[buyer]["allowed_actions"] == everything[:4]
    assert owners[company.shop.pk]["allowed_actions"] == []  # below it, yet not its own


def test_an_owner_asks_for_the_seats_of_its_own_and_which_roles_to_give(company):
    told = Api(company.owner).get(f"/organizations/{company.dealer.pk}/seats").json()

    assert told == {
        "organization_id": company.dealer.pk,
        "used": 2,
        "seats": 3,
        "roles": ["OWNER", "BUYER", "KEEPER"],
    }
    brand = Api(company.manager).get(f"/organizations/{company.brand.pk}/seats").json()
    assert brand["seats"] is None
    assert "ADMINISTRATOR" not in brand["roles"]


def test_signing_somebody_out_everywhere_ends_every_session_once(company):
    for _ in range(2):
        sign_in("chen")
    api = Api(company.owner)
    path = f"/users/{company.buyer.pk}/end-sessions"

    assert api.post(path).json() == {"ended": 2}
    assert api.post(path).json() == {"ended": 0}

    assert not Session.objects.filter(user_id=company.buyer.pk, ended_at=None).exists()
    assert AuditRecord.objects.filter(action="user.sessions_ended").count() == 1


def test_an_owner_signs_out_neither_a_stores_people_nor_itself(company):
    sign_in(company.shop.username)
    api = Api(company.owner)

    assert api.post(f"/users/{company.shop.pk}/end-sessions").json()["code"] == "access.user_not_visible"
    assert api.post(f"/users/{company.owner.user_id}/end-sessions").json()["code"] == "access.not_yourself"

    assert Session.objects.filter(user_id=company.shop.pk, ended_at=None).count() == 1


def test_every_role_tells_what_it_may_do(company):
    roles = {one["role"]: one for one in Api(company.owner).get("/roles").json()}

    assert roles["KEEPER"]["for_partners"]
    assert "money:read" not in roles["KEEPER"]["scopes"]
    assert "system:read" in roles["ADMINISTRATOR"]["scopes"]
    assert not any("system:read" in one["scopes"] for name, one in roles.items() if name != "ADMINISTRATOR")


def test_the_end_of_a_view_leaves_the_viewers_own_cookies(company):
    view = Api(company.administrator).post(f"/users/{company.shop.pk}/view-as", {"reason": "核对"}).json()

    answer = Api(token=view["access_token"]).delete("/session")

    assert answer.status_code == 204
    assert not answer.cookies
    assert Api(token=view["access_token"]).get("/session").status_code == 401
