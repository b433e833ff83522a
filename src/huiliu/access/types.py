"""The actor and what it may reach: built once at the edge, passed first everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from huiliu.platform.database import Reach


class OrganizationKind(StrEnum):
    """The tiers of a channel, from the brand down."""

    BRAND = "BRAND"
    BRANCH = "BRANCH"
    DISTRIBUTOR = "DISTRIBUTOR"
    SUB_DISTRIBUTOR = "SUB_DISTRIBUTOR"
    STORE = "STORE"
    SERVICE_PROVIDER = "SERVICE_PROVIDER"


STAFF_KINDS = frozenset({OrganizationKind.BRAND, OrganizationKind.BRANCH})


class Role(StrEnum):
    """What a person does; each role is a set of scopes (`access.rules.ROLE_SCOPES`)."""

    ADMINISTRATOR = "ADMINISTRATOR"
    CHANNEL_MANAGER = "CHANNEL_MANAGER"
    SALES_OPERATIONS = "SALES_OPERATIONS"
    FINANCE = "FINANCE"
    WAREHOUSE = "WAREHOUSE"
    ANALYST = "ANALYST"
    OWNER = "OWNER"
    BUYER = "BUYER"
    KEEPER = "KEEPER"


BRAND_ROLES = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.CHANNEL_MANAGER,
        Role.SALES_OPERATIONS,
        Role.FINANCE,
        Role.WAREHOUSE,
        Role.ANALYST,
    }
)
PARTNER_ROLES = frozenset({Role.OWNER, Role.BUYER, Role.KEEPER})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which organization, with which scopes, seeing what.

    `impersonator_id` is set while brand staff views as this user; audit rows keep both.
    """

    user_id: int | None
    organization_id: int
    organization_path: str
    organization_kind: OrganizationKind
    roles: frozenset[Role]
    scopes: frozenset[str]
    reach: Reach
    session_id: UUID | None = None
    impersonator_id: int | None = None
    locale: str = "zh-Hans"
    timezone: str = "Asia/Shanghai"
    name: str = ""
    must_change_password: bool = False

    @property
    def is_staff(self) -> bool:
        """Whether the actor works for the brand (headquarters or a branch)."""
        return self.organization_kind in STAFF_KINDS

    def may(self, scope: str) -> bool:
        return scope in self.scopes


@dataclass(frozen=True, slots=True)
class OrganizationRef:
    """An organization as other modules see it."""

    id: int
    code: str
    name: str
    kind: OrganizationKind
    parent_id: int | None
    path: str
    timezone: str
    is_active: bool
    seats: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class NewOrganization:
    """A node to be made; `parent_place` names its parent among those that are made with it."""

    code: str
    name: str
    kind: OrganizationKind
    parent_id: int | None
    parent_place: int | None = None
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class UserFilters:
    """What a list of people is narrowed by; `below_id` is an organization with everything below it."""

    organization_id: int | None = None
    below_id: int | None = None
    role: Role | None = None
    is_active: bool | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person may do and how far the person sees."""

    user_id: int
    name: str
    organization_id: int
    organization_name: str
    organization_kind: OrganizationKind
    organization_path: str
    roles: tuple[Role, ...]
    scopes: frozenset[str]
    reach: Reach


@dataclass(frozen=True, slots=True)
class Seats:
    """How many people an organization has at work and may have; None has no limit."""

    organization_id: int
    used: int
    seats: int | None


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """Where an organization stood in `[valid_from, valid_to)`; an open end is today's place."""

    parent_id: int | None
    parent_name: str
    path: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class MoveEffect:
    """What a move takes along: counts of what stands below, documents by table as far as the actor sees them."""

    organizations: int
    users: int
    rows: dict[str, int]
    path_after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An organization at its new place; `pending` while rows of it still have to follow."""

    organization: OrganizationRef
    rows: int
    pending: bool
