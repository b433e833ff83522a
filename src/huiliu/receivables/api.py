"""Money received, balances and statements over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field, StringConstraints

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.kernel.ids import ClockSkewed, IdInvalid
from huiliu.kernel.money import CurrencyUnknown, amount_text, currency_of
from huiliu.ledger.errors import NotEnoughAvailable
from huiliu.platform.errors import CursorInvalid, InvalidInput
from huiliu.platform.http.cursor import Page, PageQuery, decode_cursor, page_of
from huiliu.receivables import errors, selectors, services
from huiliu.receivables.types import Method, ReceiptDraft, ReceiptState

router = EdgeRouter(tag="money", module="receivables")
Id = Annotated[int, Field(ge=1, le=2**53)]
Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class ReceiptIn(Schema):
    """A payment that came in; `id` is the client's own UUIDv7."""

    id: UUID
    buyer_id: Id
    amount: Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=6)]
    currency: Currency = "CNY"
    method: Method
    reference: Text = ""
    value_date: date
    note: Text = ""


class ReversalIn(Schema):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class ReceiptOut(Schema):
    id: UUID
    number: str
    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    amount: str
    currency: str
    method: Method
    reference: str
    value_date: date
    note: str
    state: ReceiptState
    created_at: datetime
    reversed_at: datetime | None
    reversal_reason: str


class ReceiptQuery(PageQuery):
    buyer_id: Id | None = None
    seller_id: Id | None = None
    state: ReceiptState | None = None


class BalanceQuery(PageQuery):
    buyer_id: Id | None = None
    seller_id: Id | None = None
    overdue: bool = Field(default=False, description="Only who owes something for longer than may be.")


class PartnerBalanceOut(Schema):
    """`balance` is prepaid above zero, owed below; `available` is what may still be ordered for."""

    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    currency: str
    balance: str
    held: str
    limit: str
    available: str
    overdue: str


class StatementQuery(Schema):
    buyer_id: Id
    seller_id: Id
    currency: Currency = "CNY"
    first: date
    last: date


class StatementLineOut(Schema):
    transfer_id: int
    effective_at: datetime
    source_type: str
    source_id: UUID
    document_number: str
    change: str
    balance: str
    note: str


class StatementOut(Schema):
    """Opening + every change = closing; the closing of one month is the opening of the next."""

    buyer_id: int
    seller_id: int
    currency: str
    first: date
    last: date
    opening: str
    closing: str
    lines: list[StatementLineOut]


def _receipt(row: Any) -> dict[str, Any]:
    return asdict(row) | {"amount": amount_text(row.amount, currency_of(row.currency).exponent)}


@router.post(
    "/receipts",
    scope="money:write",
    response=ReceiptOut,
    status=201,
    errors=[
        errors.BuyerUnknown,
        errors.AmountInvalid,
        errors.ValueDateInvalid,
        errors.ReferenceTaken,
        errors.ReceiptIdReused,
        CurrencyUnknown,
        IdInvalid,
        ClockSkewed,
    ],
)
def record_receipt(request: ActorRequest, body: ReceiptIn) -> Any:
    """Write down money that came in: the buyer's balance rises at once."""
    draft = ReceiptDraft(
        receipt_id=body.id,
        buyer_id=body.buyer_id,
        amount=body.amount,
        method=body.method,
        value_date=body.value_date,
        currency=body.currency,
        reference=body.reference.strip(),
        note=body.note,
    )
    receipt = services.record_receipt(actor=request.actor, draft=draft, now=request.now)
    return _receipt(selectors.named(receipt))


@router.post(
    "/receipts/{receipt_id}/reverse",
    scope="money:write",
    response=ReceiptOut,
    errors=[
        errors.ReceiptUnknown,
        errors.AlreadyReversed,
        errors.ReasonMissing,
        errors.MoneyGone,
        NotEnoughAvailable,
    ],
)
def reverse_receipt(request: ActorRequest, receipt_id: UUID, body: ReversalIn) -> Any:
    """Take a receipt back that was entered wrongly."""
    receipt = services.reverse_receipt(
        actor=request.actor, receipt_id=receipt_id, reason=body.reason, now=request.now
    )
    return _receipt(selectors.named(receipt))


@router.get("/receipts", scope="money:read", response=Page[ReceiptOut], errors=[CursorInvalid])
def list_receipts(request: ActorRequest, query: Query[ReceiptQuery]) -> Any:
    """Money received, the newest first."""
    key = decode_cursor(query.cursor, size=2)
    try:
        after = (datetime.fromisoformat(str(key[0])), UUID(str(key[1]))) if key else None
    except ValueError as error:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor") from error
    rows = selectors.list_receipts(
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        state=query.state or "",
        after=after,
        limit=query.limit + 1,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.created_at.isoformat(), str(row.id)))
    return page | {"items": [_receipt(row) for row in page["items"]]}


@router.get("/receipts/{receipt_id}", scope="money:read", response=ReceiptOut, errors=[errors.ReceiptUnknown])
def get_receipt(request: ActorRequest, receipt_id: UUID) -> Any:
    """One receipt."""
    return _receipt(selectors.get_receipt(receipt_id))


@router.get("/balances", scope="money:read", response=Page[PartnerBalanceOut], errors=[CursorInvalid])
def list_balances(request: ActorRequest, query: Query[BalanceQuery]) -> Any:
    """Partners' money with those who sell to them, as it stands."""
    key = decode_cursor(query.cursor, size=1)
    if key and not isinstance(key[0], int):
        raise CursorInvalid("This cursor belongs to another list.", field="cursor")
    rows = selectors.list_balances(
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        only_overdue=query.overdue,
        after=int(key[0]) if key else 0,
        limit=query.limit + 1,
        now=request.now,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.account_id,))
    return page | {"items": [_balance(row) for row in page["items"]]}


def _balance(row: Any) -> dict[str, Any]:
    exponent = currency_of(row.currency).exponent
    amounts = ("balance", "held", "limit", "available", "overdue")
    return asdict(row) | {name: amount_text(getattr(row, name), exponent) for name in amounts}


@router.get(
    "/statements",
    scope="money:read",
    response=StatementOut,
    errors=[errors.AccountNotVisible, InvalidInput, CurrencyUnknown],
)
def get_statement(request: ActorRequest, query: Query[StatementQuery]) -> Any:
    """The movements of some days between a buyer and a seller, with what stood before and after."""
    found = selectors.statement(
        buyer_id=query.buyer_id,
        seller_id=query.seller_id,
        currency=query.currency,
        first=query.first,
        last=query.last,
        zone=request.actor.timezone,
    )
    exponent = currency_of(found.currency).exponent
    return asdict(found) | {
        "opening": amount_text(found.opening, exponent),
        "closing": amount_text(found.closing, exponent),
        "lines": [
            asdict(line)
            | {"change": amount_text(line.change, exponent), "balance": amount_text(line.balance, exponent)}
            for line in found.lines
        ],
    }
