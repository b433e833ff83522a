"""Quantities stay exact whichever unit they are entered, priced or shown in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.kernel.quantity import (
    QuantityNegative,
    QuantityNotWhole,
    QuantityTooFine,
    QuantityUnreadable,
    UnitFactor,
    UnitUnknown,
    compose,
    decompose,
    from_base,
    line_amount_by_units,
    parse_quantity,
    quantity_text,
    to_base,
)
from huiliu.kernel.text import NumberUnreadable

D = Decimal

CASE, PACK, BOTTLE = UnitFactor("箱", 24), UnitFactor("提", 6), UnitFactor("瓶", 1)
UNITS = [PACK, CASE]
FACTORS = st.builds(
    UnitFactor, st.sampled_from(["箱", "提", "包", "件"]), st.integers(1, 500), st.integers(1, 60)
)


@pytest.mark.parametrize(
    ("quantity", "factor", "base"),
    [
        ("3", CASE, "72"),
        ("3.5", CASE, "84"),
        ("0.125", CASE, "3"),
        ("12", UnitFactor("双", 5, 1), "60"),  # 5 x 12 is 60, not 61
        ("3", UnitFactor("包", 10, 3), "10"),
        ("0", CASE, "0"),
        ("-2", CASE, "-48"),
    ],
)
def test_an_entered_quantity_becomes_base_units_exactly(quantity: str, factor: UnitFactor, base: str) -> None:
    assert to_base(D(quantity), factor, is_whole=True) == D(base)


def test_counted_goods_refuse_a_part_of_a_bottle() -> None:
    with pytest.raises(QuantityNotWhole) as refusal:
        to_base(D("0.1"), CASE, is_whole=True)

    assert refusal.value.facts == {"base_quantity": D("2.4")}


def test_weighed_goods_take_up_to_six_decimals() -> None:
    assert to_base(D("0.1"), CASE, is_whole=False) == D("2.4")
    with pytest.raises(QuantityTooFine):
        to_base(D(1), UnitFactor("份", 1, 3), is_whole=False)


def test_a_base_quantity_in_a_larger_unit_is_a_fraction_and_not_a_rounded_number() -> None:
    assert from_base(D(77), CASE) == Fraction(77, 24)


def test_three_cases_and_five_bottles_are_77() -> None:
    assert compose([(3, CASE), (5, BOTTLE)], is_whole=True) == 77
    assert compose([(D("0.5"), CASE), (1, BOTTLE)], is_whole=True) == 13
    assert compose([], is_whole=True) == 0


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ("77", "3箱5瓶"),
        ("82", "3箱1提4瓶"),
        ("24", "1箱"),
        ("5", "5瓶"),
        ("0", "0瓶"),
        ("-77", "-3箱5瓶"),
        ("1.5", "1.5瓶"),
    ],
)
def test_a_quantity_is_said_with_the_largest_unit_first(quantity: str, text: str) -> None:
    assert quantity_text(D(quantity), [CASE] if "提" not in text else UNITS, "瓶") == text


def test_a_rational_unit_leaves_no_part_of_a_bottle_behind() -> None:
    assert decompose(D(7), [UnitFactor("对", 5, 2)], "瓶") == [(D(2), UnitFactor("对", 5, 2)), (D(2), BOTTLE)]
    assert quantity_text(D("2.35"), [UnitFactor("片", 1, 10)], "盒") == "2.05盒3片"


@given(
    st.integers(-(10**9), 10**9),
    st.lists(FACTORS, max_size=4, unique_by=lambda factor: factor.unit),
    st.sampled_from([0, 3, 6]),
)
def test_composing_what_was_decomposed_gives_the_quantity_again(
    number: int, units: list[UnitFactor], places: int
) -> None:
    quantity = D(number).scaleb(-places)

    parts = decompose(quantity, units, "瓶")

    whole = quantity == quantity.to_integral_value()
    assert compose(parts, is_whole=whole) == quantity
    assert [factor.size for _, factor in parts] == sorted((f.size for _, f in parts), reverse=True)
    assert all(count * quantity > 0 for count, _ in parts) or quantity == 0


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("3箱5瓶", 77),
        (" ３箱 ５瓶 ", 77),
        ("77", 77),
        ("1,000瓶", 1000),
        ("0.5箱", 12),
        ("1箱1提1瓶", 31),
    ],
)
def test_people_write_quantities_in_many_ways(text: str, base: int) -> None:
    assert parse_quantity(text, UNITS, "瓶", is_whole=True) == base


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("3打", UnitUnknown),
        ("-3箱", QuantityNegative),
        ("-3", QuantityNegative),
        ("3箱5", QuantityUnreadable),
        ("3箱!瓶", UnitUnknown),
        ("", QuantityUnreadable),
        ("abc", NumberUnreadable),
        ("0.1箱", QuantityNotWhole),
    ],
)
def test_a_quantity_nobody_can_read_is_refused(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        parse_quantity(text, UNITS, "瓶", is_whole=True)


@pytest.mark.parametrize(
    ("quantity", "unit_price", "unit", "exponent", "amount"),
    [
        ("77", "100.00", CASE, 2, "320.83"),  # golden vector 14; 77 x 4.17 would be 321.09
        ("77", "4.166667", BOTTLE, 2, "320.83"),
        ("1", "0.005", BOTTLE, 2, "0.01"),
        ("10", "3", UnitFactor("包", 10, 3), 2, "9.00"),
        ("77", "100", CASE, 0, "321"),
        ("0", "100", CASE, 2, "0.00"),
        ("99999999999999", "99999.999999", BOTTLE, 2, "9999999999899900000.00"),
    ],
)
def test_a_line_is_rounded_once_whichever_unit_the_price_is_for(
    quantity: str, unit_price: str, unit: UnitFactor, exponent: int, amount: str
) -> None:
    posted = line_amount_by_units(
        quantity=D(quantity), unit_price=D(unit_price), price_unit=unit, exponent=exponent
    )

    assert str(posted) == amount


def test_a_factor_of_nothing_is_a_bug() -> None:
    for numerator, denominator in ((0, 1), (1, 0), (-1, 1)):
        with pytest.raises(ValueError, match="not above zero"):
            UnitFactor("箱", numerator, denominator)
