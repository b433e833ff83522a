"""Stock that comes or goes without an order: small changes at once, large ones when somebody else agrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.inventory import rules, selectors
from huiliu.inventory.errors import AdjustmentNotVisible, ApproverIsAuthor, IdReused, OpeningTaken
from huiliu.inventory.models import Adjustment, AdjustmentLine
from huiliu.inventory.services.common import (
    Place,
    account,
    check_lines,
    find_place,
    hash_of,
    lock_stock,
    next_number,
    stock_of,
    take_all,
    tell,
)
from huiliu.inventory.types import ZERO, AdjustmentReason, AdjustmentRow, AdjustmentState, ChangeLine
from huiliu.kernel.states import step
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, Move, MoveKind, Source
from huiliu.platform.errors import InvalidInput

LINES_MAX = 5000


def record_adjustment(
    *,
    actor: Actor,
    adjustment_id: UUID,
    warehouse_id: int,
    reason: AdjustmentReason,
    note: str,
    lines: Sequence[ChangeLine],
    now: datetime,
) -> AdjustmentRow:
    """Change stock for a reason: posted at once up to the organization's limit, else submitted for approval.

    Unit:   base units, signed: below zero goods leave. The limit looks at the sum without signs.
    Locks:  the accounts of the goods at the place, in id order.
    Replay: the same id with the same content answers the first.
    Raises: WarehouseNotVisible, WarehouseClosed, ReasonInvalid, SkuUnknown, UnitsInvalid, StockTooLow,
            OpeningTaken, IdReused, InvalidInput, SeveralRefused.
    """
    content = hash_of(
        [warehouse_id, reason, note, [[one.sku_id, one.lot, one.units, one.note] for one in lines]]
    )
    earlier = Adjustment.objects.filter(pk=adjustment_id).first()
    if earlier is not None:
        if earlier.content_hash != content:
            raise IdReused("This adjustment was recorded with other content.", field="id")
        return selectors.get_adjustment(actor=actor, adjustment_id=adjustment_id)
    if not 0 < len(lines) <= LINES_MAX:
        raise InvalidInput(f"An adjustment has 1 to {LINES_MAX} lines.", field="lines")
    place = find_place(warehouse_id)
    check_lines(lines, positive=False)
    rules.check_reason(reason, units=[one.units for one in lines], note=note)
    total = sum((abs(one.units) for one in lines), ZERO)
    limit = selectors.stock_settings(place.organization_id).adjustment_limit
    # Goods that were never on the books are no loss: opening needs nobody's consent.
    waits = reason is not AdjustmentReason.OPENING and rules.needs_approval(total, limit=limit)
    document = Adjustment(
        id=adjustment_id,
        number=next_number("adjustment", place, now=now),
        organization_id=place.organization_id,
        owner_path=place.owner_path,
        warehouse_id=warehouse_id,
        reason=reason,
        note=note,
        state=AdjustmentState.SUBMITTED if waits else AdjustmentState.POSTED,
        total_units=total,
        content_hash=content,
        created_by=actor.user_id,
        created_at=now,
    )
    document.save(force_insert=True)
    AdjustmentLine.objects.bulk_create(
        AdjustmentLine(
            adjustment_id=adjustment_id,
            line_no=number,
            owner_path=place.owner_path,
            sku_id=line.sku_id,
            lot=line.lot,
            units=line.units,
            note=line.note,
        )
        for number, line in enumerate(lines, start=1)
    )
    if not waits:
        _post(document, place, lines, user_id=actor.user_id, now=now)
    _tell(actor, "stock.adjustment_submitted" if waits else "stock.adjusted", document, now=now)
    return selectors.get_adjustment(actor=actor, adjustment_id=adjustment_id)


def approve_adjustment(*, actor: Actor, adjustment_id: UUID, note: str = "", now: datetime) -> AdjustmentRow:
    """Agree to what somebody else recorded, and post it.

    Locks:  the adjustment, then the accounts in id order: of two approvals one posts.
    Raises: AdjustmentNotVisible, WrongState, ApproverIsAuthor, WarehouseClosed, StockTooLow, SeveralRefused.
    """
    document = _lock(adjustment_id)
    step(rules.ADJUSTMENT_MOVES, before=AdjustmentState(document.state), after=AdjustmentState.POSTED)
    if actor.user_id is not None and document.created_by == actor.user_id:
        raise ApproverIsAuthor("You recorded this adjustment yourself.")
    place = find_place(document.warehouse_id)
    rows = AdjustmentLine.objects.filter(adjustment_id=adjustment_id).order_by("line_no")
    lines = [ChangeLine(row.sku_id, row.units, row.lot, row.note) for row in rows]
    _post(document, place, lines, user_id=actor.user_id, now=now)
    return _decide(actor, document, AdjustmentState.POSTED, "stock.adjusted", note=note, now=now)


def reject_adjustment(*, actor: Actor, adjustment_id: UUID, note: str, now: datetime) -> AdjustmentRow:
    """Refuse an adjustment, with the reason; nothing is posted.

    Locks:  the adjustment. Raises: AdjustmentNotVisible, WrongState, InvalidInput.
    """
    document = _lock(adjustment_id)
    step(rules.ADJUSTMENT_MOVES, before=AdjustmentState(document.state), after=AdjustmentState.REJECTED)
    if not note.strip():
        raise InvalidInput("Say why it is refused.", field="note")
    return _decide(actor, document, AdjustmentState.REJECTED, "stock.adjustment_rejected", note=note, now=now)


def withdraw_adjustment(*, actor: Actor, adjustment_id: UUID, now: datetime) -> AdjustmentRow:
    """Take back what waits for approval. Locks: the adjustment. Raises: AdjustmentNotVisible, WrongState."""
    document = _lock(adjustment_id)
    step(rules.ADJUSTMENT_MOVES, before=AdjustmentState(document.state), after=AdjustmentState.WITHDRAWN)
    return _decide(actor, document, AdjustmentState.WITHDRAWN, "stock.adjustment_withdrawn", note="", now=now)


def _lock(adjustment_id: UUID) -> Adjustment:
    row = Adjustment.objects.select_for_update(no_key=True).filter(pk=adjustment_id).first()
    if row is None:
        raise AdjustmentNotVisible("There is no such adjustment.", adjustment_id=str(adjustment_id))
    return row


def _post(
    document: Adjustment, place: Place, lines: Sequence[ChangeLine], *, user_id: int | None, now: datetime
) -> None:
    """One entry: what leaves goes from the lots that expire first, what comes stands on its own lot."""
    opening = document.reason == AdjustmentReason.OPENING
    against = AccountKind.SUPPLY if opening else AccountKind.STOCK_ADJUSTMENT
    numbered = list(enumerate(lines, start=1))
    others = [account(against, place.organization_id, line.sku_id) for line in lines]
    others += [stock_of(place, line.sku_id, line.lot or "") for line in lines]
    available = lock_stock(place, sku_ids=[line.sku_id for line in lines], others=others)
    if opening:
        _check_unopened(place, lines)
    moves = []
    for number, line in numbered:
        if line.units > 0:
            lot = line.lot or ""
            lots = available.setdefault(line.sku_id, {})
            lots[lot] = lots.get(lot, ZERO) + line.units
            moves.append(
                Move(
                    MoveKind.POST,
                    line.units,
                    credit=account(against, place.organization_id, line.sku_id),
                    debit=stock_of(place, line.sku_id, lot),
                    line_no=number,
                )
            )
    leaving = [
        (number, ChangeLine(line.sku_id, -line.units, line.lot))
        for number, line in numbered
        if line.units < 0
    ]
    moves += [
        Move(
            MoveKind.POST,
            taken.units,
            credit=stock_of(place, taken.sku_id, taken.lot),
            debit=account(against, place.organization_id, taken.sku_id),
            line_no=taken.line_no,
        )
        for taken in take_all(available, leaving)
    ]
    ledger.apply(
        source=Source("adjustment", document.pk, "post"),
        moves=moves,
        user_id=user_id,
        now=now,
        note=f"{document.reason}: {document.note}" if document.note else document.reason,
    )


def _check_unopened(place: Place, lines: Sequence[ChangeLine]) -> None:
    """Opening is for goods that never moved at this place."""
    moved = set(
        selectors.moved_skus(place.organization_id, place.warehouse_id, [one.sku_id for one in lines])
    )
    if moved:
        raise OpeningTaken("Goods moved here already.", field="lines", sku_ids=sorted(moved))


def _decide(
    actor: Actor, document: Adjustment, state: AdjustmentState, event: str, *, note: str, now: datetime
) -> AdjustmentRow:
    document.state = state
    document.decided_by, document.decided_at, document.decision_note = actor.user_id, now, note
    document.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    _tell(actor, event, document, now=now, reason=note)
    return selectors.get_adjustment(actor=actor, adjustment_id=document.pk)


def _tell(actor: Actor, event: str, document: Adjustment, *, now: datetime, reason: str = "") -> None:
    tell(
        actor=actor,
        type=event,
        subject_type="adjustment",
        subject_id=document.pk,
        owner_path=document.owner_path,
        now=now,
        reason=reason,
        payload={
            "number": document.number,
            "warehouse_id": document.warehouse_id,
            "code": document.reason,
            "units": str(Decimal(document.total_units)),
            "state": document.state,
        },
    )
