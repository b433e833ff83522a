"""The life of a policy version, and who it speaks to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID


class VersionState(StrEnum):
    """Draft → approved → published → ended."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a policy speaks to: every named dimension must match, any value of it; nothing named is everyone."""

    organization_ids: tuple[int, ...] = ()
    under_paths: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    region_codes: tuple[str, ...] = ()  # GB/T 2260, matched by prefix: 44 is all of Guangdong

    @property
    def is_everyone(self) -> bool:
        return not any(getattr(self, name) for name in self.__slots__)

    def as_json(self) -> dict[str, Any]:
        return {name: list(getattr(self, name)) for name in self.__slots__ if getattr(self, name)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Audience:
        return cls(**{name: tuple(values) for name, values in stored.items()})


@dataclass(frozen=True, slots=True)
class VersionHead:
    """A version as other modules see it."""

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
