"""What stands around a partner: contacts, addresses, contracts, regions."""

from __future__ import annotations

from datetime import date

import pytest

from huiliu.access.types import OrganizationKind, Role
from huiliu.kernel.period import PeriodEmpty
from huiliu.kernel.refusals import SeveralRefused
from huiliu.partners import errors, selectors, services
from huiliu.partners.models import Address, Contact, Contract, Region
from huiliu.partners.types import (
    AddressDraft,
    ContactDraft,
    ContractDraft,
    PartnerDraft,
)
from huiliu.platform.errors import InvalidInput
from huiliu.platform.models import AuditRecord
from huiliu.testing.actors import NOW, a_brand, acting, an_actor
from huiliu.testing.partners import USCCS, a_document_id, a_partner, buyer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trucks")]
RUIFENG = PartnerDraft(
    name="苏州瑞丰商贸有限公司",
    short_name="瑞丰",
    uscc=USCCS[0],
    tier="A",
    tags=("冷链", "冷链", "KA"),
    channel="流通",
    region_code="320505",
    address="人民路 1 号",
    phone="138 1234 5678",
    custom={"trucks": "3"},
)


@pytest.fixture
def brand():
    return a_brand(name="沐禾")


@pytest.fixture
def staff(brand):
    return an_actor(brand, Role.CHANNEL_MANAGER)


def create(actor, parent, draft=RUIFENG, code="D001", **options):
    with acting(actor):
        return services.create_partner(
            actor=actor,
            code=code,
            kind=OrganizationKind.DISTRIBUTOR,
            parent_id=parent.pk,
            draft=draft,
            now=NOW,
            **options,
        )


def test_the_first_contact_and_address_of_several_is_the_one_marked(brand, staff):
    row = create(staff, brand)
    with acting(staff):
        for name, phone in (("张伟", "13812345678"), ("李娜", "13912345678")):
            services.add_contact(
                actor=staff,
                partner_id=row.id,
                draft=ContactDraft(name=name, phone=phone, is_primary=True),
                now=NOW,
            )
        for street in ("一号仓", "二号仓"):
            services.add_address(
                actor=staff,
                partner_id=row.id,
                draft=AddressDraft(region_code="429004", street=street, is_default=True),
                now=NOW,
            )
        page = selectors.get_partner(actor=staff, partner_id=row.id)

    assert [(one.name, one.is_primary) for one in page.contacts] == [("李娜", True), ("张伟", False)]
    assert [(one.street, one.is_default) for one in page.addresses] == [("二号仓", True), ("一号仓", False)]
    assert (page.addresses[0].province, page.addresses[0].city, page.addresses[0].district) == (
        "湖北省",
        "仙桃市",
        "",
    )


def test_a_contact_with_several_mistakes_names_them_all(brand, staff):
    row = create(staff, brand)

    with pytest.raises(SeveralRefused) as refusal, acting(staff):
        services.add_contact(
            actor=staff, partner_id=row.id, draft=ContactDraft(name="", phone="1", email="x"), now=NOW
        )

    assert [one["field"] for one in refusal.value.facts["fields"]] == ["name", "phone", "email"]
    assert not Contact.objects.exists()


def test_a_contact_is_changed_and_removed_only_within_its_partner(brand, staff):
    row = create(staff, brand)
    other = a_partner(parent=brand)
    with acting(staff):
        contact = services.add_contact(
            actor=staff, partner_id=row.id, draft=ContactDraft(name="张伟"), now=NOW
        )
        with pytest.raises(errors.ContactUnknown):
            services.remove_contact(actor=staff, partner_id=other.pk, contact_id=contact.id, now=NOW)
        services.update_contact(
            actor=staff, partner_id=row.id, contact_id=contact.id, draft=ContactDraft(name="张薇"), now=NOW
        )
        assert Contact.objects.get().name == "张薇"
        services.remove_contact(actor=staff, partner_id=row.id, contact_id=contact.id, now=NOW)

    assert not Contact.objects.exists()


def test_an_address_is_changed_and_removed(brand, staff):
    row = create(staff, brand)
    draft = AddressDraft(region_code="110105", street="建国路 1 号", contact_phone="010-62345678")
    with acting(staff):
        address = services.add_address(actor=staff, partner_id=row.id, draft=draft, now=NOW)
        moved = services.update_address(
            actor=staff,
            partner_id=row.id,
            address_id=address.id,
            draft=AddressDraft(region_code="320505", street="人民路"),
            now=NOW,
        )
        assert (moved.city, moved.street, moved.contact_phone) == ("苏州市", "人民路", "")
        services.remove_address(actor=staff, partner_id=row.id, address_id=address.id, now=NOW)

    assert (address.province, address.city, address.district) == ("北京市", "北京市", "朝阳区")
    assert not Address.objects.exists()


def contract(staff, partner_id, seller, *, contract_id=None, **fields):
    draft = ContractDraft(
        **({"number": "HT-1", "seller_id": seller.pk, "valid_from": date(2026, 1, 1)} | fields)
    )
    with acting(staff):
        return services.add_contract(
            actor=staff,
            partner_id=partner_id,
            contract_id=contract_id or a_document_id(),
            draft=draft,
            now=NOW,
        )


def test_trade_follows_the_contract_from_the_next_read_on(brand, staff):
    row = create(staff, brand)
    contract(staff, row.id, brand, valid_to=date(2026, 7, 1))

    buyer = buyer_of(row.id)
    decisions = [
        selectors.may_trade(buyer=buyer, seller_id=brand.pk, on=on).allowed
        for on in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert decisions == [True, False]


def test_the_same_contract_again_is_answered_and_another_under_its_id_refused(brand, staff):
    row = create(staff, brand)
    contract_id = a_document_id()
    first = contract(staff, row.id, brand, contract_id=contract_id)

    assert contract(staff, row.id, brand, contract_id=contract_id) == first
    with pytest.raises(errors.ContractOverlaps):
        contract(staff, row.id, brand, contract_id=contract_id, number="HT-2")
    assert Contract.objects.count() == 1


def test_an_overlapping_contract_is_refused_and_named(brand, staff):
    row = create(staff, brand)
    contract(staff, row.id, brand, valid_to=date(2027, 1, 1))

    with pytest.raises(errors.ContractOverlaps) as refusal:
        contract(staff, row.id, brand, number="HT-2", valid_from=date(2026, 12, 31))

    assert (refusal.value.facts["number"], refusal.value.facts["valid_to"]) == ("HT-1", date(2027, 1, 1))
    assert Contract.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"valid_to": date(2026, 1, 1)}, PeriodEmpty),
        ({"region_codes": ("329999",)}, errors.RegionUnknown),
        ({"number": " "}, InvalidInput),
    ],
)
def test_a_contract_with_a_mistake_is_refused(brand, staff, fields, refusal):
    row = create(staff, brand)

    with pytest.raises(refusal):
        contract(staff, row.id, brand, **fields)

    assert not Contract.objects.exists()


def test_a_contract_can_end_earlier_not_later(brand, staff):
    row = create(staff, brand)
    made = contract(staff, row.id, brand, valid_to=date(2027, 1, 1))

    with acting(staff):
        for ends_on, refusal in ((date(2027, 1, 2), InvalidInput), (date(2026, 1, 1), PeriodEmpty)):
            with pytest.raises(refusal):
                services.end_contract(
                    actor=staff, partner_id=row.id, contract_id=made.id, ends_on=ends_on, reason="", now=NOW
                )
        ended = services.end_contract(
            actor=staff,
            partner_id=row.id,
            contract_id=made.id,
            ends_on=date(2026, 7, 1),
            reason="协议",
            now=NOW,
        )

    assert ended.valid_to == date(2026, 7, 1)
    assert AuditRecord.objects.get(action="partner.contract_ended").reason == "协议"


def test_a_newer_table_of_regions_renames_and_adds_and_removes_nothing(brand, staff):
    before = Region.objects.count()
    with acting(staff):
        rows = services.load_regions(
            actor=staff, table="code,name\n320505,新虎丘区\n320505001,横塘街道\n", now=NOW
        )

    assert rows == 2
    assert Region.objects.count() == before + 1
    assert Region.objects.get(code="320505").name == "新虎丘区"
    assert Region.objects.get(code="320505001").parent_code == "320505"
