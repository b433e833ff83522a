"""Money comes in, and is taken back when it was entered wrongly; the ledger keeps the balance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from huiliu.access.types import Actor
from huiliu.kernel.ids import check_uuid7
from huiliu.kernel.money import currency_of
from huiliu.kernel.period import business_date, start_of_day
from huiliu.kernel.refusals import DomainError
from huiliu.ledger import selectors as ledger_selectors
from huiliu.ledger import services as ledger
from huiliu.ledger.errors import NotEnoughAvailable
from huiliu.ledger.types import AccountKind, AccountRef, Source
from huiliu.partners import selectors as partners
from huiliu.partners.types import BuyerFacts
from huiliu.platform import audit, events
from huiliu.platform.database import one
from huiliu.receivables import errors
from huiliu.receivables.models import Receipt
from huiliu.receivables.types import ReceiptDraft, ReceiptState

SOURCE = "receipt"
EARLIEST = date(2000, 1, 1)


def record_receipt(*, actor: Actor, draft: ReceiptDraft, now: datetime) -> Receipt:
    """Write down money that came in to the actor's organization: cash in, the buyer's balance up.

    Locks:  the buyer's balance, until commit.
    Replay: the same id with the same content answers the first receipt.
    Raises: BuyerUnknown, AmountInvalid, ValueDateInvalid, ReferenceTaken, ReceiptIdReused, CurrencyUnknown.
    """
    check_uuid7(draft.receipt_id, now=now)
    earlier = Receipt.objects.filter(pk=draft.receipt_id).first()
    if earlier is not None:
        return _the_same(earlier, draft)
    _check(actor, draft, now=now)
    buyer = partners.buyer_facts(draft.buyer_id)
    if buyer is None or not _buys_from(buyer, actor.organization_id, draft.currency):
        raise errors.BuyerUnknown("There is no such buyer.", buyer_id=draft.buyer_id)
    day = business_date(now, actor.timezone)
    number = one("SELECT platform_next_number('receipt', %s, %s)", [actor.organization_id, day])[0]
    try:
        with transaction.atomic():
            posted = ledger.post(
                source=Source(SOURCE, draft.receipt_id, "post"),
                amount=draft.amount,
                debit=_balance(draft.buyer_id, actor.organization_id, draft.currency),
                credit=AccountRef(AccountKind.CASH, actor.organization_id, currency=draft.currency),
                user_id=actor.user_id,
                now=now,
                effective_at=_effective_at(actor, draft, now=now),
                note=draft.note,
            )
            receipt = Receipt.objects.create(
                id=draft.receipt_id,
                number=number,
                buyer_id=draft.buyer_id,
                seller_id=actor.organization_id,
                buyer_path=buyer.path,
                seller_path=actor.organization_path,
                amount=draft.amount,
                currency=draft.currency,
                method=draft.method.value,
                reference=draft.reference,
                value_date=draft.value_date,
                note=draft.note,
                entry_id=posted.entry_id,
                created_by=actor.user_id,
                created_at=now,
            )
    except IntegrityError as error:
        # Sent twice at once: the second one waited for the first, and is the same receipt.
        if earlier := Receipt.objects.filter(pk=draft.receipt_id).first():
            return _the_same(earlier, draft)
        first = Receipt.objects.filter(
            seller_id=actor.organization_id,
            method=draft.method.value,
            reference=draft.reference,
            state=ReceiptState.POSTED,
        ).first()
        raise errors.ReferenceTaken(
            "This payment was entered before.",
            reference=draft.reference,
            number=first.number if first else "",
        ) from error
    _tell(receipt, "receipt.posted", actor=actor, now=now)
    return receipt


def reverse_receipt(*, actor: Actor, receipt_id: UUID, reason: str, now: datetime) -> Receipt:
    """Take a receipt back that was entered wrongly.

    Locks:  the receipt, then the buyer's balance.
    Raises: ReceiptUnknown, AlreadyReversed, ReasonMissing, MoneyGone.
    """
    words = reason.strip()
    if not words:
        raise errors.ReasonMissing("Give a reason.", field="reason")
    receipt = Receipt.objects.select_for_update(no_key=True).filter(pk=receipt_id).first()
    if receipt is None or not receipt.seller_path.startswith(actor.organization_path):
        raise errors.ReceiptUnknown("There is no such receipt.", receipt_id=str(receipt_id))
    if receipt.state == ReceiptState.REVERSED:
        raise errors.AlreadyReversed("This receipt was reversed before.", number=receipt.number)
    try:
        with transaction.atomic():
            ledger.reverse(entry_id=receipt.entry_id, user_id=actor.user_id, now=now, note=words)
    except NotEnoughAvailable as error:
        raise errors.MoneyGone("The money was used meanwhile.", number=receipt.number) from error
    receipt.state, receipt.reversed_by, receipt.reversed_at = ReceiptState.REVERSED, actor.user_id, now
    receipt.reversal_reason = words
    receipt.save(update_fields=["state", "reversed_by", "reversed_at", "reversal_reason"])
    _tell(receipt, "receipt.reversed", actor=actor, now=now, reason=words)
    return receipt


def record_receipts(
    *, actor: Actor, drafts: Sequence[ReceiptDraft], now: datetime
) -> list[Receipt | DomainError]:
    """A list from the bank, each row for itself: what was refused stands in its place as the refusal."""
    done: list[Receipt | DomainError] = []
    for draft in drafts:
        try:
            with transaction.atomic():
                done.append(record_receipt(actor=actor, draft=draft, now=now))
        except DomainError as refusal:
            done.append(refusal)
    return done


def _buys_from(buyer: BuyerFacts, seller_id: int, currency: str) -> bool:
    """Whether the two trade: its seller by default, or one it has an account with already."""
    if buyer.default_seller_id == seller_id:
        return True
    account = ledger_selectors.partner_balance(
        buyer_id=buyer.organization_id, seller_id=seller_id, currency=currency
    )
    return account is not None


def _the_same(earlier: Receipt, draft: ReceiptDraft) -> Receipt:
    content = ("buyer_id", "amount", "currency", "method", "reference", "value_date", "note")
    if any(getattr(earlier, name) != getattr(draft, name) for name in content):
        raise errors.ReceiptIdReused("This id belongs to another receipt.", field="id")
    return earlier


def _check(actor: Actor, draft: ReceiptDraft, *, now: datetime) -> None:
    exponent = currency_of(draft.currency).exponent
    if draft.amount <= 0 or draft.amount != draft.amount.quantize(Decimal(1).scaleb(-exponent)):
        raise errors.AmountInvalid("Enter an amount above zero.", field="amount", decimals=exponent)
    if draft.value_date < EARLIEST or draft.value_date > business_date(now, actor.timezone):
        raise errors.ValueDateInvalid("The day lies in the future or before any book.", field="value_date")


def _effective_at(actor: Actor, draft: ReceiptDraft, *, now: datetime) -> datetime:
    """Now for today's money, the beginning of its day for money that came earlier."""
    if draft.value_date == business_date(now, actor.timezone):
        return now
    return start_of_day(draft.value_date, actor.timezone)


def _balance(buyer_id: int, seller_id: int, currency: str) -> AccountRef:
    return AccountRef(AccountKind.PARTNER_BALANCE, buyer_id, currency=currency, counterparty_id=seller_id)


def _tell(receipt: Receipt, type: str, *, actor: Actor, now: datetime, reason: str = "") -> None:  # noqa: A002
    payload: dict[str, Any] = {
        "number": receipt.number,
        "amount": str(receipt.amount),
        "currency": receipt.currency,
    } | ({"reason": reason} if reason else {})
    events.publish(
        type=type,
        subject_type="receipt",
        subject_id=receipt.pk,
        paths=(receipt.buyer_path, receipt.seller_path),
        user_id=actor.user_id,
        now=now,
        payload=payload,
    )
    audit.record(
        actor=actor,
        action=type,
        subject_type="receipt",
        subject_id=receipt.pk,
        owner_path=actor.organization_path,
        now=now,
        reason=reason,
        after=payload,
    )
