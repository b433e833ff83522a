"""Names of divisions as people write them, and the codes they mean."""

from __future__ import annotations

import pytest

from huiliu.partners.errors import RegionUnknown
from huiliu.partners.places import Places, plain
from huiliu.partners.regions import packaged_regions
from huiliu.partners.types import RegionRow

ROWS = packaged_regions()
PLACES = Places(ROWS)
BY_CODE = {row.code: row for row in ROWS}
#: The table has 重庆市 twice, for its districts and for its counties; asked for by name it is the first.
TWICE = {"500200": "500100"}


def lineage(row: RegionRow) -> list[RegionRow]:
    """Province, city, district, as far down as it goes."""
    above = BY_CODE.get(row.parent_code)
    return [*(lineage(above) if above else []), row]


def asked(names: list[str]) -> str:
    return PLACES.find(**dict(zip(("province", "city", "district"), names, strict=False)))


def test_every_division_is_found_by_its_own_names_in_columns_and_in_one():
    assert len(ROWS) > 3_000
    for row in ROWS:
        names = [one.name for one in lineage(row)]
        meant = TWICE.get(row.code, row.code)
        assert asked(names) == meant
        assert PLACES.read("".join(names)) == meant


def test_in_short_all_are_found_but_those_that_need_their_whole_name():
    unsure = []
    for row in ROWS:
        names = [plain(one.name) for one in lineage(row)]
        try:
            assert asked(names) == TWICE.get(row.code, row.code)
        except RegionUnknown:
            unsure.append(row.name)
    assert unsure == ["北戴河区", "北戴河新区", "临夏市", "临夏县", "和田市", "和田县", "伊宁市", "伊宁县"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("苏州市", "苏州"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("恩施土家族苗族自治州", "恩施"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("和县", "和县"),
        ("香港特别行政区", "香港"),
    ],
)
def test_in_short(name, short):
    assert plain(name) == short


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ({"city": "苏州"}, "320500"),
        ({"city": "恩施州"}, "422800"),
        ({"province": "北京", "city": "北京", "district": "朝阳"}, "110105"),
        ({"province": "北京市", "city": "市辖区", "district": "朝阳区"}, "110105"),
        ({"city": "上海", "district": "浦东"}, "310115"),
        ({"province": "浙江", "city": "义乌"}, "330782"),
        ({"province": "浙江", "city": "义乌市", "district": "义乌市"}, "330782"),
        ({"province": "浙江", "city": "义乌市", "district": "稠城街道"}, "330782"),
        ({"province": "湖北", "city": "仙桃市"}, "429004"),
        ({"province": "广东", "city": "东莞", "district": "长安镇"}, "441900"),
        ({"city": "重庆", "district": "奉节"}, "500236"),
        ({"province": " 江苏　", "city": "", "district": "姑苏区"}, "320508"),
        ({}, ""),
    ],
)
def test_as_people_write_them(names, code):
    assert PLACES.find(**names) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("江苏 苏州 虎丘", "320505"),
        ("江苏/苏州", "320500"),
        ("苏州市姑苏区", "320508"),
        ("北京市朝阳区", "110105"),
        ("湖北省仙桃市", "429004"),
        ("上海浦东新区", "310115"),
        ("吉林省吉林市", "220200"),
    ],
)
def test_in_one(text, code):
    assert PLACES.read(text) == code


@pytest.mark.parametrize(
    ("names", "field", "said"),
    [
        ({"province": "江西", "city": "苏州"}, "city", "There is no 苏州 in 江西省."),
        ({"province": "江南省"}, "province", "There is no region 江南省."),
        (
            {"province": "江苏", "district": "鼓楼区"},
            "district",
            "鼓楼区 is in several places; write its city, too.",
        ),
        ({"city": "和田", "district": "和田"}, "district", "It may be 和田县 or 和田市."),
    ],
)
def test_what_is_nowhere_or_may_be_several_is_not_guessed(names, field, said):
    with pytest.raises(RegionUnknown) as refused:
        PLACES.find(**names)
    assert (str(refused.value), refused.value.facts["field"]) == (said, field)


def test_a_text_with_more_than_names_is_not_cut_short():
    with pytest.raises(RegionUnknown, match="There is no region 苏州市某地"):
        PLACES.read("苏州市某地")
