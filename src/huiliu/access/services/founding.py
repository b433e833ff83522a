"""The first brand of an empty installation, and the person who lets everybody else in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from huiliu.access import errors
from huiliu.access.models import Organization
from huiliu.access.rules import scopes_of
from huiliu.access.services.organizations import TREE_LOCK, create_organization
from huiliu.access.services.users import create_user
from huiliu.access.types import Actor, OrganizationKind, OrganizationRef, Role
from huiliu.kernel.period import zone_of
from huiliu.kernel.text import normalise
from huiliu.platform.database import SYSTEM_REACH, system_reach
from huiliu.platform.errors import InvalidInput

#: Letters and digits that nobody mistakes for one another when they are read out.
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PASSWORD_LETTERS = 16
#: Reports of earlier days find the brand where it stands.
PLACED_SINCE = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class BrandDraft:
    """A brand and its first administrator. Without a password one is made that serves once."""

    name: str
    code: str = "HQ"
    timezone: str = "Asia/Shanghai"
    username: str = "admin"
    person: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Founded:
    """What stands now. `password` is the one that was made; "" when one was given."""

    brand: OrganizationRef
    administrator: Actor
    username: str
    password: str


def found_brand(*, draft: BrandDraft, now: datetime) -> Founded:
    """The brand of a database that has none, with an administrator who may do everything.

    Locks:  the tree: of two at once the second is refused.
    Raises: BrandExists, InvalidInput, ZoneUnknown, PasswordWeak, UsernameTaken, OrganizationCodeTaken.
    """
    name, code, username = (normalise(text) for text in (draft.name, draft.code, draft.username))
    for field, text in (("name", name), ("code", code), ("username", username)):
        if not 1 <= len(text) <= 60:
            raise InvalidInput("One to 60 characters are needed.", field=field)
    zone_of(draft.timezone)
    with system_reach("maintenance"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])
        known = Organization.objects.filter(kind=OrganizationKind.BRAND).order_by("id").first()
        if known is not None:
            raise errors.BrandExists(f"{known.name} stands here already.", code_of_brand=known.code)
        founder = _founder(draft.timezone)
        brand = create_organization(
            actor=founder,
            code=code,
            name=name,
            kind=OrganizationKind.BRAND,
            parent_id=None,
            timezone=draft.timezone,
            since=PLACED_SINCE,
            now=now,
        )
        founder = replace(founder, organization_id=brand.id, organization_path=brand.path)
        made = "" if draft.password else one_time_password()
        user = create_user(
            actor=founder,
            organization_id=brand.id,
            username=username,
            name=normalise(draft.person) or username,
            password=draft.password or made,
            roles=[Role.ADMINISTRATOR],
            now=now,
        )
        if draft.password:  # typed by the person it belongs to
            user.must_change_password = False
            user.save(update_fields=["must_change_password"])
        return Founded(brand, replace(founder, user_id=user.pk, name=user.name), username, made)


def one_time_password() -> str:
    """Long enough that guessing is hopeless, readable enough to be typed from a screen."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_PASSWORD_LETTERS))


def _founder(timezone: str) -> Actor:
    """Whoever sits at the machine itself: no user yet, with an administrator's rights."""
    roles = frozenset({Role.ADMINISTRATOR})
    return Actor(
        user_id=None,
        organization_id=0,
        organization_path="",
        organization_kind=OrganizationKind.BRAND,
        roles=roles,
        scopes=scopes_of(roles),
        reach=SYSTEM_REACH,
        timezone=timezone,
    )
