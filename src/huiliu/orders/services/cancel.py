"""What has not been shipped is cancelled: its promises of goods and money are released."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.ledger import selectors as ledger_selectors
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountId, Move, MoveKind, Source
from huiliu.orders.errors import CannotCancel
from huiliu.orders.models import CancellationLine, Line, Order
from huiliu.orders.rules import part_of
from huiliu.orders.services.common import change_lines, lock_order, need_reason, settle_state, tell, total
from huiliu.orders.types import OrderState

ZERO = Decimal(0)


def cancel_lines(
    *,
    actor: Actor,
    order_id: UUID,
    cancellation_id: UUID,
    units_by_line: Mapping[int, Decimal] | None,
    reason: str,
    exponent: int,
    business_date: date,
    now: datetime,
) -> OrderState:
    """Cancel everything that is open, or the named units of each line.

    Backordered units go first, then promised ones. A buyer may cancel until the seller has confirmed;
    after that only the seller.

    Locks:  the order, then accounts and holds in id order.
    Replay: the same cancellation id changes nothing more.
    Raises: OrderNotVisible, CannotCancel, ReasonNeeded.
    """
    text = need_reason(reason)
    order = lock_order(order_id)
    if CancellationLine.objects.filter(cancellation_id=cancellation_id).exists():
        return OrderState(order.state)
    is_seller = order.seller_path.startswith(actor.organization_path)
    if not is_seller and order.confirmed_at is not None:
        raise CannotCancel(
            "The seller has confirmed this order; ask the seller to cancel.", state=order.state
        )
    lines = {line.line_no: line for line in Line.objects.filter(order_id=order_id)}
    wanted = _wanted(lines, units_by_line)
    amounts = {
        number: (
            _share(lines[number], lines[number].gross_amount, units, exponent),
            _share(lines[number], lines[number].net_amount, units, exponent),
        )
        for number, units in wanted.items()
    }
    released, moves = _release(order_id, lines, wanted)
    gross = total(amount for amount, _ in amounts.values())
    moves += _release_money(order_id, gross)
    if moves:
        ledger.apply(
            source=Source("cancellation", cancellation_id, "cancel"),
            moves=moves,
            user_id=actor.user_id,
            now=now,
        )
    _write(actor, order, lines, wanted, amounts, cancellation_id, text, business_date, now)
    change_lines(
        order_id,
        {
            number: {
                "cancelled": units,
                "allocated": -released.get(number, ZERO),
                "backordered": -(units - released.get(number, ZERO)),
            }
            for number, units in wanted.items()
        },
    )
    state = settle_state(order, now=now)
    tell(
        order,
        actor=actor,
        type="order.cancelled",
        now=now,
        reason=text,
        payload={"state": state.value, "lines": len(wanted), "gross_amount": str(gross)},
    )
    return state


def _wanted(lines: Mapping[int, Line], units_by_line: Mapping[int, Decimal] | None) -> dict[int, Decimal]:
    open_units = {number: line.allocated + line.backordered for number, line in lines.items()}
    if units_by_line is None:
        wanted = {number: units for number, units in open_units.items() if units > 0}
    else:
        wanted = dict(units_by_line)
    bad = [number for number, units in wanted.items() if units <= 0 or units > open_units.get(number, ZERO)]
    if bad or not wanted:
        raise CannotCancel("Only what is not shipped can be cancelled.", lines=sorted(bad))
    return wanted


def _share(line: Line, amount: Decimal, units: Decimal, exponent: int) -> Decimal:
    return part_of(
        amount, part=units, before=line.shipped + line.cancelled, whole=line.ordered, exponent=exponent
    )


def _release(
    order_id: UUID, lines: Mapping[int, Line], wanted: Mapping[int, Decimal]
) -> tuple[dict[int, Decimal], list[Move]]:
    """Promises to give back: what is wanted beyond the backordered part of each line."""
    left = {number: max(ZERO, units - lines[number].backordered) for number, units in wanted.items()}
    released: dict[int, Decimal] = {}
    moves = []
    for hold in ledger_selectors.open_holds(source_id=order_id):
        take = min(hold.remaining, left.get(hold.line_no, ZERO)) if hold.sku_id else ZERO
        if take > 0:
            moves.append(
                Move(
                    MoveKind.RELEASE,
                    take,
                    credit=AccountId(hold.account_id),
                    hold_id=hold.id,
                    line_no=hold.line_no,
                )
            )
            left[hold.line_no] -= take
            released[hold.line_no] = released.get(hold.line_no, ZERO) + take
    return released, moves


def _release_money(order_id: UUID, gross: Decimal) -> list[Move]:
    if gross <= 0:
        return []
    return [
        Move(MoveKind.RELEASE, gross, credit=AccountId(hold.account_id), hold_id=hold.id, line_no=0)
        for hold in ledger_selectors.open_holds(source_id=order_id)
        if hold.sku_id is None
    ][:1]


def _write(
    actor: Actor,
    order: Order,
    lines: Mapping[int, Line],
    wanted: Mapping[int, Decimal],
    amounts: Mapping[int, tuple[Decimal, Decimal]],
    cancellation_id: UUID,
    reason: str,
    business_date: date,
    now: datetime,
) -> None:
    CancellationLine.objects.bulk_create(
        CancellationLine(
            cancellation_id=cancellation_id,
            line_no=number,
            order_id=order.pk,
            buyer_path=order.buyer_path,
            seller_path=order.seller_path,
            sku_id=lines[number].sku_id,
            cancelled=units,
            gross_amount=amounts[number][0],
            net_amount=amounts[number][1],
            reason=reason,
            business_date=business_date,
            cancelled_at=now,
            cancelled_by=actor.user_id,
        )
        for number, units in wanted.items()
    )
