"""Which scopes a role has and what it reaches: pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import phonenumbers

from huiliu.access.types import BRAND_ROLES, PARTNER_ROLES, STAFF_KINDS, Actor, OrganizationKind, Role
from huiliu.kernel.paths import own_range, range_of
from huiliu.platform.database import Reach

#: verb scopes are `<area>:<read|write|...>`; a route names exactly one.
READ_ALL = frozenset(
    {
        "organizations:read",
        "users:read",
        "partners:read",
        "catalog:read",
        "policies:read",
        "prices:read",
        "orders:read",
        "stock:read",
        "money:read",
        "metrics:read",
        "jobs:use",
        "files:read",
        "exports:run",
        "session:use",
        "settings:read",
    }
)
PARTNER_READ = frozenset(
    {
        "organizations:read",
        "catalog:read",
        "orders:read",
        "stock:read",
        "metrics:read",
        "jobs:use",
        "files:read",
        "exports:run",
        "session:use",
    }
)

ROLE_SCOPES: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: READ_ALL
    | {
        "organizations:write",
        "users:write",
        "users:impersonate",
        "partners:write",
        "contacts:read",
        "contacts:write",
        "catalog:write",
        "policies:write",
        "policies:approve",
        "policies:publish",
        "prices:override",
        "orders:submit",
        "orders:confirm",
        "orders:ship",
        "orders:receive",
        "orders:return",
        "orders:cancel",
        "stock:write",
        "stock:approve",
        "sell_out:write",
        "money:write",
        "credit:write",
        "imports:run",
        "settings:write",
        "audit:read",
        "clients:write",
        "files:write",
        "costs:read",
        "system:read",
        "orders:answer",
    },
    Role.CHANNEL_MANAGER: READ_ALL
    | {
        "organizations:write",
        "partners:write",
        "contacts:read",
        "contacts:write",
        "policies:write",
        "policies:approve",
        "policies:publish",
        "orders:submit",
        "orders:confirm",
        "orders:cancel",
        "stock:approve",
        "prices:override",
        "imports:run",
        "files:write",
        "audit:read",
        "users:write",
        "orders:answer",
    },
    Role.SALES_OPERATIONS: READ_ALL
    | {
        "partners:write",
        "contacts:read",
        "contacts:write",
        "catalog:write",
        "policies:write",
        "orders:submit",
        "orders:confirm",
        "orders:cancel",
        "orders:return",
        "sell_out:write",
        "imports:run",
        "files:write",
        "orders:answer",
    },
    Role.FINANCE: READ_ALL
    | {
        "money:write",
        "credit:write",
        "orders:confirm",
        "imports:run",
        "files:write",
        "costs:read",
        "audit:read",
    },
    Role.WAREHOUSE: (READ_ALL - {"money:read", "prices:read"})
    | {
        "contacts:read",
        "orders:ship",
        "orders:receive",
        "orders:return",
        "stock:write",
        "imports:run",
        "files:write",
    },
    Role.ANALYST: READ_ALL | {"costs:read"},
    Role.OWNER: PARTNER_READ
    | {
        "users:read",
        "users:write",
        "partners:read",
        "contacts:read",
        "contacts:write",
        "prices:read",
        "money:read",
        "money:write",  # of those who buy from it; its own account is its seller's
        "credit:write",
        "orders:submit",
        "orders:confirm",
        "orders:ship",
        "orders:receive",
        "orders:return",
        "orders:cancel",
        "stock:write",
        "stock:approve",
        "sell_out:write",
        "imports:run",
        "files:write",
        "orders:complain",
        "orders:answer",
    },
    Role.BUYER: PARTNER_READ
    | {
        "contacts:read",
        "contacts:write",
        "prices:read",
        "money:read",
        "orders:submit",
        "orders:receive",
        "orders:return",
        "orders:cancel",
        "files:write",
        "imports:run",
        "orders:complain",
    },
    Role.KEEPER: PARTNER_READ
    | {
        "contacts:read",
        "orders:ship",
        "orders:receive",
        "orders:return",
        "stock:write",
        "sell_out:write",
        "imports:run",
        "files:write",
        "orders:complain",
    },
}
SCOPES = frozenset().union(*ROLE_SCOPES.values())


def scopes_of(roles: Iterable[Role]) -> frozenset[str]:
    """The union of the roles' scopes."""
    return frozenset().union(*(ROLE_SCOPES[role] for role in roles))


def reach_of(*, kind: OrganizationKind, path: str, roles: Iterable[Role]) -> Reach:
    """What a user sees: brand staff everything, a branch its subtree, a partner owner its subtree,
    a partner's buyer or keeper only the organization itself.
    """
    if kind is OrganizationKind.BRAND:
        return Reach("huiliu_staff", "", "~")
    if kind in STAFF_KINDS:
        return Reach("huiliu_branch", *range_of(path))
    if Role.OWNER in set(roles):
        return Reach("huiliu_partner", *range_of(path))
    return Reach("huiliu_partner", *own_range(path))


_K = OrganizationKind
_ABOVE: dict[OrganizationKind, frozenset[OrganizationKind]] = {
    _K.BRAND: frozenset(),
    _K.BRANCH: STAFF_KINDS,
    _K.DISTRIBUTOR: STAFF_KINDS | {_K.DISTRIBUTOR},
    _K.SUB_DISTRIBUTOR: STAFF_KINDS | {_K.DISTRIBUTOR, _K.SUB_DISTRIBUTOR},
    _K.SERVICE_PROVIDER: STAFF_KINDS | {_K.DISTRIBUTOR, _K.SUB_DISTRIBUTOR},
    _K.STORE: STAFF_KINDS | {_K.DISTRIBUTOR, _K.SUB_DISTRIBUTOR},
}


def may_stand_below(kind: OrganizationKind, parent: OrganizationKind | None) -> bool:
    """Whether the tree allows it. Staff kinds never stand below a partner: their reach is the brand's."""
    return kind is OrganizationKind.BRAND if parent is None else parent in _ABOVE[kind]


def may_give(*, giver: Collection[Role], scopes: Collection[str], roles: Collection[Role]) -> bool:
    """Whether someone may give (or manage whoever has) these roles: nobody makes anyone mightier than oneself.

    Partner roles reach less than whoever manages them; of the brand's roles only what the giver's scopes cover.
    """
    if Role.ADMINISTRATOR in roles and Role.ADMINISTRATOR not in giver:
        return False
    return set(roles) <= PARTNER_ROLES or scopes_of(roles) <= set(scopes)


def user_actions(
    *, actor: Actor, user_id: int, organization_id: int, roles: Collection[Role], is_active: bool
) -> list[str]:
    """What the actor may do to a person: of a partner only to its own, never to someone mightier."""
    is_other = user_id != actor.user_id
    is_within = may_give(giver=actor.roles, scopes=actor.scopes, roles=roles)
    is_viewing = actor.impersonator_id is not None
    allowed: list[str] = []
    if (
        "users:write" in actor.scopes
        and is_within
        and (actor.is_staff or organization_id == actor.organization_id)
    ):
        allowed.append("change")
        if is_other:
            allowed += ["deactivate" if is_active else "activate", "end_sessions"]
            allowed += [] if is_viewing else ["reset_password"]
    if "users:impersonate" in actor.scopes and actor.is_staff and is_active and not is_viewing:
        allowed.append("see_as")
        if is_other and is_within and Role.ADMINISTRATOR not in roles:
            allowed.append("view_as")
    return allowed


def givable_roles(*, actor: Actor, kind: OrganizationKind) -> list[Role]:
    """The roles that the actor may give in an organization of a kind, in their own order."""
    fitting = BRAND_ROLES if kind in STAFF_KINDS else PARTNER_ROLES
    return [
        role
        for role in Role
        if role in fitting and may_give(giver=actor.roles, scopes=actor.scopes, roles=[role])
    ]


FREE_FAILURES = 5
WAIT_SECONDS_MAX = 3600


def wait_seconds(failures: int, *, free: int = FREE_FAILURES) -> int:
    """How long to wait after so many failures: nothing at first, then 15 s, doubling, at most an hour."""
    beyond = failures - free
    return 0 if beyond <= 0 else min(WAIT_SECONDS_MAX, 15 * 2 ** min(beyond - 1, 10))


def normal_phone(text: str) -> str:
    """The one spelling `+8613812345678` of a mobile phone; a number without a country is of China. Empty: it is none."""
    try:
        number = phonenumbers.parse(text.strip()[:40], "CN")
    except phonenumbers.NumberParseException:
        return ""
    mobile = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in mobile:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spellings(phone: str) -> list[str]:
    """How a phone may stand with a user: as `+8613812345678`, `13812345678`, `+86 138 1234 5678`."""
    if not phone:
        return []
    number = phonenumbers.parse(phone)
    national = phonenumbers.national_significant_number(number)
    international = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return [phone, international, *([national, f"86{national}"] if number.country_code == 86 else [])]


CODE_MINUTES = 5
CODE_TRIES_MAX = 5
CODE_GAP_SECONDS = 60
CODES_A_DAY = 10
#: A market or an office shares one address.
CODES_AN_HOUR_PER_ADDRESS = 60
