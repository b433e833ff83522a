"""Identity and organizations over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Form, Query
from pydantic import Field

from huiliu.access import errors, selectors, services
from huiliu.access import schemas as shapes
from huiliu.access.authentication import CSRF_COOKIE, SESSION_COOKIE, csrf_token, resolve
from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.access.services.sessions import SESSION_DAYS, TOKEN_HOURS, Device, SignedIn
from huiliu.access.types import Actor
from huiliu.kernel.refusals import DomainError
from huiliu.platform import modules
from huiliu.platform.http.cursor import Page, PageQuery, decode_cursor, page_of
from huiliu.settings import ENV

router = EdgeRouter(tag="access", module="access")


def device_of(request: HttpRequest) -> Device:
    return Device(
        ip=str(request.META.get("REMOTE_ADDR", "")), user_agent=request.headers.get("User-Agent", "")
    )


def _token_of(request: HttpRequest) -> str:
    authorization = request.headers.get("Authorization", "")
    return (
        authorization[7:].strip()
        if authorization.startswith("Bearer ")
        else request.COOKIES.get(SESSION_COOKIE, "")
    )


def _session(actor: Actor, *, token: str, shown_token: str | None = None) -> dict[str, Any]:
    from huiliu.platform.database import reach_as

    with reach_as(actor.reach, user_id=actor.user_id):
        organization = selectors.find_organization(actor.organization_id)
    return {
        "user_id": actor.user_id,
        "name": actor.name,
        "organization_id": actor.organization_id,
        "organization_name": organization.name,
        "organization_kind": actor.organization_kind,
        "roles": sorted(actor.roles),
        "scopes": sorted(actor.scopes),
        "modules_off": sorted(modules.switched_off()),
        "locale": actor.locale,
        "timezone": actor.timezone,
        "csrf_token": csrf_token(token),
        "live_url": f"/api/v1/live?port={ENV.live_port or ENV.port + 1}",
        "impersonator_id": actor.impersonator_id,
        "token": shown_token,
    }


def _set_cookies(response: HttpResponse, signed: SignedIn) -> None:
    age = SESSION_DAYS * 86400
    secure = ENV.secure_cookies
    response.set_cookie(
        SESSION_COOKIE, signed.token, max_age=age, httponly=True, samesite="Lax", secure=secure
    )
    response.set_cookie(CSRF_COOKIE, csrf_token(signed.token), max_age=age, samesite="Lax", secure=secure)


@router.post(
    "/session",
    public=True,
    response=shapes.SessionOut,
    status=201,
    limit="sign-in",
    errors=[errors.CredentialsWrong, errors.TotpNeeded, errors.TooManyAttempts, errors.ChooseIdentity],
)
def sign_in(request: ActorRequest, response: HttpResponse, body: shapes.SignInIn) -> Any:
    """Sign in: sets the session cookie, or answers a bearer token for a device."""
    signed = services.sign_in(
        username=body.username,
        password=body.password,
        totp=body.totp,
        user_id=body.user_id,
        device=device_of(request),
        kind="DEVICE" if body.device else "BROWSER",
        now=request.now,
    )
    if isinstance(signed, DomainError):
        request.keep_writes = True  # the failure must be counted
        raise signed
    if not body.device:
        _set_cookies(response, signed)
    return _session(
        resolve(signed.token), token=signed.token, shown_token=signed.token if body.device else None
    )


@router.get("/session", scope="session:use", response=shapes.SessionOut)
def get_session(request: ActorRequest) -> Any:
    """Who I am and what I may do."""
    return _session(request.actor, token=_token_of(request))


@router.delete("/session", scope="session:use", response=None, status=204, errors=[errors.SessionNotVisible])
def sign_out(request: ActorRequest, response: HttpResponse) -> Any:
    """End this session."""
    if request.actor.session_id is not None:
        services.end_session(actor=request.actor, session_id=request.actor.session_id, now=request.now)
    response.delete_cookie(SESSION_COOKIE)
    response.delete_cookie(CSRF_COOKIE)


@router.get("/session/devices", scope="session:use", response=list[shapes.DeviceOut])
def list_devices(request: ActorRequest) -> Any:
    """My open sessions on all devices."""
    return [
        {
            "id": one.pk,
            "kind": one.kind,
            "ip": one.ip,
            "user_agent": one.user_agent,
            "created_at": one.created_at,
            "expires_at": one.expires_at,
            "is_current": one.pk == request.actor.session_id,
        }
        for one in selectors.list_sessions(actor=request.actor)
    ]


@router.delete(
    "/session/devices/{session_id}",
    scope="session:use",
    response=None,
    status=204,
    errors=[errors.SessionNotVisible],
)
def end_device(request: ActorRequest, session_id: UUID) -> Any:
    """End a session on another device."""
    services.end_session(actor=request.actor, session_id=session_id, now=request.now)


@router.post(
    "/session/password",
    scope="session:use",
    response=None,
    status=204,
    errors=[errors.CredentialsWrong, errors.PasswordWeak],
)
def change_password(request: ActorRequest, body: shapes.PasswordIn) -> Any:
    """A new password; my other sessions end."""
    services.change_password(actor=request.actor, old=body.old, new=body.new, now=request.now)


@router.post("/session/totp", scope="session:use", response=shapes.TotpOut, idempotent=False)
def begin_totp(request: ActorRequest) -> Any:
    """A secret for an authenticator app; it counts once confirmed."""
    secret, uri = services.begin_totp(actor=request.actor, now=request.now)
    return {"secret": secret, "uri": uri}


@router.post(
    "/session/totp/confirm", scope="session:use", response=None, status=204, errors=[errors.TotpNeeded]
)
def confirm_totp(request: ActorRequest, body: shapes.TotpIn) -> Any:
    """Switch the second factor on."""
    services.confirm_totp(actor=request.actor, secret=body.secret, code=body.code, now=request.now)


@router.post(
    "/oauth/token", public=True, response=shapes.TokenOut, limit="sign-in", errors=[errors.ClientWrong]
)
def issue_token(
    request: ActorRequest, grant_type: Form[str], client_id: Form[str] = "", client_secret: Form[str] = ""
) -> Any:
    """OAuth2 client credentials: a bearer token for an hour."""
    if grant_type != "client_credentials":
        raise errors.ClientWrong("Only client_credentials is offered.", field="grant_type")
    signed = services.issue_client_token(
        client_id=client_id, secret=client_secret, device=device_of(request), now=request.now
    )
    return {"access_token": signed.token, "expires_in": TOKEN_HOURS * 3600}


def _user(user: Any) -> dict[str, Any]:
    names = "id username name phone email organization_id roles is_active"
    return {name: getattr(user, name) for name in names.split()} | {"has_totp": bool(user.totp_secret)}


class UserQuery(PageQuery):
    organization_id: int | None = Field(default=None, ge=1, le=2**53)


@router.get("/users", scope="users:read", response=Page[shapes.UserOut])
def list_users(request: ActorRequest, query: Query[UserQuery]) -> Any:
    """People in my reach."""
    key = decode_cursor(query.cursor, size=1)
    rows = selectors.list_users(
        organization_id=query.organization_id, after_id=key[0] if key else 0, limit=query.limit + 1
    )
    return page_of([_user(row) for row in rows], limit=query.limit, key=lambda row: (row["id"],))


@router.post(
    "/users",
    scope="users:write",
    response=shapes.UserOut,
    status=201,
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
    errors=[errors.UserNotVisible, errors.RoleNotAllowed],
)
def change_user(request: ActorRequest, user_id: int, body: shapes.UserChangeIn) -> Any:
    """Change a user; deactivating ends every session at once."""
    user = services.set_user(
        actor=request.actor,
        user_id=user_id,
        name=body.name,
        roles=set(body.roles) if body.roles else None,
        is_active=body.is_active,
        now=request.now,
    )
    return _user(user)


@router.post(
    "/users/{user_id}/view-as",
    scope="users:impersonate",
    response=shapes.TokenOut,
    status=201,
    errors=[errors.UserNotVisible, errors.NoImpersonation],
)
def view_as(request: ActorRequest, user_id: int, body: shapes.ViewAsIn) -> Any:
    """A short session as another user; everything done in it names both."""
    signed = services.view_as(
        actor=request.actor, user_id=user_id, reason=body.reason, device=device_of(request), now=request.now
    )
    return {
        "access_token": signed.token,
        "expires_in": int((signed.expires_at - request.now).total_seconds()),
    }


@router.post(
    "/clients",
    scope="clients:write",
    response=shapes.ClientOut,
    status=201,
    errors=[errors.RoleNotAllowed, errors.UsernameTaken],
)
def create_client(request: ActorRequest, body: shapes.ClientIn) -> Any:
    """A program's identity; the secret is shown once."""
    client, secret = services.create_client(
        actor=request.actor,
        client_id=body.client_id,
        name=body.name,
        scopes=set(body.scopes),
        now=request.now,
    )
    return {"client_id": client.client_id, "name": client.name, "scopes": client.scopes, "secret": secret}


class OrganizationQuery(PageQuery):
    parent_id: int | None = Field(default=None, ge=1, le=2**53)
    text: str = Field(default="", max_length=100, pattern=r"^[^\x00]*$")


@router.get("/organizations", scope="organizations:read", response=Page[shapes.OrganizationOut])
def list_organizations(request: ActorRequest, query: Query[OrganizationQuery]) -> Any:
    """Organizations in my reach, by pinyin."""
    key = decode_cursor(query.cursor, size=2)
    rows = selectors.list_organizations(
        parent_id=query.parent_id,
        text=query.text,
        after=(key[0], key[1]) if key else None,
        limit=query.limit + 1,
    )
    keys = selectors.sort_keys([row.id for row in rows])
    return page_of(rows, limit=query.limit, key=lambda row: (keys[row.id], row.id))


@router.get(
    "/organizations/{organization_id}",
    scope="organizations:read",
    response=shapes.OrganizationOut,
    errors=[errors.OrganizationNotVisible],
)
def get_organization(request: ActorRequest, organization_id: int) -> Any:
    """One organization."""
    return selectors.find_organization(organization_id)


@router.post(
    "/organizations",
    scope="organizations:write",
    response=shapes.OrganizationOut,
    status=201,
    errors=[errors.OrganizationNotVisible, errors.OrganizationCodeTaken],
)
def create_organization(request: ActorRequest, body: shapes.OrganizationIn) -> Any:
    """A new organization below a parent."""
    return services.create_organization(
        actor=request.actor,
        code=body.code,
        name=body.name,
        kind=body.kind,
        parent_id=body.parent_id,
        since=body.since,
        now=request.now,
    )


@router.post(
    "/organizations/{organization_id}/move",
    scope="organizations:write",
    response=shapes.OrganizationOut,
    errors=[errors.OrganizationNotVisible, errors.TreeCycle],
)
def move_organization(request: ActorRequest, organization_id: int, body: shapes.MoveIn) -> Any:
    """Move an organization and all below it from a day on; history stays where it was."""
    return services.move_organization(
        actor=request.actor,
        organization_id=organization_id,
        parent_id=body.parent_id,
        effective_on=body.effective_on,
        reason=body.reason,
        now=request.now,
    )
