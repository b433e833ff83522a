"""Refusals about goods."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class SkuUnknown(DomainError):
    """Choose goods from the list; this code is not in the catalog."""

    code = "catalog.sku_unknown"
    kind = Kind.NOT_FOUND


class SkuNotActive(DomainError):
    """These goods are no longer sold; choose others."""

    code = "catalog.sku_not_active"
    kind = Kind.CONFLICT


class BelowMinimum(DomainError):
    """Order at least the minimum of these goods."""

    code = "catalog.below_minimum"
    kind = Kind.INVALID


class NotAMultiple(DomainError):
    """Order these goods in whole multiples; the nearest quantities are named."""

    code = "catalog.not_a_multiple"
    kind = Kind.INVALID


class AboveOrderLimit(DomainError):
    """Order no more than the limit of these goods per order."""

    code = "catalog.above_order_limit"
    kind = Kind.INVALID
