"""One search over what a person works with: partners, goods and documents, by name, pinyin, code or last digits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import ProductFilters
from huiliu.flows.shop import browse
from huiliu.orders import selectors as orders
from huiliu.orders.selectors import OrderFilter
from huiliu.partners import selectors as partners
from huiliu.partners.types import PartnerFilters

EACH_MAX = 6
TEXT_MIN_FOR_ORDERS = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `note` says what tells it from its namesakes."""

    kind: str
    id: str
    title: str
    note: str
    state: str = ""


def find(*, actor: Actor, text: str, now: datetime) -> list[Hit]:
    """At most `EACH_MAX` of each kind that the actor's scopes open: orders, partners, products."""
    wanted = text.strip()
    if not wanted:
        return []
    hits: list[Hit] = []
    if "partners:read" in actor.scopes:
        hits += _partners(actor=actor, text=wanted)
    if "catalog:read" in actor.scopes:
        hits += _products(actor=actor, text=wanted, now=now)
    if "orders:read" in actor.scopes and len(wanted) >= TEXT_MIN_FOR_ORDERS:
        hits += _orders(wanted)
    return hits


def _orders(text: str) -> list[Hit]:
    rows = orders.list_orders(where=OrderFilter(text=text), limit=EACH_MAX)
    return [Hit("order", str(row["id"]), row["number"], row["buyer_name"], row["state"]) for row in rows]


def _partners(*, actor: Actor, text: str) -> list[Hit]:
    rows = partners.list_partners(actor=actor, filters=PartnerFilters(text=text), limit=EACH_MAX)
    return [
        Hit("partner", str(row.id), row.name, " ".join(filter(None, (row.code, row.city)))) for row in rows
    ]


def _products(*, actor: Actor, text: str, now: datetime) -> list[Hit]:
    rows = catalog.list_products(
        actor=actor,
        filters=ProductFilters(text=text, sku_ids=browse.range_of(actor=actor, buyer_id=None, now=now)),
        limit=EACH_MAX,
    )
    return [Hit("product", str(row.id), row.name, row.code) for row in rows]
