"""Failed attempts, counted per name and per address: each waits longer. System reach."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from huiliu.access.models import SignInAttempt
from huiliu.access.rules import FREE_FAILURES, wait_seconds

NAME_LOCK = 7403
FORGOTTEN_AFTER = timedelta(hours=2)
#: An office shares one address: it has more room than a name.
FREE_PER_ADDRESS = FREE_FAILURES * 10


def keys_of(kind: str, name: str, *, ip: str) -> list[str]:
    return [f"{kind}:{name.strip().lower()[:100]}", f"ip:{ip}"]


def begin(keys: list[str], *, now: datetime) -> int:
    """Wait for other attempts on the same name, then say how many seconds are to be waited (0: none).

    Locks:  the name, until the attempt's transaction ends: parallel guesses are counted like successive ones.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [NAME_LOCK, keys[0]])
    rows = SignInAttempt.objects.filter(key__in=keys, blocked_until__gt=now).values_list(
        "blocked_until", flat=True
    )
    return max((int((until - now).total_seconds()) + 1 for until in rows if until), default=0)


def count_failure(keys: list[str], *, now: datetime) -> None:
    """One more failure of each key."""
    for key in keys:
        attempt, _ = SignInAttempt.objects.select_for_update().get_or_create(
            key=key, defaults={"updated_at": now}
        )
        if now - attempt.updated_at > FORGOTTEN_AFTER:
            attempt.failures = 0
        attempt.failures += 1
        wait = wait_seconds(
            attempt.failures, free=FREE_PER_ADDRESS if key.startswith("ip:") else FREE_FAILURES
        )
        if wait:
            attempt.blocked_until = now + timedelta(seconds=wait)
        attempt.updated_at = now
        attempt.save()


def forget(keys: list[str]) -> None:
    """The name got in; its address keeps its count."""
    SignInAttempt.objects.filter(key__in=keys[:1]).delete()
