"""Money keeps every digit, rounds once, and loses nothing when divided."""

from __future__ import annotations

import operator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.kernel.money import (
    CNY,
    CurrencyMismatch,
    CurrencyUnknown,
    Money,
    amount_text,
    currency_of,
    plain,
    round_half_up,
    split_amount,
    tax_from_gross,
)

D = Decimal
USD, JPY, KWD = currency_of("USD"), currency_of("JPY"), currency_of("KWD")
AMOUNTS = st.integers(-(10**15), 10**15)
WEIGHTS = st.lists(
    st.decimals(min_value=0, max_value=10**9, places=6, allow_nan=False), min_size=1, max_size=30
).filter(any)


def yuan(text: str) -> Money:
    return Money(D(text), CNY)


@pytest.mark.parametrize(
    ("value", "exponent", "rounded"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("0.1249999999999999999999999999999", 2, "0.12"),
        ("9999.995", 2, "10000.00"),
        ("0.5", 0, "1"),
        ("1.0005", 3, "1.001"),
        ("12345678901234567890.123456785", 8, "12345678901234567890.12345679"),
        ("7", 2, "7.00"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, exponent: int, rounded: str) -> None:
    assert str(round_half_up(D(value), exponent)) == rounded


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        ("10.00", ["33.33", "33.33", "33.34"], ["3.33", "3.33", "3.34"]),  # golden vector 4
        ("10.00", [1, 1, 1], ["3.34", "3.33", "3.33"]),
        ("0.02", [1, 1, 1], ["0.01", "0.01", "0.00"]),
        ("0.01", [1, 3], ["0.00", "0.01"]),
        ("-10.00", ["33.33", "33.33", "33.34"], ["-3.33", "-3.33", "-3.34"]),
        ("5.00", [0, 1, 0], ["0.00", "5.00", "0.00"]),
        ("0.00", [0, 0], ["0.00", "0.00"]),
        ("0.05", ["0.5", "0.5"], ["0.03", "0.02"]),
        ("100.00", ["1E+3", "2E+3"], ["33.33", "66.67"]),
    ],
)
def test_the_tail_of_a_split_goes_to_the_largest_remainder(
    total: str, weights: list[str | int], parts: list[str]
) -> None:
    assert split_amount(D(total), [D(weight) for weight in weights], 2) == [D(part) for part in parts]


@given(AMOUNTS, WEIGHTS)
def test_the_parts_of_a_split_sum_to_the_whole_and_are_off_by_less_than_a_cent(
    cents: int, weights: list[D]
) -> None:
    total = D(cents).scaleb(-2)

    parts = split_amount(total, weights, 2)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < D("0.01000001")
        assert weight or not part


@given(AMOUNTS, WEIGHTS, st.randoms())
def test_the_order_of_the_weights_does_not_change_what_a_split_gives(
    cents: int, weights: list[D], random: object
) -> None:
    total = D(cents).scaleb(-2)
    shuffled = list(weights)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    before = sorted(zip(weights, split_amount(total, weights, 2), strict=True))
    after = sorted(zip(shuffled, split_amount(total, shuffled, 2), strict=True))

    assert before == after


@pytest.mark.parametrize(
    ("total", "weights", "why"),
    [("1.00", [0, 0], "all weights are zero"), ("1.00", [2, -1], "negative"), ("1.005", [1], "not posted")],
)
def test_a_split_that_cannot_be_exact_is_a_bug(total: str, weights: list[int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        split_amount(D(total), weights, 2)


def test_trailing_zeros_go_without_powers_of_ten() -> None:
    assert [str(plain(D(text))) for text in ("4.500000", "100.00", "1E+3", "0.000", "-20")] == [
        "4.5",
        "100",
        "1000",
        "0",
        "-20",
    ]


def test_money_splits_into_equal_parts_at_its_own_exponent() -> None:
    assert [part.text() for part in Money(D(100), JPY).split(3)] == ["34", "33", "33"]
    assert [part.text() for part in Money(D("0.001"), KWD).split(2)] == ["0.001", "0.000"]


@pytest.mark.parametrize(
    ("gross", "rate", "net", "tax"),
    [
        ("100.00", "0.13", "88.50", "11.50"),  # golden vector 5
        ("113.00", "0.13", "100.00", "13.00"),
        ("0.01", "0.13", "0.01", "0.00"),
        ("100.00", "0", "100.00", "0.00"),
        ("-100.00", "0.13", "-88.50", "-11.50"),
        ("320.83", "0.09", "294.34", "26.49"),
    ],
)
def test_tax_lies_inside_the_gross_amount(gross: str, rate: str, net: str, tax: str) -> None:
    assert tax_from_gross(D(gross), D(rate), 2) == (D(net), D(tax))


def test_money_adds_compares_and_keeps_every_digit_until_it_is_posted() -> None:
    third = yuan("0.333333")

    assert third + third + third == yuan("0.999999")
    assert (third.times(D(3))).posted() == yuan("1.00")
    assert yuan("2") - yuan("3") == -yuan("1")
    assert yuan("1.00") < yuan("1.01") <= yuan("1.010")
    assert yuan("2") > yuan("1") >= yuan("1.00")
    assert not Money.zero(CNY)
    assert yuan("0.01")


def test_a_product_of_two_full_columns_is_exact() -> None:
    assert yuan("99999999999999.999999").times(D("99999999999999.999999")).amount == D(
        "9999999999999999999800000000.000000000001"
    )


def test_two_currencies_in_one_sum_are_a_bug() -> None:
    for mix in (operator.add, operator.sub, operator.lt, operator.ge):
        with pytest.raises(CurrencyMismatch, match="CNY with USD"):
            mix(yuan("1"), Money(D(1), USD))
    assert yuan("1") != Money(D(1), USD)


def test_floats_and_nonsense_are_not_money() -> None:
    with pytest.raises(TypeError, match="Decimal, not float"):
        Money(0.1, CNY)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="times float"):
        yuan("1").times(0.5)  # type: ignore[arg-type]
    for nonsense in ("NaN", "Infinity"):
        with pytest.raises(ValueError, match="not an amount"):
            Money(D(nonsense), CNY)


def test_money_is_shown_at_the_exponent_of_its_currency() -> None:
    assert str(yuan("1234.5")) == "1234.50 CNY"
    assert yuan("-1234567.895").format() == "-¥1,234,567.90"
    assert yuan("-0.001").format() == "¥0.00"
    assert Money(D(1234), currency_of("CHF")).format() == "CHF1,234.00"
    assert amount_text(D("1E+3"), 2) == "1000.00"
    assert Money(D("1234.5"), JPY).text() == "1235"


def test_an_unknown_currency_is_refused_with_its_code() -> None:
    with pytest.raises(CurrencyUnknown) as refusal:
        currency_of("XXX")

    assert refusal.value.facts == {"currency": "XXX"}
