"""People of an organization: made, changed, and gone at once when they leave."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from huiliu.access import errors
from huiliu.access.models import ApiClient, Organization, Session, User
from huiliu.access.rules import SCOPES
from huiliu.access.services.sessions import hashed
from huiliu.access.types import BRAND_ROLES, PARTNER_ROLES, STAFF_KINDS, Actor, Role
from huiliu.platform import audit, events

SEATS = 20


def create_user(
    *,
    actor: Actor,
    organization_id: int,
    username: str,
    name: str,
    password: str,
    roles: Collection[Role],
    phone: str = "",
    email: str = "",
    now: datetime,
) -> User:
    """A new user; a partner's owner makes users of its own organization only, up to its seats.

    Locks:  the organization, so that seats are counted in turn.
    Raises: OrganizationNotVisible, RoleNotAllowed, SeatsFull, UsernameTaken, PasswordWeak.
    """
    organization = _lock_organization(actor, organization_id)
    _check_roles(actor, organization, roles)
    if (
        organization.kind not in STAFF_KINDS
        and User.objects.filter(organization=organization, is_active=True).count() >= SEATS
    ):
        raise errors.SeatsFull("Every seat of this organization is taken.", seats=SEATS)
    user = User(
        organization=organization,
        organization_path=organization.path,
        username=username.strip(),
        name=name.strip(),
        phone=phone,
        email=email,
        roles=sorted(role.value for role in roles),
        password=hashed(password),
        created_at=now,
    )
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as taken:
        raise errors.UsernameTaken("This user name is in use.", field="username") from taken
    _record(user, actor=actor, action="user.created", now=now, after={"roles": user.roles, "name": user.name})
    return user


def set_user(
    *,
    actor: Actor,
    user_id: int,
    name: str | None = None,
    roles: Collection[Role] | None = None,
    is_active: bool | None = None,
    now: datetime,
) -> User:
    """Change a user; deactivating ends every session and token at once.

    Raises: UserNotVisible, RoleNotAllowed.
    """
    user = (
        User.objects.select_for_update(no_key=True).select_related("organization").filter(pk=user_id).first()
    )
    if user is None or (not actor.is_staff and user.organization_id != actor.organization_id):
        raise errors.UserNotVisible("There is no such user.", user_id=user_id)
    before = {"name": user.name, "roles": list(user.roles), "is_active": user.is_active}
    if roles is not None:
        _check_roles(actor, user.organization, roles)
        user.roles = sorted(role.value for role in roles)
    if name is not None:
        user.name = name.strip()
    if is_active is not None:
        user.is_active = is_active
    user.save(update_fields=["name", "roles", "is_active"])
    if is_active is False:
        Session.objects.filter(user_id=user_id, ended_at=None).update(ended_at=now)
    after = {"name": user.name, "roles": list(user.roles), "is_active": user.is_active}
    _record(user, actor=actor, action="user.changed", now=now, before=before, after=after)
    return user


def create_client(
    *, actor: Actor, client_id: str, name: str, scopes: Collection[str], now: datetime
) -> tuple[ApiClient, str]:
    """A program's identity with a subset of the actor's scopes; the secret is returned once.

    Raises: RoleNotAllowed, UsernameTaken.
    """
    wanted = set(scopes)
    if not wanted <= SCOPES or not wanted <= actor.scopes:
        raise errors.RoleNotAllowed(
            "A client has at most your own scopes.", scopes=sorted(wanted - actor.scopes)
        )
    organization = _lock_organization(actor, actor.organization_id)
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            user = User.objects.create(
                organization=organization,
                organization_path=organization.path,
                username=f"client:{client_id}",
                name=name,
                roles=sorted(role.value for role in actor.roles),
                password="!",  # noqa: S106 - unusable
                is_service=True,
                created_at=now,
            )
            client = ApiClient.objects.create(
                client_id=client_id,
                name=name,
                secret_hash=hashed(secret),
                user=user,
                scopes=sorted(wanted),
                created_at=now,
            )
    except IntegrityError as taken:
        raise errors.UsernameTaken("This client id is in use.", field="client_id") from taken
    _record(
        user,
        actor=actor,
        action="client.created",
        now=now,
        after={"client_id": client_id, "scopes": sorted(wanted)},
    )
    return client, secret


def _lock_organization(actor: Actor, organization_id: int) -> Organization:
    if not actor.is_staff and organization_id != actor.organization_id:
        raise errors.OrganizationNotVisible(
            "You manage your own organization's users.", organization_id=organization_id
        )
    organization = Organization.objects.filter(pk=organization_id).first()
    if organization is None:
        raise errors.OrganizationNotVisible("There is no such organization.", organization_id=organization_id)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7401, %s)", [organization_id])
    return organization


def _check_roles(actor: Actor, organization: Organization, roles: Collection[Role]) -> None:
    allowed = BRAND_ROLES if organization.kind in STAFF_KINDS else PARTNER_ROLES
    given = set(roles)
    if not given or not given <= allowed:
        raise errors.RoleNotAllowed("These roles do not fit the organization.", roles=sorted(given - allowed))
    if Role.ADMINISTRATOR in given and Role.ADMINISTRATOR not in actor.roles:
        raise errors.RoleNotAllowed("Only an administrator makes administrators.")


def _record(
    user: User,
    *,
    actor: Actor,
    action: str,
    now: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject_type="user",
        subject_id=user.pk,
        owner_path=actor.organization_path,
        now=now,
        before=before,
        after=after,
    )
    events.publish(
        type=action,
        subject_type="user",
        subject_id=user.pk,
        paths=(user.organization_path,),
        user_id=actor.user_id,
        now=now,
        payload={"name": user.name},
    )
