"""Quote and submit: the processes that cross modules, over HTTP."""

from __future__ import annotations

from typing import Any

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import SkuUnknown
from huiliu.flows import place_order as flow
from huiliu.kernel.ids import ClockSkewed, IdInvalid
from huiliu.kernel.money import amount_text, plain_text
from huiliu.kernel.refusals import Refusals, SeveralRefused
from huiliu.ledger import selectors as ledger
from huiliu.orders import errors, present
from huiliu.orders import schemas as shapes
from huiliu.orders.types import DraftLine, OrderDraft, Quote
from huiliu.platform.errors import CustomFieldInvalid, NotFound
from huiliu.pricing import services as pricing
from huiliu.pricing.errors import NoPrice

router = EdgeRouter(tag="orders", module="flows")
REFUSALS = (
    errors.NotAllowedToTrade,
    errors.NotSellable,
    errors.PeriodLimitReached,
    errors.LineInvalid,
    SeveralRefused,
    NoPrice,
    SkuUnknown,
    NotFound,
)


def _lines(body: shapes.QuoteIn) -> tuple[DraftLine, ...]:
    """Codes become ids; every unknown code is named."""
    known = catalog.sku_facts_by_code({line.sku_code for line in body.lines if line.sku_code})
    refusals = Refusals()
    found = []
    for position, line in enumerate(body.lines):
        with refusals.collecting(f"lines.{position}"):
            if line.sku_id is None and line.sku_code not in known:
                raise SkuUnknown("There is no such code.", sku_code=line.sku_code)
            sku_id = line.sku_id if line.sku_id is not None else known[line.sku_code].id
            found.append(
                DraftLine(sku_id, line.quantity, line.unit, line.override_price, line.override_reason)
            )
    refusals.raise_if_any()
    return tuple(found)


@router.post(
    "/orders/quote", scope="prices:read", response=shapes.QuoteOut, idempotent=False, errors=REFUSALS
)
def quote_order(request: ActorRequest, body: shapes.QuoteIn) -> Any:
    """What these lines cost now, with the reason for every price. Changes nothing."""
    buyer, seller = flow.parties_of(actor=request.actor, buyer_id=body.buyer_id, seller_id=body.seller_id)
    quote = flow.quote_order(
        actor=request.actor, buyer=buyer, seller=seller, lines=_lines(body), now=request.now
    )
    return present_quote(quote, actor=request.actor)


@router.post(
    "/orders",
    scope="orders:submit",
    response=shapes.PlacedOut,
    status=201,
    errors=[
        *REFUSALS,
        CustomFieldInvalid,
        errors.InsufficientStock,
        errors.CreditExceeded,
        errors.PriceChanged,
        errors.OrderIdReused,
        IdInvalid,
        ClockSkewed,
    ],
)
def submit_order(request: ActorRequest, body: shapes.OrderIn) -> Any:
    """Submit an order: stock and credit are promised, or nothing is."""
    draft = OrderDraft(
        order_id=body.id,
        buyer_id=body.buyer_id or request.actor.organization_id,
        seller_id=body.seller_id or 0,
        lines=_lines(body),
        shortage_mode=body.shortage_mode,
        external_number=body.external_number,
        buyer_note=body.buyer_note,
        address=dict(body.address),
        wanted_date=body.wanted_date,
        quote_digest=body.quote_digest,
        warehouse_ids=tuple(body.warehouse_ids),
        custom=body.custom,
    )
    placed = flow.place_order(actor=request.actor, draft=draft, now=request.now)
    return present.placed(placed)


def present_quote(quote: Quote, *, actor: Actor) -> dict[str, Any]:
    """A quote as the API writes it; traces redacted to the reader."""
    exponent = pricing.exponent_of(quote.currency)
    balance = ledger.partner_balance(
        buyer_id=quote.buyer_id, seller_id=quote.seller_id, currency=quote.currency
    )
    return {
        "buyer_id": quote.buyer_id,
        "seller_id": quote.seller_id,
        "currency": quote.currency,
        "gross_amount": amount_text(quote.gross_amount, exponent),
        "net_amount": amount_text(quote.net_amount, exponent),
        "tax_amount": amount_text(quote.tax_amount, exponent),
        "digest": quote.digest,
        "priced_on": quote.priced_on,
        "available_money": amount_text(balance.available - (balance.floor_target or 0), exponent)
        if balance
        else None,
        "lines": [
            {
                "line_no": line.line_no,
                "sku_id": line.sku_id,
                "sku_code": line.sku_code,
                "sku_name": line.sku_name,
                "unit": line.unit,
                "entered_quantity": plain_text(line.entered_quantity),
                "ordered": plain_text(line.ordered),
                "unit_price": plain_text(line.unit_price),
                "gross_amount": amount_text(line.gross_amount, exponent),
                "net_amount": amount_text(line.net_amount, exponent),
                "tax_amount": amount_text(line.tax_amount, exponent),
                "tax_rate": plain_text(line.tax_rate),
                "trace": pricing.trace_for(line.trace, is_staff=actor.is_staff),
            }
            for line in quote.lines
        ],
    }
