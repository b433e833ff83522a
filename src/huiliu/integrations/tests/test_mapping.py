"""Which column means which field: found in the titles people write, or said by them."""

from __future__ import annotations

import pytest

from huiliu.integrations.errors import ColumnsMissing, EntityUnknown, MappingInvalid, NothingToImport
from huiliu.integrations.importing.mapping import (
    entity_mapping,
    entity_mappings,
    fold_title,
    plan_of,
    read_mapping,
)
from huiliu.integrations.importing.registry import entities
from huiliu.integrations.importing.tables import SheetRow

PARTNERS = entity_mapping("partners")


def planned(*rows, **columns):
    numbered = (SheetRow(number, list(cells)) for number, cells in enumerate(rows, start=1))
    return plan_of(PARTNERS, numbered, columns=columns)


def fields(plan):
    return [plan.fields[place].name if place in plan.fields else "" for place in range(len(plan.titles))]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("客户编号", "code"),
        ("客户编码（必填）*", "code"),
        ("  CUSTOMER  Code ", "code"),
        ("customer_code", "code"),
        ("ＣＯＤＥ", "code"),
        ("经销商名称：", "name"),
        ("company name", "name"),
        ("手机号码", "contact_phone"),
        ("行政区划代码[GB]", "region_code"),
    ],
)
def test_titles_are_found_however_they_are_written(title, field):
    others = [one for one in ("编码", "名称") if one not in {"code": "编码", "name": "名称"}.get(field, "")]

    plan = planned([title, *others, "别的"])

    assert fields(plan)[0] == field
    assert plan.ignored == ("别的",)


def test_the_line_of_titles_may_stand_below_a_heading_and_a_note():
    plan = planned(["客户资料表"], [None, "制表：名称"], ["编码", "名称", "等级"], ["1", "甲", "A"])

    assert (plan.header_row, fields(plan)) == (3, ["code", "name", "tier"])


def test_what_people_say_goes_before_what_the_titles_suggest():
    plan = planned(["KUNNR", "名称", "编码", "备注"], KUNNR="code", 编码="", 备注="tags")

    assert fields(plan) == ["code", "name", "", "tags"]
    assert plan.chosen() == {"KUNNR": "code", "名称": "name", "备注": "tags"}


def test_of_two_columns_with_one_title_the_first_counts_also_when_it_was_said():
    plan = planned(["编码", "名称", "电话", "电话"], 电话="phone")

    assert fields(plan) == ["code", "name", "phone", ""]
    assert fields(planned(["编码", "名称", "电话", "电话"])) == ["code", "name", "phone", ""]


def test_two_columns_for_one_field_and_unknown_fields_are_refused():
    with pytest.raises(MappingInvalid):
        planned(["a", "b"], a="code", b="code")
    with pytest.raises(MappingInvalid):
        planned(["a", "b"], a="nothing")


def test_missing_columns_are_named_with_what_was_found():
    with pytest.raises(ColumnsMissing) as refused:
        planned(["编码", "等级", "乱写"])

    assert refused.value.facts["missing"] == ["name"]
    assert refused.value.facts["found"] == ["编码", "等级", "乱写"]


def test_a_sheet_without_titles_is_refused():
    with pytest.raises(NothingToImport):
        planned(["1", "2"], ["3", "4"])
    with pytest.raises(NothingToImport):
        planned()


def test_every_mapping_file_has_an_entity_that_applies_it_and_each_field_two_names_of_its_own():
    assert sorted(entity_mappings()) == sorted(entities())
    for mapping in entity_mappings().values():
        for titles in ([one.zh for one in mapping.fields], [one.en for one in mapping.fields]):
            folded = [fold_title(title) for title in titles]
            assert all(folded)
            assert len(set(folded)) == len(folded), mapping.entity


def test_a_mapping_file_that_is_wrong_says_where(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(
        'version = 2\nentity = "x"\nzh = "x"\nen = "x"\nkey = []\nfields = []\n', encoding="utf-8"
    )

    with pytest.raises(MappingInvalid) as refused:
        read_mapping(path)
    assert "x.toml" in str(refused.value)
    with pytest.raises(EntityUnknown):
        entity_mapping("nothing")
