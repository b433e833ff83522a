"""Price lists for tests: builders say only what matters."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from huiliu.access.models import Organization
from huiliu.access.types import Role
from huiliu.catalog.models import Sku
from huiliu.kernel.ids import uuid7
from huiliu.kernel.money import CNY, Currency
from huiliu.kernel.quantity import UnitFactor
from huiliu.policies.types import Audience, VersionHead
from huiliu.pricing import services
from huiliu.pricing.errors import NoPrice
from huiliu.pricing.rules import VersionBook
from huiliu.pricing.types import PriceBreak, PriceLevel, PriceQuery, PriceRow, PriceVersion
from huiliu.testing.actors import NOW, a_brand, an_actor
from huiliu.testing.partners import a_partner
from huiliu.testing.trade import a_sku, everything_sellable

CASE, PACK, BOTTLE = UnitFactor("箱", 24), UnitFactor("提", 6), UnitFactor("瓶", 1)
BRAND, BUYER, COLA = 1, 7, 501
_numbers = itertools.count(1)


def a_row(
    price: str | None = "100.00",
    *,
    sku: int = COLA,
    unit: UnitFactor = CASE,
    breaks: Iterable[tuple[int, str]] = (),
    floor: str | None = None,
) -> PriceRow:
    return PriceRow(
        sku_id=sku,
        unit=unit,
        unit_price=None if price is None else Decimal(price),
        breaks=tuple(PriceBreak(Decimal(start), Decimal(value)) for start, value in breaks),
        floor_price=None if floor is None else Decimal(floor),
    )


def a_version(
    *rows: PriceRow,
    level: PriceLevel = PriceLevel.BASE,
    priority: int = 0,
    width: int | None = None,
    start: str = "2026-01-01",
    end: str | None = None,
    audience: Iterable[int] | None = None,
    project: str = "",
    publish_no: int | None = None,
    seller: int = BRAND,
    currency: str = "CNY",
    code: str = "",
) -> VersionBook:
    """A published version; without an audience it speaks to everyone."""
    number = next(_numbers)
    buyers = None if audience is None else frozenset(audience)
    head = PriceVersion(
        version_id=UUID(int=number),
        list_code=code or f"LIST-{number}",
        seller_id=seller,
        currency=currency,
        level=level,
        priority=priority,
        width=width if width is not None else 1_000 if buyers is None else len(buyers),
        valid_from=date.fromisoformat(start),
        valid_to=date.fromisoformat(end) if end else None,
        publish_no=number if publish_no is None else publish_no,
        project=project,
    )
    return VersionBook(head, rows or [a_row()], buyers)


def a_query(
    quantity: str = "24",
    *,
    sku: int = COLA,
    unit: UnitFactor = CASE,
    on: str = "2026-06-15",
    buyer: int = BUYER,
    seller: int = BRAND,
    currency: Currency = CNY,
    tax_rate: str = "0.13",
    project: str = "",
) -> PriceQuery:
    """What a buyer asks; `quantity` in base units."""
    return PriceQuery(
        seller_id=seller,
        buyer_id=buyer,
        sku_id=sku,
        unit=unit,
        quantity=Decimal(quantity),
        on=date.fromisoformat(on),
        currency=currency,
        tax_rate=Decimal(tax_rate),
        project=project,
    )


class Market:
    """A brand with two dealers (tiers A and B), a store below the first, and two skus; nothing is published."""

    def __init__(self) -> None:
        self.brand = a_brand(name="沐禾")
        self.dealer = a_partner(parent=self.brand, name="苏州瑞丰商贸", tier="A").organization
        self.other = a_partner(parent=self.brand, name="南京恒泰食品", tier="B").organization
        self.store = a_partner(parent=self.dealer, kind="STORE", name="鑫源便利店").organization
        self.author = an_actor(self.brand, Role.SALES_OPERATIONS)
        self.manager = an_actor(self.brand, Role.CHANNEL_MANAGER)
        self.owner = an_actor(self.dealer, Role.OWNER)
        self.other_owner = an_actor(self.other, Role.OWNER)
        self.water, self.tea = a_sku("W550"), a_sku("T500")
        everything_sellable()

    def draft(
        self,
        prices: dict[int, str] | None = None,
        *,
        code: str = "BASE",
        level: PriceLevel = PriceLevel.BASE,
        audience: Audience | None = None,
        start: str = "2026-01-01",
        end: str | None = None,
        priority: int = 0,
        unit: UnitFactor = BOTTLE,
        floor: str | None = None,
    ) -> VersionHead:
        """A draft with prices per `unit` (default: water at 10 per 瓶)."""
        head = services.create_price_list(
            actor=self.author,
            version_id=uuid7(),
            code=code,
            name=f"价目 {code}",
            seller_id=self.brand.pk,
            level=level,
            currency="CNY",
            audience=audience or Audience(),
            valid_from=date.fromisoformat(start),
            valid_to=date.fromisoformat(end) if end else None,
            priority=priority,
            now=NOW,
        )
        wanted = {self.water.pk: "10"} if prices is None else prices
        if wanted:
            rows = [a_row(price, sku=sku, unit=unit, floor=floor) for sku, price in wanted.items()]
            services.put_rows(actor=self.author, version_id=head.id, rows=rows, now=NOW)
        return head

    def approved(self, prices: dict[int, str] | None = None, **fields: Any) -> VersionHead:
        head = self.draft(prices, **fields)
        return services.approve_price_list(actor=self.manager, version_id=head.id, now=NOW)

    def published(self, prices: dict[int, str] | None = None, **fields: Any) -> VersionHead:
        head = self.approved(prices, **fields)
        return services.publish_price_list(actor=self.manager, version_id=head.id, now=NOW)

    def price(
        self, buyer: Organization, *, sku: Sku | None = None, on: str = "2026-06-15", quantity: str = "1"
    ) -> Decimal | None:
        """What one 瓶 costs a buyer; None without a price."""
        wanted = services.Wanted((sku or self.water).pk, BOTTLE, Decimal(quantity), Decimal("0.13"))
        try:
            lines = services.price_lines(
                actor=self.manager,
                seller_id=self.brand.pk,
                buyer_id=buyer.pk,
                currency="CNY",
                on=date.fromisoformat(on),
                wanted=[wanted],
                now=NOW,
            )
        except NoPrice:
            return None
        return lines[0].unit_price
