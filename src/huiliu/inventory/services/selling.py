"""How sales become postings: shared by single entries, uploads and corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from huiliu.access import selectors as access
from huiliu.access.errors import OrganizationNotVisible
from huiliu.access.types import Actor
from huiliu.inventory import selectors
from huiliu.inventory.errors import SaleBuyerInvalid, SaleDateInvalid
from huiliu.inventory.models import Sale, SaleLine
from huiliu.inventory.services.common import (
    Available,
    Place,
    account,
    find_place,
    lock_places,
    next_number,
    stock_of,
    take,
    tell,
)
from huiliu.inventory.services.warehouses import ensure_warehouse
from huiliu.inventory.types import ZERO, ChangeLine, SaleLineDraft, SaleSource
from huiliu.kernel.period import business_date, zone_of
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind, Source
from huiliu.platform.database import one

#: How near an order's shipment makes a reported sale suspicious.
_ORDER_DAYS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Posting:
    """One line with the lots it takes (or gives back); `short` is what the book does not have."""

    line_no: int
    draft: SaleLineDraft
    lots: Mapping[str, Decimal]
    short: Decimal = ZERO
    revision: int = 0
    reverses: tuple[UUID, int] | None = None


@dataclass(slots=True)
class Report:
    """A sale that is about to be written: from where, to whom, when."""

    id: UUID
    place: Place
    source: SaleSource
    on: date
    at: datetime
    buyer: Place | None = None
    customer: str = ""
    note: str = ""
    content_hash: str = ""
    reverses_id: UUID | None = None
    postings: list[Posting] = field(default_factory=list)

    @property
    def where(self) -> list[Place]:
        return [self.place, self.buyer] if self.buyer else [self.place]

    def other_side(self, sku_id: int, lot: str) -> AccountRef:
        """Where sold goods go: to the buyer's stock, or out of the channel."""
        if self.buyer:
            return stock_of(self.buyer, sku_id, lot)
        return account(AccountKind.SOLD_OUT, self.place.organization_id, sku_id)


def sold_at(*, place: Place, on: date | None, now: datetime) -> tuple[date, datetime]:
    """The business day of a sale and the instant it counts from: today now, an earlier day its noon.

    Raises: SaleDateInvalid for the future.
    """
    today = business_date(now, place.timezone)
    if on is None or on == today:
        return today, now
    if on > today:
        raise SaleDateInvalid("This day has not come yet.", field="sold_on", sold_on=on, today=today)
    if on.year < 2000:
        raise SaleDateInvalid("This day is too long ago.", field="sold_on", sold_on=on)
    return on, datetime.combine(on, time(12), zone_of(place.timezone))


def buyer_place(*, actor: Actor, seller: Place, buyer_id: int, now: datetime) -> Place:
    """Where a partner of the channel takes in what is sold to it; one is opened when it has none.

    Raises: SaleBuyerInvalid.
    """
    try:
        buyer = access.find_organization(buyer_id)
    except OrganizationNotVisible as hidden:
        raise SaleBuyerInvalid("There is no such buyer.", field="buyer_id", buyer_id=buyer_id) from hidden
    if buyer.path == seller.owner_path or not buyer.path.startswith(seller.owner_path):
        raise SaleBuyerInvalid("The buyer is not below the seller.", field="buyer_id", buyer_id=buyer_id)
    return find_place(ensure_warehouse(actor=actor, organization_id=buyer_id, now=now))


def shipped_already(report: Report, lines: Sequence[SaleLineDraft]) -> list[int]:
    """Skus of which an order shipped the same units to this buyer within three days."""
    if report.buyer is None:
        return []
    units: dict[int, Decimal] = {}
    for line in lines:
        units[line.sku_id] = units.get(line.sku_id, ZERO) + line.units
    row = one(
        "SELECT inventory_shipped_between(%s, %s, %s::bigint[], %s::numeric[], %s, %s)",
        [
            report.place.organization_id,
            report.buyer.organization_id,
            list(units),
            list(units.values()),
            report.at - _ORDER_DAYS,
            report.at + _ORDER_DAYS,
        ],
    )
    return list(row[0] or [])


def lock_reports_stock(reports: Sequence[tuple[Report, Sequence[SaleLineDraft]]]) -> dict[int, Available]:
    """What is available wherever the reports take from; see `lock_places`."""
    wanted, others = [], []
    for report, lines in reports:
        for line in lines:
            wanted += [(place, line.sku_id) for place in report.where]
            others.append(report.other_side(line.sku_id, line.lot or ""))
            others.append(stock_of(report.place, line.sku_id, line.lot or ""))
    return lock_places(wanted, others=others)


def choose(
    report: Report, available: dict[int, Available], *, line_no: int, draft: SaleLineDraft, revision: int = 0
) -> Posting:
    """The lots of one line: sold goods leave the lots that expire first, goods that come back stand on their own.

    Raises: StockTooLow unless the seller may sell before goods are on its books (and sells out of the channel).
    """
    giver = report.place if draft.units > 0 else report.buyer
    if giver is None:
        lots = available.setdefault(report.place.warehouse_id, {}).setdefault(draft.sku_id, {})
        lot = draft.lot or ""
        lots[lot] = lots.get(lot, ZERO) - draft.units
        return Posting(line_no, draft, {lot: draft.units}, revision=revision)
    may_go_short = (
        report.buyer is None and selectors.stock_settings(report.place.organization_id).sells_before_stock_in
    )
    taken = take(
        available.setdefault(giver.warehouse_id, {}),
        ChangeLine(draft.sku_id, abs(draft.units), draft.lot),
        line_no=line_no,
        may_go_short=may_go_short,
    )
    sign = 1 if draft.units > 0 else -1
    return Posting(
        line_no,
        draft,
        {one_lot.lot: sign * one_lot.units for one_lot in taken},
        sum((one_lot.short for one_lot in taken), ZERO),
        revision,
    )


def write(*, actor: Actor, report: Report, now: datetime) -> None:
    """Write the document, its lines and its one ledger entry."""
    place, buyer = report.place, report.buyer
    number = next_number("sale", place, now=now)
    Sale.objects.bulk_create(
        [
            Sale(
                id=report.id,
                number=number,
                organization_id=place.organization_id,
                owner_path=place.owner_path,
                warehouse_id=place.warehouse_id,
                buyer_id=buyer.organization_id if buyer else None,
                buyer_path=buyer.owner_path if buyer else None,
                buyer_warehouse_id=buyer.warehouse_id if buyer else None,
                customer=report.customer,
                source=report.source,
                business_date=report.on,
                sold_at=report.at,
                note=report.note,
                reverses_id=report.reverses_id,
                content_hash=report.content_hash,
                recorded_by=actor.user_id,
                recorded_at=now,
            )
        ]
    )
    SaleLine.objects.bulk_create(_line(report, posting) for posting in report.postings)
    _post(report, user_id=actor.user_id, now=now)
    tell(
        actor=actor,
        type="sell_out.reversed" if report.reverses_id else "sell_out.recorded",
        subject_type="sale",
        subject_id=report.id,
        owner_path=place.owner_path,
        other_path=buyer.owner_path if buyer else None,
        now=now,
        effective_at=report.at,
        reason=report.note,
        payload={
            "number": number,
            "warehouse_id": place.warehouse_id,
            "business_date": report.on.isoformat(),
            "source": report.source.value,
            "lines": len(report.postings),
            "short": str(sum((posting.short for posting in report.postings), ZERO)),
            "reverses_id": str(report.reverses_id) if report.reverses_id else None,
        },
    )


def _line(report: Report, posting: Posting) -> SaleLine:
    draft = posting.draft
    return SaleLine(
        sale_id=report.id,
        line_no=posting.line_no,
        owner_path=report.place.owner_path,
        buyer_path=report.buyer.owner_path if report.buyer else None,
        organization_id=report.place.organization_id,
        sku_id=draft.sku_id,
        lot=draft.lot,
        lots={lot: f"{units:f}" for lot, units in posting.lots.items()},
        units=draft.units,
        amount=draft.amount,
        short=posting.short,
        external_id=draft.external_id,
        external_line=draft.external_line,
        revision=posting.revision,
        reverses_sale_id=posting.reverses[0] if posting.reverses else None,
        reverses_line_no=posting.reverses[1] if posting.reverses else None,
    )


def _post(report: Report, *, user_id: int | None, now: datetime) -> None:
    moves = []
    below: dict[AccountRef, Decimal] = {}
    for posting in report.postings:
        for lot, units in posting.lots.items():
            own, other = (
                stock_of(report.place, posting.draft.sku_id, lot),
                report.other_side(posting.draft.sku_id, lot),
            )
            gives, receives = (own, other) if units > 0 else (other, own)
            moves.append(
                Move(MoveKind.POST, abs(units), credit=gives, debit=receives, line_no=posting.line_no)
            )
        if posting.short:
            lot = posting.draft.lot or ""
            below[stock_of(report.place, posting.draft.sku_id, lot)] = ZERO
    # An account that may go below zero is let down for this one entry only; then its floor follows it upward.
    # The accounts are locked already, so nobody else slips through meanwhile.
    for ref in below:
        ledger.set_floor(account=ref, target=None)
    ledger.apply(
        source=Source("sale", report.id, "post"),
        moves=moves,
        user_id=user_id,
        now=now,
        effective_at=report.at,
        note=report.note,
    )
    for ref in below:
        ledger.set_floor(account=ref, target=ZERO)
