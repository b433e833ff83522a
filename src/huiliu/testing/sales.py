"""A dealer that sells, and what it sold, for tests."""

from __future__ import annotations

from typing import Any

from huiliu.inventory import services
from huiliu.inventory.types import SaleLineDraft, SaleRow
from huiliu.ledger.types import AccountKind
from huiliu.testing.actors import NOW, acting
from huiliu.testing.inventory import EARLY, LATE, D, balance, on_hand
from huiliu.testing.partners import a_document_id
from huiliu.testing.trade import Channel, a_channel, stock_up


def a_selling_channel() -> Channel:
    """The dealer has 30 that expire early and 70 that expire late."""
    made = a_channel()
    stock_up(made.dealer_warehouse, made.sku, "30", lot=EARLY)
    stock_up(made.dealer_warehouse, made.sku, "70", lot=LATE)
    return made


def sell(channel: Channel, *units: str, **more: Any) -> SaleRow:
    options: dict[str, Any] = {
        "sale_id": a_document_id(),
        "warehouse_id": channel.dealer_warehouse.pk,
        "now": NOW,
    } | more
    lines = options.pop("lines", None) or [SaleLineDraft(channel.sku.pk, D(one)) for one in units]
    with acting(channel.owner):
        return services.record_sale(actor=channel.owner, lines=lines, **options)


def sold_state(channel: Channel) -> tuple[int, int]:
    """Stock and sell-out of the dealer."""
    return (
        int(on_hand(channel.dealer_warehouse, channel.sku)),
        int(balance(AccountKind.SOLD_OUT, channel.dealer.pk, channel.sku)),
    )
