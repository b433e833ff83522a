"""Modules off and on: their operations refuse, everything else answers as before."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from huiliu.access.types import Role
from huiliu.entrypoints import worker
from huiliu.entrypoints.api import document
from huiliu.entrypoints.urls import API
from huiliu.kernel.ids import uuid7
from huiliu.platform import modules
from huiliu.platform.models import AuditRecord, Setting
from huiliu.testing.actors import an_actor
from huiliu.testing.api import Api
from huiliu.testing.trade import a_channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel():
    modules.forget()
    yield a_channel()
    modules.forget()


@pytest.fixture
def admin(channel):
    return Api(an_actor(channel.brand))


def operations():
    """Method, path, module and scope of every operation."""
    for path, methods in document(API)["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path.removeprefix("/api/v1"), operation["x-module"]


def some_path(path):
    """The path with something in its parameters that is nobody's."""
    return re.sub(r"\{[^}]*\}", lambda found: str(uuid4()) if "version" in found.group() else "1", path)


def switch(admin, module, is_on, reason="试点"):
    return admin.put(f"/modules/{module}", {"is_on": is_on, "reason": reason})


def switch_off(admin, module):
    """Off, with what needs it."""
    for row in admin.get("/modules").json():
        if module in row["needs"] and row["is_on"]:
            switch_off(admin, row["module"])
    answer = switch(admin, module, is_on=False)
    assert answer.status_code == 200, answer.json()


@pytest.mark.parametrize("module", sorted(modules.SWITCHABLE))
def test_a_module_that_is_off_refuses_and_everything_else_answers(channel, admin, module):
    before = {
        path: admin.raw("GET", some_path(path)).status_code
        for method, path, _ in operations()
        if method == "GET" and path != "/live"
    }
    switch_off(admin, module)
    off = modules.switched_off()

    for method, path, owner in operations():
        if owner in off:
            answer = admin.raw(method, some_path(path), b"")
            assert (answer.status_code, answer.json()["code"]) == (404, "platform.module_off"), (method, path)
            assert answer.json()["facts"] == {"module": owner}
        elif path in before and method == "GET":
            assert admin.raw("GET", some_path(path)).status_code == before[path], path
    order = Api(channel.owner).post(
        "/orders",
        {"id": str(uuid7()), "lines": [{"sku_code": channel.sku.code, "quantity": "1", "unit": "瓶"}]},
    )
    assert order.status_code == 201
    assert module in admin.get("/session").json()["modules_off"]

    assert switch(admin, module, is_on=True).json()["is_on"] is True
    assert module not in modules.switched_off()


def test_the_operations_of_switchable_modules_are_known():
    owners = {owner for _, _, owner in operations()}

    assert {"credit", "insights"} <= owners & set(modules.SWITCHABLE)
    assert set(modules.WORDS) == set(modules.SWITCHABLE)
    assert all(needs <= set(modules.SWITCHABLE) for needs in modules.SWITCHABLE.values())


def test_what_another_module_needs_stays_on_with_the_reason(admin):
    answer = switch(admin, "receivables", is_on=False)

    assert (answer.status_code, answer.json()["code"]) == (409, "platform.module_needed")
    assert answer.json()["facts"] == {"module": "receivables", "needed_by": ["credit"]}
    assert not Setting.objects.exists()


def test_a_module_stays_off_until_what_it_needs_is_on(admin):
    switch(admin, "credit", is_on=False)
    switch(admin, "receivables", is_on=False)

    answer = switch(admin, "credit", is_on=True)

    assert answer.json()["facts"] == {"module": "credit", "needs": ["receivables"]}
    assert Setting.objects.get(key="modules.off").value == ["credit", "receivables"]


def test_a_switch_says_who_and_why_and_the_same_again_says_nothing(admin):
    switch(admin, "insights", is_on=False, reason="先不用")
    switch(admin, "insights", is_on=False, reason="again")

    record = AuditRecord.objects.get(subject_type="module")
    assert (record.action, record.subject_type, record.subject_id) == (
        "module.switched_off",
        "module",
        "insights",
    )
    assert (record.reason, record.before, record.after) == ("先不用", {"value": []}, {"value": ["insights"]})


def test_only_headquarters_administrators_switch(channel, admin):
    assert switch(admin, "orders", is_on=False).json()["code"] == "platform.module_unknown"
    finance = Api(an_actor(channel.brand, Role.FINANCE))
    assert len(finance.get("/modules").json()) == len(modules.SWITCHABLE)
    assert switch(finance, "insights", is_on=False).status_code == 403
    assert Api(channel.owner).get("/modules").status_code == 403
    assert not Setting.objects.exists()


def test_the_work_of_a_module_that_is_off_rests(admin):
    assert worker.rests("insights") is False
    switch(admin, "insights", is_on=False)

    assert worker.rests("insights") is True
    assert worker.rests("") is False
    assert {item.module for item in worker.schedule() if item.name == "warehouse"} == {"insights"}
