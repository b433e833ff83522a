"""Rows of files as documents of stock: what the importer and uploads call. Bad rows come back, good ones count.

A row is `types.Row(number, values)`; `values` are texts or typed values by field name:

| field | who | meaning |
|---|---|---|
| `warehouse_code` | all | an open warehouse of the reach; may be left out when the call names `warehouse_id` |
| `sku_code` or `barcode` | all | a barcode also says the unit the quantity is counted in |
| `quantity` | all | `12`, `12.5`, `3箱5瓶`; base unit unless `unit` or the barcode says otherwise |
| `unit` | all | a unit of the goods, for plain numbers |
| `batch`, `expires_on`, `produced_on` | all | the lot; see `rules.lot_of` |
| `sold_on` | sales | a day, default today; below zero `quantity` is a return |
| `amount` | sales | what the customer paid for the line |
| `customer`, `buyer_code` | sales | a name outside the channel, or a partner below the seller |
| `external_id`, `external_line` | sales | the receipt and its line: recorded once, whoever sends it again |
| `area` | counts | part of the warehouse; areas add up |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.inventory import rules, selectors
from huiliu.inventory.errors import (
    CountOutOfScope,
    OpeningTaken,
    SaleChanged,
    UnitsInvalid,
)
from huiliu.inventory.models import SaleLine
from huiliu.inventory.services.adjustments import record_adjustment
from huiliu.inventory.services.common import Place, find_place, lock_reports
from huiliu.inventory.services.counts import (
    check_count_rows,
    close_round,
    plan_count,
    record_count_entries,
    start_count,
)
from huiliu.inventory.services.reading import Goods, Outcomes, Reader, day, text
from huiliu.inventory.services.selling import (
    Report,
    buyer_place,
    choose,
    lock_reports_stock,
    sold_at,
    write,
)
from huiliu.inventory.types import (
    AdjustmentReason,
    BatchOutcome,
    ChangeLine,
    CountDraft,
    CountedRow,
    Row,
    SaleLineDraft,
    SaleSource,
)
from huiliu.kernel.ids import uuid7
from huiliu.kernel.refusals import DomainError
from huiliu.kernel.text import parse_decimal
from huiliu.platform.errors import InvalidInput


def record_sales(
    *,
    actor: Actor,
    rows: Sequence[Row],
    batch_id: UUID,
    warehouse_id: int | None = None,
    source: SaleSource = SaleSource.POS,
    now: datetime,
) -> BatchOutcome:
    """Record rows of sales (fields above): one document per warehouse, day and buyer; bad rows are answered.

    A row without `external_id` is named by `batch_id` and its number, so that the same batch sent again counts
    nothing twice; a file that is uploaded anew needs receipt numbers for that.
    Locks:  the reports of each organization in id order, then all accounts of the batch in id order.
    Replay: rows recorded earlier with the same figures are DUPLICATE, taken back or not; with others REFUSED.
    Raises: InvalidInput for no rows or too many; everything else is an outcome of its row.
    """
    outcomes, reader = Outcomes(rows), Reader(rows, warehouse_id=warehouse_id)
    read: list[tuple[Row, SaleLineDraft, _Where]] = []
    places: dict[int, Place] = {}
    buyers: dict[tuple[int, str], Place] = {}
    for row in rows:
        try:
            draft, where = _sale_row(row, reader, batch_id=batch_id, places=places, now=now)
            if where.buyer_code and (where.warehouse_id, where.buyer_code) not in buyers:
                buyer = access.find_by_code(where.buyer_code)
                buyers[where.warehouse_id, where.buyer_code] = buyer_place(
                    actor=actor, seller=places[where.warehouse_id], buyer_id=buyer.id, now=now
                )
            read.append((row, draft, where))
        except DomainError as refusal:
            outcomes.refuse(row, refusal)
    fresh = _unknown_only(read, places, outcomes)
    reports: dict[_Where, tuple[Report, list[tuple[Row, SaleLineDraft]]]] = {}
    for row, draft, where in fresh:
        if where not in reports:
            place = places[where.warehouse_id]
            on, at = sold_at(place=place, on=where.on, now=now)
            buyer_at = buyers.get((where.warehouse_id, where.buyer_code))
            reports[where] = (Report(uuid7(), place, source, on, at, buyer_at, where.customer), [])
        reports[where][1].append((row, draft))
    _write_reports(actor, list(reports.values()), outcomes, now=now)
    return outcomes.answer()


def open_stock(
    *, actor: Actor, rows: Sequence[Row], warehouse_id: int | None = None, now: datetime
) -> BatchOutcome:
    """What stood in the warehouses when they came on the books: one opening document per warehouse.

    A sku (all its lots together) is opened once per warehouse: a row of goods that moved there already is
    REFUSED, or DUPLICATE when exactly that stands there as opened.
    Locks:  the reports of each organization, then accounts in id order, warehouse by warehouse.
    Raises: InvalidInput for no rows or too many; everything else is an outcome of its row.
    """
    outcomes, reader = Outcomes(rows), Reader(rows, warehouse_id=warehouse_id)
    by_place: dict[int, list[tuple[Row, Goods]]] = {}
    for row in rows:
        try:
            goods = reader.goods(row)
            rules.check_reason(AdjustmentReason.OPENING, units=[goods.units], note="")
            by_place.setdefault(goods.warehouse_id, []).append((row, goods))
        except DomainError as refusal:
            outcomes.refuse(row, refusal)
    for place_id, found in sorted(by_place.items()):
        _open_place(actor, place_id, found, outcomes, now=now)
    return outcomes.answer()


@dataclass(frozen=True, slots=True)
class _Where:
    """What rows of one document share."""

    warehouse_id: int
    on: date
    buyer_code: str
    customer: str


def _amount(values: Mapping[str, Any]) -> Decimal | None:
    try:
        amount = parse_decimal(text(values, "amount"))
    except DomainError as refusal:
        raise refusal.at("amount") from refusal
    if amount is not None and (abs(amount) >= rules.UNITS_MAX or amount != round(amount, 6)):
        raise InvalidInput("This amount cannot be stored.", field="amount")
    return amount


def _sale_row(
    row: Row, reader: Reader, *, batch_id: UUID, places: dict[int, Place], now: datetime
) -> tuple[SaleLineDraft, _Where]:
    goods = reader.goods(row)
    if goods.warehouse_id not in places:
        places[goods.warehouse_id] = find_place(goods.warehouse_id)
    on, _ = sold_at(place=places[goods.warehouse_id], on=day(row.values, "sold_on"), now=now)
    external_id, external_line = text(row.values, "external_id"), text(row.values, "external_line")
    if not external_id:
        external_id, external_line = str(batch_id), str(row.number)
    draft = SaleLineDraft(
        goods.sku.id, goods.units, goods.lot, _amount(row.values), external_id, external_line
    )
    where = _Where(
        goods.warehouse_id, on, text(row.values, "buyer_code"), text(row.values, "customer", length_max=200)
    )
    return draft, where


def _same(line: SaleLine | SaleLineDraft, draft: SaleLineDraft) -> bool:
    return (line.sku_id, line.units, line.amount) == (draft.sku_id, draft.units, draft.amount)


def _unknown_only(
    read: Sequence[tuple[Row, SaleLineDraft, _Where]], places: Mapping[int, Place], outcomes: Outcomes
) -> list[tuple[Row, SaleLineDraft, _Where]]:
    """Rows that were never recorded; the others are told."""
    owners = sorted({places[where.warehouse_id].organization_id for _, _, where in read})
    known: dict[tuple[int, str, str], list[SaleLine | SaleLineDraft]] = {}
    for owner_id in owners:
        lock_reports(owner_id)
        lines = selectors.external_lines(owner_id, {draft.external_id for _, draft, _ in read})
        known |= {(owner_id, *key): list(found) for key, found in lines.items()}
    fresh = []
    for row, draft, where in read:
        key = (places[where.warehouse_id].organization_id, draft.external_id, draft.external_line)
        earlier = known.get(key)
        if earlier is None:
            known[key] = [draft]
            fresh.append((row, draft, where))
        elif any(_same(line, draft) for line in earlier):
            outcomes.duplicate(row, getattr(earlier[0], "sale_id", None))
        else:
            outcomes.refuse(
                row, SaleChanged("This line was recorded with other figures.", field="external_id")
            )
    return fresh


def _write_reports(
    actor: Actor,
    reports: Sequence[tuple[Report, list[tuple[Row, SaleLineDraft]]]],
    outcomes: Outcomes,
    *,
    now: datetime,
) -> None:
    available = lock_reports_stock([(report, [draft for _, draft in found]) for report, found in reports])
    for report, found in sorted(reports, key=lambda one: (one[0].on, str(one[0].id))):
        for row, draft in found:
            try:
                report.postings.append(
                    choose(report, available, line_no=len(report.postings) + 1, draft=draft)
                )
                outcomes.record(row, report.id)
            except DomainError as refusal:
                outcomes.refuse(row, refusal)
        if report.postings:
            write(actor=actor, report=report, now=now)
            outcomes.add_document(report.id)


def _open_place(
    actor: Actor, place_id: int, found: Sequence[tuple[Row, Goods]], outcomes: Outcomes, *, now: datetime
) -> None:
    try:
        place = find_place(place_id)
    except DomainError as refusal:
        for row, _ in found:
            outcomes.refuse(row, refusal)
        return
    lock_reports(place.organization_id)
    moved = set(selectors.moved_skus(place.organization_id, place_id, [goods.sku.id for _, goods in found]))
    opened = selectors.openings(place_id, moved) if moved else {}
    fresh = []
    for row, goods in found:
        earlier = opened.get((goods.sku.id, goods.lot or ""))
        if goods.sku.id not in moved:
            fresh.append((row, goods))
        elif earlier is not None and earlier[0] == goods.units:
            outcomes.duplicate(row, earlier[1])
        else:
            outcomes.refuse(row, OpeningTaken("Goods moved here already.", field="sku_code"))
    if not fresh:
        return
    document = record_adjustment(
        actor=actor,
        adjustment_id=uuid7(),
        warehouse_id=place_id,
        reason=AdjustmentReason.OPENING,
        note="",
        lines=[ChangeLine(goods.sku.id, goods.units, goods.lot) for _, goods in fresh],
        now=now,
    )
    outcomes.add_document(document.id)
    for row, _ in fresh:
        outcomes.record(row, document.id)


def record_counts(
    *,
    actor: Actor,
    rows: Sequence[Row],
    warehouse_id: int | None = None,
    count_id: UUID | None = None,
    counted_at: datetime | None = None,
    now: datetime,
) -> BatchOutcome:
    """Counted figures of a file. With `count_id` they go into that running stock-take; without, each warehouse gets
    one of its own over the goods of its rows, closed and waiting for approval (`approve_count` posts it).

    `counted_at` is when the goods were counted (default now): the book of that moment is what differs.
    Rows of one sku (and lot) in one area replace each other, the last one counts; areas add up.
    Locks:  the stock-take. Replay: the same file makes another stock-take only once the first is decided; until
            then its rows are REFUSED as overlapping.
    Raises: InvalidInput for no rows or too many; everything else is an outcome of its row.
    """
    outcomes, reader = Outcomes(rows), Reader(rows, warehouse_id=warehouse_id)
    running = selectors.get_count(actor=actor, count_id=count_id) if count_id else None
    by_place: dict[int, list[tuple[Row, CountedRow]]] = {}
    for row in rows:
        try:
            goods = reader.goods(row, may_be_zero=True)
            if goods.units < 0:
                raise UnitsInvalid("Nothing is counted below zero.", field="quantity")
            if running is not None and goods.warehouse_id != running.warehouse_id:
                raise CountOutOfScope("The stock-take is of another warehouse.", field="warehouse_code")
            figure = CountedRow(goods.sku.id, goods.units, goods.lot or "", text(row.values, "area"))
            by_place.setdefault(goods.warehouse_id, []).append((row, figure))
        except DomainError as refusal:
            outcomes.refuse(row, refusal)
    for place_id, found in sorted(by_place.items()):
        _count_place(actor, place_id, found, outcomes, count_id=count_id, counted_at=counted_at, now=now)
    return outcomes.answer()


def _count_place(
    actor: Actor,
    place_id: int,
    found: Sequence[tuple[Row, CountedRow]],
    outcomes: Outcomes,
    *,
    count_id: UUID | None,
    counted_at: datetime | None,
    now: datetime,
) -> None:
    """All figures of one warehouse, or none: a figure out of scope refuses its own row only."""
    figures = list(found)
    document_id = count_id or uuid7()
    try:
        with transaction.atomic():
            if count_id is None:
                draft = CountDraft(
                    warehouse_id=place_id,
                    sku_ids=tuple(sorted({figure.sku_id for _, figure in figures})),
                    by_lot=any(figure.lot for _, figure in figures),
                )
                plan_count(actor=actor, count_id=document_id, draft=draft, now=now)
                start_count(actor=actor, count_id=document_id, now=now)
            else:
                figures = [one for one in figures if _fits(one, document_id, outcomes)]
            if figures:
                record_count_entries(
                    actor=actor,
                    count_id=document_id,
                    rows=[figure for _, figure in figures],
                    counted_at=counted_at,
                    now=now,
                )
            if count_id is None:
                close_round(actor=actor, count_id=document_id, now=now)
    except DomainError as refusal:
        for row, _ in figures:
            outcomes.refuse(row, refusal)
        return
    if figures:
        outcomes.add_document(document_id)
    for row, _ in figures:
        outcomes.record(row, document_id)


def _fits(one: tuple[Row, CountedRow], count_id: UUID, outcomes: Outcomes) -> bool:
    try:
        check_count_rows(count_id, [one[1]])
    except DomainError as refusal:
        outcomes.refuse(one[0], refusal)
        return False
    return True
