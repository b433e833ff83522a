"""A small channel that trades: brand, dealer, goods, range, prices, stock and credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from huiliu.access.models import Organization
from huiliu.access.types import Actor, Role
from huiliu.catalog.models import Category, Product, ScopeRule, Sku, SkuUnit
from huiliu.inventory.models import Warehouse
from huiliu.kernel.ids import uuid7
from huiliu.kernel.quantity import UnitFactor
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef, Source
from huiliu.partners.models import Contract, Partner
from huiliu.platform import stamps
from huiliu.policies.types import Audience, VersionHead
from huiliu.pricing import services as pricing
from huiliu.pricing.types import PriceLevel, PriceRow
from huiliu.testing.actors import NOW, a_brand, an_actor, an_organization

BEFORE = date(2026, 1, 1)


def a_sku(code: str = "", *, case: int = 24, tax: str = "0.13", **fields: object) -> Sku:
    """A sku counted in 瓶 with a 箱 of `case`."""
    number = Sku.objects.count() + 1
    code = code or f"SKU{number:03d}"
    category, _ = Category.objects.get_or_create(code="饮料", defaults={"name": "饮料", "path": "饮料"})
    product = Product.objects.create(
        code=code, name=f"商品{code}", category=category, created_at=NOW, updated_at=NOW
    )
    sku = Sku.objects.create(
        product=product,
        code=code,
        name=f"商品{code}",
        base_unit="瓶",
        tax_rate=Decimal(tax),
        created_at=NOW,
        updated_at=NOW,
        **fields,
    )
    SkuUnit.objects.create(sku=sku, unit="瓶", numerator=1)
    SkuUnit.objects.create(sku=sku, unit="箱", numerator=case, is_order_unit=True)
    stamps.forget()
    return sku


def everything_sellable() -> None:
    """One rule that allows everyone everything."""
    ScopeRule.objects.create(name="all", valid_from=BEFORE, created_at=NOW)
    stamps.forget()


def a_price_list(
    *,
    author: Actor,
    approver: Actor,
    seller: Organization,
    prices: dict[int, str],
    level: PriceLevel = PriceLevel.BASE,
    code: str = "BASE",
    audience: Audience | None = None,
    unit: UnitFactor | None = None,
    valid_from: date = BEFORE,
    priority: int = 0,
    floor: str | None = None,
) -> VersionHead:
    """A published list; prices per `unit` (default 瓶), tax included."""
    version_id: UUID = uuid7()
    pricing.create_price_list(
        actor=author,
        version_id=version_id,
        code=code,
        name=code,
        seller_id=seller.pk,
        level=level,
        currency="CNY",
        audience=audience or Audience(),
        valid_from=valid_from,
        valid_to=None,
        priority=priority,
        now=NOW,
    )
    factor = unit or UnitFactor("瓶", 1)
    pricing.put_rows(
        actor=author,
        version_id=version_id,
        now=NOW,
        rows=[
            PriceRow(sku_id, factor, Decimal(price), floor_price=Decimal(floor) if floor else None)
            for sku_id, price in prices.items()
        ],
    )
    pricing.approve_price_list(actor=approver, version_id=version_id, now=NOW)
    head = pricing.publish_price_list(actor=approver, version_id=version_id, now=NOW)
    stamps.forget()
    return head


def a_warehouse(
    organization: Organization, *, code: str = "", city: str = "", region_code: str = "", priority: int = 100
) -> Warehouse:
    return Warehouse.objects.create(
        code=code or f"W{organization.pk}-{Warehouse.objects.count()}",
        name=f"仓{organization.pk}",
        organization=organization,
        owner_path=organization.path,
        city=city,
        region_code=region_code,
        priority=priority,
        created_at=NOW,
    )


def stock_up(warehouse: Warehouse, sku: Sku, units: str, *, lot: str = "") -> None:
    """Goods come in from outside the channel."""
    owner = warehouse.organization_id
    ledger.post(
        source=Source("opening", uuid7(), "open"),
        amount=Decimal(units),
        debit=AccountRef(AccountKind.STOCK, owner, sku_id=sku.pk, place_id=warehouse.pk, lot=lot),
        credit=AccountRef(AccountKind.SUPPLY, owner, sku_id=sku.pk),
        user_id=None,
        now=NOW,
    )


def prepay(*, buyer: Organization, seller: Organization, amount: str) -> None:
    """Money comes in before the goods go."""
    ledger.post(
        source=Source("receipt", uuid7(), "post"),
        amount=Decimal(amount),
        debit=AccountRef(AccountKind.PARTNER_BALANCE, buyer.pk, currency="CNY", counterparty_id=seller.pk),
        credit=AccountRef(AccountKind.CASH, seller.pk, currency="CNY"),
        user_id=None,
        now=NOW,
    )


@dataclass(frozen=True)
class Channel:
    """Brand sells to dealer sells to store; 瓶 at 10.00, 100 瓶 in stock, 10,000.00 prepaid."""

    brand: Organization
    dealer: Organization
    store: Organization
    other: Organization
    warehouse: Warehouse
    dealer_warehouse: Warehouse
    store_warehouse: Warehouse
    sku: Sku
    staff: Actor
    manager: Actor
    owner: Actor
    keeper: Actor
    store_owner: Actor
    other_owner: Actor


def a_channel(*, stock: str = "100", prepaid: str = "10000") -> Channel:
    """Everything an order needs."""
    brand = a_brand(name="沐禾")
    dealer = an_organization(kind="DISTRIBUTOR", parent=brand, name="苏州瑞丰商贸有限公司")
    other = an_organization(kind="DISTRIBUTOR", parent=brand, name="南京恒泰食品有限公司")
    store = an_organization(kind="STORE", parent=dealer, name="鑫源便利店")
    staff, manager = an_actor(brand, Role.ADMINISTRATOR), an_actor(brand, Role.CHANNEL_MANAGER)
    sku = a_sku("W550")
    everything_sellable()
    a_price_list(author=manager, approver=staff, seller=brand, prices={sku.pk: "10"})
    a_price_list(author=manager, approver=staff, seller=dealer, prices={sku.pk: "12"}, code="DEALER")
    warehouse = a_warehouse(brand, city="苏州市", region_code="320500")
    if Decimal(stock):
        stock_up(warehouse, sku, stock)
    prepay(buyer=dealer, seller=brand, amount=prepaid)
    prepay(buyer=store, seller=dealer, amount=prepaid)
    return Channel(
        brand=brand,
        dealer=dealer,
        store=store,
        other=other,
        warehouse=warehouse,
        dealer_warehouse=a_warehouse(dealer),
        store_warehouse=a_warehouse(store),
        sku=sku,
        staff=staff,
        manager=manager,
        owner=an_actor(dealer, Role.OWNER),
        keeper=an_actor(brand, Role.WAREHOUSE),
        store_owner=an_actor(store, Role.OWNER),
        other_owner=an_actor(other, Role.OWNER),
    )


def a_contract(channel: Channel, **fields: object) -> None:
    """The dealer's contract with the brand, in force since 2020."""
    Contract.objects.create(
        id=uuid7(),
        number="HT-1",
        partner=Partner.objects.get(pk=channel.dealer.pk),
        owner_path=channel.dealer.path,
        seller=channel.brand,
        created_at=NOW,
        **({"valid_from": date(2020, 1, 1)} | fields),
    )
    stamps.forget()
