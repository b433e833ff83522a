"""What a valid code, phone and region is, and when a partner trades."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as gb32100

from huiliu.kernel.states import WrongState, step, unknown_or_unreachable
from huiliu.partners import rules
from huiliu.partners.errors import CustomInvalid, PhoneInvalid, RegionUnknown, UsccInvalid
from huiliu.partners.regions import packaged_regions, read_table
from huiliu.partners.types import ContractFacts, PartnerStatus, TradeDecision, Uscc
from huiliu.testing.partners import USCCS

S = PartnerStatus
DAY = date(2026, 6, 15)


@pytest.mark.parametrize("code", USCCS)
def test_a_published_code_is_right(code):
    assert rules.check_uscc(code) == Uscc(code, is_legacy=False)


@pytest.mark.parametrize(
    "text", [" 91110000 710926094p ", "９１１１００００７１０９２６０９４Ｐ", "91-110000-710926094-P"]
)
def test_a_code_is_read_however_it_is_written(text):
    assert rules.check_uscc(text).code == "91110000710926094P"


def test_a_licence_number_of_fifteen_digits_is_accepted_and_marked():
    assert rules.check_uscc("110108001234567") == Uscc("110108001234567", is_legacy=True)


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("9111000071092609", {"because": "length", "length": 16}),
        ("91110000710926094PP", {"because": "length", "length": 19}),
        ("9111000071O926094P", {"because": "character", "position": 11, "character": "O"}),
        ("91110000710926094Z", {"because": "character", "position": 18, "character": "Z"}),
        ("B1110000710926094P", {"because": "region"}),
        ("9111A000710926094P", {"because": "region"}),
        ("91110000710926094T", {"because": "checksum", "expected": "P"}),
        ("91110000710925094P", {"because": "checksum", "expected": "G"}),
    ],
)
def test_the_refusal_of_a_code_names_what_is_wrong(code, facts):
    with pytest.raises(UsccInvalid) as refusal:
        rules.check_uscc(code)

    assert refusal.value.facts == {"field": "uscc"} | facts


def test_a_right_last_character_over_a_wrong_organization_part_is_refused():
    body = "9111000071092605" + "4"
    code = body + gb32100.calc_check_digit(body)

    with pytest.raises(UsccInvalid) as refusal:
        rules.check_uscc(code)

    assert refusal.value.facts == {"field": "uscc", "because": "organization", "position": 17}


@given(st.sampled_from(USCCS), st.integers(0, 17), st.sampled_from(rules.USCC_ALPHABET))
def test_one_wrong_character_is_always_found(code, place, char):
    wrong = code[:place] + char + code[place + 1 :]
    if wrong == code:
        assert rules.check_uscc(wrong).code == code
    else:
        with pytest.raises(UsccInvalid):
            rules.check_uscc(wrong)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13812345678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("１３８－１２３４－５６７８", "13812345678"),
        ("010-62345678", "010-62345678"),
        ("0512 6812 3456", "0512-68123456"),
        ("400-820-8820", "4008208820"),
        ("+1 515 555 0123", "+1 515-555-0123"),
        ("  ", ""),
    ],
)
def test_a_phone_number_has_one_spelling(text, phone):
    assert rules.check_phone(text) == phone
    assert rules.check_phone(phone) == phone


@pytest.mark.parametrize("text", ["1381234567", "138123456789", "12345", "abc", "+", "1" * 5000])
def test_what_is_no_phone_number_is_refused(text):
    with pytest.raises(PhoneInvalid) as refusal:
        rules.check_phone(text, field="contact_phone")

    assert refusal.value.facts == {"field": "contact_phone", "text": text[:40]}


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("010-62345678", "010****5678"),
        ("1234567", "123****4567"),
        ("123", "****"),
        ("", ""),
    ],
)
def test_a_masked_phone_keeps_its_ends(phone, masked):
    assert rules.mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("text", "code", "level", "parent"),
    [
        ("32", "320000", 1, ""),
        ("3205", "320500", 2, "320000"),
        ("320505", "320505", 3, "320500"),
        ("320505001", "320505001", 4, "320505"),
    ],
)
def test_a_region_code_tells_its_level_and_parent(text, code, level, parent):
    assert rules.region_code(text) == code
    assert rules.region_level(code) == level
    assert rules.region_parent(code) == parent


@pytest.mark.parametrize("code", ["", "3", "32050", "3205051", "32O505", "３２０５０５"])
def test_another_shape_is_no_region_code(code):
    with pytest.raises(RegionUnknown):
        rules.region_level(code)


def test_the_packaged_table_is_a_tree_of_three_levels():
    rows = {row.code: row for row in packaged_regions()}

    assert len(rows) == 3351
    assert [sum(row.level == level for row in rows.values()) for level in (1, 2, 3)] == [34, 342, 2975]
    assert all(row.parent_code in rows for row in rows.values() if row.level > 1)
    assert rows["320500"].name == "苏州市"
    assert rows["310100"].name == "上海市"  # not 市辖区


@pytest.mark.parametrize(
    "table",
    [
        '\ufeffcode,name,provinceCode\n32,江苏省,\n3205,"苏州市",32\n',
        '[{"code": "32", "name": "江苏省"}, {"code": "3205", "name": "苏州市"}]',
        '{"32": "江苏省", "3205": "苏州市"}',
    ],
)
def test_published_tables_are_read_in_their_usual_shapes(table):
    assert [(row.code, row.name, row.parent_code, row.level) for row in read_table(table)] == [
        ("320000", "江苏省", "", 1),
        ("320500", "苏州市", "320000", 2),
    ]


def test_a_table_without_codes_is_refused():
    with pytest.raises(RegionUnknown):
        list(read_table("id,label\n1,x\n"))


def test_every_state_can_be_reached_and_the_end_is_final():
    assert unknown_or_unreachable(rules.MOVES, start=S.ACTIVE) == set()
    with pytest.raises(WrongState):
        step(rules.MOVES, before=S.ENDED, after=S.ACTIVE)


@pytest.mark.parametrize(
    ("status", "actions"),
    [
        (S.ACTIVE, ("update", "add_contract", "freeze", "end")),
        (S.FROZEN, ("update", "add_contract", "activate", "end")),
        (S.ENDED, ()),
    ],
)
def test_actions_follow_the_state(status, actions):
    assert rules.allowed_actions(status, may_write=True) == actions
    assert rules.allowed_actions(status, may_write=False) == ()


def a_contract(number: int = 1, **fields) -> ContractFacts:
    values: dict[str, Any] = {
        "id": UUID(int=number),
        "number": f"C{number}",
        "seller_id": 1,
        "region_codes": frozenset(),
        "category_ids": frozenset(),
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2027, 1, 1),
        "status": "ACTIVE",
    }
    return ContractFacts(**(values | fields))


def decide(*contracts, on=DAY, status=S.ACTIVE, seller_id=1, **more):
    return rules.may_trade(status=status, contracts=contracts, seller_id=seller_id, on=on, **more)


@pytest.mark.parametrize(
    ("on", "allowed"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_contract_holds_from_its_first_day_to_the_day_before_its_end(on, allowed):
    assert decide(a_contract(), on=on).allowed is allowed


def test_without_any_contract_trade_is_free_unless_one_is_needed():
    assert decide() == TradeDecision(True, "no contract limits the trade")
    assert decide(contract_needed=True) == TradeDecision(False, "there is no contract with this seller")


def test_a_contract_with_another_seller_says_nothing_of_this_one():
    assert decide(a_contract(seller_id=2)).allowed
    assert decide(a_contract(seller_id=2), contract_needed=True).allowed is False


@pytest.mark.parametrize("status", [S.FROZEN, S.ENDED])
def test_who_is_frozen_or_ended_does_not_trade_whatever_the_contract(status):
    assert decide(a_contract(), status=status) == TradeDecision(False, f"the partner is {status.value}")


def test_contracts_for_product_lines_add_up_and_one_for_all_lifts_the_limit():
    tea, juice = a_contract(1, category_ids=frozenset({1})), a_contract(2, category_ids=frozenset({2, 3}))

    assert decide(tea, juice) == TradeDecision(True, "contract C1, C2", frozenset({1, 2, 3}))
    assert decide(tea, juice, a_contract(3)).category_ids is None


@pytest.mark.parametrize(
    ("region", "allowed"), [("320505", True), ("320500", True), ("320100", False), ("", True)]
)
def test_a_contract_for_a_city_holds_its_districts(region, allowed):
    contract = a_contract(region_codes=frozenset({"320500"}))

    assert decide(contract, region_code=region).allowed is allowed


@pytest.mark.parametrize(
    ("fields", "clashes"),
    [
        ({}, True),
        ({"valid_from": date(2027, 1, 1), "valid_to": None}, False),
        ({"valid_from": date(2026, 12, 31), "valid_to": None}, True),
        ({"seller_id": 2}, False),
        ({"category_ids": frozenset({2})}, False),
        ({"category_ids": frozenset({1, 2})}, True),
        ({"region_codes": frozenset({"330000"})}, False),
        ({"region_codes": frozenset({"320505"})}, True),
        ({"region_codes": frozenset({"320000"})}, True),
    ],
)
def test_contracts_clash_only_on_the_same_days_regions_and_goods(fields, clashes):
    old = a_contract(1, category_ids=frozenset({1}), region_codes=frozenset({"320500"}))

    assert (rules.overlapping(a_contract(2, **fields), [old]) is old) is clashes


@pytest.mark.parametrize("text", ["a@b.cn", "zhang.wei@mail.example.com"])
def test_an_email_address_looks_like_one(text):
    assert rules.looks_like_email(text)


@pytest.mark.parametrize("text", ["", "a", "a@b", "@b.cn", "a@", "a@b@c.cn", "a b@c.cn", "a@.cn."])
def test_other_text_does_not_look_like_an_email_address(text):
    assert not rules.looks_like_email(text)


def test_custom_fields_are_plain_values_under_short_names():
    values = {"dms_code": "A1", "cold_chain": True, "trucks": 3, "brands": ["x", "y"], "none": None}
    assert rules.check_custom(values) == values


@pytest.mark.parametrize(
    "values", [{"Upper": 1}, {"a": {"b": 1}}, {"a": 1.5}, {"a": "x" * 1001}, {f"f{n}": 1 for n in range(51)}]
)
def test_other_custom_fields_are_refused(values):
    with pytest.raises(CustomInvalid):
        rules.check_custom(values)
