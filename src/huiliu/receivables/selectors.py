"""Who owes whom, since when, and why; as far as the reach shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Q

from huiliu.access import selectors as access
from huiliu.kernel.period import DEFAULT_ZONE, start_of_day
from huiliu.ledger import selectors as ledger
from huiliu.ledger.types import AccountKind, Balance
from huiliu.partners import selectors as partners
from huiliu.platform import settings_store
from huiliu.platform.errors import InvalidInput
from huiliu.platform.subject_names import subject_names
from huiliu.receivables.declarations import PAYMENT_DAYS
from huiliu.receivables.errors import AccountNotVisible, ReceiptUnknown
from huiliu.receivables.models import Receipt
from huiliu.receivables.types import BalanceRow, ReceiptRow, ReceiptState, Statement, StatementLine

STATEMENT_LINES_MAX = 5000
STATEMENT_DAYS_MAX = 366


def list_receipts(
    *,
    buyer_id: int | None = None,
    seller_id: int | None = None,
    state: str = "",
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[ReceiptRow]:
    """Receipts, the newest first."""
    found = Receipt.objects.all()
    if buyer_id is not None:
        found = found.filter(buyer_id=buyer_id)
    if seller_id is not None:
        found = found.filter(seller_id=seller_id)
    if state:
        found = found.filter(state=state)
    if after is not None:
        at, last = after
        found = found.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=last))
    receipts = list(found.order_by("-created_at", "-id")[:limit])
    names = _names({party for one in receipts for party in (one.buyer_id, one.seller_id)})
    return [receipt_row(one, names) for one in receipts]


def get_receipt(receipt_id: UUID) -> ReceiptRow:
    """One receipt of the reach. Raises: ReceiptUnknown."""
    found = Receipt.objects.filter(pk=receipt_id).first()
    if found is None:
        raise ReceiptUnknown("There is no such receipt.", receipt_id=str(receipt_id))
    return named(found)


def state_of(receipt_id: UUID) -> ReceiptState | None:
    """Whether a receipt of this id stands; None when there is none in the reach."""
    found = Receipt.objects.filter(pk=receipt_id).values_list("state", flat=True).first()
    return None if found is None else ReceiptState(found)


def receipt_row(receipt: Receipt, names: Mapping[int, str]) -> ReceiptRow:
    told = {"buyer_name", "seller_name"}
    return ReceiptRow(
        buyer_name=names.get(receipt.buyer_id, ""),
        seller_name=names.get(receipt.seller_id, ""),
        **{name: getattr(receipt, name) for name in ReceiptRow.__slots__ if name not in told},
    )


def named(receipt: Receipt) -> ReceiptRow:
    """A receipt with the names of who paid and who was paid."""
    return receipt_row(receipt, _names({receipt.buyer_id, receipt.seller_id}))


def due_before(*, now: datetime) -> datetime:
    """What was charged before this instant should have been paid."""
    return now - timedelta(days=settings_store.value_of(PAYMENT_DAYS))


def overdue_amounts(*, now: datetime, account_ids: Collection[int] | None = None) -> dict[int, Decimal]:
    """What is owed for too long, by account; who owes nothing overdue is absent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, overdue FROM receivables_overdue(%s, %s::bigint[])",
            [due_before(now=now), None if account_ids is None else sorted(account_ids)],
        )
        return dict(cursor.fetchall())


def list_balances(
    *,
    buyer_id: int | None = None,
    seller_id: int | None = None,
    only_overdue: bool = False,
    after: int = 0,
    limit: int = 50,
    now: datetime,
) -> list[BalanceRow]:
    """Partner accounts by their number; `only_overdue`: those that owe something for too long."""
    found = ledger.balances(
        kind=AccountKind.PARTNER_BALANCE,
        owner_id=buyer_id,
        counterparty_id=seller_id,
        account_ids=sorted(overdue_amounts(now=now)) if only_overdue else None,
        after_id=after,
        limit=limit,
    )
    return _balance_rows(found, now=now)


def balances_of(buyer_ids: Collection[int], *, now: datetime) -> list[BalanceRow]:
    """The accounts of several buyers with whoever sells to them, by their number."""
    found = ledger.balances(kind=AccountKind.PARTNER_BALANCE, owner_ids=sorted(set(buyer_ids)))
    return _balance_rows(found, now=now)


def _balance_rows(found: Collection[Balance], *, now: datetime) -> list[BalanceRow]:
    overdue = overdue_amounts(now=now, account_ids=[one.account_id for one in found if one.balance < 0])
    names = _names({one.owner_id for one in found} | {one.counterparty_id or 0 for one in found})
    return [
        BalanceRow(
            account_id=one.account_id,
            buyer_id=one.owner_id,
            buyer_name=names.get(one.owner_id, ""),
            seller_id=one.counterparty_id or 0,
            seller_name=names.get(one.counterparty_id or 0, ""),
            currency=one.currency or "",
            balance=one.balance,
            held=one.held,
            limit=-(one.floor_target or Decimal(0)),
            available=one.available - (one.floor_target or Decimal(0)),
            overdue=overdue.get(one.account_id, Decimal(0)),
        )
        for one in found
    ]


def statement(
    *, buyer_id: int, seller_id: int, currency: str, first: date, last: date, zone: str = DEFAULT_ZONE
) -> Statement:
    """Every movement of the days between a buyer and a seller, with what stood before and after.

    Raises: AccountNotVisible, InvalidInput (more than a year, or days that end before they begin).
    """
    if not 0 <= (last - first).days <= STATEMENT_DAYS_MAX or not 2000 <= first.year < 9000:
        raise InvalidInput("Let the days end after they begin, within a year.", field="last")
    account = ledger.partner_balance(buyer_id=buyer_id, seller_id=seller_id, currency=currency)
    if account is None:
        raise AccountNotVisible(
            "There is no account between the two.", buyer_id=buyer_id, seller_id=seller_id
        )
    begin, end = start_of_day(first, zone), start_of_day(date.fromordinal(last.toordinal() + 1), zone)
    opening = ledger.balances_at(account_ids=[account.account_id], at=begin).get(
        account.account_id, Decimal(0)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT transfer_id, effective_at, source_type, source_id, change, note"
            " FROM receivables_movements(%s, %s, %s, %s)",
            [account.account_id, begin, end, STATEMENT_LINES_MAX + 1],
        )
        found = cursor.fetchall()
    if len(found) > STATEMENT_LINES_MAX:
        raise InvalidInput("Choose fewer days: there are too many movements.", field="last")
    numbers = subject_names((row[2], row[3]) for row in found)
    lines, balance = [], opening
    for transfer_id, at, source_type, source_id, change, note in found:
        balance += change
        number = numbers.get((source_type, str(source_id)), "")
        lines.append(StatementLine(transfer_id, at, source_type, source_id, number, change, balance, note))
    closing = ledger.balances_at(account_ids=[account.account_id], at=end).get(account.account_id, Decimal(0))
    return Statement(buyer_id, seller_id, currency, first, last, opening, closing, tuple(lines))


def _names(ids: Collection[int]) -> dict[int, str]:
    """The parties of accounts and receipts that the reach shows: a store knows whom it buys from, though what lies
    above it is out of its sight.
    """
    names = {one.id: one.name for one in access.organizations_by_ids(ids).values()}
    for missing in set(ids) - names.keys():
        if (party := partners.buyer_facts(missing)) is not None:
            names[missing] = party.name
    return names
