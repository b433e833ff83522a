"""Keeping the catalog: goods, units, barcodes, the tree, the rules of who may buy what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from huiliu.access.types import Role
from huiliu.catalog import errors, selectors, services
from huiliu.catalog.models import Category, Product, ScopeRule, Sku, SkuUnit
from huiliu.catalog.types import (
    GoodsStatus,
    ProductDraft,
    ProductFilters,
    ScopeDraft,
    SkuDraft,
    UnitDraft,
)
from huiliu.kernel.period import PeriodEmpty
from huiliu.kernel.refusals import SeveralRefused
from huiliu.partners import selectors as partners
from huiliu.platform import stamps
from huiliu.platform.errors import Stale
from huiliu.platform.models import AuditRecord
from huiliu.testing.actors import NOW, a_brand, acting, an_actor
from huiliu.testing.catalog import a_brand_mark, a_category, a_scope_rule, some_goods
from huiliu.testing.partners import a_partner, buyer_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)
WATER = SkuDraft(
    name="矿泉水 550ml",
    base_unit="瓶",
    specification="550ml",
    units=(
        UnitDraft("瓶", barcode="6901234567892"),
        UnitDraft("箱", 24, barcode="16901234567899", order_step=Decimal(1), is_order_unit=True),
    ),
    tax_rate=Decimal("0.13"),
    shelf_life_days=540,
    order_minimum=Decimal(24),
)


@pytest.fixture
def brand():
    return a_brand()


@pytest.fixture
def staff(brand):
    actor = an_actor(brand, Role.ADMINISTRATOR)
    with acting(actor):
        yield actor


@pytest.fixture
def product(staff):
    category = a_category("饮料 > 水")
    return services.create_product(
        actor=staff,
        code="P1",
        draft=ProductDraft("天然矿泉水", category.pk, image="/media/p1.webp"),
        now=NOW,
    )


@pytest.fixture
def sku(staff, product):
    return services.create_sku(actor=staff, product_id=product.id, code="W550", draft=WATER, now=NOW).skus[0]


def values_of(action: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after of the one audit row of this action."""
    row = AuditRecord.objects.get(action=action)
    return row.before or {}, row.after or {}


def test_a_new_product_has_its_keys_and_place(product):
    stored = Product.objects.get(code="P1")

    assert (product.category_path, product.image, product.status, product.skus) == (
        "饮料 > 水",
        "/media/p1.webp",
        "ACTIVE",
        (),
    )
    assert stored.sort_key == "tian ran kuang quan shui"
    assert stored.search_text == "p1 天然矿泉水 tianrankuangquanshui trkqs"


def test_a_new_sku_is_known_to_orders_at_once_with_all_its_units(sku):
    facts = selectors.sku_facts_by_code(["W550", "none"])["W550"]

    assert facts == sku.facts
    assert [(unit.unit, unit.numerator, unit.denominator) for unit in facts.units] == [
        ("箱", 24, 1),
        ("瓶", 1, 1),
    ]
    assert (facts.order_unit, facts.minimum, facts.unit_steps) == ("箱", Decimal(24), (("箱", Decimal(1)),))
    assert selectors.sku_by_barcode("6901234567892") == (facts, "瓶")
    assert selectors.sku_by_barcode("16901234567899") == (facts, "箱")
    assert selectors.sku_by_barcode("73513537") is None


def test_every_wrong_field_of_a_sku_is_told_at_once_and_nothing_is_made(staff, product):
    wrong = SkuDraft(
        name=" ",
        base_unit="瓶",
        tax_rate=Decimal("0.17"),
        order_minimum=Decimal(-1),
        units=(UnitDraft("瓶", barcode="6901234567891"), UnitDraft("箱", 24, barcode="12")),
    )

    with pytest.raises(SeveralRefused) as refusal:
        services.create_sku(actor=staff, product_id=product.id, code="X", draft=wrong, now=NOW)

    assert [one["field"] for one in refusal.value.facts["fields"]] == [
        "name",
        "tax_rate",
        "order_minimum",
        "units.0.barcode",
        "units.1.barcode",
    ]
    assert not Sku.objects.exists()


def test_a_barcode_that_lost_its_zero_is_kept_whole_and_marked(staff, product):
    draft = SkuDraft("可乐", "瓶", units=(UnitDraft("瓶", barcode="36000291452"),))
    services.create_sku(actor=staff, product_id=product.id, code="C", draft=draft, now=NOW)

    unit = SkuUnit.objects.get()
    assert (unit.barcode, unit.barcode_repaired) == ("0036000291452", True)


def test_a_code_and_a_barcode_are_given_once(staff, product, sku):
    with pytest.raises(errors.CodeTaken):
        services.create_sku(
            actor=staff, product_id=product.id, code="W550", draft=SkuDraft("x", "瓶"), now=NOW
        )
    twin = SkuDraft("x", "瓶", units=(UnitDraft("瓶", barcode="6901234567892"),))
    with pytest.raises(errors.BarcodeTaken) as refusal:
        services.create_sku(actor=staff, product_id=product.id, code="W551", draft=twin, now=NOW)

    assert (refusal.value.facts["sku_code"], refusal.value.facts["barcode"]) == ("W550", "6901234567892")
    assert Sku.objects.count() == 1


def test_two_units_may_swap_their_barcodes(staff, sku):
    swapped = SkuDraft(
        name="矿泉水",
        base_unit="瓶",
        units=(UnitDraft("瓶", barcode="16901234567899"), UnitDraft("箱", 12, barcode="6901234567892")),
    )

    services.update_sku(actor=staff, sku_id=sku.facts.id, version=1, draft=swapped, now=NOW)

    facts = selectors.sku_facts([sku.facts.id])[sku.facts.id]
    assert selectors.sku_by_barcode("6901234567892") == (facts, "箱")
    assert facts.units[0].numerator == 12


def test_one_barcode_on_two_units_is_refused(staff, product):
    draft = SkuDraft(
        "x",
        "瓶",
        units=(UnitDraft("瓶", barcode="6901234567892"), UnitDraft("箱", 6, barcode="6901234567892")),
    )
    with pytest.raises(errors.BarcodeTaken):
        services.create_sku(actor=staff, product_id=product.id, code="X", draft=draft, now=NOW)


def test_a_unit_left_out_is_gone_and_the_base_unit_stays(staff, sku):
    row = services.update_sku(
        actor=staff, sku_id=sku.facts.id, version=1, draft=SkuDraft("矿泉水", "瓶"), now=NOW
    )

    assert [unit.unit for unit in row.skus[0].facts.units] == ["瓶"]
    assert row.skus[0].version == 2
    with pytest.raises(errors.BaseUnitFixed):
        services.update_sku(actor=staff, sku_id=sku.facts.id, version=2, draft=SkuDraft("x", "听"), now=NOW)
    assert Sku.objects.get().base_unit == "瓶"


def test_a_change_of_a_sku_is_recorded_field_by_field(staff, sku):
    services.update_sku(
        actor=staff,
        sku_id=sku.facts.id,
        version=1,
        draft=SkuDraft(**{**_fields(WATER), "tax_rate": Decimal("0.09"), "order_minimum": Decimal(48)}),
        now=NOW,
    )

    before, after = values_of("sku.updated")
    assert before == {"tax_rate": "0.13", "order_minimum": "24"}
    assert {name: after[name] for name in before} == {"tax_rate": "0.09", "order_minimum": "48"}


def _fields(draft):
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}


def test_an_old_version_is_refused(staff, product, sku):
    with pytest.raises(Stale):
        services.update_sku(actor=staff, sku_id=sku.facts.id, version=2, draft=WATER, now=NOW)
    with pytest.raises(Stale):
        services.set_product_status(
            actor=staff, product_id=product.id, version=9, status=GoodsStatus.STOPPED, now=NOW
        )
    assert Sku.objects.get().version == 1


def test_a_stopped_product_stops_its_skus_and_can_come_back(staff, product, sku):
    a_scope_rule()
    buyer = buyer_of(a_partner(parent=None).pk)
    assert selectors.sellable_ids(buyer=buyer, on=DAY) == {sku.facts.id}

    services.set_product_status(
        actor=staff, product_id=product.id, version=1, status=GoodsStatus.STOPPED, now=NOW
    )
    assert selectors.sku_facts([sku.facts.id])[sku.facts.id].status == "STOPPED"
    assert selectors.sellable_ids(buyer=buyer, on=DAY) == set()
    services.set_product_status(
        actor=staff, product_id=product.id, version=2, status=GoodsStatus.ACTIVE, now=NOW
    )
    services.set_sku_status(actor=staff, sku_id=sku.facts.id, version=1, status=GoodsStatus.STOPPED, now=NOW)
    assert selectors.sellable_ids(buyer=buyer, on=DAY) == set()


def test_a_product_needs_a_known_category_brand_and_image(staff):
    with pytest.raises(SeveralRefused) as refusal:
        services.create_product(
            actor=staff, code="P9", draft=ProductDraft(" ", 10**9, 10**9, image="http://x"), now=NOW
        )

    assert [one["field"] for one in refusal.value.facts["fields"]] == [
        "name",
        "image",
        "category_id",
        "brand_id",
    ]
    assert not Product.objects.exists()


def test_a_moved_category_takes_everything_below_it_and_the_rules_follow(staff):
    drinks, tea = a_category("饮料"), a_category("饮料 > 茶")
    green = a_category("饮料 > 茶 > 绿茶")
    sku = some_goods(category="饮料 > 茶 > 绿茶")
    a_scope_rule(category_ids=[drinks.pk])
    buyer = buyer_of(a_partner(parent=None).pk)
    assert selectors.sellable_ids(buyer=buyer, on=DAY) == {sku.pk}

    row = services.update_category(
        actor=staff, category_id=tea.pk, version=1, name="茗茶", parent_id=None, position=1, now=NOW
    )

    assert (row.path, row.version) == ("茗茶", 2)
    assert Category.objects.get(pk=green.pk).path == "茗茶 > 绿茶"
    assert selectors.sku_facts([sku.pk])[sku.pk].category_path == "茗茶 > 绿茶"
    assert selectors.sellable_ids(buyer=buyer, on=DAY) == set()
    assert values_of("category.updated")[1]["moved_below"] == 1


def test_a_category_cannot_stand_below_itself_nor_share_a_neighbors_name(staff):
    tea, green = a_category("茶"), a_category("茶 > 绿茶")

    with pytest.raises(errors.CategoryCycle):
        services.update_category(
            actor=staff, category_id=tea.pk, version=1, name="茶", parent_id=green.pk, position=0, now=NOW
        )
    with pytest.raises(errors.CategoryNameInvalid):
        services.create_category(actor=staff, code="x", name="绿茶", parent_id=tea.pk, now=NOW)
    with pytest.raises(errors.CategoryUnknown):
        services.create_category(actor=staff, code="x", name="红茶", parent_id=10**9, now=NOW)
    with pytest.raises(errors.CodeTaken):
        services.create_category(actor=staff, code="茶", name="红茶", parent_id=None, now=NOW)
    assert Category.objects.count() == 2


def test_the_tree_is_listed_parents_first_neighbors_by_position(staff):
    root = services.create_category(actor=staff, code="A", name="饮料", parent_id=None, position=2, now=NOW)
    services.create_category(actor=staff, code="B", name="零食", parent_id=None, position=1, now=NOW)
    services.create_category(actor=staff, code="C", name="茶", parent_id=root.id, now=NOW)

    assert [row.path for row in selectors.list_categories()] == ["零食", "饮料", "饮料 > 茶"]


def test_brands_are_renamed_under_their_version(staff):
    row = services.create_brand(actor=staff, code="MQ", name="沐泉", now=NOW)

    renamed = services.update_brand(actor=staff, brand_id=row.id, version=1, name="沐茗", now=NOW)

    assert (renamed.name, renamed.version) == ("沐茗", 2)
    with pytest.raises(Stale):
        services.update_brand(actor=staff, brand_id=row.id, version=1, name="x", now=NOW)
    with pytest.raises(errors.CodeTaken):
        services.create_brand(actor=staff, code="MQ", name="x", now=NOW)


def test_a_rule_counts_from_the_next_read_and_a_removed_one_no_longer(staff):
    sku = some_goods()
    buyer = buyer_of(a_partner(parent=None, tier="A").pk)
    assert selectors.sellable_ids(buyer=buyer, on=DAY) == set()

    row = services.create_scope_rule(
        actor=staff, draft=ScopeDraft("A 级全系", date(2026, 1, 1), tiers=("A",)), now=NOW
    )
    assert selectors.sellable_ids(buyer=buyer, on=DAY) == {sku.pk}
    changed = services.update_scope_rule(
        actor=staff,
        rule_id=row.id,
        version=1,
        draft=ScopeDraft("A 级全系", date(2026, 1, 1), date(2026, 6, 15), tiers=("A",)),
        now=NOW,
    )
    assert selectors.sellable_ids(buyer=buyer, on=DAY) == set()
    services.remove_scope_rule(actor=staff, rule_id=row.id, now=NOW)

    assert changed.version == 2
    assert selectors.sellable_ids(buyer=buyer, on=date(2026, 6, 14)) == set()
    assert values_of("scope_rule.removed")[0]["tiers"] == ["A"]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"sku_ids": (10**9,)}, errors.SkuUnknown),
        ({"category_ids": (10**9,)}, errors.CategoryUnknown),
        ({"brand_ids": (10**9,)}, errors.BrandUnknown),
        ({"valid_to": date(2026, 1, 1)}, PeriodEmpty),
    ],
)
def test_a_rule_that_names_nothing_known_is_refused_for_it_would_mean_everything(staff, fields, refusal):
    with pytest.raises(refusal):
        services.create_scope_rule(actor=staff, draft=ScopeDraft("x", date(2026, 1, 1), **fields), now=NOW)

    assert not ScopeRule.objects.exists()


def test_a_preview_changes_nothing_and_names_gainers_and_losers(staff):
    water, tea = some_goods("水"), some_goods("茶", category="茶")
    old = a_scope_rule(sku_ids=[water.pk])
    top, plain = a_partner(parent=None, tier="A"), a_partner(parent=None, tier="B")
    draft = selectors.scope_facts(ScopeDraft("x", date(2026, 1, 1), tiers=("A",)))

    effects = selectors.preview_scope(
        draft=draft, replaces_id=old.pk, buyers=partners.buyers_in_reach(), on=DAY
    )

    assert [(one.organization_id, one.gained_sku_ids, one.lost_sku_ids) for one in effects] == [
        (top.pk, (tea.pk,), ()),
        (plain.pk, (), (water.pk,)),
    ]
    assert list(ScopeRule.objects.values_list("pk", "tiers")) == [(old.pk, [])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("矿泉", ["天然矿泉水"]),
        ("礦泉水", ["天然矿泉水"]),
        ("kuangquan", ["天然矿泉水"]),
        ("trkqs", ["天然矿泉水"]),
        ("w550", ["天然矿泉水"]),
        ("6901234567892", ["天然矿泉水"]),
        ("550ml", ["天然矿泉水"]),
        ("100%", []),
        ("", ["茶", "天然矿泉水"]),
    ],
)
def test_goods_are_found_by_name_code_pinyin_initials_and_barcode(staff, sku, text, names):
    some_goods("茶", code="T1")

    rows = selectors.list_products(actor=staff, filters=ProductFilters(text=text))

    assert sorted(row.name for row in rows) == sorted(names)


def test_products_are_narrowed_by_category_brand_and_state(staff):
    mark = a_brand_mark()
    water = some_goods(category="饮料 > 水", brand=mark)
    snack = some_goods(category="零食")
    Product.objects.filter(pk=snack.product_id).update(status="STOPPED")
    stamps.forget()

    def found(**filters):
        return {row.id for row in selectors.list_products(actor=staff, filters=ProductFilters(**filters))}

    assert found(category_id=a_category("饮料").pk) == {water.product_id}
    assert found(category_id=10**9) == set()
    assert found(brand_id=mark.pk) == found(status="ACTIVE") == {water.product_id}
    assert found(status="STOPPED") == {snack.product_id}
    assert found(sku_ids=frozenset({snack.pk, 10**9})) == {snack.product_id}
    assert found(sku_ids=frozenset()) == set()


def test_a_page_of_products_with_skus_takes_two_queries_for_staff(staff, django_assert_num_queries):
    for _ in range(10):
        some_goods()
    selectors.sku_index()

    with django_assert_num_queries(2):  # the page; versions and costs
        rows = selectors.list_products(actor=staff, filters=ProductFilters())

    assert [len(row.skus) for row in rows] == [1] * 10


def test_asking_for_goods_again_asks_only_whether_anything_changed(staff, django_assert_num_queries):
    skus = [some_goods() for _ in range(20)]
    a_scope_rule()
    buyer = buyer_of(a_partner(parent=None).pk)
    selectors.sellable_ids(buyer=buyer, on=DAY)
    stamps.forget()

    with django_assert_num_queries(1):
        facts = selectors.sku_facts([sku.pk for sku in skus])
        sellable = selectors.sellable_ids(buyer=buyer, ids=facts.keys(), on=DAY)

    assert len(facts) == len(sellable) == 20


def test_costs_are_there_only_for_who_sees_costs(brand, staff, product):
    services.create_sku(
        actor=staff,
        product_id=product.id,
        code="X",
        draft=SkuDraft("x", "瓶", standard_cost=Decimal("0.8")),
        now=NOW,
    )
    costs = []
    for role in (Role.ADMINISTRATOR, Role.SALES_OPERATIONS, Role.WAREHOUSE):
        actor = an_actor(brand, role)
        row = selectors.get_product(actor=actor, product_id=product.id)
        costs.append((row.skus[0].standard_cost, row.skus[0].version))

    assert costs == [(Decimal("0.8"), 1), (None, 1), (None, 0)]
