"""Signing in by phone and a one-time code. Unknown phones get the same answer and leave the same rows."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection

from huiliu.access import errors
from huiliu.access.models import SignInCode, User
from huiliu.access.rules import (
    CODE_GAP_SECONDS,
    CODE_MINUTES,
    CODE_TRIES_MAX,
    CODES_A_DAY,
    CODES_AN_HOUR_PER_ADDRESS,
    normal_phone,
    spellings,
)
from huiliu.access.services import attempts
from huiliu.access.services.sessions import Chosen, Device, Proof, SignedIn, enter, refuse_known
from huiliu.kernel.ids import uuid7
from huiliu.kernel.refusals import DomainError
from huiliu.platform import messages
from huiliu.platform.database import system_reach

CODE_LOCK: Final = 7405
KEPT: Final = timedelta(days=2)


def request_code(*, phone: str, device: Device, now: datetime) -> datetime:
    """Send a code to a phone, if somebody has it; answers until when it counts, whether or not.

    Locks:  the phone, then the address: codes asked for at once are counted in turn.
    Raises: MessagesOff, PhoneNotMobile, CodeTooSoon, TooManyAttempts (this address asked for too many).
    """
    if not messages.offered():
        raise messages.MessagesOff("No messages are sent from here.")
    known = checked_phone(phone)
    with system_reach("sign-in"):
        _lock(known)
        _lock(f"ip:{device.ip}")
        _refuse_too_many(known, ip=device.ip, now=now)
        SignInCode.objects.filter(created_at__lt=now - KEPT).delete()
        code = f"{secrets.randbelow(10**6):06d}"
        expires_at = now + timedelta(minutes=CODE_MINUTES)
        SignInCode.objects.create(
            id=uuid7(),
            phone=known,
            code_hash=_hash(known, code),
            ip=device.ip,
            created_at=now,
            expires_at=expires_at,
        )
        recipient = known.removeprefix("+86") if people_of(known) else None
        messages.send(
            kind="sign_in_code", recipient=recipient, values={"code": code}, expires_at=expires_at, now=now
        )
    return expires_at


def sign_in_by_code(
    *, phone: str, code: str, chosen: Chosen, device: Device, kind: str, now: datetime
) -> SignedIn | DomainError:
    """A session for the newest code of a phone; refusals are returned, so that failures are counted.

    Locks:  the phone: of two that send one code at once the second finds it used.
    Replay: after `ChooseIdentity` or `TotpNeeded` the same code counts once more; it is used when it opens.
    Raises: PhoneNotMobile.
    """
    known = checked_phone(phone)
    with system_reach("sign-in"):
        keys = attempts.keys_of("code", known, ip=device.ip)
        if wait := attempts.begin(keys, now=now):
            return errors.TooManyAttempts("Too many failed attempts.", retry_after_seconds=wait)
        found = people_of(known)
        row = prove_code(phone=known, code=code, keys=keys, now=now)
        if isinstance(row, DomainError) or not found:
            refuse_known(found, because="code", device=device, now=now)
            return row if isinstance(row, DomainError) else errors.CodeWrong("The code is wrong or too old.")
        signed = enter(
            found, keys=keys, chosen=chosen, kind=kind, device=device, proof=Proof(phone=known), now=now
        )
        if isinstance(signed, SignedIn):
            use_code(row, now=now)
        return signed


def prove_code(*, phone: str, code: str, keys: list[str], now: datetime) -> SignInCode | DomainError:
    """The newest code of a phone, if it is this one; a wrong one is counted. The caller holds the phone's lock."""
    row = SignInCode.objects.select_for_update().filter(phone=phone).order_by("-created_at", "-id").first()
    counts = row is not None and row.used_at is None and row.expires_at > now and row.tries < CODE_TRIES_MAX
    # Compared in every case, so that the answer takes as long.
    is_right = hmac.compare_digest(bytes(row.code_hash) if row else b"-" * 32, _hash(phone, code))
    if row is not None and counts and is_right:
        return row
    if row is not None and counts:
        row.tries += 1
        row.save(update_fields=["tries"])
    attempts.count_failure(keys, now=now)
    return errors.CodeWrong("The code is wrong or too old.")


def use_code(row: SignInCode, *, now: datetime) -> None:
    """It opens nothing any more."""
    row.used_at = now
    row.save(update_fields=["used_at"])


def people_of(phone: str) -> Sequence[User]:
    """Who can sign in and has this phone, by id. Under a system reach."""
    return list(
        User.objects.select_related("organization")
        .filter(phone__in=spellings(phone), is_active=True, is_service=False, organization__is_active=True)
        .order_by("id")[:20]
    )


def checked_phone(text: str, *, field: str = "phone") -> str:
    """Raises: PhoneNotMobile."""
    known = normal_phone(text)
    if not known:
        raise errors.PhoneNotMobile("This is not a mobile phone.", field=field)
    return known


def _refuse_too_many(phone: str, *, ip: str, now: datetime) -> None:
    day = SignInCode.objects.filter(phone=phone, created_at__gt=now - timedelta(days=1))
    sent = list(day.order_by("-created_at").values_list("created_at", flat=True)[:CODES_A_DAY])
    if sent and (now - sent[0]).total_seconds() < CODE_GAP_SECONDS:
        wait = CODE_GAP_SECONDS - int((now - sent[0]).total_seconds())
        raise errors.CodeTooSoon("A code was asked for a moment ago.", retry_after_seconds=wait)
    if len(sent) >= CODES_A_DAY:
        wait = int((sent[-1] + timedelta(days=1) - now).total_seconds()) + 1
        raise errors.CodeTooSoon("This phone had its codes for today.", retry_after_seconds=wait)
    hour = SignInCode.objects.filter(ip=ip, created_at__gt=now - timedelta(hours=1))
    if hour.count() >= CODES_AN_HOUR_PER_ADDRESS:
        raise errors.TooManyAttempts("Too many codes were asked for from here.", retry_after_seconds=600)


def _hash(phone: str, code: str) -> bytes:
    """Keyed: a million codes are tried in a second where the key is known, and nowhere else."""
    return hmac.new(settings.SECRET_KEY.encode(), f"code:{phone}:{code}".encode(), "sha256").digest()


def _lock(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [CODE_LOCK, name])
