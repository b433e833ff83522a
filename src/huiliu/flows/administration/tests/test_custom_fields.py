"""Custom fields over HTTP: defined by headquarters, in effect at once in partners, products and orders."""

from __future__ import annotations

import pytest

from huiliu.access.types import Role
from huiliu.partners.models import Partner
from huiliu.platform import custom_fields
from huiliu.platform.errors import CustomFieldInvalid
from huiliu.platform.models import AuditRecord, CustomField
from huiliu.testing.actors import a_brand, acting, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.catalog import a_category
from huiliu.testing.partners import a_partner

pytestmark = pytest.mark.django_db
TRUCKS = {"entity": "partner", "code": "trucks", "label": "车辆数", "kind": "NUMBER"}
SEGMENT = {
    "entity": "partner",
    "code": "segment",
    "label": "客群",
    "kind": "CHOICE",
    "choices": [{"code": "KA", "label": "大客户"}, {"code": "TT", "label": "传统渠道"}],
}


class House:
    def __init__(self) -> None:
        self.brand = a_brand()
        self.partner = a_partner(parent=self.brand, name="瑞丰")
        self.api = Api(an_actor(self.brand))
        self.path = f"/partners/{self.partner.pk}"

    def define(self, field):
        answer = self.api.post("/custom-fields", field)
        assert answer.status_code == 201, answer.json()
        return answer.json()

    def change(self, field, **changes):
        body = {
            name: field[name] for name in ("label", "required", "choices", "position", "is_active", "version")
        }
        return self.api.put(f"/custom-fields/{field['id']}", body | changes)

    def write(self, version, **custom):
        return self.api.put(self.path, {"name": "瑞丰", "version": version, "custom": custom})


@pytest.fixture
def house():
    return House()


def test_a_new_field_counts_at_the_next_request(house):
    refused = house.write(1, trucks="3")
    assert (refused.status_code, refused.json()["code"]) == (422, "platform.custom_field_invalid")
    assert refused.json()["fields"][0]["field"] == "custom.trucks"

    field = house.define(TRUCKS)
    answer = house.write(1, trucks="3.0")

    assert answer.json()["custom"] == {"trucks": "3"}
    assert (field["version"], field["is_active"]) == (1, True)
    record = AuditRecord.objects.get(action="custom_field.created")
    assert record.subject_id == "partner.trucks"
    assert record.before is None
    assert record.after == {
        "label": "车辆数",
        "kind": "NUMBER",
        "required": False,
        "choices": [],
        "position": 0,
        "is_active": True,
        "help": "",
        "in_list": False,
        "limits": {},
    }


def test_a_required_field_is_wanted_in_create_and_update(house):
    house.define(SEGMENT | {"required": True})

    assert house.write(1).json()["fields"][0]["field"] == "custom.segment"
    created = house.api.post(
        "/partners", {"code": "NEW1", "kind": "DISTRIBUTOR", "parent_id": house.brand.pk, "name": "新"}
    )
    assert created.json()["fields"][0]["field"] == "custom.segment"
    assert not Partner.objects.filter(code="NEW1").exists()
    assert house.write(1, segment="KA").status_code == 200


def test_a_field_switched_off_takes_no_new_value_and_keeps_the_old(house):
    field = house.define(SEGMENT)
    house.write(1, segment="KA")

    off = house.change(field, is_active=False)

    assert (off.status_code, off.json()["version"]) == (200, 2)
    assert house.write(2, segment="TT").status_code == 422
    assert house.write(2, segment="KA").json()["custom"] == {"segment": "KA"}


def test_a_choice_taken_away_stays_where_it_stands(house):
    field = house.define(SEGMENT)
    house.write(1, segment="KA")
    house.change(field, choices=SEGMENT["choices"][1:])

    same = house.api.put(house.path, {"name": "改名", "version": 2, "custom": {"segment": "KA"}})

    assert same.status_code == 200
    assert house.write(3, segment="TT").status_code == 200
    assert house.write(4, segment="KA").status_code == 422


def test_partners_are_listed_by_a_custom_field(house):
    house.define(SEGMENT)
    house.define(TRUCKS)
    house.define({"entity": "partner", "code": "cold", "label": "冷链", "kind": "BOOLEAN"})
    other = a_partner(parent=house.brand, name="恒泰")
    house.write(1, segment="KA", trucks="12", cold=True)
    Partner.objects.filter(pk=other.pk).update(custom={"segment": "TT", "trucks": "2", "cold": False})

    def found(custom):
        return [one["name"] for one in house.api.get("/partners", custom=custom).json()["items"]]

    assert found("segment:KA") == ["瑞丰"]
    assert found("segment:TT") == ["恒泰"]
    assert found("trucks:12.0") == ["瑞丰"]
    assert found("cold:false") == ["恒泰"]
    assert house.api.get("/partners/totals", custom="segment:KA").json()["total"] == 1
    for wrong in ("segment:XX", "nothing:1", "segment"):
        assert house.api.get("/partners", custom=wrong).status_code == 422


def test_a_product_has_custom_fields_too(house):
    house.define({"entity": "product", "code": "origin", "label": "产地", "kind": "TEXT"})
    body = {"code": "P1", "name": "矿泉水", "category_id": a_category("饮料").pk}

    answer = house.api.post("/catalog/products", body | {"custom": {"origin": "千岛湖"}})
    refused = house.api.post("/catalog/products", body | {"code": "P2", "custom": {"other": "x"}})

    assert (answer.status_code, answer.json()["custom"]) == (201, {"origin": "千岛湖"})
    assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, "custom.other")


def test_an_order_asks_for_its_required_field(house):
    house.define({"entity": "order", "code": "store_no", "label": "门店号", "kind": "TEXT", "required": True})

    with acting(an_actor(house.partner.organization)):
        assert custom_fields.validate("order", {"store_no": "17"}) == {"store_no": "17"}
        with pytest.raises(CustomFieldInvalid) as refusal:
            custom_fields.validate("order", {})
    assert refusal.value.field == "custom.store_no"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"entity": "sku"}, 422, "platform.custom_field_definition_invalid"),
        ({"code": "Bad Code"}, 422, "platform.custom_field_definition_invalid"),
        ({"kind": "CHOICE"}, 422, "platform.custom_field_definition_invalid"),
        ({"kind": "FORMULA"}, 422, "platform.invalid_input"),
        ({}, 409, "platform.custom_field_taken"),
    ],
)
def test_a_definition_that_does_not_fit_leaves_nothing(house, change, status, code):
    house.define(TRUCKS)

    answer = house.api.post("/custom-fields", TRUCKS | change)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert CustomField.objects.count() == 1


def test_an_entity_has_at_most_fifty_fields(house):
    CustomField.objects.bulk_create(
        CustomField(entity="partner", code=f"f{number}", label="x", kind="TEXT") for number in range(50)
    )

    answer = house.api.post("/custom-fields", TRUCKS)

    assert answer.json()["code"] == "platform.custom_field_definition_invalid"
    assert CustomField.objects.count() == 50


def test_everyone_reads_the_definitions_headquarters_writes_them(house):
    field = house.define(TRUCKS)
    branch = an_organization(kind="BRANCH", parent=house.brand)
    dealer = Api(an_actor(house.partner.organization))

    assert [one["code"] for one in dealer.get("/custom-fields", entity="partner").json()] == ["trucks"]
    assert dealer.get(f"/custom-fields/{field['id']}").json()["label"] == "车辆数"
    assert dealer.post("/custom-fields", SEGMENT).status_code == 403
    assert Api(an_actor(house.brand, Role.FINANCE)).post("/custom-fields", SEGMENT).status_code == 403
    refused = Api(an_actor(branch)).post("/custom-fields", SEGMENT)
    assert (refused.status_code, refused.json()["code"]) == (403, "platform.headquarters_only")
    assert house.change(field, version=7).status_code == 412
    assert house.api.get("/custom-fields/99999").status_code == 404
    assert {one["entity"] for one in dealer.get("/custom-fields/entities").json()} == {
        "partner",
        "product",
        "order",
    }
    assert CustomField.objects.count() == 1


def test_a_field_keeps_its_limits_and_its_place_in_lists(house):
    field = house.define(TRUCKS | {"limits": {"low": "1", "high": "50", "decimals": 0}, "in_list": True})

    assert field["limits"] == {"low": "1", "high": "50", "decimals": 0, "length_max": None}
    assert field["in_list"]
    refused = house.write(1, trucks="51")
    assert refused.json()["fields"][0]["field"] == "custom.trucks"
    assert house.write(1, trucks="50").json()["custom"] == {"trucks": "50"}
    assert house.api.get(f"/custom-fields/{field['id']}").json() == field
