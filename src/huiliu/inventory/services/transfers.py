"""Goods between two places of one organization: at once, or out first and in when they arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.inventory import rules, selectors
from huiliu.inventory.errors import IdReused, TransferInvalid, TransferNotVisible
from huiliu.inventory.models import StockTransfer, StockTransferLine
from huiliu.inventory.services.common import (
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
from huiliu.inventory.types import ChangeLine, TransferRow, TransferState
from huiliu.kernel.states import step
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind, Source
from huiliu.platform.errors import InvalidInput

LINES_MAX = 2000


def send_transfer(
    *,
    actor: Actor,
    transfer_id: UUID,
    from_warehouse_id: int,
    to_warehouse_id: int,
    lines: Sequence[ChangeLine],
    is_distant: bool,
    note: str = "",
    now: datetime,
) -> TransferRow:
    """Take goods out of one warehouse; into the other at once, or when somebody receives them there.

    On the way they are in transit, on neither place's hand.
    Locks:  the accounts of the goods, in id order.
    Replay: the same id with the same content answers the first.
    Raises: WarehouseNotVisible, WarehouseClosed, TransferInvalid, SkuUnknown, UnitsInvalid, StockTooLow,
            IdReused, InvalidInput, SeveralRefused.
    """
    content = hash_of(
        [
            from_warehouse_id,
            to_warehouse_id,
            is_distant,
            note,
            [[one.sku_id, one.lot, one.units] for one in lines],
        ]
    )
    earlier = StockTransfer.objects.filter(pk=transfer_id).first()
    if earlier is not None:
        if earlier.content_hash != content:
            raise IdReused("This transfer was sent with other content.", field="id")
        return selectors.get_transfer(actor=actor, transfer_id=transfer_id)
    if not 0 < len(lines) <= LINES_MAX:
        raise InvalidInput(f"A transfer has 1 to {LINES_MAX} lines.", field="lines")
    origin, target = find_place(from_warehouse_id), find_place(to_warehouse_id)
    if origin.organization_id != target.organization_id or from_warehouse_id == to_warehouse_id:
        raise TransferInvalid("Name two warehouses of one organization.", field="to_warehouse_id")
    check_lines(lines, positive=True)
    skus = [line.sku_id for line in lines]
    on_way = [account(AccountKind.IN_TRANSIT, origin.organization_id, sku_id) for sku_id in skus]
    available = lock_stock(
        origin, sku_ids=skus, others=[*on_way, *(stock_of(target, sku_id) for sku_id in skus)]
    )
    taken = take_all(available, list(enumerate(lines, start=1)))
    rows = [
        StockTransferLine(
            transfer_id=transfer_id,
            line_no=number,
            owner_path=origin.owner_path,
            sku_id=one.sku_id,
            lot=one.lot,
            units=one.units,
            received=None if is_distant else one.units,
        )
        for number, one in enumerate(taken, start=1)
    ]
    document = StockTransfer(
        id=transfer_id,
        number=next_number("transfer", origin, now=now),
        organization_id=origin.organization_id,
        owner_path=origin.owner_path,
        from_warehouse_id=from_warehouse_id,
        to_warehouse_id=to_warehouse_id,
        state=TransferState.SENT if is_distant else TransferState.RECEIVED,
        note=note,
        content_hash=content,
        sent_by=actor.user_id,
        sent_at=now,
        received_by=None if is_distant else actor.user_id,
        received_at=None if is_distant else now,
    )
    document.save(force_insert=True)
    StockTransferLine.objects.bulk_create(rows)
    moves = [
        Move(
            MoveKind.POST,
            row.units,
            credit=stock_of(origin, row.sku_id, row.lot),
            debit=_on_way(document, row) if is_distant else stock_of(target, row.sku_id, row.lot),
            line_no=row.line_no,
        )
        for row in rows
    ]
    ledger.apply(
        source=Source("transfer", transfer_id, "send"), moves=moves, user_id=actor.user_id, now=now, note=note
    )
    _tell(actor, "stock.transfer_sent" if is_distant else "stock.transferred", document, now=now)
    return selectors.get_transfer(actor=actor, transfer_id=transfer_id)


def receive_transfer(
    *, actor: Actor, transfer_id: UUID, received: Mapping[int, Decimal], note: str = "", now: datetime
) -> TransferRow:
    """Take a transfer in: everything, but for the lines named in `received`; what is missing is a loss.

    Locks:  the transfer, then the accounts in id order: of two receipts one posts.
    Raises: TransferNotVisible, WrongState, WarehouseClosed, InvalidInput.
    """
    document, rows = _lock(transfer_id, TransferState.RECEIVED)
    target = find_place(document.to_warehouse_id)
    by_number = {row.line_no: row for row in rows}
    for position, (number, units) in enumerate(received.items()):
        if number not in by_number or not 0 <= units <= by_number[number].units:
            raise InvalidInput(
                "Receive between nothing and what was sent.", field=f"lines.{position}.received"
            )
    moves = []
    for row in rows:
        row.received = received.get(row.line_no, row.units)
        lost = row.units - row.received
        loss = account(AccountKind.STOCK_ADJUSTMENT, document.organization_id, row.sku_id)
        for units, debit in ((row.received, stock_of(target, row.sku_id, row.lot)), (lost, loss)):
            if units > 0:
                moves.append(
                    Move(
                        MoveKind.POST, units, credit=_on_way(document, row), debit=debit, line_no=row.line_no
                    )
                )
    StockTransferLine.objects.bulk_update(rows, ["received"])
    ledger.apply(
        source=Source("transfer", transfer_id, "receive"),
        moves=moves,
        user_id=actor.user_id,
        now=now,
        note=note,
    )
    return _finish(actor, document, TransferState.RECEIVED, "stock.transferred", reason=note, now=now)


def cancel_transfer(*, actor: Actor, transfer_id: UUID, note: str, now: datetime) -> TransferRow:
    """Turn a transfer around: what is on the way goes back where it came from.

    Locks:  the transfer, then the accounts in id order.
    Raises: TransferNotVisible, WrongState, WarehouseClosed.
    """
    document, rows = _lock(transfer_id, TransferState.CANCELLED)
    origin = find_place(document.from_warehouse_id)
    moves = [
        Move(
            MoveKind.POST,
            row.units,
            credit=_on_way(document, row),
            debit=stock_of(origin, row.sku_id, row.lot),
            line_no=row.line_no,
        )
        for row in rows
    ]
    ledger.apply(
        source=Source("transfer", transfer_id, "cancel"),
        moves=moves,
        user_id=actor.user_id,
        now=now,
        note=note,
    )
    return _finish(actor, document, TransferState.CANCELLED, "stock.transfer_cancelled", reason=note, now=now)


def _on_way(document: StockTransfer, row: StockTransferLine) -> AccountRef:
    return account(AccountKind.IN_TRANSIT, document.organization_id, row.sku_id, row.lot)


def _lock(transfer_id: UUID, after: TransferState) -> tuple[StockTransfer, list[StockTransferLine]]:
    row = StockTransfer.objects.select_for_update(no_key=True).filter(pk=transfer_id).first()
    if row is None:
        raise TransferNotVisible("There is no such transfer.", transfer_id=str(transfer_id))
    step(rules.TRANSFER_MOVES, before=TransferState(row.state), after=after)
    lines = StockTransferLine.objects.filter(transfer_id=transfer_id).order_by("line_no")
    return row, list(lines)


def _finish(
    actor: Actor, document: StockTransfer, state: TransferState, event: str, *, reason: str, now: datetime
) -> TransferRow:
    document.state = state
    document.received_by, document.received_at = actor.user_id, now
    document.save(update_fields=["state", "received_by", "received_at"])
    _tell(actor, event, document, now=now, reason=reason)
    return selectors.get_transfer(actor=actor, transfer_id=document.pk)


def _tell(actor: Actor, event: str, document: StockTransfer, *, now: datetime, reason: str = "") -> None:
    tell(
        actor=actor,
        type=event,
        subject_type="transfer",
        subject_id=document.pk,
        owner_path=document.owner_path,
        now=now,
        reason=reason,
        payload={
            "number": document.number,
            "from_warehouse_id": document.from_warehouse_id,
            "to_warehouse_id": document.to_warehouse_id,
            "state": document.state,
        },
    )
