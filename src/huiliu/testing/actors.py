"""People and organizations for tests: builders say only what matters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from huiliu.access.models import Organization, Placement, Session, User
from huiliu.access.rules import reach_of, scopes_of
from huiliu.access.types import Actor, OrganizationKind, Role
from huiliu.kernel.ids import uuid7
from huiliu.kernel.paths import child_path
from huiliu.platform.database import reach_as

NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)  # noon in Shanghai
_numbers = itertools.count(1)


def an_organization(
    *,
    kind: str = "DISTRIBUTOR",
    parent: Organization | None = None,
    code: str = "",
    name: str = "",
    **fields: Any,
) -> Organization:
    """An organization in the tree; a brand when it has no parent and its kind says so."""
    number = next(_numbers)
    organization = Organization(
        code=code or f"{kind[:2]}{number:04d}",
        name=name or f"{kind.title()} {number}",
        kind=kind,
        parent=parent,
        path=f"?{number}",
        shown_to_all=kind in ("BRAND", "BRANCH"),
        created_at=NOW,
        **fields,
    )
    organization.save()
    organization.path = child_path(parent.path if parent else "", organization.pk)
    organization.save(update_fields=["path"])
    Placement.objects.create(
        organization=organization,
        parent=parent,
        path=organization.path,
        valid_from=datetime(2020, 1, 1).date(),  # noqa: DTZ001
    )
    return organization


def a_brand(**fields: Any) -> Organization:
    return an_organization(kind="BRAND", **fields)


def a_user(organization: Organization, *roles: Role, **fields: Any) -> User:
    number = next(_numbers)
    user = User(
        organization=organization,
        organization_path=organization.path,
        username=fields.pop("username", f"user{number}"),
        name=fields.pop("name", f"User {number}"),
        roles=[role.value for role in roles],
        created_at=NOW,
        password="!",  # noqa: S106 - unusable
        **fields,
    )
    user.save()
    return user


def an_actor(organization: Organization, *roles: Role, user: User | None = None) -> Actor:
    """The actor the edge would build for a user with these roles."""
    default = Role.ADMINISTRATOR if organization.kind in ("BRAND", "BRANCH") else Role.OWNER
    role_set = frozenset(roles or (default,))
    user = user or a_user(organization, *role_set)
    kind = OrganizationKind(organization.kind)
    return Actor(
        user_id=user.pk,
        organization_id=organization.pk,
        organization_path=organization.path,
        organization_kind=kind,
        roles=role_set,
        scopes=scopes_of(role_set),
        reach=reach_of(kind=kind, path=organization.path, roles=role_set),
        name=user.name,
    )


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Run the block with the actor's reach, as the edge does."""
    with reach_as(actor.reach, user_id=actor.user_id):
        yield actor


def a_token(actor: Actor, *, now: datetime | None = None) -> str:
    """A live bearer token of the actor's user."""
    from huiliu.access.authentication import hash_token

    token = f"test-{uuid7()}"
    started = now or datetime.now(UTC)
    Session.objects.create(
        id=uuid7(),
        token_hash=hash_token(token),
        user_id=actor.user_id or 0,
        owner_path=actor.organization_path,
        kind="API",
        created_at=started,
        last_seen_at=started,
        expires_at=started + timedelta(days=1),
    )
    return token
