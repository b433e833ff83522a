"""The life of a policy version, and who it speaks to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

LEAVES = (
    "organization_ids",
    "under_ids",
    "under_paths",
    "tiers",
    "tags",
    "channels",
    "kinds",
    "region_codes",
)


class VersionState(StrEnum):
    """Draft → approved → published → ended. A draft that is given up is ended without ever being published."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a policy speaks to: every part that is named must hold; of a part's values, any; nothing named is everyone.

    `all_of`, `any_of` and `except_for` nest: {"tiers": ["A"], "except_for": {"tags": ["key account"]}}.
    """

    organization_ids: tuple[int, ...] = ()
    under_ids: tuple[int, ...] = ()  # an organization and everything below it, where the tree has it now
    under_paths: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    region_codes: tuple[str, ...] = ()  # GB/T 2260, matched by prefix: 44 is all of Guangdong
    all_of: tuple[Audience, ...] = ()
    any_of: tuple[Audience, ...] = ()
    except_for: Audience | None = None

    @property
    def is_everyone(self) -> bool:
        return not any(getattr(self, name) for name in self.__slots__)

    def as_json(self) -> dict[str, Any]:
        """The stored form: only the parts that are named."""
        stored: dict[str, Any] = {name: list(getattr(self, name)) for name in LEAVES if getattr(self, name)}
        for name in ("all_of", "any_of"):
            if nested := getattr(self, name):
                stored[name] = [one.as_json() for one in nested]
        if self.except_for is not None:
            stored["except_for"] = self.except_for.as_json()
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Audience:
        """What `as_json` wrote; input of people goes through `rules.parse_audience`."""
        parts: dict[str, Any] = {name: tuple(stored[name]) for name in LEAVES if name in stored}
        for name in ("all_of", "any_of"):
            if name in stored:
                parts[name] = tuple(cls.from_json(one) for one in stored[name])
        if "except_for" in stored:
            parts["except_for"] = cls.from_json(stored["except_for"])
        return cls(**parts)


class MemberFacts(NamedTuple):
    """What an audience may ask about an organization; `under` are the ids on its path, itself included."""

    organization_id: int
    path: str
    kind: str
    tier: str
    channel: str
    tags: frozenset[str]
    region_code: str
    under: frozenset[int]


@dataclass(frozen=True, slots=True)
class VersionHead:
    """A version as other modules see it. `width` is None for everyone and before it was published."""

    id: UUID
    kind: str
    code: str
    name: str
    version_no: int
    state: VersionState
    seller_id: int
    audience: Audience
    content: dict[str, Any]
    valid_from: date
    valid_to: date | None
    width: int | None
    publish_no: int | None
    version: int
    digest: str = ""
    supersedes_id: UUID | None = None
    within_path: str = ""  # a branch publishes within its own tree
    created_by: int | None = None
    created_at: datetime | None = None
    approved_by: int | None = None
    approved_at: datetime | None = None
    published_by: int | None = None
    published_at: datetime | None = None
    ended_at: datetime | None = None
    updated_at: datetime | None = None
    late_joiners: bool = True  # who matches the audience later joins by itself


@dataclass(frozen=True, slots=True)
class VersionFilters:
    """What a list of versions is narrowed by; empty means any. `on` asks for versions in force that day,
    `from_day` and `to_day` for those that are valid somewhere in [from_day, to_day)."""

    kind: str = ""
    code: str = ""
    state: str = ""
    seller_id: int | None = None
    text: str = ""
    on: date | None = None
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, slots=True)
class AudiencePreview:
    """Whom an audience means today; None is everyone. `sample` are the first few by path."""

    count: int | None
    sample: tuple[tuple[int, str, str], ...]  # id, code, name
    candidates: int = 0  # all it could mean


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step in the life of a version: who did what when, why, and what it changed."""

    id: int
    at: datetime
    action: str
    user_id: int | None
    reason: str
    before: dict[str, Any]
    after: dict[str, Any]
