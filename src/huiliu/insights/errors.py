"""Refusals of the insights."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class MetricUnknown(DomainError):
    """Use a name from GET /api/v1/metrics."""

    code = "insights.metric_unknown"
    kind = Kind.NOT_FOUND


class QueryInvalid(DomainError):
    """Correct the named part of the query; GET /api/v1/metrics says which dimensions each metric has."""

    code = "insights.query_invalid"
    kind = Kind.INVALID


class DimensionUnavailable(DomainError):
    """Leave this dimension out, or ask for the metric without it: its rows do not know the dimension."""

    code = "insights.dimension_unavailable"
    kind = Kind.INVALID


class CurrencyNeeded(DomainError):
    """Add `currency` as a filter or a dimension: amounts of several currencies are never added up."""

    code = "insights.currency_needed"
    kind = Kind.INVALID


class QueryTooLarge(DomainError):
    """Choose a shorter period, fewer dimensions, or a filter."""

    code = "insights.query_too_large"
    kind = Kind.INVALID


class WarehouseNotReady(DomainError):
    """The figures are being prepared; ask again in a moment. If it stays, see that the worker runs."""

    code = "insights.warehouse_not_ready"
    kind = Kind.BUSY
