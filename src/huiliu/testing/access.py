"""Signing in for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from huiliu.access import services
from huiliu.access.models import Organization, User
from huiliu.access.services.sessions import Device, SignedIn
from huiliu.access.types import Role
from huiliu.kernel.refusals import DomainError
from huiliu.testing.actors import NOW, a_user

PASSWORD = "correct horse battery"  # noqa: S105 - of people who do not exist
DEVICE = Device(ip="198.51.100.7", user_agent="test")
_HASH = make_password(PASSWORD)


def a_person(organization: Organization, *roles: Role, **fields: Any) -> User:
    """A user who can sign in with PASSWORD."""
    user = a_user(organization, *roles, **fields)
    User.objects.filter(pk=user.pk).update(password=_HASH)
    user.refresh_from_db()
    return user


def sign_in(
    username: str, password: str = PASSWORD, *, now: datetime = NOW, **more: Any
) -> SignedIn | DomainError:
    """What the sign-in of a device answers."""
    options: dict[str, Any] = {"totp": "", "user_id": None, "device": DEVICE, "kind": "DEVICE"} | more
    return services.sign_in(username=username, password=password, now=now, **options)
