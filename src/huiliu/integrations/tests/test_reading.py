# ruff: noqa: DTZ001 - a spreadsheet knows no zones
"""Files as people really send them: every way of writing the same table is read as the same rows."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from huiliu.integrations import errors
from huiliu.integrations.importing import tables
from huiliu.integrations.importing.cells import Broken, Cell
from huiliu.integrations.importing.reading import open_table
from huiliu.testing.sheets import a_csv, a_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cells_of(path: Path, *, sheet: str = "") -> list[tuple[int, list[Cell]]]:
    return [(row.number, row.cells) for row in open_table(path, sheet=sheet).rows()]


def a_package(path: Path, sheet: str, *, texts: str = "", styles: str = "") -> Path:
    """A workbook written by hand, as other programs write theirs."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="r"><sheets><sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        )
        package.writestr("xl/worksheets/sheet1.xml", sheet)
        if texts:
            package.writestr("xl/sharedStrings.xml", texts)
        if styles:
            package.writestr("xl/styles.xml", styles)
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found(tmp_path, encoding, delimiter):
    lines = [
        delimiter.join(row)
        for row in (("编码", "名称", "数量"), ("001", f'"甲{delimiter}乙"', "3"), ("002", '"引""号"', "5"))
    ]
    path = a_csv(tmp_path / "t.csv", *lines, encoding=encoding)

    assert cells_of(path) == [
        (1, ["编码", "名称", "数量"]),
        (2, ["001", f"甲{delimiter}乙", "3"]),
        (3, ["002", '引"号', "5"]),
    ]


def test_a_rare_character_of_gb18030_is_read(tmp_path):
    path = a_csv(tmp_path / "t.csv", "名称", "䶮𠮷商店", encoding="gb18030")

    assert cells_of(path)[1] == (2, ["䶮𠮷商店"])


def test_line_breaks_in_a_cell_do_not_count_as_rows_and_blank_lines_keep_the_numbers(tmp_path):
    path = a_csv(tmp_path / "t.csv", "a,b", '"x\r\ny",1', "", ",", "z,2")

    assert cells_of(path) == [(1, ["a", "b"]), (2, ["x\r\ny", "1"]), (5, ["z", "2"])]


def test_excel_texts_numbers_dates_and_formulas(tmp_path):
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("表")
    page.merge_range("A1:D1", "二〇二六年客户表")
    page.write_row(1, 0, ["编码", "日期", "数量", "备注"])
    page.write_string("A3", "001")
    page.write_datetime("B3", datetime(2026, 3, 5), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
    page.write_number("C3", 0.1 + 0.2)
    page.write_rich_string("D3", "红", book.add_format({"bold": True}), "黑", "白")
    page.write_number("A4", 6901234567890)
    page.write_datetime(
        "B4", datetime(2026, 3, 5, 8, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    )
    page.write_formula("C4", "=2*3", None, 6)
    page.write_boolean("D4", True)
    page.set_row(3, None, None, {"hidden": True})
    page.write_number("B5", 0.5, book.add_format({"num_format": "hh:mm"}))
    page.write_formula("D5", "=NA()", None, "#N/A")
    page.write_number("C5", 1.5, book.add_format({"num_format": '0.00"日"'}))
    book.close()

    table = open_table(path)
    rows = list(table.rows())

    assert (table.sheet, table.format) == ("表", "xlsx")
    assert [(row.number, row.cells) for row in rows] == [
        (1, ["二〇二六年客户表"]),
        (2, ["编码", "日期", "数量", "备注"]),
        (3, ["001", date(2026, 3, 5), Decimal("0.3"), "红黑白"]),
        (4, [Decimal(6901234567890), datetime(2026, 3, 5, 8, 30), Decimal(6), True]),
        (5, [None, time(12), Decimal("1.5"), Broken("#N/A")]),
    ]
    assert [row.number for row in rows if row.hidden] == [4]


def test_a_formula_that_was_never_calculated_is_told_and_not_taken_for_blank(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active["A2"] = "=1+1"
    book.save(tmp_path / "t.xlsx")

    assert cells_of(tmp_path / "t.xlsx")[1] == (2, [Broken("a formula without a result")])


def test_inline_texts_missing_addresses_and_the_calendar_of_1904(tmp_path):
    inline = a_package(
        tmp_path / "inline.xlsx",
        f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>甲_x000D_乙</t></is></c><c><v>2.50</v></c></row>'
        '<row r="7"><c r="C7" t="str"><v>文</v></c></row></sheetData></worksheet>',
    )
    strict = a_package(
        tmp_path / "strict.xlsx",
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="d"><x:v>2026-03-05T00:00:00Z</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    )

    assert cells_of(inline) == [(1, ["甲\r乙", Decimal("2.50")]), (7, [None, None, "文"])]
    assert cells_of(strict) == [(1, [datetime(2026, 3, 5)])]


def test_the_first_visible_sheet_is_read_unless_another_is_named(tmp_path):
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    hidden, shown = book.add_worksheet("说明"), book.add_worksheet("数据")
    hidden.write("A1", "说明文字")
    hidden.hide()
    shown.activate()
    shown.set_first_sheet()
    shown.write("A1", "编码")
    book.close()

    assert cells_of(path) == [(1, ["编码"])]
    assert cells_of(path, sheet="说明") == [(1, ["说明文字"])]
    with pytest.raises(errors.SheetUnknown) as refused:
        open_table(path, sheet="没有")
    assert refused.value.facts["sheets"] == ["说明", "数据"]


def test_parquet_is_read_with_its_types(tmp_path):
    path = tmp_path / "t.parquet"
    columns = {
        "编码": ["001", None],
        "日期": [date(2026, 3, 5), None],
        "数量": [3, 4],
        "单价": [Decimal("1.20"), Decimal("3.00")],
        "折扣": [0.1, None],
    }
    pq.write_table(pa.table(columns), path)

    assert cells_of(path) == [
        (1, ["编码", "日期", "数量", "单价", "折扣"]),
        (2, ["001", date(2026, 3, 5), Decimal(3), Decimal("1.20"), Decimal("0.1")]),
        (3, [None, None, Decimal(4), Decimal("3.00")]),
    ]


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("old.xls", bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600, errors.OldExcel),
        ("old.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600, errors.OldExcel),
        ("empty.csv", b"", errors.NothingToImport),
        ("scan.pdf", b"%PDF-1.7", errors.FormatUnknown),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(300), errors.FormatUnknown),
        ("binary.csv", bytes(range(256)) * 20, errors.FormatUnknown),
        ("torn.csv", "编码,名称\n".encode("gbk") + b"\xff\xff\xff", errors.FormatUnknown),
        ("half.xlsx", b"PK\x03\x04" + b"\0" * 100, errors.FileDamaged),
        ("half.parquet", b"PAR1" + b"\0" * 100, errors.FileDamaged),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(tmp_path, name, content, refusal):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(refusal) as refused:
        list(open_table(path).rows())
    assert refused.value.remedy()


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as package:
        package.writestr("readme.txt", "hello")

    with pytest.raises(errors.FileDamaged):
        open_table(tmp_path / "t.xlsx")


def test_entities_of_its_own_make_a_workbook_refused(tmp_path):
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
    path = a_package(
        tmp_path / "t.xlsx",
        f'{bomb}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="str"><v>&c;</v></c></row></sheetData></worksheet>',
    )

    with pytest.raises(errors.FileDamaged) as refused:
        cells_of(path)
    assert refused.value.facts["because"] == "DOCTYPE"


def test_a_sheet_that_unpacks_to_gigabytes_stops_early_whatever_its_directory_claims(tmp_path, monkeypatch):
    monkeypatch.setattr("huiliu.integrations.importing.xlsx_file.UNPACKED_MAX", 2_000_000)
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    sheet = "".join(row.format(number) for number in range(1, 100_001))
    path = a_package(
        tmp_path / "t.xlsx", f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
    )
    assert path.stat().st_size < 600_000

    with pytest.raises(errors.FileTooLarge):
        cells_of(path)


def test_one_row_without_an_end_does_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("huiliu.integrations.importing.xlsx_file.ELEMENT_MAX", 1_000_000)
    cell = '<c r="A1"><v>1</v></c>' * 100_000
    path = a_package(
        tmp_path / "t.xlsx",
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>',
    )

    with pytest.raises(errors.FileTooLarge):
        cells_of(path)


def test_two_cells_at_the_far_corners_are_two_rows_and_no_grid(tmp_path):
    path = a_package(
        tmp_path / "t.xlsx",
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="IV1048576"><v>2</v></c></row></sheetData></worksheet>',
    )
    wide = a_package(
        tmp_path / "wide.xlsx",
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>',
    )

    assert [number for number, _ in cells_of(path)] == [1, 1048576]
    with pytest.raises(errors.FileTooLarge):
        cells_of(wide)


def test_more_rows_columns_or_letters_than_allowed_are_refused_with_the_limit(tmp_path, monkeypatch):
    long = a_csv(tmp_path / "long.csv", "a", *["1"] * 30)
    wide = a_csv(tmp_path / "wide.csv", ",".join(["a"] * (tables.COLUMNS_MAX + 1)))
    deep = a_csv(tmp_path / "deep.csv", "a", "x" * (tables.CELL_MAX + 1))

    with pytest.raises(errors.FileTooLarge) as refused:
        list(tables.checked(open_table(long).rows(), rows_max=20))
    assert (refused.value.facts["limit"], refused.value.facts["row"]) == (20, 21)
    with pytest.raises(errors.FileTooLarge):
        cells_of(wide)
    with pytest.raises(errors.CellTooLong) as too_long:
        cells_of(deep)
    assert too_long.value.facts["cell"] == "A2"


def test_a_quote_that_never_ends_is_refused_or_read_but_never_hangs(tmp_path):
    path = a_csv(tmp_path / "t.csv", "a,b", '"' + "x" * 400_000)

    with pytest.raises((errors.FileDamaged, errors.CellTooLong)):
        cells_of(path)


def test_a_cell_that_names_a_text_beyond_the_table_is_damage(tmp_path):
    path = a_package(
        tmp_path / "t.xlsx",
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c t="s"><v>9</v></c></row></sheetData></worksheet>',
        texts=f'<sst xmlns="{MAIN}"><si><t>甲</t></si></sst>',
    )

    with pytest.raises(errors.FileDamaged):
        cells_of(path)


def test_the_same_rows_come_again_when_asked_again(tmp_path):
    table = open_table(a_workbook(tmp_path / "t.xlsx", ("a", 1), ("b", 2)))

    assert list(table.rows()) == list(table.rows())
