"""Carts: what a buyer (or somebody on its behalf) is about to order, kept for all its colleagues and devices.

Two devices write one cart: each line keeps the version of the cart in which it was written last. Whoever sets a
line says which version it has read; a line written since then is refused (`Stale`), one that was not is written,
whatever happened to the others. Adding needs no version: it counts on top of what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from huiliu.access.types import Actor
from huiliu.kernel.ids import check_uuid7, uuid7
from huiliu.orders.errors import (
    CartFull,
    CartIdReused,
    CartNotVisible,
    CartOrdered,
    CartsApart,
    TooManyCarts,
)
from huiliu.orders.models import Cart, CartLine
from huiliu.orders.types import CartLineDraft, CartState, PlacedOrder, Seen
from huiliu.platform import audit, events, files
from huiliu.platform.errors import Stale

ZERO: Final = Decimal(0)
LINES_MAX: Final = 1_000  # lines of one cart
CARTS_MAX: Final = 50  # open carts of one owner


def lock_cart(*, actor: Actor, cart_id: UUID, is_open: bool = True) -> Cart:
    """The actor's own cart, locked until the transaction ends. Raises: CartNotVisible, CartOrdered."""
    cart = Cart.objects.select_for_update(no_key=True).filter(pk=cart_id).first()
    if cart is None or cart.owner_id != actor.organization_id:
        raise CartNotVisible("There is no such cart.", cart_id=str(cart_id))
    if is_open and cart.state != CartState.OPEN:
        raise CartOrdered("This cart was ordered.", order_id=str(cart.order_id), number=cart.order_number)
    return cart


def open_default_cart(*, actor: Actor, buyer_id: int, seller_id: int, now: datetime) -> Cart:
    """The one cart that every colleague and device finds; made when there is none.

    Replay: two at once get the same one (a unique index decides).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_cart (id, owner_id, owner_path, buyer_id, seller_id, name, is_default, state, note,"
            " line_count, quote_digest, quote_gross, order_number, version, created_at, created_by, updated_at, updated_by)"
            " VALUES (%s, %s, %s, %s, %s, '', true, 'OPEN', '', 0, '', 0, '', 1, %s, %s, %s, %s)"
            " ON CONFLICT (owner_id, buyer_id, seller_id) WHERE is_default AND state = 'OPEN' DO NOTHING",
            [
                uuid7(),
                actor.organization_id,
                actor.organization_path,
                buyer_id,
                seller_id,
                now,
                actor.user_id,
                now,
                actor.user_id,
            ],
        )
        is_new = cursor.rowcount == 1
    cart = Cart.objects.get(
        owner_id=actor.organization_id,
        buyer_id=buyer_id,
        seller_id=seller_id,
        is_default=True,
        state=CartState.OPEN,
    )
    if is_new:
        _tell(cart, actor=actor, type="cart.created", now=now)
    return cart


def create_cart(
    *, actor: Actor, cart_id: UUID, name: str, buyer_id: int, seller_id: int, now: datetime
) -> Cart:
    """A named cart beside the default one.

    Locks:  one creation of this owner at a time, so that the limit holds.
    Replay: the same id with the same content answers the cart that stands.
    Raises: TooManyCarts, CartIdReused, IdInvalid, ClockSkewed.
    """
    check_uuid7(cart_id, now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"carts:{actor.organization_id}"]
        )
    earlier = Cart.objects.filter(pk=cart_id).first()
    if earlier is not None:
        mine = (actor.organization_id, buyer_id, seller_id)
        if (earlier.owner_id, earlier.buyer_id, earlier.seller_id) != mine:
            raise CartIdReused("This id is another cart's.", field="id")
        return earlier
    if Cart.objects.filter(owner_id=actor.organization_id, state=CartState.OPEN).count() >= CARTS_MAX:
        raise TooManyCarts("There are too many open carts.", limit=CARTS_MAX)
    cart = Cart(
        id=cart_id,
        owner_id=actor.organization_id,
        owner_path=actor.organization_path,
        buyer_id=buyer_id,
        seller_id=seller_id,
        name=name,
        quote_gross=ZERO,
        created_at=now,
        created_by=actor.user_id,
        updated_at=now,
        updated_by=actor.user_id,
    )
    cart.save(force_insert=True)
    _tell(cart, actor=actor, type="cart.created", now=now)
    return cart


def update_cart(*, actor: Actor, cart_id: UUID, name: str, note: str, version: int, now: datetime) -> Cart:
    """Rename a cart, or write a note on it. Locks: the cart. Raises: CartNotVisible, CartOrdered, Stale."""
    cart = lock_cart(actor=actor, cart_id=cart_id)
    if (cart.name, cart.note) == (name, note):
        return cart
    if cart.version != version:
        raise Stale("The cart was changed meanwhile.", yours=version, current=cart.version)
    cart.name, cart.note = name, note
    _touch(cart, actor=actor, now=now)
    _tell(cart, actor=actor, type="cart.updated", now=now)
    return cart


def remove_cart(*, actor: Actor, cart_id: UUID, now: datetime) -> None:
    """Throw an open cart away with its lines. Locks: the cart. Raises: CartNotVisible, CartOrdered."""
    cart = lock_cart(actor=actor, cart_id=cart_id)
    CartLine.objects.filter(cart_id=cart_id).delete()
    files.remove_all_of(subject_type="cart", subject_id=str(cart_id))
    _tell(cart, actor=actor, type="cart.removed", now=now)
    cart.delete()


def add_lines(*, actor: Actor, cart: Cart, wanted: Sequence[CartLineDraft], now: datetime) -> Cart:
    """Put goods on top of what is there: the same sku in the same unit is one line, its quantities are summed.

    Locks:  `cart` must come from `lock_cart`. Replay: the Idempotency-Key of the request.
    Raises: CartFull.
    """
    rows = _rows_of(cart)
    sums: dict[tuple[int, str], CartLineDraft] = {}
    for one in wanted:
        key = (one.sku_id, one.unit)
        before = sums.get(key)
        quantity = one.quantity + (before.quantity if before else ZERO)
        note = one.note if one.note is not None or before is None else before.note
        sums[key] = CartLineDraft(one.sku_id, one.unit, quantity, note)
    changed = [
        CartLineDraft(sku_id, unit, one.quantity + (rows[key].quantity if key in rows else ZERO), one.note)
        for key, one in sums.items()
        for sku_id, unit in [key]
        if one.quantity > 0
    ]
    return _write(cart, rows, changed, actor=actor, now=now)


def set_lines(
    *,
    actor: Actor,
    cart: Cart,
    wanted: Sequence[CartLineDraft],
    version: int,
    is_whole: bool = False,
    now: datetime,
) -> Cart:
    """Make these lines what is wanted (zero: taken off); with `is_whole` every other line is taken off.

    Locks:  `cart` must come from `lock_cart`.
    Replay: what stands already is not written again, so the same call twice is one.
    Raises: Stale naming the lines that somebody else wrote since `version`, CartFull.
    """
    rows = _rows_of(cart)
    targets = {(one.sku_id, one.unit): one for one in wanted}
    if is_whole:
        for key, row in rows.items():
            if row.quantity > 0 and key not in targets:
                targets[key] = CartLineDraft(row.sku_id, row.unit, ZERO)
    changed = [one for key, one in targets.items() if not _stands(rows.get(key), one)]
    newer = [
        {"sku_id": one.sku_id, "unit": one.unit}
        for one in changed
        if (known := rows.get((one.sku_id, one.unit))) is not None and known.version > version
    ]
    unseen = is_whole and changed and cart.version > version
    if newer or unseen:
        raise Stale("The cart was changed meanwhile.", yours=version, current=cart.version, lines=newer)
    return _write(cart, rows, changed, actor=actor, now=now)


def _stands(row: CartLine | None, one: CartLineDraft) -> bool:
    if row is None:
        return one.quantity == 0
    return row.quantity == one.quantity and (one.note is None or row.note == one.note)


def merge_carts(*, actor: Actor, cart_id: UUID, from_id: UUID, now: datetime) -> Cart:
    """Put another cart's lines on top of this one's; the other is removed, the default one emptied.

    Locks:  both carts in id order. Raises: CartNotVisible, CartOrdered, CartsApart, CartFull.
    """
    if cart_id == from_id:
        raise CartsApart("A cart is not put into itself.", field="from_cart_id")
    both = {one: lock_cart(actor=actor, cart_id=one) for one in sorted((cart_id, from_id))}
    cart, other = both[cart_id], both[from_id]
    if (cart.buyer_id, cart.seller_id) != (other.buyer_id, other.seller_id):
        raise CartsApart("The carts are of different buyers or sellers.", field="from_cart_id")
    moved = [
        CartLineDraft(row.sku_id, row.unit, row.quantity, row.note or None) for row in lines_of(other.pk)
    ]
    add_lines(actor=actor, cart=cart, wanted=moved, now=now)
    files.copy_to(
        from_type="cart",
        from_id=str(other.pk),
        to_type="cart",
        to_id=str(cart.pk),
        paths=(cart.owner_path,),
        now=now,
    )
    if other.is_default:
        files.remove_all_of(subject_type="cart", subject_id=str(other.pk))
        set_lines(actor=actor, cart=other, wanted=(), version=other.version, is_whole=True, now=now)
    else:
        remove_cart(actor=actor, cart_id=from_id, now=now)
    return cart


def close_as_ordered(cart: Cart, placed: PlacedOrder, *, actor: Actor, now: datetime) -> None:
    """The cart became an order and stays as it was; `cart` must be locked."""
    cart.state, cart.order_id, cart.order_number = CartState.ORDERED, placed.id, placed.number
    cart.requote_at, cart.news = None, None
    _touch(cart, actor=actor, now=now)
    _tell(
        cart,
        actor=actor,
        type="cart.ordered",
        now=now,
        payload={"order_id": str(placed.id), "number": placed.number},
    )


def keep_seen(cart: Cart, seen: Iterable[Seen]) -> None:
    """Remember the prices that somebody was shown; later quotes are compared with them."""
    rows = list(seen)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orders_cart_line l SET seen_unit_price = s.price, seen_gross = s.gross, seen_problem = s.problem"
            " FROM unnest(%s::bigint[], %s::text[], %s::numeric[], %s::numeric[], %s::text[])"
            " s(sku_id, unit, price, gross, problem) WHERE l.cart_id = %s AND l.sku_id = s.sku_id AND l.unit = s.unit",
            [
                [one.sku_id for one in rows],
                [one.unit for one in rows],
                [one.unit_price for one in rows],
                [one.gross_amount for one in rows],
                [one.problem for one in rows],
                cart.pk,
            ],
        )


def keep_quote(
    cart: Cart, *, digest: str, gross: Decimal, news: Mapping[str, Any] | None, now: datetime
) -> None:
    """Write what the cart costs now and what that changed; its lines and its version stay as they are."""
    cart.quote_digest, cart.quote_gross, cart.priced_at = digest, gross, now
    cart.requote_at, cart.news = None, dict(news) if news else None
    cart.save(update_fields=["quote_digest", "quote_gross", "priced_at", "requote_at", "news"])


def tell_acknowledged(cart: Cart, *, actor: Actor, now: datetime) -> None:
    """The event of new prices that somebody accepted: other devices stop showing the difference."""
    events.publish(
        type="cart.acknowledged",
        subject_type="cart",
        subject_id=cart.pk,
        paths=(cart.owner_path,),
        user_id=actor.user_id,
        now=now,
        payload={"digest": cart.quote_digest, "gross_amount": str(cart.quote_gross)},
    )


def mark_for_requote(*, seller_id: int, buyer_ids: Sequence[int] | None, now: datetime) -> int:
    """Open carts with lines of this seller (and, if named, these buyers) wait for a new quote; returns how many.

    Runs under a system reach. Replay: a cart that waits already goes on waiting.
    """
    rows = Cart.objects.filter(state=CartState.OPEN, line_count__gt=0, seller_id=seller_id)
    if buyer_ids is not None:
        rows = rows.filter(buyer_id__in=list(buyer_ids))
    return rows.update(requote_at=now)


def tell_requoted(cart: Cart, *, now: datetime, payload: Mapping[str, Any]) -> None:
    """The event of a cart whose prices changed, for the people who work with it."""
    events.publish(
        type="cart.requoted",
        subject_type="cart",
        subject_id=cart.pk,
        paths=(cart.owner_path,),
        user_id=None,
        now=now,
        payload={"name": cart.name, "buyer_id": cart.buyer_id, "seller_id": cart.seller_id, **payload},
    )


def lines_of(cart_id: UUID) -> list[CartLine]:
    """The lines with a quantity, in the order in which they came."""
    return list(
        CartLine.objects.filter(cart_id=cart_id, quantity__gt=0).order_by("position", "sku_id", "unit")
    )


def _rows_of(cart: Cart) -> dict[tuple[int, str], CartLine]:
    rows = CartLine.objects.filter(cart_id=cart.pk).order_by("position", "sku_id", "unit")
    return {(row.sku_id, row.unit): row for row in rows}


def _write(
    cart: Cart,
    rows: Mapping[tuple[int, str], CartLine],
    changed: Sequence[CartLineDraft],
    *,
    actor: Actor,
    now: datetime,
) -> Cart:
    if not changed:
        return cart
    quantities = {key: row.quantity for key, row in rows.items()}
    quantities |= {(one.sku_id, one.unit): one.quantity for one in changed}
    count = sum(quantity > 0 for quantity in quantities.values())
    if count > LINES_MAX:
        raise CartFull("The cart holds no more lines.", limit=LINES_MAX, lines=count)
    position = max((row.position for row in rows.values()), default=0)
    fresh = []
    for one in changed:
        row = rows.get((one.sku_id, one.unit))
        if row is None or (row.quantity == 0 and one.quantity > 0):
            position += 1
        fresh.append(
            CartLine(
                cart_id=cart.pk,
                sku_id=one.sku_id,
                unit=one.unit,
                owner_path=cart.owner_path,
                position=row.position if row is not None and row.quantity > 0 else position,
                quantity=one.quantity,
                note=one.note if one.note is not None else (row.note if row else ""),
                version=cart.version + 1,
                updated_at=now,
                updated_by=actor.user_id,
            )
        )
    CartLine.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["cart_id", "sku_id", "unit"],
        update_fields=["position", "quantity", "note", "version", "updated_at", "updated_by"],
    )
    cart.line_count = count
    _touch(cart, actor=actor, now=now)
    events.publish(
        type="cart.changed",
        subject_type="cart",
        subject_id=cart.pk,
        paths=(cart.owner_path,),
        user_id=actor.user_id,
        now=now,
        payload={"version": cart.version, "lines": cart.line_count},
    )
    return cart


def _touch(cart: Cart, *, actor: Actor, now: datetime) -> None:
    cart.version += 1
    cart.updated_at, cart.updated_by = now, actor.user_id
    cart.save()


def _tell(
    cart: Cart,
    *,
    actor: Actor,
    type: str,  # noqa: A002 - the field's standard name
    now: datetime,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """The event for the people of the cart's owner, and the audit row."""
    told = {"name": cart.name, "buyer_id": cart.buyer_id, "seller_id": cart.seller_id, **(payload or {})}
    events.publish(
        type=type,
        subject_type="cart",
        subject_id=cart.pk,
        paths=(cart.owner_path,),
        user_id=actor.user_id,
        now=now,
        payload=told,
    )
    audit.record(
        actor=actor,
        action=type,
        subject_type="cart",
        subject_id=cart.pk,
        owner_path=cart.owner_path,
        now=now,
        after=told | {"lines": cart.line_count},
    )
