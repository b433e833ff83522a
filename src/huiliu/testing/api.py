"""A client of the API for tests: it refuses any answer that the OpenAPI document does not declare."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.client import ClientHandler

from huiliu.access.types import Actor
from huiliu.platform import stamps
from huiliu.platform.database import Reach, current_reach, set_reach
from huiliu.testing.actors import a_token


@cache
def _operations() -> list[tuple[str, re.Pattern[str], set[int]]]:
    from huiliu.entrypoints.api import document
    from huiliu.entrypoints.urls import API

    found = []
    for path, methods in document(API)["paths"].items():
        pattern = re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$")
        for method, operation in methods.items():
            found.append((method.upper(), pattern, {int(status) for status in operation["responses"]}))
    # Fixed words win over parameters: /orders/quote before /orders/{id}.
    return sorted(found, key=lambda entry: entry[1].pattern.count("[^/]+"))


@cache
def _handler() -> ClientHandler:
    """One for all clients, as a server has one: each of its own would read the whole folder of static files."""
    return ClientHandler(enforce_csrf_checks=False)


class Api:
    """`Api(actor).get("/orders")`; anonymous without an actor."""

    def __init__(self, actor: Actor | None = None, *, token: str = "") -> None:
        self.headers: dict[str, str] = {}
        if actor is not None:
            token = a_token(actor)
        if token:
            self.headers["Authorization"] = f"Bearer {token}"
        self.client = Client(raise_request_exception=False)
        self.client.handler = _handler()

    def get(self, path: str, **query: Any) -> Any:
        return self._send("GET", path, query_params=query or None)

    def post(self, path: str, body: Any = None, *, key: str | None = None, **options: Any) -> Any:
        return self._send(
            "POST", path, body=body, headers={"Idempotency-Key": key or str(uuid4())}, **options
        )

    def put(self, path: str, body: Any = None, **options: Any) -> Any:
        return self._send("PUT", path, body=body, **options)

    def delete(self, path: str, **options: Any) -> Any:
        return self._send("DELETE", path, **options)

    def upload(self, path: str, *, key: str | None = None, **parts: Any) -> Any:
        return self._send("POST", path, multipart=parts, headers={"Idempotency-Key": key or str(uuid4())})

    def raw(
        self,
        method: str,
        path: str,
        content: bytes = b"",
        content_type: str = "application/json",
        *,
        headers: dict[str, str] | None = None,
        **environ: Any,
    ) -> Any:
        """Any bytes under any headers, as a careless or hostile client sends them."""
        known = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
        return self._send(
            method,
            path,
            body=content,
            content_type=content_type,
            headers=known | (headers or {}),
            environ=environ,
        )

    def _send(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        headers: dict[str, str] | None = None,
        query_params: dict[str, Any] | None = None,
        multipart: dict[str, Any] | None = None,
        content_type: str = "application/json",
        environ: dict[str, Any] | None = None,
    ) -> Any:
        options: dict[str, Any] = {"headers": self.headers | (headers or {}), **(environ or {})}
        if query_params:
            options["query_params"] = query_params
        if multipart is not None:
            options["data"] = multipart
        elif body is not None:
            options |= {"data": body, "content_type": content_type}
        stamps.forget()  # a test is one transaction; every request of life is its own
        before = current_reach() if connection.in_atomic_block else None
        if isinstance(body, bytes):
            response = self.client.generic(method, f"/api/v1{path}", **options)
        else:
            response = getattr(self.client, method.lower())(f"/api/v1{path}", **options)
        if before is not None:
            # A released savepoint leaves its reach behind; a request must not lend it to the test.
            set_reach(Reach(*before[:3]), user_id=int(before[3]) if before[3] else None)
        _check_declared(method, path.split("?", maxsplit=1)[0], response.status_code)
        return response


def _check_declared(method: str, path: str, status: int) -> None:
    for known, pattern, statuses in _operations():
        if known == method and pattern.match(f"/api/v1{path}"):
            assert status in statuses, (
                f"{method} {path} answered {status}, which the API document does not declare"
            )
            return
    raise AssertionError(f"{method} {path} is not in the API document")
