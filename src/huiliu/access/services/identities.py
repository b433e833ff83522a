"""One person, several partners: which identities a session may change to without a password."""

from __future__ import annotations

from datetime import datetime

from huiliu.access import errors
from huiliu.access.models import Session, User, WechatBinding
from huiliu.access.services import attempts
from huiliu.access.services.codes import people_of
from huiliu.access.services.second_factor import in_person
from huiliu.access.services.sessions import Chosen, Device, Proof, SignedIn, enter
from huiliu.access.types import Actor
from huiliu.kernel.ids import uuid7
from huiliu.kernel.refusals import DomainError
from huiliu.platform import audit
from huiliu.platform.database import system_reach


def list_identities(*, actor: Actor) -> list[User]:
    """The actor's own user, and those that the proof of this session also opens; by id."""
    with system_reach("sign-in"):
        session = Session.objects.filter(pk=actor.session_id or uuid7(), ended_at=None).first()
        return _identities(actor, session)


def switch_identity(*, actor: Actor, chosen: Chosen, device: Device, now: datetime) -> SignedIn | DomainError:
    """A session of another identity of the same person; this one ends. A second factor is asked for as ever.

    Locks:  this session: sent twice at once, it is changed once.
    Raises: OnlyInPerson, IdentityNotYours, SessionNotVisible.
    """
    in_person(actor)
    with system_reach("sign-in"):
        session = (
            Session.objects.select_for_update().filter(pk=actor.session_id or uuid7(), ended_at=None).first()
        )
        if session is None:
            raise errors.SessionNotVisible("This session has ended.")
        user = next((one for one in _identities(actor, session) if one.pk == chosen.user_id), None)
        if user is None or user.pk == actor.user_id:
            raise errors.IdentityNotYours("This is no identity of yours.", user_id=chosen.user_id)
        keys = attempts.keys_of("switch", str(user.pk), ip=device.ip)
        if wait := attempts.begin(keys, now=now):
            return errors.TooManyAttempts("Too many failed attempts.", retry_after_seconds=wait)
        signed = enter(
            [user],
            keys=keys,
            chosen=chosen,
            kind=session.kind,
            device=device,
            proof=_carried(session, user),
            now=now,
        )
        if isinstance(signed, SignedIn):
            Session.objects.filter(pk=session.pk).update(ended_at=now)
            _record(actor, user, now=now)
        return signed


def _identities(actor: Actor, session: Session | None) -> list[User]:
    found = {one.pk: one for one in _usable([actor.user_id or 0])}
    if session is None or actor.impersonator_id is not None or session.kind == "API":
        return list(found.values())
    for one in people_of(session.proven_phone) if session.proven_phone else ():
        found[one.pk] = one
    ids = list(session.proven_users)
    if session.wechat_binding_id is not None:
        here = WechatBinding.objects.filter(pk=session.wechat_binding_id, ended_at=None).first()
        if here is not None:
            same = WechatBinding.objects.filter(app_id=here.app_id, openid=here.openid, ended_at=None)
            ids += same.values_list("user_id", flat=True)
    for one in _usable(ids):
        found[one.pk] = one
    return [found[pk] for pk in sorted(found)]


def _usable(ids: list[int]) -> list[User]:
    people = User.objects.select_related("organization").filter(
        pk__in=ids, is_active=True, is_service=False, organization__is_active=True
    )
    return list(people.order_by("id"))


def _carried(session: Session, user: User) -> Proof:
    """The new session was opened by the same proof; a WeChat opens each user by a binding of its own."""
    binding_id = None
    if session.wechat_binding_id is not None:
        here = WechatBinding.objects.filter(pk=session.wechat_binding_id).first()
        same = WechatBinding.objects.filter(user=user, ended_at=None)
        binding = same.filter(app_id=here.app_id, openid=here.openid).order_by("id").first() if here else None
        binding_id = binding.pk if binding else None
    return Proof(session.proven_phone, tuple(session.proven_users), binding_id)


def _record(actor: Actor, user: User, *, now: datetime) -> None:
    """In the trail of both organizations."""
    for owner_path in {actor.organization_path, user.organization_path}:
        audit.record(
            actor=actor,
            action="session.switched",
            subject_type="user",
            subject_id=user.pk,
            owner_path=owner_path,
            now=now,
            before={"user_id": actor.user_id},
            after={"user_id": user.pk},
        )
