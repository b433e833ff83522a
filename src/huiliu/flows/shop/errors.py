"""Refusals of the shop."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class ListEmpty(DomainError):
    """Paste at least one row such as `W550 3箱`, or choose a file with rows."""

    code = "shop.list_empty"
    kind = Kind.INVALID


class ListTooLong(DomainError):
    """Split the list: at most 1,000 rows and 5 MB at once."""

    code = "shop.list_too_long"
    kind = Kind.TOO_LARGE
