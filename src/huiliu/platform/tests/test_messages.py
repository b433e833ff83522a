"""Texts to phones: signed as the provider wants it, sent after the commit, emptied once sent."""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest

from huiliu.platform import messages
from huiliu.platform.models import OutgoingMessage
from huiliu.settings import ENV
from huiliu.testing.actors import NOW

pytestmark = pytest.mark.django_db
KEY_ID, KEY_SECRET = "LTAI-test", "the secret of the test"


@dataclass
class Provider:
    """A stand-in that computes the signature from what arrives, by the provider's own recipe."""

    base_url: str = ""
    codes: deque[str] = field(default_factory=deque)
    taken: list[dict[str, str]] = field(default_factory=list)

    def judge(self, path: str, headers: dict[str, str]) -> str:
        address = urlsplit(path)
        query = dict(parse_qsl(address.query))
        _, _, told = headers["authorization"].partition(" ")
        parts = dict(one.split("=", 1) for one in told.split(","))
        signed = parts["SignedHeaders"].split(";")
        canonical = "\n".join(
            [
                "POST",
                address.path,
                address.query,
                *(f"{name}:{headers[name]}" for name in signed),
                "",
                parts["SignedHeaders"],
                headers["x-acs-content-sha256"],
            ]
        )
        text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        wanted = hmac.new(KEY_SECRET.encode(), text.encode(), "sha256").hexdigest()
        if (parts["Credential"], parts["Signature"]) != (KEY_ID, wanted):
            return "SignatureDoesNotMatch"
        if self.codes:
            return self.codes.popleft()
        self.taken.append(query | {"action": headers["x-acs-action"], "version": headers["x-acs-version"]})
        return "OK"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    stand_in = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            code = stand_in.judge(self.path, {name.lower(): value for name, value in self.headers.items()})
            answer = orjson.dumps({"Code": code, "Message": code, "RequestId": "F655A8D5", "BizId": "9006"})
            self.send_response(200 if code == "OK" or code.startswith("isv.") else 400)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.base_url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    for name, value in {
        "sms_provider": "aliyun",
        "sms_base_url": stand_in.base_url,
        "sms_key_id": KEY_ID,
        "sms_key_secret": KEY_SECRET,
        "sms_sign_name": "汇流",
        "sms_code_template": "SMS_154950909",
    }.items():
        monkeypatch.setattr(ENV, name, value)
    yield stand_in
    server.shutdown()
    server.server_close()
    thread.join()


def a_message(recipient: str | None = "13812345678") -> None:
    messages.send(
        kind="sign_in_code",
        recipient=recipient,
        values={"code": "012345"},
        expires_at=NOW + timedelta(minutes=5),
        now=NOW,
    )


def test_a_message_is_handed_over_signed_and_then_emptied(provider: Provider) -> None:
    a_message()
    assert provider.taken == []

    assert messages.deliver_waiting(now=NOW) == 1
    assert messages.deliver_waiting(now=NOW) == 0
    assert provider.taken == [
        {
            "PhoneNumbers": "13812345678",
            "SignName": "汇流",
            "TemplateCode": "SMS_154950909",
            "TemplateParam": '{"code":"012345"}',
            "action": "SendSms",
            "version": "2017-05-25",
        }
    ]
    row = OutgoingMessage.objects.get()
    assert (row.state, row.values, row.problem) == ("SENT", {}, "")


def test_a_busy_provider_is_asked_again_and_a_final_no_is_not(provider: Provider) -> None:
    a_message()
    provider.codes.extend(["isp.SYSTEM_ERROR", "isv.BUSINESS_LIMIT_CONTROL"])
    assert messages.deliver_waiting(now=NOW) == 0
    assert OutgoingMessage.objects.get().state == "WAITING"

    assert messages.deliver_waiting(now=NOW + timedelta(minutes=1)) == 0

    row = OutgoingMessage.objects.get()
    assert (row.state, row.problem, row.values) == ("FAILED", "isv.BUSINESS_LIMIT_CONTROL", {})


def test_a_wrong_secret_is_a_final_no(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENV, "sms_key_secret", "another")
    a_message()

    assert messages.deliver_waiting(now=NOW) == 0
    assert OutgoingMessage.objects.get().problem == "SignatureDoesNotMatch"


def test_a_code_that_has_run_out_and_one_for_nobody_are_not_sent(provider: Provider) -> None:
    a_message()
    a_message(None)

    assert messages.deliver_waiting(now=NOW + timedelta(minutes=6)) == 0
    assert sorted(OutgoingMessage.objects.values_list("state", flat=True)) == ["FAILED", "NOBODY"]
    assert provider.taken == []
