"""Refusals of money received."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class ReceiptUnknown(DomainError):
    """There is no such receipt, or it belongs to others; check the number."""

    code = "receivables.receipt_unknown"
    kind = Kind.NOT_FOUND


class BuyerUnknown(DomainError):
    """There is no such buyer for you; choose one of your own customers."""

    code = "receivables.buyer_unknown"
    kind = Kind.NOT_FOUND


class ReferenceTaken(DomainError):
    """This payment was entered before: look at the receipt that is named, and reverse it if it was wrong."""

    code = "receivables.reference_taken"
    kind = Kind.CONFLICT


class ReceiptIdReused(DomainError):
    """This id belongs to another receipt; make a new id for a new one."""

    code = "receivables.id_reused"
    kind = Kind.CONFLICT


class AmountInvalid(DomainError):
    """Enter an amount above zero with the decimals of its currency."""

    code = "receivables.amount_invalid"
    kind = Kind.INVALID


class ValueDateInvalid(DomainError):
    """Take the day on which the money came: today or earlier."""

    code = "receivables.value_date_invalid"
    kind = Kind.INVALID


class AlreadyReversed(DomainError):
    """It was taken back before; enter the right payment as a new receipt."""

    code = "receivables.already_reversed"
    kind = Kind.CONFLICT


class MoneyGone(DomainError):
    """The money was used for orders meanwhile: cancel them or grant a limit first."""

    code = "receivables.money_gone"
    kind = Kind.CONFLICT


class ReasonMissing(DomainError):
    """Say why; the reason is kept with the receipt."""

    code = "receivables.reason_missing"
    kind = Kind.INVALID


class AccountNotVisible(DomainError):
    """There is no such account between the two, or your role does not see it."""

    code = "receivables.account_not_visible"
    kind = Kind.NOT_FOUND
