"""Partners as other modules see them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartnerStatus(StrEnum):
    """Whether a partner trades."""

    ACTIVE = "ACTIVE"
    FROZEN = "FROZEN"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class BuyerFacts:
    """What prices, scope and orders need to know of a buyer; `ancestors` are paths from the root down."""

    organization_id: int
    path: str
    ancestors: tuple[str, ...]
    name: str
    kind: str
    tier: str
    tags: frozenset[str]
    channel: str
    region_code: str
    province: str
    city: str
    status: str
    default_seller_id: int | None
