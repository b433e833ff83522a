"""The end of a stock-take: its differences become one ledger entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.inventory import selectors
from huiliu.inventory.errors import ApproverIsAuthor, CountUnfinished
from huiliu.inventory.models import CountEntry, CountLine, StockCount
from huiliu.inventory.rules import UNSETTLED
from huiliu.inventory.services.common import (
    Available,
    Place,
    account,
    find_place,
    lock_stock,
    stock_of,
    take_all,
)
from huiliu.inventory.services.counts import finish, lock_count
from huiliu.inventory.services.judging import judge
from huiliu.inventory.types import ZERO, ChangeLine, CountRow, CountState, LineVerdict
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, Move, MoveKind, Source


def approve_count(
    *, actor: Actor, count_id: UUID, note: str = "", uncounted_as_zero: bool | None = None, now: datetime
) -> CountRow:
    """Post what differs: counted less the book at the moment of the count, as effective at the latest count.

    What moved before or after the count stays moved, also when it was recorded late. Uncounted goods are refused
    unless the caller says that they are gone (`uncounted_as_zero`) or stay as the book has them (False).
    Above the organization's limit whoever counted does not approve.
    Locks:  the count, then the accounts of what differs in id order: of two approvals one posts.
    Raises: CountNotVisible, WrongState, CountUnfinished, ApproverIsAuthor, WarehouseClosed, StockTooLow (goods are
            gone that orders were promised: release them first), SeveralRefused.
    """
    count = lock_count(count_id, CountState.POSTED, before={CountState.REVIEW})
    place = find_place(count.warehouse_id)
    lines = judge(count, only_book=True)
    _check_settled(count, lines, uncounted_as_zero=uncounted_as_zero)
    skus = {line.sku_id for line in lines}
    others = [account(AccountKind.STOCK_ADJUSTMENT, place.organization_id, sku_id) for sku_id in skus]
    others += [stock_of(place, line.sku_id, line.lot) for line in lines]
    if count.freezes:
        # under the same locks: what the count itself froze may leave
        lock_stock(place, sku_ids=skus, others=others)
        ledger.release_open(
            source=Source("count", count.pk, "release"), holds_of=count.pk, user_id=actor.user_id, now=now
        )
    available = lock_stock(place, sku_ids=skus, others=others)
    if uncounted_as_zero:
        _take_as_gone(lines, now=now)
        lines = _book_of_gone(count, lines, place)
    differences = [
        (line, line.counted - line.book)
        for line in lines
        if line.counted is not None and line.book is not None and line.counted != line.book
    ]
    _check_eyes(actor, count, sum((abs(units) for _, units in differences), ZERO))
    moves = _moves(count, place, available, differences)
    if moves:
        ledger.apply(
            source=Source("count", count.pk, "post"),
            moves=moves,
            user_id=actor.user_id,
            now=now,
            effective_at=max(line.counted_at for line, _ in differences if line.counted_at is not None),
            note=note,
        )
    finish(actor, count, CountState.POSTED, "stock_count.posted", note=note, now=now)
    return selectors.get_count(actor=actor, count_id=count_id)


def _check_settled(count: StockCount, lines: Sequence[CountLine], *, uncounted_as_zero: bool | None) -> None:
    open_lines = [
        line
        for line in lines
        if line.verdict in UNSETTLED
        and not (line.verdict == LineVerdict.UNCOUNTED and uncounted_as_zero is not None)
    ]
    once = [
        line
        for line in lines
        if count.recount_above is not None
        and line.verdict == LineVerdict.DIFFERS
        and line.round == 1
        and line.counted is not None
        and line.book is not None
        and abs(line.counted - line.book) > count.recount_above
    ]
    if open_lines or once:
        raise CountUnfinished(
            "Some goods are still open.",
            open=[[line.sku_id, line.lot, line.verdict] for line in open_lines[:50]],
            to_recount=[[line.sku_id, line.lot] for line in once[:50]],
        )


def _check_eyes(actor: Actor, count: StockCount, total: Decimal) -> None:
    limit = selectors.stock_settings(count.organization_id).adjustment_limit
    if total <= limit or actor.user_id is None:
        return
    if CountEntry.objects.filter(count_id=count.pk, counter_id=actor.user_id).exists():
        raise ApproverIsAuthor("You counted yourself.", units=total, limit=limit)


def _take_as_gone(lines: Sequence[CountLine], *, now: datetime) -> None:
    for line in lines:
        if line.verdict == LineVerdict.UNCOUNTED:
            line.counted, line.counted_at = ZERO, now


def _book_of_gone(count: StockCount, lines: Sequence[CountLine], place: Place) -> list[CountLine]:
    """Goods that nobody found are compared with the book of this moment."""
    gone = [line for line in lines if line.verdict == LineVerdict.UNCOUNTED]
    for line in gone:
        line.book = selectors.on_hand_of(
            organization_id=place.organization_id,
            warehouse_id=place.warehouse_id,
            sku_id=line.sku_id,
            lot=line.lot if count.by_lot else None,
        )
        line.verdict = LineVerdict.DIFFERS if line.book else LineVerdict.AGREES
    CountLine.objects.bulk_update(gone, ["counted", "counted_at", "book", "verdict"])
    return list(lines)


def _moves(
    count: StockCount, place: Place, available: Available, differences: Sequence[tuple[CountLine, Decimal]]
) -> list[Move]:
    """Goods too few leave their lot (what expires first, when lots were counted together); goods too many come on
    the counted lot, or on the one that expires first, so that they are not kept longer than they last.
    """
    moves = []
    for line, units in differences:
        if units <= 0:
            continue
        lots = available.setdefault(line.sku_id, {})
        lot = (
            line.lot
            if count.by_lot
            else min((one for one, left in lots.items() if one and left > 0), default="")
        )
        lots[lot] = lots.get(lot, ZERO) + units
        moves.append(
            Move(
                MoveKind.POST,
                units,
                credit=account(AccountKind.STOCK_ADJUSTMENT, place.organization_id, line.sku_id),
                debit=stock_of(place, line.sku_id, lot),
            )
        )
    missing = [
        ChangeLine(line.sku_id, -units, line.lot if count.by_lot else None)
        for line, units in differences
        if units < 0
    ]
    moves += [
        Move(
            MoveKind.POST,
            taken.units,
            credit=stock_of(place, taken.sku_id, taken.lot),
            debit=account(AccountKind.STOCK_ADJUSTMENT, place.organization_id, taken.sku_id),
        )
        for taken in take_all(available, list(enumerate(missing, start=1)))
    ]
    return moves
