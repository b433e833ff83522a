"""problem+json (RFC 9457): every refusal leaves the house through this file."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from huiliu.kernel.refusals import DomainError, Kind
from huiliu.platform.http.context import request_id

STATUS: dict[Kind, int] = {
    Kind.INVALID: 422,
    Kind.NOT_FOUND: 404,
    Kind.FORBIDDEN: 403,
    Kind.CONFLICT: 409,
    Kind.BUSY: 503,
    Kind.UNAUTHENTICATED: 401,
    Kind.TOO_MANY: 429,
    Kind.TOO_LARGE: 413,
    Kind.PRECONDITION: 412,
    Kind.PRECONDITION_MISSING: 428,
    Kind.UNSUPPORTED: 415,
}


class FieldProblem(Schema):
    """One field that was refused, and why."""

    field: str
    reason: str
    code: str = Field(
        default="",
        description="What sort of mistake it is: a refusal's code, or `input.` with a rule of the shape.",
    )


class Problem(Schema):
    """Why a request was refused and what to do about it."""

    type: str = Field(description="A link to the refusal's page in the reference.")
    code: str = Field(description="Stable machine-readable code, for example `orders.credit_exceeded`.")
    title: str
    status: int
    detail: str
    remedy: str
    facts: dict[str, Any] = Field(default_factory=dict, description="The figures behind the refusal.")
    fields: list[FieldProblem] = Field(default_factory=list)
    reference: str = Field(description="Say this number when you ask for help.")


def encode(value: Any) -> bytes:
    """JSON as this API writes it: Decimal and UUID as strings."""
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)


def response(
    *,
    code: str,
    title: str,
    status: int,
    detail: str,
    remedy: str,
    facts: dict[str, Any] | None = None,
    fields: list[dict[str, str]] | None = None,
) -> HttpResponse:
    body = {
        "type": f"/api/docs#{code}",
        "code": code,
        "title": title,
        "status": status,
        "detail": detail,
        "remedy": remedy,
        "facts": facts or {},
        "fields": fields or [],
        "reference": request_id(),
    }
    return HttpResponse(encode(body), status=status, content_type="application/problem+json")


def of_refusal(refusal: DomainError) -> HttpResponse:
    """The answer for a refusal; `field` and `fields` among its facts point at the input."""
    facts = {key: value for key, value in refusal.facts.items() if key not in ("field", "fields")}
    fields = list(refusal.facts.get("fields", ()))
    if "field" in refusal.facts:
        fields.append({"field": str(refusal.facts["field"]), "reason": str(refusal), "code": refusal.code})
    answer = response(
        code=refusal.code,
        title=refusal.code.split(".")[-1].replace("_", " ").capitalize(),
        status=STATUS[refusal.kind],
        detail=str(refusal),
        remedy=refusal.remedy(),
        facts=facts,
        fields=fields,
    )
    if refusal.kind in (Kind.TOO_MANY, Kind.BUSY):
        answer["Retry-After"] = str(facts.get("retry_after_seconds", 1))
    return answer
