"""Signing in by WeChat, binding and unbinding, over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Schema
from pydantic import Field, StringConstraints

from huiliu.access import errors, services
from huiliu.access import schemas as shapes
from huiliu.access.api.phone import ChoiceIn, opened
from huiliu.access.api.routing import device_of, router
from huiliu.access.authentication import refuse_foreign_origin
from huiliu.access.edge import ActorRequest
from huiliu.access.models import WechatBinding
from huiliu.access.services import consents
from huiliu.platform.errors import CsrfRefused
from huiliu.platform.wechat import WechatCodeWrong, WechatOff, WechatUnavailable

WechatCode = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
AppId = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9]*$")]
Ticket = Annotated[str, StringConstraints(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
TemplateId = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
Answer = Literal["accept", "reject", "ban", "filter", "acceptWithAudio", "acceptWithAlert"]
WECHAT = (WechatOff, WechatCodeWrong, WechatUnavailable)
OPENING = (errors.TotpNeeded, errors.TooManyAttempts, errors.ChooseIdentity, CsrfRefused)


class WechatSignInIn(ChoiceIn):
    """A fresh code of `wx.login`; each counts once."""

    code: WechatCode
    app_id: AppId = ""


class WechatPhoneIn(ChoiceIn):
    """The ticket of `access.wechat_not_bound`, and the phone: by WeChat's component or by a code sent to it."""

    ticket: Ticket
    phone_code: Annotated[str, StringConstraints(max_length=200, pattern=r"^[\x21-\x7e]*$")] = Field(
        default="", description="`code` of the phone number component (getPhoneNumber)."
    )
    phone: Annotated[str, StringConstraints(max_length=30, pattern=r"^[0-9+() -]*$")] = ""
    code: Annotated[str, StringConstraints(max_length=6, pattern=r"^[0-9]*$")] = Field(
        default="", description="The code that was sent to `phone`."
    )


class WechatBindIn(Schema):
    code: WechatCode
    app_id: AppId = ""


class WechatBindingOut(Schema):
    """A WeChat that opens my account."""

    id: UUID
    app_id: str
    created_at: datetime


class WechatTopicOut(Schema):
    """A kind of message (`order_shipped`, `order_arrived`, `price_changed`); `remaining`: how many more I agreed to."""

    name: str
    template_id: str
    answer: str
    remaining: int


class ConsentsIn(Schema):
    """What `wx.requestSubscribeMessage` answered, by template; each accept is one message more."""

    answers: Annotated[dict[TemplateId, Answer], Field(max_length=20)]


class UnboundOut(Schema):
    unbound: int


@router.post(
    "/session/wechat",
    public=True,
    response=shapes.SessionOut,
    status=201,
    limit="sign-in",
    errors=[*OPENING, *WECHAT, errors.WechatNotBound],
)
def sign_in_by_wechat(request: ActorRequest, response: HttpResponse, body: WechatSignInIn) -> Any:
    """Sign in silently; a WeChat that is not bound yet is refused with a `ticket` to bind it."""
    refuse_foreign_origin(request)
    signed = services.sign_in_by_wechat(
        code=body.code, app_id=body.app_id, chosen=body.chosen(), device=device_of(request), now=request.now
    )
    return opened(request, response, signed, device=True)


@router.post(
    "/session/wechat/phone",
    public=True,
    response=shapes.SessionOut,
    status=201,
    limit="sign-in",
    errors=[
        *OPENING,
        *WECHAT,
        errors.WechatTicketWrong,
        errors.PhoneNotMobile,
        errors.PhoneUnknown,
        errors.CodeWrong,
    ],
)
def bind_wechat_by_phone(request: ActorRequest, response: HttpResponse, body: WechatPhoneIn) -> Any:
    """Bind this WeChat to everyone who has the proven phone, and sign in."""
    refuse_foreign_origin(request)
    signed = services.bind_by_phone(
        ticket=body.ticket,
        phone_code=body.phone_code,
        phone=body.phone,
        code=body.code,
        chosen=body.chosen(),
        device=device_of(request),
        now=request.now,
    )
    return opened(request, response, signed, device=True)


@router.get("/session/wechat/bindings", scope="session:use", response=list[WechatBindingOut])
def list_wechat_bindings(request: ActorRequest) -> Any:
    """The WeChats that open my account."""
    return [_shown(one) for one in services.list_bindings(actor=request.actor)]


@router.post(
    "/session/wechat/bindings",
    scope="session:use",
    response=WechatBindingOut,
    status=201,
    idempotent=False,
    errors=[*WECHAT, errors.OnlyInPerson],
)
def bind_wechat(request: ActorRequest, body: WechatBindIn) -> Any:
    """Bind a WeChat to the account I am signed in with."""
    return _shown(
        services.bind_here(actor=request.actor, code=body.code, app_id=body.app_id, now=request.now)
    )


@router.delete(
    "/session/wechat/bindings",
    scope="session:use",
    response=UnboundOut,
    errors=[errors.OnlyInPerson],
)
def unbind_wechat(request: ActorRequest) -> Any:
    """My WeChats open my account no longer; sessions that they opened end."""
    return {"unbound": services.unbind_mine(actor=request.actor, now=request.now)}


@router.delete(
    "/users/{user_id}/wechat",
    scope="users:write",
    response=UnboundOut,
    errors=[errors.UserNotVisible, errors.RoleNotAllowed],
)
def unbind_user_wechat(request: ActorRequest, user_id: Path[shapes.Id]) -> Any:
    """Take a person's WeChats off: a lost phone."""
    return {"unbound": services.unbind_user(actor=request.actor, user_id=user_id, now=request.now)}


@router.get("/session/wechat/consents", scope="session:use", response=list[WechatTopicOut])
def list_wechat_consents(request: ActorRequest) -> Any:
    """The messages that this installation can send in WeChat, and how many more of each I agreed to."""
    return [asdict(one) for one in consents.list_topics(actor=request.actor)]


@router.post(
    "/session/wechat/consents",
    scope="session:use",
    response=list[WechatTopicOut],
    errors=[errors.OnlyInPerson],
)
def keep_wechat_consents(request: ActorRequest, body: ConsentsIn) -> Any:
    """Keep what I answered when WeChat asked me; sent again under its key, a yes counts once."""
    kept = consents.keep_consents(actor=request.actor, answers=body.answers, now=request.now)
    return [asdict(one) for one in kept]


def _shown(row: WechatBinding) -> dict[str, Any]:
    return {"id": row.pk, "app_id": row.app_id, "created_at": row.created_at}
