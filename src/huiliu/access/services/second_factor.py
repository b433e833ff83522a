"""The second factor: an authenticator app, and codes on paper for the day the phone is lost."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

import pyotp
from django.contrib.auth.hashers import check_password
from pyotp.utils import strings_equal

from huiliu.access import errors
from huiliu.access.models import User
from huiliu.access.services import attempts
from huiliu.access.types import Actor
from huiliu.kernel.refusals import DomainError
from huiliu.platform import audit
from huiliu.platform.database import system_reach

RECOVERY_CODES = 10
STEP_SECONDS = 30


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """The 30-second step whose code this is, one before and one after allowed; None when it fits none."""
    present = int(now.timestamp()) // STEP_SECONDS
    for step in (present - 1, present, present + 1):
        if strings_equal(pyotp.TOTP(secret).generate_otp(step), code):
            return step
    return None


def take_second_factor(user: User, *, totp: str, recovery_code: str, now: datetime) -> bool:
    """Whether the second factor is not needed or was right; each code opens once, also when two come at once."""
    if not user.totp_secret:
        return True
    if recovery_code:
        return _take_recovery_code(user, recovery_code)
    step = step_of(user.totp_secret, totp, now=now) if totp else None
    if step is None:
        return False
    return bool(User.objects.filter(pk=user.pk, totp_step__lt=step).update(totp_step=step))


def _take_recovery_code(user: User, code: str) -> bool:
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    given = _hash(code)
    if given not in locked.recovery_hashes:
        return False
    locked.recovery_hashes = [one for one in locked.recovery_hashes if one != given]
    locked.save(update_fields=["recovery_hashes"])
    return True


def _hash(code: str) -> str:
    """A recovery code has 80 random bits: a plain hash is enough."""
    return hashlib.sha256(code.replace("-", "").replace(" ", "").upper().encode()).hexdigest()


def begin_totp(*, actor: Actor, now: datetime) -> tuple[str, str]:
    """A new secret and its otpauth URI; it counts only after `confirm_totp`. Returns (secret, uri).

    Raises: OnlyInPerson.
    """
    del now
    in_person(actor)
    secret = pyotp.random_base32()
    name = User.objects.values_list("username", flat=True).get(pk=actor.user_id or 0)
    return secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Huiliu")


def confirm_totp(*, actor: Actor, secret: str, code: str, now: datetime) -> list[str]:
    """Switch the second factor on with a code that proves the app knows the secret; returns the recovery codes, once.

    A factor that is on is first removed, with the password: who finds an open screen cannot replace it.

    Raises: TotpNeeded, TotpIsOn, OnlyInPerson.
    """
    in_person(actor)
    user = User.objects.select_for_update(no_key=True).get(pk=actor.user_id or 0)
    if user.totp_secret:
        raise errors.TotpIsOn("The second factor is on already.")
    step = step_of(secret, code, now=now)
    if step is None:
        raise errors.TotpNeeded("The code does not fit the secret.", field="code")
    codes = [secrets.token_hex(10).upper() for _ in range(RECOVERY_CODES)]
    user.totp_secret, user.totp_step = secret, step
    user.recovery_hashes = [_hash(one) for one in codes]
    user.save(update_fields=["totp_secret", "totp_step", "recovery_hashes"])
    _record(actor, "user.totp_on", now=now)
    return ["-".join(one[at : at + 5] for at in range(0, 20, 5)) for one in codes]


def remove_totp(*, actor: Actor, password: str, now: datetime) -> DomainError | None:
    """Switch the second factor off, with the password. A wrong one is counted, hence returned.

    Raises: OnlyInPerson.
    """
    in_person(actor)
    user = User.objects.get(pk=actor.user_id or 0)
    if refusal := prove_password(user, password, field="password", now=now):
        return refusal
    switch_off(user)
    _record(actor, "user.totp_off", now=now)
    return None


def switch_off(user: User) -> None:
    User.objects.filter(pk=user.pk).update(totp_secret="", recovery_hashes=[])


def prove_password(user: User, password: str, *, field: str, now: datetime) -> DomainError | None:
    """None for the right present password; else the refusal to return, its failure counted like a sign-in's."""
    with system_reach("sign-in"):
        keys = attempts.keys_of("name", user.username, ip="")[:1]
        if wait := attempts.begin(keys, now=now):
            return errors.TooManyAttempts("Too many failed attempts.", retry_after_seconds=wait)
        if not check_password(password, user.password):
            attempts.count_failure(keys, now=now)
            return errors.CredentialsWrong("The present password is wrong.", field=field)
    return None


def in_person(actor: Actor) -> None:
    """Raises: OnlyInPerson for brand staff viewing as somebody."""
    if actor.impersonator_id is not None:
        raise errors.OnlyInPerson("You are viewing as somebody else.")


def _record(actor: Actor, action: str, *, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject_type="user",
        subject_id=actor.user_id,
        owner_path=actor.organization_path,
        now=now,
    )
