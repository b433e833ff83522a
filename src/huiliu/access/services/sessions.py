"""Signing in and out; tokens are random, only their hashes are kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from huiliu.access import errors
from huiliu.access.authentication import hash_token
from huiliu.access.models import ApiClient, Session, SignInAttempt, User
from huiliu.access.types import Actor, Role
from huiliu.kernel.ids import uuid7
from huiliu.kernel.refusals import DomainError
from huiliu.platform import audit, events
from huiliu.platform.database import system_reach

SESSION_DAYS = 14
VIEW_AS_MINUTES = 30
TOKEN_HOURS = 1
FREE_FAILURES = 5
#: Checked when there is no such user, so that the answer takes as long as for a wrong password.
_NOBODY = make_password("nobody has this password")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the token goes to the client once and is stored nowhere."""

    token: str
    session_id: UUID
    user_id: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Device:
    """Where a request comes from."""

    ip: str
    user_agent: str


def sign_in(
    *, username: str, password: str, totp: str, user_id: int | None, device: Device, kind: str, now: datetime
) -> SignedIn | DomainError:
    """A session for the right password (and code); a refusal is returned, not raised, so that the failure is counted.

    Locks:  the attempt counters of the name and the address.
    """
    with system_reach("sign-in"):
        keys = [f"name:{username.strip().lower()[:100]}", f"ip:{device.ip}"]
        wait = _blocked_seconds(keys, now=now)
        if wait:
            return errors.TooManyAttempts("Too many failed attempts.", retry_after_seconds=wait)
        found = [user for user in _candidates(username) if check_password(password, user.password)]
        if not found:
            if not _candidates(username):
                check_password(password, _NOBODY)
            _count_failure(keys, now=now)
            return errors.CredentialsWrong("Name or password is wrong.")
        user = found[0] if len(found) == 1 else next((one for one in found if one.pk == user_id), None)
        if user is None:
            choices = [{"user_id": one.pk, "organization": one.organization.name} for one in found]
            return errors.ChooseIdentity("Choose for whom you sign in.", identities=choices)
        if user.totp_secret and not pyotp.TOTP(user.totp_secret).verify(totp, for_time=now, valid_window=1):
            if totp:
                _count_failure(keys, now=now)
            return errors.TotpNeeded("A code of your authenticator app is needed.")
        SignInAttempt.objects.filter(key__in=keys[:1]).delete()
        signed = _open(user, kind=kind, device=device, lifetime=timedelta(days=SESSION_DAYS), now=now)
        events.publish(
            type="session.opened",
            subject_type="user",
            subject_id=user.pk,
            paths=(user.organization_path,),
            user_id=user.pk,
            now=now,
            payload={"ip": device.ip, "kind": kind},
        )
        return signed


def _candidates(username: str) -> list[User]:
    name = username.strip()
    return list(
        User.objects.select_related("organization")
        .filter(
            Q(username__iexact=name) | Q(phone=name) & ~Q(phone=""),
            is_active=True,
            is_service=False,
            organization__is_active=True,
        )
        .order_by("id")[:10]
    )


def _blocked_seconds(keys: list[str], *, now: datetime) -> int:
    rows = SignInAttempt.objects.filter(key__in=keys, blocked_until__gt=now).values_list(
        "blocked_until", flat=True
    )
    return max((int((until - now).total_seconds()) + 1 for until in rows if until), default=0)


def _count_failure(keys: list[str], *, now: datetime) -> None:
    """One more failure; beyond the free ones the wait doubles, at most an hour."""
    for key in keys:
        attempt, _ = SignInAttempt.objects.select_for_update().get_or_create(
            key=key, defaults={"updated_at": now}
        )
        if now - attempt.updated_at > timedelta(hours=2):
            attempt.failures = 0
        attempt.failures += 1
        free = FREE_FAILURES if key.startswith("name:") else FREE_FAILURES * 10
        if attempt.failures > free:
            attempt.blocked_until = now + timedelta(
                seconds=min(3600, 15 * 2 ** (attempt.failures - free - 1))
            )
        attempt.updated_at = now
        attempt.save()


def _open(
    user: User,
    *,
    kind: str,
    device: Device,
    lifetime: timedelta,
    now: datetime,
    scopes: list[str] | None = None,
    impersonator_id: int | None = None,
    reason: str = "",
) -> SignedIn:
    token = secrets.token_urlsafe(32)
    session = Session(
        id=uuid7(),
        token_hash=hash_token(token),
        user=user,
        owner_path=user.organization_path,
        kind=kind,
        scopes=scopes,
        impersonator_id=impersonator_id,
        reason=reason,
        ip=device.ip,
        user_agent=device.user_agent[:300],
        created_at=now,
        last_seen_at=now,
        expires_at=now + lifetime,
    )
    Session.objects.bulk_create([session])
    return SignedIn(token, session.pk, user.pk, session.expires_at)


def _me(actor: Actor) -> int:
    """The actor's user; system actors have no sessions."""
    return actor.user_id or 0


def end_session(*, actor: Actor, session_id: UUID, now: datetime) -> None:
    """End one of the actor's own sessions. Raises: SessionNotVisible."""
    changed = Session.objects.filter(pk=session_id, user_id=_me(actor), ended_at=None).update(ended_at=now)
    if not changed:
        raise errors.SessionNotVisible("There is no such open session.", session_id=str(session_id))


def change_password(*, actor: Actor, old: str, new: str, now: datetime) -> None:
    """A new password; every other session of the user ends. Raises: CredentialsWrong, PasswordWeak."""
    user = User.objects.get(pk=_me(actor))
    if not check_password(old, user.password):
        raise errors.CredentialsWrong("The present password is wrong.", field="old")
    User.objects.filter(pk=user.pk).update(password=hashed(new, user=user))
    Session.objects.filter(user_id=user.pk, ended_at=None).exclude(pk=actor.session_id or uuid7()).update(
        ended_at=now
    )
    audit.record(
        actor=actor,
        action="user.password_changed",
        subject_type="user",
        subject_id=user.pk,
        owner_path=actor.organization_path,
        now=now,
    )


def hashed(password: str, *, user: User | None = None) -> str:
    """The stored form of a password that is good enough. Raises: PasswordWeak."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise errors.PasswordWeak("The password is too weak.", field="new", reasons=weak.messages) from weak
    return make_password(password)


def begin_totp(*, actor: Actor, now: datetime) -> tuple[str, str]:
    """A new secret and its otpauth URI; it counts only after `confirm_totp`. Returns (secret, uri)."""
    del now
    secret = pyotp.random_base32()
    return secret, pyotp.TOTP(secret).provisioning_uri(
        name=actor.name or str(actor.user_id), issuer_name="Huiliu"
    )


def confirm_totp(*, actor: Actor, secret: str, code: str, now: datetime) -> None:
    """Switch the second factor on with a code that proves the app knows the secret. Raises: TotpNeeded."""
    if not pyotp.TOTP(secret).verify(code, for_time=now, valid_window=1):
        raise errors.TotpNeeded("The code does not fit the secret.", field="code")
    User.objects.filter(pk=_me(actor)).update(totp_secret=secret)
    audit.record(
        actor=actor,
        action="user.totp_on",
        subject_type="user",
        subject_id=actor.user_id,
        owner_path=actor.organization_path,
        now=now,
    )


def view_as(*, actor: Actor, user_id: int, reason: str, device: Device, now: datetime) -> SignedIn:
    """A short session of staff as another user; both ids stand on everything done in it.

    Raises: UserNotVisible, NoImpersonation.
    """
    if not actor.is_staff or not reason.strip():
        raise errors.NoImpersonation("Only brand staff, and only with a reason.")
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise errors.UserNotVisible("There is no such user.", user_id=user_id)
    if Role.ADMINISTRATOR in user.roles or user.pk == actor.user_id:
        raise errors.NoImpersonation("Nobody views as an administrator.")
    signed = _open(
        user,
        kind="VIEW_AS",
        device=device,
        lifetime=timedelta(minutes=VIEW_AS_MINUTES),
        now=now,
        impersonator_id=actor.user_id,
        reason=reason.strip()[:500],
    )
    audit.record(
        actor=actor,
        action="user.viewed_as",
        subject_type="user",
        subject_id=user.pk,
        owner_path=actor.organization_path,
        now=now,
        reason=reason.strip()[:500],
    )
    return signed


def issue_client_token(*, client_id: str, secret: str, device: Device, now: datetime) -> SignedIn:
    """OAuth2 client credentials: a bearer token for an hour. Raises: ClientWrong."""
    with system_reach("sign-in"):
        client = ApiClient.objects.select_related("user").filter(client_id=client_id, is_active=True).first()
        if client is None or not check_password(secret, client.secret_hash):
            raise errors.ClientWrong("Client id or secret is wrong.")
        return _open(
            client.user,
            kind="API",
            device=device,
            lifetime=timedelta(hours=TOKEN_HOURS),
            now=now,
            scopes=list(client.scopes),
        )
