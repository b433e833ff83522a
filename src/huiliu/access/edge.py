"""The one way an operation gets onto the API: scope, transaction, reach, idempotency, problems.

    router = EdgeRouter(tag="partners", module="partners")

    @router.get("/partners", scope="partners:read", response=Page[PartnerOut])
    def list_partners(request: ActorRequest, query: Query[PartnerQuery]) -> ...

Every request is one transaction. It sets the reach of its actor before the view runs and is rolled back
on every refusal. A POST carries an Idempotency-Key; its answer is stored in the same transaction.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.responses import Status

from huiliu.access import authentication
from huiliu.access.types import Actor
from huiliu.kernel.refusals import DomainError
from huiliu.platform import database, modules, stamps
from huiliu.platform.errors import ScopeMissing, Stale, VersionMissing
from huiliu.platform.http import bodies, described, etag, idempotency, limits, problem
from huiliu.platform.http.faults import of_exception


class ActorRequest(HttpRequest):
    """A request behind the edge."""

    actor: Actor
    now: datetime
    keep_writes: bool


described.share_response_models()

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
            versioned = _versioned(method, view, response)
            told = [*errors, Stale, VersionMissing] if versioned is not None and method == "PUT" else errors
            shape = _Shape(scope or "", public, wants_key, self.module, limit, versioned)
            edge = _edge(shape)

            def contribute(operation: Any) -> None:
                operation.csrf_exempt = True
                operation.view_func = _with_status(operation.view_func, status)
                shape.query = _query_names(operation)
                operation.run = edge(operation.run)
                operation._run_decorators = [edge]  # noqa: SLF001 - ninja re-applies these on a clone

            view._ninja_contribute_to_operation = [contribute]  # type: ignore[attr-defined]  # noqa: SLF001
            self.router.api_operation(
                [method],
                path,
                response=_responses(response, status=status, errors=told, shape=shape, method=method),
                tags=[self.tag],
                operation_id=operation_id or view.__name__,
                summary=summary,
                openapi_extra=_openapi(shape, errors=told, method=method),
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


@dataclass(slots=True)
class _Shape:
    """What the edge must know of one operation.

    `versioned`: None when it reads or edits nothing with a version; else whether its body must name one.
    `query` is filled in when ninja has read the view's signature.
    """

    scope: str
    public: bool
    wants_key: bool
    module: str
    limit: str
    versioned: bool | None
    query: frozenset[str] = frozenset()


def _versioned(method: str, view: Callable[..., Any], response: Any) -> bool | None:
    """Whether a GET answers one thing with a version, or a PUT takes one; True when it must be given."""
    if method == "GET":
        return None if "version" not in getattr(response, "model_fields", {}) else False
    if method != "PUT":
        return None
    body = inspect.signature(view, eval_str=True).parameters.get("body")
    fields = getattr(body.annotation, "model_fields", {}) if body else {}
    return fields["version"].is_required() if "version" in fields else None


def _query_names(operation: Any) -> frozenset[str]:
    return frozenset(
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    )


def _responses(
    response: Any, *, status: int, errors: Sequence[type[DomainError]], shape: _Shape, method: str
) -> dict[int, Any]:
    statuses = {422, 429, 503, 400, 413} | {problem.STATUS[error.kind] for error in errors}
    if not shape.public:
        statuses |= {401, 403, 404}
    if shape.wants_key:
        statuses |= {409}
    if method in bodies.METHODS_WITH_BODY:
        statuses |= {415}
    declared: dict[int, Any] = dict.fromkeys(sorted(statuses), problem.Problem)
    declared[status] = response  # None: no body
    if shape.versioned is not None and method == "GET":
        declared[304] = None
    return declared


def _openapi(shape: _Shape, *, errors: Sequence[type[DomainError]], method: str) -> dict[str, Any]:
    extra: dict[str, Any] = {"x-module": shape.module}
    if shape.scope:
        extra["security"] = [{"session": []}, {"bearer": [shape.scope]}]
        extra["x-scope"] = shape.scope
    if errors:
        extra["x-refusals"] = sorted({error.code for error in errors})
    if shape.versioned is not None:
        extra["parameters"] = [_version_header(method)]
    if shape.wants_key:
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


def _version_header(method: str) -> dict[str, Any]:
    name = "If-None-Match" if method == "GET" else "If-Match"
    told = (
        "The ETag of the answer you have: 304 when it is still the same."
        if method == "GET"
        else "The ETag you read, instead of `version` in the body: 412 when it was changed since."
    )
    return {
        "in": "header",
        "name": name,
        "required": False,
        "schema": {"type": "string", "pattern": etag.PATTERN},
        "description": told,
    }


def _edge(shape: _Shape) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What runs around an operation; kept as a factory because ninja re-applies it on a clone."""

    def wrap(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def operation(request: Any, **path_parameters: Any) -> HttpResponse:
            request.now = authentication.now_utc()
            quota = limits.take(request, shape.limit)
            try:
                quota.check()
                bodies.check_head(request, urlencoded=shape.public)  # tokens, carriers' pushes
                with transaction.atomic():
                    modules.require_on(shape.module)
                    response = _answer(run, request, path_parameters, shape)
                if shape.versioned is not None:
                    response = etag.answer(request, response)
            except DomainError as refusal:
                response = problem.of_refusal(refusal)
            except Exception as error:  # noqa: BLE001 - the last line: every fault becomes a problem document
                response = of_exception(error)
            quota.write_headers(response)
            return response

        return operation

    return wrap


def _judge(request: Any, shape: _Shape) -> None:
    """What was sent, before any module sees it; only callers who may ask get this far."""
    bodies.check_query(request, known=shape.query)
    body = bodies.read(request)
    if shape.versioned is not None and request.method == "PUT":
        etag.put_version(request, body, required=shape.versioned)


_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def language_of(header: str) -> str | None:
    """The language that a screen asks for first; None for one that the server does not speak."""
    asked = header.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip().lower()
    if asked.startswith(_TRADITIONAL):
        return "zh-Hant"
    return {"zh": "zh-Hans", "en": "en"}.get(asked[:2])


def _reader(actor: Actor, request: Any) -> Actor:
    """The actor in the language of the screen that asks: it may be another one than the person's own."""
    spoken = language_of(request.headers.get("Accept-Language", ""))
    return actor if spoken in (None, actor.locale) else replace(actor, locale=spoken)


def _enter(request: Any, shape: _Shape) -> tuple[database.Claim | None, bool]:
    """Who asks, with which reach and scope; what its key claims, if it has one, and whether that was free."""
    actor = _reader(authentication.authenticate(request), request)
    request.actor = actor
    if shape.scope not in actor.scopes:
        raise ScopeMissing("Your role does not include this action.", scope=shape.scope)
    key = idempotency.key_of(request) if shape.wants_key else ""
    _judge(request, shape)
    claim = None
    if key:
        claim = idempotency.claim_of(
            request=request,
            key=key,
            user_id=actor.user_id or 0,
            owner_path=actor.organization_path,
            now=request.now,
        )
    taken, told = database.enter(actor.reach, user_id=actor.user_id, claim=claim)
    stamps.remember(told)
    return claim, taken


def _answer(
    run: Callable[..., HttpResponse], request: Any, parameters: dict[str, Any], shape: _Shape
) -> HttpResponse:
    """Run the view once per key; a refusal rolls everything back, the key included."""
    claim = None
    if shape.public:
        _judge(request, shape)
    else:
        claim, taken = _enter(request, shape)
        if claim and not taken:
            return idempotency.earlier(claim)
    response = run(request, **parameters)
    if response.status_code >= 400:
        # Signing in counts its failures: the one refusal that leaves a row behind.
        if not getattr(request, "keep_writes", False):
            transaction.set_rollback(True)
    elif claim:
        idempotency.finish(claim, response)
    return response
