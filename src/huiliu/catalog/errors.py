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


class ProductNotVisible(DomainError):
    """These goods do not exist, or are not in your range."""

    code = "catalog.product_not_visible"
    kind = Kind.NOT_FOUND


class CodeTaken(DomainError):
    """Choose another code, or open what has this one."""

    code = "catalog.code_taken"
    kind = Kind.CONFLICT


class BrandUnknown(DomainError):
    """Choose a brand from the list."""

    code = "catalog.brand_unknown"
    kind = Kind.NOT_FOUND


class CategoryUnknown(DomainError):
    """Choose a category from the tree."""

    code = "catalog.category_unknown"
    kind = Kind.NOT_FOUND


class CategoryNameInvalid(DomainError):
    """Give a category a name without >, and another than its neighbors have."""

    code = "catalog.category_name_invalid"
    kind = Kind.INVALID


class CategoryCycle(DomainError):
    """A category cannot stand below itself; choose another parent."""

    code = "catalog.category_cycle"
    kind = Kind.CONFLICT


class BarcodeInvalid(DomainError):
    """Compare the barcode with the package: 8, 12, 13 or 14 digits; the last one checks the others."""

    code = "catalog.barcode_invalid"
    kind = Kind.INVALID


class BarcodeTaken(DomainError):
    """A barcode names one unit of one sku; look at the goods named."""

    code = "catalog.barcode_taken"
    kind = Kind.CONFLICT


class TaxRateUnknown(DomainError):
    """Use one of the legal rates: 13 %, 9 %, 6 %, 3 %, 1 % or 0."""

    code = "catalog.tax_rate_unknown"
    kind = Kind.INVALID


class UnitsInvalid(DomainError):
    """Name each unit once, with a factor above zero; the base unit's factor is one, one unit is for ordering."""

    code = "catalog.units_invalid"
    kind = Kind.INVALID


class BaseUnitFixed(DomainError):
    """Stock and orders are counted in the base unit: make a new sku and stop this one."""

    code = "catalog.base_unit_fixed"
    kind = Kind.CONFLICT


class LimitsContradict(DomainError):
    """Choose minimum, multiple and limits so that some quantity satisfies them all."""

    code = "catalog.limits_contradict"
    kind = Kind.INVALID


class ImageInvalid(DomainError):
    """Name an image by its path on this site, beginning with one slash, or leave it empty."""

    code = "catalog.image_invalid"
    kind = Kind.INVALID


class ScopeRuleNotVisible(DomainError):
    """Reload the rules; there is no such rule."""

    code = "catalog.scope_rule_not_visible"
    kind = Kind.NOT_FOUND
