"""Write one priced order: number, promises, document and event in a single statement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from django.db import Error as DatabaseFault

from huiliu.access.types import Actor
from huiliu.ledger.errors import NotEnoughAvailable, StockShort
from huiliu.ledger.services import refusal_of
from huiliu.orders import errors
from huiliu.orders.models import Order
from huiliu.orders.rules import lines_hash
from huiliu.orders.types import OrderDraft, OrderState, PlacedOrder, Quote, Twin
from huiliu.platform import custom_fields
from huiliu.platform.database import rows


@dataclass(frozen=True, slots=True)
class Parties:
    """Seller and buyer as they stand on the document of this day."""

    seller_id: int
    seller_path: str
    seller_name: str
    buyer_id: int
    buyer_path: str
    buyer_name: str
    buyer_tier: str
    region_code: str
    province: str
    city: str


def content_hash(draft: OrderDraft) -> str:
    """What makes two submits the same order: everything its sender chose."""
    lines = [
        (
            line.sku_id,
            f"{line.quantity.normalize():f}",
            line.unit,
            str(line.override_price),
            line.override_reason,
        )
        for line in draft.lines
    ]
    content = [
        draft.buyer_id,
        draft.seller_id,
        lines,
        draft.shortage_mode,
        draft.external_number,
        draft.buyer_note,
        draft.address,
        draft.wanted_date,
        draft.warehouse_ids,
        draft.custom,
    ]
    return hashlib.md5(orjson.dumps(content, default=str), usedforsecurity=False).hexdigest()


def write_order(
    *,
    actor: Actor,
    draft: OrderDraft,
    quote: Quote,
    parties: Parties,
    business_date: date,
    on_behalf: bool,
    now: datetime,
) -> PlacedOrder:
    """Promise goods and money and record the order: all of it or none.

    Locks:  stock accounts of the skus and the buyer's balance, in id order, until commit.
    Replay: the same draft again answers the first order.
    Raises: InsufficientStock, CreditExceeded, OrderIdReused, OrderNotVisible.
    """
    header = _header(
        actor=actor,
        draft=draft,
        quote=quote,
        parties=parties,
        business_date=business_date,
        on_behalf=on_behalf,
        now=now,
    )
    lines = quote.lines
    try:
        [(answer,)] = rows(
            # The traces in one document: as an array every quote in them would be escaped one by one.
            "SELECT orders_place(%s::jsonb, %s::int[], %s::bigint[], %s::text[], %s::text[], %s::text[],"
            " %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[],"
            " ARRAY(SELECT trace FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY t(trace, n) ORDER BY n),"
            " %s::bigint[])",
            [
                orjson.dumps(header, default=str).decode(),
                _array(line.line_no for line in lines),
                _array(line.sku_id for line in lines),
                _words(line.sku_code for line in lines),
                _words(line.sku_name for line in lines),
                _words(line.unit for line in lines),
                _array(line.entered_quantity for line in lines),
                _array(line.ordered for line in lines),
                _array(line.unit_price for line in lines),
                _array(line.gross_amount for line in lines),
                _array(line.net_amount for line in lines),
                _array(line.tax_rate for line in lines),
                orjson.dumps([line.trace for line in lines], default=str).decode(),
                _array(draft.warehouse_ids),
            ],
            prepared=True,
        )
    except DatabaseFault as fault:
        refusal = _refusal(fault, quote)
        if refusal is None:
            raise  # as it is: the edge reads the state that PostgreSQL gave it
        raise refusal from fault
    return _placed(answer, draft=draft, quote=quote)


def _array(numbers: Iterable[int | Decimal]) -> str:
    """Numbers as PostgreSQL reads an array: one text instead of a value at a time."""
    return "{" + ",".join(map(str, numbers)) + "}"


def _words(words: Iterable[str]) -> str:
    """Texts as PostgreSQL reads an array; in quotes nothing but a quote and a backslash means something."""
    return "{" + ",".join('"' + word.replace("\\", r"\\").replace('"', r"\"") + '"' for word in words) + "}"


def find_placed(draft: OrderDraft) -> PlacedOrder | None:
    """The order that this very draft became earlier, if it did."""
    order = Order.objects.filter(pk=draft.order_id, content_hash=content_hash(draft)).first()
    if order is None:
        return None
    return PlacedOrder(
        id=order.pk,
        number=order.number,
        state=OrderState(order.state),
        currency=order.currency,
        gross_amount=order.gross_amount,
        net_amount=order.net_amount,
        tax_amount=order.tax_amount,
        line_count=order.line_count,
        backordered_lines=(),
        submitted_at=order.submitted_at,
        earlier=True,
    )


def _header(
    *,
    actor: Actor,
    draft: OrderDraft,
    quote: Quote,
    parties: Parties,
    business_date: date,
    on_behalf: bool,
    now: datetime,
) -> dict[str, Any]:
    return {
        "id": str(draft.order_id),
        "now": now.isoformat(),
        "business_date": business_date.isoformat(),
        "seller_id": parties.seller_id,
        "seller_path": parties.seller_path,
        "seller_name": parties.seller_name,
        "buyer_id": parties.buyer_id,
        "buyer_path": parties.buyer_path,
        "buyer_name": parties.buyer_name,
        "buyer_tier": parties.buyer_tier,
        "region_code": parties.region_code,
        "province": parties.province,
        "city": parties.city,
        "currency": quote.currency,
        "gross_amount": f"{quote.gross_amount:f}",
        "net_amount": f"{quote.net_amount:f}",
        "shortage_mode": draft.shortage_mode.value,
        "content_hash": content_hash(draft),
        "lines_hash": lines_hash(quote.lines),
        "external_number": draft.external_number,
        "buyer_note": draft.buyer_note,
        "address": draft.address,
        "wanted_date": draft.wanted_date.isoformat() if draft.wanted_date else None,
        "user_id": actor.user_id,
        "on_behalf": on_behalf,
        "custom": custom_fields.validate("order", draft.custom),
    }


def _refusal(fault: DatabaseFault, quote: Quote) -> Exception | None:
    """The refusal in the words of orders, naming lines; None when it is none."""
    state = getattr(fault.__cause__, "sqlstate", "")
    if state == "HL201":
        return errors.NotAllowedToTrade("Buyer and seller are both outside your reach.")
    if state == "HL202":
        return errors.OrderIdReused("This order id was used for other content.")
    refusal = refusal_of(fault)
    if isinstance(refusal, StockShort):
        names = {line.line_no: line for line in quote.lines}
        rows = [
            {
                "line_no": row["line_no"],
                "sku_code": names[row["line_no"]].sku_code,
                "sku_name": names[row["line_no"]].sku_name,
                "asked": f"{Decimal(str(row['asked'])).normalize():f}",
                "available": f"{Decimal(str(row['available'])).normalize():f}",
            }
            for row in refusal.facts["rows"]
        ]
        return errors.InsufficientStock(
            "There is not enough stock for some lines.",
            lines=rows,
            fields=[
                {"field": f"lines.{row['line_no'] - 1}.quantity", "reason": "not enough stock"}
                for row in rows
            ],
        )
    if isinstance(refusal, NotEnoughAvailable):
        [row] = refusal.facts["rows"][:1]
        return errors.CreditExceeded(
            "The order is larger than the credit and prepayment available.",
            asked=f"{row['asked']}",
            available=f"{row['available']}",
            currency=quote.currency,
        )
    return refusal


def _placed(answer: dict[str, Any], *, draft: OrderDraft, quote: Quote) -> PlacedOrder:
    earlier = bool(answer["earlier"])
    gross = Decimal(answer["gross_amount"]) if earlier else quote.gross_amount
    net = Decimal(answer["net_amount"]) if earlier else quote.net_amount
    return PlacedOrder(
        id=draft.order_id,
        number=answer["number"],
        state=OrderState(answer["state"]),
        currency=quote.currency,
        gross_amount=gross,
        net_amount=net,
        tax_amount=gross - net,
        line_count=len(quote.lines),
        backordered_lines=tuple(answer.get("backordered", ())),
        submitted_at=datetime.fromisoformat(answer["submitted_at"]),
        earlier=earlier,
        twin=_twin(answer.get("twin")),
    )


def _twin(found: dict[str, Any] | None) -> Twin | None:
    if not found:
        return None
    return Twin(UUID(found["id"]), found["number"], datetime.fromisoformat(found["submitted_at"]))
