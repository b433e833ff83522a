"""What the edge lets in, at its edges."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.kernel.refusals import DomainError
from huiliu.platform.errors import BodyUnreadable, InvalidInput, TooLarge
from huiliu.platform.http import bodies


def _nested(levels):
    return ("[" * levels + "]" * levels).encode()


def test_honest_json_comes_in_unchanged():
    value = {"name": "农夫山泉 550ml", "note": "a\tb\nc", "lines": [{"quantity": "1.50"}, None, True, 7]}

    assert bodies.parse(json.dumps(value).encode()) == value
    assert bodies.parse(json.dumps(value, ensure_ascii=False).encode("utf-8-sig")) == value


def test_the_deepest_allowed_comes_in_one_more_does_not():
    assert bodies.parse(_nested(bodies.DEPTH_MAX)) is not None
    for levels in (bodies.DEPTH_MAX + 1, 500, 100_000):
        with pytest.raises(BodyUnreadable):
            bodies.parse(_nested(levels))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a\x00b", "U+0000"),
        ("a\x1bb", "U+001B"),
        ("\ud800", "U+D800"),
        ("user\u202egnp.exe", "U+202E"),
        ("a\u2066b", "U+2066"),
        ("\uffff", "U+FFFF"),
        ("\x85", "U+0085"),
    ],
)
def test_a_hostile_text_is_refused_with_its_place_and_sign(text, sign):
    raw = json.dumps({"lines": [{"note": "fine"}, {"note": text}]}).encode()

    with pytest.raises(InvalidInput) as refusal:
        bodies.parse(raw)

    assert refusal.value.field == "lines.1.note"
    assert refusal.value.facts["character"] == sign


def test_a_hostile_name_is_refused_too():
    with pytest.raises(InvalidInput):
        bodies.parse(b'{"a\\u0000": 1}')


@pytest.mark.parametrize("text", ["👨‍👩‍👧", "e\u0301", "مرحبا", "𠮷野家", "A\u200bB", "\ufeffx"])
def test_text_of_every_language_is_text(text):
    assert bodies.parse(json.dumps({"name": text}).encode()) == {"name": text}


def test_a_megabyte_in_one_text_is_refused():
    assert bodies.parse(json.dumps(["x" * bodies.TEXT_MAX]).encode())
    with pytest.raises(InvalidInput) as refusal:
        bodies.parse(json.dumps({"note": "x" * 1_000_000}).encode())
    assert refusal.value.facts == {"field": "note", "length": 1_000_000, "limit": bodies.TEXT_MAX}


def test_too_many_values_are_refused():
    assert len(bodies.parse(json.dumps([0] * bodies.VALUES_MAX).encode())) == bodies.VALUES_MAX
    with pytest.raises(TooLarge):
        bodies.parse(json.dumps([0] * (bodies.VALUES_MAX + 1)).encode())


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"{'a': 1}", b'{"a": NaN}', b"[Infinity]", b'{"a": 1}x', b"1" * 5000]
)
def test_what_is_not_json_is_unreadable(raw):
    with pytest.raises(BodyUnreadable):
        bodies.parse(raw)


def test_gbk_is_named_as_what_it_is():
    with pytest.raises(BodyUnreadable, match="GBK"):
        bodies.parse('{"name": "汇流"}'.encode("gbk"))
    with pytest.raises(BodyUnreadable, match="not UTF-8"):
        bodies.parse(b'{"name": "\xff\xff"}')


@given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: json.dumps([text]).encode()))
def test_any_bytes_are_read_or_refused_never_a_fault(raw):
    refused = None
    try:
        bodies.parse(raw)
    except DomainError as refusal:
        refused = refusal

    assert refused is None or refused.field
