"""The calls to WeChat. Secrets, session keys and tokens never leave this file: no answer, no log, no message has them."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import orjson
import structlog

from huiliu.platform.wechat.errors import WechatCodeWrong, WechatOff, WechatUnavailable
from huiliu.settings import ENV

log = structlog.get_logger("huiliu.wechat")
TIMEOUT_SECONDS: Final = 4.0
TOKEN_MARGIN_SECONDS: Final = 300
#: 40029: no such code; 40163: used before; 41008: no code at all.
CODE_WRONG: Final = frozenset({40029, 40163, 41008})
#: The token is no longer good: asked for anew, once.
TOKEN_ENDED: Final = frozenset({40001, 40014, 42001})


@dataclass(frozen=True, slots=True)
class Identity:
    """A WeChat user for one app; `unionid` is empty where the app stands under no open platform account."""

    app_id: str
    openid: str
    unionid: str = ""


@dataclass
class WechatClient:
    """One mini-program. Thread-safe; the access token is shared by the process."""

    app_id: str
    secret: str = field(repr=False)
    base_url: str
    _token: str = field(default="", repr=False)
    _token_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def identity_of(self, code: str) -> Identity:
        """Who a code of `wx.login` is; its session key is dropped here, nothing needs it.

        Raises: WechatCodeWrong, WechatUnavailable.
        """
        told = self._ask(
            "GET",
            "/sns/jscode2session",
            params={
                "appid": self.app_id,
                "secret": self.secret,
                "js_code": code,
                "grant_type": "authorization_code",
            },
        )
        errcode = _errcode(told)
        if errcode:
            raise _refusal(errcode)
        openid = told.get("openid")
        if not isinstance(openid, str) or not openid:
            raise WechatUnavailable("WeChat's answer names nobody.")
        return Identity(self.app_id, openid[:128], str(told.get("unionid") or "")[:128])

    def phone_of(self, code: str) -> str:
        """The phone behind a code of the phone number component: `+8613812345678`.

        Raises: WechatCodeWrong, WechatUnavailable.
        """
        told = self._with_token("/wxa/business/getuserphonenumber", {"code": code})
        errcode = _errcode(told)
        if errcode:
            raise _refusal(errcode)
        info = told.get("phone_info")
        if not isinstance(info, dict) or not info.get("purePhoneNumber"):
            raise WechatUnavailable("WeChat's answer has no phone.")
        if (info.get("watermark") or {}).get("appid") != self.app_id:
            raise WechatCodeWrong("This code belongs to another app.")
        return f"+{info.get('countryCode') or '86'}{info['purePhoneNumber']}"

    def send_message(
        self, *, openid: str, template_id: str, page: str, data: dict[str, str], language: str
    ) -> int:
        """Send a subscription message; answers WeChat's errcode, 0 when it took it. Raises: WechatUnavailable."""
        told = self._with_token(
            "/cgi-bin/message/subscribe/send",
            {
                "touser": openid,
                "template_id": template_id,
                "page": page,
                "lang": language,
                "data": {name: {"value": value} for name, value in data.items()},
            },
        )
        return _errcode(told)

    def _with_token(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """A call that needs the access token; an ended one is renewed, once."""
        told = self._ask("POST", path, params={"access_token": self._access_token()}, body=body)
        if _errcode(told) in TOKEN_ENDED:
            token = self._access_token(renew=True)
            told = self._ask("POST", path, params={"access_token": token}, body=body)
        return told

    def _access_token(self, *, renew: bool = False) -> str:
        """Raises: WechatUnavailable. Locks: one thread asks, the others wait for its answer."""
        with self._lock:
            if not renew and self._token and time.monotonic() < self._token_until:
                return self._token
            told = self._ask(
                "POST",
                "/cgi-bin/stable_token",
                body={
                    "grant_type": "client_credential",
                    "appid": self.app_id,
                    "secret": self.secret,
                    "force_refresh": False,
                },
            )
            token, seconds = told.get("access_token"), told.get("expires_in")
            if not isinstance(token, str) or not isinstance(seconds, int):
                log.error("WeChat gives no access token", errcode=_errcode(told))
                raise WechatUnavailable(
                    "WeChat does not let this installation in.", errcode=_errcode(told), reached=False
                )
            self._token = token
            self._token_until = time.monotonic() + max(0, seconds - TOKEN_MARGIN_SECONDS)
            return token

    def _ask(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        # The library would log addresses, and these carry the secret: platform/logs silences it.
        try:
            answer = httpx.request(
                method,
                f"{self.base_url}{path}",
                params=params,
                content=orjson.dumps(body) if body is not None else None,
                headers={"Content-Type": "application/json"} if body is not None else None,
                timeout=TIMEOUT_SECONDS,
                trust_env=False,
            )
            told = orjson.loads(answer.content)
        except httpx.ConnectError:
            log.warning("WeChat is not reached", path=path)
            raise WechatUnavailable("WeChat is not reached.", reached=False) from None
        except (httpx.HTTPError, orjson.JSONDecodeError) as error:
            log.warning("WeChat does not answer", path=path, problem=type(error).__name__)
            raise WechatUnavailable("WeChat does not answer.") from None  # the cause names the address
        if answer.status_code != 200 or not isinstance(told, dict):
            log.warning("WeChat does not answer", path=path, status=answer.status_code)
            raise WechatUnavailable("WeChat does not answer.")
        return told


def _errcode(told: dict[str, Any]) -> int:
    code = told.get("errcode", 0)
    return code if isinstance(code, int) else -1


def _refusal(errcode: int) -> WechatCodeWrong | WechatUnavailable:
    """45011 (asked too often), -1 (busy) and what is not known pass by themselves."""
    if errcode in CODE_WRONG:
        return WechatCodeWrong("WeChat does not know this code.", errcode=errcode)
    log.warning("WeChat refuses", errcode=errcode)
    return WechatUnavailable("WeChat refuses at the moment.", errcode=errcode)


_clients: dict[tuple[str, str], WechatClient] = {}


def client_of(app_id: str = "") -> WechatClient:
    """The client of a configured app; without a name the first one. Raises: WechatOff."""
    wanted = app_id or next(iter(ENV.wechat_apps), "")
    secret = ENV.wechat_apps.get(wanted)
    if not secret:
        raise WechatOff("There is no such mini-program here.")
    key = (wanted, ENV.wechat_base_url)
    return _clients.setdefault(key, WechatClient(wanted, secret, ENV.wechat_base_url.rstrip("/")))
