"""What others may ask: the metrics there are, their figures, the documents behind a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiliu.access.types import Actor
from huiliu.insights import answering, drilling, exporting
from huiliu.insights.definitions import catalog
from huiliu.insights.types import Answer, Dimension, DrillRow, Freshness, Metric, MetricQuery
from huiliu.insights.warehouse import engine

__all__ = ["dimensions_of", "drill", "export_rows", "freshness", "metric", "metrics", "query_metrics"]


def metrics() -> list[Metric]:
    """Every metric that is meant to be shown, in the order of the files."""
    return [metric for metric in catalog().metrics.values() if metric.is_shown]


def metric(name: str) -> Metric:
    """Raises: MetricUnknown."""
    return catalog().metric(name)


def dimensions_of(metric: Metric) -> list[Dimension]:
    """What the metric can be grouped and filtered by."""
    return catalog().dimensions_of(metric)


def query_metrics(*, actor: Actor, query: MetricQuery, fiscal_start_day: int = 1, now: datetime) -> Answer:
    """The figures of a query, as far as the actor reaches.

    Needs:  the actor's transaction (its range is read there).
    Raises: QueryInvalid, MetricUnknown, DimensionUnavailable, CurrencyNeeded, WarehouseNotReady.
    """
    run = answering.start(actor, fiscal_start_day=fiscal_start_day)
    try:
        return answering.answer(query=query, run=run, catalog=catalog(), now=now)
    finally:
        run.close()


def drill(
    *,
    actor: Actor,
    query: MetricQuery,
    cell: dict[str, str | None],
    after: list[Any] | None = None,
    limit: int = 50,
    fiscal_start_day: int = 1,
) -> tuple[list[DrillRow], list[Any] | None]:
    """The document rows behind one cell of a query, newest first, and the key of the next page.

    Shape:  `cell` maps the query's dimensions to the keys of the row that was clicked; None is unknown.
    Raises: as `query_metrics`.
    """
    answering.check(query, catalog())
    at = drilling.at_cell(query, cell, fiscal_start_day=fiscal_start_day)
    run = answering.start(actor, fiscal_start_day=fiscal_start_day)
    try:
        return drilling.page(query=at, run=run, catalog=catalog(), after=after, limit=limit)
    finally:
        run.close()


def export_rows(
    *, actor: Actor, query: MetricQuery, fiscal_start_day: int = 1, locale: str, now: datetime
) -> Iterator[list[exporting.Cell]]:
    """Heading and rows of the same answer for a file."""
    found = query_metrics(
        actor=actor, query=replace(query, with_total=False), fiscal_start_day=fiscal_start_day, now=now
    )
    return exporting.rows(found, catalog(), locale=locale)


def freshness(*, now: datetime) -> Freshness:
    """How old the youngest figure may be.

    Raises: WarehouseNotReady.
    """
    return answering.freshness(engine.manifest(), now=now)
