"""What comes back is the user's own file with reasons; corrected and sent again, only the failures are tried."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.styles import Font

from huiliu.integrations.importing.error_file import ErrorFile
from huiliu.integrations.importing.mapping import Field, entity_mapping, entity_mappings, plan_of
from huiliu.integrations.importing.reading import open_table
from huiliu.integrations.importing.templates import template
from huiliu.integrations.importing.types import Outcome
from huiliu.partners.models import Partner
from huiliu.testing.actors import a_brand, an_actor
from huiliu.testing.sheets import a_csv, a_workbook, import_file

pytestmark = pytest.mark.django_db
HEAD = ("编码", "名称", "税号", "等级")
ROWS = (
    ("JS1", "甲", "", "A"),
    ("JS2", "乙", "123", "A"),
    ("JS3", "", "", "A"),
    ("JS4", "丁", "", "A"),
)


def returned(
    path: Path, outcome: Outcome, target: Path, *, locale: str = "zh-Hans", dry_run: bool = False
) -> Path:
    table, mapping = open_table(path), entity_mapping("partners")
    plan = plan_of(mapping, table.rows(), columns={})
    ending = ErrorFile(table, mapping, plan, outcome, "i1", locale, dry_run).write(path, target)
    assert ending == target.suffix
    return target


def trusts(import_id: str) -> bool:
    return import_id == "i1"


def test_the_workbook_comes_back_as_it_was_with_reasons_and_red_cells(tmp_path):
    actor = an_actor(a_brand())
    path = a_workbook(tmp_path / "客户.xlsx", ("客户资料",), HEAD, *ROWS)
    book = openpyxl.load_workbook(path)
    book.active["A2"].font = Font(italic=True, color="FF0000FF")
    book.active.column_dimensions["B"].width = 33
    book.create_sheet("别的")["A1"] = "=1+1"
    book.save(path)

    outcome = import_file(path, actor=actor, entity="partners")
    back = openpyxl.load_workbook(returned(path, outcome, tmp_path / "back.xlsx"))

    page = back["Sheet1"]
    assert [page.cell(2, column).value for column in range(1, 7)] == [*HEAD, "原因", "导入标记"]
    assert [page.cell(row, 1).value for row in range(3, 7)] == ["JS1", "JS2", "JS3", "JS4"]
    assert page["E3"].value is None
    assert page["E4"].value.startswith("【统一社会信用代码】")
    assert page["E5"].value.startswith("【名称】必填单元格为空")
    assert [page[cell].fill.fgColor.rgb for cell in ("C4", "B5")] == ["FFFFC7CE", "FFFFC7CE"]
    assert page["C3"].fill.fgColor.rgb != "FFFFC7CE"
    assert (page["A2"].font.italic, page.column_dimensions["B"].width) == (True, 33)
    assert page.column_dimensions["F"].hidden
    assert back["别的"]["A1"].value == "=1+1"


def test_reasons_are_said_in_one_language_whole(tmp_path):
    actor = an_actor(a_brand())
    path = a_workbook(tmp_path / "p.xlsx", HEAD, *ROWS)
    outcome = import_file(path, actor=actor, entity="partners")

    said = {}
    for locale in ("zh-Hans", "zh-Hant", "en"):
        page = openpyxl.load_workbook(returned(path, outcome, tmp_path / f"{locale}.xlsx", locale=locale))[
            "Sheet1"
        ]
        said[locale] = f"{page['E3'].value} {page['E4'].value}"

    assert not re.search("[A-Za-z]{3,}", said["zh-Hans"] + said["zh-Hant"]), said
    assert "統一社會信用代碼" in said["zh-Hant"]
    assert not re.search("[\u4e00-\u9fff]", said["en"].replace("名称", "")), said


def test_the_corrected_workbook_is_tried_only_where_it_failed_and_nothing_is_lost(tmp_path):
    actor = an_actor(a_brand())
    path = a_workbook(tmp_path / "p.xlsx", HEAD, *ROWS)
    outcome = import_file(path, actor=actor, entity="partners")
    assert (outcome.totals.inserted, outcome.totals.failed) == (2, 2)
    back = returned(path, outcome, tmp_path / "back.xlsx")

    untouched = import_file(back, actor=actor, entity="partners", trusts=trusts)
    book = openpyxl.load_workbook(back)
    page = book["Sheet1"]
    page["C3"] = None  # the code is corrected …
    page["E3"] = None  # … and the reason taken away, as people do
    page["B4"] = "丙"
    page["D5"] = "B"  # a row that was taken is changed as well
    page["A6"], page["B6"] = "JS5", "戊"  # and one is new
    book.save(back)
    corrected = import_file(back, actor=actor, entity="partners", trusts=trusts)

    assert (untouched.totals.passed_over, untouched.totals.failed, untouched.totals.taken) == (2, 2, 0)
    assert corrected.problems == []
    assert corrected.totals.as_json() == {
        "rows": 5, "inserted": 3, "updated": 1, "unchanged": 0, "failed": 0, "passed_over": 1, "hidden": 0,
    }  # fmt: skip
    assert dict(Partner.objects.values_list("code", "tier")) == {
        "JS1": "A", "JS2": "A", "JS3": "A", "JS4": "B", "JS5": "",
    }  # fmt: skip


def test_marks_of_another_installation_are_not_believed(tmp_path):
    actor = an_actor(a_brand())
    path = a_workbook(tmp_path / "p.xlsx", HEAD, *ROWS)
    outcome = import_file(path, actor=actor, entity="partners")
    back = returned(path, outcome, tmp_path / "back.xlsx")

    again = import_file(back, actor=actor, entity="partners", trusts=lambda import_id: import_id == "i2")

    assert (again.totals.rows, again.totals.passed_over, again.totals.unchanged) == (4, 0, 2)


def test_after_a_dry_run_every_row_is_still_to_be_imported(tmp_path):
    actor = an_actor(a_brand())
    path = a_workbook(tmp_path / "p.xlsx", HEAD, *ROWS)
    outcome = import_file(path, actor=actor, entity="partners", dry_run=True)
    back = returned(path, outcome, tmp_path / "back.xlsx", dry_run=True)

    run = import_file(back, actor=actor, entity="partners", trusts=trusts)

    assert (run.totals.passed_over, run.totals.inserted, run.totals.failed) == (0, 2, 2)


@pytest.mark.parametrize(("encoding", "delimiter"), [("gb18030", ","), ("utf-8-sig", ";"), ("utf-16", "\t")])
def test_a_csv_comes_back_in_its_encoding_and_can_be_sent_again(tmp_path, encoding, delimiter):
    actor = an_actor(a_brand())
    lines = [delimiter.join(row) for row in (HEAD, *ROWS)]
    path = a_csv(tmp_path / "p.csv", lines[0], "", *lines[1:], encoding=encoding)
    outcome = import_file(path, actor=actor, entity="partners")

    back = returned(path, outcome, tmp_path / "back.csv")

    assert "原因" in back.read_bytes().decode(encoding)
    table = open_table(back)
    assert (table.encoding, table.delimiter) == (encoding, delimiter)
    again = import_file(back, actor=actor, entity="partners", trusts=trusts)
    assert (again.totals.passed_over, again.totals.failed) == (2, 2)
    assert [one.row for one in again.problems] == [one.row for one in outcome.problems] == [4, 5]


def test_a_parquet_and_a_huge_workbook_come_back_as_plain_workbooks_with_their_row_numbers(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("huiliu.integrations.importing.error_file.CELLS_MAX", 3)
    actor = an_actor(a_brand())
    parquet = tmp_path / "p.parquet"
    pq.write_table(pa.table({name: [row[place] for row in ROWS] for place, name in enumerate(HEAD)}), parquet)
    workbook = a_workbook(tmp_path / "p.xlsx", HEAD, *ROWS)

    for path in (parquet, workbook):
        outcome = import_file(path, actor=actor, entity="partners")
        back = returned(path, outcome, tmp_path / f"{path.name}.xlsx")
        assert [one.row for one in outcome.problems] == [3, 4]
        page = openpyxl.load_workbook(back).active
        assert page["E3"].value.startswith("【统一社会信用代码】")
        assert page["C3"].fill.fgColor.rgb == "FFFFC7CE"
        again = import_file(back, actor=actor, entity="partners", trusts=trusts)
        assert (again.totals.passed_over, again.totals.failed) == (2, 2)


def test_a_reason_never_becomes_a_formula(tmp_path):
    actor = an_actor(a_brand())
    path = a_csv(tmp_path / "p.csv", "编码,名称,联系电话", "JS1,甲,=cmd|' /C calc'!A0")
    outcome = import_file(path, actor=actor, entity="partners")

    english = returned(path, outcome, tmp_path / "back.csv", locale="en").read_text("utf-8-sig")

    assert "Reason" in english
    cell = english.splitlines()[1].split(",", 3)[3]
    assert not cell.strip('"').startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("entity", sorted(entity_mappings()))
@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_every_template_is_read_by_its_own_mapping_and_explains_itself(tmp_path, entity, locale):
    mapping = entity_mapping(entity)
    path = tmp_path / "t.xlsx"
    path.write_bytes(template(mapping, locale=locale))

    table = open_table(path)
    plan = plan_of(mapping, table.rows(), columns={})

    assert [one.name for one in plan.fields.values()] == [one.name for one in mapping.fields]
    assert plan.ignored == ()
    book = openpyxl.load_workbook(path)
    drop_downs = {str(one.sqref) for one in book.worksheets[0].data_validations.dataValidation}
    wanted = [place for place, one in enumerate(mapping.fields) if one.kind in ("choice", "boolean")]
    assert len(drop_downs) == len(wanted)
    assert book.worksheets[1].max_row == 3 + len(mapping.fields)
    for one in wanted:
        offers(mapping.fields[one], locale)


def offers(field: Field, locale: str) -> None:
    """Whatever its drop-down offers is read as a choice of its own."""
    offered = field.words(locale)
    read = [field.reader()(word) for word in offered]
    assert len(set(read)) == len(offered) == len(field.choices)


def test_a_template_speaks_the_readers_characters(tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(template(entity_mapping("receipts"), locale="zh-Hant"))

    book = openpyxl.load_workbook(path)

    titles = [cell.value for cell in book.worksheets[0][1]]
    notes = {str(cell.value) for row in book.worksheets[1] for cell in row if cell.value}
    assert "付款客戶編碼*" in titles
    assert {"說明"} <= {sheet.title for sheet in book.worksheets}
    assert "不填為人民幣 CNY" in notes
    assert "銀行轉帳、微信、支付寶、現金、承兌匯票" in notes
    assert book.worksheets[0].data_validations.dataValidation[0].formula1.startswith('"銀行轉帳,')


def test_a_filled_template_with_its_examples_is_imported(tmp_path):
    actor = an_actor(a_brand(code="HD"))
    path = tmp_path / "t.xlsx"
    path.write_bytes(template(entity_mapping("partners"), locale="zh-Hans"))
    book = openpyxl.load_workbook(path)
    for place, one in enumerate(entity_mapping("partners").fields, start=1):
        book.worksheets[0].cell(2, place).value = one.example
    book.save(path)

    outcome = import_file(path, actor=actor, entity="partners")

    assert outcome.problems == []
    assert outcome.totals.inserted == 1
