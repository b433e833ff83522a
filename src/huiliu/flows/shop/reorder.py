"""Once more what was ordered: a past order's lines into a cart; what cannot be sold any more is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import SkuNotActive, SkuUnknown
from huiliu.flows.judge_lines import judge_lines
from huiliu.flows.shop import carts as shop
from huiliu.flows.shop.carts import CartView, Wanted
from huiliu.flows.shop.offers import sides_of
from huiliu.kernel.period import business_date
from huiliu.kernel.quantity import UnitUnknown
from huiliu.kernel.refusals import DomainError
from huiliu.orders import selectors as orders
from huiliu.orders.errors import CartsApart, NotAllowedToTrade, NotSellable
from huiliu.orders.models import Line
from huiliu.orders.services import carts
from huiliu.orders.types import DraftLine
from huiliu.pricing.errors import NoPrice


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the past order that cannot be ordered again, and why."""

    line_no: int
    sku_id: int
    sku_code: str
    sku_name: str
    unit: str
    quantity: Decimal
    refusal: DomainError


@dataclass(frozen=True, slots=True)
class Reordered:
    """The cart that took the lines, and every line it could not take."""

    view: CartView
    added: int
    left_out: tuple[LeftOut, ...]


def reorder(*, actor: Actor, order_id: UUID, cart_id: UUID | None, now: datetime) -> Reordered:
    """Put the lines of a past order on top of a cart (without one: the default cart of its buyer and seller).

    Locks:  the cart. Replay: the Idempotency-Key of the request.
    Raises: OrderNotVisible, NotFound, NotAllowedToTrade, CartNotVisible, CartOrdered, CartFull, CartsApart.
    """
    order = orders.find_order(order_id)
    buyer, seller = sides_of(actor=actor, buyer_id=order.buyer_id, seller_id=order.seller_id)
    if cart_id is None:
        opened = carts.open_default_cart(
            actor=actor, buyer_id=buyer.organization_id, seller_id=seller.organization_id, now=now
        )
        cart_id = opened.pk
    cart = carts.lock_cart(actor=actor, cart_id=cart_id)
    if (cart.buyer_id, cart.seller_id) != (order.buyer_id, order.seller_id):
        raise CartsApart("The cart is for another buyer or seller than the order.", field="cart_id")
    lines = [line for line in orders.lines_of([order_id]) if line.kind == "GOODS"]
    on = business_date(now, actor.timezone)
    judged = judge_lines(
        actor=actor,
        buyer=buyer,
        seller=seller,
        lines=[DraftLine(line.sku_id, line.entered_quantity, line.unit) for line in lines],
        on=on,
        now=now,
    )
    left_out, wanted = [], []
    for line, one in zip(lines, judged.lines, strict=True):
        if one.problem is not None and not _stands_in_a_cart(one.problem):
            left_out.append(_left_out(line, one.problem))
        else:
            wanted.append(Wanted(line.sku_id, line.unit, line.entered_quantity))
    view = shop.add_to_cart(actor=actor, cart_id=cart_id, wanted=wanted, now=now)
    return Reordered(view, len(wanted), tuple(left_out))


#: What is gone for good; a minimum or a limit is told on the cart's line instead, where it can be put right.
GONE = (
    SkuUnknown,
    SkuNotActive,
    NotSellable,
    NotAllowedToTrade,
    UnitUnknown,
    NoPrice,
)


def _stands_in_a_cart(problem: DomainError) -> bool:
    return not isinstance(problem, GONE)


def _left_out(line: Line, problem: DomainError) -> LeftOut:
    known = catalog.sku_facts([line.sku_id]).get(line.sku_id)
    return LeftOut(
        line_no=line.line_no,
        sku_id=line.sku_id,
        sku_code=line.sku_code,
        sku_name=known.name if known else line.sku_name,
        unit=line.unit,
        quantity=line.entered_quantity,
        refusal=problem,
    )
