"""The demo company's work of the last days, done through the flows and services: something of every kind waits for each role.

What it is and where to find it is told in docs/demo.md. It is as old as it would be on a real desk: each step is
done with the clock of its day. `prepare` runs once, after the history; `liven` on every start, so that a demo that
was loaded days ago has orders of today.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiliu.entrypoints.demo_work import goods, imports, money, orders, partners, prices, talk
from huiliu.entrypoints.demo_work.world import World
from huiliu.platform.database import system_reach


def prepare(*, now: datetime) -> None:
    """All of it, each part in its own transaction."""
    with system_reach("demo"):
        world = World.read(now)
    for part in (
        partners.people,
        partners.contracts,
        goods.lots,
        orders.brand_orders,
        orders.store_orders,
        goods.counts,
        goods.changes,
        goods.sell_out,
        money.limits,
        money.receipts,
        prices.versions,
        talk.comments,
    ):
        with transaction.atomic(), system_reach("demo"):
            part(world)
    imports.bring_in(world)


def liven(*, now: datetime) -> int:
    """Orders of today, unless there are some; returns how many were placed."""
    with transaction.atomic(), system_reach("demo"):
        return orders.todays_orders(World.read(now))
