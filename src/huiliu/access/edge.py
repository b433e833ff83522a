"""The one way an operation gets onto the API: scope, transaction, reach, idempotency, problems.

    router = EdgeRouter(tag="partners", module="partners")

    @router.get("/partners", scope="partners:read", response=Page[PartnerOut])
    def list_partners(request: ActorRequest, query: Query[PartnerQuery]) -> ...

Every request is one transaction. It sets the reach of its actor before the view runs and is rolled back
on every refusal. A POST carries an Idempotency-Key; its answer is stored in the same transaction.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.responses import Status

from huiliu.access import authentication
from huiliu.access.types import Actor
from huiliu.kernel.refusals import DomainError
from huiliu.platform import database, modules
from huiliu.platform.errors import ScopeMissing
from huiliu.platform.http import idempotency, limits, problem
from huiliu.platform.http.faults import of_exception


class ActorRequest(HttpRequest):
    """A request behind the edge."""

    actor: Actor
    now: datetime
    keep_writes: bool


#: One router for all modules: two of them may own verbs of one path (list orders, submit an order).
_shared = Router()


def all_operations() -> Router:
    """Every operation that has been imported, fixed words before parameters."""
    paths = _shared.path_operations
    for path in sorted(paths, key=lambda path: (path.count("{"), path)):
        paths[path] = paths.pop(path)
    return _shared


class EdgeRouter:
    """A ninja router whose operations pass the edge; `public=True` is only for signing in."""

    def __init__(self, *, tag: str, module: str) -> None:
        self.router = _shared
        self.tag = tag
        self.module = module

    def get(self, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return self._add("GET", path, **options)

    def post(self, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return self._add("POST", path, **options)

    def put(self, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return self._add("PUT", path, **options)

    def delete(self, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return self._add("DELETE", path, **options)

    def _add(
        self,
        method: str,
        path: str,
        *,
        scope: str | None = None,
        public: bool = False,
        response: Any = None,
        status: int = 200,
        errors: Sequence[type[DomainError]] = (),
        idempotent: bool = True,
        operation_id: str | None = None,
        summary: str | None = None,
        limit: str = "default",
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        if (scope is None) == (not public):
            raise ValueError(f"{method} {path}: name a scope, or say public=True.")

        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            wants_key = method == "POST" and idempotent and not public
            edge = _edge(scope=scope, public=public, wants_key=wants_key, module=self.module, limit=limit)

            def contribute(operation: Any) -> None:
                operation.csrf_exempt = True
                operation.view_func = _with_status(operation.view_func, status)
                operation.run = edge(operation.run)
                operation._run_decorators = [edge]  # noqa: SLF001 - ninja re-applies these on a clone

            view._ninja_contribute_to_operation = [contribute]  # type: ignore[attr-defined]  # noqa: SLF001
            self.router.api_operation(
                [method],
                path,
                response=_responses(response, status=status, errors=errors, public=public, has_key=wants_key),
                tags=[self.tag],
                operation_id=operation_id or view.__name__,
                summary=summary,
                openapi_extra=_openapi(scope=scope, wants_key=wants_key, errors=errors),
            )(view)
            return view

        return decorate


def _with_status(view: Callable[..., Any], status: int) -> Callable[..., Any]:
    """The view, its plain answers going out under the declared status."""
    if status == 200:
        return view

    @functools.wraps(view)
    def answering(*args: Any, **kwargs: Any) -> Any:
        result = view(*args, **kwargs)
        return result if isinstance(result, HttpResponse | Status) else Status(status, result)

    return answering


def _responses(
    response: Any, *, status: int, errors: Sequence[type[DomainError]], public: bool, has_key: bool
) -> dict[int, Any]:
    statuses = {422, 429, 503, 400, 413} | {problem.STATUS[error.kind] for error in errors}
    if not public:
        statuses |= {401, 403, 404}
    if has_key:
        statuses |= {409}
    declared: dict[int, Any] = dict.fromkeys(sorted(statuses), problem.Problem)
    declared[status] = response  # None: no body
    return declared


def _openapi(*, scope: str | None, wants_key: bool, errors: Sequence[type[DomainError]]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if scope:
        extra["security"] = [{"session": []}, {"bearer": [scope]}]
        extra["x-scope"] = scope
    if errors:
        extra["x-refusals"] = sorted(error.code for error in errors)
    if wants_key:
        extra["parameters"] = [
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": True,
                "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
                "description": "A new value per intended action; the same value with the same input repeats the answer.",
            }
        ]
    return extra


def _edge(
    *, scope: str | None, public: bool, wants_key: bool, module: str, limit: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What runs around an operation; kept as a factory because ninja re-applies it on a clone."""

    def wrap(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def operation(request: Any, **path_parameters: Any) -> HttpResponse:
            request.now = authentication.now_utc()
            quota = limits.take(request, limit)
            try:
                quota.check()
                with transaction.atomic():
                    modules.require_on(module)
                    key = "" if public else _enter(request, scope=scope or "", wants_key=wants_key)
                    response = _answer(run, request, path_parameters, key)
            except DomainError as refusal:
                response = problem.of_refusal(refusal)
            except Exception as error:  # noqa: BLE001 - the last line: every fault becomes a problem document
                response = of_exception(error)
            quota.write_headers(response)
            return response

        return operation

    return wrap


def _enter(request: Any, *, scope: str, wants_key: bool) -> str:
    """Who asks, with which reach and scope; returns the idempotency key of the request, or ""."""
    actor = authentication.authenticate(request)
    request.actor = actor
    database.set_reach(actor.reach, user_id=actor.user_id)
    if scope not in actor.scopes:
        raise ScopeMissing("Your role does not include this action.", scope=scope)
    return idempotency.key_of(request) if wants_key else ""


def _answer(
    run: Callable[..., HttpResponse], request: Any, parameters: dict[str, Any], key: str
) -> HttpResponse:
    """Run the view once per key; a refusal rolls everything back, the key included."""
    if key:
        actor: Actor = request.actor
        earlier = idempotency.begin(
            request=request,
            key=key,
            user_id=actor.user_id or 0,
            owner_path=actor.organization_path,
            now=request.now,
        )
        if earlier is not None:
            return earlier
    response = run(request, **parameters)
    if response.status_code >= 400:
        # Signing in counts its failures: the one refusal that leaves a row behind.
        if not getattr(request, "keep_writes", False):
            transaction.set_rollback(True)
    elif key:
        idempotency.finish(key=key, user_id=request.actor.user_id or 0, response=response)
    return response
