"""Reads of carts, favourites and of what a buyer usually orders, under the caller's reach."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from huiliu.access.types import Actor
from huiliu.orders.errors import CartNotVisible
from huiliu.orders.models import Cart, Favourite, SeenSku
from huiliu.orders.services.carts import lines_of
from huiliu.orders.types import BoughtRow, CartState

__all__ = ["bought_by", "due_carts", "favourite_ids", "find_cart", "lines_of", "list_carts", "seen_sku_ids"]


def list_carts(
    *,
    actor: Actor,
    state: CartState | None = CartState.OPEN,
    buyer_id: int | None = None,
    seller_id: int | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Cart]:
    """The actor's organization's carts, those changed last first by (updated_at, id)."""
    rows = Cart.objects.filter(owner_id=actor.organization_id)
    for name, value in (("state", state), ("buyer_id", buyer_id), ("seller_id", seller_id)):
        if value is not None:
            rows = rows.filter(**{name: value})
    if after is not None:
        rows = rows.filter(Q(updated_at__lt=after[0]) | Q(updated_at=after[0], id__lt=after[1]))
    return list(rows.order_by("-updated_at", "-id")[:limit])


def find_cart(*, actor: Actor, cart_id: UUID) -> Cart:
    """The actor's organization's own cart. Raises: CartNotVisible."""
    cart = Cart.objects.filter(pk=cart_id, owner_id=actor.organization_id).first()
    if cart is None:
        raise CartNotVisible("There is no such cart.", cart_id=str(cart_id))
    return cart


def due_carts(*, quoted_before: datetime, limit: int) -> list[Cart]:
    """Open carts that wait for a new quote, or whose last is of an earlier day; locked. For the worker.

    Locks:  each such cart that nobody else holds: whoever edits it at this moment is quoted anyway.
    """
    waiting = Q(requote_at__isnull=False) | Q(priced_at__lt=quoted_before)
    return list(
        Cart.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(waiting, state=CartState.OPEN, line_count__gt=0)
        .order_by("requote_at", "id")[:limit]
    )


def favourite_ids(*, actor: Actor) -> list[int]:
    """What the actor's organization keeps at hand, added last first."""
    rows = Favourite.objects.filter(organization_id=actor.organization_id)
    return list(rows.order_by("-created_at", "sku_id").values_list("sku_id", flat=True))


def seen_sku_ids(*, actor: Actor) -> list[int]:
    """What the person looked at, last first."""
    rows = SeenSku.objects.filter(user_id=actor.user_id or 0)
    return list(rows.order_by("-seen_at", "sku_id").values_list("sku_id", flat=True))


def bought_by(
    *, buyer_id: int, buyer_path: str, seller_id: int, since: datetime, by_latest: bool = False, limit: int
) -> list[BoughtRow]:
    """What a buyer ordered from a seller since then: most often first, or last first; of equals by the other.

    Counted are orders that have the sku with something left of it (not cancelled). The unit is the one of most
    such lines, of two the one used last; the quantity is the lower median of the quantities entered in that unit.
    """
    order = "latest_at DESC, times DESC" if by_latest else "times DESC, latest_at DESC"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH bought AS (
              SELECT l.sku_id, l.unit, l.entered_quantity, l.ordered - l.cancelled AS units, o.submitted_at, o.id, o.number
                FROM orders_order o JOIN orders_line l ON l.order_id = o.id
               WHERE o.buyer_path = %s AND o.submitted_at >= %s AND o.buyer_id = %s AND o.seller_id = %s
                 AND o.state <> 'CANCELLED' AND l.kind = 'GOODS' AND l.ordered > l.cancelled),
            skus AS (
              SELECT sku_id, count(DISTINCT id) AS times, sum(units) AS units, max(submitted_at) AS latest_at
                FROM bought GROUP BY sku_id ORDER BY {order}, sku_id LIMIT %s),
            units AS (
              SELECT DISTINCT ON (sku_id) sku_id, unit, percentile_disc(0.5) WITHIN GROUP (ORDER BY entered_quantity) AS quantity
                FROM bought GROUP BY sku_id, unit ORDER BY sku_id, count(*) DESC, max(submitted_at) DESC, unit),
            latest AS (
              SELECT DISTINCT ON (sku_id) sku_id, id, number FROM bought ORDER BY sku_id, submitted_at DESC, id DESC)
            SELECT s.sku_id, s.times, u.unit, u.quantity, s.units, s.latest_at, t.id, t.number
              FROM skus s JOIN units u USING (sku_id) JOIN latest t USING (sku_id)
             ORDER BY {order}, s.sku_id
            """,
            [buyer_path, since, buyer_id, seller_id, limit],
        )
        return [BoughtRow(*row) for row in cursor.fetchall()]
