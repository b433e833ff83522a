"""What buyers took lately and what they still hold open: the measure of what a change of prices would mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from huiliu.orders.models import Cart, Order

_OPEN = ("AWAITING_BUYER", "SUBMITTED", "AWAITING_FINANCE", "CONFIRMED", "PARTIALLY_SHIPPED")
_TAKEN = (
    "SELECT o.buyer_id, l.sku_id, sum(l.ordered - l.cancelled), sum(l.gross_amount * (l.ordered - l.cancelled)"
    " / nullif(l.ordered, 0)) FROM orders_order o JOIN orders_line l ON l.order_id = o.id"
    " WHERE o.seller_id = %s AND o.business_date >= %s AND o.currency = %s AND o.state <> 'CANCELLED'"
    " AND l.kind = 'GOODS' AND l.sku_id = ANY (%s) AND (%s::bigint[] IS NULL OR o.buyer_id = ANY (%s))"
    " GROUP BY o.buyer_id, l.sku_id ORDER BY o.buyer_id, l.sku_id"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one buyer took of one sku since a day, less what was cancelled; quantity in base units, tax included."""

    buyer_id: int
    sku_id: int
    quantity: Decimal
    gross_amount: Decimal


@dataclass(frozen=True, slots=True)
class Open:
    """What buyers hold open with a seller: carts that are quoted again, orders that keep their prices."""

    carts: int
    orders: int


def taken_since(
    *, seller_id: int, currency: str, sku_ids: Collection[int], buyer_ids: Sequence[int] | None, since: date
) -> list[Taken]:
    """By buyer and sku, in the caller's reach; `buyer_ids` None is everyone."""
    buyers = None if buyer_ids is None else list(buyer_ids)
    parameters: list[Any] = [seller_id, since, currency, list(sku_ids), buyers, buyers]
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, parameters)
        return [Taken(row[0], row[1], row[2], row[3] or Decimal(0)) for row in cursor.fetchall()]


def open_with(*, seller_id: int, buyer_ids: Sequence[int] | None) -> Open:
    """How many carts with goods and how many unshipped orders these buyers have open with the seller."""
    carts = Cart.objects.filter(seller_id=seller_id, state="OPEN", line_count__gt=0)
    orders = Order.objects.filter(seller_id=seller_id, state__in=_OPEN)
    if buyer_ids is not None:
        carts = carts.filter(buyer_id__in=list(buyer_ids))
        orders = orders.filter(buyer_id__in=list(buyer_ids))
    return Open(carts.count(), orders.count())
