"""Programs that sign in by OAuth2 client credentials: each with a subset of its maker's scopes."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from huiliu.access import errors
from huiliu.access.models import ApiClient, User
from huiliu.access.services.organizations import find_in_reach
from huiliu.access.services.second_factor import in_person
from huiliu.access.services.sessions import end_sessions_of
from huiliu.access.services.users import record
from huiliu.access.types import Actor


def create_client(
    *, actor: Actor, client_id: str, name: str, scopes: Collection[str], now: datetime
) -> tuple[ApiClient, str]:
    """A program's identity with a subset of the actor's scopes; the secret is returned once.

    Raises: RoleNotAllowed, UsernameTaken, OnlyInPerson.
    """
    in_person(actor)
    wanted = _check_scopes(actor, scopes)
    organization = find_in_reach(actor, actor.organization_id)
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            user = User.objects.create(
                organization=organization,
                organization_path=organization.path,
                username=f"client:{client_id}",
                name=name,
                roles=sorted(role.value for role in actor.roles),
                password="!",  # noqa: S106 - unusable
                is_service=True,
                created_at=now,
            )
            client = ApiClient.objects.create(
                client_id=client_id,
                owner_path=organization.path,
                name=name,
                secret_hash=make_password(secret),
                user=user,
                scopes=wanted,
                created_at=now,
            )
    except IntegrityError as taken:
        raise errors.UsernameTaken("This client id is in use.", field="client_id") from taken
    record(
        user,
        actor=actor,
        action="client.created",
        now=now,
        after={"client_id": client_id, "scopes": wanted},
    )
    return client, secret


def change_client(
    *,
    actor: Actor,
    client_id: str,
    name: str | None = None,
    scopes: Collection[str] | None = None,
    is_active: bool | None = None,
    now: datetime,
) -> ApiClient:
    """Rename, narrow or widen, switch off or on. Off, or with other scopes, its tokens end at once.

    Locks:  the client's row.
    Raises: ClientNotVisible, RoleNotAllowed, OnlyInPerson.
    """
    client = _managed(actor, client_id)
    before = _shown(client)
    client.name = client.name if name is None else name
    client.scopes = client.scopes if scopes is None else _check_scopes(actor, scopes)
    client.is_active = client.is_active if is_active is None else is_active
    after = _shown(client)
    if before == after:
        return client
    client.save(update_fields=["name", "scopes", "is_active"])
    User.objects.filter(pk=client.user_id).update(name=client.name, is_active=client.is_active)
    if not client.is_active or before["scopes"] != after["scopes"]:
        end_sessions_of(client.user_id, now=now)
    record(client.user, actor=actor, action="client.changed", now=now, before=before, after=after)
    return client


def rotate_client(*, actor: Actor, client_id: str, now: datetime) -> tuple[ApiClient, str]:
    """A new secret, returned once; the old one and every token end at once.

    Raises: ClientNotVisible, RoleNotAllowed, OnlyInPerson.
    """
    client = _managed(actor, client_id)
    _check_scopes(actor, client.scopes)  # its secret is its power: no one takes more than the own
    secret = secrets.token_urlsafe(32)
    client.secret_hash = make_password(secret)
    client.save(update_fields=["secret_hash"])
    end_sessions_of(client.user_id, now=now)
    record(client.user, actor=actor, action="client.rotated", now=now)
    return client, secret


def _managed(actor: Actor, client_id: str) -> ApiClient:
    in_person(actor)
    client = (
        ApiClient.objects.select_for_update(no_key=True, of=("self",))
        .select_related("user")
        .filter(client_id=client_id)
        .first()
    )
    if client is None:
        raise errors.ClientNotVisible("There is no such client.", client_id=client_id)
    return client


def _check_scopes(actor: Actor, scopes: Collection[str]) -> list[str]:
    beyond = set(scopes) - actor.scopes
    if beyond:
        raise errors.RoleNotAllowed("A client has at most your own scopes.", scopes=sorted(beyond))
    return sorted(set(scopes))


def _shown(client: ApiClient) -> dict[str, object]:
    return {"name": client.name, "scopes": list(client.scopes), "is_active": client.is_active}
