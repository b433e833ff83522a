"""Signing in and out; tokens are random, only their hashes are kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q

from huiliu.access import errors
from huiliu.access.authentication import SESSION_LIFE, hash_token
from huiliu.access.models import ApiClient, Session, User
from huiliu.access.rules import may_give
from huiliu.access.services import attempts
from huiliu.access.services.second_factor import take_second_factor
from huiliu.access.types import Actor, Role
from huiliu.kernel.ids import uuid7
from huiliu.kernel.refusals import DomainError
from huiliu.platform import audit, events
from huiliu.platform.database import system_reach

VIEW_AS_MINUTES = 30
TOKEN_HOURS = 1
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of several identities, and the second factor where one is set up."""

    user_id: int | None = None
    totp: str = ""
    recovery_code: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a session was opened with: it decides to whom it may switch without a password.

    A phone that stands with a user proves nothing by itself: whoever manages users can write any there.
    """

    phone: str = ""  # a code came to it
    users: tuple[int, ...] = ()  # one password opened each of them
    wechat_binding_id: UUID | None = None

    @property
    def by(self) -> str:
        return "wechat" if self.wechat_binding_id else "code" if self.phone else "password"


@dataclass(frozen=True, slots=True)
class _Oneself:
    """Who signs in is nobody yet: the audit row names the user it is about."""

    user_id: int | None
    impersonator_id: int | None = None


def hashed(password: str, *, user: User | None = None, field: str = "new") -> str:
    """The stored form of a password that is good enough. Raises: PasswordWeak."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise errors.PasswordWeak("The password is too weak.", field=field, reasons=weak.messages) from weak
    return make_password(password)


def sign_in(
    *,
    username: str,
    password: str,
    totp: str,
    user_id: int | None,
    device: Device,
    kind: str,
    recovery_code: str = "",
    now: datetime,
) -> SignedIn | DomainError:
    """A session for the right password (and code); a refusal is returned, not raised, so that the failure is counted.

    Locks:  the name: its guesses are checked one after the other, however many come at once.
    """
    with system_reach("sign-in"):
        keys = attempts.keys_of("name", username, ip=device.ip)
        if wait := attempts.begin(keys, now=now):
            return errors.TooManyAttempts("Too many failed attempts.", retry_after_seconds=wait)
        known = _candidates(username)
        found = [user for user in known if check_password(password, user.password)]
        if not known:
            check_password(password, _NOBODY)
        if not found:
            attempts.count_failure(keys, now=now)
            refuse_known(known, because="password", device=device, now=now)
            return errors.CredentialsWrong("Name or password is wrong.")
        return enter(
            found,
            keys=keys,
            chosen=Chosen(user_id, totp, recovery_code),
            kind=kind,
            device=device,
            proof=Proof(users=tuple(one.pk for one in found) if len(found) > 1 else ()),
            now=now,
        )


def enter(
    found: Sequence[User],
    *,
    keys: list[str],
    chosen: Chosen,
    kind: str,
    device: Device,
    proof: Proof,
    now: datetime,
) -> SignedIn | DomainError:
    """A session for the chosen one of the users that were proven to be one's own; under a system reach.

    `keys` must come from `attempts.begin`; a refusal is returned, so that the failure is counted.
    """
    user = found[0] if len(found) == 1 else next((one for one in found if one.pk == chosen.user_id), None)
    if user is None:
        choices = [{"user_id": one.pk, "organization": one.organization.name} for one in found]
        return errors.ChooseIdentity("Choose for whom you sign in.", identities=choices)
    if not take_second_factor(user, totp=chosen.totp, recovery_code=chosen.recovery_code, now=now):
        if chosen.totp or chosen.recovery_code:
            attempts.count_failure(keys, now=now)
            _tell(user, "session.refused", device=device, now=now, after={"because": "second factor"})
        return errors.TotpNeeded("A code of your authenticator app is needed.")
    attempts.forget(keys)
    signed = open_session(user, kind=kind, device=device, lifetime=SESSION_LIFE, proof=proof, now=now)
    _tell(user, "session.opened", device=device, now=now, after={"kind": kind, "by": proof.by})
    return signed


def refuse_known(known: Sequence[User], *, because: str, device: Device, now: datetime) -> None:
    """Tell the people whose account somebody tried to open."""
    for one in known:
        _tell(one, "session.refused", device=device, now=now, after={"because": because})


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


def _tell(user: User, action: str, *, device: Device, now: datetime, after: dict[str, object]) -> None:
    """Audit and event of an attempt on a known user; of unknown names nothing is kept but the count."""
    audit.record(
        actor=_Oneself(user.pk),
        action=action,
        subject_type="user",
        subject_id=user.pk,
        owner_path=user.organization_path,
        now=now,
        after={"ip": device.ip, "user_agent": device.user_agent[:300], **after},
    )
    events.publish(
        type=action,
        subject_type="user",
        subject_id=user.pk,
        paths=(user.organization_path,),
        user_id=user.pk,
        now=now,
        payload={"ip": device.ip, **after},
    )


def open_session(
    user: User,
    *,
    kind: str,
    device: Device,
    lifetime: timedelta,
    now: datetime,
    scopes: list[str] | None = None,
    impersonator_id: int | None = None,
    reason: str = "",
    proof: Proof = Proof(),
) -> SignedIn:
    """A new token of a user; the caller has made sure that it may be given."""
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
        proven_phone=proof.phone,
        proven_users=list(proof.users),
        wechat_binding_id=proof.wechat_binding_id,
        ip=device.ip,
        user_agent=device.user_agent[:300],
        created_at=now,
        last_seen_at=now,
        expires_at=now + lifetime,
    )
    Session.objects.bulk_create([session])
    return SignedIn(token, session.pk, user.pk, session.expires_at)


def forget_proof(user_id: int) -> None:
    """The password changed: sessions of other identities that it opened no longer lead to this one."""
    with system_reach("sign-in"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_session SET proven_users = array_remove(proven_users, %s)"
            " WHERE ended_at IS NULL AND proven_users @> ARRAY[%s]::bigint[]",
            [user_id, user_id],
        )


def end_session(*, actor: Actor, session_id: UUID, now: datetime) -> None:
    """End one of the actor's own sessions; a viewer ends only the view.

    Raises: SessionNotVisible, OnlyInPerson.
    """
    if actor.impersonator_id is not None and session_id != actor.session_id:
        raise errors.OnlyInPerson("A viewer ends only the view.")
    mine = Session.objects.filter(pk=session_id, user_id=actor.user_id or 0, ended_at=None)
    if not mine.update(ended_at=now):
        raise errors.SessionNotVisible("There is no such open session.", session_id=str(session_id))
    _tell_ended(actor, ended=1, session_id=session_id, now=now)


def _tell_ended(actor: Actor, *, ended: int, session_id: UUID | None, now: datetime) -> None:
    audit.record(
        actor=actor,
        action="session.ended",
        subject_type="user",
        subject_id=actor.user_id or 0,
        owner_path=actor.organization_path,
        now=now,
        after={"ended": ended, "session_id": str(session_id) if session_id else None},
    )


def end_other_sessions(*, actor: Actor, now: datetime) -> int:
    """End the actor's sessions on every other device; returns how many. Raises: OnlyInPerson."""
    if actor.impersonator_id is not None:
        raise errors.OnlyInPerson("A viewer ends only the view.")
    others = Session.objects.filter(user_id=actor.user_id or 0, ended_at=None).exclude(
        pk=actor.session_id or uuid7()
    )
    ended = others.update(ended_at=now)
    if ended:
        _tell_ended(actor, ended=ended, session_id=None, now=now)
    return ended


def end_sessions_of(user_id: int, *, now: datetime) -> int:
    """A leaver's sessions and tokens, and the views the leaver has open; returns how many were open."""
    return Session.objects.filter(Q(user_id=user_id) | Q(impersonator_id=user_id), ended_at=None).update(
        ended_at=now
    )


def view_as(*, actor: Actor, user_id: int, reason: str, device: Device, now: datetime) -> SignedIn:
    """A short session of staff as another user. It may do what the user may, so that a fault can be reproduced and
    an order placed for a caller; both ids stand on everything done in it. Never as someone mightier.

    Raises: UserNotVisible, NoImpersonation.
    """
    if not actor.is_staff or not reason.strip() or actor.impersonator_id is not None:
        raise errors.NoImpersonation("Only brand staff, in person, and with a reason.")
    user = User.objects.filter(pk=user_id, is_active=True, is_service=False).first()
    if user is None:
        raise errors.UserNotVisible("There is no such user.", user_id=user_id)
    roles = [Role(role) for role in user.roles]
    if (
        Role.ADMINISTRATOR in roles
        or user.pk == actor.user_id
        or not may_give(giver=actor.roles, scopes=actor.scopes, roles=roles)
    ):
        raise errors.NoImpersonation("Nobody views as an administrator.")
    signed = open_session(
        user,
        kind="VIEW_AS",
        device=device,
        lifetime=timedelta(minutes=VIEW_AS_MINUTES),
        now=now,
        impersonator_id=actor.user_id,
        reason=reason.strip()[:500],
    )
    for owner_path in {actor.organization_path, user.organization_path}:
        audit.record(
            actor=actor,
            action="user.viewed_as",
            subject_type="user",
            subject_id=user.pk,
            owner_path=owner_path,
            now=now,
            reason=reason.strip()[:500],
        )
    events.publish(
        type="user.viewed_as",
        subject_type="user",
        subject_id=user.pk,
        paths=(user.organization_path,),
        user_id=actor.user_id,
        now=now,
        payload={"reason": reason.strip()[:500]},
    )
    return signed


def issue_client_token(
    *, client_id: str, secret: str, device: Device, now: datetime
) -> SignedIn | DomainError:
    """OAuth2 client credentials: a bearer token for an hour; a refusal is returned, so that the failure is counted.

    Locks:  the client's name, as for people.
    """
    with system_reach("sign-in"):
        keys = attempts.keys_of("client", client_id, ip=device.ip)
        if wait := attempts.begin(keys, now=now):
            return errors.TooManyAttempts("Too many failed attempts.", retry_after_seconds=wait)
        client = ApiClient.objects.select_related("user").filter(client_id=client_id, is_active=True).first()
        if not check_password(secret, client.secret_hash if client else _NOBODY) or client is None:
            attempts.count_failure(keys, now=now)
            return errors.ClientWrong("Client id or secret is wrong.")
        attempts.forget(keys)
        return open_session(
            client.user,
            kind="API",
            device=device,
            lifetime=timedelta(hours=TOKEN_HOURS),
            now=now,
            scopes=list(client.scopes),
        )
