"""What a person keeps is the person's alone."""

from __future__ import annotations

import pytest

from huiliu.access.models import PersonalSetting
from huiliu.access.services import personal
from huiliu.access.types import Role
from huiliu.testing.actors import a_brand, an_actor, an_organization
from huiliu.testing.api import Api

pytestmark = pytest.mark.django_db


def test_a_view_is_kept_changed_and_dropped():
    api = Api(an_actor(a_brand(), Role.ANALYST))

    assert api.put("/session/settings/views.orders", {"value": [{"name": "我的"}]}).status_code == 200
    assert api.put("/session/settings/views.orders", {"value": []}).json() == {"value": []}
    assert api.get("/session/settings").json() == {"views.orders": []}
    assert api.delete("/session/settings/views.orders").status_code == 204
    assert api.delete("/session/settings/views.orders").status_code == 204
    assert api.get("/session/settings").json() == {}


def test_null_forgets_what_stood_there():
    api = Api(an_actor(a_brand()))
    api.put("/session/settings/tiles", {"value": ["orders"]})

    assert api.put("/session/settings/tiles", {"value": None}).json() == {"value": None}
    assert api.get("/session/settings").json() == {}


def test_colleagues_and_superiors_do_not_see_it():
    brand = a_brand()
    dealer = an_organization(parent=brand)
    mine, colleague, staff = an_actor(dealer), an_actor(dealer), an_actor(brand)
    Api(mine).put("/session/settings/views.orders", {"value": 1})

    assert Api(colleague).get("/session/settings").json() == {}
    assert Api(staff).get("/session/settings").json() == {}
    Api(colleague).put("/session/settings/views.orders", {"value": 2})
    assert Api(mine).get("/session/settings").json() == {"views.orders": 1}


def test_the_limits_are_told_and_nothing_is_written():
    api = Api(actor := an_actor(a_brand()))
    answer = api.put("/session/settings/big", {"value": "x" * personal.BYTES_MAX})
    assert (answer.status_code, answer.json()["code"]) == (422, "platform.invalid_input")
    for number in range(personal.SETTINGS_MAX):
        api.put(f"/session/settings/k{number}", {"value": number})

    answer = api.put("/session/settings/one_more", {"value": 1})

    assert (answer.status_code, answer.json()["code"]) == (409, "access.personal_settings_full")
    assert PersonalSetting.objects.filter(user_id=actor.user_id or 0).count() == personal.SETTINGS_MAX
    assert api.put("/session/settings/k0", {"value": "changed"}).status_code == 200


@pytest.mark.parametrize("key", ["Views", "a..b", "a b", "价格"])
def test_names_are_plain(key):
    assert Api(an_actor(a_brand())).put(f"/session/settings/{key}", {"value": 1}).status_code == 422
