"""People over HTTP."""

from __future__ import annotations

from typing import Any

from ninja import Path, Query
from pydantic import Field

from huiliu.access import errors, selectors, services
from huiliu.access import schemas as shapes
from huiliu.access.api.routing import device_of, router
from huiliu.access.edge import ActorRequest
from huiliu.platform.errors import Stale
from huiliu.platform.http.cursor import Page, PageQuery, decode_cursor, page_of


def _user(user: Any) -> dict[str, Any]:
    names = "id username name phone email organization_id roles is_active must_change_password version"
    return {name: getattr(user, name) for name in names.split()} | {"has_totp": bool(user.totp_secret)}


class UserQuery(PageQuery):
    organization_id: int | None = Field(default=None, ge=1, le=2**53)


@router.get("/users", scope="users:read", response=Page[shapes.UserOut])
def list_users(request: ActorRequest, query: Query[UserQuery]) -> Any:  # noqa: ARG001
    """People in my reach."""
    key = decode_cursor(query.cursor, size=1)
    rows = selectors.list_users(
        organization_id=query.organization_id, after_id=key[0] if key else 0, limit=query.limit + 1
    )
    return page_of([_user(row) for row in rows], limit=query.limit, key=lambda row: (row["id"],))


@router.get("/users/{user_id}", scope="users:read", response=shapes.UserOut, errors=[errors.UserNotVisible])
def get_user(request: ActorRequest, user_id: Path[shapes.Id]) -> Any:  # noqa: ARG001
    """One person."""
    return _user(selectors.find_user(user_id))


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
    return _user(user)


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
    return _user(user)


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
