"""Refusals of the ledger."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class NotEnoughAvailable(DomainError):
    """Move no more than is available on the named accounts, or bring goods or money in first."""

    code = "ledger.not_enough_available"
    kind = Kind.CONFLICT


class EntryReused(DomainError):
    """This step of this document was posted already with other content; post a new step."""

    code = "ledger.entry_reused"
    kind = Kind.CONFLICT


class HoldNotOpen(DomainError):
    """The promise was used, released or has expired meanwhile; read it again."""

    code = "ledger.hold_not_open"
    kind = Kind.CONFLICT


class HoldExceeded(HoldNotOpen):
    """Less is still promised than you want to use or give back; take at most what is open."""

    code = "ledger.hold_exceeded"
    kind = Kind.CONFLICT


class NotReversible(DomainError):
    """This entry gave promises back or moved nothing; promise anew instead of reversing it."""

    code = "ledger.not_reversible"
    kind = Kind.CONFLICT


class AccountUnknown(DomainError):
    """The organization or entry of this movement does not exist."""

    code = "ledger.account_unknown"
    kind = Kind.NOT_FOUND


class StockShort(DomainError):
    """The named lines cannot be promised in full; order less or allow backorder."""

    code = "ledger.stock_short"
    kind = Kind.CONFLICT
