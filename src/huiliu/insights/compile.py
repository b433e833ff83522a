"""From a metric query to one SQL statement, by ibis. Knows no actor, no clock and no connection.

Pushed to the engine: filters, joins, group-by, decimal sums, and ratios as float64. Growth is computed on the
small answer. Values never enter the text: they stand as `$name` and travel as parameters, so that the SQL of a
shape is compiled once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any

import ibis
import ibis.expr.types as ir

from huiliu.insights.definitions import Catalog
from huiliu.insights.dimensions import DIMENSIONS, SKU_LOOKUPS, grain_of
from huiliu.insights.errors import DimensionUnavailable
from huiliu.insights.facts import AMOUNT, DIMENSION_TABLES, FACTS
from huiliu.insights.types import Aggregate, Dimension, DimensionKind, Grain, Measure, Metric

_TYPES = {
    "DATE": "date",
    "UUID": "uuid",
    "BIGINT": "int64",
    "INTEGER": "int32",
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    AMOUNT: "decimal(20, 6)",
}
_TRUNCATE = {Grain.DAY: "D", Grain.WEEK: "W", Grain.MONTH: "M", Grain.QUARTER: "Q", Grain.YEAR: "Y"}
_SEGMENT = 7  # of a path: six hex digits and the point


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything about a query that changes its SQL; the values are parameters."""

    metrics: tuple[str, ...]
    dimensions: tuple[str, ...]
    filters: tuple[
        tuple[str, bool, int, bool], ...
    ]  # dimension, excluded, number of values, unknown included
    order_by: tuple[tuple[str, bool], ...]
    is_ranged: bool  # only the organizations of `reach_now`
    fiscal_start_day: int = 1


def parameter(name: str, kind: str) -> ir.Scalar:
    """A value that will be given when the statement runs."""
    return ibis.literal(f"«{name}»").cast(kind)


def as_sql(table: ir.Table) -> str:
    """The statement, with `$name` where a parameter stood."""
    return re.sub(r"'«(\w+)»'", r"$\1", str(ibis.to_sql(table, dialect="duckdb")))


def _table(name: str, columns: Sequence[tuple[str, str]]) -> ir.Table:
    return ibis.table({column: _TYPES[kind] for column, kind in columns}, name=name)


def fact_table(name: str) -> ir.Table:
    return _table(FACTS[name].table, FACTS[name].columns)


def _prefixed(name: str) -> ir.Table:
    """A dimension's table whose columns cannot collide with a fact's."""
    table = _table(f"dim_{name}", DIMENSION_TABLES[name].columns)
    return table.rename({f"{name}__{column}": column for column in table.columns})


def lookup_table(name: str) -> ir.Table:
    if name in SKU_LOOKUPS:
        return ibis.table({"code": "string", "name": "string"}, name=f"dim_{name}")
    return _table(f"dim_{name}", DIMENSION_TABLES[name].columns)


_PERIODS = ibis.table({"name": "date", "start": "date", "stop": "date"}, name="query_periods")
_REACH = ibis.table({"id": "int64"}, name="reach_now")


def time_value(day: ir.DateValue, grain: Grain, fiscal_start_day: int) -> ir.DateValue:
    """The name of the period of a day; must agree with `rules.period_start`."""
    if grain is not Grain.FISCAL_MONTH:
        return day.truncate(_TRUNCATE[grain]).cast("date")
    if fiscal_start_day == 1:
        return day.truncate("M").cast("date")
    shifted = (day - ibis.interval(days=fiscal_start_day - 1)).cast("date").truncate("M")
    return (shifted + ibis.interval(months=1)).cast("date")


class Scan:
    """One pass over one fact for the measures that share it, its date column and its way of dating."""

    def __init__(self, shape: Shape, catalog: Catalog, measures: list[Measure]) -> None:
        self.shape = shape
        self.catalog = catalog
        self.measures = measures
        self.fact = FACTS[measures[0].fact]
        self.day_column = measures[0].date
        self.aggregate = measures[0].aggregate
        self.grains = [
            (index, grain)
            for index, name in enumerate(shape.dimensions)
            if (grain := grain_of(DIMENSIONS[name])) is not None
        ]

    def table(self) -> ir.Table:
        """Columns d0, d1 … and one per measure."""
        rows = self._rows()
        match self.aggregate:
            case Aggregate.AS_OF if self.grains:
                return self._as_of(rows)
            case Aggregate.TRAILING if self.grains:
                return self._trailing(rows)
            case _:
                return self._grouped(rows, self._time_values(rows))

    def filtered(self) -> ir.Table:
        """The rows behind the scan's only measure."""
        rows = self._rows()
        own = self._own_where(rows, self.measures[0])
        return rows if own is None else rows.filter(own)

    def _rows(self) -> ir.Table:
        rows = fact_table(self.fact.name)
        used = {DIMENSIONS[name].kind for name in self.shape.dimensions} | {
            DIMENSIONS[name].kind for name, *_ in self.shape.filters
        }
        if DimensionKind.SKU in used:
            goods = _prefixed("sku")
            rows = rows.left_join(goods, rows.sku_id == goods.sku__id)
        if DimensionKind.ORGANIZATION in used:
            partner = _prefixed("organization")
            rows = rows.left_join(partner, rows.partner_id == partner.organization__id)
        conditions = [*self._dated(rows), *self._common_where(rows)]
        conditions += [self._filter(rows, index) for index in range(len(self.shape.filters))]
        if self.shape.is_ranged:
            parties = [
                rows[name].isin(_REACH.id) for name in ("partner_id", "seller_id") if name in rows.columns
            ]
            conditions.append(reduce(or_, parties))
        return rows.filter(*conditions)

    def _dated(self, rows: ir.Table) -> list[ir.BooleanValue]:
        day = rows[self.day_column]
        end = day < parameter("stop", "date")
        match self.aggregate:
            case Aggregate.AS_OF:
                return [end]
            case Aggregate.TRAILING:
                days = max(measure.days for measure in self.measures)
                first = "stop" if not self.grains else "start"
                return [day >= (parameter(first, "date") - ibis.interval(days=days)).cast("date"), end]
            case _:
                return [day >= parameter("start", "date"), end]

    def _common_where(self, rows: ir.Table) -> list[ir.BooleanValue]:
        """Conditions all measures share filter the rows; the others stand in each aggregate."""
        common = set.intersection(*(set(measure.where) for measure in self.measures))
        return [rows[column].isin(values) for column, values in sorted(common)]

    def _own_where(self, rows: ir.Table, measure: Measure) -> ir.BooleanValue | None:
        common = set.intersection(*(set(other.where) for other in self.measures))
        own = [
            rows[column].isin(values) for column, values in measure.where if (column, values) not in common
        ]
        return reduce(and_, own) if own else None

    def _value(self, rows: ir.Table, dimension: Dimension) -> ir.Value:
        """What the rows are grouped by: a key that is cheap; its code and name are looked up afterwards."""
        match dimension.kind:
            case DimensionKind.TIME:
                return time_value(rows[self.day_column], Grain(dimension.name), self.shape.fiscal_start_day)
            case DimensionKind.ANCESTOR:
                return rows[dimension.column].substr(_SEGMENT * dimension.level, _SEGMENT - 1).nullif("")
            case DimensionKind.ORGANIZATION:
                return rows[f"organization__{dimension.column}"]
            case DimensionKind.SKU:
                return rows[f"sku__{dimension.column}"]
            case DimensionKind.FACT | DimensionKind.LOOKED_UP:
                return rows[dimension.column]

    def _filter(self, rows: ir.Table, index: int) -> ir.BooleanValue:
        name, is_excluded, count, has_unknown = self.shape.filters[index]
        dimension = DIMENSIONS[name]
        kind = "date" if dimension.kind is DimensionKind.TIME else "string"
        values = [parameter(f"f{index}_{number}", kind) for number in range(count)]
        value = self._value(rows, dimension)
        conditions = []
        if values:
            if dimension.kind in (DimensionKind.LOOKED_UP, DimensionKind.ANCESTOR):
                names = lookup_table(dimension.lookup)
                conditions.append(value.isin(names.filter(names.code.isin(values))[dimension.lookup_key]))
            else:
                conditions.append(value.isin(values))
        if has_unknown:
            conditions.append(value.isnull())
        condition = reduce(or_, conditions)
        # An unknown value is not one of the excluded ones, unless "" was named.
        return ~ibis.coalesce(condition, ibis.literal(value=False)) if is_excluded else condition

    def _time_values(self, rows: ir.Table) -> dict[str, ir.Value]:
        return {
            f"d{index}": time_value(rows[self.day_column], grain, self.shape.fiscal_start_day)
            for index, grain in self.grains
        }

    def _other_values(self, rows: ir.Table) -> dict[str, ir.Value]:
        timed = {index for index, _ in self.grains}
        return {
            f"d{index}": self._value(rows, DIMENSIONS[name])
            for index, name in enumerate(self.shape.dimensions)
            if index not in timed
        }

    def _aggregated(self, rows: ir.Table, measure: Measure) -> ir.Value:
        where = self._own_where(rows, measure)
        match measure.aggregate:
            case Aggregate.COUNT:
                return rows.count(where=where)
            case Aggregate.DISTINCT:
                return rows[measure.column].nunique(where=where)
            case Aggregate.PERCENTILE:
                return rows[measure.column].quantile(measure.fraction, where=where)
            case Aggregate.SUM | Aggregate.AS_OF | Aggregate.TRAILING:
                return rows[measure.column].sum(where=where)

    def _grouped(self, rows: ir.Table, time_values: dict[str, ir.Value]) -> ir.Table:
        values = {measure.name: self._aggregated(rows, measure) for measure in self.measures}
        keys = time_values | self._other_values(rows)
        if not keys:
            return rows.aggregate(**values)
        return rows.group_by(**keys).aggregate(**values)

    def _as_of(self, rows: ir.Table) -> ir.Table:
        """The balance at the end of every period: movements by period first, then summed up to each end."""
        index, grain = self.grains[0]
        day = ibis.greatest(rows[self.day_column], parameter("start", "date"))
        moved = self._grouped(rows, {"moved": time_value(day, grain, self.shape.fiscal_start_day)})
        return self._spread(moved, moved.moved <= _PERIODS.name, index)

    def _trailing(self, rows: ir.Table) -> ir.Table:
        """The sum of the last days of every period: movements by day first."""
        index, _ = self.grains[0]
        days = max(measure.days for measure in self.measures)
        moved = self._grouped(rows, {"moved": rows[self.day_column]})
        first = (_PERIODS.stop - ibis.interval(days=days)).cast("date")
        return self._spread(moved, (moved.moved >= first) & (moved.moved < _PERIODS.stop), index)

    def _spread(self, moved: ir.Table, condition: ir.BooleanValue, index: int) -> ir.Table:
        joined = moved.inner_join(_PERIODS, condition)
        others = [column for column in moved.columns if column.startswith("d")]
        return joined.group_by(
            [joined.name.name(f"d{index}"), *(joined[column] for column in others)]
        ).aggregate(**{measure.name: joined[measure.name].sum() for measure in self.measures})


def measures_of(shape: Shape, catalog: Catalog) -> dict[str, Measure]:
    """The measure that serves each measure name of the query's metrics, line-grained where goods are asked for.

    Raises: DimensionUnavailable.
    """
    wanted = [DIMENSIONS[name] for name in (*shape.dimensions, *(name for name, *_ in shape.filters))]
    found = {}
    for name in shape.metrics:
        for part in catalog.parts_of(catalog.metric(name)):
            measure = catalog.measure_for(part, wanted)
            if measure is None:
                raise DimensionUnavailable(
                    f"{name} cannot be shown by these dimensions.",
                    metric=name,
                    dimensions=[
                        d.name for d in wanted if d not in catalog.dimensions_of(catalog.metric(name))
                    ],
                )
            found[part.name] = measure
    return found


def _united(shape: Shape, catalog: Catalog) -> tuple[ir.Table, dict[str, str]]:
    """All scans as one table; and the column that holds each measure name."""
    serving = measures_of(shape, catalog)
    groups: dict[tuple[str, str, str, int], list[Measure]] = defaultdict(list)
    for measure in dict.fromkeys(serving.values()):
        dated = measure.aggregate if measure.aggregate in (Aggregate.AS_OF, Aggregate.TRAILING) else ""
        groups[(measure.fact, measure.date, dated, measure.days)].append(measure)
    scans = [Scan(shape, catalog, group) for group in groups.values()]
    columns = {name: measure.name for name, measure in serving.items()}
    if len(scans) == 1:
        return scans[0].table(), columns
    keys = [f"d{index}" for index in range(len(shape.dimensions))]
    tables = [scan.table() for scan in scans]
    types = {column: table[column].type() for table in tables for column in table.columns}
    values = [column for column in types if column not in keys]
    padded = [
        table.select(
            *keys,
            **{
                column: table[column] if column in table.columns else ibis.null(types[column])
                for column in values
            },
        )
        for table in tables
    ]
    union = ibis.union(*padded)
    # Each value comes from one scan, once a group: the maximum is that value.
    merged = {column: union[column].max() for column in values}
    return (union.group_by(keys).aggregate(**merged) if keys else union.aggregate(**merged)), columns


def _metric_value(table: ir.Table, metric: Metric, catalog: Catalog, columns: dict[str, str]) -> ir.Value:
    if metric.is_ratio:
        above = _metric_value(table, catalog.metrics[metric.numerator], catalog, columns).cast("float64")
        below = _metric_value(table, catalog.metrics[metric.denominator], catalog, columns).cast("float64")
        return above * metric.scale_numerator / (below * metric.scale_denominator).nullif(0)
    is_flow = all(
        catalog.measures[name].aggregate in (Aggregate.SUM, Aggregate.COUNT, Aggregate.DISTINCT)
        for name in (*metric.plus, *metric.minus)
    )

    def part(name: str) -> ir.Value:
        # No rows of a flow: nothing flowed. No rows of a balance or a percentile: unknown.
        return table[columns[name]].fill_null(0) if is_flow else table[columns[name]]

    value = sum((part(name) for name in metric.plus[1:]), start=part(metric.plus[0]))
    value = reduce(lambda left, name: left - part(name), metric.minus, value)
    if metric.scale_numerator != metric.scale_denominator:
        value = value.cast("float64") * metric.scale_numerator / metric.scale_denominator
    return value


def _with_labels(table: ir.Table, shape: Shape, metrics: Sequence[str]) -> ir.Table:
    """k0, l0, k1, l1 … and the metrics: codes and names joined to the grouped rows only."""
    shown: dict[str, Any] = {}
    for index, name in enumerate(shape.dimensions):
        dimension = DIMENSIONS[name]
        key = f"d{index}"
        if not dimension.lookup:
            shown |= {f"k{index}": key, f"l{index}": key}
            continue
        names = lookup_table(dimension.lookup)
        names = names.select(
            **{f"d{index}_id": names[dimension.lookup_key], f"k{index}": names.code, f"l{index}": names.name}
        )
        table = table.left_join(names, table[key] == names[f"d{index}_id"])
        shown |= {f"k{index}": f"k{index}", f"l{index}": f"l{index}"}
    return table.select(
        **{alias: table[column] for alias, column in shown.items()}, **{m: table[m] for m in metrics}
    )


@lru_cache(maxsize=512)
def compiled(shape: Shape, catalog: Catalog) -> str:
    """The SQL of a shape, with `$start`, `$stop`, `$f0_0` …, `$limit` to be given.

    Shape:  columns k0, l0, k1, l1 … (key and label of each dimension), then the metrics in order.
    Raises: DimensionUnavailable.
    """
    united, columns = _united(shape, catalog)
    keys = [f"d{index}" for index in range(len(shape.dimensions))]
    values = {name: _metric_value(united, catalog.metric(name), catalog, columns) for name in shape.metrics}
    table = _with_labels(united.select(*keys, **values), shape, shape.metrics)
    if shape.dimensions:
        table = table.order_by(_ordering(table, shape))
    return as_sql(table) + ("\nLIMIT $limit" if shape.dimensions else "")


def _ordering(table: ir.Table, shape: Shape) -> list[ir.Value]:
    """As asked; else time upwards and the first metric downwards. Then the keys, so that pages never shuffle."""
    keys = {name: f"k{index}" for index, name in enumerate(shape.dimensions)}
    wanted = [(keys.get(name, name), is_descending) for name, is_descending in shape.order_by]
    if not wanted:
        timed = [name for name in shape.dimensions if DIMENSIONS[name].kind is DimensionKind.TIME]
        wanted = [*((keys[name], False) for name in timed), (shape.metrics[0], True)]
    wanted += [(column, False) for column in keys.values()]
    order: dict[str, ir.Value] = {}
    for column, is_descending in wanted:
        value = table[column]
        order.setdefault(column, ibis.desc(value, nulls_first=False) if is_descending else ibis.asc(value))
    return list(order.values())
