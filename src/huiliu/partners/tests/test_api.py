"""Partners over HTTP: who may, what leaves the house, what the other partner never sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.partners.models import Address, Contact, Contract, Partner
from huiliu.testing.actors import a_brand, an_actor
from huiliu.testing.api import Api
from huiliu.testing.partners import USCCS, a_partner

pytestmark = pytest.mark.django_db


class Network:
    """Two dealers of a brand, one with a store; each with a contact and a contract."""

    def __init__(self) -> None:
        self.brand = a_brand(name="沐禾")
        self.dealer = a_partner(parent=self.brand, name="瑞丰商贸", phone="13812345678", uscc=USCCS[0])
        self.other = a_partner(parent=self.brand, name="恒泰食品", phone="13912345678")
        self.store = a_partner(parent=self.dealer.organization, kind="STORE", name="鑫源便利店")
        for partner in (self.dealer, self.other):
            Contact.objects.create(
                partner=partner,
                owner_path=partner.owner_path,
                name="张伟",
                phone="13712345678",
                email="zw@x.cn",
            )
            Address.objects.create(
                partner=partner,
                owner_path=partner.owner_path,
                region_code="320505",
                province="江苏省",
                city="苏州市",
                street="人民路",
                contact_phone="13612345678",
            )
            Contract.objects.create(
                id=uuid7(),
                number=f"HT-{partner.code}",
                partner=partner,
                owner_path=partner.owner_path,
                seller=self.brand,
                valid_from="2026-01-01",
                created_at=datetime.now(UTC),
            )

    def staff(self, role: Role = Role.CHANNEL_MANAGER) -> Api:
        return Api(an_actor(self.brand, role))

    def owner(self, role: Role = Role.OWNER) -> Api:
        return Api(an_actor(self.dealer.organization, role))


@pytest.fixture
def network():
    return Network()


def body(**fields):
    return {"code": "D777", "kind": "DISTRIBUTOR", "name": "金陵酒业", "parent_id": 1} | fields


ROUTES = [
    # method, path, body, statuses of (anonymous, analyst, other dealer's owner, channel manager)
    ("get", "/partners", None, (401, 200, 200, 200)),
    ("get", "/partners/totals", None, (401, 200, 200, 200)),
    ("get", "/partners/duplicates?name=x", None, (401, 403, 403, 200)),
    ("get", "/partners/{dealer}", None, (401, 200, 404, 200)),
    ("get", "/partners/{dealer}/history", None, (401, 200, 404, 200)),
    ("get", "/partners/{dealer}/trade?seller_id={brand}&on=2026-06-15", None, (401, 200, 404, 200)),
    ("get", "/partners/{dealer}/addresses", None, (401, 403, 404, 200)),
    ("post", "/partners", body(), (401, 403, 403, 201)),
    ("put", "/partners/{dealer}", {"name": "x", "version": 1}, (401, 403, 403, 200)),
    (
        "post",
        "/partners/{dealer}/status",
        {"status": "FROZEN", "reason": "x", "version": 1},
        (401, 403, 403, 200),
    ),
    ("post", "/partners/{dealer}/contacts", {"name": "李娜"}, (401, 403, 404, 201)),
    ("put", "/partners/{dealer}/contacts/{contact}", {"name": "李娜"}, (401, 403, 404, 200)),
    ("delete", "/partners/{dealer}/contacts/{contact}", None, (401, 403, 404, 200)),
    (
        "post",
        "/partners/{dealer}/addresses",
        {"region_code": "320505", "street": "x"},
        (401, 403, 404, 201),
    ),
    (
        "put",
        "/partners/{dealer}/addresses/{address}",
        {"region_code": "320505", "street": "x"},
        (401, 403, 404, 200),
    ),
    ("delete", "/partners/{dealer}/addresses/{address}", None, (401, 403, 404, 200)),
    (
        "post",
        "/partners/{dealer}/contracts",
        {
            "id": "{id}",
            "number": "N",
            "seller_id": "{brand}",
            "valid_from": "2020-01-01",
            "valid_to": "2021-01-01",
        },
        (401, 403, 403, 201),
    ),
    (
        "post",
        "/partners/{dealer}/contracts/{contract}/end",
        {"ends_on": "2026-07-01", "reason": "x"},
        (401, 403, 403, 200),
    ),
    ("get", "/regions", None, (401, 200, 200, 200)),
]


def send(api, method, path, content):
    if content is None:
        return getattr(api, method)(path)
    return getattr(api, method)(path, content)


@pytest.mark.parametrize(("method", "path", "content", "statuses"), ROUTES, ids=lambda value: str(value)[:60])
def test_each_route_answers_who_may_and_nobody_else(network, method, path, content, statuses):
    facts = {
        "dealer": network.dealer.pk,
        "brand": network.brand.pk,
        "contact": network.dealer.contacts.get().pk,
        "address": network.dealer.addresses.get().pk,
        "contract": network.dealer.contracts.get().pk,
        "id": uuid7(),
    }
    path = path.format(**facts)
    if content is not None:
        content = {
            key: value.format(**facts) if isinstance(value, str) else value for key, value in content.items()
        }
        if "parent_id" in content:
            content["parent_id"] = network.brand.pk
        if "seller_id" in content:
            content["seller_id"] = network.brand.pk
    before = list(Partner.objects.order_by("pk").values())
    callers = (
        Api(),
        network.staff(Role.ANALYST),
        Api(an_actor(network.other.organization, Role.OWNER)),
    )

    for caller, status in zip(callers, statuses, strict=False):
        assert send(caller, method, path, content).status_code == status
    assert list(Partner.objects.order_by("pk").values()) == before
    assert Contact.objects.count() == 2
    assert send(network.staff(), method, path, content).status_code == statuses[3]


def names(response):
    return [item["name"] for item in response.json()["items"]]


def test_an_owner_sees_itself_and_below_and_nobody_beside(network):
    assert names(network.staff().get("/partners")) == ["恒泰食品", "瑞丰商贸", "鑫源便利店"]
    assert names(network.owner().get("/partners")) == ["瑞丰商贸", "鑫源便利店"]
    assert network.owner().get("/partners/totals").json()["total"] == 2
    assert names(network.owner().get("/partners", text="恒泰")) == []
    assert names(network.owner().get("/partners", under_id=network.brand.pk)) == ["瑞丰商贸", "鑫源便利店"]
    assert names(network.owner().get("/partners", parent_id=network.dealer.pk)) == ["鑫源便利店"]


def test_a_store_sees_itself_only(network):
    store = Api(an_actor(network.store.organization, Role.OWNER))

    assert names(store.get("/partners")) == ["鑫源便利店"]
    assert store.get("/partners").json()["items"][0]["parent_name"] == ""
    assert store.get(f"/partners/{network.dealer.pk}").status_code == 404


@pytest.mark.parametrize(
    ("role", "phone"),
    [
        (Role.CHANNEL_MANAGER, "13812345678"),
        (Role.WAREHOUSE, "13812345678"),
        (Role.FINANCE, "138****5678"),
        (Role.ANALYST, "138****5678"),
    ],
)
def test_phones_are_masked_for_roles_that_need_not_call(network, role, phone):
    api = network.staff(role)

    page = api.get(f"/partners/{network.dealer.pk}").json()
    listed = next(item for item in api.get("/partners").json()["items"] if item["id"] == network.dealer.pk)

    assert page["phone"] == listed["phone"] == phone
    masked = "*" in phone
    assert page["contacts"][0]["phone"] == ("137****5678" if masked else "13712345678")
    assert page["contacts"][0]["email"] == ("z***@x.cn" if masked else "zw@x.cn")
    assert page["addresses"][0]["contact_phone"] == ("136****5678" if masked else "13612345678")


def test_a_partner_keeps_its_own_contacts_and_addresses(network):
    owner = network.owner()

    made = owner.post(f"/partners/{network.dealer.pk}/contacts", {"name": "李娜", "phone": "13512345678"})

    assert made.status_code == 201
    assert {one["name"] for one in owner.get(f"/partners/{network.dealer.pk}").json()["contacts"]} == {
        "张伟",
        "李娜",
    }


def test_a_buyer_reads_the_addresses_of_its_own_house_only(network):
    buyer = network.owner(Role.BUYER)

    assert len(buyer.get(f"/partners/{network.dealer.pk}/addresses").json()) == 1
    assert buyer.get(f"/partners/{network.store.pk}/addresses").status_code == 404


def test_a_contact_of_another_partner_cannot_be_reached_through_ones_own(network):
    foreign = network.other.contacts.get().pk

    answer = network.owner().put(f"/partners/{network.dealer.pk}/contacts/{foreign}", {"name": "x"})

    assert answer.status_code == 404
    assert network.other.contacts.get().name == "张伟"


def test_the_refusal_of_a_wrong_code_says_the_right_character(network):
    answer = network.staff().post("/partners", body(parent_id=network.brand.pk, uscc="91110000710926094T"))

    assert answer.status_code == 422
    assert answer.json()["fields"] == [
        {
            "field": "uscc",
            "reason": "The last character should be P, not T, if the other 17 are right.",
            "code": "partners.uscc_invalid",
        }
    ]


def test_a_duplicate_is_named_with_its_reason_then_accepted(network):
    wish = body(parent_id=network.brand.pk, uscc=USCCS[0])

    refused = network.staff().post("/partners", wish)
    made = network.staff().post("/partners", wish | {"accept_duplicates": True})

    assert (refused.status_code, refused.json()["code"]) == (409, "partners.may_exist")
    assert refused.json()["facts"]["partners"][0]["because"] == ["uscc"]
    assert made.status_code == 201


def test_the_same_post_twice_makes_one_partner(network):
    staff = network.staff()
    wish = body(parent_id=network.brand.pk)

    first, second = (staff.post("/partners", wish, key="one") for _ in range(2))

    assert first.json() == second.json()
    assert Partner.objects.filter(code="D777").count() == 1


def test_pages_follow_each_other_without_loss_or_repetition(network):
    staff = network.staff()
    seen, cursor = [], None
    while True:
        page = staff.get("/partners", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == ["恒泰食品", "瑞丰商贸", "鑫源便利店"]
    assert staff.get("/partners", cursor="forged").status_code == 422


def test_a_stale_change_is_a_failed_precondition(network):
    answer = network.staff().put(f"/partners/{network.dealer.pk}", {"name": "x", "version": 9})

    assert (answer.status_code, answer.json()["facts"]) == (412, {"yours": 9, "current": 1})


def test_history_tells_what_happened_to_whom_it_concerns(network):
    network.staff().post(
        f"/partners/{network.dealer.pk}/status", {"status": "FROZEN", "reason": "欠款", "version": 1}
    )

    history = network.owner().get(f"/partners/{network.dealer.pk}/history").json()

    assert [(row["type"], row["payload"]["reason"]) for row in history] == [
        ("partner.status_changed", "欠款")
    ]


def test_regions_are_browsed_from_province_to_district(network):
    api = network.owner()

    assert len(api.get("/regions").json()) == 34
    cities = api.get("/regions", parent_code="320000").json()
    assert {"code": "320500", "name": "苏州市", "parent_code": "320000", "level": 2} in cities
    assert "虎丘区" in {row["name"] for row in api.get("/regions", parent_code="320500").json()}


@pytest.mark.parametrize(
    "query",
    [{"text": "\x00"}, {"region_code": "abc"}, {"kind": "ALIEN"}, {"limit": 0}, {"parent_id": "1e99"}],
)
def test_odd_filters_are_refused(network, query):
    assert network.staff().get("/partners", **query).status_code == 422


def test_an_id_beyond_the_database_is_refused_not_a_fault(network):
    assert network.staff().get(f"/partners/{2**70}").status_code == 422
