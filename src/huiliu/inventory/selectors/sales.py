"""Reported sales with their lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from huiliu.access.types import Actor
from huiliu.inventory.errors import SaleNotVisible
from huiliu.inventory.models import Sale, SaleLine
from huiliu.inventory.types import SaleLineRow, SaleRow, SaleSource


def list_sales(
    *,
    actor: Actor,
    organization_id: int | None = None,
    warehouse_id: int | None = None,
    buyer_id: int | None = None,
    source: SaleSource | None = None,
    first: date | None = None,
    last: date | None = None,
    external_id: str = "",
    after: tuple[date, UUID] | None = None,
    limit: int = 50,
) -> list[SaleRow]:
    """The latest days first, after the (business_date, id) of the last one seen."""
    rows = Sale.objects.all()
    for name, value in (
        ("organization_id", organization_id),
        ("warehouse_id", warehouse_id),
        ("buyer_id", buyer_id),
        ("source", source),
        ("business_date__gte", first),
        ("business_date__lte", last),
    ):
        if value is not None:
            rows = rows.filter(**{name: value})
    if external_id:
        rows = rows.filter(
            pk__in=SaleLine.objects.filter(external_id=external_id).values_list("sale_id", flat=True)
        )
    if after is not None:
        rows = rows.filter(Q(business_date__lt=after[0]) | Q(business_date=after[0], id__lt=after[1]))
    return _rows(list(rows.order_by("-business_date", "-id")[:limit]), actor=actor)


def get_sale(*, actor: Actor, sale_id: UUID) -> SaleRow:
    """Raises: SaleNotVisible."""
    found = _rows(list(Sale.objects.filter(pk=sale_id)), actor=actor)
    if not found:
        raise SaleNotVisible("There is no such sale.", sale_id=str(sale_id))
    return found[0]


def external_lines(
    organization_id: int, external_ids: Collection[str]
) -> dict[tuple[str, str], list[SaleLine]]:
    """What is recorded of external documents, by (external id, line): every revision."""
    found: dict[tuple[str, str], list[SaleLine]] = {}
    rows = SaleLine.objects.filter(organization_id=organization_id, external_id__in=set(external_ids) - {""})
    for row in rows.order_by("external_id", "external_line", "revision"):
        found.setdefault((row.external_id, row.external_line), []).append(row)
    return found


def _rows(rows: Sequence[Sale], *, actor: Actor) -> list[SaleRow]:
    ids = [row.pk for row in rows]
    gone = set(
        SaleLine.objects.filter(reverses_sale_id__in=ids).values_list("reverses_sale_id", "reverses_line_no")
    )
    lines: dict[UUID, list[SaleLineRow]] = {}
    for line in SaleLine.objects.filter(sale_id__in=ids).order_by("sale_id", "line_no"):
        lines.setdefault(line.sale_id, []).append(
            SaleLineRow(
                line_no=line.line_no,
                sku_id=line.sku_id,
                lot=line.lot or "",
                units=line.units,
                amount=line.amount,
                external_id=line.external_id,
                external_line=line.external_line,
                short=line.short,
                is_reversed=(line.sale_id, line.line_no) in gone,
            )
        )
    return [
        SaleRow(
            id=row.pk,
            number=row.number,
            organization_id=row.organization_id,
            warehouse_id=row.warehouse_id,
            buyer_id=row.buyer_id,
            customer=row.customer,
            source=SaleSource(row.source),
            business_date=row.business_date,
            sold_at=row.sold_at,
            note=row.note,
            reverses_id=row.reverses_id,
            recorded_by=row.recorded_by,
            recorded_at=row.recorded_at,
            lines=tuple(lines.get(row.pk, ())),
            allowed_actions=_actions(row, lines.get(row.pk, []), actor=actor),
        )
        for row in rows
    ]


def _actions(row: Sale, lines: Sequence[SaleLineRow], *, actor: Actor) -> tuple[str, ...]:
    """Only whoever reaches the seller takes back; a buyer reads."""
    reaches = actor.reach.everything or actor.reach.lo <= row.owner_path < actor.reach.hi
    is_open = row.reverses_id is None and not all(line.is_reversed for line in lines)
    return ("reverse", "correct") if actor.may("sell_out:write") and reaches and is_open else ()
