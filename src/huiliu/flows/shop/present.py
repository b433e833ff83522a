"""From the shop's views to the shapes of its API."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SkuFacts
from huiliu.flows.place_order import CURRENCY
from huiliu.flows.shop.carts import CartLineView, CartView
from huiliu.flows.shop.looking import Closely, OfflineRange
from huiliu.flows.shop.offers import Offer
from huiliu.flows.shop.price_changes import PriceChange
from huiliu.flows.shop.quick_entry import EnteredRow, EnteredState
from huiliu.flows.shop.reorder import LeftOut, Reordered
from huiliu.flows.shop.usual import UsualRow
from huiliu.kernel.money import plain_text
from huiliu.kernel.refusals import DomainError
from huiliu.orders.models import Cart
from huiliu.orders.present import money

OFFLINE_FORMAT = 1


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain_text(value)


def _above_zero(value: Decimal | None) -> str | None:
    return plain_text(value) if value else None


def _goods(sku: SkuFacts) -> dict[str, Any]:
    steps = dict(sku.unit_steps)
    return {
        "sku_id": sku.id,
        "sku_code": sku.code,
        "sku_name": sku.name,
        "specification": sku.specification,
        "image": sku.image,
        "base_unit": sku.base_unit,
        "units": [
            {
                "unit": one.unit,
                "numerator": one.numerator,
                "denominator": one.denominator,
                "step": _above_zero(steps.get(one.unit)),
            }
            for one in sku.units
        ],
        "minimum": _above_zero(sku.minimum),
        "multiple": _above_zero(sku.multiple),
        "order_limit": _plain(sku.order_limit),
    }


def offer(one: Offer) -> dict[str, Any]:
    return _goods(one.sku) | {
        "category": one.sku.category_path,
        "is_whole": one.sku.is_whole,
        "unit": one.unit,
        "unit_price": _plain(one.unit_price),
        "currency": CURRENCY,
        "level": one.level,
        "available": _plain(one.available),
    }


def closely(found: Closely) -> dict[str, Any]:
    shown = found.offer
    return offer(shown) | {
        "product_id": shown.sku.product_id,
        "is_favourite": found.is_favourite,
        "barcodes": [{"unit": unit, "barcode": code} for unit, code in found.barcodes],
        "breaks": [
            {"from_quantity": plain_text(step.from_quantity), "unit_price": plain_text(step.unit_price)}
            for step in found.breaks
        ],
    }


def offline(found: OfflineRange) -> dict[str, Any]:
    """Empty lists and words are left short: it is the largest answer of the shop."""
    return {
        "version": OFFLINE_FORMAT,
        "buyer_id": found.buyer_id,
        "seller_id": found.seller_id,
        "priced_on": found.on,
        "currency": CURRENCY,
        "skus": [
            {
                "id": row.sku.id,
                "code": row.sku.code,
                "name": row.sku.name,
                "specification": row.sku.specification,
                "category_id": row.sku.category_id,
                "image": row.sku.image,
                "base_unit": row.sku.base_unit,
                "units": [[one.unit, one.numerator, one.denominator] for one in row.sku.units],
                "barcodes": [code for _, code in row.barcodes],
                "unit": row.sku.order_unit,
                "unit_price": plain_text(row.unit_price),
                "level": row.level,
            }
            for row in found.rows
        ],
    }


def usual(row: UsualRow) -> dict[str, Any]:
    bought = row.bought
    return {
        "offer": offer(row.offer),
        "orderable": row.in_range and row.offer.unit_price is not None,
        "times": bought.times,
        "usual_unit": bought.unit,
        "usual_quantity": plain_text(bought.quantity),
        "units_total": plain_text(bought.units_total),
        "latest_at": bought.latest_at,
        "latest_order_id": bought.latest_order_id,
        "latest_order_number": bought.latest_order_number,
    }


def price_change(row: PriceChange) -> dict[str, Any]:
    return {
        "offer": offer(row.offer),
        "since": row.step.since,
        "price_before": plain_text(row.step.before),
        "price_after": plain_text(row.step.after),
        "is_ahead": row.is_ahead,
    }


def cart_row(cart: Cart, organizations: Mapping[int, str]) -> dict[str, Any]:
    names = (
        "id name is_default state buyer_id seller_id line_count priced_at order_id order_number version"
        " updated_at updated_by"
    )
    return {name: getattr(cart, name) for name in names.split()} | {
        "gross_amount": money(CURRENCY)(cart.quote_gross),
        "has_news": cart.news is not None,
        "buyer_name": organizations.get(cart.buyer_id, ""),
        "seller_name": organizations.get(cart.seller_id, ""),
    }


def cart(view: CartView) -> dict[str, Any]:
    quote = view.judgement.quote
    text = money(quote.currency)
    changes = [line.change for line in view.lines if line.change is not None]
    since = (view.cart.news or {}).get("since") or view.cart.priced_at or view.cart.updated_at
    names = {view.cart.buyer_id: view.buyer.name, view.cart.seller_id: view.seller.name}
    return cart_row(view.cart, names) | {
        "note": view.cart.note,
        "currency": quote.currency,
        "gross_amount": text(quote.gross_amount),
        "net_amount": text(quote.net_amount),
        "tax_amount": text(quote.tax_amount),
        "digest": quote.digest,
        "priced_on": quote.priced_on,
        "orderable": view.judgement.is_orderable,
        "has_news": bool(changes),
        "lines": [cart_line(line, currency=quote.currency) for line in view.lines],
        "news": {
            "since": since,
            "lines": len(changes),
            "difference": text(sum((change.difference for change in changes), Decimal(0))),
        }
        if changes
        else None,
    }


def cart_line(view: CartLineView, *, currency: str) -> dict[str, Any]:
    text = money(currency)
    line, priced, sku = view.line, view.judged.priced, view.judged.sku
    goods = _goods(sku) if sku else _gone(line.sku_id)
    return goods | {
        "unit": line.unit,
        "quantity": plain_text(line.quantity),
        "note": line.note,
        "version": line.version,
        "base_quantity": _plain(priced.ordered if priced else None),
        "unit_price": _plain(priced.unit_price if priced else None),
        "gross_amount": text(priced.gross_amount) if priced else None,
        "level": view.level,
        "available": _plain(view.available),
        "problem": problem(view.judged.problem) if view.judged.problem else None,
        "change": {
            "unit_price_before": _plain(view.change.unit_price_before),
            "unit_price_after": _plain(view.change.unit_price_after),
            "difference": text(view.change.difference),
        }
        if view.change
        else None,
        "updated_at": line.updated_at,
        "updated_by": line.updated_by,
    }


def _gone(sku_id: int) -> dict[str, Any]:
    """Goods that are no longer in the catalog at all."""
    return {
        "sku_id": sku_id,
        "sku_code": "",
        "sku_name": "",
        "specification": "",
        "image": "",
        "base_unit": "",
        "units": [],
        "minimum": None,
        "multiple": None,
        "order_limit": None,
    }


def problem(refusal: DomainError) -> dict[str, Any]:
    facts = {
        name: value if isinstance(value, str | int | bool | list | dict | type(None)) else str(value)
        for name, value in refusal.facts.items()
        if name not in ("field", "fields")
    }
    return {"code": refusal.code, "detail": str(refusal), "remedy": refusal.remedy(), "facts": facts}


def reordered(done: Reordered) -> dict[str, Any]:
    return {
        "cart": cart(done.view),
        "added": done.added,
        "left_out": [left_out(one) for one in done.left_out],
    }


def left_out(one: LeftOut) -> dict[str, Any]:
    names = ("line_no", "sku_id", "sku_code", "sku_name", "unit")
    return {name: getattr(one, name) for name in names} | {
        "quantity": plain_text(one.quantity),
        "problem": problem(one.refusal),
    }


def entered(rows: list[EnteredRow]) -> dict[str, Any]:
    matched = sum(row.state is EnteredState.MATCHED for row in rows)
    return {"rows": [entered_row(row) for row in rows], "matched": matched, "open": len(rows) - matched}


def entered_row(row: EnteredRow) -> dict[str, Any]:
    return {
        "row_no": row.row_no,
        "text": row.text,
        "state": row.state,
        "because": row.because,
        "detail": row.detail,
        "sku_id": row.sku.id if row.sku else None,
        "sku_code": row.sku.code if row.sku else "",
        "sku_name": row.sku.name if row.sku else "",
        "unit": row.unit,
        "quantity": _plain(row.quantity),
        "candidates": [
            {
                "sku_id": sku.id,
                "sku_code": sku.code,
                "sku_name": sku.name,
                "specification": sku.specification,
                "unit": sku.order_unit,
            }
            for sku in row.candidates
        ],
        "same_as": row.same_as,
    }


def sku_ids_by_code(codes: list[str]) -> dict[str, int]:
    """The ids behind codes; an unknown code is absent."""
    return {code: sku.id for code, sku in catalog.sku_facts_by_code(codes).items()}
