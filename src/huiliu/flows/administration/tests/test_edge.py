"""The edge of every operation: versions that match, bodies that are none, addresses with a slip of the pen."""

from __future__ import annotations

import json

import pytest

from huiliu.access.edge import all_operations
from huiliu.partners.models import Partner
from huiliu.platform.http import bodies
from huiliu.platform.models import IdempotencyKey, Setting
from huiliu.testing.actors import a_brand, an_actor
from huiliu.testing.api import Api
from huiliu.testing.partners import a_partner

pytestmark = pytest.mark.django_db


class House:
    def __init__(self) -> None:
        self.brand = a_brand()
        self.partner = a_partner(parent=self.brand, name="瑞丰")
        self.api = Api(an_actor(self.brand))

    @property
    def path(self) -> str:
        return f"/partners/{self.partner.pk}"

    def raw(self, method, path, content=b"", content_type="application/json", **headers):
        return self.api.raw(method, path, content, content_type, headers=headers)

    def put(self, path, body, **headers):
        return self.raw("PUT", path, json.dumps(body).encode(), **headers)


@pytest.fixture
def house():
    return House()


def test_one_thing_answers_its_etag_and_304_while_it_stays(house):
    first = house.api.get(house.path)
    tag = first["ETag"]
    assert tag.startswith('"v1.')

    again = house.raw("GET", house.path, **{"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)

    Partner.objects.filter(pk=house.partner.pk).update(short_name="瑞")
    changed = house.raw("GET", house.path, **{"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_an_edit_takes_the_etag_instead_of_the_version(house):
    tag = house.api.get(house.path)["ETag"]

    answer = house.put(house.path, {"name": "瑞丰商贸"}, **{"If-Match": tag})

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert answer["ETag"].startswith('"v2.')


def test_an_edit_of_what_was_changed_since_is_412_with_the_current_version(house):
    tag = house.api.get(house.path)["ETag"]
    house.put(house.path, {"name": "瑞丰商贸", "version": 1})

    late = house.put(house.path, {"name": "别的"}, **{"If-Match": tag})

    assert (late.status_code, late.json()["code"]) == (412, "platform.stale")
    assert late.json()["facts"]["current"] == 2
    assert house.api.get(house.path).json()["name"] == "瑞丰商贸"


def test_an_edit_that_names_no_version_is_428(house):
    for headers in ({}, {"If-Match": "*"}):
        answer = house.put(house.path, {"name": "别的"}, **headers)
        assert (answer.status_code, answer.json()["code"]) == (428, "platform.version_missing")
    assert house.api.get(house.path).json()["name"] == "瑞丰"


@pytest.mark.parametrize("tag", ["v1", '"1"', '"v1", "v2"', '"v99999999999"', "x"])
def test_an_if_match_that_is_no_etag_of_ours_is_refused(house, tag):
    answer = house.put(house.path, {"name": "别的"}, **{"If-Match": tag})

    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "If-Match"


def test_two_versions_in_one_request_are_refused(house):
    answer = house.put(house.path, {"name": "别的", "version": 2}, **{"If-Match": '"v1"'})

    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "If-Match")


def test_a_setting_is_changed_by_its_etag(house):
    tag = house.api.get("/settings/policies.four_eyes")["ETag"]

    answer = house.put("/settings/policies.four_eyes", {"value": False, "reason": "x"}, **{"If-Match": tag})
    late = house.put("/settings/policies.four_eyes", {"value": True, "reason": "x"}, **{"If-Match": tag})

    assert (answer.status_code, late.status_code) == (200, 412)
    assert late.json()["facts"]["current"] == 1


def test_every_edit_with_a_version_declares_412_and_428_and_its_reader_304():
    from huiliu.entrypoints.api import document
    from huiliu.entrypoints.urls import API

    paths = document(API)["paths"]
    edits = {
        path: operation["put"]
        for path, operation in paths.items()
        if any(one.get("name") == "If-Match" for one in operation.get("put", {}).get("parameters", ()))
    }
    assert len(all_operations().path_operations) > 60
    assert {
        "/api/v1/partners/{partner_id}",
        "/api/v1/catalog/products/{product_id}",
        "/api/v1/catalog/skus/{sku_id}",
        "/api/v1/price-lists/{version_id}",
        "/api/v1/settings/{key}",
        "/api/v1/organizations/{organization_id}",
        "/api/v1/users/{user_id}",
    } <= set(edits)
    for path, operation in edits.items():
        assert {412, 428} <= {int(status) for status in operation["responses"]}, path
    for path in (
        "/api/v1/partners/{partner_id}",
        "/api/v1/price-lists/{version_id}",
        "/api/v1/settings/{key}",
    ):
        assert 304 in {int(status) for status in paths[path]["get"]["responses"]}, path


@pytest.mark.parametrize(
    ("content_type", "data", "status", "code"),
    [
        ("text/plain", b"{}", 415, "platform.content_type_wrong"),
        ("application/x-www-form-urlencoded", b"a=1", 415, "platform.content_type_wrong"),
        ("application/json; charset=gbk", b"{}", 415, "platform.content_type_wrong"),
        ("application/json", '{"value": "汇"}'.encode("gbk"), 422, "platform.body_unreadable"),
        ("application/json", b"{", 422, "platform.body_unreadable"),
        ("application/json", b"[" * 100_000, 422, "platform.body_unreadable"),
        ("application/json", b'{"value": "\\u0000", "reason": "x"}', 422, "platform.invalid_input"),
        ("application/json", b'{"value": 1, "reason": "\\ud800"}', 422, "platform.invalid_input"),
        ("application/json", b'{"value": 1, "reason": "a\\u202eb"}', 422, "platform.invalid_input"),
        ("application/json", b"7", 422, "platform.invalid_input"),
        ("application/json", b"null", 422, "platform.invalid_input"),
    ],
)
def test_a_bad_body_is_refused_with_field_reason_and_remedy(house, content_type, data, status, code):
    answer = house.raw("PUT", "/settings/policies.four_eyes", data, content_type)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["remedy"]
    assert problem["fields"][0]["field"]
    assert problem["fields"][0]["reason"]
    assert problem["reference"] == answer["X-Request-Id"]
    assert not Setting.objects.exists()


def test_more_than_five_megabytes_are_refused_before_a_byte_is_read(house):
    class Unreadable:
        def read(self, *_args):
            raise AssertionError("the body was read")

        readline = read

    answer = house.api.raw(
        "POST",
        "/partners",
        b"{}",
        CONTENT_LENGTH=str(bodies.JSON_BYTES_MAX + 1),
        **{"wsgi.input": Unreadable()},
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "platform.too_large")
    assert answer.json()["facts"] == {"bytes": bodies.JSON_BYTES_MAX + 1, "limit": bodies.JSON_BYTES_MAX}
    assert not IdempotencyKey.objects.exists()


def test_a_parameter_that_does_not_exist_is_refused_by_name(house):
    answer = house.api.get("/partners", teir="A")

    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "teir"
    assert "tier" in answer.json()["fields"][0]["reason"]
    assert house.api.get("/partners", tier="A").status_code == 200


@pytest.mark.parametrize("query", ["text=%00", "text=%E2%80%AE", "text=%FF", "text=" + "x" * 5000])
def test_a_hostile_address_is_refused(house, query):
    answer = house.raw("GET", f"/partners?{query}")

    assert (answer.status_code, answer.json()["code"]) == (422, "platform.invalid_input")


def test_a_stranger_learns_nothing_of_the_body(house):
    answer = Api().put("/settings/policies.four_eyes", {"nonsense": 1})

    assert answer.status_code == 401
