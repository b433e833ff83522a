"""A WeChat that opens an account: bound once by the phone, from then on silent. One WeChat is one person.

Its session key is never kept: nothing here needs it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from huiliu.access import errors
from huiliu.access.authentication import hash_token
from huiliu.access.models import Session, User, WechatBinding, WechatTicket
from huiliu.access.rules import normal_phone
from huiliu.access.services import attempts
from huiliu.access.services.codes import checked_phone, people_of, prove_code, use_code
from huiliu.access.services.second_factor import in_person
from huiliu.access.services.sessions import Chosen, Device, Proof, SignedIn, enter
from huiliu.access.types import Actor
from huiliu.kernel.ids import uuid7
from huiliu.kernel.refusals import DomainError
from huiliu.platform import audit
from huiliu.platform.database import system_reach
from huiliu.platform.errors import ScopeMissing
from huiliu.platform.wechat import Identity, client_of

OPENID_LOCK: Final = 7406
TICKET_MINUTES: Final = 10
KIND: Final = "WECHAT"


def sign_in_by_wechat(
    *, code: str, app_id: str, chosen: Chosen, device: Device, now: datetime
) -> SignedIn | DomainError:
    """A session for whoever bound this WeChat; one that is not bound gets a ticket to bind with.

    Replay: a code counts once with WeChat; after `ChooseIdentity` the client asks `wx.login` for another.
    Raises: WechatOff, WechatCodeWrong, WechatUnavailable.
    """
    identity = client_of(app_id).identity_of(code)
    with system_reach("sign-in"):
        keys = attempts.keys_of("wechat", f"{identity.app_id}:{identity.openid}", ip=device.ip)
        if wait := attempts.begin(keys, now=now):
            return errors.TooManyAttempts("Too many failed attempts.", retry_after_seconds=wait)
        found = _bound(identity)
        if not found:
            return _not_bound(identity, now=now)
        return _enter(found, identity, keys=keys, chosen=chosen, device=device, now=now)


def bind_by_phone(
    *,
    ticket: str,
    phone_code: str,
    phone: str,
    code: str,
    chosen: Chosen,
    device: Device,
    now: datetime,
) -> SignedIn | DomainError:
    """Bind the ticket's WeChat to everyone who has the proven phone, and sign in.

    The phone is proven by `phone_code` (WeChat's phone number component) or by `phone` with the `code` sent to it;
    once proven the ticket remembers it: after `ChooseIdentity` or `TotpNeeded` the ticket is enough.
    Locks:  the ticket, the phone, the WeChat, then the users by id: two bindings at once follow each other.
    Raises: WechatTicketWrong, PhoneNotMobile, PhoneUnknown, WechatOff, WechatCodeWrong, WechatUnavailable.
    """
    told = ""
    if phone_code:
        with system_reach("sign-in"):
            app_id = _ticket(ticket, now=now, lock=False).app_id
        told = checked_phone(client_of(app_id).phone_of(phone_code), field="phone_code")
    with system_reach("sign-in"):
        row = _ticket(ticket, now=now, lock=True)
        known = told or row.phone or checked_phone(phone)
        keys = attempts.keys_of("code", known, ip=device.ip)
        if wait := attempts.begin(keys, now=now):
            return errors.TooManyAttempts("Too many failed attempts.", retry_after_seconds=wait)
        if not (told or row.phone):
            proven = prove_code(phone=known, code=code, keys=keys, now=now)
            if isinstance(proven, DomainError):
                return proven
            use_code(proven, now=now)
        if row.phone != known:
            row.phone = known
            row.save(update_fields=["phone"])
        found = people_of(known)
        if not found:
            return errors.PhoneUnknown("Nobody here has this phone.")
        identity = Identity(row.app_id, row.openid, row.unionid)
        _bind(identity, found, now=now)
        signed = _enter(found, identity, keys=keys, chosen=chosen, device=device, phone=known, now=now)
        if isinstance(signed, SignedIn):
            row.used_at = now
            row.save(update_fields=["used_at"])
        return signed


def bind_here(*, actor: Actor, code: str, app_id: str, now: datetime) -> WechatBinding:
    """Bind a WeChat to the signed-in person; one that belonged to somebody else does so no longer.

    Locks:  as `bind_by_phone`. Replay: bound again it is the same binding.
    Raises: OnlyInPerson, ScopeMissing, WechatOff, WechatCodeWrong, WechatUnavailable.
    """
    in_person(actor)
    if actor.must_change_password:  # whoever chose the first password would keep a way in
        raise ScopeMissing("An own password comes first.", scope="session:use")
    identity = client_of(app_id).identity_of(code)
    with system_reach("sign-in"):
        user = User.objects.select_related("organization").get(pk=actor.user_id or 0)
        phone = normal_phone(user.phone)
        same_person = {one.pk for one in people_of(phone)} if phone else set()
        return _bind(identity, [user], keep=same_person, now=now)[0]


def end_bindings(user: User, *, actor: Actor, because: str, now: datetime) -> int:
    """The user's WeChats open the account no longer, and what they opened is closed. Under the caller's reach."""
    ids = list(WechatBinding.objects.filter(user=user, ended_at=None).values_list("id", flat=True))
    if ids:
        _end(ids, because=because, now=now)
        _record(user, "wechat.unbound", actor=actor, now=now, after={"because": because})
    return len(ids)


def unbind_mine(*, actor: Actor, now: datetime) -> int:
    """Take the actor's WeChats off; sessions they opened end, this one too if it is one. Raises: OnlyInPerson."""
    in_person(actor)
    user = User.objects.get(pk=actor.user_id or 0)
    return end_bindings(user, actor=actor, because="unbound", now=now)


def list_bindings(*, actor: Actor) -> list[WechatBinding]:
    """The actor's own WeChats, newest first."""
    mine = WechatBinding.objects.filter(user_id=actor.user_id or 0, ended_at=None)
    return list(mine.order_by("-created_at", "id")[:20])


def _ticket(token: str, *, now: datetime, lock: bool) -> WechatTicket:
    rows = WechatTicket.objects.select_for_update() if lock else WechatTicket.objects.all()
    row = rows.filter(token_hash=hash_token(token), used_at=None, expires_at__gt=now).first()
    if row is None:
        raise errors.WechatTicketWrong("This binding has expired.", field="ticket")
    return row


def _not_bound(identity: Identity, *, now: datetime) -> DomainError:
    WechatTicket.objects.filter(created_at__lt=now - timedelta(days=1)).delete()
    token = secrets.token_urlsafe(32)
    expires_at = now + timedelta(minutes=TICKET_MINUTES)
    WechatTicket.objects.create(
        token_hash=hash_token(token),
        app_id=identity.app_id,
        openid=identity.openid,
        unionid=identity.unionid,
        created_at=now,
        expires_at=expires_at,
    )
    return errors.WechatNotBound("This WeChat is not bound yet.", ticket=token, expires_at=expires_at)


def _bound(identity: Identity) -> list[User]:
    """Who can sign in by this WeChat, by id; bindings of leavers open nothing."""
    ids = WechatBinding.objects.filter(
        app_id=identity.app_id, openid=identity.openid, ended_at=None
    ).values_list("user_id", flat=True)
    people = User.objects.select_related("organization").filter(
        pk__in=list(ids), is_active=True, is_service=False, organization__is_active=True
    )
    return list(people.order_by("id")[:20])


def _enter(
    found: Sequence[User],
    identity: Identity,
    *,
    keys: list[str],
    chosen: Chosen,
    device: Device,
    phone: str = "",
    now: datetime,
) -> SignedIn | DomainError:
    user_id = found[0].pk if len(found) == 1 else chosen.user_id
    binding = WechatBinding.objects.filter(
        app_id=identity.app_id, openid=identity.openid, user_id=user_id or 0, ended_at=None
    ).first()
    proof = Proof(phone=phone, wechat_binding_id=binding.pk if binding else None)
    return enter(found, keys=keys, chosen=chosen, kind=KIND, device=device, proof=proof, now=now)


def _bind(
    identity: Identity, people: Sequence[User], *, keep: Collection[int] = (), now: datetime
) -> list[WechatBinding]:
    """This WeChat opens these users (and `keep`) and nobody else; each of them has one WeChat per app."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))",
            [OPENID_LOCK, f"{identity.app_id}:{identity.openid}"],
        )
    ids = sorted(one.pk for one in people)
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("id"))
    standing = WechatBinding.objects.filter(app_id=identity.app_id, ended_at=None)
    foreign = standing.filter(openid=identity.openid).exclude(user_id__in=[*ids, *keep])
    older = standing.filter(user_id__in=ids).exclude(openid=identity.openid)
    for row in [*foreign.select_related("user"), *older.select_related("user")]:
        _end([row.pk], because="bound anew", now=now)
        _record(row.user, "wechat.unbound", now=now, after={"because": "bound anew"})
    there = {row.user_id: row for row in standing.filter(openid=identity.openid)}
    for user in people:
        if user.pk not in there:
            there[user.pk] = _insert(identity, user, now=now)
    return [there[user.pk] for user in people]


def _insert(identity: Identity, user: User, *, now: datetime) -> WechatBinding:
    row = WechatBinding(
        id=uuid7(),
        app_id=identity.app_id,
        openid=identity.openid,
        unionid=identity.unionid,
        user=user,
        owner_path=user.organization_path,
        created_at=now,
    )
    row.save(force_insert=True)
    _record(user, "wechat.bound", now=now, after={"app_id": identity.app_id})
    return row


def _end(ids: list[UUID], *, because: str, now: datetime) -> None:
    WechatBinding.objects.filter(pk__in=ids).update(ended_at=now, ended_because=because)
    Session.objects.filter(wechat_binding_id__in=ids, ended_at=None).update(ended_at=now)


class _Self:
    """Whoever binds or unbinds may be signed in or not: the trail names the user it is about."""

    impersonator_id = None

    def __init__(self, user_id: int) -> None:
        self.user_id: int | None = user_id


def _record(
    user: User, action: str, *, actor: audit.Who | None = None, now: datetime, after: dict[str, object]
) -> None:
    audit.record(
        actor=actor or _Self(user.pk),
        action=action,
        subject_type="user",
        subject_id=user.pk,
        owner_path=user.organization_path,
        now=now,
        after=after,
    )
