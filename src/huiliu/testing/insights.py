"""Documents for tests of figures: the rows as services leave them, with only what figures read."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from time import sleep
from uuid import UUID

from huiliu.access.models import Organization
from huiliu.catalog.models import Category, Product, ProductBrand, Sku
from huiliu.insights import services
from huiliu.insights.types import SyncReport
from huiliu.kernel.ids import uuid7
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef, Source
from huiliu.orders.models import (
    CancellationLine,
    Line,
    Order,
    Return,
    ReturnLine,
    Shipment,
    ShipmentLine,
)
from huiliu.testing.actors import NOW

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Item:
    """A sku, how many base units of it, and what they cost."""

    sku: Sku
    quantity: str
    amount: str


def a_sku(*, code: str = "", brand: str = "HL", category: Sequence[str] = ("Drinks", "Cola")) -> Sku:
    """A sku with its product, brand and chain of categories; each is made once per code."""
    number = next(_numbers)
    code = code or f"SKU{number}"
    parent: Category | None = None
    for name in category:
        parent, _ = Category.objects.get_or_create(
            code=f"C-{name}", defaults={"name": name, "parent": parent}
        )
    assert parent is not None, "goods belong to a category"
    mark, _ = ProductBrand.objects.get_or_create(code=brand, defaults={"name": f"Brand {brand}"})
    product = Product.objects.create(
        code=f"P-{code}", name=f"Product {code}", brand=mark, category=parent, created_at=NOW, updated_at=NOW
    )
    return Sku.objects.create(
        product=product, code=code, name=f"Sku {code}", base_unit="bottle", created_at=NOW, updated_at=NOW
    )


def at(day: date, hour: int = 4) -> datetime:
    """An instant of the day; 04:00 UTC is noon in Shanghai."""
    return datetime.combine(day, time(hour), UTC)


def an_order(
    *,
    seller: Organization,
    buyer: Organization,
    day: date,
    items: Sequence[Item],
    tier: str = "A",
    province: str = "",
    city: str = "",
    region_code: str = "",
    currency: str = "CNY",
    hour: int = 4,
) -> Order:
    """A submitted order with its lines."""
    number = next(_numbers)
    total = sum((Decimal(item.amount) for item in items), Decimal(0))
    order = Order.objects.create(
        id=uuid7(),
        number=f"SO{number:06d}",
        seller_id=seller.pk,
        seller_path=seller.path,
        seller_name=seller.name,
        buyer_id=buyer.pk,
        buyer_path=buyer.path,
        buyer_name=buyer.name,
        buyer_path_then=buyer.path,
        buyer_tier_then=tier,
        region_code_then=region_code,
        province_then=province,
        city_then=city,
        state="CONFIRMED",
        currency=currency,
        gross_amount=total,
        net_amount=total,
        tax_amount=0,
        line_count=len(items),
        business_date=day,
        submitted_at=at(day, hour),
    )
    Line.objects.bulk_create(
        Line(
            order_id=order.id,
            line_no=position,
            buyer_path=buyer.path,
            seller_path=seller.path,
            sku_id=item.sku.pk,
            sku_code=item.sku.code,
            sku_name=item.sku.name,
            unit="bottle",
            entered_quantity=Decimal(item.quantity),
            ordered=Decimal(item.quantity),
            unit_price=Decimal(item.amount) / Decimal(item.quantity),
            gross_amount=Decimal(item.amount),
            net_amount=Decimal(item.amount),
            tax_amount=0,
            tax_rate=0,
        )
        for position, item in enumerate(items, start=1)
    )
    return order


def a_shipment(order: Order, *, day: date, items: Sequence[tuple[int, Item]], hour: int = 4) -> Shipment:
    """Goods of the order's lines `(line_no, item)` that left on a day."""
    shipment = Shipment.objects.create(
        id=uuid7(),
        number=f"SH{next(_numbers):06d}",
        order_id=order.id,
        buyer_path=order.buyer_path,
        seller_path=order.seller_path,
        warehouse_id=1,
        state="SHIPPED",
        business_date=day,
        shipped_at=at(day, hour),
    )
    ShipmentLine.objects.bulk_create(
        ShipmentLine(
            shipment_id=shipment.id,
            line_no=position,
            order_id=order.id,
            buyer_path=order.buyer_path,
            seller_path=order.seller_path,
            sku_id=item.sku.pk,
            shipped=Decimal(item.quantity),
            gross_amount=Decimal(item.amount),
            net_amount=Decimal(item.amount),
        )
        for position, item in items
    )
    return shipment


def a_cancellation(order: Order, *, day: date, line_no: int, item: Item) -> None:
    """A part of an order line that will not be delivered."""
    CancellationLine.objects.create(
        cancellation_id=uuid7(),
        line_no=line_no,
        order_id=order.id,
        buyer_path=order.buyer_path,
        seller_path=order.seller_path,
        sku_id=item.sku.pk,
        cancelled=Decimal(item.quantity),
        gross_amount=Decimal(item.amount),
        net_amount=Decimal(item.amount),
        reason="TEST",
        business_date=day,
        cancelled_at=at(day),
    )


def a_return(order: Order, *, day: date, item: Item, state: str = "RECEIVED") -> Return:
    """Goods that come back from an order."""
    document = Return.objects.create(
        id=uuid7(),
        number=f"RT{next(_numbers):06d}",
        order_id=order.id,
        seller_id=order.seller_id,
        seller_path=order.seller_path,
        buyer_id=order.buyer_id,
        buyer_path=order.buyer_path,
        buyer_path_then=order.buyer_path_then,
        region_code_then=order.region_code_then,
        province_then=order.province_then,
        city_then=order.city_then,
        buyer_tier_then=order.buyer_tier_then,
        warehouse_id=1,
        state=state,
        currency=order.currency,
        gross_amount=Decimal(item.amount),
        net_amount=Decimal(item.amount),
        reason="TEST",
        business_date=day,
        requested_at=at(day),
    )
    ReturnLine.objects.create(
        return_id=document.id,
        line_no=1,
        order_line_no=1,
        buyer_path=order.buyer_path,
        seller_path=order.seller_path,
        sku_id=item.sku.pk,
        returned=Decimal(item.quantity),
        gross_amount=Decimal(item.amount),
        net_amount=Decimal(item.amount),
    )
    return document


def goods_in(owner: Organization, sku: Sku, quantity: str, *, day: date, place: int = 1) -> UUID:
    """Goods that an owner has from a day on."""
    return _goods(owner, sku, quantity, day, debit=AccountKind.STOCK, credit=AccountKind.SUPPLY, place=place)


def goods_sold(owner: Organization, sku: Sku, quantity: str, *, day: date, place: int = 1) -> UUID:
    """Goods that left the channel on a day."""
    return _goods(
        owner, sku, quantity, day, debit=AccountKind.SOLD_OUT, credit=AccountKind.STOCK, place=place
    )


def _goods(
    owner: Organization,
    sku: Sku,
    quantity: str,
    day: date,
    *,
    debit: AccountKind,
    credit: AccountKind,
    place: int,
) -> UUID:
    source = uuid7()

    def account(kind: AccountKind) -> AccountRef:
        is_stock = kind is AccountKind.STOCK
        return AccountRef(kind, owner.pk, sku_id=sku.pk, place_id=place if is_stock else None)

    ledger.post(
        source=Source("test", source, debit.value),
        amount=Decimal(quantity),
        debit=account(debit),
        credit=account(credit),
        user_id=None,
        now=at(day),
    )
    return source


def synchronized(now: datetime, *, force_dimensions: bool = False) -> SyncReport:
    """Rounds until everything committed before this call is in; the rows of all of them.

    Transaction ids belong to the whole cluster: a test that writes in another database holds this one back.
    """
    rows, is_full = 0, False
    for _ in range(6000):
        report = services.sync_warehouse(now=now, force_dimensions=force_dimensions)
        rows, is_full = rows + report.rows, is_full or report.is_full
        if report.complete_at is not None and report.complete_at >= now:
            return replace(report, rows=rows, is_full=is_full)
        sleep(0.05)
    raise AssertionError("some transaction of the cluster has been writing for minutes")
