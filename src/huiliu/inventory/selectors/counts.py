"""Stock-takes, their lines and figures, as far as a blind count lets them be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from huiliu.access.types import Actor
from huiliu.inventory import rules
from huiliu.inventory.errors import CountNotVisible
from huiliu.inventory.models import CountEntry, CountLine, StockCount
from huiliu.inventory.types import ZERO, CountEntryRow, CountLineRow, CountRow, CountState, LineVerdict
from huiliu.platform import events
from huiliu.platform.events import EventRow


def list_counts(
    *,
    actor: Actor,
    warehouse_id: int | None = None,
    organization_id: int | None = None,
    state: CountState | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[CountRow]:
    """The newest stock-takes first, after the (created_at, id) of the last one seen."""
    rows = StockCount.objects.all()
    if warehouse_id is not None:
        rows = rows.filter(warehouse_id=warehouse_id)
    if organization_id is not None:
        rows = rows.filter(organization_id=organization_id)
    if state is not None:
        rows = rows.filter(state=state)
    if after is not None:
        rows = rows.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    return _rows(list(rows.order_by("-created_at", "-id")[:limit]), actor=actor)


def get_count(*, actor: Actor, count_id: UUID) -> CountRow:
    """Raises: CountNotVisible."""
    found = _rows(list(StockCount.objects.filter(pk=count_id)), actor=actor)
    if not found:
        raise CountNotVisible("There is no such stock-take.", count_id=str(count_id))
    return found[0]


def count_lines(
    *,
    actor: Actor,
    count_id: UUID,
    only_open: bool = False,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[CountLineRow]:
    """The goods of a stock-take by sku and lot; `only_open`: what is to be counted, or does not agree.

    While a blind count runs, nobody sees figures here. Raises: CountNotVisible.
    """
    count = get_count(actor=actor, count_id=count_id)
    hidden = count.is_blind and count.state is CountState.COUNTING
    lines = CountLine.objects.filter(count_id=count_id)
    if only_open and count.state is CountState.COUNTING:
        lines = lines.filter(is_recount=True)
    elif only_open:
        lines = lines.exclude(verdict=LineVerdict.AGREES)
    if after is not None:
        lines = lines.filter(Q(sku_id__gt=after[0]) | Q(sku_id=after[0], lot__gt=after[1]))
    return [_line(line, hidden=hidden) for line in lines.order_by("sku_id", "lot")[:limit]]


def count_entries(*, actor: Actor, count_id: UUID, after_id: int = 0, limit: int = 50) -> list[CountEntryRow]:
    """The figures as they were counted, in that order; while a blind count runs only the reader's own.

    Raises: CountNotVisible.
    """
    count = get_count(actor=actor, count_id=count_id)
    rows = CountEntry.objects.filter(count_id=count_id, id__gt=after_id)
    if count.is_blind and count.state is CountState.COUNTING:
        rows = rows.filter(counter_id=actor.user_id)
    found = list(rows.order_by("id")[:limit])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name FROM access_user WHERE id = ANY(%s)",
            [[row.counter_id for row in found if row.counter_id]],
        )
        people = dict(cursor.fetchall())
    return [
        CountEntryRow(
            id=row.pk,
            round=row.round,
            sku_id=row.sku_id,
            lot=row.lot,
            area=row.area,
            units=row.units,
            counter_id=row.counter_id,
            counter_name=people.get(row.counter_id, ""),
            counted_at=row.counted_at,
        )
        for row in found
    ]


def count_history(*, actor: Actor, count_id: UUID) -> list[EventRow]:
    """Every move of a stock-take, oldest first. Raises: CountNotVisible."""
    get_count(actor=actor, count_id=count_id)
    return events.timeline(subject_type="stock_count", subject_id=count_id)


def on_hand_of(*, organization_id: int, warehouse_id: int, sku_id: int, lot: str | None = None) -> Decimal:
    """What the book has now of a sku at a place, of one lot or all together."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(balance), 0) FROM ledger_account WHERE owner_id = %s AND kind = 'stock'"
            " AND place_id = %s AND sku_id = %s AND (%s::text IS NULL OR lot = %s)",
            [organization_id, warehouse_id, sku_id, lot, lot],
        )
        return Decimal(cursor.fetchone()[0]) + ZERO


def _line(line: CountLine, *, hidden: bool) -> CountLineRow:
    difference = line.counted - line.book if line.counted is not None and line.book is not None else None
    return CountLineRow(
        sku_id=line.sku_id,
        lot=line.lot,
        round=line.round,
        counted=None if hidden else line.counted,
        counted_at=None if hidden else line.counted_at,
        book=None if hidden else line.book,
        difference=None if hidden else difference,
        verdict=None if hidden else LineVerdict(line.verdict),
        is_recount=line.is_recount,
    )


def _rows(rows: Sequence[StockCount], *, actor: Actor) -> list[CountRow]:
    verdicts: dict[UUID, dict[str, int]] = {}
    found = CountLine.objects.filter(count_id__in=[row.pk for row in rows])
    for count_id, verdict, number in (
        found.values("count_id", "verdict")
        .annotate(n=Count("sku_id"))
        .values_list("count_id", "verdict", "n")
    ):
        verdicts.setdefault(count_id, {})[verdict] = number
    return [
        CountRow(
            id=row.pk,
            number=row.number,
            organization_id=row.organization_id,
            warehouse_id=row.warehouse_id,
            state=CountState(row.state),
            round=row.round,
            is_blind=row.is_blind,
            freezes=row.freezes,
            by_lot=row.by_lot,
            recount_above=row.recount_above,
            category_ids=tuple(row.category_ids),
            sku_ids=tuple(row.sku_ids),
            note=row.note,
            line_count=sum(verdicts.get(row.pk, {}).values()),
            verdicts={} if row.state == CountState.COUNTING else verdicts.get(row.pk, {}),
            created_by=row.created_by,
            created_at=row.created_at,
            started_at=row.started_at,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            decision_note=row.decision_note,
            allowed_actions=rules.count_actions(
                CountState(row.state),
                may_write=actor.may("stock:write"),
                may_approve=actor.may("stock:approve"),
            ),
        )
        for row in rows
    ]
