"""Signing in, the own devices, password and second factor over HTTP."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Form

from huiliu.access import errors, selectors, services
from huiliu.access import schemas as shapes
from huiliu.access.api.routing import device_of, router
from huiliu.access.authentication import (
    CSRF_COOKIE,
    SESSION_COOKIE,
    SESSION_LIFE_MAX,
    csrf_token,
    refuse_foreign_origin,
    resolve,
)
from huiliu.access.edge import ActorRequest
from huiliu.access.services.sessions import TOKEN_HOURS, SignedIn
from huiliu.access.types import Actor
from huiliu.kernel.refusals import DomainError
from huiliu.platform import modules
from huiliu.platform.database import reach_as
from huiliu.platform.errors import CsrfRefused
from huiliu.settings import ENV

#: The proxy sends it to its own port.
LIVE = "/api/v1/live"


def _token_of(request: HttpRequest) -> str:
    authorization = request.headers.get("Authorization", "")
    return (
        authorization[7:].strip()
        if authorization.startswith("Bearer ")
        else request.COOKIES.get(SESSION_COOKIE, "")
    )


def session_shown(actor: Actor, *, token: str, shown_token: str | None = None) -> dict[str, Any]:
    with reach_as(actor.reach, user_id=actor.user_id):
        organization = selectors.find_organization(actor.organization_id)
        has_totp = selectors.has_second_factor(actor.user_id)
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
        "live_url": LIVE if ENV.proxies else f"{LIVE}?port={ENV.live_port or ENV.port + 1}",
        "impersonator_id": actor.impersonator_id,
        "must_change_password": actor.must_change_password,
        "has_totp": has_totp,
        "token": shown_token,
    }


def counted(request: ActorRequest, refusal: DomainError) -> DomainError:
    """A refusal whose failure stays written."""
    request.keep_writes = True
    return refusal


def set_cookies(response: HttpResponse, signed: SignedIn) -> None:
    age = int(SESSION_LIFE_MAX.total_seconds())  # the server ends it earlier when it is not used
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
    errors=[
        errors.CredentialsWrong,
        errors.TotpNeeded,
        errors.TooManyAttempts,
        errors.ChooseIdentity,
        CsrfRefused,
    ],
)
def sign_in(request: ActorRequest, response: HttpResponse, body: shapes.SignInIn) -> Any:
    """Sign in: sets the session cookie, or answers a bearer token for a device."""
    refuse_foreign_origin(request)
    signed = services.sign_in(
        username=body.username,
        password=body.password,
        totp=body.totp,
        recovery_code=body.recovery_code,
        user_id=body.user_id,
        device=device_of(request),
        kind="DEVICE" if body.device else "BROWSER",
        now=request.now,
    )
    if isinstance(signed, DomainError):
        raise counted(request, signed)
    if not body.device:
        set_cookies(response, signed)
    return session_shown(
        resolve(signed.token), token=signed.token, shown_token=signed.token if body.device else None
    )


@router.get("/session", scope="session:use", response=shapes.SessionOut)
def get_session(request: ActorRequest) -> Any:
    """Who I am and what I may do."""
    return session_shown(request.actor, token=_token_of(request))


@router.delete("/session", scope="session:use", response=None, status=204, errors=[errors.SessionNotVisible])
def sign_out(request: ActorRequest, response: HttpResponse) -> Any:
    """End this session."""
    if request.actor.session_id is not None:
        services.end_session(actor=request.actor, session_id=request.actor.session_id, now=request.now)
    if not request.headers.get("Authorization"):  # a view ends, the viewer's own session stays
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
            "last_seen_at": one.last_seen_at,
            "expires_at": one.expires_at,
            "is_current": one.pk == request.actor.session_id,
            "is_view": one.impersonator_id is not None,
        }
        for one in selectors.list_sessions(actor=request.actor)
    ]


@router.delete(
    "/session/devices/{session_id}",
    scope="session:use",
    response=None,
    status=204,
    errors=[errors.SessionNotVisible, errors.OnlyInPerson],
)
def end_device(request: ActorRequest, session_id: UUID) -> Any:
    """End a session on another device."""
    services.end_session(actor=request.actor, session_id=session_id, now=request.now)


@router.delete(
    "/session/devices", scope="session:use", response=shapes.EndedOut, errors=[errors.OnlyInPerson]
)
def end_other_devices(request: ActorRequest) -> Any:
    """End my sessions on all other devices."""
    return {"ended": services.end_other_sessions(actor=request.actor, now=request.now)}


# Passwords, codes and secrets pass here: no idempotency key, so that no answer or input is stored.
@router.post(
    "/session/password",
    scope="session:use",
    response=None,
    status=204,
    idempotent=False,
    errors=[errors.CredentialsWrong, errors.PasswordWeak, errors.TooManyAttempts, errors.OnlyInPerson],
)
def change_password(request: ActorRequest, body: shapes.PasswordIn) -> Any:
    """A new password; my other sessions end."""
    refusal = services.change_password(actor=request.actor, old=body.old, new=body.new, now=request.now)
    if refusal is not None:
        raise counted(request, refusal)


@router.post(
    "/session/totp",
    scope="session:use",
    response=shapes.TotpOut,
    idempotent=False,
    errors=[errors.OnlyInPerson],
)
def begin_totp(request: ActorRequest) -> Any:
    """A secret for an authenticator app; it counts once confirmed."""
    secret, uri = services.begin_totp(actor=request.actor, now=request.now)
    return {"secret": secret, "uri": uri}


@router.post(
    "/session/totp/confirm",
    scope="session:use",
    response=shapes.RecoveryOut,
    idempotent=False,
    errors=[errors.TotpNeeded, errors.TotpIsOn, errors.OnlyInPerson],
)
def confirm_totp(request: ActorRequest, body: shapes.TotpIn) -> Any:
    """Switch the second factor on; answers the recovery codes, once."""
    codes = services.confirm_totp(actor=request.actor, secret=body.secret, code=body.code, now=request.now)
    return {"recovery_codes": codes}


@router.post(
    "/session/totp/remove",
    scope="session:use",
    response=None,
    status=204,
    idempotent=False,
    errors=[errors.CredentialsWrong, errors.TooManyAttempts, errors.OnlyInPerson],
)
def remove_totp(request: ActorRequest, body: shapes.RemoveTotpIn) -> Any:
    """Switch the second factor off, with the password."""
    refusal = services.remove_totp(actor=request.actor, password=body.password, now=request.now)
    if refusal is not None:
        raise counted(request, refusal)


@router.post(
    "/oauth/token",
    public=True,
    response=shapes.TokenOut,
    limit="sign-in",
    errors=[errors.ClientWrong, errors.TooManyAttempts],
)
def issue_token(
    request: ActorRequest,
    response: HttpResponse,
    grant_type: Form[str],
    client_id: Form[str] = "",
    client_secret: Form[str] = "",
) -> Any:
    """OAuth2 client credentials (HTTP Basic or form fields): a bearer token for an hour."""
    if grant_type != "client_credentials":
        raise errors.ClientWrong("Only client_credentials is offered.", field="grant_type")
    name, secret = _basic(request) or (client_id, client_secret)
    if "\0" in name or "\0" in secret:
        raise errors.ClientWrong("Client id or secret is wrong.")
    signed = services.issue_client_token(
        client_id=name[:200], secret=secret[:200], device=device_of(request), now=request.now
    )
    if isinstance(signed, DomainError):
        raise counted(request, signed)
    response["Cache-Control"] = "no-store"
    scopes = resolve(signed.token).scopes
    return {
        "access_token": signed.token,
        "expires_in": TOKEN_HOURS * 3600,
        "scope": " ".join(sorted(scopes)),
    }


def _basic(request: HttpRequest) -> tuple[str, str] | None:
    """Client id and secret of an HTTP Basic header (RFC 6749, 2.3.1)."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return name, secret
