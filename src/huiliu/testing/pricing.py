"""Price lists for tests: builders say only what matters."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from huiliu.kernel.money import CNY, Currency
from huiliu.kernel.quantity import UnitFactor
from huiliu.pricing.rules import VersionBook
from huiliu.pricing.types import PriceBreak, PriceLevel, PriceQuery, PriceRow, PriceVersion

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
