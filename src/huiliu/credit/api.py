"""Credit over HTTP: what may still be ordered, and who granted it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.access.types import Actor
from huiliu.credit import errors, selectors, services
from huiliu.credit import schemas as shapes
from huiliu.credit.types import Grant
from huiliu.kernel.ids import ClockSkewed, IdInvalid, check_uuid7
from huiliu.kernel.money import CurrencyUnknown, amount_text, currency_of
from huiliu.kernel.period import business_date
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.http.cursor import Page, decode_cursor, page_of

router = EdgeRouter(tag="credit", module="credit")
WRITES = (
    errors.BuyerUnknown,
    errors.SellerInvalid,
    errors.NotTheSeller,
    errors.AmountInvalid,
    errors.PeriodInvalid,
    errors.ReasonMissing,
    errors.GrantIdReused,
    CurrencyUnknown,
    IdInvalid,
    ClockSkewed,
)


def _grant(grant: Grant, *, actor: Actor) -> dict[str, Any]:
    """Shape: schemas.GrantOut; why and by whom is for the seller's side."""
    shown = asdict(grant) | {"amount": amount_text(grant.amount, currency_of(grant.currency).exponent)}
    if actor.is_staff or actor.organization_id == grant.seller_id:
        return shown
    return shown | {"reason": "", "approved_by": None}


@router.get(
    "/credit",
    scope="money:read",
    response=shapes.CreditOut,
    errors=[errors.BuyerUnknown, errors.SellerInvalid, CurrencyUnknown],
)
def get_credit(request: ActorRequest, query: Query[shapes.CreditQuery]) -> Any:
    """The five terms: limit, temporary limit, balance, promised, available."""
    actor = request.actor
    terms = selectors.available_to(
        actor=actor,
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        currency=query.currency,
        on=query.on or business_date(request.now, actor.timezone),
    )
    exponent = currency_of(terms.currency).exponent
    amounts = {
        name: amount_text(getattr(terms, name), exponent)
        for name in ("limit", "temporary", "balance", "held", "exposure", "available")
    }
    return {
        "buyer_id": terms.buyer_id,
        "seller_id": terms.seller_id,
        "currency": terms.currency,
        "mode": terms.mode,
        **amounts,
    }


@router.get("/credit/limits", scope="money:read", response=Page[shapes.GrantOut], errors=[CursorInvalid])
def list_credit_limits(request: ActorRequest, query: Query[shapes.GrantQuery]) -> Any:
    """The history of grants in the reader's reach, newest first."""
    rows = selectors.list_grants(
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        after=_after(query.cursor),
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.created_at.isoformat(), str(row.id)))
    return page | {"items": [_grant(row, actor=request.actor) for row in page["items"]]}


def _after(cursor: str | None) -> tuple[datetime, UUID] | None:
    key = decode_cursor(cursor, size=2)
    if key is None:
        return None
    try:
        return datetime.fromisoformat(str(key[0])), UUID(str(key[1]))
    except ValueError as error:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor") from error


@router.post("/credit/limits", scope="credit:write", response=shapes.GrantOut, status=201, errors=WRITES)
def set_credit_limit(request: ActorRequest, body: shapes.LimitIn) -> Any:
    """A buyer's limit with a seller from a day on."""
    check_uuid7(body.id, now=request.now)
    return _grant(
        services.set_limit(
            actor=request.actor,
            grant_id=body.id,
            buyer_id=body.buyer_id,
            seller_id=body.seller_id,
            currency=body.currency,
            amount=body.amount,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
            reason=body.reason,
            now=request.now,
        ),
        actor=request.actor,
    )


@router.post(
    "/credit/temporary-limits", scope="credit:write", response=shapes.GrantOut, status=201, errors=WRITES
)
def grant_temporary_limit(request: ActorRequest, body: shapes.TemporaryLimitIn) -> Any:
    """More credit for some days."""
    check_uuid7(body.id, now=request.now)
    return _grant(
        services.grant_temporary_limit(
            actor=request.actor,
            grant_id=body.id,
            buyer_id=body.buyer_id,
            seller_id=body.seller_id,
            currency=body.currency,
            amount=body.amount,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
            reason=body.reason,
            now=request.now,
        ),
        actor=request.actor,
    )


@router.post(
    "/credit/temporary-limits/{grant_id}/revoke",
    scope="credit:write",
    response=shapes.GrantOut,
    status=201,
    errors=[*WRITES, errors.GrantNotVisible, errors.AlreadyRevoked],
)
def revoke_temporary_limit(request: ActorRequest, grant_id: UUID, body: shapes.RevocationIn) -> Any:
    """Take a temporary limit back; what was ordered with it stays promised."""
    check_uuid7(body.id, now=request.now)
    return _grant(
        services.revoke_temporary_limit(
            actor=request.actor,
            grant_id=body.id,
            revokes_id=grant_id,
            reason=body.reason,
            now=request.now,
        ),
        actor=request.actor,
    )
