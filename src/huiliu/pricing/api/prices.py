"""What somebody pays, over HTTP: the price page, a preview, and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.kernel.money import CurrencyUnknown, amount_text, currency_of, plain_text
from huiliu.kernel.period import business_date
from huiliu.kernel.quantity import QuantityNegative, QuantityNotWhole, QuantityTooFine
from huiliu.kernel.refusals import SeveralRefused
from huiliu.platform.errors import CursorInvalid, ScopeMissing
from huiliu.platform.http.cursor import Page, decode_cursor, page_of
from huiliu.policies import errors as life
from huiliu.pricing import errors, present, selectors
from huiliu.pricing import schemas as shapes

router = EdgeRouter(tag="prices", module="pricing")
PARTIES = (errors.BuyerNotVisible, errors.SellerNotAbove, CurrencyUnknown)
LINES = (
    errors.PriceRowSkuUnknown,
    errors.PriceRowUnitUnknown,
    QuantityNotWhole,
    QuantityTooFine,
    QuantityNegative,
    SeveralRefused,
)


@router.get(
    "/prices", scope="prices:read", response=Page[shapes.ShownPriceOut], errors=[*PARTIES, CursorInvalid]
)
def list_prices(request: ActorRequest, query: Query[shapes.PricePageQuery]) -> Any:
    """What everything the buyer may order costs it, by code or by its own price."""
    actor = request.actor
    buyer, seller = selectors.parties_of(actor=actor, buyer_id=query.buyer_id, seller_id=query.seller_id)
    rows = selectors.price_page(
        buyer=buyer,
        seller=seller,
        currency=currency_of(query.currency).code,
        on=query.on or business_date(request.now, actor.timezone),
        text=query.text,
    )
    by_price = query.sort is shapes.PriceSort.PRICE
    if by_price:
        rows = sorted(rows, key=lambda row: (row.unit_price, row.sku_code))
    key = decode_cursor(query.cursor, size=2)
    if key is not None:
        after = (_decimal(key[0]), str(key[1]))
        rows = [row for row in rows if ((row.unit_price if by_price else Decimal(0)), row.sku_code) > after]
    page = page_of(
        rows[: query.limit + 1],
        limit=query.limit,
        key=lambda row: (plain_text(row.unit_price) if by_price else "0", row.sku_code),
    )
    return page | {"items": [present.shown_price(row) for row in page["items"]]}


def _decimal(text: Any) -> Decimal:
    try:
        return Decimal(str(text))
    except ArithmeticError as error:
        raise CursorInvalid("This cursor belongs to another list.", field="cursor") from error


@router.post(
    "/prices/preview",
    scope="prices:read",
    response=shapes.PreviewOut,
    idempotent=False,
    errors=[*PARTIES, *LINES, life.VersionNotVisible, ScopeMissing],
)
def preview_prices(request: ActorRequest, body: shapes.PreviewIn) -> Any:
    """What a partner would pay, line by line, with the reasons. Changes nothing."""
    actor = request.actor
    buyer, seller = selectors.parties_of(actor=actor, buyer_id=body.buyer_id, seller_id=body.seller_id)
    if body.version_id is not None and not actor.may("policies:read"):
        raise ScopeMissing("Drafts are for brand staff.", scope="policies:read")
    currency = currency_of(body.currency)
    on = body.on or business_date(request.now, actor.timezone)
    lines = selectors.preview_lines(
        buyer=buyer,
        seller=seller,
        currency=currency,
        on=on,
        project=body.project,
        version_id=body.version_id,
        wanted=[
            (line.sku_id, line.sku_code.strip(), line.quantity, line.unit.strip()) for line in body.lines
        ],
    )
    shown: list[dict[str, Any]] = []
    gross = Decimal(0)
    for sku, unit, line, given in zip(*lines, body.lines, strict=True):
        gross += line.gross_amount if line else 0
        blank = dict.fromkeys(("unit_price", "gross_amount", "net_amount", "tax_amount"))
        priced = present.preview_line(line, actor=actor) if line else None
        shown.append(
            {
                "sku_id": sku.id,
                "sku_code": sku.code,
                "unit": unit.unit,
                "quantity": plain_text(given.quantity),
            }
            | (priced or {"orderable": False, "words": [], "trace": {}, **blank})
        )
    return {
        "buyer_id": buyer.organization_id,
        "seller_id": seller.organization_id,
        "currency": currency.code,
        "on": on,
        "gross_amount": amount_text(gross, currency.exponent),
        "lines": shown,
    }


@router.post(
    "/prices/explain",
    scope="policies:read",
    response=list[shapes.CandidateOut],
    idempotent=False,
    errors=[*PARTIES, *LINES, life.VersionNotVisible],
)
def explain_price(request: ActorRequest, body: shapes.ExplainIn) -> Any:
    """Every list that knows the goods and what became of it, other buyers' lists too: for brand staff."""
    buyer, seller = selectors.parties_of(
        actor=request.actor, buyer_id=body.buyer_id, seller_id=body.seller_id
    )
    base, candidates = selectors.explain_price(
        buyer=buyer,
        seller=seller,
        wanted=(body.sku_id, body.sku_code.strip(), body.quantity, body.unit.strip()),
        on=body.on or business_date(request.now, request.actor.timezone),
        currency=currency_of(body.currency),
        project=body.project,
        version_id=body.version_id,
    )
    return [present.candidate_out(one, base) for one in candidates]
