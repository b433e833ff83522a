"""Decisions about stock: pure, no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from huiliu.inventory.errors import LotInvalid, ReasonInvalid, UnitsInvalid
from huiliu.inventory.types import (
    ZERO,
    AdjustmentReason,
    AdjustmentState,
    CountFigure,
    CountState,
    LineVerdict,
    LotFacts,
    LotStock,
    TransferState,
)
from huiliu.kernel.states import Moves, may

UNITS_MAX = Decimal(10) ** 9  # a document of thousands of such lines still fits its column
DAY_MIN, DAY_MAX = date(2000, 1, 1), date(2199, 12, 31)
_STEP = Decimal("0.000001")

#: Which way a reason may go: -1 out, +1 in, 0 either.
REASON_SIGNS: Mapping[AdjustmentReason, int] = {
    AdjustmentReason.DAMAGE: -1,
    AdjustmentReason.LOSS: -1,
    AdjustmentReason.EXPIRED: -1,
    AdjustmentReason.SAMPLE: -1,
    AdjustmentReason.OWN_USE: -1,
    AdjustmentReason.FOUND: 1,
    AdjustmentReason.CORRECTION: 0,
    AdjustmentReason.OPENING: 1,
    AdjustmentReason.OTHER: 0,
}

ADJUSTMENT_MOVES: Moves[AdjustmentState] = {
    AdjustmentState.SUBMITTED: frozenset(
        {AdjustmentState.POSTED, AdjustmentState.REJECTED, AdjustmentState.WITHDRAWN}
    ),
    AdjustmentState.POSTED: frozenset(),
    AdjustmentState.REJECTED: frozenset(),
    AdjustmentState.WITHDRAWN: frozenset(),
}
TRANSFER_MOVES: Moves[TransferState] = {
    TransferState.SENT: frozenset({TransferState.RECEIVED, TransferState.CANCELLED}),
    TransferState.RECEIVED: frozenset(),
    TransferState.CANCELLED: frozenset(),
}
COUNT_MOVES: Moves[CountState] = {
    CountState.PLANNED: frozenset({CountState.COUNTING, CountState.CANCELLED, CountState.ABANDONED}),
    CountState.COUNTING: frozenset({CountState.REVIEW, CountState.CANCELLED, CountState.ABANDONED}),
    CountState.REVIEW: frozenset(
        {CountState.COUNTING, CountState.POSTED, CountState.CANCELLED, CountState.ABANDONED}
    ),
    CountState.POSTED: frozenset(),
    CountState.CANCELLED: frozenset(),
    CountState.ABANDONED: frozenset(),
}


def check_units(units: Decimal, *, is_whole: bool, field: str = "units") -> Decimal:
    """A quantity other than zero that can be stored.

    Raises: UnitsInvalid.
    """
    if not units.is_finite() or not ZERO < abs(units) < UNITS_MAX:
        raise UnitsInvalid("Enter a quantity other than zero.", field=field)
    if units != units.quantize(_STEP) or (is_whole and units != units.to_integral_value()):
        raise UnitsInvalid(
            "This goods is counted in whole units." if is_whole else "At most six decimals.", field=field
        )
    return units


def check_reason(reason: AdjustmentReason, *, units: Iterable[Decimal], note: str) -> None:
    """Whether the reason goes the way the units go.

    Raises: ReasonInvalid.
    """
    sign = REASON_SIGNS[reason]
    if sign and any(one * sign < 0 for one in units):
        way = "come in" if sign > 0 else "go out"
        raise ReasonInvalid(f"Goods for the reason {reason} can only {way}.", field="reason", code=reason)
    if reason is AdjustmentReason.OTHER and not note.strip():
        raise ReasonInvalid("Say what the other reason is.", field="note")


def needs_approval(total: Decimal, *, limit: Decimal) -> bool:
    """Whether somebody else has to look at it: only above the limit."""
    return total > limit


def lot_of(
    *, batch: str, expires_on: date | None, produced_on: date | None, shelf_life_days: int | None
) -> str:
    """The ledger's lot text: the expiry first, so that texts sort by what expires first; then the batch.

    A production date gives the expiry by the shelf life. Empty when nothing is said: not kept by lot.
    Raises: LotInvalid.
    """
    batch = batch.strip()
    if "/" in batch or len(batch) > 60:
        raise LotInvalid("A batch number has at most 60 characters and no slash.", field="batch")
    if expires_on is None and produced_on is not None:
        if not shelf_life_days:
            raise LotInvalid("The shelf life of this goods is not known.", field="produced_on")
        expires_on = produced_on + timedelta(days=shelf_life_days)
    if expires_on is None:
        if batch:
            raise LotInvalid("Say when the batch expires.", field="expires_on", batch=batch)
        return ""
    if produced_on is not None and produced_on > expires_on:
        raise LotInvalid("It cannot expire before it is made.", field="expires_on")
    return f"{expires_on:%Y-%m-%d}/{batch}" if batch else f"{expires_on:%Y-%m-%d}"


def read_lot(lot: str, *, shelf_life_days: int | None) -> LotFacts:
    """What a lot text says; the production date follows from the shelf life. Texts of others are a batch."""
    day, _, batch = lot.partition("/")
    try:
        expires_on = date.fromisoformat(day) if len(day) == 10 else None
    except ValueError:
        expires_on = None
    if expires_on is None:
        return LotFacts(lot, lot, None, None)
    produced_on = expires_on - timedelta(days=shelf_life_days) if shelf_life_days else None
    return LotFacts(lot, batch, expires_on, produced_on)


def fefo(stock: Sequence[LotStock], *, wanted: Decimal) -> tuple[list[LotStock], Decimal]:
    """Which lots to take, what expires first going first and goods without a lot last; and what is missing.

    Source: the order of ledger_hold_order, so that a suggestion is what an order would be promised.
    """
    picks: list[LotStock] = []
    left = wanted
    for one in sorted(stock, key=lambda lot: (lot.lot == "", lot.lot)):
        part = min(left, one.available)
        if part > 0:
            picks.append(LotStock(one.lot, part))
            left -= part
    return picks, left


def days_of_cover(on_hand: Decimal, sold_28_days: Decimal) -> Decimal | None:
    """On hand over the average daily sell-out of 28 days, as the metric says it; None without sell-out."""
    if sold_28_days <= 0:
        return None
    return (on_hand * 28 / sold_28_days).quantize(Decimal("0.1"))


def judge_counts(figures: Iterable[CountFigure]) -> tuple[Decimal | None, bool]:
    """What the counts of one sku and lot in one round come to: (units, whether counters disagree).

    Areas add up; within an area each counter's latest figure counts, and counters who counted the same area
    must agree. Nothing counted is None: it is not zero.
    """
    latest: dict[str, dict[int | None, Decimal]] = {}
    for figure in figures:
        latest.setdefault(figure.area, {})[figure.counter_id] = figure.units
    if not latest:
        return None, False
    if any(len(set(by_counter.values())) > 1 for by_counter in latest.values()):
        return None, True
    return sum((next(iter(by_counter.values())) for by_counter in latest.values()), ZERO), False


def verdict_of(*, counted: Decimal | None, disputed: bool, book: Decimal | None, moved: bool) -> LineVerdict:
    """What a line needs next: nothing, a look at its difference, or another count."""
    if disputed:
        return LineVerdict.DISPUTED
    if counted is None or book is None:
        return LineVerdict.UNCOUNTED
    if moved:
        return LineVerdict.MOVED
    return LineVerdict.AGREES if counted == book else LineVerdict.DIFFERS


#: Lines that cannot be posted as they stand.
UNSETTLED = frozenset({LineVerdict.DISPUTED, LineVerdict.MOVED, LineVerdict.UNCOUNTED})


def count_actions(state: CountState, *, may_write: bool, may_approve: bool) -> tuple[str, ...]:
    """What the reader may do with a stock-take in this state."""
    actions = []
    if may_write and state is CountState.PLANNED:
        actions.append("start")
    if may_write and state is CountState.COUNTING:
        actions += ["count", "close_round"]
    if state is CountState.REVIEW:
        actions += ["recount"] if may_write else []
        actions += ["approve"] if may_approve else []
    if may_write and may(COUNT_MOVES, before=state, after=CountState.CANCELLED):
        actions.append("cancel")
    return tuple(actions)


def adjustment_actions(
    state: AdjustmentState, *, may_write: bool, may_approve: bool, is_author: bool
) -> tuple[str, ...]:
    """What the reader may do with an adjustment in this state."""
    if state is not AdjustmentState.SUBMITTED:
        return ()
    actions = ["approve", "reject"] if may_approve and not is_author else []
    return (*actions, "withdraw") if may_write and is_author else tuple(actions)


def transfer_actions(state: TransferState, *, may_write: bool) -> tuple[str, ...]:
    """What the reader may do with a transfer in this state."""
    return ("receive", "cancel") if may_write and state is TransferState.SENT else ()
