"""People of an organization: made, changed, and gone at once when they leave."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from huiliu.access import errors
from huiliu.access.models import Organization, User
from huiliu.access.rules import may_give
from huiliu.access.services.organizations import find_in_reach
from huiliu.access.services.sessions import end_sessions_of, hashed
from huiliu.access.services.wechat import end_bindings
from huiliu.access.types import BRAND_ROLES, PARTNER_ROLES, STAFF_KINDS, Actor, OrganizationKind, Role
from huiliu.platform import audit, events
from huiliu.platform.errors import Stale

SEATS_LOCK = 7401
ADMINISTRATORS_LOCK = 7404


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
    """A new user; a partner's owner makes users of its own organization only, up to its seats. Whoever made the
    password knows it: the person sets an own one first.

    Locks:  the organization's seats, so that they are counted in turn.
    Raises: OrganizationNotVisible, RoleNotAllowed, SeatsFull, UsernameTaken, PasswordWeak.
    """
    organization = find_managed_organization(actor, organization_id)
    _check_roles(actor, organization, roles)
    _check_seats(organization)
    user = User(
        organization=organization,
        organization_path=organization.path,
        username=username.strip(),
        name=name.strip(),
        phone=phone.strip(),
        email=email.strip(),
        roles=sorted(role.value for role in roles),
        password=hashed(password, field="password"),
        must_change_password=True,
        created_at=now,
    )
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as taken:
        raise errors.UsernameTaken("This user name is in use.", field="username") from taken
    record(user, actor=actor, action="user.created", now=now, after={"roles": user.roles, "name": user.name})
    return user


def set_user(
    *,
    actor: Actor,
    user_id: int,
    name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    roles: Collection[Role] | None = None,
    is_active: bool | None = None,
    version: int | None = None,
    now: datetime,
) -> User:
    """Change a user; deactivating ends every session, token and open view at once.

    Locks:  the user's row; seats when someone comes back, the administrators when one goes.
    Raises: UserNotVisible, RoleNotAllowed, SeatsFull, NotYourself, LastAdministrator, Stale.
    """
    user = find_managed(actor, user_id)
    if version is not None and version != user.version:
        raise Stale("The user was changed meanwhile.", yours=version, current=user.version)
    before = _shown(user)
    if roles is not None:
        _check_roles(actor, user.organization, roles)
        user.roles = sorted(role.value for role in roles)
    user.name = user.name if name is None else name.strip()
    user.phone = user.phone if phone is None else phone.strip()
    user.email = user.email if email is None else email.strip()
    user.is_active = user.is_active if is_active is None else is_active
    after = _shown(user)
    if before == after:
        return user
    if user.is_active and not before["is_active"]:
        _lock_seats(user.organization_id)
        _check_seats(user.organization)
    _check_leaving(actor, user, before=before)
    user.version += 1
    user.save(update_fields=["name", "phone", "email", "roles", "is_active", "version"])
    if not user.is_active:
        end_sessions_of(user.pk, now=now)
    if (
        not user.is_active or user.phone != before["phone"]
    ):  # the phone proved that the WeChat is this person's
        end_bindings(user, actor=actor, because="changed" if user.is_active else "left", now=now)
    record(user, actor=actor, action="user.changed", now=now, before=before, after=after)
    return user


def end_sessions_of_user(*, actor: Actor, user_id: int, now: datetime) -> int:
    """End every session of a person: a lost phone, a shared password. Returns how many were open.

    Locks:  the user's row.
    Raises: UserNotVisible, RoleNotAllowed, NotYourself.
    """
    user = find_managed(actor, user_id)
    if user.pk == actor.user_id:
        raise errors.NotYourself("End your own sessions one by one.", user_id=user_id)
    ended = end_sessions_of(user.pk, now=now)
    if ended:
        record(user, actor=actor, action="user.sessions_ended", now=now, after={"ended": ended})
    return ended


def unbind_user(*, actor: Actor, user_id: int, now: datetime) -> int:
    """Take a person's WeChats off: a lost phone. Returns how many.

    Locks:  the user's row.
    Raises: UserNotVisible, RoleNotAllowed.
    """
    return end_bindings(find_managed(actor, user_id), actor=actor, because="by manager", now=now)


def find_managed(actor: Actor, user_id: int) -> User:
    """A person the actor may manage, locked: of a partner only its own, never someone mightier.

    Raises: UserNotVisible, RoleNotAllowed.
    """
    user = (
        User.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organization")
        .filter(pk=user_id, is_service=False)
        .first()
    )
    if user is None or (not actor.is_staff and user.organization_id != actor.organization_id):
        raise errors.UserNotVisible("There is no such user.", user_id=user_id)
    if not may_give(giver=actor.roles, scopes=actor.scopes, roles=[Role(role) for role in user.roles]):
        raise errors.RoleNotAllowed("This person has more rights than you.", user_id=user_id)
    return user


def find_managed_organization(actor: Actor, organization_id: int) -> Organization:
    """Where the actor may make users, its seats locked. Raises: OrganizationNotVisible."""
    if not actor.is_staff and organization_id != actor.organization_id:
        raise errors.OrganizationNotVisible(
            "You manage your own organization's users.", organization_id=organization_id
        )
    organization = find_in_reach(actor, organization_id)
    _lock_seats(organization_id)
    return organization


def _lock_seats(organization_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SEATS_LOCK, organization_id])


def _check_seats(organization: Organization) -> None:
    if organization.kind in STAFF_KINDS:
        return
    taken = User.objects.filter(organization=organization, is_active=True, is_service=False).count()
    if taken >= organization.seats:
        raise errors.SeatsFull("Every seat of this organization is taken.", seats=organization.seats)


def _check_roles(actor: Actor, organization: Organization, roles: Collection[Role]) -> None:
    allowed = BRAND_ROLES if OrganizationKind(organization.kind) in STAFF_KINDS else PARTNER_ROLES
    given = set(roles)
    if not given or not given <= allowed:
        raise errors.RoleNotAllowed("These roles do not fit the organization.", roles=sorted(given - allowed))
    if not may_give(giver=actor.roles, scopes=actor.scopes, roles=given):
        raise errors.RoleNotAllowed("Nobody gives more rights than the own.", roles=sorted(given))


def _check_leaving(actor: Actor, user: User, *, before: dict[str, object]) -> None:
    """Nobody shuts oneself out, and the brand keeps an administrator, also when two remove each other at once."""
    was = before["is_active"] and Role.ADMINISTRATOR.value in user_roles(before)
    stays = user.is_active and Role.ADMINISTRATOR.value in user.roles
    if user.pk == actor.user_id and not user.is_active:
        raise errors.NotYourself("Nobody takes away the own access.", user_id=user.pk)
    if not was or stays or user.organization.kind != OrganizationKind.BRAND:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADMINISTRATORS_LOCK])
    others = User.objects.filter(
        organization_id=user.organization_id,
        roles__contains=[Role.ADMINISTRATOR.value],
        is_active=True,
        is_service=False,
    ).exclude(pk=user.pk)
    if not others.exists():
        raise errors.LastAdministrator("This is the brand's last administrator.", user_id=user.pk)


def user_roles(shown: dict[str, object]) -> list[str]:
    roles = shown["roles"]
    return [str(role) for role in roles] if isinstance(roles, list) else []


def _shown(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "phone": user.phone,
        "email": user.email,
        "roles": list(user.roles),
        "is_active": user.is_active,
    }


def record(
    user: User,
    *,
    actor: Actor,
    action: str,
    now: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """The audit row and the event of what was done to a user."""
    audit.record(
        actor=actor,
        action=action,
        subject_type="user",
        subject_id=user.pk,
        owner_path=user.organization_path,
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
