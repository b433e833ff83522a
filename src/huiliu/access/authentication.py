"""Who sends this request: a session cookie (with CSRF) or a bearer token, resolved in one statement.

`access_resolve` runs as the owner, so the login role needs no right on users; it answers only for a
live token of an active user of an active organization, so ending a session or disabling a leaver
takes effect with the next request.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from huiliu.access.models import User
from huiliu.access.rules import reach_of, scopes_of
from huiliu.access.types import Actor, OrganizationKind, Role
from huiliu.platform.database import rows, system_reach
from huiliu.platform.errors import CsrfRefused, SignInNeeded

SESSION_COOKIE = "huiliu_session"
CSRF_COOKIE = "huiliu_csrf"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION_LIFE = timedelta(days=14)  # after the last request
SESSION_LIFE_MAX = timedelta(days=90)  # however busy
SEEN_EVERY = timedelta(minutes=1)


def hash_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def csrf_token(token: str) -> str:
    """The value a browser must echo in `X-CSRFToken`: bound to the session, useless without it."""
    return hmac.new(settings.SECRET_KEY.encode(), b"csrf:" + token.encode(), "sha256").hexdigest()


def refuse_foreign_origin(request: HttpRequest) -> None:
    """A browser says where a request comes from; another site's is refused, whatever else it carries.

    Raises: CsrfRefused.
    """
    origin = request.headers.get("Origin", "")
    host = request.META.get("HTTP_HOST", "")
    if request.headers.get("Sec-Fetch-Site", "") == "cross-site" or (
        origin and urlsplit(origin).netloc.lower() != host.lower()
    ):
        raise CsrfRefused("The request comes from another site.")


def authenticate(request: HttpRequest) -> Actor:
    """The actor behind a request; a session seen again lives on.

    Raises: SignInNeeded without a live token; CsrfRefused for a cookie request from elsewhere.
    """
    authorization = request.headers.get("Authorization", "")
    if authorization.startswith("Bearer "):
        token = authorization[7:].strip()
    else:
        token = request.COOKIES.get(SESSION_COOKIE, "")
        if token and request.method not in SAFE_METHODS:
            refuse_foreign_origin(request)
            given = request.headers.get("X-CSRFToken", "")
            if not hmac.compare_digest(given.encode(), csrf_token(token).encode()):
                raise CsrfRefused("The CSRF token is missing or wrong.")
    row = _live(token)
    _touch(row, now=getattr(request, "now", None) or now_utc())
    return actor_from_row(row)


def resolve(token: str) -> Actor:
    """The actor of a live token; raises SignInNeeded."""
    return actor_from_row(_live(token))


def _live(token: str) -> tuple[object, ...]:
    if not token or len(token) > 200:
        raise SignInNeeded("Sign in first.")
    found = rows("SELECT * FROM access_resolve(%s)", [hash_token(token)], prepared=True)
    if not found:
        raise SignInNeeded("This session has ended.")
    return found[0]


def _touch(row: tuple[object, ...], *, now: datetime) -> None:
    """Note that the session was seen, at most once in `SEEN_EVERY`."""
    session_id, seen_at = row[0], row[11]
    if isinstance(seen_at, datetime) and now - seen_at >= SEEN_EVERY:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT access_touch(%s::uuid, %s, %s, %s::interval)",
                [str(session_id), now, now + SESSION_LIFE, f"{SESSION_LIFE_MAX.total_seconds()} seconds"],
            )


def actor_from_row(row: tuple[object, ...]) -> Actor:
    """Shape: session_id, user_id, organization_id, path, kind, roles, scopes, impersonator, locale, timezone, name,
    seen_at, must_change_password.
    """
    (
        session_id,
        user_id,
        organization_id,
        path,
        kind,
        roles,
        scopes,
        impersonator_id,
        locale,
        timezone,
        name,
        _seen_at,
        must_change_password,
    ) = row
    role_set = frozenset(Role(role) for role in roles)  # type: ignore[attr-defined]
    allowed = scopes_of(role_set)
    if scopes is not None:
        allowed &= frozenset(scopes)  # type: ignore[call-overload]
    organization_kind = OrganizationKind(str(kind))
    return Actor(
        user_id=int(str(user_id)),
        organization_id=int(str(organization_id)),
        organization_path=str(path),
        organization_kind=organization_kind,
        roles=role_set,
        scopes=allowed,
        reach=reach_of(kind=organization_kind, path=str(path), roles=role_set),
        session_id=session_id if isinstance(session_id, UUID) else None,
        impersonator_id=int(str(impersonator_id)) if impersonator_id is not None else None,
        locale=str(locale),
        timezone=str(timezone),
        name=str(name),
        must_change_password=bool(must_change_password),
    )


def actor_of_user(*, user_id: int, scopes: frozenset[str], impersonator_id: int | None) -> Actor | None:
    """Whom a job acts as: the user with today's roles, at most the scopes of the session that asked.

    None when the user, the organization or whoever views as the user can no longer sign in.
    """
    with system_reach("jobs"):
        user = (
            User.objects.select_related("organization")
            .filter(pk=user_id, is_active=True, organization__is_active=True)
            .first()
        )
        if user is None:
            return None
        if (
            impersonator_id is not None
            and not User.objects.filter(pk=impersonator_id, is_active=True).exists()
        ):
            return None
    place = user.organization
    return actor_from_row(
        (
            None,
            user.pk,
            place.pk,
            place.path,
            place.kind,
            user.roles,
            sorted(scopes),
            impersonator_id,
            user.locale,
            place.timezone,
            user.name,
            None,
            user.must_change_password,
        )
    )


def now_utc() -> datetime:
    """The edge's clock: services receive `now`, they never read it."""
    from datetime import UTC

    return datetime.now(UTC)
