"""Custom fields at the edges; pure."""

from __future__ import annotations

from typing import Any

import pytest

from huiliu.kernel.refusals import DomainError, SeveralRefused
from huiliu.platform.custom_fields_rules import (
    Choice,
    FieldDefinition,
    FieldKind,
    Limits,
    check_definition,
    check_values,
)
from huiliu.platform.errors import CustomFieldDefinitionInvalid, CustomFieldInvalid

CHOICES = (Choice("A", "甲"), Choice("B", "乙"))


def a_field(kind=FieldKind.TEXT, code="field", **more):
    values: dict[str, Any] = {
        "id": 1,
        "entity": "partner",
        "label": "字段",
        "required": False,
        "choices": CHOICES if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else (),
        "position": 0,
        "is_active": True,
        "version": 1,
    } | more
    return FieldDefinition(code=code, kind=kind, **values)


@pytest.mark.parametrize(
    ("kind", "sent", "stored"),
    [
        (FieldKind.TEXT, " 长城 ", "长城"),
        (FieldKind.TEXT, "x" * 1000, "x" * 1000),
        (FieldKind.NUMBER, 3, "3"),
        (FieldKind.NUMBER, "１２.50", "12.5"),
        (FieldKind.NUMBER, "-0.10", "-0.1"),
        (FieldKind.NUMBER, "100", "100"),
        (FieldKind.DATE, "2026-02-28", "2026-02-28"),
        (FieldKind.BOOLEAN, False, False),
        (FieldKind.CHOICE, "B", "B"),
        (FieldKind.CHOICES, ["B", "A", "B"], ["A", "B"]),
    ],
)
def test_a_value_is_stored_in_its_one_form(kind, sent, stored):
    assert check_values([a_field(kind)], {"field": sent}, before={}) == {"field": stored}


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (FieldKind.TEXT, 3),
        (FieldKind.TEXT, "x" * 1001),
        (FieldKind.NUMBER, "drei"),
        (FieldKind.NUMBER, True),
        (FieldKind.NUMBER, 1.5),
        (FieldKind.NUMBER, "1e99"),
        (FieldKind.DATE, "2026-02-29"),
        (FieldKind.DATE, "28.02.2026"),
        (FieldKind.DATE, 20260228),
        (FieldKind.BOOLEAN, "true"),
        (FieldKind.BOOLEAN, 0),
        (FieldKind.CHOICE, "C"),
        (FieldKind.CHOICE, ["A"]),
        (FieldKind.CHOICES, "A"),
        (FieldKind.CHOICES, ["A", "C"]),
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_name(kind, sent):
    with pytest.raises(CustomFieldInvalid) as refusal:
        check_values([a_field(kind)], {"field": sent}, before={})

    assert refusal.value.field == "custom.field"


@pytest.mark.parametrize("empty", [None, "", "  ", []])
def test_an_empty_value_is_left_out_and_does_not_do_for_a_required_field(empty):
    assert check_values([a_field()], {"field": empty}, before={"field": "old"}) == {}
    with pytest.raises(CustomFieldInvalid):
        check_values([a_field(required=True)], {"field": empty}, before={"field": "old"})
    with pytest.raises(CustomFieldInvalid):
        check_values([a_field(required=True)], {}, before={})


def test_an_unknown_field_is_refused_unless_it_stands_unchanged():
    with pytest.raises(CustomFieldInvalid):
        check_values([], {"trucks": 3}, before={})
    with pytest.raises(CustomFieldInvalid):
        check_values([], {"trucks": 4}, before={"trucks": 3})
    assert check_values([], {"trucks": 3}, before={"trucks": 3}) == {"trucks": 3}


def test_a_field_switched_off_keeps_its_values_and_takes_no_new_one():
    off = a_field(is_active=False, required=True)

    assert check_values([off], {"field": "old"}, before={"field": "old"}) == {"field": "old"}
    assert check_values([off], {}, before={}) == {}
    with pytest.raises(CustomFieldInvalid):
        check_values([off], {"field": "new"}, before={"field": "old"})


def test_everything_wrong_is_told_at_once():
    fields = [a_field(FieldKind.NUMBER, "size"), a_field(FieldKind.DATE, "since", required=True)]

    with pytest.raises(SeveralRefused) as refusal:
        check_values(fields, {"size": "x", "more": 1}, before={})

    assert [one["field"] for one in refusal.value.facts["fields"]] == [
        "custom.size",
        "custom.more",
        "custom.since",
    ]


@pytest.mark.parametrize(
    ("code", "label", "kind", "choices"),
    [
        ("Trucks", "车", FieldKind.TEXT, ()),
        ("1st", "车", FieldKind.TEXT, ()),
        ("a" * 41, "车", FieldKind.TEXT, ()),
        ("trucks", " ", FieldKind.TEXT, ()),
        ("trucks", "车", FieldKind.TEXT, CHOICES),
        ("trucks", "车", FieldKind.CHOICE, ()),
        ("trucks", "车", FieldKind.CHOICE, (CHOICES[0], CHOICES[0])),
        ("trucks", "车", FieldKind.CHOICES, (Choice("A", ""),)),
        ("trucks", "车", FieldKind.CHOICES, tuple(Choice(str(n), "x") for n in range(201))),
    ],
)
def test_a_definition_that_no_form_could_show_is_refused(code, label, kind, choices):
    with pytest.raises(DomainError) as refusal:
        check_definition(code=code, label=label, kind=kind, choices=choices)

    assert isinstance(refusal.value, CustomFieldDefinitionInvalid)


@pytest.mark.parametrize(
    ("kind", "limits", "fits", "beyond"),
    [
        (FieldKind.NUMBER, Limits(low="-1.5", high="100"), ["-1.5", "100", "0"], ["-1.51", "100.01"]),
        (FieldKind.NUMBER, Limits(decimals=2), ["1.25", "1.250"], ["1.255"]),
        (FieldKind.NUMBER, Limits(decimals=0), ["3"], ["3.1"]),
        (
            FieldKind.DATE,
            Limits(low="2026-01-01", high="2026-12-31"),
            ["2026-01-01", "2026-12-31"],
            ["2025-12-31"],
        ),
        (FieldKind.TEXT, Limits(length_max=4), ["一二三四", " 一二三四 "], ["一二三四五"]),
    ],
)
def test_a_value_keeps_within_the_limits_of_its_field(kind, limits, fits, beyond):
    field = a_field(kind, limits=limits)

    for value in fits:
        assert check_values([field], {"field": value}, before={}).keys() == {"field"}
    for value in beyond:
        with pytest.raises((CustomFieldInvalid, SeveralRefused)):
            check_values([field], {"field": value}, before={})


@pytest.mark.parametrize(
    ("kind", "limits", "named"),
    [
        (FieldKind.TEXT, Limits(low="1"), "low"),
        (FieldKind.NUMBER, Limits(length_max=3), "length_max"),
        (FieldKind.NUMBER, Limits(low="drei"), "low"),
        (FieldKind.NUMBER, Limits(low="10", high="9"), "high"),
        (FieldKind.DATE, Limits(low="2026-02-30"), "low"),
        (FieldKind.NUMBER, Limits(decimals=7), "decimals"),
        (FieldKind.BOOLEAN, Limits(low="0"), "low"),
    ],
)
def test_limits_that_make_no_sense_are_refused_by_name(kind, limits, named):
    with pytest.raises(DomainError) as refused:
        check_definition(code="field", label="字段", kind=kind, choices=(), limits=limits)

    assert named in str(refused.value.facts)
