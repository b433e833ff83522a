"""What a metric is, how it is asked for and how it is answered: frozen, no engine in sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from huiliu.kernel.period import Period


class Grain(StrEnum):
    """Time dimensions."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_MONTH = "fiscal_month"


class Comparison(StrEnum):
    """What a figure is set against."""

    NONE = "none"
    PREVIOUS_PERIOD = "previous_period"
    LAST_YEAR = "last_year"


class Unit(StrEnum):
    """What a figure counts."""

    MONEY = "money"
    UNITS = "units"  # base units of the skus
    COUNT = "count"
    RATE = "rate"  # 0.125 is 12.5 %
    DAYS = "days"
    HOURS = "hours"
    NUMBER = "number"


class Additivity(StrEnum):
    """Over what a figure may be summed."""

    ADDITIVE = "additive"  # over everything
    SEMI_ADDITIVE = (
        "semi_additive"  # over partners and goods, never over time: the last day of a period counts
    )
    RATIO = "ratio"  # sum of numerators over sum of denominators
    DISTINCT = "distinct"
    PERCENTILE = "percentile"


class Aggregate(StrEnum):
    """How a measure comes from the rows of its fact."""

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    PERCENTILE = "percentile"
    AS_OF = "as_of"  # the sum of everything up to the end of the period
    TRAILING = "trailing"  # the sum over the last `days` days of the period


@dataclass(frozen=True, slots=True)
class Measure:
    """One aggregate over one fact. `where` holds column → allowed values; `date` is the column that dates it.

    `by_line` names the measure to use instead when a dimension or filter speaks of goods, which an
    order-grained fact does not know.
    """

    name: str
    fact: str
    aggregate: Aggregate
    column: str = ""
    date: str = "date"
    where: tuple[tuple[str, tuple[str | bool, ...]], ...] = ()
    fraction: float = 0.0
    days: int = 0
    by_line: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure people know by name: plus and minus of measures, or a ratio of two metrics times `scale`."""

    name: str
    zh: str
    en: str
    explanation_zh: str
    explanation_en: str
    unit: Unit
    additivity: Additivity
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    numerator: str = ""
    denominator: str = ""
    scale_numerator: int = 1
    scale_denominator: int = 1
    drill: tuple[str, ...] = ()  # facts whose rows stand behind it
    is_shown: bool = True

    @property
    def is_ratio(self) -> bool:
        return bool(self.numerator)


class DimensionKind(StrEnum):
    """Where a dimension's value comes from."""

    TIME = "time"
    FACT = "fact"  # a column of the fact, as it was that day
    LOOKED_UP = "looked_up"  # an id of the fact, shown by code and name
    ANCESTOR = "ancestor"  # the organization at a level of the path of that day
    ORGANIZATION = "organization"  # an attribute of the partner as it is now
    SKU = "sku"  # an attribute of the goods as it is now


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something to group and filter by."""

    name: str
    zh: str
    en: str
    kind: DimensionKind
    column: str = ""  # of the fact or of the dimension's table
    level: int = 0
    lookup: str = ""  # table with code and name
    lookup_key: str = "code"
    is_as_of: bool = False  # follows the day of the fact, not today


@dataclass(frozen=True, slots=True)
class Filter:
    """`dimension` is (or is not) one of `values`, which are keys as answers show them; "" means unknown."""

    dimension: str
    values: tuple[str, ...]
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class MetricQuery:
    """Figures by dimensions over a half-open period of days."""

    metrics: tuple[str, ...]
    period: Period[date]
    dimensions: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    compare: Comparison = Comparison.NONE
    order_by: tuple[tuple[str, bool], ...] = ()  # (metric or dimension, descending)
    limit: int = 1000
    with_total: bool = False


@dataclass(frozen=True, slots=True)
class Freshness:
    """Everything committed before `complete_at` is in the figures."""

    complete_at: datetime | None
    age_seconds: float | None
    version: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of an answer, aligned with the query: texts ready to show, None for unknown."""

    keys: tuple[str | None, ...]
    labels: tuple[str | None, ...]
    values: tuple[str | None, ...]
    before: tuple[str | None, ...] | None = None
    growth: tuple[str | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures of a query; `sql` is what the engine ran, `is_cut` whether the limit left rows out."""

    query: MetricQuery
    rows: tuple[Figures, ...]
    total: Figures | None
    compared_with: Period[date] | None
    is_cut: bool
    currency: str | None
    freshness: Freshness
    sql: str
    engine_ms: float


@dataclass(frozen=True, slots=True)
class DrillRow:
    """One document row behind a figure; `sign` is -1 where it was subtracted."""

    fact: str
    date: date
    document_type: str
    document_id: UUID
    document_number: str | None
    order_id: UUID | None
    order_number: str | None
    line_no: int
    partner_code: str | None
    partner_name: str | None
    sku_code: str | None
    sku_name: str | None
    quantity: str | None
    amount: str | None
    sign: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one round of the synchronizer did."""

    is_skipped: bool  # another process is at it
    version: int
    rows: int
    is_full: bool
    complete_at: datetime | None
