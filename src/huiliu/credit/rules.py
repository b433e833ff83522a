"""What a history of grants amounts to on a day: pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from huiliu.credit.types import CreditTerms, Grant, Granted, GrantKind, PaymentMode
from huiliu.kernel.money import ZERO


def granted_on(day: date, grants: Iterable[Grant]) -> Granted:
    """The limit and the temporary limits in force on a day.

    The limit is that of the latest grant that has begun (by day, then by when it was written); when that one has
    ended there is none: an older one does not come back. Temporary limits add up; a revoked one counts for nothing.
    """
    rows = list(grants)
    revoked = {row.revokes_id for row in rows if row.kind is GrantKind.REVOCATION}
    begun = [row for row in rows if row.kind is GrantKind.LIMIT and row.valid_from <= day]
    latest = max(begun, key=lambda row: (row.valid_from, row.created_at, row.id), default=None)
    limit = latest.amount if latest is not None and _in_force(latest, day) else ZERO
    temporary = sum(
        (
            row.amount
            for row in rows
            if row.kind is GrantKind.TEMPORARY and row.id not in revoked and _in_force(row, day)
        ),
        ZERO,
    )
    return Granted(limit, temporary)


def _in_force(row: Grant, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


def credit_terms(
    *,
    buyer_id: int,
    seller_id: int,
    currency: str,
    granted: Granted,
    balance: Decimal,
    held: Decimal,
) -> CreditTerms:
    """The five terms. Unit: `balance` positive is prepayment, negative is debt."""
    return CreditTerms(
        buyer_id=buyer_id,
        seller_id=seller_id,
        currency=currency,
        mode=PaymentMode.LIMIT if granted.total > 0 else PaymentMode.PREPAY,
        limit=granted.limit,
        temporary=granted.temporary,
        balance=balance,
        held=held,
        available=granted.total + balance - held,
    )
