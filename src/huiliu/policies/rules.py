"""Moves of a version, and who an audience means: pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from huiliu.kernel.paths import is_path, stands_below
from huiliu.kernel.refusals import Refusals
from huiliu.policies.errors import AudienceInvalid
from huiliu.policies.types import LEAVES, Audience, MemberFacts, VersionState

MOVES: Final = {
    VersionState.DRAFT: frozenset({VersionState.APPROVED, VersionState.ENDED}),
    VersionState.APPROVED: frozenset({VersionState.PUBLISHED, VersionState.DRAFT, VersionState.ENDED}),
    VersionState.PUBLISHED: frozenset({VersionState.ENDED}),
    VersionState.ENDED: frozenset[VersionState](),
}
DEPTH_MAX: Final = 6
VALUES_MAX: Final = 5_000
KINDS: Final = frozenset({"DISTRIBUTOR", "SUB_DISTRIBUTOR", "STORE", "SERVICE_PROVIDER"})
_NUMBERS: Final = ("organization_ids", "under_ids")
_NESTED: Final = ("all_of", "any_of", "except_for")
_REGION: Final = re.compile(r"[0-9]{2}([0-9]{2}){0,2}|[0-9]{9}")


def parse_audience(given: Any, field: str = "audience") -> Audience:
    """An audience as somebody wrote it, every mistake named.

    Raises: AudienceInvalid, or SeveralRefused with one entry per mistake.
    """
    refusals = Refusals()
    _check(given, field, refusals, depth=1)
    refusals.raise_if_any()
    return Audience.from_json(given)


def _check(given: Any, field: str, refusals: Refusals, *, depth: int) -> None:
    if not isinstance(given, dict):
        refusals.add(AudienceInvalid("An audience is an object.", field=field))
        return
    if depth > DEPTH_MAX:
        refusals.add(AudienceInvalid(f"Nested deeper than {DEPTH_MAX}.", field=field))
        return
    for name, value in given.items():
        place = f"{field}.{name}"
        if name == "except_for":
            _check_exception(value, place, refusals, depth=depth)
        elif name in _NESTED:
            if not isinstance(value, list) or not value:
                refusals.add(AudienceInvalid("Name at least one audience.", field=place))
                continue
            for index, one in enumerate(value):
                _check(one, f"{place}[{index}]", refusals, depth=depth + 1)
        elif name in LEAVES:
            _check_leaf(name, value, place, refusals)
        else:
            refusals.add(AudienceInvalid("There is no such part.", field=place, known=[*LEAVES, *_NESTED]))


def _check_exception(value: Any, place: str, refusals: Refusals, *, depth: int) -> None:
    if value == {}:
        refusals.add(AudienceInvalid("Everyone is excluded.", field=place))
        return
    _check(value, place, refusals, depth=depth + 1)


def _check_leaf(name: str, value: Any, place: str, refusals: Refusals) -> None:
    if not isinstance(value, list) or not 0 < len(value) <= VALUES_MAX:
        refusals.add(AudienceInvalid(f"Name 1 to {VALUES_MAX} values.", field=place))
        return
    for index, one in enumerate(value):
        if not _is_value(name, one):
            shown = repr(one)[:60] if isinstance(one, str | int | float) else "This"
            refusals.add(AudienceInvalid(f"{shown} does not fit here.", field=f"{place}[{index}]"))


def _is_value(name: str, one: Any) -> bool:
    if name in _NUMBERS:
        return isinstance(one, int) and not isinstance(one, bool) and 0 < one < 2**53
    if not isinstance(one, str) or not one.strip() or not one.isprintable() or len(one) > 200:
        return False  # also half of a surrogate pair, which no database takes
    if name == "kinds":
        return one in KINDS
    if name == "region_codes":
        return _REGION.fullmatch(one) is not None
    return name != "under_paths" or is_path(one)


def region_prefix(code: str) -> str:
    """What codes of a region begin with: 440000 is 44, 440100 is 4401."""
    if len(code) == 9:
        return code
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def matches(audience: Audience, member: MemberFacts) -> bool:
    """Whether the audience means this organization."""
    named = (
        (audience.organization_ids, member.organization_id in audience.organization_ids),
        (audience.under_ids, not member.under.isdisjoint(audience.under_ids)),
        (audience.under_paths, any(stands_below(member.path, path) for path in audience.under_paths)),
        (audience.tiers, member.tier in audience.tiers),
        (audience.channels, member.channel in audience.channels),
        (audience.kinds, member.kind in audience.kinds),
        (audience.tags, not member.tags.isdisjoint(audience.tags)),
        (
            audience.region_codes,
            any(member.region_code.startswith(region_prefix(code)) for code in audience.region_codes),
        ),
    )
    return (
        all(holds for values, holds in named if values)
        and all(matches(one, member) for one in audience.all_of)
        and (not audience.any_of or any(matches(one, member) for one in audience.any_of))
        and (audience.except_for is None or not matches(audience.except_for, member))
    )


def members_of(audience: Audience, candidates: Iterable[MemberFacts]) -> list[int]:
    """The ids that the audience means, ascending."""
    return sorted(one.organization_id for one in candidates if matches(audience, one))


def actions(
    state: VersionState, *, may_write: bool, may_approve: bool, may_publish: bool, is_author: bool
) -> tuple[str, ...]:
    """What this reader may do with a version now."""
    found: list[str] = []
    if state is VersionState.DRAFT and may_write:
        found.append("edit")
    if state is VersionState.DRAFT and may_approve and not is_author:
        found.append("approve")
    if state is VersionState.APPROVED and may_publish:
        found.append("publish")
    if state is VersionState.APPROVED and may_write:
        found.append("revise")
    if state is VersionState.PUBLISHED and may_publish:
        found.append("end")
    if state in (VersionState.DRAFT, VersionState.APPROVED) and may_write:
        found.append("discard")
    if may_write:
        found.append("succeed")
    return tuple(found)
