"""An answer as a file: the same figures in both kinds, and nothing in it runs as a formula."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

from python_calamine import CalamineWorkbook

from huiliu.insights import exporting
from huiliu.insights.exporting import Cell, FileFormat

LINES: list[list[Cell]] = [
    ["伙伴 #", "伙伴", "净销售额"],
    ["0012", '=HYPERLINK("http://x")', Decimal("350.13")],
    ["D2", "+86 商行", Decimal("-49.90")],
    ["D3", "＝cmd", None],
    ["D4", "正常", Decimal("12345678901234.5678")],
]


def workbook() -> Any:
    content = exporting.as_file(FileFormat.XLSX, LINES)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_workbook_has_numbers_to_sum_and_words_as_they_are():
    assert workbook() == [
        ["伙伴 #", "伙伴", "净销售额"],
        ["0012", '=HYPERLINK("http://x")', 350.13],
        ["D2", "+86 商行", -49.9],
        ["D3", "＝cmd", ""],
        ["D4", "正常", "12345678901234.5678"],  # more digits than a number keeps
    ]


def test_no_cell_of_a_workbook_is_a_formula():
    import zipfile

    with zipfile.ZipFile(io.BytesIO(exporting.as_file(FileFormat.XLSX, LINES))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles


def test_csv_defuses_words_and_leaves_negative_figures():
    text = exporting.as_file(FileFormat.CSV, LINES).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["伙伴 #", "伙伴", "净销售额"],
        ["0012", '\'=HYPERLINK("http://x")', "350.13"],
        ["D2", "'+86 商行", "-49.90"],
        ["D3", "'＝cmd", ""],
        ["D4", "正常", "12345678901234.5678"],
    ]
