"""WeChat's server interface: who a login code is, whose phone a code is, messages that a person agreed to."""

from huiliu.platform.wechat.client import Identity, WechatClient, client_of
from huiliu.platform.wechat.errors import WechatCodeWrong, WechatOff, WechatUnavailable

__all__ = [
    "Identity",
    "WechatClient",
    "WechatCodeWrong",
    "WechatOff",
    "WechatUnavailable",
    "client_of",
]
