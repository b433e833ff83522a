"""Making, changing and ending partners; contacts, addresses and contracts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiliu.access.errors import OrganizationCodeTaken, OrganizationNotVisible
from huiliu.access.models import Organization
from huiliu.access.types import OrganizationKind, Role
from huiliu.kernel.period import PeriodEmpty
from huiliu.kernel.refusals import SeveralRefused
from huiliu.kernel.states import WrongState
from huiliu.partners import errors, selectors, services
from huiliu.partners.models import Address, Contact, Contract, Partner, Region
from huiliu.partners.types import (
    AddressDraft,
    ContactDraft,
    ContractDraft,
    PartnerDraft,
    PartnerFilters,
    PartnerStatus,
)
from huiliu.platform import stamps
from huiliu.platform.errors import InvalidInput, Stale
from huiliu.platform.models import AuditRecord, Event
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.partners import USCCS, a_document_id, a_partner, buyer_of

pytestmark = pytest.mark.django_db
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
    custom={"trucks": 3},
)


@pytest.fixture
def brand():
    return a_brand(name="沐禾")


@pytest.fixture
def staff(brand):
    return an_actor(brand, Role.CHANNEL_MANAGER)


def values_of(action: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after of the one audit row of this action."""
    row = AuditRecord.objects.get(action=action)
    return row.before or {}, row.after or {}


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


def test_a_new_partner_has_its_organization_its_region_in_words_and_its_keys(brand, staff):
    row = create(staff, brand)

    partner = Partner.objects.get(code="D001")
    organization = Organization.objects.get(code="D001")
    assert (partner.pk, partner.owner_path) == (organization.pk, organization.path)
    assert organization.path.startswith(brand.path)
    assert (organization.name, organization.kind, organization.parent_id) == (
        "苏州瑞丰商贸有限公司",
        "DISTRIBUTOR",
        brand.pk,
    )
    assert (row.province, row.city, row.district) == ("江苏省", "苏州市", "虎丘区")
    assert (row.phone, row.uscc, row.tags, row.version) == ("13812345678", USCCS[0], ("KA", "冷链"), 1)
    assert partner.sort_key == "su zhou rui feng shang mao you xian gong si"
    assert "suzhouruifengshangmaoyouxiangongsi szrfsmyxgs" in partner.search_text
    assert row.allowed_actions == ("update", "add_contract", "freeze", "end")


def test_a_new_partner_is_an_event_for_itself_and_an_audit_row(brand, staff):
    row = create(staff, brand)

    event = Event.objects.get(type="partner.created")
    audit = AuditRecord.objects.get(action="partner.created")
    assert (event.subject_id, event.visible_path) == (
        str(row.id),
        Partner.objects.get(pk=row.id).owner_path,
    )
    assert "phone" not in event.payload
    assert (audit.user_id, (audit.after or {})["phone"]) == (staff.user_id, "13812345678")


def test_every_wrong_field_is_told_at_once_and_nothing_is_made(brand, staff):
    wrong = PartnerDraft(
        name=" ", uscc="91110000710926094T", phone="12", region_code="329999", custom={"X": 1}
    )

    with pytest.raises(SeveralRefused) as refusal:
        create(staff, brand, draft=wrong)

    assert [one["field"] for one in refusal.value.facts["fields"]] == [
        "name",
        "uscc",
        "phone",
        "region_code",
        "custom.X",
    ]
    assert not Partner.objects.exists()
    assert not Organization.objects.filter(code="D001").exists()


def test_a_code_is_given_once(brand, staff):
    create(staff, brand)

    with pytest.raises(OrganizationCodeTaken):
        create(staff, brand, draft=PartnerDraft(name="另一家"))

    assert Partner.objects.count() == 1


def test_a_branch_or_a_brand_is_no_partner(brand, staff):
    with pytest.raises(errors.PartnerKindWrong), acting(staff):
        services.create_partner(
            actor=staff, code="B1", kind=OrganizationKind.BRANCH, parent_id=brand.pk, draft=RUIFENG, now=NOW
        )

    assert not Organization.objects.filter(code="B1").exists()


@pytest.mark.parametrize(
    ("draft", "because"),
    [
        (PartnerDraft(name="甲", uscc=USCCS[0]), ["uscc"]),
        (PartnerDraft(name="甲", phone="13812345678"), ["phone"]),
        (PartnerDraft(name="蘇州瑞豐商貿（有限責任公司）"), ["name"]),
        (PartnerDraft(name="苏州瑞丰商贸", uscc=USCCS[0]), ["name", "uscc"]),
    ],
)
def test_a_company_that_may_be_known_is_named_before_it_is_made_twice(brand, staff, draft, because):
    first = create(staff, brand)

    with pytest.raises(errors.PartnerMayExist) as refusal:
        create(staff, brand, draft=draft, code="D002")

    assert refusal.value.facts == {
        "partners": [
            {"partner_id": first.id, "code": "D001", "name": "苏州瑞丰商贸有限公司", "because": because}
        ],
        "elsewhere": 0,
    }
    assert Partner.objects.count() == 1


def test_one_company_may_have_several_codes_when_staff_says_so(brand, staff):
    create(staff, brand)

    create(staff, brand, code="D002", accept_duplicates=True)

    assert Partner.objects.filter(uscc=USCCS[0]).count() == 2


def test_a_duplicate_outside_the_reach_is_only_a_number(brand):
    east, west = (an_organization(kind="BRANCH", parent=brand) for _ in range(2))
    a_partner(parent=west, name="瑞丰商贸有限公司", uscc=USCCS[0])
    manager = an_actor(east, Role.CHANNEL_MANAGER)

    with pytest.raises(errors.PartnerMayExist) as refusal:
        create(manager, east)

    assert refusal.value.facts == {"partners": [], "elsewhere": 1}


def test_a_duplicate_is_found_by_the_phone_of_a_contact(brand, staff):
    partner = a_partner(parent=brand)
    Contact.objects.create(partner=partner, owner_path=partner.owner_path, name="张伟", phone="13812345678")

    with acting(staff):
        found = selectors.find_duplicates(actor=staff, uscc="", phone="13812345678", name="")

    assert [(one.partner_id, one.because) for one in found.seen] == [(partner.pk, ("phone",))]


def test_partners_learn_nothing_from_the_duplicate_check(brand):
    a_partner(parent=brand, uscc=USCCS[0])
    owner = an_actor(a_partner(parent=brand).organization, Role.OWNER)

    with acting(owner):
        found = selectors.find_duplicates(actor=owner, uscc=USCCS[0], phone="", name="")

    assert not found


def test_a_branch_adds_partners_only_below_itself(brand):
    east, west = (an_organization(kind="BRANCH", parent=brand) for _ in range(2))
    manager = an_actor(east, Role.CHANNEL_MANAGER)

    with pytest.raises(OrganizationNotVisible):
        create(manager, west)
    row = create(manager, east)

    assert row.parent_id == east.pk


def test_a_change_is_recorded_field_by_field(brand, staff):
    row = create(staff, brand)
    draft = PartnerDraft(name="苏州瑞丰食品有限公司", uscc=USCCS[0], tier="B", region_code="320505")

    with acting(staff):
        changed = services.update_partner(
            actor=staff, partner_id=row.id, version=1, draft=draft, now=NOW + timedelta(days=1)
        )

    before, after = values_of("partner.updated")
    assert (changed.version, changed.tier, changed.phone) == (2, "B", "")
    assert set(before) == {
        "name",
        "short_name",
        "tier",
        "tags",
        "channel",
        "address",
        "phone",
        "custom",
    }
    assert (before["tier"], after["tier"]) == ("A", "B")
    assert Organization.objects.get(pk=row.id).name == "苏州瑞丰食品有限公司"
    assert changed.updated_at == NOW + timedelta(days=1)


def test_the_same_content_again_is_no_new_version(brand, staff):
    row = create(staff, brand)

    with acting(staff):
        same = services.update_partner(
            actor=staff, partner_id=row.id, version=1, draft=RUIFENG, now=NOW + timedelta(days=1)
        )

    assert (same.version, same.updated_at) == (1, NOW)
    assert not AuditRecord.objects.filter(action="partner.updated").exists()


def test_a_change_on_an_old_version_is_refused(brand, staff):
    row = create(staff, brand)

    with pytest.raises(Stale) as refusal, acting(staff):
        services.update_partner(
            actor=staff, partner_id=row.id, version=2, draft=PartnerDraft(name="x"), now=NOW
        )

    assert refusal.value.facts == {"yours": 2, "current": 1}
    assert Partner.objects.get(pk=row.id).name == RUIFENG.name


def test_a_partner_cannot_be_sold_to_by_itself_or_from_below(brand, staff):
    row = create(staff, brand)
    store = an_organization(kind="STORE", parent=Organization.objects.get(pk=row.id))

    for seller in (row.id, store.pk, 10**9):
        with pytest.raises(errors.SellerUnknown), acting(staff):
            services.update_partner(
                actor=staff,
                partner_id=row.id,
                version=1,
                draft=PartnerDraft(name="x", default_seller_id=seller),
                now=NOW,
            )


def test_the_next_read_of_buyer_facts_sees_a_change(brand, staff):
    row = create(staff, brand)
    with acting(staff):
        assert buyer_of(row.id).tier == "A"
        services.update_partner(
            actor=staff, partner_id=row.id, version=1, draft=PartnerDraft(name="x", tier="C"), now=NOW
        )
        facts = buyer_of(row.id)

    assert (facts.tier, facts.tags, facts.default_seller_id) == ("C", frozenset(), brand.pk)


def change_and_fail(staff, partner_id):
    with acting(staff):
        services.update_partner(
            actor=staff, partner_id=partner_id, version=1, draft=PartnerDraft(name="x", tier="C"), now=NOW
        )
        assert buyer_of(partner_id).tier == "C"
        raise ZeroDivisionError


def test_a_rolled_back_change_leaves_no_trace_in_the_cache(brand, staff):
    row = create(staff, brand)

    with pytest.raises(ZeroDivisionError):
        change_and_fail(staff, row.id)

    stamps.forget()  # a savepoint was rolled back; a request's transaction would be over
    assert buyer_of(row.id).tier == "A"


def move(staff, row, status, version=1, reason="欠款"):
    with acting(staff):
        return services.move_partner_status(
            actor=staff, partner_id=row.id, status=status, reason=reason, version=version, now=NOW
        )


def test_a_frozen_partner_does_not_trade_and_can_be_thawed(brand, staff):
    row = create(staff, brand)

    frozen = move(staff, row, PartnerStatus.FROZEN)
    buyer = buyer_of(row.id)
    assert (
        selectors.may_trade(buyer=buyer, seller_id=brand.pk, on=NOW.date()).because == "the partner is FROZEN"
    )
    thawed = move(staff, row, PartnerStatus.ACTIVE, version=2)

    assert (frozen.status, thawed.status, thawed.version) == ("FROZEN", "ACTIVE", 3)
    assert (
        Event.objects.get(type="partner.status_changed", payload__status="FROZEN").payload["reason"] == "欠款"
    )


def test_an_ended_partner_cannot_sign_in_and_stays_ended(brand, staff):
    row = create(staff, brand)
    move(staff, row, PartnerStatus.ENDED)

    assert Organization.objects.get(pk=row.id).is_active is False
    assert buyer_of(row.id).status == "ENDED"
    with pytest.raises(WrongState):
        move(staff, row, PartnerStatus.ACTIVE, version=2)


def test_a_move_without_a_reason_is_refused(brand, staff):
    row = create(staff, brand)

    with pytest.raises(InvalidInput):
        move(staff, row, PartnerStatus.FROZEN, reason="  ")

    assert Partner.objects.get(pk=row.id).status == "ACTIVE"


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


def test_a_list_is_sorted_by_pinyin_and_goes_on_after_the_last_one_seen(brand, staff):
    for name in ("西安甲", "先锋乙", "阿里丙", "重庆丁", "重庆丁"):
        a_partner(parent=brand, name=name)

    with acting(staff):
        seen, after = [], None
        while rows := selectors.list_partners(actor=staff, filters=PartnerFilters(), after=after, limit=2):
            seen += [row.name for row in rows]
            after = (rows[-1].sort_key, rows[-1].id)
        exported = [
            row.name for row in selectors.export_partners(actor=staff, filters=PartnerFilters(), page_size=2)
        ]

    assert seen == ["阿里丙", "重庆丁", "重庆丁", "西安甲", "先锋乙"] == exported


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("瑞丰", ["瑞丰商贸"]),
        ("瑞豐", ["瑞丰商贸"]),
        ("ruifeng", ["瑞丰商贸"]),
        ("RFSM", ["瑞丰商贸"]),
        ("商贸 d9", ["瑞丰商贸"]),
        ("%", []),
        ("_", []),
        ("", ["恒泰食品", "瑞丰商贸"]),
    ],
)
def test_a_partner_is_found_by_name_code_pinyin_and_initials(brand, staff, text, names):
    a_partner(organization=an_organization(parent=brand, name="瑞丰商贸", code="D900"))
    a_partner(organization=an_organization(parent=brand, name="恒泰食品", code="D100"))

    with acting(staff):
        rows = selectors.list_partners(actor=staff, filters=PartnerFilters(text=text))

    assert [row.name for row in rows] == names


def test_filters_narrow_the_list_and_its_totals_alike(brand, staff):
    dealer = a_partner(
        parent=brand, tier="A", province="江苏省", region_code="320505", tags=["KA"], channel="流通"
    )
    a_partner(parent=brand, tier="B", region_code="330100", status="FROZEN")
    store = a_partner(parent=dealer.organization, kind="STORE", tier="A")

    def ids(**filters):
        with acting(staff):
            rows = selectors.list_partners(actor=staff, filters=PartnerFilters(**filters))
            totals = selectors.partner_totals(actor=staff, filters=PartnerFilters(**filters))
        assert totals.total == len(rows)
        return {row.id for row in rows}

    assert ids(tier="A") == {dealer.pk, store.pk}
    for filters in ({"province": "江苏省"}, {"region_code": "3205"}, {"tag": "KA"}, {"channel": "流通"}):
        assert ids(**filters) == {dealer.pk}
    assert ids(kind="STORE") == ids(parent_id=dealer.pk) == {store.pk}
    assert ids(under_id=dealer.pk) == {dealer.pk, store.pk}
    assert ids(under_id=10**9) == set()
    with acting(staff):
        totals = selectors.partner_totals(actor=staff, filters=PartnerFilters())
    assert (totals.total, totals.by_status) == (3, {"ACTIVE": 2, "FROZEN": 1})
    assert (totals.by_kind, totals.by_tier) == ({"DISTRIBUTOR": 2, "STORE": 1}, {"A": 2, "B": 1})


def test_a_phone_is_a_search_word_only_for_who_sees_phones(brand, staff):
    a_partner(parent=brand, phone="13812345678")
    analyst = an_actor(brand, Role.ANALYST)

    found = []
    for actor in (staff, analyst):
        with acting(actor):
            found.append(
                len(selectors.list_partners(actor=actor, filters=PartnerFilters(text="13812345678")))
            )

    assert found == [1, 0]


def test_a_page_of_partners_takes_one_query(brand, staff, django_assert_num_queries):
    dealer = a_partner(parent=brand)
    for _ in range(20):
        a_partner(parent=dealer.organization, kind="STORE")

    with acting(staff), django_assert_num_queries(1):
        rows = selectors.list_partners(actor=staff, filters=PartnerFilters(kind="STORE"))

    assert len(rows) == 20
    assert {row.parent_name for row in rows} == {dealer.name}


def test_a_partner_with_everything_around_it_takes_four_queries(brand, staff, django_assert_num_queries):
    row = create(staff, brand)

    with acting(staff), django_assert_num_queries(4):
        selectors.get_partner(actor=staff, partner_id=row.id)


def test_deciding_trade_again_asks_only_whether_anything_changed(brand, staff, django_assert_num_queries):
    row = create(staff, brand)
    selectors.may_trade(buyer=buyer_of(row.id), seller_id=brand.pk, on=NOW.date())

    with django_assert_num_queries(0):  # the stamps were read in this transaction already
        selectors.may_trade(buyer=buyer_of(row.id), seller_id=brand.pk, on=NOW.date())
