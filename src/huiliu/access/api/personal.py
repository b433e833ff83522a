"""What a person keeps for oneself, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import StringConstraints

from huiliu.access import errors
from huiliu.access.api.routing import router
from huiliu.access.edge import ActorRequest
from huiliu.access.services import personal

PersonalKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_-]+)*$", max_length=100)]


class PersonalValue(Schema):
    """Any small JSON value."""

    value: Any


@router.get("/session/settings", scope="session:use", response=dict[str, Any])
def list_personal_settings(request: ActorRequest) -> Any:
    """Everything the signed-in person keeps, by name: saved views, the look of lists."""
    return personal.kept(actor=request.actor)


@router.put(
    "/session/settings/{key}",
    scope="session:use",
    response=PersonalValue,
    errors=[errors.PersonalSettingsFull],
)
def keep_personal_setting(request: ActorRequest, key: PersonalKey, body: PersonalValue) -> Any:
    """Keep a value under a name; the last one written stays."""
    return {"value": personal.keep(actor=request.actor, key=key, value=body.value, now=request.now)}


@router.delete("/session/settings/{key}", scope="session:use", response=None, status=204)
def drop_personal_setting(request: ActorRequest, key: PersonalKey) -> Any:
    """Forget a value; nothing there is as good."""
    personal.drop(actor=request.actor, key=key)
    return None
