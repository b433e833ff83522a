"""Licences, invoice details, gaps and bulk changes: who may, what is refused, what stays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.partners.models import Contact, Contract, InvoiceDetails, Licence, Partner
from huiliu.testing.actors import a_brand, an_actor
from huiliu.testing.api import Api
from huiliu.testing.partners import USCCS, a_partner

pytestmark = pytest.mark.django_db


class Network:
    def __init__(self) -> None:
        self.brand = a_brand(name="沐禾")
        self.dealer = a_partner(
            parent=self.brand, name="瑞丰商贸", uscc=USCCS[0], region_code="320505", tags=["冷链"]
        )
        self.other = a_partner(parent=self.brand, name="恒泰食品", uscc="91320505MA1M12345X", tier="B")
        self.third = a_partner(parent=self.brand, name="金陵酒业", uscc="320500000012345")

    def staff(self, role: Role = Role.CHANNEL_MANAGER) -> Api:
        return Api(an_actor(self.brand, role))

    def owner(self, partner: Partner | None = None, role: Role = Role.OWNER) -> Api:
        return Api(an_actor((partner or self.dealer).organization, role))


@pytest.fixture
def network():
    return Network()


LICENCE = {"kind": "FOOD", "number": "JY13205050012345", "valid_until": "2026-12-31"}
INVOICE = {
    "title": "瑞丰商贸",
    "tax_number": USCCS[0],
    "bank": "工商银行苏州分行",
    "bank_account": "1102 0209 0901 2345 678",
    "phone": "0512-65220000",
    "version": 0,
}


def test_a_licence_is_kept_by_staff_and_by_the_partner_itself(network):
    path = f"/partners/{network.dealer.pk}/licences"
    mine = network.owner().post(path, LICENCE)
    network.staff().post(path, LICENCE | {"kind": "BUSINESS", "valid_until": None})

    rows = network.owner().get(path).json()

    assert mine.status_code == 201
    assert [(row["kind"], row["valid_until"]) for row in rows] == [("FOOD", "2026-12-31"), ("BUSINESS", None)]
    changed = network.owner().put(f"{path}/{rows[0]['id']}", LICENCE | {"valid_until": "2028-12-31"})
    assert changed.json()["valid_until"] == "2028-12-31"
    assert network.owner().delete(f"{path}/{rows[0]['id']}").json() == {"removed": True}
    assert network.owner().delete(f"{path}/{rows[0]['id']}").status_code == 404
    assert Licence.objects.count() == 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "/partners/{id}/licences", None),
        ("post", "/partners/{id}/licences", LICENCE),
        ("get", "/partners/{id}/invoice-profile", None),
        ("put", "/partners/{id}/invoice-profile", INVOICE),
    ],
)
def test_papers_of_another_partner_are_not_there(network, method, path, body):
    arguments = [path.format(id=network.dealer.pk), *([body] if body else [])]

    assert getattr(network.owner(network.other), method)(*arguments).status_code == 404
    assert getattr(Api(), method)(*arguments).status_code == 401
    if body:
        assert getattr(network.staff(Role.ANALYST), method)(*arguments).status_code == 403
    assert (Licence.objects.count(), InvoiceDetails.objects.count()) == (0, 0)


def test_a_licence_names_only_a_file_that_is_there(network):
    answer = network.owner().post(
        f"/partners/{network.dealer.pk}/licences", LICENCE | {"file_id": str(uuid7())}
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "platform.file_unknown")
    assert Licence.objects.count() == 0


def test_invoice_details_begin_with_what_the_master_knows_and_are_kept_by_version(network):
    path = f"/partners/{network.dealer.pk}/invoice-profile"
    begin = network.owner().get(path).json()
    kept = network.owner().put(path, INVOICE).json()

    assert (begin["title"], begin["tax_number"], begin["version"]) == ("瑞丰商贸", USCCS[0], 0)
    assert (kept["bank_account"], kept["version"]) == ("1102020909012345678", 1)
    assert network.owner().put(path, INVOICE).status_code == 412
    again = network.owner().put(path, INVOICE | {"version": 1})
    assert again.json()["version"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"tax_number": "123"}, "tax_number"),
        ({"email": "a b"}, "email"),
        ({"bank_account": ""}, "bank_account"),
    ],
)
def test_wrong_invoice_details_are_refused_by_field_and_nothing_is_kept(network, change, field):
    answer = network.owner().put(f"/partners/{network.dealer.pk}/invoice-profile", INVOICE | change)

    assert answer.status_code == 422
    assert field in answer.content.decode()
    assert InvoiceDetails.objects.count() == 0


def names(answer):
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["items"]]


def a_contract(partner, brand, valid_to):
    return Contract.objects.create(
        id=uuid7(),
        number=f"HT-{valid_to}",
        partner=partner,
        owner_path=partner.owner_path,
        seller=brand,
        valid_from=date(2025, 1, 1),
        valid_to=valid_to,
        created_at=datetime.now(UTC),
    )


def test_gaps_in_the_master_are_found(network):
    Contact.objects.create(partner=network.dealer, owner_path=network.dealer.owner_path, name="张伟")
    a_contract(network.other, network.brand, None)
    found = lambda gap: names(network.staff().get("/partners", gap=gap))  # noqa: E731

    assert found("USCC_MISSING") == []
    assert found("USCC_INVALID") == ["恒泰食品"]
    assert found("USCC_LEGACY") == ["金陵酒业"]
    assert found("REGION_MISSING") == ["恒泰食品", "金陵酒业"]
    assert found("CONTACT_MISSING") == ["恒泰食品", "金陵酒业"]
    assert found("CONTRACT_MISSING") == ["金陵酒业", "瑞丰商贸"]


def test_the_database_judges_every_known_code_as_the_rule_does(network):
    for code in USCCS:
        Partner.objects.filter(pk=network.other.pk).update(uscc=code)
        assert names(network.staff().get("/partners", gap="USCC_INVALID")) == []
        wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
        Partner.objects.filter(pk=network.other.pk).update(uscc=wrong)
        assert names(network.staff().get("/partners", gap="USCC_INVALID")) == ["恒泰食品"]


def test_contracts_and_licences_that_end_are_found_by_their_day(network):
    a_contract(network.dealer, network.brand, date(2026, 3, 1))
    a_contract(network.other, network.brand, date(2026, 3, 1))
    a_contract(network.other, network.brand, date(2027, 3, 1))
    network.owner().post(f"/partners/{network.dealer.pk}/licences", LICENCE)

    assert names(network.staff().get("/partners", contract_ends_before="2026-03-02")) == ["瑞丰商贸"]
    assert names(network.staff().get("/partners", contract_ends_before="2026-03-01")) == []
    assert names(network.staff().get("/partners", licence_ends_before="2027-01-01")) == ["瑞丰商贸"]
    assert names(network.staff().get("/partners", licence_ends_before="2026-12-31")) == []


def test_totals_count_provinces_and_tags(network):
    Partner.objects.filter(pk=network.other.pk).update(province="江苏省", tags=["冷链", "连锁"])

    totals = network.staff().get("/partners/totals").json()

    assert totals["by_tag"] == {"冷链": 2, "连锁": 1}
    assert totals["by_province"] == {"": 2, "江苏省": 1}


def bulk(api, *partners, **change):
    return api.post("/partners/bulk", {"partner_ids": [getattr(one, "pk", one) for one in partners]} | change)


def test_a_bulk_change_tells_what_became_of_each(network):
    change = {"add_tags": ["重点"], "remove_tags": ["冷链"], "tier": "A"}

    outcomes = bulk(network.staff(), network.other, network.dealer, 999_999, **change).json()

    assert [(row["partner_id"], row["changed"], row["code"]) for row in outcomes] == [
        (network.other.pk, True, ""),  # its wrong code is not what is changed here
        (network.dealer.pk, True, ""),
        (999_999, False, "partners.not_visible"),
    ]
    network.dealer.refresh_from_db()
    assert (network.dealer.tags, network.dealer.tier, network.dealer.version) == (["重点"], "A", 2)
    again = bulk(network.staff(), network.dealer, **change).json()
    assert [row["changed"] for row in again] == [False]
    network.dealer.refresh_from_db()
    assert network.dealer.version == 2


def test_many_partners_are_frozen_with_one_reason_and_who_has_ended_stays(network):
    Partner.objects.filter(pk=network.third.pk).update(status="ENDED")

    outcomes = bulk(network.staff(), network.dealer, network.third, status="FROZEN", reason="年检").json()

    assert [(row["changed"], row["code"]) for row in outcomes] == [
        (True, ""),
        (False, "kernel.wrong_state"),
    ]
    assert dict(Partner.objects.values_list("name", "status")) == {
        "瑞丰商贸": "FROZEN",
        "恒泰食品": "ACTIVE",
        "金陵酒业": "ENDED",
    }


@pytest.mark.parametrize("change", [{}, {"status": "FROZEN", "reason": " "}])
def test_a_bulk_change_without_content_or_reason_is_refused(network, change):
    assert bulk(network.staff(), network.dealer, **change).status_code == 422
    network.dealer.refresh_from_db()
    assert (network.dealer.status, network.dealer.version) == ("ACTIVE", 1)


def test_a_bulk_change_is_for_who_keeps_partners(network):
    assert bulk(network.owner(), network.dealer, tier="A").status_code == 403
    assert bulk(network.staff(Role.ANALYST), network.dealer, tier="A").status_code == 403
    assert bulk(Api(), network.dealer, tier="A").status_code == 401
