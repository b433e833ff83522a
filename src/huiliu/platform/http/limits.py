"""Rate limits, told in headers (RFC 9331 draft names), counted per token or address and per process."""

from __future__ import annotations

import hashlib
import math
import time
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from limits import RateLimitItemPerMinute, storage, strategies

from huiliu.platform.errors import TooManyRequests
from huiliu.settings import ENV

SWEEP_SECONDS = 10


class _Counters(storage.MemoryStorage):
    """Counters in memory; ended windows are swept now and then: the library starts a thread for nearly every hit."""

    swept_at = 0.0

    def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802 - the library's own name
        now = time.monotonic()
        if now - self.swept_at >= SWEEP_SECONDS:
            self.swept_at = now
            super()._MemoryStorage__schedule_expiry()  # type: ignore[misc]


_limiter = strategies.FixedWindowRateLimiter(_Counters())
_ITEMS = {
    "default": RateLimitItemPerMinute(ENV.rate_limit_per_minute),
    "sign-in": RateLimitItemPerMinute(max(10, ENV.rate_limit_per_minute // 100)),
}


@dataclass(slots=True)
class Quota:
    """What one request took and what is left."""

    allowed: bool
    limit: int
    remaining: int
    reset_seconds: int

    def check(self) -> None:
        if not self.allowed:
            raise TooManyRequests("Too many requests.", retry_after_seconds=self.reset_seconds)

    def write_headers(self, response: HttpResponse) -> None:
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(self.remaining)
        response["RateLimit-Reset"] = str(self.reset_seconds)


def _caller(request: HttpRequest) -> str:
    token = request.headers.get("Authorization") or request.COOKIES.get("huiliu_session")
    if token:
        return hashlib.sha256(token.encode()).hexdigest()[:16]
    return str(request.META.get("REMOTE_ADDR", ""))


def take(request: HttpRequest, name: str) -> Quota:
    """Count this request against its caller's window."""
    item = _ITEMS[name]
    caller = _caller(request)
    allowed = _limiter.hit(item, name, caller)
    window = _limiter.get_window_stats(item, name, caller)
    return Quota(allowed, item.amount, window.remaining, max(1, math.ceil(window.reset_time - time.time())))
