"""Signing in by a code to the phone, and changing between one's identities, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field, StringConstraints

from huiliu.access import errors, services
from huiliu.access import schemas as shapes
from huiliu.access.api.routing import device_of, router
from huiliu.access.api.session import counted, session_shown, set_cookies
from huiliu.access.authentication import refuse_foreign_origin, resolve
from huiliu.access.edge import ActorRequest
from huiliu.access.services.sessions import Chosen, SignedIn
from huiliu.access.types import OrganizationKind
from huiliu.kernel.refusals import DomainError
from huiliu.platform import messages
from huiliu.platform.database import system_reach
from huiliu.platform.errors import CsrfRefused, HeadquartersOnly
from huiliu.platform.settings_store import require_headquarters

Phone = Annotated[str, StringConstraints(min_length=5, max_length=30, pattern=r"^[0-9+() -]*$")]
SixDigits = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Totp = Annotated[str, StringConstraints(max_length=10, pattern=r"^[0-9]*$")]
Recovery = Annotated[str, StringConstraints(max_length=40, pattern=r"^[0-9A-Fa-f \-]*$")]


class CodeRequestIn(Schema):
    phone: Phone


class CodeRequestedOut(Schema):
    """The same answer whether or not somebody has this phone."""

    expires_at: datetime
    again_after_seconds: int


class ChoiceIn(Schema):
    """`user_id`: the choice after `access.choose_identity`; a second factor where one is set up."""

    user_id: shapes.Id | None = None
    totp: Totp = ""
    recovery_code: Recovery = ""

    def chosen(self) -> Chosen:
        return Chosen(self.user_id, self.totp, self.recovery_code)


class CodeSignInIn(ChoiceIn):
    phone: Phone
    code: SixDigits
    device: bool = Field(default=False, description="Answer a bearer token instead of setting a cookie.")


class SwitchIdentityIn(ChoiceIn):
    user_id: shapes.Id  # here it must be said


class IdentityOut(Schema):
    """One of my identities: the person as one partner knows it."""

    user_id: int
    name: str
    organization_id: int
    organization_name: str
    organization_kind: OrganizationKind
    is_current: bool


class OutboxMessageOut(Schema):
    kind: str
    recipient: str
    values: dict[str, str]
    created_at: datetime
    expires_at: datetime


@router.post(
    "/session/codes",
    public=True,
    response=CodeRequestedOut,
    status=202,
    limit="sign-in",
    errors=[
        messages.MessagesOff,
        errors.PhoneNotMobile,
        errors.CodeTooSoon,
        errors.TooManyAttempts,
        CsrfRefused,
    ],
)
def request_sign_in_code(request: ActorRequest, body: CodeRequestIn) -> Any:
    """Send a code of six digits to a phone; it counts for five minutes. One a minute, ten a day."""
    refuse_foreign_origin(request)
    expires_at = services.request_code(phone=body.phone, device=device_of(request), now=request.now)
    return {"expires_at": expires_at, "again_after_seconds": 60}


@router.post(
    "/session/code",
    public=True,
    response=shapes.SessionOut,
    status=201,
    limit="sign-in",
    errors=[
        errors.PhoneNotMobile,
        errors.CodeWrong,
        errors.TotpNeeded,
        errors.TooManyAttempts,
        errors.ChooseIdentity,
        CsrfRefused,
    ],
)
def sign_in_by_code(request: ActorRequest, response: HttpResponse, body: CodeSignInIn) -> Any:
    """Sign in with the newest code sent to the phone. After `access.choose_identity` send the same code again."""
    refuse_foreign_origin(request)
    signed = services.sign_in_by_code(
        phone=body.phone,
        code=body.code,
        chosen=body.chosen(),
        device=device_of(request),
        kind="DEVICE" if body.device else "BROWSER",
        now=request.now,
    )
    return opened(request, response, signed, device=body.device)


@router.get("/session/identities", scope="session:use", response=list[IdentityOut])
def list_identities(request: ActorRequest) -> Any:
    """For whom I can work from this session without signing in again."""
    return [
        {
            "user_id": one.pk,
            "name": one.name,
            "organization_id": one.organization_id,
            "organization_name": one.organization.name,
            "organization_kind": one.organization.kind,
            "is_current": one.pk == request.actor.user_id,
        }
        for one in services.list_identities(actor=request.actor)
    ]


# The answer is a token: no idempotency key, so that it is stored nowhere.
@router.post(
    "/session/switch",
    scope="session:use",
    response=shapes.SessionOut,
    status=201,
    idempotent=False,
    errors=[
        errors.IdentityNotYours,
        errors.SessionNotVisible,
        errors.OnlyInPerson,
        errors.TotpNeeded,
        errors.TooManyAttempts,
    ],
)
def switch_identity(request: ActorRequest, response: HttpResponse, body: SwitchIdentityIn) -> Any:
    """Go on as another identity of mine; the present session ends, a new one is answered the same way."""
    signed = services.switch_identity(
        actor=request.actor, chosen=body.chosen(), device=device_of(request), now=request.now
    )
    return opened(request, response, signed, device=bool(request.headers.get("Authorization")))


@router.get(
    "/messages/outbox",
    scope="settings:write",
    response=list[OutboxMessageOut],
    errors=[messages.OutboxClosed, HeadquartersOnly],
)
def list_outbox(request: ActorRequest) -> Any:
    """What a development installation would have sent to phones, newest first; elsewhere there is nothing to read."""
    require_headquarters(request.actor)
    return [
        {
            "kind": one.kind,
            "recipient": one.recipient,
            "values": one.values,
            "created_at": one.created_at,
            "expires_at": one.expires_at,
        }
        for one in messages.outbox()
    ]


def opened(
    request: ActorRequest, response: HttpResponse, signed: SignedIn | DomainError, *, device: bool
) -> dict[str, Any]:
    """The session that was opened, as a cookie or a token; a refusal is raised, what it counted stays."""
    if isinstance(signed, DomainError):
        raise counted(request, signed)
    if not device:
        set_cookies(response, signed)
    with system_reach("sign-in"):  # whoever changes identity has a reach that may not ask whose a token is
        actor = resolve(signed.token)
    return session_shown(actor, token=signed.token, shown_token=signed.token if device else None)
