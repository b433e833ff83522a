"""What partners sold to stores and consumers: recorded, taken back, corrected; never edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

from huiliu.access.types import Actor
from huiliu.inventory import selectors
from huiliu.inventory.errors import IdReused, SaleChanged, SaleMayBeOrder, SaleNotVisible, SaleReversed
from huiliu.inventory.models import Sale, SaleLine
from huiliu.inventory.services.common import check_lines, find_place, hash_of, lock_places, lock_reports
from huiliu.inventory.services.selling import (
    Posting,
    Report,
    buyer_place,
    choose,
    lock_reports_stock,
    shipped_already,
    sold_at,
    write,
)
from huiliu.inventory.types import ZERO, ChangeLine, SaleLineDraft, SaleRow, SaleSource
from huiliu.kernel.refusals import Refusals
from huiliu.platform.errors import InvalidInput

LINES_MAX = 5000


def record_sale(
    *,
    actor: Actor,
    sale_id: UUID,
    warehouse_id: int,
    lines: Sequence[SaleLineDraft],
    sold_on: date | None = None,
    buyer_id: int | None = None,
    customer: str = "",
    note: str = "",
    source: SaleSource = SaleSource.ENTRY,
    is_no_order: bool = False,
    now: datetime,
) -> SaleRow:
    """Goods sold out of a warehouse: out of the channel, or to a store of the channel without an order.

    Unit:   base units; below zero goods come back. `amount` is what the customer paid for the line.
    Locks:  the accounts of the goods, in id order.
    Replay: the same id with the same content answers the first.
    Raises: WarehouseNotVisible, WarehouseClosed, SaleDateInvalid, SaleBuyerInvalid, SaleMayBeOrder (unless
            `is_no_order`), SaleChanged, SkuUnknown, UnitsInvalid, StockTooLow, IdReused,
            InvalidInput, SeveralRefused.
    """
    content = hash_of(
        [
            warehouse_id,
            sold_on,
            buyer_id,
            customer,
            note,
            [[getattr(one, name) for name in _CONTENT] for one in lines],
        ]
    )
    earlier = Sale.objects.filter(pk=sale_id).first()
    if earlier is not None:
        if earlier.content_hash != content:
            raise IdReused("This sale was recorded with other content.", field="id")
        return selectors.get_sale(actor=actor, sale_id=sale_id)
    if not 0 < len(lines) <= LINES_MAX:
        raise InvalidInput(f"A sale has 1 to {LINES_MAX} lines.", field="lines")
    place = find_place(warehouse_id)
    check_lines([ChangeLine(one.sku_id, one.units) for one in lines], positive=False)
    on, at = sold_at(place=place, on=sold_on, now=now)
    buyer = buyer_place(actor=actor, seller=place, buyer_id=buyer_id, now=now) if buyer_id else None
    report = Report(sale_id, place, source, on, at, buyer, customer, note, content)
    if not is_no_order and (doubtful := shipped_already(report, lines)):
        raise SaleMayBeOrder("An order shipped the same goods to this buyer.", sku_ids=doubtful)
    _check_external(place.organization_id, lines)
    _choose_all(report, lines)
    write(actor=actor, report=report, now=now)
    return selectors.get_sale(actor=actor, sale_id=sale_id)


def reverse_sale(
    *,
    actor: Actor,
    reversal_id: UUID,
    sale_id: UUID,
    note: str,
    line_nos: Sequence[int] | None = None,
    now: datetime,
) -> SaleRow:
    """Take a sale back, whole or some lines, by a document of its own that counts on the sale's day.

    Locks:  the organization's reports, then the accounts in id order: of two reversals one posts.
    Replay: the same id answers the first.
    Raises: SaleNotVisible, SaleReversed, WarehouseNotVisible, StockTooLow (what came back has gone on, or the
            buyer has sold it), IdReused, InvalidInput.
    """
    sale = _find(sale_id)
    lock_reports(sale.organization_id)
    content = hash_of([str(sale_id), note, sorted(line_nos) if line_nos else None])
    earlier = Sale.objects.filter(pk=reversal_id).first()
    if earlier is not None:
        if earlier.content_hash != content:
            raise IdReused("This id belongs to another sale.", field="id")
        return selectors.get_sale(actor=actor, sale_id=reversal_id)
    if not note.strip():
        raise InvalidInput("Say why it is taken back.", field="note")
    lines = _open_lines(sale, line_nos)
    place = find_place(sale.warehouse_id, open_only=False)
    buyer = find_place(sale.buyer_warehouse_id, open_only=False) if sale.buyer_warehouse_id else None
    report = Report(
        reversal_id,
        place,
        SaleSource.CORRECTION,
        sale.business_date,
        sale.sold_at,
        buyer,
        sale.customer,
        note,
        content,
        reverses_id=sale.pk,
    )
    report.postings = [_opposite(number, line) for number, line in enumerate(lines, start=1)]
    _check_there(report)
    write(actor=actor, report=report, now=now)
    return selectors.get_sale(actor=actor, sale_id=reversal_id)


def correct_sale(
    *,
    actor: Actor,
    sale_id: UUID,
    reversal_id: UUID,
    replacement_id: UUID,
    lines: Sequence[SaleLineDraft],
    note: str,
    now: datetime,
) -> SaleRow:
    """Take all that is left of a sale back and record what was really sold, on the same day; both or neither.

    Lines keep the external line they replace, as a new revision: the file sent again changes nothing.
    Locks, raises: as `reverse_sale` and `record_sale`.
    """
    sale = _find(sale_id)
    earlier = Sale.objects.filter(pk=replacement_id).first()
    reverse_sale(actor=actor, reversal_id=reversal_id, sale_id=sale_id, note=note, now=now)
    content = hash_of([str(sale_id), note, [[getattr(one, name) for name in _CONTENT] for one in lines]])
    if earlier is not None:
        if earlier.content_hash != content:
            raise IdReused("This id belongs to another sale.", field="id")
        return selectors.get_sale(actor=actor, sale_id=replacement_id)
    check_lines([ChangeLine(one.sku_id, one.units) for one in lines], positive=False)
    place = find_place(sale.warehouse_id)
    buyer = find_place(sale.buyer_warehouse_id) if sale.buyer_warehouse_id else None
    report = Report(
        replacement_id,
        place,
        SaleSource(sale.source),
        sale.business_date,
        sale.sold_at,
        buyer,
        sale.customer,
        note,
        content,
    )
    _choose_all(report, lines, revisions=_revisions(sale.organization_id, lines))
    write(actor=actor, report=report, now=now)
    return selectors.get_sale(actor=actor, sale_id=replacement_id)


_CONTENT = ("sku_id", "units", "lot", "amount", "external_id", "external_line")


def _find(sale_id: UUID) -> Sale:
    row = Sale.objects.filter(pk=sale_id).first()
    if row is None:
        raise SaleNotVisible("There is no such sale.", sale_id=str(sale_id))
    return row


def _choose_all(
    report: Report, lines: Sequence[SaleLineDraft], *, revisions: dict[tuple[str, str], int] | None = None
) -> None:
    available = lock_reports_stock([(report, lines)])
    refusals = Refusals()
    for number, draft in enumerate(lines, start=1):
        revision = (revisions or {}).get((draft.external_id, draft.external_line), 0)
        with refusals.collecting(f"lines[{number - 1}]"):
            report.postings.append(choose(report, available, line_no=number, draft=draft, revision=revision))
    refusals.raise_if_any()


def _check_external(organization_id: int, lines: Sequence[SaleLineDraft]) -> None:
    """An external line is recorded once."""
    keys = {(one.external_id, one.external_line) for one in lines if one.external_id}
    if not keys:
        return
    lock_reports(organization_id)
    known = selectors.external_lines(organization_id, {key[0] for key in keys})
    if seen := sorted(keys & known.keys()):
        raise SaleChanged(
            "This receipt line is recorded already.", external_id=seen[0][0], external_line=seen[0][1]
        )


def _revisions(organization_id: int, lines: Sequence[SaleLineDraft]) -> dict[tuple[str, str], int]:
    """The next revision of each external line."""
    ids = {one.external_id for one in lines if one.external_id}
    rows = (
        SaleLine.objects.filter(organization_id=organization_id, external_id__in=ids)
        .values("external_id", "external_line")
        .annotate(latest=Max("revision"))
        .values_list("external_id", "external_line", "latest")
    )
    return {(row[0], row[1]): row[2] + 1 for row in rows}


def _open_lines(sale: Sale, line_nos: Sequence[int] | None) -> list[SaleLine]:
    """Lines not taken back yet: all of them, or the named ones. Raises: SaleReversed, InvalidInput."""
    if sale.reverses_id is not None:
        raise SaleReversed("A correction is not taken back itself.", sale_id=str(sale.pk))
    lines = {line.line_no: line for line in SaleLine.objects.filter(sale_id=sale.pk).order_by("line_no")}
    gone = set(SaleLine.objects.filter(reverses_sale_id=sale.pk).values_list("reverses_line_no", flat=True))
    wanted = sorted(set(line_nos)) if line_nos is not None else [one for one in lines if one not in gone]
    if unknown := [one for one in wanted if one not in lines]:
        raise InvalidInput("The sale has no such line.", field="line_nos", line_nos=unknown)
    if not wanted or gone & set(wanted):
        raise SaleReversed(
            "It was taken back already.", sale_id=str(sale.pk), line_nos=sorted(gone & set(wanted))
        )
    return [lines[one] for one in wanted]


def _opposite(number: int, line: SaleLine) -> Posting:
    draft = SaleLineDraft(
        line.sku_id, -line.units, line.lot, -line.amount if line.amount is not None else None
    )
    lots = {lot: -Decimal(units) for lot, units in line.lots.items()}
    return Posting(number, draft, lots, reverses=(line.sale_id, line.line_no))


def _check_there(report: Report) -> None:
    """What goes back has to be where it would come from. Raises: StockTooLow, SeveralRefused."""
    from huiliu.inventory.errors import StockTooLow

    pairs = [(place, one.draft.sku_id) for one in report.postings for place in report.where]
    others = [
        ref
        for one in report.postings
        for lot in one.lots
        for ref in (report.other_side(one.draft.sku_id, lot),)
    ]
    available = lock_places(pairs, others=others)
    refusals = Refusals()
    for position, posting in enumerate(report.postings):
        for lot, units in posting.lots.items():
            giver = report.place if units > 0 else report.buyer
            if giver is None:
                continue
            lots = available.setdefault(giver.warehouse_id, {}).setdefault(posting.draft.sku_id, {})
            there = lots.get(lot, ZERO)
            lots[lot] = there - abs(units)
            if there < abs(units):
                refusals.add(
                    StockTooLow(
                        "What should go back is not there any more.",
                        field=f"lines[{position}].units",
                        sku_id=posting.draft.sku_id,
                        asked=abs(units),
                        available=there,
                    )
                )
    refusals.raise_if_any()
