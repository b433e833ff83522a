"""Making, changing and ending partners."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiliu.access.errors import OrganizationCodeTaken, OrganizationNotVisible
from huiliu.access.models import Organization
from huiliu.access.types import OrganizationKind, Role
from huiliu.kernel.refusals import SeveralRefused
from huiliu.kernel.states import WrongState
from huiliu.partners import errors, selectors, services
from huiliu.partners.models import Contact, Partner
from huiliu.partners.types import (
    PartnerDraft,
    PartnerStatus,
)
from huiliu.platform import stamps
from huiliu.platform.errors import InvalidInput, Stale
from huiliu.platform.models import AuditRecord, Event
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.partners import USCCS, a_partner, buyer_of

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
