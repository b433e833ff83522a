"""A stand-in of WeChat's server on loopback: checks what it is asked as WeChat does, and gives its real replies."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

APP, SECRET = "wx0123456789abcdef", "the-secret-of-the-app"
SESSION_KEY = "HyVFkGl5F5OQWJZZaNzBBg=="

#: As recorded: errcode with the text that WeChat gives.
REPLIES = {
    40029: "invalid code, rid: 5f2c0d3a-1b2c3d4e-5f6a7b8c",
    45011: "api minute-quota reach limit  mustslower  retry next minute",
    40163: "code been used, rid: 61a5c0b2-0c5a1f5e-3c4b5a6d",
    -1: "system error",
    40037: "invalid template_id rid: 6034b1a1",
    43101: "user refuse to accept the msg rid: 6034b1a2",
}


@dataclass
class Wechat:
    """What the stand-in knows: codes of who, codes of which phone, and everything it was asked."""

    base_url: str = ""
    logins: dict[str, tuple[str, str]] = field(default_factory=dict)  # code -> openid, unionid
    phones: dict[str, str] = field(default_factory=dict)  # code -> national number
    used: set[str] = field(default_factory=set)
    failing: deque[int] = field(default_factory=deque)  # errcodes of the next answers, whatever is asked
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    tokens: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, path: str, query: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            self.asked.append((path, query, body))
            if self.failing and path != "/cgi-bin/stable_token":
                return _error(self.failing.popleft())
            calls = {
                "/sns/jscode2session": self._login,
                "/cgi-bin/stable_token": self._token,
                "/wxa/business/getuserphonenumber": self._phone,
                "/cgi-bin/message/subscribe/send": self._send,
            }
            return calls[path](query, body) if path in calls else {"errcode": 404, "errmsg": "no such path"}

    def _login(self, query: dict[str, str], _: dict[str, Any]) -> dict[str, Any]:
        if query.get("appid") != APP:
            return {"errcode": 40013, "errmsg": "invalid appid"}
        if query.get("secret") != SECRET:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if query.get("grant_type") != "authorization_code":
            return {"errcode": 40002, "errmsg": "invalid grant_type"}
        code = query.get("js_code", "")
        if code not in self.logins:
            return _error(40029)
        if code in self.used:
            return _error(40163)
        self.used.add(code)
        openid, unionid = self.logins[code]
        return {"session_key": SESSION_KEY, "openid": openid} | ({"unionid": unionid} if unionid else {})

    def _token(self, _: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        if (body.get("appid"), body.get("secret"), body.get("grant_type")) != (
            APP,
            SECRET,
            "client_credential",
        ):
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        self.tokens += 1
        return {"access_token": f"token-{self.tokens}", "expires_in": 7200}

    def _phone(self, query: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        if query.get("access_token") != f"token-{self.tokens}":
            return {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"}
        code = body.get("code", "")
        if code not in self.phones or code in self.used:
            return _error(40029)
        self.used.add(code)
        phone = self.phones[code]
        return {
            "errcode": 0,
            "errmsg": "ok",
            "phone_info": {
                "phoneNumber": phone,
                "purePhoneNumber": phone,
                "countryCode": "86",
                "watermark": {"timestamp": 1637744274, "appid": APP},
            },
        }

    def _send(self, query: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        if query.get("access_token") != f"token-{self.tokens}":
            return {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"}
        self.sent.append(body)
        return {"errcode": 0, "errmsg": "ok", "msgid": len(self.sent)}


def _error(code: int) -> dict[str, Any]:
    return {"errcode": code, "errmsg": REPLIES.get(code, "refused")}


@contextmanager
def a_wechat() -> Iterator[Wechat]:
    """The stand-in, listening on loopback."""
    wechat = Wechat()

    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            address = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = orjson.loads(self.rfile.read(length)) if length else {}
            told = orjson.dumps(wechat.answer(address.path, dict(parse_qsl(address.query)), body))
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")  # as WeChat does
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST = _reply  # noqa: N815 - the library's names

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    wechat.base_url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield wechat
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
