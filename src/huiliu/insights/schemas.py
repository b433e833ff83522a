"""Shapes of the metrics API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field

from huiliu.insights.answering import DIMENSIONS_MAX, LIMIT_MAX, METRICS_MAX
from huiliu.insights.drilling import period_of
from huiliu.insights.types import Additivity, Comparison, DimensionKind, Filter, MetricQuery, Unit
from huiliu.platform.http.cursor import LIMIT_DEFAULT
from huiliu.platform.http.cursor import LIMIT_MAX as PAGE_MAX

VALUES_MAX = 200


def _plain(value: str) -> str:
    if any(0xD800 <= ord(character) <= 0xDFFF or character == "\0" for character in value):
        raise ValueError("This is not text.")
    return value


Key = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9_]+$")]


class FilterIn(Schema):
    """`dimension` is one of `values` (keys as answers show them; "" is unknown), or none of them."""

    dimension: Name
    values: list[Key] = Field(min_length=1, max_length=VALUES_MAX)
    exclude: bool = False


class SortIn(Schema):
    by: Name
    descending: bool = True


class MetricQueryIn(Schema):
    """Figures by dimensions from `start` until before `end`."""

    metrics: list[Name] = Field(min_length=1, max_length=METRICS_MAX)
    dimensions: list[Name] = Field(default=[], max_length=DIMENSIONS_MAX)
    filters: list[FilterIn] = Field(default=[], max_length=20)
    start: date
    end: date = Field(description="The first day that no longer belongs.")
    compare: Comparison = Comparison.NONE
    order_by: list[SortIn] = Field(default=[], max_length=5)
    limit: int = Field(default=1000, ge=1, le=LIMIT_MAX)
    with_total: bool = False
    fiscal_start_day: int = Field(
        default=1, ge=1, le=28, description="On which day months of the books start."
    )

    def query(self) -> MetricQuery:
        """The query of the domain.

        Raises: QueryInvalid when the period is empty.
        """
        return MetricQuery(
            metrics=tuple(self.metrics),
            dimensions=tuple(self.dimensions),
            filters=tuple(
                Filter(given.dimension, tuple(given.values), given.exclude) for given in self.filters
            ),
            period=period_of(self.start, self.end),
            compare=self.compare,
            order_by=tuple((given.by, given.descending) for given in self.order_by),
            limit=self.limit,
            with_total=self.with_total,
        )


class DrillIn(Schema):
    """The rows behind one figure: a query with one metric, and the keys of the row that was clicked."""

    metric: Name
    filters: list[FilterIn] = Field(default=[], max_length=20)
    start: date
    end: date
    cell: dict[Name, Key | None] = Field(default={}, max_length=DIMENSIONS_MAX)
    fiscal_start_day: int = Field(default=1, ge=1, le=28)
    cursor: str | None = Field(default=None, max_length=1000)
    limit: int = Field(default=LIMIT_DEFAULT, ge=1, le=PAGE_MAX)

    def query(self) -> MetricQuery:
        """The query whose figure is drilled into.

        Raises: QueryInvalid when the period is empty.
        """
        return MetricQuery(
            metrics=(self.metric,),
            filters=tuple(
                Filter(given.dimension, tuple(given.values), given.exclude) for given in self.filters
            ),
            period=period_of(self.start, self.end),
        )


class DimensionOut(Schema):
    name: str
    zh: str
    en: str
    kind: DimensionKind
    is_as_of: bool = Field(description="Follows the day of the fact; else the state of today.")


class MetricOut(Schema):
    """What a figure means."""

    name: str
    zh: str
    en: str
    explanation_zh: str
    explanation_en: str
    unit: Unit
    additivity: Additivity
    numerator: str | None
    denominator: str | None
    plus: list[str]
    minus: list[str]
    dimensions: list[DimensionOut]


class MetricsOut(Schema):
    items: list[MetricOut]


class FreshnessOut(Schema):
    """Everything committed before `complete_at` is in the figures."""

    complete_at: datetime | None
    age_seconds: float | None
    version: int


class FiguresOut(Schema):
    """Aligned with the query's dimensions and metrics; null is unknown."""

    keys: list[str | None]
    labels: list[str | None]
    values: list[str | None]
    before: list[str | None] | None = None
    growth: list[str | None] | None = None


class ColumnOut(Schema):
    name: str
    zh: str
    en: str
    unit: Unit


class PeriodOut(Schema):
    start: date
    end: date


class AnswerOut(Schema):
    dimensions: list[DimensionOut]
    metrics: list[ColumnOut]
    rows: list[FiguresOut]
    total: FiguresOut | None
    period: PeriodOut
    compared_with: PeriodOut | None
    is_cut: bool = Field(description="The limit left rows out.")
    currency: str | None
    freshness: FreshnessOut
    sql: str = Field(description="What the engine ran; `$names` are parameters.")
    engine_ms: float


class DrillRowOut(Schema):
    """A document row; `sign` is -1 where the figure subtracts it."""

    fact: str
    date: date
    document_type: str
    document_id: str
    document_number: str | None
    order_id: str | None
    order_number: str | None
    line_no: int
    partner_code: str | None
    partner_name: str | None
    sku_code: str | None
    sku_name: str | None
    quantity: str | None
    amount: str | None
    sign: int


class DrillOut(Schema):
    items: list[DrillRowOut]
    next_cursor: str | None = None
