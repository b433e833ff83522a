"""Shapes of identity and organizations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.access.types import OrganizationKind, Role

Name = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$", strip_whitespace=True)
]
Optional = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Password = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=1, le=2**53)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class SignInIn(Schema):
    """User name or phone, password, and the code of the authenticator app when it is set up."""

    username: Name
    password: Password
    totp: Annotated[str, StringConstraints(max_length=10, pattern=r"^[0-9]*$")] = ""
    user_id: Id | None = None
    device: bool = Field(default=False, description="Answer a bearer token instead of setting a cookie.")


class SessionOut(Schema):
    """Who is signed in and what they may do."""

    user_id: int
    name: str
    organization_id: int
    organization_name: str
    organization_kind: OrganizationKind
    roles: list[Role]
    scopes: list[str]
    modules_off: list[str]
    locale: str
    timezone: str
    csrf_token: str
    live_url: str
    impersonator_id: int | None
    token: str | None = None


class DeviceOut(Schema):
    id: UUID
    kind: str
    ip: str
    user_agent: str
    created_at: datetime
    expires_at: datetime
    is_current: bool


class PasswordIn(Schema):
    old: Password
    new: Password


class TotpOut(Schema):
    secret: str
    uri: str


class TotpIn(Schema):
    secret: Annotated[str, StringConstraints(min_length=16, max_length=64, pattern=r"^[A-Z2-7]+$")]
    code: Annotated[str, StringConstraints(max_length=10, pattern=r"^[0-9]+$")]


class UserOut(Schema):
    id: int
    username: str
    name: str
    phone: str
    email: str
    organization_id: int
    roles: list[Role]
    is_active: bool
    has_totp: bool


class UserIn(Schema):
    organization_id: Id
    username: Name
    name: Name
    password: Password
    roles: Annotated[list[Role], Field(min_length=1, max_length=10)]
    phone: Optional = ""
    email: Optional = ""


class UserChangeIn(Schema):
    name: Name | None = None
    roles: Annotated[list[Role], Field(min_length=1, max_length=10)] | None = None
    is_active: bool | None = None


class ViewAsIn(Schema):
    reason: Reason


class ClientIn(Schema):
    client_id: Annotated[str, StringConstraints(min_length=3, max_length=100, pattern=r"^[a-z0-9-]+$")]
    name: Name
    scopes: Annotated[list[str], Field(min_length=1, max_length=100)]


class ClientOut(Schema):
    client_id: str
    name: str
    scopes: list[str]
    secret: str | None = None


class TokenOut(Schema):
    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the name of the scheme
    expires_in: int


class OrganizationOut(Schema):
    id: int
    code: str
    name: str
    kind: OrganizationKind
    parent_id: int | None
    path: str
    timezone: str
    is_active: bool


class OrganizationIn(Schema):
    code: Name
    name: Name
    kind: OrganizationKind
    parent_id: Id
    since: date


class MoveIn(Schema):
    parent_id: Id
    effective_on: date
    reason: Reason
