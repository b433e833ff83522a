"""The first brand of an empty installation."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest

from huiliu.access.errors import BrandExists, PasswordWeak
from huiliu.access.models import Organization, Placement, User
from huiliu.access.services import BrandDraft
from huiliu.access.types import Role
from huiliu.flows.found_brand import found_brand
from huiliu.inventory.models import Warehouse
from huiliu.kernel.refusals import DomainError
from huiliu.platform.database import system_reach
from huiliu.platform.errors import InvalidInput
from huiliu.platform.models import AuditRecord
from huiliu.testing.actors import NOW
from huiliu.testing.api import Api
from huiliu.testing.databases import on_threads

database = pytest.mark.django_db


def signed_in(password: str) -> dict[str, Any]:
    """What the session says of whoever signs in with it."""
    answer = Api().post("/session", {"username": "wang", "password": password, "device": True})
    assert answer.status_code == 201
    told: dict[str, Any] = answer.json()
    return told


@database
def test_an_empty_database_becomes_a_brand_with_one_administrator_and_a_warehouse() -> None:
    founded, place = found_brand(
        draft=BrandDraft(name=" 沐禾食品 ", username="wang", person="王敏"), warehouse="总仓", now=NOW
    )

    with system_reach("tests"):
        brand = Organization.objects.get()
        user = User.objects.get()
        assert (brand.name, brand.code, brand.kind, brand.timezone) == (
            "沐禾食品",
            "HQ",
            "BRAND",
            "Asia/Shanghai",
        )
        assert Placement.objects.get().path == brand.path
        assert (user.username, user.name, user.roles) == ("wang", "王敏", [Role.ADMINISTRATOR.value])
        assert user.must_change_password
        assert [(one.name, one.organization_id) for one in Warehouse.objects.all()] == [("总仓", brand.pk)]
        assert {one.action for one in AuditRecord.objects.all()} == {"user.created", "warehouse.created"}
    assert (place.name, founded.brand.id, len(founded.password)) == ("总仓", brand.pk, 16)

    session = signed_in(founded.password)
    assert (session["roles"], session["must_change_password"]) == (["ADMINISTRATOR"], True)
    assert session["scopes"] == ["session:use"]  # until there is an own password


@database
def test_a_password_that_was_typed_needs_no_second_one() -> None:
    founded, _ = found_brand(
        draft=BrandDraft(name="沐禾", username="wang", password="teapot-57-lantern"), now=NOW
    )

    assert founded.password == ""
    session = signed_in("teapot-57-lantern")
    assert (session["must_change_password"], "users:write" in session["scopes"]) == (False, True)
    with system_reach("tests"):
        assert Warehouse.objects.get().name == "沐禾"


@database
def test_where_a_brand_stands_no_second_one_begins() -> None:
    found_brand(draft=BrandDraft(name="沐禾"), now=NOW)

    with pytest.raises(BrandExists):
        found_brand(draft=BrandDraft(name="另一家", code="B2", username="other"), now=NOW)

    with system_reach("tests"):
        assert (Organization.objects.count(), User.objects.count(), Warehouse.objects.count()) == (1, 1, 1)


@database
@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        (BrandDraft(name="  "), InvalidInput),
        (BrandDraft(name="沐禾", username=""), InvalidInput),
        (BrandDraft(name="沐禾", password="12345678"), PasswordWeak),
        (BrandDraft(name="沐禾", timezone="Mars/Olympus"), DomainError),
    ],
)
def test_a_refused_beginning_leaves_nothing(draft: BrandDraft, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        found_brand(draft=draft, now=NOW)

    with system_reach("tests"):
        assert (Organization.objects.count(), User.objects.count(), Warehouse.objects.count()) == (0, 0, 0)


def test_of_two_beginnings_at_once_one_is_refused(committed_db: str) -> None:
    del committed_db
    answers: list[str] = []
    start = threading.Barrier(2)

    def begin(number: int) -> None:
        start.wait()
        try:
            found_brand(draft=BrandDraft(name=f"品牌{number}", code=f"B{number}"), now=NOW)
            answers.append("made")
        except BrandExists:
            answers.append("refused")

    with on_threads(partial(begin, 1), partial(begin, 2)):
        pass

    assert sorted(answers) == ["made", "refused"]
