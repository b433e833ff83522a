"""Refusals of credit."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class BuyerUnknown(DomainError):
    """There is no such buyer for you; choose one of your own customers."""

    code = "credit.buyer_not_visible"
    kind = Kind.NOT_FOUND


class NotTheSeller(DomainError):
    """Credit is granted by who sells; ask the seller for a limit."""

    code = "credit.not_the_seller"
    kind = Kind.FORBIDDEN


class SellerInvalid(DomainError):
    """Name a seller that sells to this buyer: its own seller or one above it."""

    code = "credit.seller_invalid"
    kind = Kind.INVALID


class AmountInvalid(DomainError):
    """Enter an amount at the currency's decimals; a limit may be zero, a temporary limit may not."""

    code = "credit.amount_invalid"
    kind = Kind.INVALID


class PeriodInvalid(DomainError):
    """Let it end after it begins, and not in the past; a temporary limit always has an end."""

    code = "credit.period_invalid"
    kind = Kind.INVALID


class ReasonMissing(DomainError):
    """Say why; the reason is kept with the grant."""

    code = "credit.reason_missing"
    kind = Kind.INVALID


class GrantIdReused(DomainError):
    """This id belongs to another grant; make a new id for a new one."""

    code = "credit.id_reused"
    kind = Kind.CONFLICT


class GrantNotVisible(DomainError):
    """There is no such temporary limit, or your role does not see it."""

    code = "credit.grant_not_visible"
    kind = Kind.NOT_FOUND


class AlreadyRevoked(DomainError):
    """It was revoked before; nothing is left to revoke."""

    code = "credit.already_revoked"
    kind = Kind.CONFLICT
