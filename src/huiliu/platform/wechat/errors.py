"""Refusals of what WeChat says."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class WechatOff(DomainError):
    """Sign in with your phone or password: this installation has no such mini-program."""

    code = "wechat.off"
    kind = Kind.CONFLICT


class WechatCodeWrong(DomainError):
    """Try once more: WeChat's code was used before or is too old."""

    code = "wechat.code_wrong"
    kind = Kind.UNAUTHENTICATED


class WechatUnavailable(DomainError):
    """WeChat does not answer at the moment: wait a little, or sign in with your phone and a code."""

    code = "wechat.unavailable"
    kind = Kind.BUSY
