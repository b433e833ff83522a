"""A stock-take from plan to posting. What is posted is the difference to the book at the moment of the count, so
movements before and after it are kept, whenever they are recorded.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.inventory import rules, selectors
from huiliu.inventory.errors import (
    CountNotVisible,
    CountOutOfScope,
    CountOverlaps,
    IdReused,
    SkuUnknown,
    UnitsInvalid,
)
from huiliu.inventory.models import CountEntry, CountLine, StockCount
from huiliu.inventory.services.common import (
    Nobody,
    Place,
    find_place,
    hash_of,
    lock_reports,
    lock_stock,
    next_number,
    stock_of,
    tell,
)
from huiliu.inventory.services.judging import judge
from huiliu.inventory.types import CountDraft, CountedRow, CountRow, CountState, LineVerdict
from huiliu.kernel.refusals import Refusals
from huiliu.kernel.states import step
from huiliu.ledger import services as ledger
from huiliu.ledger.types import Move, MoveKind, Source
from huiliu.platform.audit import Who
from huiliu.platform.errors import InvalidInput

OPEN = (CountState.PLANNED, CountState.COUNTING, CountState.REVIEW)
ENTRIES_MAX = 5000


def plan_count(*, actor: Actor, count_id: UUID, draft: CountDraft, now: datetime) -> CountRow:
    """A stock-take of a warehouse, of categories or of some goods in it.

    Locks:  the organization's reports, so that of two overlapping plans one is refused.
    Replay: the same id with the same content answers the first.
    Raises: WarehouseNotVisible, WarehouseClosed, SkuUnknown, CountOverlaps, IdReused, InvalidInput.
    """
    names = (
        "warehouse_id",
        "category_ids",
        "sku_ids",
        "is_blind",
        "freezes",
        "by_lot",
        "recount_above",
        "note",
    )
    content = hash_of([getattr(draft, name) for name in names])
    earlier = StockCount.objects.filter(pk=count_id).first()
    if earlier is not None:
        if earlier.content_hash != content:
            raise IdReused("This stock-take was planned otherwise.", field="id")
        return selectors.get_count(actor=actor, count_id=count_id)
    place = find_place(draft.warehouse_id)
    if unknown := sorted(set(draft.sku_ids) - catalog.sku_facts(draft.sku_ids).keys()):
        raise SkuUnknown("There is no such goods.", field="sku_ids", sku_id=unknown[0])
    if unknown := sorted(set(draft.category_ids) - catalog.sku_index().category_paths.keys()):
        raise InvalidInput("There is no such category.", field="category_ids", category_id=unknown[0])
    if draft.recount_above is not None and draft.recount_above < 0:
        raise InvalidInput("Enter a quantity from zero upward.", field="recount_above")
    lock_reports(place.organization_id)
    _check_overlap(draft)
    StockCount(
        id=count_id,
        number=next_number("count", place, now=now),
        organization_id=place.organization_id,
        owner_path=place.owner_path,
        warehouse_id=draft.warehouse_id,
        state=CountState.PLANNED,
        is_blind=draft.is_blind,
        freezes=draft.freezes,
        by_lot=draft.by_lot,
        recount_above=draft.recount_above,
        category_ids=list(draft.category_ids),
        sku_ids=list(draft.sku_ids),
        note=draft.note,
        content_hash=content,
        created_by=actor.user_id,
        created_at=now,
        latest_at=now,
    ).save(force_insert=True)
    count = StockCount.objects.get(pk=count_id)
    say(actor, "stock_count.planned", count, now=now)
    return selectors.get_count(actor=actor, count_id=count_id)


def start_count(*, actor: Actor, count_id: UUID, now: datetime) -> CountRow:
    """Begin: what the book has becomes the list to count; a freezing count promises what is available to itself.

    Locks:  the count; of a freezing one also the accounts in its scope, in id order.
    Raises: CountNotVisible, WrongState, WarehouseClosed.
    """
    count = lock_count(count_id, CountState.COUNTING, before={CountState.PLANNED})
    place = find_place(count.warehouse_id)
    stock = _book(count, place)
    keys = {(sku_id, lot if count.by_lot else "") for sku_id, lot, balance, _ in stock if balance}
    CountLine.objects.bulk_create(
        CountLine(
            count_id=count.pk,
            sku_id=sku_id,
            lot=lot,
            owner_path=count.owner_path,
            round=1,
            is_recount=True,
        )
        for sku_id, lot in sorted(keys)
    )
    if count.freezes:
        _freeze(count, place, {sku_id for sku_id, *_ in stock}, user_id=actor.user_id, now=now)
    count.state, count.started_at, count.latest_at = CountState.COUNTING, now, now
    count.save(update_fields=["state", "started_at", "latest_at"])
    say(actor, "stock_count.started", count, now=now)
    return selectors.get_count(actor=actor, count_id=count_id)


def record_count_entries(
    *,
    actor: Actor,
    count_id: UUID,
    rows: Sequence[CountedRow],
    counted_at: datetime | None = None,
    now: datetime,
) -> int:
    """What the actor found, in base units; a later figure of the same goods and area replaces the earlier one.

    Returns: how many figures were taken.
    Locks:  the count.
    Raises: CountNotVisible, WrongState, CountOutOfScope, SkuUnknown, UnitsInvalid, InvalidInput, SeveralRefused.
    """
    if not 0 < len(rows) <= ENTRIES_MAX:
        raise InvalidInput(f"Send 1 to {ENTRIES_MAX} figures at once.", field="rows")
    count = lock_count(count_id, CountState.REVIEW, before={CountState.COUNTING})
    if counted_at is not None and counted_at > now:
        raise InvalidInput("Goods are not counted in the future.", field="counted_at")
    check_count_rows(count_id, rows)
    CountEntry.objects.bulk_create(
        CountEntry(
            count_id=count.pk,
            owner_path=count.owner_path,
            round=count.round,
            sku_id=row.sku_id,
            lot=row.lot if count.by_lot else "",
            area=row.area,
            units=row.units,
            counter_id=actor.user_id,
            counted_at=counted_at or now,
        )
        for row in rows
    )
    count.latest_at = now
    count.save(update_fields=["latest_at"])
    return len(rows)


def close_round(*, actor: Actor, count_id: UUID, now: datetime) -> CountRow:
    """End counting: figures are compared with each other and with the book, for somebody to look at.

    Locks:  the count. Raises: CountNotVisible, WrongState.
    """
    count = lock_count(count_id, CountState.REVIEW, before={CountState.COUNTING})
    lines = judge(count)
    count.state, count.latest_at = CountState.REVIEW, now
    count.save(update_fields=["state", "latest_at"])
    say(actor, "stock_count.counted", count, now=now, lines=len(lines))
    return selectors.get_count(actor=actor, count_id=count_id)


def recount(
    *, actor: Actor, count_id: UUID, keys: Collection[tuple[int, str]] | None = None, now: datetime
) -> CountRow:
    """Count some goods once more: those named by (sku, lot), or all that do not agree with the book.

    Locks:  the count. Raises: CountNotVisible, WrongState, CountOutOfScope, InvalidInput.
    """
    count = lock_count(count_id, CountState.COUNTING, before={CountState.REVIEW})
    lines = {(line.sku_id, line.lot): line for line in CountLine.objects.filter(count_id=count_id)}
    if keys is None:
        wanted = {key for key, line in lines.items() if line.verdict != LineVerdict.AGREES}
    else:
        wanted = set(keys)
    if unknown := sorted(wanted - lines.keys()):
        raise CountOutOfScope("This goods is not in the stock-take.", sku_id=unknown[0][0], lot=unknown[0][1])
    if not wanted:
        raise InvalidInput("Nothing differs, so there is nothing to recount.", field="lines")
    for key, line in lines.items():
        line.is_recount = key in wanted
    CountLine.objects.bulk_update(lines.values(), ["is_recount"])
    count.round += 1
    count.state, count.latest_at = CountState.COUNTING, now
    count.save(update_fields=["round", "state", "latest_at"])
    say(actor, "stock_count.recounted", count, now=now, lines=len(wanted))
    return selectors.get_count(actor=actor, count_id=count_id)


def cancel_count(*, actor: Actor, count_id: UUID, note: str, now: datetime) -> CountRow:
    """Give a stock-take up; nothing is posted and what it froze is free.

    Locks:  the count, then the frozen accounts. Raises: CountNotVisible, WrongState, InvalidInput.
    """
    count = lock_count(count_id, CountState.CANCELLED, before=set(OPEN))
    if not note.strip():
        raise InvalidInput("Say why it is given up.", field="note")
    finish(actor, count, CountState.CANCELLED, "stock_count.cancelled", note=note, now=now)
    return selectors.get_count(actor=actor, count_id=count_id)


def abandon_stale_counts(
    *, now: datetime, idle: timedelta = timedelta(days=7), limit: int = 100
) -> list[UUID]:
    """Give up what nobody worked on for so long: its freeze would keep goods from orders for ever.

    For the worker, under its system reach. Locks: each such count that nobody else holds.
    """
    stale = (
        StockCount.objects.select_for_update(no_key=True, skip_locked=True)
        .filter(state__in=OPEN, latest_at__lt=now - idle)
        .order_by("id")[:limit]
    )
    done = []
    for count in stale:
        finish(Nobody(), count, CountState.ABANDONED, "stock_count.abandoned", note="", now=now)
        done.append(count.pk)
    return done


def lock_count(count_id: UUID, after: CountState, *, before: Collection[CountState]) -> StockCount:
    """The count, locked, if it may become `after` from one of the states `before`. Raises: CountNotVisible, WrongState."""
    count = StockCount.objects.select_for_update(no_key=True).filter(pk=count_id).first()
    if count is None:
        raise CountNotVisible("There is no such stock-take.", count_id=str(count_id))
    state = CountState(count.state)
    # A state that is not among those is judged by the table as one from which nothing leads there.
    step(
        rules.COUNT_MOVES if state in before else {**rules.COUNT_MOVES, state: frozenset()},
        before=state,
        after=after,
    )
    return count


def finish(actor: Who, count: StockCount, state: CountState, event: str, *, note: str, now: datetime) -> None:
    """End a count: what it froze is free again."""
    if count.freezes and count.started_at is not None:
        ledger.release_open(
            source=Source("count", count.pk, "release"), holds_of=count.pk, user_id=actor.user_id, now=now
        )
    count.state, count.latest_at = state, now
    count.decided_by, count.decided_at, count.decision_note = actor.user_id, now, note
    count.save(update_fields=["state", "latest_at", "decided_by", "decided_at", "decision_note"])
    say(actor, event, count, now=now, reason=note)


def say(
    actor: Who, event: str, count: StockCount, *, now: datetime, reason: str = "", lines: int | None = None
) -> None:
    """The event and the audit row of a move."""
    tell(
        actor=actor,
        type=event,
        subject_type="stock_count",
        subject_id=count.pk,
        owner_path=count.owner_path,
        now=now,
        reason=reason,
        payload={
            "number": count.number,
            "warehouse_id": count.warehouse_id,
            "state": CountState(count.state).value,
            "round": count.round,
            **({} if lines is None else {"lines": lines}),
        },
    )


def in_scope(category_ids: Collection[int], sku_ids: Collection[int], sku_id: int) -> bool:
    """Whether a scope names the goods; an empty one names everything."""
    if not category_ids and not sku_ids:
        return True
    sku = catalog.sku_facts([sku_id]).get(sku_id)
    return sku_id in sku_ids or bool(
        sku is not None and category_ids and catalog.within_categories(sku, category_ids)
    )


def _check_overlap(draft: CountDraft) -> None:
    for other in StockCount.objects.filter(warehouse_id=draft.warehouse_id, state__in=OPEN).order_by("id"):
        for sku_id in catalog.sku_index().by_id:
            if in_scope(draft.category_ids, draft.sku_ids, sku_id) and in_scope(
                other.category_ids, other.sku_ids, sku_id
            ):
                raise CountOverlaps(
                    "Another stock-take of the same goods is open.",
                    number=other.number,
                    count_id=str(other.pk),
                )


def _book(count: StockCount, place: Place) -> list[tuple[int, str, Decimal, Decimal]]:
    """(sku, lot, balance, available) of the accounts in the scope, by sku and lot."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sku_id, lot, balance, balance - held FROM ledger_account WHERE owner_id = %s AND kind = 'stock'"
            " AND place_id = %s ORDER BY sku_id, lot",
            [place.organization_id, place.warehouse_id],
        )
        return [row for row in cursor.fetchall() if in_scope(count.category_ids, count.sku_ids, row[0])]


def _freeze(
    count: StockCount, place: Place, sku_ids: Collection[int], *, user_id: int | None, now: datetime
) -> None:
    available = lock_stock(place, sku_ids=sku_ids, others=[])
    moves = [
        Move(MoveKind.HOLD, units, credit=stock_of(place, sku_id, lot))
        for sku_id, lots in sorted(available.items())
        for lot, units in sorted(lots.items())
        if units > 0
    ]
    if moves:
        ledger.apply(source=Source("count", count.pk, "freeze"), moves=moves, user_id=user_id, now=now)


def check_count_rows(count_id: UUID, rows: Sequence[CountedRow]) -> None:
    """Whether figures fit a stock-take as it runs now.

    Raises: CountNotVisible, CountOutOfScope, SkuUnknown, UnitsInvalid, SeveralRefused.
    """
    count = StockCount.objects.filter(pk=count_id).first()
    if count is None:
        raise CountNotVisible("There is no such stock-take.", count_id=str(count_id))
    known = catalog.sku_facts({row.sku_id for row in rows})
    recounted = None
    if count.round > 1:
        lines = CountLine.objects.filter(count_id=count.pk, is_recount=True)
        recounted = set(lines.values_list("sku_id", "lot"))
    refusals = Refusals()
    for position, row in enumerate(rows):
        with refusals.collecting(f"rows[{position}]"):
            sku = known.get(row.sku_id)
            if sku is None:
                raise SkuUnknown("There is no such goods.", field="sku_id", sku_id=row.sku_id)
            if row.units < 0:
                raise UnitsInvalid("Nothing is counted below zero.", field="units")
            if row.units:
                rules.check_units(row.units, is_whole=sku.is_whole)
            key = (row.sku_id, row.lot if count.by_lot else "")
            if not in_scope(count.category_ids, count.sku_ids, row.sku_id) or (
                recounted is not None and key not in recounted
            ):
                raise CountOutOfScope("This goods is not to be counted.", field="sku_id", sku_id=row.sku_id)
    refusals.raise_if_any()
