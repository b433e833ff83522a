"""Sorting and finding Chinese names."""

from __future__ import annotations

import pytest

from huiliu.kernel.pinyin import fold, initials, search_text, search_words, sort_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("苏州瑞丰商贸有限公司", "su zhou rui feng shang mao you xian gong si"),
        ("重庆", "chong qing"),  # not zhong
        ("蘇州", "su zhou"),
        ("Ｆ１店", "f1 dian"),
        ("Hy-Vee #3", "hy-vee #3"),
        ("", ""),
    ],
)
def test_a_name_sorts_by_its_pinyin(text, key):
    assert sort_key(text) == key


def test_names_sort_character_by_character_not_letter_by_letter():
    assert sorted(["先锋", "西安", "阿里"], key=sort_key) == ["阿里", "西安", "先锋"]


def test_a_sort_key_has_a_limit():
    assert len(sort_key("长" * 500)) == 200


def test_a_name_is_found_as_typed_by_pinyin_and_by_initials():
    assert search_text("D001", "瑞豐商貿") == "d001 瑞丰商贸 ruifengshangmao rfsm"
    assert initials("瑞丰商贸") == "rfsm"
    assert initials("Hy-Vee") == ""


def test_the_same_part_is_kept_once():
    assert search_text("A1", "a1", "") == "a1"


def test_a_query_is_folded_and_cut_into_at_most_eight_words():
    assert search_words("瑞豐　 ＡＢ") == ["瑞丰", "ab"]
    assert search_words("  ") == []
    assert len(search_words("a b c d e f g h i j")) == 8


def test_folding_twice_changes_nothing():
    assert fold(fold("ＡＢ 蘇州")) == fold("ＡＢ 蘇州") == "ab 苏州"
