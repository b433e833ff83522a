"""What lies on the demo company's desk today: orders placed through the flows, not loaded."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from huiliu.access.models import Organization
from huiliu.access.types import Actor
from huiliu.catalog.models import Sku
from huiliu.demo import services as demo
from huiliu.demo.plan import BRAND_CODE
from huiliu.flows.place_order import place_order
from huiliu.kernel.ids import uuid7
from huiliu.ledger.selectors import open_holds
from huiliu.orders import services as orders
from huiliu.orders.types import DraftLine, OrderDraft, Step
from huiliu.platform.database import system_reach


def place_todays_orders(*, now: datetime) -> None:
    """What is on the desk today: orders of forty dealers through the services, in every state up to shipped."""
    with system_reach("demo"):
        sales, boss = demo.actor_for("sales"), demo.actor_for("admin")
        dealers = list(
            Organization.objects.filter(kind="DISTRIBUTOR").order_by("code").values_list("id", flat=True)[::8]
        )
        seller = Organization.objects.get(code=BRAND_CODE).pk
        skus = list(Sku.objects.order_by("code").values_list("id", flat=True))
    for position, buyer_id in enumerate(dealers):
        lines = tuple(
            DraftLine(skus[(position * 7 + step * 13) % len(skus)], Decimal(step % 5 + 2), "")
            for step in range(position % 6 + 3)
        )
        with transaction.atomic(), system_reach("demo"):
            order_id = uuid7()
            place_order(
                actor=sales,
                draft=OrderDraft(order_id=order_id, buyer_id=buyer_id, seller_id=seller, lines=lines),
                now=now,
            )
            if position % 4:
                orders.confirm_order(actor=boss, order_id=order_id, step=Step.CONFIRM, now=now)
            if position % 4 == 3:
                _ship(order_id, actor=boss, now=now)


def _ship(order_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Everything that one warehouse promised to an order."""
    places = [hold.place_id for hold in open_holds(source_id=order_id) if hold.place_id]
    if places:
        orders.ship_order(
            actor=actor,
            order_id=order_id,
            shipment_id=uuid7(),
            warehouse_id=places[0],
            units_by_line=None,
            exponent=2,
            business_date=now.date(),
            now=now,
        )
