"""Decisions about orders: pure, total, with their reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal

from huiliu.kernel.money import round_half_up
from huiliu.orders.types import LineProgress, OrderState, PricedLine, ReturnState, Step

LINES_MAX = 10_000
ZERO = Decimal(0)

RETURN_MOVES = {
    ReturnState.REQUESTED: frozenset({ReturnState.RECEIVED, ReturnState.REJECTED}),
    ReturnState.RECEIVED: frozenset[ReturnState](),
    ReturnState.REJECTED: frozenset[ReturnState](),
}


def derive_state(*, steps_open: Sequence[str], lines: Iterable[LineProgress]) -> OrderState:
    """The header's state from its open steps and its lines; nobody sets it by hand.

    Source: domain.md 1.8: header state derived from line quantities.
    """
    rows = list(lines)
    wanted = sum((line.wanted for line in rows), ZERO)
    shipped = sum((line.shipped for line in rows), ZERO)
    received = sum((line.received for line in rows), ZERO)
    if wanted == 0:
        return OrderState.CANCELLED
    if shipped == 0 and Step.BUYER in steps_open:
        return OrderState.AWAITING_BUYER
    if shipped == 0 and steps_open:
        return OrderState.SUBMITTED if Step.CONFIRM in steps_open else OrderState.AWAITING_FINANCE
    if shipped == 0:
        return OrderState.CONFIRMED
    if shipped < wanted:
        return OrderState.PARTIALLY_SHIPPED
    return OrderState.COMPLETED if received >= shipped else OrderState.SHIPPED


def allowed_actions(
    *,
    state: OrderState,
    steps_open: Sequence[str],
    lines: Iterable[LineProgress],
    is_seller: bool,
    is_buyer: bool,
    scopes: frozenset[str],
    open_shipments: int,
    is_buyer_itself: bool = False,
    has_expired: bool = False,
) -> list[str]:
    """What this reader may do to this order now; screens show exactly these."""
    rows = list(lines)
    actions = []
    live = state not in (OrderState.CANCELLED, OrderState.COMPLETED)
    step = steps_open[0] if steps_open and live else None
    if step == Step.BUYER and is_buyer_itself and "orders:submit" in scopes:
        actions += ["confirm_as_buyer", "refuse_as_buyer"]
    if is_seller and step == Step.CONFIRM and "orders:confirm" in scopes:
        actions.append("confirm")
    if is_seller and step == Step.FINANCE and "money:write" in scopes:
        actions.append("confirm_finance")
    if (
        is_seller
        and live
        and not steps_open
        and "orders:ship" in scopes
        and any(line.allocated > 0 for line in rows)
    ):
        actions.append("ship")
    waits = has_expired or any(line.backordered > 0 for line in rows)
    if is_seller and live and "orders:ship" in scopes and waits:
        actions.append("allocate")
    if open_shipments and "orders:receive" in scopes and (is_buyer or is_seller):
        actions.append("receive")
    if live and "orders:cancel" in scopes and any(line.open > 0 for line in rows):
        actions.append("cancel")
    if "orders:return" in scopes and any(line.received > line.returned for line in rows):
        actions.append("return")
    if is_buyer and "orders:submit" in scopes:
        actions.append("reorder")
    return actions


def return_actions(*, state: ReturnState, is_seller: bool, scopes: frozenset[str]) -> list[str]:
    """What this reader may do to this return now: who sold the goods takes them back, or does not."""
    open_ = bool(RETURN_MOVES[state])
    return ["receive", "reject"] if open_ and is_seller and "orders:return" in scopes else []


def lines_hash(lines: Iterable[PricedLine]) -> str:
    """The same for two orders exactly when they ask for the same units of the same goods, in any order."""
    totals: dict[int, Decimal] = {}
    for line in lines:
        totals[line.sku_id] = totals.get(line.sku_id, ZERO) + line.ordered
    text = "|".join(f"{sku}:{totals[sku].normalize():f}" for sku in sorted(totals))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def part_of(amount: Decimal, *, part: Decimal, before: Decimal, whole: Decimal, exponent: int) -> Decimal:
    """The share of a line's amount that the next `part` units carry, when `before` were carried already.

    Cumulative rounding: what all parts carry is exactly the line's amount, whatever the split.
    """
    upto = round_half_up(amount * (before + part) / whole, exponent)
    return upto - round_half_up(amount * before / whole, exponent)


def quote_digest(lines: Iterable[PricedLine], *, currency: str) -> str:
    """Changes exactly when a price, an amount or a quantity of the quote does."""
    text = "|".join(
        f"{line.sku_id}:{line.ordered.normalize():f}:{line.unit_price.normalize():f}:{line.gross_amount.normalize():f}"
        for line in sorted(lines, key=lambda line: line.line_no)
    )
    return hashlib.sha256(f"{currency}|{text}".encode()).hexdigest()[:24]


def ship_plan(
    *,
    allocated: Sequence[tuple[int, int, Decimal, int]],
    wanted: dict[int, Decimal] | None,
    warehouse_id: int,
) -> list[tuple[int, int, Decimal]]:
    """Which holds to settle for a shipment from one warehouse: (hold id, line no, units).

    Shape:  `allocated` rows are (hold_id, line_no, units, warehouse_id); `wanted` None ships all.
            A wanted quantity beyond what the warehouse holds for the line is answered by a shorter plan:
            the caller compares and refuses.
    """
    plan = []
    left = dict(wanted) if wanted is not None else None
    for hold_id, line_no, units, place in sorted(allocated):
        if place != warehouse_id or units <= 0:
            continue
        take = units if left is None else min(units, left.get(line_no, ZERO))
        if take > 0:
            plan.append((hold_id, line_no, take))
            if left is not None:
                left[line_no] -= take
    return plan
