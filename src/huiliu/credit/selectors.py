"""What may still be ordered, and how it came to that."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from huiliu.access.types import Actor
from huiliu.credit import errors, rules
from huiliu.credit.models import Limit
from huiliu.credit.types import CreditTerms, Grant, GrantKind
from huiliu.kernel.money import ZERO, currency_of, plain
from huiliu.ledger import selectors as ledger
from huiliu.partners import selectors as partners


def grant_of(row: Limit) -> Grant:
    """A row as rules read it."""
    return Grant(
        id=row.pk,
        kind=GrantKind(row.kind),
        seller_id=row.seller_id,
        buyer_id=row.buyer_id,
        currency=row.currency,
        amount=plain(row.amount),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        revokes_id=row.revokes_id,
        reason=row.reason,
        approved_by=row.approved_by,
        created_at=row.created_at,
    )


def grants_of(*, buyer_id: int, seller_id: int, currency: str) -> list[Grant]:
    """The whole history of a pair, oldest first."""
    rows = Limit.objects.filter(buyer_id=buyer_id, seller_id=seller_id, currency=currency)
    return [grant_of(row) for row in rows.order_by("created_at", "id")]


def available(*, buyer_id: int, seller_id: int, currency: str, on: date) -> CreditTerms:
    """The five terms of a buyer with a seller on a day, as far as the reach shows them.

    Money is as it stands now; `on` chooses the grants.
    """
    granted = rules.granted_on(on, grants_of(buyer_id=buyer_id, seller_id=seller_id, currency=currency))
    account = ledger.partner_balance(buyer_id=buyer_id, seller_id=seller_id, currency=currency)
    return rules.credit_terms(
        buyer_id=buyer_id,
        seller_id=seller_id,
        currency=currency,
        granted=granted,
        balance=account.balance if account else ZERO,
        held=account.held if account else ZERO,
    )


def available_to(
    *, actor: Actor, buyer_id: int | None, seller_id: int | None, currency: str, on: date
) -> CreditTerms:
    """The terms of a buyer (default: the actor's own organization) with a seller (default: its own).

    Raises: BuyerUnknown for one beyond the reach, SellerInvalid, CurrencyUnknown.
    """
    buyer = partners.buyer_facts(buyer_id or actor.organization_id)
    reach = actor.reach
    if buyer is None or not (reach.everything or reach.lo <= buyer.path < reach.hi):
        raise errors.BuyerUnknown("There is no such buyer.", field="buyer_id", buyer_id=buyer_id)
    seller = partners.buyer_facts(seller_id or buyer.default_seller_id or 0)
    if seller is None or seller.organization_id == buyer.organization_id:
        raise errors.SellerInvalid("This buyer has no such seller.", field="seller_id", seller_id=seller_id)
    return available(
        buyer_id=buyer.organization_id,
        seller_id=seller.organization_id,
        currency=currency_of(currency).code,
        on=on,
    )


def list_grants(
    *,
    buyer_id: int | None = None,
    seller_id: int | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Grant]:
    """The history in the reach, newest first."""
    rows = Limit.objects.all()
    if buyer_id is not None:
        rows = rows.filter(buyer_id=buyer_id)
    if seller_id is not None:
        rows = rows.filter(seller_id=seller_id)
    if after is not None:
        rows = rows.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    return [grant_of(row) for row in rows.order_by("-created_at", "-id")[:limit]]
