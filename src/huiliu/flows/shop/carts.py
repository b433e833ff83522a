"""Carts with what they cost: judged as an order would be, every time they are read or written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import SkuUnknown
from huiliu.flows import judge_lines, place_order
from huiliu.flows.judge_lines import JudgedLine, Judgement
from huiliu.flows.shop.offers import stock_words
from huiliu.flows.shop.rules import LineChange, change_of
from huiliu.inventory.types import StockLevel
from huiliu.kernel.money import amount_text, plain_text
from huiliu.kernel.period import business_date
from huiliu.kernel.quantity import UnitUnknown, to_base
from huiliu.kernel.refusals import Refusals
from huiliu.orders import cart_selectors
from huiliu.orders import errors as refusals_of
from huiliu.orders import selectors as orders
from huiliu.orders.models import Cart, CartLine
from huiliu.orders.services import carts
from huiliu.orders.types import (
    CartLineDraft,
    CartState,
    DraftLine,
    OrderDraft,
    OrderState,
    PlacedOrder,
    Seen,
    ShortageMode,
)
from huiliu.partners import selectors as partners
from huiliu.partners.types import BuyerFacts
from huiliu.platform import files
from huiliu.platform.errors import NotFound, Stale
from huiliu.pricing import services as pricing

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class CartLineView:
    """A line with its price or problem, what that changes since it was seen, and a word on the stock."""

    line: CartLine
    judged: JudgedLine
    change: LineChange | None
    level: StockLevel | None
    available: Decimal | None


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart as its people see it."""

    cart: Cart
    buyer: BuyerFacts
    seller: BuyerFacts
    judgement: Judgement
    lines: tuple[CartLineView, ...]

    @property
    def changed(self) -> tuple[CartLineView, ...]:
        return tuple(line for line in self.lines if line.change is not None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line as it is asked for; an empty unit is the base unit."""

    sku_id: int
    unit: str
    quantity: Decimal
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SubmitDraft:
    """What an order has beside its lines."""

    order_id: UUID
    version: int | None
    quote_digest: str
    shortage_mode: ShortageMode
    external_number: str
    buyer_note: str
    address: Mapping[str, Any]
    wanted_date: date | None
    warehouse_ids: tuple[int, ...]
    custom: Mapping[str, Any]


def view_cart(*, actor: Actor, cart: Cart, now: datetime) -> CartView:
    """What the cart costs now. Writes nothing."""
    buyer, seller = _sides(cart)
    lines = cart_selectors.lines_of(cart.pk)
    on = business_date(now, actor.timezone)
    judgement = judge_lines.judge_lines(
        actor=actor, buyer=buyer, seller=seller, lines=[_drafted(line) for line in lines], on=on, now=now
    )
    words = (
        stock_words(actor=actor, buyer=buyer, seller=seller, sku_ids=[line.sku_id for line in lines], on=on)
        if lines and cart.state == CartState.OPEN
        else {}
    )
    views = tuple(
        CartLineView(line, judged, _change(line, judged), *words.get(line.sku_id, (None, None)))
        for line, judged in zip(lines, judgement.lines, strict=True)
    )
    return CartView(cart, buyer, seller, judgement, views)


def _sides(cart: Cart) -> tuple[BuyerFacts, BuyerFacts]:
    buyer, seller = partners.buyer_facts(cart.buyer_id), partners.buyer_facts(cart.seller_id)
    if buyer is None or seller is None:
        raise NotFound("Buyer or seller of this cart is no longer there.", cart_id=str(cart.pk))
    return buyer, seller


def _drafted(line: CartLine) -> DraftLine:
    return DraftLine(line.sku_id, line.quantity, line.unit)


def _change(line: CartLine, judged: JudgedLine) -> LineChange | None:
    return change_of(
        seen_price=line.seen_unit_price,
        seen_gross=line.seen_gross,
        seen_problem=line.seen_problem,
        price=judged.priced.unit_price if judged.priced else None,
        gross=judged.priced.gross_amount if judged.priced else None,
        problem=judged.problem.code if judged.problem else "",
    )


def _seen(view: CartLineView) -> Seen:
    priced, problem = view.judged.priced, view.judged.problem
    return Seen(
        view.line.sku_id,
        view.line.unit,
        priced.unit_price if priced else None,
        priced.gross_amount if priced else None,
        problem.code if problem else "",
    )


def news_of(view: CartView, *, now: datetime) -> dict[str, Any] | None:
    """What is told of a cart whose lines cost otherwise than they did when they were seen; None when none does."""
    if not view.changed:
        return None
    since = (view.cart.news or {}).get("since") or now.isoformat()
    exponent = pricing.exponent_of(view.judgement.quote.currency)
    changes = [(one.line, one.change) for one in view.lines if one.change is not None]
    return {
        "since": since,
        "difference": amount_text(sum((change.difference for _, change in changes), ZERO), exponent),
        "lines": [
            {
                "sku_id": line.sku_id,
                "unit": line.unit,
                "unit_price_before": _text(change.unit_price_before),
                "unit_price_after": _text(change.unit_price_after),
                "difference": amount_text(change.difference, exponent),
                "problem": change.problem,
            }
            for line, change in changes
        ],
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain_text(value)


def _shown(*, actor: Actor, cart: Cart, touched: Collection[int], now: datetime) -> CartView:
    """The cart after a write: its answer shows the prices of what was written, so these count as seen."""
    view = view_cart(actor=actor, cart=cart, now=now)
    if touched:
        carts.keep_seen(cart, (_seen(one) for one in view.lines if one.line.sku_id in touched))
        view = _with_seen(view, touched)
    quote = view.judgement.quote
    carts.keep_quote(
        cart, digest=quote.digest, gross=quote.gross_amount, news=news_of(view, now=now), now=now
    )
    return view


def _with_seen(view: CartView, touched: Collection[int]) -> CartView:
    lines = tuple(
        CartLineView(one.line, one.judged, None, one.level, one.available)
        if one.line.sku_id in touched
        else one
        for one in view.lines
    )
    return CartView(view.cart, view.buyer, view.seller, view.judgement, lines)


def _checked(*, cart: Cart, wanted: Sequence[Wanted], actor: Actor, now: datetime) -> list[CartLineDraft]:
    """Lines that may stand in this cart; minimum, steps and limits are told on the line, not refused here.

    Raises: SkuUnknown, SkuNotActive, NotSellable, UnitUnknown, QuantityNotWhole, or SeveralRefused with all.
    """
    buyer, seller = _sides(cart)
    on = business_date(now, actor.timezone)
    facts = catalog.sku_facts({one.sku_id for one in wanted})
    sellable = catalog.sellable_ids(buyer=buyer, ids=facts.keys(), on=on)
    trade = partners.may_trade(buyer=buyer, seller_id=seller.organization_id, on=on)
    drafts = []
    refusals = Refusals()
    for position, one in enumerate(wanted):
        with refusals.collecting(f"lines.{position}"):
            sku = facts.get(one.sku_id)
            if sku is None:
                raise SkuUnknown("There are no such goods.", sku_id=one.sku_id)
            unit = one.unit or sku.base_unit
            if one.quantity > 0:  # what is no longer sold can still be taken off
                draft = DraftLine(one.sku_id, one.quantity, unit)
                place_order.orderable(draft, facts=facts, sellable=sellable, trade=trade)
                factor = sku.factor(unit)
                if factor is None:
                    raise UnitUnknown(
                        "These goods have no such unit.", unit=unit, units=[known.unit for known in sku.units]
                    )
                to_base(one.quantity, factor, is_whole=sku.is_whole)
            drafts.append(CartLineDraft(one.sku_id, unit, one.quantity, one.note))
    refusals.raise_if_any()
    return drafts


def add_to_cart(*, actor: Actor, cart_id: UUID, wanted: Sequence[Wanted], now: datetime) -> CartView:
    """Put goods on top of what is in the cart. Locks: the cart. Raises: as `_checked`, CartFull, CartOrdered."""
    cart = carts.lock_cart(actor=actor, cart_id=cart_id)
    drafts = _checked(cart=cart, wanted=wanted, actor=actor, now=now)
    carts.add_lines(actor=actor, cart=cart, wanted=drafts, now=now)
    return _shown(actor=actor, cart=cart, touched={one.sku_id for one in drafts}, now=now)


def set_in_cart(
    *, actor: Actor, cart_id: UUID, wanted: Sequence[Wanted], version: int, is_whole: bool, now: datetime
) -> CartView:
    """Make lines what is wanted; zero takes a line off. Locks: the cart. Raises: as `add_to_cart`, Stale."""
    cart = carts.lock_cart(actor=actor, cart_id=cart_id)
    drafts = _checked(cart=cart, wanted=wanted, actor=actor, now=now)
    carts.set_lines(actor=actor, cart=cart, wanted=drafts, version=version, is_whole=is_whole, now=now)
    return _shown(actor=actor, cart=cart, touched={one.sku_id for one in drafts}, now=now)


def merge_into_cart(*, actor: Actor, cart_id: UUID, from_id: UUID, now: datetime) -> CartView:
    """Put another cart's lines on top; a change of price that nobody has acknowledged there is shown as seen here."""
    before = {line.sku_id for line in cart_selectors.lines_of(from_id)}
    cart = carts.merge_carts(actor=actor, cart_id=cart_id, from_id=from_id, now=now)
    return _shown(actor=actor, cart=cart, touched=before, now=now)


def acknowledge(*, actor: Actor, cart_id: UUID, digest: str, now: datetime) -> CartView:
    """Accept what the cart costs now; the difference is no longer told.

    Locks:  the cart. Replay: once more changes nothing.
    Raises: CartNotVisible, CartOrdered, PriceChanged when `digest` is not that of the prices now.
    """
    cart = carts.lock_cart(actor=actor, cart_id=cart_id)
    view = view_cart(actor=actor, cart=cart, now=now)
    quote = view.judgement.quote
    if quote.digest != digest:
        raise refusals_of.PriceChanged(
            "Prices changed since you looked.", digest=quote.digest, gross_amount=str(quote.gross_amount)
        )
    carts.keep_seen(cart, (_seen(one) for one in view.lines))
    carts.keep_quote(cart, digest=quote.digest, gross=quote.gross_amount, news=None, now=now)
    if view.changed:
        carts.tell_acknowledged(cart, actor=actor, now=now)
    return _with_seen(view, {one.line.sku_id for one in view.lines})


def submit_cart(*, actor: Actor, cart_id: UUID, draft: SubmitDraft, now: datetime) -> PlacedOrder:
    """Order what is in the cart; the cart becomes the order, once, however many devices send it.

    Locks:  the cart, then what placing an order locks.
    Replay: an ordered cart answers its order, whatever is sent.
    Raises: CartNotVisible, Stale, OrderEmpty, and what `place_order` raises (lines by their place in the cart).
    """
    cart = carts.lock_cart(actor=actor, cart_id=cart_id, is_open=False)
    if cart.state == CartState.ORDERED and cart.order_id is not None:
        return _placed_before(cart.order_id)
    if draft.version is not None and draft.version != cart.version:
        raise Stale("The cart was changed meanwhile.", yours=draft.version, current=cart.version)
    placed = place_order.place_order(
        actor=actor,
        draft=OrderDraft(
            order_id=draft.order_id,
            buyer_id=cart.buyer_id,
            seller_id=cart.seller_id,
            lines=tuple(_drafted(line) for line in cart_selectors.lines_of(cart.pk)),
            shortage_mode=draft.shortage_mode,
            external_number=draft.external_number,
            buyer_note=draft.buyer_note,
            address=dict(draft.address),
            wanted_date=draft.wanted_date,
            quote_digest=draft.quote_digest,
            warehouse_ids=draft.warehouse_ids,
            custom=dict(draft.custom),
        ),
        now=now,
    )
    carts.close_as_ordered(cart, placed, actor=actor, now=now)
    _carry_files(cart, order_id=placed.id, now=now)
    return placed


def _carry_files(cart: Cart, *, order_id: UUID, now: datetime) -> None:
    """Photos kept with the cart go with the order: buyer and seller read them there."""
    order = orders.find_order(order_id)
    files.copy_to(
        from_type="cart",
        from_id=str(cart.pk),
        to_type="order",
        to_id=str(order_id),
        paths=(order.buyer_path, order.seller_path),
        now=now,
    )


def _placed_before(order_id: UUID) -> PlacedOrder:
    order = orders.find_order(order_id)
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
