"""Aliyun SMS (dysmsapi 2017-05-25, SendSms), signed with ACS3-HMAC-SHA256."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlsplit
from uuid import uuid4

import httpx
import orjson

ALGORITHM: Final = "ACS3-HMAC-SHA256"
TIMEOUT_SECONDS: Final = 5.0
#: Sent again later; everything else will not get better by itself.
TRANSIENT: Final = frozenset(
    {
        "isp.SYSTEM_ERROR",
        "Throttling",
        "Throttling.User",
        "ServiceUnavailable",
        "InternalError",
        "isv.SYSTEM_ERROR",
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message; `is_final`: sending it again would not help."""

    sent: bool
    is_final: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AliyunSms:
    """One account with its approved signature."""

    base_url: str
    key_id: str
    key_secret: str
    sign_name: str

    def send(self, *, phone: str, template: str, values: dict[str, str], now: datetime) -> Outcome:
        """Hand one message over; never raises, never tells the values."""
        query = {
            "PhoneNumbers": phone,
            "SignName": self.sign_name,
            "TemplateCode": template,
            "TemplateParam": orjson.dumps(values).decode(),
        }
        canonical = canonical_query(query)
        headers = self.signed_headers(canonical, now=now, nonce=uuid4().hex)
        try:
            answer = httpx.post(
                f"{self.base_url}/?{canonical}", headers=headers, timeout=TIMEOUT_SECONDS, trust_env=False
            )
            told = orjson.loads(answer.content)
            code = str(told.get("Code", "")) if isinstance(told, dict) else ""
        except (httpx.HTTPError, orjson.JSONDecodeError) as error:
            return Outcome(sent=False, is_final=False, problem=type(error).__name__)
        if answer.status_code == 200 and code == "OK":
            return Outcome(sent=True, is_final=True)
        is_final = code not in TRANSIENT and answer.status_code < 500
        return Outcome(sent=False, is_final=is_final, problem=(code or f"HTTP {answer.status_code}")[:200])

    def signed_headers(self, canonical: str, *, now: datetime, nonce: str) -> dict[str, str]:
        """The headers of a request with this query and no body."""
        empty = hashlib.sha256(b"").hexdigest()
        headers = {
            "host": urlsplit(self.base_url).netloc,
            "x-acs-action": "SendSms",
            "x-acs-content-sha256": empty,
            "x-acs-date": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": nonce,
            "x-acs-version": "2017-05-25",
        }
        names = ";".join(sorted(headers))
        request = "\n".join(
            [
                "POST",
                "/",
                canonical,
                *(f"{name}:{headers[name]}" for name in sorted(headers)),
                "",
                names,
                empty,
            ]
        )
        to_sign = f"{ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
        signature = hmac.new(self.key_secret.encode(), to_sign.encode(), "sha256").hexdigest()
        headers["Authorization"] = (
            f"{ALGORITHM} Credential={self.key_id},SignedHeaders={names},Signature={signature}"
        )
        return headers


def canonical_query(query: dict[str, str]) -> str:
    """Sorted and percent-encoded as RFC 3986 has it."""
    return "&".join(f"{quote(name, safe='~')}={quote(query[name], safe='~')}" for name in sorted(query))
