"""Passwords: good enough, changed by the person, reset by whoever manages the person."""

from __future__ import annotations

import secrets
from datetime import datetime

from huiliu.access import errors
from huiliu.access.models import User
from huiliu.access.services import attempts
from huiliu.access.services.second_factor import in_person, prove_password, switch_off
from huiliu.access.services.sessions import end_other_sessions, end_sessions_of, forget_proof, hashed
from huiliu.access.services.users import find_managed, record
from huiliu.access.types import Actor
from huiliu.kernel.refusals import DomainError
from huiliu.platform.database import system_reach


def change_password(*, actor: Actor, old: str, new: str, now: datetime) -> DomainError | None:
    """A new password; every other session of the user ends. A wrong old one is counted, hence returned.

    Raises: PasswordWeak, OnlyInPerson.
    """
    in_person(actor)
    user = User.objects.get(pk=actor.user_id or 0)
    if refusal := prove_password(user, old, field="old", now=now):
        return refusal
    if new == old:
        raise errors.PasswordWeak("This is the present password.", field="new")
    User.objects.filter(pk=user.pk).update(password=hashed(new, user=user), must_change_password=False)
    forget_proof(user.pk)
    end_other_sessions(actor=actor, now=now)
    record(user, actor=actor, action="user.password_changed", now=now)
    return None


def reset_password(*, actor: Actor, user_id: int, second_factor: bool = False, now: datetime) -> str:
    """A one-time password, returned once; whoever signs in with it can only set an own one. All sessions end.

    `second_factor` also removes the authenticator of a person who lost it.

    Raises: UserNotVisible, RoleNotAllowed, NotYourself, OnlyInPerson.
    """
    in_person(actor)
    user = find_managed(actor, user_id)
    if user.pk == actor.user_id:
        raise errors.NotYourself("Change your own password with the present one.", user_id=user_id)
    password = secrets.token_urlsafe(12)
    User.objects.filter(pk=user.pk).update(password=hashed(password, user=user), must_change_password=True)
    if second_factor:
        switch_off(user)
    forget_proof(user.pk)
    end_sessions_of(user.pk, now=now)
    with system_reach("sign-in"):
        attempts.forget(attempts.keys_of("name", user.username, ip=""))
    record(user, actor=actor, action="user.password_reset", now=now, after={"second_factor": second_factor})
    return password
