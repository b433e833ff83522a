"""The only writers of limits. Each writes the history and moves the floor of the buyer's ledger account."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from huiliu.access.types import Actor
from huiliu.credit import errors, rules
from huiliu.credit.models import Limit
from huiliu.credit.selectors import grant_of, grants_of
from huiliu.credit.types import Grant, GrantKind
from huiliu.kernel.money import ZERO, currency_of, round_half_up
from huiliu.kernel.period import DEFAULT_ZONE, business_date
from huiliu.ledger import selectors as ledger_selectors
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef
from huiliu.partners import selectors as partners
from huiliu.partners.types import BuyerFacts
from huiliu.platform import audit, events

AMOUNT_LIMIT = Decimal(10) ** 13


def set_limit(
    *,
    actor: Actor,
    grant_id: UUID,
    buyer_id: int,
    seller_id: int,
    currency: str,
    amount: Decimal,
    reason: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    now: datetime,
) -> Grant:
    """The buyer's limit with a seller from a day on (default today); zero means prepayment.

    Locks:  the pair, then its ledger account.
    Replay: the same id and content again changes nothing.
    Raises: BuyerUnknown, SellerInvalid, NotTheSeller, AmountInvalid, PeriodInvalid, ReasonMissing, GrantIdReused.
    """
    today = business_date(now, actor.timezone)
    return _grant(
        GrantKind.LIMIT,
        actor=actor,
        grant_id=grant_id,
        parties=(buyer_id, seller_id),
        currency=currency,
        amount=amount,
        period=(valid_from or today, valid_to),
        reason=reason,
        now=now,
    )


def grant_temporary_limit(
    *,
    actor: Actor,
    grant_id: UUID,
    buyer_id: int,
    seller_id: int,
    currency: str,
    amount: Decimal,
    reason: str,
    valid_from: date | None = None,
    valid_to: date,
    now: datetime,
) -> Grant:
    """More credit for some days, `valid_to` is the first day without it; several add up.

    Locks:  the pair, then its ledger account.
    Replay: the same id and content again changes nothing.
    Raises: as `set_limit`.
    """
    today = business_date(now, actor.timezone)
    return _grant(
        GrantKind.TEMPORARY,
        actor=actor,
        grant_id=grant_id,
        parties=(buyer_id, seller_id),
        currency=currency,
        amount=amount,
        period=(valid_from or today, valid_to),
        reason=reason,
        now=now,
    )


def _grant(
    kind: GrantKind,
    *,
    actor: Actor,
    grant_id: UUID,
    parties: tuple[int, int],
    currency: str,
    amount: Decimal,
    period: tuple[date, date | None],
    reason: str,
    now: datetime,
) -> Grant:
    buyer, seller = parties_of(actor=actor, buyer_id=parties[0], seller_id=parties[1])
    _check(
        kind,
        amount=amount,
        currency=currency,
        period=period,
        reason=reason,
        today=business_date(now, actor.timezone),
    )
    _lock_pair(buyer.organization_id, seller.organization_id, currency)
    asked = (kind, buyer.organization_id, seller.organization_id, currency, amount, *period, reason.strip())
    earlier = Limit.objects.filter(pk=grant_id).first()
    if earlier is not None:
        known = grant_of(earlier)
        stored = (
            known.kind,
            known.buyer_id,
            known.seller_id,
            known.currency,
            known.amount,
            known.valid_from,
            known.valid_to,
            known.reason,
        )
        if stored != asked:
            raise errors.GrantIdReused("This id is taken.", grant_id=str(grant_id))
        return known
    row = Limit(
        id=grant_id,
        kind=kind.value,
        seller_id=seller.organization_id,
        seller_path=seller.path,
        buyer_id=buyer.organization_id,
        buyer_path=buyer.path,
        currency=currency,
        amount=amount,
        valid_from=period[0],
        valid_to=period[1],
        reason=reason.strip(),
        approved_by=actor.user_id,
        created_at=now,
    )
    return _write(row, actor=actor, now=now)


def revoke_temporary_limit(
    *, actor: Actor, grant_id: UUID, revokes_id: UUID, reason: str, now: datetime
) -> Grant:
    """Take a temporary limit back from now on; what was ordered with it stays promised.

    Locks:  the pair, then its ledger account.
    Replay: the same id again answers the revocation that stands.
    Raises: GrantNotVisible, NotTheSeller, AlreadyRevoked, ReasonMissing, GrantIdReused.
    """
    if not reason.strip():
        raise errors.ReasonMissing("Say why.", field="reason")
    revoked = Limit.objects.filter(pk=revokes_id, kind=GrantKind.TEMPORARY.value).first()
    if revoked is None:
        raise errors.GrantNotVisible("There is no such temporary limit.", grant_id=str(revokes_id))
    parties_of(actor=actor, buyer_id=revoked.buyer_id, seller_id=revoked.seller_id)
    _lock_pair(revoked.buyer_id, revoked.seller_id, revoked.currency)
    earlier = Limit.objects.filter(pk=grant_id).first()
    if earlier is not None:
        if earlier.revokes_id != revokes_id:
            raise errors.GrantIdReused("This id is taken.", grant_id=str(grant_id))
        return grant_of(earlier)
    if Limit.objects.filter(revokes_id=revokes_id).exists():
        raise errors.AlreadyRevoked("It was revoked before.", grant_id=str(revokes_id))
    row = Limit(
        id=grant_id,
        kind=GrantKind.REVOCATION.value,
        seller_id=revoked.seller_id,
        seller_path=revoked.seller_path,
        buyer_id=revoked.buyer_id,
        buyer_path=revoked.buyer_path,
        currency=revoked.currency,
        amount=ZERO,
        valid_from=business_date(now, actor.timezone),
        revokes_id=revokes_id,
        reason=reason.strip(),
        approved_by=actor.user_id,
        created_at=now,
    )
    return _write(row, actor=actor, now=now)


def parties_of(*, actor: Actor, buyer_id: int, seller_id: int) -> tuple[BuyerFacts, BuyerFacts]:
    """Buyer and seller of a grant. Brand staff grants for any seller of theirs, a partner only for itself.

    Raises: BuyerUnknown, SellerInvalid, NotTheSeller.
    """
    buyer, seller = partners.buyer_facts(buyer_id), partners.buyer_facts(seller_id)
    reach = actor.reach
    if buyer is None or not (reach.everything or reach.lo <= buyer.path < reach.hi):
        raise errors.BuyerUnknown("There is no such buyer.", field="buyer_id", buyer_id=buyer_id)
    if (
        seller is None
        or seller.organization_id == buyer.organization_id
        or (seller.path not in buyer.ancestors and seller.organization_id != buyer.default_seller_id)
    ):
        raise errors.SellerInvalid(
            "This seller does not sell to the buyer.", field="seller_id", seller_id=seller_id
        )
    if not actor.is_staff and seller.organization_id != actor.organization_id:
        raise errors.NotTheSeller("Only the seller grants credit.", seller_id=seller_id)
    return buyer, seller


def _check(
    kind: GrantKind,
    *,
    amount: Decimal,
    currency: str,
    period: tuple[date, date | None],
    reason: str,
    today: date,
) -> None:
    exponent = currency_of(currency).exponent
    smallest = ZERO if kind is GrantKind.LIMIT else Decimal(1).scaleb(-exponent)
    is_amount = amount.is_finite() and smallest <= amount < AMOUNT_LIMIT
    if not is_amount or amount != round_half_up(amount, exponent):
        raise errors.AmountInvalid(f"{amount} is no amount to grant.", field="amount", exponent=exponent)
    valid_from, valid_to = period
    if valid_to is not None and (valid_to <= valid_from or valid_to <= today):
        raise errors.PeriodInvalid("It would never be in force.", field="valid_to")
    if kind is GrantKind.TEMPORARY and valid_to is None:
        raise errors.PeriodInvalid("A temporary limit has an end.", field="valid_to")
    if not reason.strip():
        raise errors.ReasonMissing("Say why.", field="reason")


def _lock_pair(buyer_id: int, seller_id: int, currency: str) -> None:
    """Two grants at once are written and summed in turn."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"credit:{buyer_id}:{seller_id}:{currency}"],
        )


def _write(row: Limit, *, actor: Actor, now: datetime) -> Grant:
    on = business_date(now, actor.timezone)
    grants = grants_of(buyer_id=row.buyer_id, seller_id=row.seller_id, currency=row.currency)
    before = rules.granted_on(on, grants)
    row.save(force_insert=True)
    grant = grant_of(row)
    after = rules.granted_on(on, [*grants, grant])
    _set_floor(buyer_id=row.buyer_id, seller_id=row.seller_id, currency=row.currency, total=after.total)
    audit.record(
        actor=actor,
        action=f"credit.{row.kind.lower()}",
        subject_type="credit",
        subject_id=row.buyer_id,
        owner_path=actor.organization_path,
        now=now,
        reason=row.reason,
        before={"limit": before.limit, "temporary": before.temporary},
        after={
            "limit": after.limit,
            "temporary": after.temporary,
            "grant": row.pk,
            "seller_id": row.seller_id,
        },
    )
    events.publish(
        type="credit.changed",
        subject_type="credit",
        subject_id=row.buyer_id,
        paths=(row.buyer_path, row.seller_path),
        user_id=actor.user_id,
        now=now,
        payload={
            "kind": row.kind,
            "seller_id": row.seller_id,
            "currency": row.currency,
            "limit": str(after.limit),
            "temporary": str(after.temporary),
            "valid_from": row.valid_from.isoformat(),
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        },
    )
    return grant


def _set_floor(*, buyer_id: int, seller_id: int, currency: str, total: Decimal) -> None:
    """The ledger lets the buyer go down to minus what is granted; what is used already stays."""
    account = AccountRef(AccountKind.PARTNER_BALANCE, buyer_id, currency=currency, counterparty_id=seller_id)
    ledger.set_floor(account=account, target=-total)


def follow_the_calendar(*, now: datetime, timezone: str = DEFAULT_ZONE) -> int:
    """The daily job: limits that begin or end today move their floors; returns how many moved.

    Runs under a system reach. Replay: floors that stand where they should are left alone.
    """
    on = business_date(now, timezone)
    by_pair: dict[tuple[int, int, str], list[Grant]] = {}
    for row in Limit.objects.order_by("buyer_id", "seller_id", "currency").iterator():
        by_pair.setdefault((row.buyer_id, row.seller_id, row.currency), []).append(grant_of(row))
    floors = {
        (one.owner_id, one.counterparty_id, one.currency): one.floor_target
        for one in ledger_selectors.balances(kind=AccountKind.PARTNER_BALANCE, limit=1_000_000)
    }
    moved = 0
    for pair, known in by_pair.items():
        if floors.get(pair) == -rules.granted_on(on, known).total:
            continue
        buyer_id, seller_id, currency = pair
        _lock_pair(buyer_id, seller_id, currency)
        grants = grants_of(buyer_id=buyer_id, seller_id=seller_id, currency=currency)
        granted = rules.granted_on(on, grants)
        _set_floor(buyer_id=buyer_id, seller_id=seller_id, currency=currency, total=granted.total)
        paths = Limit.objects.filter(buyer_id=buyer_id, seller_id=seller_id).values_list(
            "buyer_path", "seller_path"
        )
        events.publish(
            type="credit.changed",
            subject_type="credit",
            subject_id=buyer_id,
            paths=paths[0],
            user_id=None,
            now=now,
            payload={
                "kind": "CALENDAR",
                "seller_id": seller_id,
                "currency": currency,
                "limit": str(granted.limit),
                "temporary": str(granted.temporary),
            },
        )
        moved += 1
    return moved
