"""Barcodes, rates, units, limits, and who may buy what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.catalog import rules
from huiliu.catalog.errors import (
    AboveOrderLimit,
    BarcodeInvalid,
    BelowMinimum,
    CategoryNameInvalid,
    ImageInvalid,
    LimitsContradict,
    NotAMultiple,
    TaxRateUnknown,
    UnitsInvalid,
)
from huiliu.catalog.types import Barcode, SkuDraft, UnitDraft
from huiliu.kernel.quantity import QuantityNotWhole, UnitUnknown
from huiliu.testing.catalog import rule_facts, sku_facts

DAY = date(2026, 6, 15)


@dataclass(frozen=True)
class Buyer:
    organization_id: int = 7
    path: str = "000001.000007."
    tier: str = "A"
    tags: frozenset[str] = frozenset({"KA"})
    channel: str = "流通"
    kind: str = "DISTRIBUTOR"


@pytest.mark.parametrize(
    ("text", "code", "is_repaired"),
    [
        ("6901234567892", "6901234567892", False),  # EAN-13
        (" 690-1234-567892 ", "6901234567892", False),
        ("６９０１２３４５６７８９２", "6901234567892", False),
        ("73513537", "73513537", False),  # EAN-8
        ("036000291452", "0036000291452", False),  # UPC-A is EAN-13 with a zero in front
        ("36000291452", "0036000291452", True),  # the zero was lost in a spreadsheet
        ("16901234567899", "16901234567899", False),  # case code
        ("06901234567892", "6901234567892", False),  # the same as without its zero
        ("3513538", "03513538", True),
        ("00000073513537", "73513537", False),
    ],
)
def test_a_barcode_has_one_form_and_lost_zeros_come_back_marked(text, code, is_repaired):
    assert rules.check_barcode(text) == Barcode(code, is_repaired)
    assert rules.check_barcode(code).code == code


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "6901234567891",
            {"because": "checksum", "expected": "2", "code": "6901234567892"},
        ),
        (
            "16901234567890",
            {"because": "checksum", "expected": "9", "code": "16901234567899"},
        ),
        ("123456", {"because": "length", "length": 6}),
        ("123456789012345", {"because": "length", "length": 15}),
        ("69012345X7892", {"because": "character"}),
        ("6.90123E+12", {"because": "character"}),
        ("", {"because": "character"}),
    ],
)
def test_the_refusal_of_a_barcode_names_the_right_digit(text, facts):
    with pytest.raises(BarcodeInvalid) as refusal:
        rules.check_barcode(text)

    assert refusal.value.facts == {"field": "barcode"} | facts


@given(st.integers(0, 12), st.integers(0, 9))
def test_one_wrong_digit_of_a_barcode_is_always_found(place, digit):
    code = "6901234567892"
    wrong = code[:place] + str(digit) + code[place + 1 :]
    if wrong == code:
        assert rules.check_barcode(wrong).code == code
    else:
        with pytest.raises(BarcodeInvalid):
            rules.check_barcode(wrong)


@pytest.mark.parametrize("rate", ["0.13", "0.130", "0.09", "0.06", "0.03", "0.01", "0", "0.00"])
def test_a_legal_rate_is_taken(rate):
    assert rules.check_tax_rate(Decimal(rate)) == Decimal(rate)


@pytest.mark.parametrize("rate", ["13", "0.17", "0.16", "-0.13", "0.1300001"])
def test_another_rate_is_refused(rate):
    with pytest.raises(TaxRateUnknown) as refusal:
        rules.check_tax_rate(Decimal(rate))

    assert refusal.value.facts["rates"] == ["0.13", "0.09", "0.06", "0.03", "0.01", "0"]


@pytest.mark.parametrize("path", ["", "/media/a.webp", "/api/v1/files/018f-1.png", "/商品/茶.jpg"])
def test_an_image_is_a_path_on_this_site(path):
    assert rules.check_image(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "media/a.png",
        "//evil.cn/a.png",
        "https://evil.cn/a",
        "/a/../b",
        "javascript:alert(1)",
        "/a b",
        '/a"><x',
        "/",
    ],
)
def test_another_place_is_no_image(path):
    with pytest.raises(ImageInvalid):
        rules.check_image(path)


def test_the_base_unit_is_always_among_the_units():
    units = rules.check_units([UnitDraft("箱", 24)], base_unit="瓶", is_whole=True)

    assert [(unit.unit, unit.numerator, unit.denominator) for unit in units] == [("瓶", 1, 1), ("箱", 24, 1)]


def test_a_factor_may_be_a_fraction():
    units = rules.check_units([UnitDraft("磅", 45359237, 100000000)], base_unit="kg", is_whole=False)

    assert units[1].denominator == 100000000


@pytest.mark.parametrize(
    "units",
    [
        [UnitDraft("箱", 24), UnitDraft("箱", 12)],
        [UnitDraft("箱", 24), UnitDraft("　箱", 12)],
        [UnitDraft("", 24)],
        [UnitDraft("箱", 0)],
        [UnitDraft("箱", 1, 0)],
        [UnitDraft("箱", -24)],
        [UnitDraft("瓶", 2)],
        [UnitDraft("箱", 24, order_step=Decimal(-1))],
        [UnitDraft("箱", 24, order_step=Decimal("0.1"))],
        [UnitDraft("瓶", is_order_unit=True), UnitDraft("箱", 24, is_order_unit=True)],
    ],
)
def test_contradicting_units_are_refused(units):
    with pytest.raises(UnitsInvalid) as refusal:
        rules.check_units(units, base_unit="瓶", is_whole=True)

    assert refusal.value.facts["field"] == "units"


def test_half_a_case_is_a_step_when_it_makes_whole_bottles():
    units = rules.check_units([UnitDraft("箱", 24, order_step=Decimal("0.5"))], base_unit="瓶", is_whole=True)

    assert units[1].order_step == Decimal("0.5")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"order_minimum": Decimal(12), "order_multiple": Decimal(6), "order_limit": Decimal(12)},
        {"order_minimum": Decimal(10), "order_multiple": Decimal(6), "order_limit": Decimal(12)},
        {"period_limit": Decimal(100), "period_days": 30},
        {"is_whole": False, "order_minimum": Decimal("0.5")},
    ],
)
def test_limits_that_some_quantity_satisfies_are_taken(fields):
    rules.check_limits(SkuDraft("x", "瓶", **fields))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        (
            {"order_minimum": Decimal(10), "order_multiple": Decimal(6), "order_limit": Decimal(11)},
            "order_limit",
        ),
        ({"order_minimum": Decimal(13), "order_limit": Decimal(12)}, "order_limit"),
        ({"order_multiple": Decimal(6), "period_limit": Decimal(5), "period_days": 7}, "period_limit"),
        ({"period_limit": Decimal(100)}, "period_days"),
        ({"period_days": 30}, "period_days"),
        ({"period_limit": Decimal(1), "period_days": 0}, "period_days"),
        ({"order_minimum": Decimal(-1)}, "order_minimum"),
        ({"order_multiple": Decimal("0.5")}, "order_multiple"),
    ],
)
def test_limits_that_nothing_satisfies_are_refused(fields, name):
    with pytest.raises(LimitsContradict) as refusal:
        rules.check_limits(SkuDraft("x", "瓶", **fields))

    assert refusal.value.facts["field"] == name


@pytest.mark.parametrize(
    ("quantity", "unit", "base"), [("3", "箱", "72"), ("5", "瓶", "5"), ("5", "", "5"), ("0.5", "箱", "12")]
)
def test_a_quantity_becomes_base_units(quantity, unit, base):
    got, factor = rules.base_quantity(sku_facts(), quantity=Decimal(quantity), unit=unit)

    assert (got, factor.unit) == (Decimal(base), unit or "瓶")


@pytest.mark.parametrize(
    ("quantity", "unit", "refusal"),
    [
        ("1", "提", UnitUnknown),
        ("0.3", "箱", QuantityNotWhole),
        ("11", "瓶", BelowMinimum),
        ("13", "瓶", NotAMultiple),
        ("12", "瓶", None),
        ("48", "瓶", None),
        ("2", "箱", None),
        ("54", "瓶", AboveOrderLimit),
    ],
)
def test_minimum_multiple_and_limit_hold_at_their_edges(quantity, unit, refusal):
    sku = sku_facts(minimum=Decimal(12), multiple=Decimal(6), order_limit=Decimal(48))

    if refusal is None:
        rules.base_quantity(sku, quantity=Decimal(quantity), unit=unit)
    else:
        with pytest.raises(refusal):
            rules.base_quantity(sku, quantity=Decimal(quantity), unit=unit)


def test_a_line_has_a_largest_quantity_whatever_the_unit():
    assert rules.base_quantity(sku_facts(), quantity=Decimal(10**9), unit="瓶")[0] == 10**9
    for quantity, unit in ((10**9 + 1, "瓶"), (10**9, "箱")):
        with pytest.raises(AboveOrderLimit):
            rules.base_quantity(sku_facts(), quantity=Decimal(quantity), unit=unit)


def test_the_refusal_of_a_multiple_names_the_nearest_quantities():
    with pytest.raises(NotAMultiple) as refusal:
        rules.base_quantity(sku_facts(multiple=Decimal(6)), quantity=Decimal(13), unit="瓶")

    assert refusal.value.facts == {"multiple": "6", "unit": "瓶", "below": "12", "above": "18"}


def test_a_step_is_counted_in_the_unit_it_belongs_to():
    sku = sku_facts(unit_steps=(("箱", Decimal(2)), ("瓶", Decimal(6))))

    assert rules.base_quantity(sku, quantity=Decimal(4), unit="箱")[0] == 96
    assert rules.base_quantity(sku, quantity=Decimal(18), unit="瓶")[0] == 18
    with pytest.raises(NotAMultiple) as refusal:
        rules.base_quantity(sku, quantity=Decimal(3), unit="箱")
    assert refusal.value.facts == {"multiple": "2", "unit": "箱", "below": "2", "above": "4"}


def sellable(*scope, skus=None, buyer=None, on=DAY):
    book = rules.scope_book(scope, skus or [sku_facts(1), sku_facts(2)])
    return set(book.sellable_ids(buyer=buyer or Buyer(), on=on))


def test_without_a_rule_nothing_is_sold():
    assert sellable() == set()


def test_deny_wins_over_allow_whatever_the_order():
    allow, deny = rule_facts(1), rule_facts(2, is_allow=False, sku_ids=frozenset({2}))

    assert sellable(allow, deny) == sellable(deny, allow) == {1}


def test_a_deny_alone_sells_nothing():
    assert sellable(rule_facts(is_allow=False, sku_ids=frozenset({2}))) == set()


@pytest.mark.parametrize(
    ("fields", "applies"),
    [
        ({"organization_ids": frozenset({7, 8})}, True),
        ({"organization_ids": frozenset({8})}, False),
        ({"under_paths": ("000001.",)}, True),
        ({"under_paths": ("000001.000007.",)}, True),
        ({"under_paths": ("000001.000007.000009.",)}, False),
        ({"tiers": frozenset({"A", "B"})}, True),
        ({"tiers": frozenset({"B"})}, False),
        ({"tags": frozenset({"KA", "x"})}, True),
        ({"tags": frozenset({"x"})}, False),
        ({"channels": frozenset({"流通"})}, True),
        ({"channels": frozenset({"餐饮"})}, False),
        ({"kinds": frozenset({"STORE"})}, False),
        ({"tiers": frozenset({"A"}), "kinds": frozenset({"STORE"})}, False),
        ({"valid_from": date(2026, 6, 15)}, True),
        ({"valid_from": date(2026, 6, 16)}, False),
        ({"valid_to": date(2026, 6, 16)}, True),
        ({"valid_to": date(2026, 6, 15)}, False),
    ],
)
def test_every_named_dimension_of_the_audience_must_match(fields, applies):
    assert sellable(rule_facts(**fields)) == ({1, 2} if applies else set())


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"sku_ids": frozenset({1})}, {1}),
        ({"category_paths": ("饮料",)}, {1, 2, 3}),
        ({"category_paths": ("饮料 > 茶",)}, {2, 3}),
        ({"category_paths": ("饮",)}, set()),
        ({"category_paths": ("饮料 > 茶 > 绿茶", "酒")}, {3, 4}),
        ({"brand_ids": frozenset({9})}, {2}),
        ({"category_paths": ("饮料",), "brand_ids": frozenset({9})}, {2}),
        ({}, {1, 2, 3, 4}),
    ],
)
def test_a_category_covers_everything_below_it_and_nothing_that_only_begins_alike(fields, ids):
    skus = [
        sku_facts(1),
        sku_facts(2, category_path="饮料 > 茶", brand_id=9),
        sku_facts(3, category_path="饮料 > 茶 > 绿茶"),
        sku_facts(4, category_path="酒"),
        sku_facts(5, status="STOPPED"),
    ]

    assert sellable(rule_facts(**fields), skus=skus) == ids


def test_buyers_under_the_same_rules_share_one_range():
    book = rules.scope_book([rule_facts(1, tiers=frozenset({"A"}))], [sku_facts(1)])

    first = book.sellable_ids(buyer=Buyer(organization_id=1), on=DAY)
    assert book.sellable_ids(buyer=Buyer(organization_id=2), on=DAY) is first
    assert book.sellable_ids(buyer=Buyer(tier="B"), on=DAY) == frozenset()


def test_the_effects_of_a_change_name_only_whom_it_touches():
    skus = [sku_facts(1), sku_facts(2)]
    before = rules.scope_book([rule_facts(1, sku_ids=frozenset({1}))], skus)
    after = rules.scope_book([rule_facts(1, sku_ids=frozenset({2}), tiers=frozenset({"A"}))], skus)
    buyers = [Buyer(organization_id=1), Buyer(organization_id=2, tier="B")]

    effects = rules.scope_effects(before, after, buyers=buyers, on=DAY)

    assert [(one.organization_id, one.gained_sku_ids, one.lost_sku_ids) for one in effects] == [
        (1, (2,), (1,)),
        (2, (), (1,)),
    ]
    assert rules.scope_effects(before, before, buyers=buyers, on=DAY) == []


_rule_sets = st.lists(
    st.builds(
        rule_facts,
        st.integers(1, 1000),
        is_allow=st.booleans(),
        tiers=st.sampled_from([frozenset(), frozenset({"A"}), frozenset({"B"})]),
        sku_ids=st.frozensets(st.integers(1, 4), max_size=3),
    ),
    max_size=6,
    unique_by=lambda rule: rule.id,
)


@given(_rule_sets)
def test_the_range_is_what_each_sku_alone_would_be_told(scope):
    skus = [sku_facts(number) for number in range(1, 5)]
    mine = [rule for rule in scope if rules.applies_to(rule, buyer=Buyer(), on=DAY)]

    expected = {
        sku.id
        for sku in skus
        if any(rule.is_allow and rules.covers(rule, sku) for rule in mine)
        and not any(not rule.is_allow and rules.covers(rule, sku) for rule in mine)
    }
    assert sellable(*scope, skus=skus) == expected


@pytest.mark.parametrize(
    ("parent", "name", "path"), [("", "饮料", "饮料"), ("饮料 > 茶", "绿茶", "饮料 > 茶 > 绿茶")]
)
def test_a_category_path_holds_the_names_from_the_root(parent, name, path):
    assert rules.child_category_path(parent, name) == path


@pytest.mark.parametrize("name", ["", "a > b", ">"])
def test_a_category_name_cannot_look_like_a_path(name):
    with pytest.raises(CategoryNameInvalid):
        rules.child_category_path("", name)


@pytest.mark.parametrize(("lines", "refused"), [((24, 24), False), ((24, 25), True), ((49,), True)])
def test_the_limit_of_an_order_holds_for_all_its_lines_of_a_sku(lines, refused):
    sku = sku_facts(order_limit=Decimal(48))
    wanted = [(sku, Decimal(base)) for base in lines] + [(sku_facts(2), Decimal(10**9))]

    if refused:
        with pytest.raises(AboveOrderLimit) as refusal:
            rules.check_order_limits(wanted)
        assert refusal.value.facts == {"sku_code": "S1", "limit": "48", "unit": "瓶"}
    else:
        rules.check_order_limits(wanted)
