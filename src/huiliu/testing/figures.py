"""A brand's year of documents whose sums were computed by hand, and its figures as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from huiliu.access.models import Organization
from huiliu.access.types import Actor
from huiliu.insights import selectors
from huiliu.insights.types import Answer, MetricQuery
from huiliu.kernel.period import Period
from huiliu.platform.database import system_reach
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.insights import (
    Item,
    a_cancellation,
    a_return,
    a_shipment,
    a_sku,
    an_order,
    goods_in,
    goods_sold,
    synchronized,
)

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@dataclass
class Channel:
    """A brand, two dealers, a store, and a year of documents."""

    brand: Organization
    east: Organization
    dealer: Organization
    other: Organization
    store: Organization
    staff: Actor
    of_dealer: Actor
    of_other: Actor
    of_east: Actor


def a_year() -> Channel:
    with system_reach("tests"):
        brand = a_brand(code="HQ", name="Brand")
        east = an_organization(kind="BRANCH", parent=brand, code="EAST", name="East")
        west = an_organization(kind="BRANCH", parent=brand, code="WEST", name="West")
        dealer = an_organization(parent=east, code="D1", name="Dealer One")
        other = an_organization(parent=west, code="D2", name="Dealer Two")
        store = an_organization(kind="STORE", parent=dealer, code="S1", name="Store")
        cola, tea = a_sku(code="COLA"), a_sku(code="TEA", brand="TT", category=("Drinks", "Tea"))
        # 2025: last year's March, to grow from.
        old = an_order(
            seller=brand,
            buyer=dealer,
            day=date(2025, 3, 10),
            items=[Item(cola, "10", "80.00")],
            province="江苏",
        )
        a_shipment(old, day=date(2025, 3, 11), items=[(1, Item(cola, "10", "80.00"))])
        # March: 30 cola and 7 tea ordered; 20 cola and 7 tea leave on day 2, the other 10 cola four days later.
        first = an_order(
            seller=brand,
            buyer=dealer,
            day=date(2026, 3, 2),
            items=[Item(cola, "30", "300.03"), Item(tea, "7", "70.10")],
            province="江苏",
            city="苏州",
        )
        a_shipment(
            first,
            day=date(2026, 3, 3),
            items=[(1, Item(cola, "20", "200.02")), (2, Item(tea, "7", "70.10"))],
        )
        a_shipment(first, day=date(2026, 3, 6), items=[(1, Item(cola, "10", "100.01"))])
        a_return(first, day=date(2026, 4, 1), item=Item(cola, "2", "20.00"))
        a_return(first, day=date(2026, 4, 2), item=Item(cola, "1", "10.00"), state="REQUESTED")
        # April: the other dealer; half of it is cancelled.
        second = an_order(
            seller=brand,
            buyer=other,
            day=date(2026, 4, 5),
            items=[Item(tea, "10", "99.99")],
            province="四川",
            tier="B",
        )
        a_cancellation(second, day=date(2026, 4, 6), line_no=1, item=Item(tea, "5", "50.00"))
        a_shipment(second, day=date(2026, 4, 8), items=[(1, Item(tea, "5", "49.99"))], hour=10)
        # The dealer sells on to its store: not the brand's sales.
        third = an_order(seller=dealer, buyer=store, day=date(2026, 4, 20), items=[Item(cola, "5", "66.00")])
        a_shipment(third, day=date(2026, 4, 20), items=[(1, Item(cola, "5", "66.00"))])
        goods_in(dealer, cola, "100", day=date(2026, 1, 10))
        goods_sold(dealer, cola, "30", day=date(2026, 2, 10))
        goods_sold(dealer, cola, "14", day=date(2026, 3, 20))
        goods_in(other, tea, "9", day=date(2026, 3, 1))
        found = Channel(
            brand,
            east,
            dealer,
            other,
            store,
            an_actor(brand),
            an_actor(dealer),
            an_actor(other),
            an_actor(east),
        )
    report = synchronized(NOW)
    assert report.is_full
    return found


def ask(actor: Actor, *metrics: str, by: tuple[str, ...] = (), **options: Any) -> Answer:
    query = MetricQuery(metrics=metrics, dimensions=by, period=options.pop("period", YEAR), **options)
    with acting(actor):
        return selectors.query_metrics(actor=actor, query=query, now=NOW)


def table(answer: Answer) -> list[tuple[str | None, ...]]:
    return [(*row.keys, *row.values) for row in answer.rows]


def one_of(answer: Answer) -> dict[str, str | None]:
    [row] = answer.rows
    return dict(zip(answer.query.metrics, row.values, strict=True))
