"""The brand's settings over HTTP: who reads and changes them, what counts when, what is left behind."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from huiliu.access.types import Role
from huiliu.orders.declarations import STEPS
from huiliu.platform import settings_store, stamps
from huiliu.platform.database import one
from huiliu.platform.errors import SettingInvalid, Stale
from huiliu.platform.models import AuditRecord, Setting
from huiliu.policies.services.life import four_eyes_needed
from huiliu.testing.actors import a_brand, acting, an_actor, an_organization
from huiliu.testing.api import Api

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


class House:
    def __init__(self) -> None:
        self.brand = a_brand()
        self.branch = an_organization(kind="BRANCH", parent=self.brand)
        self.dealer = an_organization(kind="DISTRIBUTOR", parent=self.branch)
        self.admin = an_actor(self.brand)


@pytest.fixture
def house():
    return House()


def test_the_list_shows_every_declared_setting_with_its_default(house):
    answer = Api(house.admin).get("/settings")

    shown = {item["key"]: item for item in answer.json()}
    assert shown["orders.steps"]["value"] == ["CONFIRM"]
    assert (shown["orders.steps"]["version"], shown["orders.steps"]["may_change"]) == (0, True)
    assert shown["numbering.order"]["value"] == {"prefix": "XS", "digits": 4, "reset": "DAY"}
    assert shown["policies.four_eyes"]["label_zh"] == "政策须由他人批准"
    assert "modules.off" not in shown


def test_a_change_counts_at_once_and_says_who_why_before_and_after(house):
    answer = Api(house.admin).put(
        "/settings/policies.four_eyes", {"value": False, "reason": "小团队", "version": 0}
    )

    assert answer.status_code == 200
    assert (answer.json()["value"], answer.json()["version"]) == (False, 1)
    assert four_eyes_needed() is False
    record = AuditRecord.objects.get()
    assert (record.action, record.subject_id, record.reason) == (
        "setting.changed",
        "policies.four_eyes",
        "小团队",
    )
    assert (record.before, record.after) == ({"value": True}, {"value": False})
    assert record.user_id == house.admin.user_id


def test_a_setting_counts_for_a_partner_that_cannot_read_the_table(house):
    Api(house.admin).put("/settings/orders.steps", {"value": [], "reason": "直发", "version": 0})
    stamps.forget()

    with acting(an_actor(house.dealer)):
        assert settings_store.value_of(STEPS) == []


def test_the_value_of_one_seller_counts_before_the_brands(house):
    api = Api(house.admin)
    answer = api.put(
        f"/settings/orders.steps.{house.dealer.pk}", {"value": ["FINANCE"], "reason": "赊销", "version": 0}
    )
    stamps.forget()

    assert answer.json()["inherited"] == ["CONFIRM"]
    assert settings_store.value_of(STEPS, seller_id=house.dealer.pk) == ["FINANCE"]
    assert settings_store.value_of(STEPS, seller_id=house.brand.pk) == ["CONFIRM"]
    keys = [item["key"] for item in api.get("/settings").json()]
    assert f"orders.steps.{house.dealer.pk}" in keys


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("orders.steps", ["SIGN"]),
        ("orders.steps", ["CONFIRM", "CONFIRM"]),
        ("numbering.order", {"prefix": "订单", "digits": 4, "reset": "DAY"}),
        ("numbering.order", {"prefix": "XS", "digits": 2, "reset": "DAY"}),
        ("numbering.order", {"prefix": "XS", "digits": 4, "reset": "WEEK"}),
        ("policies.four_eyes", "no"),
    ],
)
def test_a_value_that_is_not_allowed_changes_nothing(house, key, value):
    answer = Api(house.admin).put(f"/settings/{key}", {"value": value, "reason": "x", "version": 0})

    assert (answer.status_code, answer.json()["code"]) == (422, "platform.setting_invalid")
    assert answer.json()["fields"][0]["field"].startswith("value")
    assert not Setting.objects.exists()
    assert not AuditRecord.objects.exists()


def test_an_unknown_key_is_not_found(house):
    assert Api(house.admin).get("/settings/orders.nothing").json()["code"] == "platform.setting_unknown"
    answer = Api(house.admin).put("/settings/modules.off", {"value": [], "reason": "x", "version": 0})
    assert (answer.status_code, answer.json()["code"]) == (404, "platform.setting_unknown")


def test_a_change_that_was_not_seen_is_not_overwritten(house):
    api = Api(house.admin)
    api.put("/settings/policies.four_eyes", {"value": False, "reason": "a", "version": 0})

    late = api.put("/settings/policies.four_eyes", {"value": True, "reason": "b", "version": 0})

    assert (late.status_code, late.json()["facts"]) == (412, {"yours": 0, "current": 1})
    assert Setting.objects.get().value is False


def test_the_same_value_again_is_no_new_version(house):
    api = Api(house.admin)
    api.put("/settings/policies.four_eyes", {"value": False, "reason": "a", "version": 0})

    again = api.put("/settings/policies.four_eyes", {"value": False, "reason": "b", "version": 1})

    assert again.json()["version"] == 1
    assert AuditRecord.objects.count() == 1


def test_without_a_version_nothing_is_changed(house):
    answer = Api(house.admin).put("/settings/policies.four_eyes", {"value": False, "reason": "a"})

    assert (answer.status_code, answer.json()["code"]) == (428, "platform.version_missing")
    assert not Setting.objects.exists()


def test_staff_reads_headquarters_writes_partners_neither(house):
    body = {"value": False, "reason": "x", "version": 0}
    for role in (Role.ANALYST, Role.FINANCE):
        api = Api(an_actor(house.brand, role))
        assert api.get("/settings").status_code == 200
        assert api.put("/settings/policies.four_eyes", body).status_code == 403
    branch = Api(an_actor(house.branch)).put("/settings/policies.four_eyes", body)
    assert (branch.status_code, branch.json()["code"]) == (403, "platform.headquarters_only")
    assert Api(an_actor(house.dealer)).get("/settings").status_code == 403
    assert Api().get("/settings").status_code == 401
    assert not Setting.objects.exists()


def _number(day):
    return one("SELECT platform_next_number('order', 1, %s)", [day])[0]


def _numbered(actor, version, **value):
    settings_store.put_setting(
        actor=actor, key="numbering.order", value=value, version=version, reason="test", now=NOW
    )


def test_numbers_follow_the_setting_and_start_again_with_each_period(house):
    assert _number(date(2026, 6, 15)) == "XS20260615-0001"
    _numbered(house.admin, 0, prefix="DD", digits=6, reset="MONTH")

    assert _number(date(2026, 6, 15)) == "DD202606-000001"
    assert _number(date(2026, 6, 30)) == "DD202606-000002"
    assert _number(date(2026, 7, 1)) == "DD202607-000001"

    _numbered(house.admin, 1, prefix="DD", digits=3, reset="YEAR")
    assert [_number(date(2026, 7, 1)), _number(date(2026, 12, 31))] == ["DD2026-001", "DD2026-002"]


def test_back_and_forth_between_periods_gives_no_number_twice(house):
    first = date(2026, 1, 1)  # day, month and year begin together
    seen = []
    for version, reset in enumerate(("MONTH", "YEAR", "DAY", "MONTH", "YEAR", "DAY")):
        _numbered(house.admin, version, prefix="XS", digits=4, reset=reset)
        seen += [_number(first), _number(first)]

    assert len(set(seen)) == len(seen) == 12


def test_two_changes_of_one_version_one_is_refused(house):
    _numbered(house.admin, 0, prefix="AA", digits=4, reset="DAY")

    with pytest.raises(Stale):
        _numbered(house.admin, 0, prefix="BB", digits=4, reset="DAY")
    with pytest.raises(SettingInvalid):
        _numbered(house.admin, 1, prefix="bb", digits=4, reset="DAY")
    assert Setting.objects.get().value["prefix"] == "AA"
