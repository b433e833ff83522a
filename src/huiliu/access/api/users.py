"""People over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ninja import Path, Query
from pydantic import Field

from huiliu.access import errors, rules, selectors, services
from huiliu.access import schemas as shapes
from huiliu.access.api.routing import device_of, router
from huiliu.access.edge import ActorRequest
from huiliu.access.models import User
from huiliu.access.types import PARTNER_ROLES, Actor, Role, UserFilters
from huiliu.platform.errors import Stale
from huiliu.platform.http.cursor import Page, PageQuery, decode_cursor, page_of

NAMES = "id username name phone email organization_id roles is_active must_change_password version"


def _users(actor: Actor, users: Sequence[User]) -> list[dict[str, Any]]:
    places = selectors.organizations_by_ids({user.organization_id for user in users})
    seen = selectors.latest_seen([user.pk for user in users])
    return [
        {name: getattr(user, name) for name in NAMES.split()}
        | {
            "has_totp": bool(user.totp_secret),
            "organization_name": places[user.organization_id].name if user.organization_id in places else "",
            "last_seen_at": seen.get(user.pk),
            "allowed_actions": rules.user_actions(
                actor=actor,
                user_id=user.pk,
                organization_id=user.organization_id,
                roles=[Role(role) for role in user.roles],
                is_active=user.is_active,
            ),
        }
        for user in users
    ]


def _user(actor: Actor, user: User) -> dict[str, Any]:
    return _users(actor, [user])[0]


class UserQuery(PageQuery):
    organization_id: int | None = Field(default=None, ge=1, le=2**53)
    below_id: int | None = Field(
        default=None, ge=1, le=2**53, description="An organization and all below it."
    )
    role: Role | None = None
    is_active: bool | None = None
    text: str = Field(
        default="",
        max_length=100,
        pattern=r"^[^\x00]*$",
        description="In the name or user name; a phone's start.",
    )


@router.get(
    "/users", scope="users:read", response=Page[shapes.UserOut], errors=[errors.OrganizationNotVisible]
)
def list_users(request: ActorRequest, query: Query[UserQuery]) -> Any:
    """People in my reach."""
    key = decode_cursor(query.cursor, size=1)
    filters = UserFilters(
        organization_id=query.organization_id,
        below_id=query.below_id,
        role=query.role,
        is_active=query.is_active,
        text=query.text,
    )
    rows = selectors.list_users(filters=filters, after_id=key[0] if key else 0, limit=query.limit + 1)
    return page_of(_users(request.actor, rows), limit=query.limit, key=lambda row: (row["id"],))


@router.get("/roles", scope="session:use", response=list[shapes.RoleOut])
def list_roles(request: ActorRequest) -> Any:  # noqa: ARG001
    """Every role with what it may do."""
    return [
        {"role": role, "for_partners": role in PARTNER_ROLES, "scopes": sorted(rules.ROLE_SCOPES[role])}
        for role in Role
    ]


@router.get(
    "/organizations/{organization_id}/seats",
    scope="users:read",
    response=shapes.SeatsOut,
    errors=[errors.OrganizationNotVisible],
)
def get_seats(request: ActorRequest, organization_id: Path[shapes.Id]) -> Any:
    """How many people an organization has and may have, and which roles I may give there."""
    kind = selectors.find_organization(organization_id).kind
    return asdict(selectors.seats_of(organization_id)) | {
        "roles": rules.givable_roles(actor=request.actor, kind=kind)
    }


@router.get("/users/{user_id}", scope="users:read", response=shapes.UserOut, errors=[errors.UserNotVisible])
def get_user(request: ActorRequest, user_id: Path[shapes.Id]) -> Any:
    """One person."""
    return _user(request.actor, selectors.find_user(user_id))


@router.post(
    "/users",
    scope="users:write",
    response=shapes.UserOut,
    status=201,
    idempotent=False,  # the body holds a password; the user name keeps a retry from making two
    errors=[
        errors.OrganizationNotVisible,
        errors.RoleNotAllowed,
        errors.SeatsFull,
        errors.UsernameTaken,
        errors.PasswordWeak,
    ],
)
def create_user(request: ActorRequest, body: shapes.UserIn) -> Any:
    """A new user of an organization I manage."""
    user = services.create_user(
        actor=request.actor,
        organization_id=body.organization_id,
        username=body.username,
        name=body.name,
        password=body.password,
        roles=set(body.roles),
        phone=body.phone,
        email=body.email,
        now=request.now,
    )
    return _user(request.actor, user)


@router.put(
    "/users/{user_id}",
    scope="users:write",
    response=shapes.UserOut,
    errors=[
        errors.UserNotVisible,
        errors.RoleNotAllowed,
        errors.SeatsFull,
        errors.NotYourself,
        errors.LastAdministrator,
        Stale,
    ],
)
def change_user(request: ActorRequest, user_id: Path[shapes.Id], body: shapes.UserChangeIn) -> Any:
    """Change a user; deactivating ends every session at once."""
    user = services.set_user(
        actor=request.actor,
        user_id=user_id,
        name=body.name,
        roles=set(body.roles) if body.roles else None,
        phone=body.phone,
        email=body.email,
        is_active=body.is_active,
        version=body.version,
        now=request.now,
    )
    return _user(request.actor, user)


@router.post(
    "/users/{user_id}/reset-password",
    scope="users:write",
    response=shapes.ResetOut,
    idempotent=False,
    errors=[errors.UserNotVisible, errors.RoleNotAllowed, errors.NotYourself, errors.OnlyInPerson],
)
def reset_password(request: ActorRequest, user_id: Path[shapes.Id], body: shapes.ResetIn) -> Any:
    """A one-time password for someone who forgot; every session of the person ends."""
    password = services.reset_password(
        actor=request.actor, user_id=user_id, second_factor=body.second_factor, now=request.now
    )
    return {"one_time_password": password}


@router.post(
    "/users/{user_id}/end-sessions",
    scope="users:write",
    response=shapes.EndedOut,
    errors=[errors.UserNotVisible, errors.RoleNotAllowed, errors.NotYourself],
)
def end_user_sessions(request: ActorRequest, user_id: Path[shapes.Id]) -> Any:
    """Sign a person out everywhere."""
    return {"ended": services.end_sessions_of_user(actor=request.actor, user_id=user_id, now=request.now)}


@router.post(
    "/users/{user_id}/view-as",
    scope="users:impersonate",
    response=shapes.TokenOut,
    status=201,
    idempotent=False,  # the answer is a token
    errors=[errors.UserNotVisible, errors.NoImpersonation],
)
def view_as(request: ActorRequest, user_id: Path[shapes.Id], body: shapes.ViewAsIn) -> Any:
    """A short session as another user; everything done in it names both."""
    signed = services.view_as(
        actor=request.actor, user_id=user_id, reason=body.reason, device=device_of(request), now=request.now
    )
    return {
        "access_token": signed.token,
        "expires_in": int((signed.expires_at - request.now).total_seconds()),
    }
