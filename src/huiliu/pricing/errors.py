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
