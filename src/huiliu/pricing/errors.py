"""Refusals of pricing."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class NoPrice(DomainError):
    """No price list in force prices this for the buyer: publish one, order more, or take the line out."""

    code = "pricing.no_price"
    kind = Kind.INVALID


class PricesTie(DomainError):
    """Give one of the two lists a higher priority, a narrower audience or a later start; publish again."""

    code = "pricing.prices_tie"
    kind = Kind.CONFLICT


class PriceRowInvalid(DomainError):
    """Correct the price row and check the list again."""

    code = "pricing.row_invalid"
    kind = Kind.INVALID


class PriceNotPositive(DomainError):
    """Enter a price above zero with at most six decimals; goods given away are a gift line."""

    code = "pricing.not_positive"
    kind = Kind.INVALID


class OverrideReasonMissing(DomainError):
    """Say why the price is set by hand; the reason is kept with the line."""

    code = "pricing.override_reason_missing"
    kind = Kind.INVALID


class OverrideNeedsApproval(DomainError):
    """Ask for approval by a role whose authority covers it, or stay within your own limit."""

    code = "pricing.override_needs_approval"
    kind = Kind.FORBIDDEN


class AmountNotReachable(DomainError):
    """No unit price of six decimals gives this amount; take one of the two nearest or change the quantity."""

    code = "pricing.amount_not_reachable"
    kind = Kind.INVALID


class PriceListEmpty(DomainError):
    """Put at least one price into the list before it is approved."""

    code = "pricing.list_empty"
    kind = Kind.CONFLICT


class PriceRowSkuUnknown(DomainError):
    """Correct the code of the goods, or add them to the catalog first."""

    code = "pricing.sku_unknown"
    kind = Kind.INVALID


class PriceRowUnitUnknown(DomainError):
    """Price the goods in one of their own units; the units stand in the facts."""

    code = "pricing.unit_unknown"
    kind = Kind.INVALID


class BuyerNotVisible(DomainError):
    """There is no such buyer for you; choose one of your own partners."""

    code = "pricing.buyer_not_visible"
    kind = Kind.NOT_FOUND


class SellerNotAbove(DomainError):
    """Prices are between a buyer and somebody who sells to it; name its seller or one above it."""

    code = "pricing.seller_not_above"
    kind = Kind.INVALID
