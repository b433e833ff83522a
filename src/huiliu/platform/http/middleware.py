"""Around every request: its number, its size limit, a structured log line."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from huiliu.platform.http.context import set_request_id

log = structlog.get_logger("huiliu.http")
SAFE_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


def request_context(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give the request a number (the caller's `X-Request-Id` when it is a safe one) and time it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-Id", "")
        number = given if SAFE_ID.match(given) else uuid4().hex[:16]
        set_request_id(number)
        started = time.perf_counter()
        response = get_response(request)
        response["X-Request-Id"] = number
        if request.path.startswith("/api/"):
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
                request_id=number,
            )
        return response

    return middleware
