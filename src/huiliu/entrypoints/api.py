"""The API: every module's router under /api/v1, one OpenAPI document."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from pydantic import ConfigDict

from huiliu.access.edge import all_operations
from huiliu.platform.http import bodies, described, problem
from huiliu.platform.http.faults import of_exception

#: Modules that have an `api.py` with `router: EdgeRouter`, in the order of the document.
MODULES = (
    "platform",
    "access",
    "flows.partner_desk",
    "partners",
    "catalog",
    "policies",
    "pricing",
    "credit",
    "inventory",
    "receivables",
    "orders",
    "orders.fulfilment",
    "orders.complaints",
    "flows",
    "flows.shop",
    "flows.logistics",
    "flows.administration",
    "flows.work",
    "flows.desk",
    "flows.pricing_desk",
    "insights",
    "integrations",
)


class BodyParser(Parser):
    """What the edge has parsed and judged already, once."""

    def parse_body(self, request: HttpRequest) -> Any:
        return bodies.read(request)


class JsonRenderer(BaseRenderer):
    """Decimals and UUIDs as strings, by orjson."""

    media_type = "application/json"
    charset = "utf-8"

    def render(self, request: Any, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002
        return problem.encode(data)


# A response field with a default is still always present: clients must not see it as optional.
Schema.model_config = ConfigDict(**Schema.model_config, json_schema_serialization_defaults_required=True)


def _answer(_request: HttpRequest, error: Any) -> HttpResponse:
    return of_exception(error)


def build() -> NinjaAPI:
    """The API with every module that is there."""
    api = NinjaAPI(
        title="Huiliu API",
        version="1",
        description="One connected channel: orders, goods, money and policies of every tier.",
        docs_url=None,
        openapi_url=None,
        renderer=JsonRenderer(),
        parser=BodyParser(),
        urls_namespace="api-v1",
    )
    for exception in (Exception, ValidationError, HttpError):
        api.add_exception_handler(exception, _answer)
    for name in MODULES:
        if find_spec(f"huiliu.{name}.api") is not None:
            import_module(f"huiliu.{name}.api")
    api.add_router("", all_operations())
    return api


def document(api: NinjaAPI) -> dict[str, Any]:
    """The OpenAPI document as committed in docs/reference/openapi.json."""
    schema = dict(described.Document(api, "/api/v1"))
    schema.setdefault("components", {})["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "huiliu_session"},
        "bearer": {"type": "http", "scheme": "bearer"},
    }
    for path in schema["paths"].values():
        for operation in path.values():
            _problems_are_problems(operation)
    return schema


def _problems_are_problems(operation: dict[str, Any]) -> None:
    for status, answer in operation.get("responses", {}).items():
        content = answer.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            answer["content"] = {"application/problem+json": content["application/json"]}
