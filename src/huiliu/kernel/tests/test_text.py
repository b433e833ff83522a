"""What people and spreadsheets write becomes plain text and exact numbers, or a refusal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.kernel.text import NumberUnreadable, normalise, parse_decimal, parse_whole, to_ascii_digits

D = Decimal


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  ＡＢ１２　", "AB12"),
        ("\ufeff编码", "编码"),
        ("a\u200bb\x00c", "abc"),
        ("（北京）", "(北京)"),
        ("", ""),
    ],
)
def test_text_is_normalised_to_what_it_looks_like(text: str, clean: str) -> None:
    assert normalise(text) == clean


def test_only_digits_are_made_plain_when_asked() -> None:
    assert to_ascii_digits("（１２）箱") == "（12）箱"
    assert to_ascii_digits("plain 5") == "plain 5"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１２.５", "12.5"),
        ("１２．５", "12.5"),
        ("1,234.50", "1234.50"),
        ("1，234.50", "1234.50"),
        ("1 234.50", "1234.50"),
        ("1\u00a0234", "1234"),
        ("¥12", "12"),
        ("￥ 1,234", "1234"),
        ("-¥12.00", "-12.00"),
        ("RMB 12", "12"),
        ("12元", "12"),
        ("(3.50)", "-3.50"),
        ("－3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0012", "12"),
        ("1.5E+3", "1500"),
        ("2e-3", "0.002"),
        ("0", "0"),
        ("99999999999999.999999", "99999999999999.999999"),
    ],
)
def test_numbers_are_read_from_dirty_cells(text: str, number: str) -> None:
    parsed = parse_decimal(text)

    assert parsed == D(number)
    assert str(parsed) == number


@pytest.mark.parametrize("text", [None, "", "   ", "\u3000", "-", "--", "—"])
def test_a_blank_cell_is_no_number(text: str | None) -> None:
    assert parse_decimal(text) is None
    assert parse_whole(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "abc", "1,23", "1,2345", "1.234,50", "1.2.3", "--3", "(-3)", ".", "-.", "NaN", "Infinity", "1e999",
        "12%", "0x1F", "1_000", "100000000000000", "1" * 65, "3箱", "¥", "()", "1e14", "٣٣ و",
    ],
)  # fmt: skip
def test_what_could_be_misread_is_refused(text: str) -> None:
    with pytest.raises(NumberUnreadable) as refusal:
        parse_decimal(text)

    assert len(refusal.value.facts["text"]) <= 64


def test_a_count_is_whole() -> None:
    assert parse_whole("3.00") == 3
    with pytest.raises(NumberUnreadable):
        parse_whole("3.5")


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=6, allow_nan=False))
def test_a_number_written_by_us_is_read_back(number: D) -> None:
    assert parse_decimal(f"{number:,f}") == number
    assert parse_decimal(f" ¥{abs(number):f} ") == abs(number)


@given(st.text(max_size=40))
def test_any_text_is_a_number_blank_or_refused_and_nothing_else(text: str) -> None:
    try:
        number = parse_decimal(text)
    except NumberUnreadable:
        return
    assert number is None or number.is_finite()
