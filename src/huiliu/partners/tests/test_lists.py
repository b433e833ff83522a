"""Lists, totals and searches of partners, and how many queries they take."""

from __future__ import annotations

import pytest

from huiliu.access.types import OrganizationKind, Role
from huiliu.partners import selectors, services
from huiliu.partners.types import (
    PartnerDraft,
    PartnerFilters,
)
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
