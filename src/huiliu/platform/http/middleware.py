"""Around every request: its number, its figures, a structured log line; under /api/ every refusal is a problem."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from csp.constants import HEADER
from csp.utils import build_policy
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase

from huiliu.platform import measuring, tracing
from huiliu.platform.errors import InvalidInput, NotFound
from huiliu.platform.http import problem
from huiliu.platform.http.context import set_request_id

log = structlog.get_logger("huiliu.http")
SAFE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
POOL_SECONDS = 5.0
_pool_told = 0.0
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def request_context(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give the request a number (the caller's `X-Request-Id` when it is a safe one) and time it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-Id", "")
        number = given if SAFE_ID.fullmatch(given) else uuid4().hex[:16]
        set_request_id(number)
        started = time.perf_counter()
        with tracing.span("request", parent=request.headers.get("traceparent", "")) as traced:
            response = get_response(request)
            if request.path.startswith("/api/"):
                response = as_problem(response)
            operation, method = _names(request)
            _trace(traced, operation, method, status=response.status_code, number=number)
        response["X-Request-Id"] = number
        if isinstance(response, HttpResponse):  # not a stream: with its length it needs no chunks
            response.setdefault("Content-Length", str(len(response.content)))
        seconds = time.perf_counter() - started
        _measure(operation, method, status=response.status_code, seconds=seconds)
        if request.path.startswith("/api/"):
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
                request_id=number,
            )
        return response

    return middleware


def content_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The content security policy of the settings: one for all answers, hence written once, not for each."""
    policy = build_policy()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.setdefault(HEADER, policy)
        return response

    return middleware


def _names(request: HttpRequest) -> tuple[str, str]:
    """Route and method; never the path: names must stay few."""
    match = request.resolver_match
    operation = (match.route if match else "") or "other"
    return operation, request.method if request.method in _METHODS else "other"


def _trace(traced: tracing.Span, operation: str, method: str, *, status: int, number: str) -> None:
    traced.name(f"{method} {operation}")
    traced.tell(http__request__method=method, http__route=operation, http__response__status_code=status)
    traced.tell(huiliu__request_id=number)
    if status >= 500:
        traced.fail(str(status))


def _measure(operation: str, method: str, *, status: int, seconds: float) -> None:
    measuring.REQUESTS.labels(operation, method, str(status)).inc()
    measuring.REQUEST_SECONDS.labels(operation, method).observe(seconds)
    _measure_pool()


def _measure_pool() -> None:
    """How the pool of this process stands, looked at every few seconds."""
    global _pool_told
    pool, now = getattr(connection, "pool", None), time.monotonic()
    if pool is None or now - _pool_told < POOL_SECONDS:
        return
    _pool_told = now
    for name, value in pool.get_stats().items():
        measuring.POOL.labels(name).set(value)


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """A refusal that the framework gave before or beside our edge, in the words of the house."""
    status = response.status_code
    if status < 400 or "json" in response.get("Content-Type", ""):
        return response
    if status == 404:
        return problem.of_refusal(NotFound("There is nothing at this address."))
    if status == 405:
        allowed = response.get("Allow", "")
        answer = _problem(status, "method_not_allowed", f"This address takes {allowed or 'another method'}.")
        answer["Allow"] = allowed
        return answer
    if status < 500:
        return _problem(status, "invalid_input", "The request cannot be read.", remedy=InvalidInput.remedy())
    return _problem(
        status,
        "fault",
        "Something broke on our side; nothing was changed.",
        remedy="Try again; if it stays, tell operations the reference number.",
    )


def _problem(
    status: int, name: str, detail: str, *, remedy: str = "Look up the operation in the API reference."
) -> HttpResponse:
    return problem.response(
        code=f"platform.{name}",
        title=name.replace("_", " ").capitalize(),
        status=status,
        detail=detail,
        remedy=remedy,
    )
