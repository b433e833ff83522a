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
    recovery_code: Annotated[str, StringConstraints(max_length=40, pattern=r"^[0-9A-Fa-f \-]*$")] = Field(
        default="", description="Instead of `totp`, when the phone is lost; each opens once."
    )
    user_id: Id | None = Field(default=None, description="The choice after `access.choose_identity`.")
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
    must_change_password: bool
    has_totp: bool
    token: str | None = None


class DeviceOut(Schema):
    id: UUID
    kind: str
    ip: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_current: bool
    is_view: bool


class EndedOut(Schema):
    ended: int


class PasswordIn(Schema):
    old: Password
    new: Password


class TotpOut(Schema):
    secret: str
    uri: str


class TotpIn(Schema):
    secret: Annotated[str, StringConstraints(pattern=r"^[A-Z2-7]{32}$")]
    code: Annotated[str, StringConstraints(max_length=10, pattern=r"^[0-9]+$")]


class RecoveryOut(Schema):
    """Codes for the day the phone is lost, shown once."""

    recovery_codes: list[str]


class RemoveTotpIn(Schema):
    password: Password


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
    must_change_password: bool
    version: int
    organization_name: str
    last_seen_at: datetime | None
    allowed_actions: list[str]


class SeatsOut(Schema):
    """`seats` is null where there is no limit; `roles` are those the reader may give there."""

    organization_id: int
    used: int
    seats: int | None
    roles: list[Role]


class RoleOut(Schema):
    """A role with everything it may do."""

    role: Role
    for_partners: bool
    scopes: list[str]


class UserIn(Schema):
    organization_id: Id
    username: Name
    name: Name
    password: Password
    roles: Annotated[list[Role], Field(min_length=1, max_length=10)]
    phone: Optional = ""
    email: Optional = ""


class UserChangeIn(Schema):
    """What is not given stays; `version` refuses to overwrite a change not seen."""

    name: Name | None = None
    phone: Optional | None = None
    email: Optional | None = None
    roles: Annotated[list[Role], Field(min_length=1, max_length=10)] | None = None
    is_active: bool | None = None
    version: Id | None = None


class ResetIn(Schema):
    second_factor: bool = Field(default=False, description="Also remove the authenticator of a lost phone.")


class ResetOut(Schema):
    """Shown once: whoever signs in with it can only set an own password."""

    one_time_password: str


class ViewAsIn(Schema):
    reason: Reason


class ClientIn(Schema):
    client_id: Annotated[str, StringConstraints(min_length=3, max_length=100, pattern=r"^[a-z0-9-]+$")]
    name: Name
    scopes: Annotated[list[str], Field(min_length=1, max_length=100)]


class ClientChangeIn(Schema):
    name: Name | None = None
    scopes: Annotated[list[str], Field(min_length=1, max_length=100)] | None = None
    is_active: bool | None = None


class ClientOut(Schema):
    """An API client; `secret` only in the answer that made it."""

    client_id: str
    name: str
    scopes: list[str]
    is_active: bool
    created_at: datetime
    last_used_at: datetime | None
    secret: str | None = None


class TokenOut(Schema):
    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the name of the scheme
    expires_in: int
    scope: str = ""


class OrganizationOut(Schema):
    id: int
    code: str
    name: str
    kind: OrganizationKind
    parent_id: int | None
    path: str
    timezone: str
    is_active: bool
    seats: int
    version: int


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


class OrganizationChangeIn(Schema):
    """What is not given stays; `version` refuses to overwrite a change not seen."""

    name: Name | None = None
    timezone: Annotated[str, Field(max_length=60)] | None = None
    seats: Annotated[int, Field(ge=0, le=100_000)] | None = None
    version: Id | None = None


class SwitchIn(Schema):
    is_active: bool
    reason: Reason


class PlacementOut(Schema):
    """Where an organization stood in `[valid_from, valid_to)`."""

    parent_id: int | None
    parent_name: str
    path: str
    valid_from: date
    valid_to: date | None


class EffectIn(Schema):
    parent_id: Id


class EffectOut(Schema):
    """What a move takes along; `rows` by table and column."""

    organizations: int
    users: int
    rows: dict[str, int]
    path_after: str


class MovedOut(Schema):
    """The organization at its new place; `pending` while rows still follow in the background."""

    organization: OrganizationOut
    rows: int
    pending: bool
