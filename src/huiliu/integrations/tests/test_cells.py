# ruff: noqa: DTZ001 - a spreadsheet knows no zones
"""What a cell means to a column: the spellings that people and spreadsheets use."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiliu.integrations.errors import CellTooLong, CellUnreadable, DigitsLost, FormulaUnsaved
from huiliu.integrations.importing import cells
from huiliu.integrations.importing.cells import Broken
from huiliu.kernel.refusals import DomainError


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.as_code, "００１２３", "00123"),
        (cells.as_code, "'00123", "00123"),
        (cells.as_code, Decimal(6901234567890), "6901234567890"),
        (cells.as_code, "  ab　", "ab"),
        (cells.as_code, "E12", "E12"),
        (cells.as_decimal, "１，２３４．５０", Decimal("1234.50")),
        (cells.as_decimal, "¥ 12.5元", Decimal("12.5")),
        (cells.as_decimal, "(3.50)", Decimal("-3.50")),
        (cells.as_decimal, Decimal("0.3"), Decimal("0.3")),
        (cells.as_whole, "1,000", 1000),
        (cells.as_rate, "13%", Decimal("0.13")),
        (cells.as_rate, "１３％", Decimal("0.13")),
        (cells.as_rate, Decimal("0.13"), Decimal("0.13")),
        (cells.as_rate, "13", Decimal("0.13")),
        (cells.as_rate, "0.5%", Decimal("0.005")),
        (cells.as_date, "2026年3月5日", date(2026, 3, 5)),
        (cells.as_date, "２０２６年３月５号", date(2026, 3, 5)),
        (cells.as_date, "2026/3/5", date(2026, 3, 5)),
        (cells.as_date, "2026.03.05", date(2026, 3, 5)),
        (cells.as_date, "2026-03-05 08:30:00", date(2026, 3, 5)),
        (cells.as_date, "20260305", date(2026, 3, 5)),
        (cells.as_date, Decimal(20260305), date(2026, 3, 5)),
        (cells.as_date, Decimal(46086), date(2026, 3, 5)),
        (cells.as_date, "46086", date(2026, 3, 5)),
        (cells.as_date, datetime(2026, 3, 5, 8), date(2026, 3, 5)),
        (cells.as_boolean, "是", True),
        (cells.as_boolean, "Ｙ", True),
        (cells.as_boolean, "否", False),
        (cells.as_boolean, Decimal(0), False),
        (cells.as_boolean, True, True),
        (cells.as_list, "甲、乙，丙;丁", ("甲", "乙", "丙", "丁")),
        (cells.as_text, Decimal("12.50"), "12.5"),
    ],
)
def test_the_spellings_that_are_understood(read, cell, value):
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "refusal"),
    [
        (cells.as_code, "6.90123E+12", DigitsLost),
        (cells.as_code, "1E+12", DigitsLost),
        (cells.as_code, Decimal(911100007109260940), DigitsLost),
        (cells.as_decimal, "十二", CellUnreadable),
        (cells.as_decimal, "1,23", CellUnreadable),
        (cells.as_decimal, True, CellUnreadable),
        (cells.as_decimal, date(2026, 3, 5), CellUnreadable),
        (cells.as_whole, "3.5", CellUnreadable),
        (cells.as_date, "03/05/2026", CellUnreadable),
        (cells.as_date, "2026-02-30", CellUnreadable),
        (cells.as_date, Decimal(12), CellUnreadable),
        (cells.as_boolean, "也许", CellUnreadable),
        (cells.as_text, Broken("#REF!"), FormulaUnsaved),
        (cells.as_text, "x" * 2001, CellTooLong),
    ],
)
def test_what_cannot_be_meant_is_refused_and_shown(read, cell, refusal):
    with pytest.raises(refusal) as refused:
        read(cell)
    assert refused.value.facts


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0.30000000000000004", "0.3"),
        ("6.90123456789E+12", "6901234567890"),
        ("2.5E-3", "0.0025"),
        ("-0", "0"),
        ("100", "100"),
        ("1E+2", "100"),
    ],
)
def test_a_stored_number_is_what_the_spreadsheet_shows(raw, value):
    assert str(cells.number_of(raw)) == value


@given(
    some.one_of(
        some.none(),
        some.text(max_size=50),
        some.decimals(allow_nan=False, allow_infinity=False),
        some.dates(),
        some.datetimes(),
        some.times(),
        some.booleans(),
        some.builds(Broken, some.text(max_size=5)),
    ),
    some.sampled_from(sorted(cells.READERS)),
)
def test_no_cell_breaks_a_reader(cell, kind):
    try:
        read = cells.READERS[kind](cell)
    except DomainError:
        return
    assert read is not None
