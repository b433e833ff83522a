"""A small channel with a document of every kind, and its ids by the names that the API gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huiliu.access.types import Actor
from huiliu.kernel.ids import uuid7
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel


@dataclass(frozen=True)
class World:
    """Who asks, and what there is to ask about: values by parameter or field name."""

    channel: Channel
    actors: Mapping[str, Actor]
    known: Mapping[str, tuple[Any, ...]]


def a_world() -> World:
    """The channel, an order at each step of its life, and a draft of prices."""
    channel = a_channel(stock="1000")
    staff, owner = Api(channel.staff), Api(channel.owner)
    orders = [_made(owner, "/orders", _order(channel)) for _ in range(3)]
    for order in orders[1:]:
        _done(staff, f"/orders/{order['id']}/confirm", {"step": "CONFIRM"})
    shipment = _made(
        staff, f"/orders/{orders[2]['id']}/ship", {"id": str(uuid7()), "warehouse_id": channel.warehouse.pk}
    )
    skus = (channel.sku.pk,)
    organizations = (channel.dealer.pk, channel.store.pk, channel.other.pk, channel.brand.pk)
    return World(
        channel=channel,
        actors={"administrator": channel.staff, "dealer": channel.owner},
        known={
            "order_id": tuple(order["id"] for order in orders),
            "shipment_id": (shipment["id"],),
            "sku_id": skus,
            "sku_ids": skus,
            "sku_code": (channel.sku.code,),
            "unit": ("瓶", "箱"),
            "organization_id": organizations,
            "partner_id": organizations[:3],
            "buyer_id": organizations[:3],
            "seller_id": (channel.brand.pk, channel.dealer.pk),
            "parent_id": organizations,
            "warehouse_id": (channel.warehouse.pk, channel.dealer_warehouse.pk),
            "place_id": (channel.warehouse.pk, channel.dealer_warehouse.pk),
            "user_id": tuple(a.user_id for a in (channel.manager, channel.keeper, channel.store_owner)),
            "line_no": (1,),
            "currency": ("CNY",),
        },
    )


def _order(channel: Channel) -> dict[str, Any]:
    line = {"sku_code": channel.sku.code, "quantity": "10", "unit": "瓶"}
    return {"id": str(uuid7()), "lines": [line]}


def _made(api: Api, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = api.post(path, body)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def _done(api: Api, path: str, body: dict[str, Any]) -> None:
    answer = api.post(path, body)
    assert answer.status_code in (200, 201), answer.content
