"""API clients over HTTP; secrets are shown once, so these POSTs take no idempotency key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from ninja import Path, Query
from pydantic import StringConstraints

from huiliu.access import errors, selectors, services
from huiliu.access import schemas as shapes
from huiliu.access.api.routing import router
from huiliu.access.edge import ActorRequest
from huiliu.access.models import ApiClient
from huiliu.platform.http.cursor import Page, PageQuery, decode_cursor, page_of

ClientId = Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z0-9-]+$")]


def _clients(clients: Sequence[ApiClient], *, secret: str | None = None) -> list[dict[str, Any]]:
    names = ("id", "client_id", "name", "scopes", "is_active", "created_at")
    seen = selectors.latest_seen([client.user_id for client in clients])
    return [
        {name: getattr(client, name) for name in names}
        | {"secret": secret, "last_used_at": seen.get(client.user_id)}
        for client in clients
    ]


def _client(client: ApiClient, *, secret: str | None = None) -> dict[str, Any]:
    return _clients([client], secret=secret)[0]


@router.get("/clients", scope="clients:write", response=Page[shapes.ClientOut])
def list_clients(request: ActorRequest, query: Query[PageQuery]) -> Any:  # noqa: ARG001
    """The programs that may sign in."""
    key = decode_cursor(query.cursor, size=1)
    rows = selectors.list_clients(after_id=key[0] if key else 0, limit=query.limit + 1)
    return page_of(_clients(rows), limit=query.limit, key=lambda row: (row["id"],))


@router.post(
    "/clients",
    scope="clients:write",
    response=shapes.ClientOut,
    status=201,
    idempotent=False,
    errors=[errors.RoleNotAllowed, errors.UsernameTaken, errors.OnlyInPerson],
)
def create_client(request: ActorRequest, body: shapes.ClientIn) -> Any:
    """A program's identity; the secret is shown once."""
    client, secret = services.create_client(
        actor=request.actor,
        client_id=body.client_id,
        name=body.name,
        scopes=set(body.scopes),
        now=request.now,
    )
    return _client(client, secret=secret)


@router.put(
    "/clients/{client_id}",
    scope="clients:write",
    response=shapes.ClientOut,
    errors=[errors.ClientNotVisible, errors.RoleNotAllowed, errors.OnlyInPerson],
)
def change_client(request: ActorRequest, client_id: Path[ClientId], body: shapes.ClientChangeIn) -> Any:
    """Rename, give other scopes, switch off or on; off, its tokens end at once."""
    client = services.change_client(
        actor=request.actor,
        client_id=client_id,
        name=body.name,
        scopes=set(body.scopes) if body.scopes else None,
        is_active=body.is_active,
        now=request.now,
    )
    return _client(client)


@router.post(
    "/clients/{client_id}/rotate",
    scope="clients:write",
    response=shapes.ClientOut,
    idempotent=False,
    errors=[errors.ClientNotVisible, errors.RoleNotAllowed, errors.OnlyInPerson],
)
def rotate_client(request: ActorRequest, client_id: Path[ClientId]) -> Any:
    """A new secret, shown once; the old one and every token end."""
    client, secret = services.rotate_client(actor=request.actor, client_id=client_id, now=request.now)
    return _client(client, secret=secret)
