"""Metrics over HTTP: definitions, figures, the documents behind them, a file of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from ninja import Path

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.insights import exporting, selectors
from huiliu.insights.dimensions import DIMENSIONS
from huiliu.insights.drilling import CURSOR_SIZE
from huiliu.insights.errors import (
    CurrencyNeeded,
    DimensionUnavailable,
    MetricUnknown,
    QueryInvalid,
    QueryTooLarge,
    WarehouseNotReady,
)
from huiliu.insights.exporting import FileFormat
from huiliu.insights.schemas import (
    AnswerOut,
    DimensionOut,
    DrillIn,
    DrillOut,
    MetricOut,
    MetricQueryIn,
    MetricsOut,
)
from huiliu.insights.types import Answer, Dimension, Figures, Metric
from huiliu.kernel.period import Period
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.http.cursor import decode_cursor, encode_cursor
from huiliu.platform.http.problem import encode

router = EdgeRouter(tag="metrics", module="insights")
_BINARY = {"schema": {"type": "string", "format": "binary"}}
REFUSALS = [
    MetricUnknown,
    QueryInvalid,
    DimensionUnavailable,
    CurrencyNeeded,
    QueryTooLarge,
    WarehouseNotReady,
]


@router.get("/metrics", scope="metrics:read", response=MetricsOut, summary="The metrics there are")
def list_metrics(request: ActorRequest) -> dict[str, Any]:
    return {"items": [_metric(metric) for metric in selectors.metrics()]}


@router.post(
    "/metrics/query",
    scope="metrics:read",
    response=AnswerOut,
    errors=REFUSALS,
    idempotent=False,
    summary="Figures by dimensions",
)
def query_metrics(request: ActorRequest, body: MetricQueryIn) -> HttpResponse:
    answer = selectors.query_metrics(
        actor=request.actor, query=body.query(), fiscal_start_day=body.fiscal_start_day, now=request.now
    )
    # Thousands of rows of our own making: written as they are, not validated once more.
    return HttpResponse(encode(_answer(answer)), content_type="application/json")


@router.post(
    "/metrics/drill",
    scope="metrics:read",
    response=DrillOut,
    errors=[*REFUSALS, CursorInvalid],
    idempotent=False,
    summary="The document rows behind a figure",
)
def drill_metric(request: ActorRequest, body: DrillIn) -> dict[str, Any]:
    rows, following = selectors.drill(
        actor=request.actor,
        query=body.query(),
        cell=body.cell,
        after=decode_cursor(body.cursor, size=CURSOR_SIZE),
        limit=body.limit,
        fiscal_start_day=body.fiscal_start_day,
    )
    items = [
        asdict(row)
        | {"document_id": str(row.document_id), "order_id": str(row.order_id) if row.order_id else None}
        for row in rows
    ]
    return {"items": items, "next_cursor": encode_cursor(following) if following else None}


@router.post(
    "/metrics/export",
    scope="exports:run",
    response=str,
    errors=REFUSALS,
    idempotent=False,
    summary="The figures as a file",
)
def export_metrics(
    request: ActorRequest, body: MetricQueryIn, file_format: FileFormat = FileFormat.CSV
) -> HttpResponse:
    lines = selectors.export_rows(
        actor=request.actor,
        query=body.query(),
        fiscal_start_day=body.fiscal_start_day,
        locale=request.actor.locale,
        now=request.now,
    )
    return HttpResponse(
        exporting.as_file(file_format, lines),
        content_type=exporting.MEDIA_TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="metrics.{file_format}"'},
    )


for _operation in router.router.path_operations["/metrics/export"].operations:
    # ninja knows one media type for all answers; this one is a file of two kinds.
    _operation.openapi_extra = (_operation.openapi_extra or {}) | {
        "responses": {
            200: {"content": {kind.partition(";")[0]: _BINARY for kind in exporting.MEDIA_TYPES.values()}}
        }
    }


@router.get(
    "/metrics/{name}",
    scope="metrics:read",
    response=MetricOut,
    errors=[MetricUnknown],
    summary="What a metric means",
)
def get_metric(request: ActorRequest, name: Path[str]) -> dict[str, Any]:
    return _metric(selectors.metric(name))


def _dimension(dimension: Dimension) -> dict[str, Any]:
    return {field: getattr(dimension, field) for field in DimensionOut.model_fields}


def _metric(metric: Metric) -> dict[str, Any]:
    given = asdict(metric) | {
        "numerator": metric.numerator or None,
        "denominator": metric.denominator or None,
        "plus": list(metric.plus),
        "minus": list(metric.minus),
        "dimensions": [_dimension(dimension) for dimension in selectors.dimensions_of(metric)],
    }
    return {field: given[field] for field in MetricOut.model_fields}


def _period(period: Period[Any] | None) -> dict[str, Any] | None:
    return {"start": period.start, "end": period.end} if period else None


def _figures(row: Figures) -> dict[str, Any]:
    return {
        "keys": row.keys,
        "labels": row.labels,
        "values": row.values,
        "before": row.before,
        "growth": row.growth,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    columns = [selectors.metric(name) for name in answer.query.metrics]
    return {
        "dimensions": [_dimension(DIMENSIONS[name]) for name in answer.query.dimensions],
        "metrics": [{"name": m.name, "zh": m.zh, "en": m.en, "unit": m.unit} for m in columns],
        "rows": [_figures(row) for row in answer.rows],
        "total": _figures(answer.total) if answer.total else None,
        "period": _period(answer.query.period),
        "compared_with": _period(answer.compared_with),
        "is_cut": answer.is_cut,
        "currency": answer.currency,
        "freshness": asdict(answer.freshness),
        "sql": answer.sql,
        "engine_ms": answer.engine_ms,
    }
