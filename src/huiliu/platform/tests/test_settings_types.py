"""What settings may hold, at the edges; pure."""

from __future__ import annotations

import pytest

from huiliu.platform.errors import SettingInvalid, SettingUnknown
from huiliu.platform.settings_registry import declare, declared, find
from huiliu.platform.settings_types import (
    OneOf,
    Option,
    Part,
    Record,
    SettingSpec,
    Several,
    Switch,
    Text,
    Whole,
    Words,
)

A, B, C = (Option(code, Words(code, code)) for code in "ABC")
SOME = Several((A, B, C), allowed=frozenset({frozenset(), frozenset("A"), frozenset("AB")}))
NUMBERS = Record(
    (
        Part("prefix", Words("前缀", "Prefix"), Text(r"[A-Z]{1,6}", "Capital letters.")),
        Part("digits", Words("位数", "Digits"), Whole(3, 10)),
    )
)


@pytest.mark.parametrize(
    ("shape", "value", "stored"),
    [
        (Switch(), False, False),
        (Whole(3, 10), 3, 3),
        (Whole(3, 10), 10, 10),
        (Text("[A-Z]{1,6}", ""), "XS", "XS"),
        (OneOf((A, B)), "B", "B"),
        (SOME, [], []),
        (SOME, ["B", "A"], ["A", "B"]),
        (NUMBERS, {"digits": 4, "prefix": "XS"}, {"prefix": "XS", "digits": 4}),
    ],
)
def test_a_value_in_bounds_is_stored_in_its_one_form(shape, value, stored):
    assert shape.read(value, at="value") == stored


@pytest.mark.parametrize(
    ("shape", "value", "field"),
    [
        (Switch(), 1, "value"),
        (Switch(), "true", "value"),
        (Switch(), None, "value"),
        (Whole(3, 10), 2, "value"),
        (Whole(3, 10), 11, "value"),
        (Whole(0, 1), True, "value"),
        (Whole(3, 10), 4.0, "value"),
        (Text("[A-Z]{1,6}", "no"), "XS\n", "value"),
        (Text("[A-Z]{1,6}", "no"), 7, "value"),
        (OneOf((A, B)), "C", "value"),
        (SOME, "A", "value"),
        (SOME, ["A", 1], "value"),
        (SOME, ["A", "D"], "value.1"),
        (SOME, ["A", "A"], "value"),
        (SOME, ["B"], "value"),
        (NUMBERS, [], "value"),
        (NUMBERS, {"prefix": "XS"}, "value.digits"),
        (NUMBERS, {"prefix": "XS", "digits": 4, "more": 1}, "value.more"),
        (NUMBERS, {"prefix": "xs", "digits": 4}, "value.prefix"),
    ],
)
def test_anything_else_is_refused_naming_the_place(shape, value, field):
    with pytest.raises(SettingInvalid) as refusal:
        shape.read(value, at="value")

    assert refusal.value.field == field


def _spec(key, default):
    return SettingSpec(
        key=key,
        shape=Whole(0, 9),
        default=default,
        label=Words("数", "Number"),
        help=Words("", ""),
        module="platform",
    )


@pytest.mark.parametrize(
    ("key", "default"), [("tests.one", 10), ("nodot", 1), ("Tests.one", 1), ("tests.", 1)]
)
def test_a_declaration_that_could_not_hold_fails_at_start(key, default):
    with pytest.raises((ValueError, SettingInvalid)):
        declare(_spec(key, default))

    assert key not in {spec.key for spec in declared()}


def test_every_declared_setting_speaks_both_languages_and_keeps_its_own_default():
    assert {"orders.steps", "policies.four_eyes", "numbering.order"} <= {spec.key for spec in declared()}
    for spec in declared():
        assert spec.label.zh, spec.key
        assert spec.label.en, spec.key
        assert spec.help.zh, spec.key
        assert spec.help.en, spec.key
        assert spec.shape.read(spec.default, at="default") == spec.default


def test_only_a_setting_for_sellers_takes_the_id_of_one():
    assert find("orders.steps.12")[1] == 12
    assert find("orders.steps")[1] is None
    for key in ("policies.four_eyes.12", "orders.steps.012", "orders.steps.x", "orders.steps.0", "nothing"):
        with pytest.raises(SettingUnknown):
            find(key)
