"""Who an audience means, and which audiences are refused before anybody is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiliu.kernel.refusals import DomainError, SeveralRefused
from huiliu.kernel.states import is_final, unknown_or_unreachable
from huiliu.policies.errors import AudienceInvalid
from huiliu.policies.rules import MOVES, actions, matches, members_of, parse_audience, region_prefix
from huiliu.policies.types import Audience, MemberFacts, VersionState


def a_member(number: int = 10, **fields: object) -> MemberFacts:
    facts = {
        "organization_id": number,
        "path": f"000001.{number:06x}.",
        "kind": "DISTRIBUTOR",
        "tier": "A",
        "channel": "传统",
        "tags": frozenset({"重点"}),
        "region_code": "440305",
        "under": frozenset({1, number}),
    }
    return MemberFacts(**{**facts, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("audience", "is_meant"),
    [
        ({}, True),
        ({"organization_ids": [9, 10]}, True),
        ({"organization_ids": [9]}, False),
        ({"under_ids": [1]}, True),
        ({"under_ids": [2]}, False),
        ({"under_paths": ["000001."]}, True),
        ({"under_paths": ["000002."]}, False),
        ({"tiers": ["A", "B"]}, True),
        ({"tiers": ["B"]}, False),
        ({"tags": ["重点", "新"]}, True),
        ({"tags": ["新"]}, False),
        ({"channels": ["传统"]}, True),
        ({"kinds": ["STORE"]}, False),
        ({"region_codes": ["440000"]}, True),
        ({"region_codes": ["44"]}, True),
        ({"region_codes": ["440300"]}, True),
        ({"region_codes": ["440306"]}, False),
        ({"region_codes": ["110000"]}, False),
        ({"tiers": ["A"], "kinds": ["STORE"]}, False),  # every named part must hold
        ({"any_of": [{"tiers": ["B"]}, {"tags": ["重点"]}]}, True),
        ({"any_of": [{"tiers": ["B"]}, {"tags": ["新"]}]}, False),
        ({"all_of": [{"tiers": ["A"]}, {"any_of": [{"kinds": ["STORE"]}, {"under_ids": [1]}]}]}, True),
        ({"tiers": ["A"], "except_for": {"tags": ["重点"]}}, False),
        ({"tiers": ["A"], "except_for": {"tags": ["重点"], "kinds": ["STORE"]}}, True),
        ({"except_for": {"tiers": ["B"]}}, True),
    ],
)
def test_an_audience_means(audience, is_meant):
    assert matches(parse_audience(audience), a_member()) is is_meant


@pytest.mark.parametrize(
    ("audience", "field"),
    [
        ([], "audience"),
        ({"tier": ["A"]}, "audience.tier"),
        ({"tiers": []}, "audience.tiers"),
        ({"tiers": "A"}, "audience.tiers"),
        ({"tiers": ["A", 5]}, "audience.tiers[1]"),
        ({"tiers": ["A\x00"]}, "audience.tiers[0]"),
        ({"tiers": ["\ud800"]}, "audience.tiers[0]"),
        ({"tiers": [[[]]]}, "audience.tiers[0]"),
        ({"organization_ids": ["7"]}, "audience.organization_ids[0]"),
        ({"organization_ids": [True]}, "audience.organization_ids[0]"),
        ({"organization_ids": [0]}, "audience.organization_ids[0]"),
        ({"kinds": ["BRAND"]}, "audience.kinds[0]"),
        ({"region_codes": ["广东"]}, "audience.region_codes[0]"),
        ({"under_paths": ["%"]}, "audience.under_paths[0]"),
        ({"any_of": []}, "audience.any_of"),
        ({"any_of": {"tiers": ["A"]}}, "audience.any_of"),
        ({"any_of": [{"tiers": ["A"]}, {"x": 1}]}, "audience.any_of[1].x"),
        ({"except_for": {}}, "audience.except_for"),
        ({"except_for": {"tags": []}}, "audience.except_for.tags"),
    ],
)
def test_an_audience_nobody_can_mean_is_refused_with_its_place(audience, field):
    with pytest.raises(AudienceInvalid) as refused:
        parse_audience(audience)

    assert refused.value.field == field


def test_every_mistake_of_an_audience_is_told_at_once():
    with pytest.raises(SeveralRefused) as refused:
        parse_audience({"tiers": [], "colour": ["red"], "any_of": [{"kinds": ["BRAND"]}]})

    assert [one["field"] for one in refused.value.facts["fields"]] == [
        "audience.tiers",
        "audience.colour",
        "audience.any_of[0].kinds[0]",
    ]


def test_an_audience_nested_without_end_is_refused():
    audience: dict[str, object] = {"tiers": ["A"]}
    for _ in range(2000):
        audience = {"except_for": audience}

    with pytest.raises(AudienceInvalid):
        parse_audience(audience)


leaf = st.fixed_dictionaries(
    {},
    optional={
        "tiers": st.lists(st.sampled_from("ABC"), min_size=1, max_size=2),
        "kinds": st.lists(st.sampled_from(["STORE", "DISTRIBUTOR"]), min_size=1, max_size=2),
        "organization_ids": st.lists(st.integers(1, 4), min_size=1, max_size=3),
    },
)
audiences = st.recursive(
    leaf,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "any_of": st.lists(inner, min_size=1, max_size=3),
            "all_of": st.lists(inner, min_size=1, max_size=3),
            "except_for": inner.filter(bool),
        },
    ),
    max_leaves=6,
)
EVERYBODY = [
    a_member(number, tier=tier, kind=kind)
    for number, (tier, kind) in enumerate(
        [("A", "STORE"), ("B", "DISTRIBUTOR"), ("C", "STORE"), ("A", "DISTRIBUTOR")], start=1
    )
]


@given(audiences)
def test_an_exception_is_the_complement_and_the_stored_form_means_the_same(stored):
    audience = parse_audience(stored)
    meant = set(members_of(audience, EVERYBODY))

    assert Audience.from_json(audience.as_json()) == audience
    if stored:
        others = set(members_of(Audience(except_for=audience), EVERYBODY))
        assert meant | others == {1, 2, 3, 4}
        assert meant & others == set()


@given(st.dictionaries(st.text(max_size=5), st.recursive(st.none() | st.text(max_size=3), st.lists)))
def test_whatever_is_sent_is_understood_or_refused(stored):
    try:
        audience = parse_audience(stored)
    except DomainError as refusal:
        found = refusal.code
    else:
        found = "understood" if audience.as_json() == stored else "changed"

    assert found in ("understood", "policies.audience_invalid", "kernel.several_refused")


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("440000", "44"), ("440300", "4403"), ("440305", "440305"), ("44", "44"), ("100000", "10")],
)
def test_a_region_is_what_its_code_begins_with(code, prefix):
    assert region_prefix(code) == prefix


def test_every_state_can_be_reached_and_the_end_is_final():
    assert unknown_or_unreachable(MOVES, start=VersionState.DRAFT) == set()
    assert is_final(MOVES, VersionState.ENDED)


def test_an_author_may_not_approve_and_nobody_edits_what_was_published():
    everything = {"may_write": True, "may_approve": True, "may_publish": True}

    assert actions(VersionState.DRAFT, **everything, is_author=True) == ("edit", "discard", "succeed")
    assert actions(VersionState.DRAFT, **everything, is_author=False) == (
        "edit",
        "approve",
        "discard",
        "succeed",
    )
    assert actions(VersionState.APPROVED, **everything, is_author=True) == (
        "publish",
        "revise",
        "discard",
        "succeed",
    )
    assert actions(VersionState.PUBLISHED, **everything, is_author=False) == ("end", "succeed")
    assert actions(VersionState.ENDED, **everything, is_author=False) == ("succeed",)
    assert (
        actions(VersionState.DRAFT, may_write=False, may_approve=False, may_publish=False, is_author=False)
        == ()
    )
