"""Runs a metric query: shape, reach, parameters, comparison, and figures as text."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from huiliu.access.types import Actor
from huiliu.insights import compile as compiler
from huiliu.insights import rules
from huiliu.insights.compile import Shape
from huiliu.insights.definitions import Catalog
from huiliu.insights.dimensions import DIMENSIONS, grain_of
from huiliu.insights.errors import CurrencyNeeded, QueryInvalid, QueryTooLarge, WarehouseNotReady
from huiliu.insights.types import (
    Aggregate,
    Answer,
    Comparison,
    DimensionKind,
    Figures,
    Freshness,
    Grain,
    Metric,
    MetricQuery,
    Unit,
)
from huiliu.insights.warehouse import engine
from huiliu.insights.warehouse.engine import Manifest
from huiliu.kernel.period import Period
from huiliu.platform.database import one

LIMIT_MAX = 10_000
COMPARED_MAX = 500_000  # rows of the other period that are held to be matched
DIMENSIONS_MAX = 5
METRICS_MAX = 12
EARLIEST, LATEST = date(1980, 1, 1), date(2200, 1, 1)
PERIODS_MAX = 4_000
DECIMALS = {Unit.MONEY: 2}


@dataclass
class Run:
    """A connection with the actor's reach on it, for one query."""

    connection: duckdb.DuckDBPyConnection
    manifest: Manifest
    fiscal_start_day: int
    is_ranged: bool
    engine_ms: float = 0.0

    def rows(self, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Run the statement with those of `values` it names.

        Raises: WarehouseNotReady when a file went missing under the reader; QueryTooLarge.
        """
        named = {name: values[name] for name in set(re.findall(r"\$(\w+)", sql))}
        began = time.perf_counter()
        try:
            return self.connection.execute(sql, named).fetchall()
        except duckdb.IOException as error:
            raise WarehouseNotReady("A file of the figures is missing; it is being made anew.") from error
        except duckdb.OutOfMemoryException as error:
            raise QueryTooLarge("This query needs more memory than a query may take.") from error
        finally:
            self.engine_ms += (time.perf_counter() - began) * 1000

    def close(self) -> None:
        self.connection.close()


def start(actor: Actor, *, fiscal_start_day: int) -> Run:
    """A run that sees what the actor reaches: the organizations of its range as the tree is now.

    The range is read in the actor's own transaction, so a moved partner is gone at once, whatever the
    warehouse still remembers of the tree.
    """
    connection, manifest = engine.cursor()
    is_ranged = not actor.reach.everything
    if is_ranged:
        row = one(
            "SELECT coalesce(array_agg(id), '{}') FROM access_organization WHERE path >= %s AND path < %s",
            [actor.reach.lo, actor.reach.hi],
        )
        connection.execute(
            "CREATE TEMP TABLE reach_now AS SELECT unnest($ids::BIGINT[]) AS id", {"ids": row[0]}
        )
    return Run(connection, manifest, fiscal_start_day, is_ranged)


def check(query: MetricQuery, catalog: Catalog) -> None:
    """Refuse what cannot be answered, naming the part.

    Raises: QueryInvalid, MetricUnknown.
    """
    if not query.metrics or len(set(query.metrics)) != len(query.metrics) or len(query.metrics) > METRICS_MAX:
        raise QueryInvalid(f"Name one to {METRICS_MAX} metrics, each once.", field="metrics")
    for name in query.metrics:
        catalog.metric(name)
    _check_dimensions(query)
    for name, _ in query.order_by:
        if name not in query.metrics and name not in query.dimensions:
            raise QueryInvalid(f"Order by what is shown; {name!r} is not.", field="order_by")
    if not 1 <= query.limit <= LIMIT_MAX:
        raise QueryInvalid(f"The limit is 1 to {LIMIT_MAX}.", field="limit")
    _check_period(query)


def _check_dimensions(query: MetricQuery) -> None:
    if len(query.dimensions) > DIMENSIONS_MAX or len(set(query.dimensions)) != len(query.dimensions):
        raise QueryInvalid(f"Name at most {DIMENSIONS_MAX} dimensions, each once.", field="dimensions")
    for name in (*query.dimensions, *(given.dimension for given in query.filters)):
        if name not in DIMENSIONS:
            raise QueryInvalid(f"There is no dimension {name!r}.", field="dimensions", dimension=name)
    if sum(grain_of(DIMENSIONS[name]) is not None for name in query.dimensions) > 1:
        raise QueryInvalid("Show one dimension of time.", field="dimensions")
    for given in query.filters:
        if DIMENSIONS[given.dimension].kind is DimensionKind.TIME:
            raise QueryInvalid("Choose days by the period, not by a filter.", field="filters")
        if not given.values:
            raise QueryInvalid("A filter needs at least one value.", field="filters")


def _check_period(query: MetricQuery) -> None:
    end = query.period.end
    if end is None or query.period.start < EARLIEST or end > LATEST:
        raise QueryInvalid(f"Choose days between {EARLIEST} and {LATEST}.", field="end")
    grain = _grain(query)
    if grain and len(rules.periods_in(query.period, grain)) > PERIODS_MAX:
        raise QueryInvalid(
            f"That is more than {PERIODS_MAX} periods; choose a coarser one.", field="dimensions"
        )


def _grain(query: MetricQuery) -> Grain | None:
    return next((grain for name in query.dimensions if (grain := grain_of(DIMENSIONS[name]))), None)


def shape_of(query: MetricQuery, run: Run, *, is_total: bool = False) -> Shape:
    """What of the query changes its SQL."""
    return Shape(
        metrics=query.metrics,
        dimensions=() if is_total else query.dimensions,
        filters=tuple(
            (given.dimension, given.is_excluded, len(_known(given.values)), "" in given.values)
            for given in query.filters
        ),
        order_by=() if is_total else query.order_by,
        is_ranged=run.is_ranged,
        fiscal_start_day=run.fiscal_start_day,
    )


def _known(values: Sequence[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]


def values_of(query: MetricQuery, period: Period[date], *, limit: int) -> dict[str, Any]:
    """The parameters of the query's SQL for one of its periods."""
    values: dict[str, Any] = {"start": period.start, "stop": period.end, "limit": limit}
    for index, given in enumerate(query.filters):
        values |= {f"f{index}_{number}": value for number, value in enumerate(_known(given.values))}
    return values


def answer(*, query: MetricQuery, run: Run, catalog: Catalog, now: datetime) -> Answer:
    """The figures of the query.

    Raises: QueryInvalid, MetricUnknown, DimensionUnavailable, CurrencyNeeded, WarehouseNotReady.
    """
    check(query, catalog)
    currency = _currency(query, run, catalog)
    sql = compiler.compiled(shape_of(query, run), catalog)
    found = _figures(query, run, sql, query.period, limit=query.limit + 1)
    rows = found[: query.limit]
    compared = None
    writer = _Writer(query, catalog)
    if query.compare is not Comparison.NONE:
        compared = rules.comparison_period(query.period, query.compare, by_week=_grain(query) is Grain.WEEK)
        writer.compare_with(_figures(query, run, sql, compared, limit=COMPARED_MAX), compared, run)
    total = _total(query, run, catalog, writer, compared) if query.with_total else None
    return Answer(
        query=query,
        rows=tuple([writer.figures(row) for row in rows]),
        total=total,
        compared_with=compared,
        is_cut=len(found) > query.limit,
        currency=currency,
        freshness=freshness(run.manifest, now=now),
        sql=sql,
        engine_ms=round(run.engine_ms, 3),
    )


def freshness(manifest: Manifest, *, now: datetime) -> Freshness:
    """How old the youngest figure may be."""
    at = manifest.complete_at
    age = max((now - at).total_seconds(), 0.0) if at else None
    return Freshness(at, age, manifest.version)


def _currency(query: MetricQuery, run: Run, catalog: Catalog) -> str | None:
    """The one currency of the answer, None when it is a dimension or nothing is money.

    Raises: CurrencyNeeded.
    """
    if not any(Unit.MONEY is _money(catalog.metric(name), catalog) for name in query.metrics):
        return None
    if "currency" in query.dimensions:
        return None
    chosen = [
        given.values for given in query.filters if given.dimension == "currency" and not given.is_excluded
    ]
    if chosen and len(chosen[0]) == 1:
        return chosen[0][0]
    if len(run.manifest.currencies) > 1:
        raise CurrencyNeeded(
            "There are amounts in several currencies.",
            field="filters",
            currencies=list(run.manifest.currencies),
        )
    return run.manifest.currencies[0] if run.manifest.currencies else None


def _money(metric: Metric, catalog: Catalog) -> Unit:
    """MONEY when amounts stand behind the metric, even behind a rate."""
    columns = {measure.column for measure in catalog.parts_of(metric) if measure.aggregate is Aggregate.SUM}
    return Unit.MONEY if columns & {"gross_amount", "net_amount"} else metric.unit


def _figures(
    query: MetricQuery, run: Run, sql: str, period: Period[date], *, limit: int
) -> list[tuple[Any, ...]]:
    """Rows of (key, label) pairs and values; balances by period need the list of periods."""
    grain = _grain(query)
    if grain is not None and "query_periods" in sql:
        named = rules.periods_in(period, grain, fiscal_start_day=run.fiscal_start_day)
        run.connection.execute(
            "CREATE OR REPLACE TEMP TABLE query_periods AS"
            " SELECT unnest($names::DATE[]) AS name, unnest($starts::DATE[]) AS start, unnest($stops::DATE[]) AS stop",
            {
                "names": [name for name, _ in named],
                "starts": [days.start for _, days in named],
                "stops": [days.end for _, days in named],
            },
        )
    rows = run.rows(sql, values_of(query, period, limit=limit))
    # DuckDB truncates a day to an instant; a period is named by its day.
    return [
        tuple(value.date() if isinstance(value, datetime) else value for value in row) if grain else row
        for row in rows
    ]


class _Writer:
    """Turns rows of the engine into figures; everything that is the same for all rows is worked out once."""

    def __init__(self, query: MetricQuery, catalog: Catalog) -> None:
        self.query = query
        self.decimals = [DECIMALS.get(catalog.metric(name).unit, 0) for name in query.metrics]
        self.width = 2 * len(query.dimensions)
        grains = [grain_of(DIMENSIONS[name]) for name in query.dimensions]
        self.grain = next((grain for grain in grains if grain), None)
        self.time_at = next((index for index, grain in enumerate(grains) if grain), -1)
        self.before: dict[tuple[Any, ...], tuple[Any, ...]] | None = None
        self.named_before: dict[date, date] = {}
        self.names: dict[date, tuple[str, str]] = {}

    def compare_with(self, rows: list[tuple[Any, ...]], compared: Period[date], run: Run) -> None:
        """Set every row against the one of the other period with the same keys, the period's name apart."""
        self.before = {row[0 : self.width : 2]: row[self.width :] for row in rows}
        if self.grain is None:
            return
        ours, theirs = (
            [name for name, _ in rules.periods_in(days, self.grain, fiscal_start_day=run.fiscal_start_day)]
            for days in (self.query.period, compared)
        )
        if self.query.compare is Comparison.PREVIOUS_PERIOD:
            self.named_before = dict(zip(ours, theirs, strict=False))
        else:
            self.named_before = {
                name: rules.shifted(
                    name,
                    period=self.query.period,
                    comparison=self.query.compare,
                    by_week=self.grain is Grain.WEEK,
                )
                for name in ours
            }

    def figures(self, row: tuple[Any, ...]) -> Figures:
        """One row: keys and labels as texts, values written, growth computed."""
        keys = [None if value is None else str(value) for value in row[0 : self.width : 2]]
        labels = [None if value is None else str(value) for value in row[1 : self.width : 2]]
        if self.grain is not None and row[2 * self.time_at] is not None:
            keys[self.time_at], labels[self.time_at] = self._named(row[2 * self.time_at])
        return self.row(tuple(keys), tuple(labels), row[self.width :], self._others(row))

    def _named(self, name: date) -> tuple[str, str]:
        found = self.names.get(name)
        if found is None and self.grain is not None:
            found = self.names[name] = (name.isoformat(), rules.label_of(name, self.grain))
        return found or (name.isoformat(), name.isoformat())

    def _others(self, row: tuple[Any, ...]) -> Sequence[Any] | None:
        if self.before is None:
            return None
        key = list(row[0 : self.width : 2])
        if self.time_at >= 0:
            key[self.time_at] = self.named_before.get(key[self.time_at])
        return self.before.get(tuple(key), (None,) * len(self.decimals))

    def row(
        self,
        keys: tuple[str | None, ...],
        labels: tuple[str | None, ...],
        values: Sequence[Any],
        others: Sequence[Any] | None,
    ) -> Figures:
        """Values, and beside them those of the comparison with the growth."""
        shown = self._written(values)
        if others is None:
            return Figures(keys, labels, shown)
        growth = (rules.growth(_decimal(v), _decimal(o)) for v, o in zip(values, others, strict=True))
        return Figures(
            keys,
            labels,
            shown,
            self._written(others),
            tuple(rules.written(value, decimals=0) for value in growth),
        )

    def _written(self, values: Sequence[Any]) -> tuple[str | None, ...]:
        return tuple(
            [rules.written(value, decimals=d) for value, d in zip(values, self.decimals, strict=True)]
        )


def _decimal(value: Any) -> Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    return Decimal(repr(value))


def _total(
    query: MetricQuery, run: Run, catalog: Catalog, writer: _Writer, compared: Period[date] | None
) -> Figures:
    """The figures without dimensions: asked of the engine, since not everything may be added up."""
    sql = compiler.compiled(shape_of(query, run, is_total=True), catalog)
    values = run.rows(sql, values_of(query, query.period, limit=1))[0]
    others = run.rows(sql, values_of(query, compared, limit=1))[0] if compared else None
    return writer.row((), (), values, others)
