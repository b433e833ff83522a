"""Stock of partners runs low: the desk says how many, and the question behind it shows exactly those."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from huiliu.insights.tests.conftest import warehouse  # noqa: F401 - a fixture
from huiliu.kernel.ids import uuid7
from huiliu.kernel.period import business_date
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef, Source
from huiliu.platform.database import system_reach
from huiliu.testing.api import Api
from huiliu.testing.insights import synchronized
from huiliu.testing.trade import Channel, a_channel, a_warehouse, stock_up


def sold(channel: Channel, owner, place, units: str, *, now: datetime) -> None:
    """So much left the shelf five days ago."""
    ledger.post(
        source=Source("opening", uuid7(), "sell"),
        amount=Decimal(units),
        debit=AccountRef(AccountKind.SOLD_OUT, owner.pk, sku_id=channel.sku.pk),
        credit=AccountRef(AccountKind.STOCK, owner.pk, sku_id=channel.sku.pk, place_id=place.pk),
        user_id=None,
        now=now,
        effective_at=now - timedelta(days=5),
    )


def test_the_desk_counts_the_partners_that_run_low_and_its_question_shows_them_alone(warehouse: Path):  # noqa: F811
    now = datetime.now(UTC)
    with system_reach("tests"):
        channel = a_channel()
        few, many = a_warehouse(channel.dealer), a_warehouse(channel.other)
        stock_up(few, channel.sku, "30")
        stock_up(many, channel.sku, "300")
        sold(channel, channel.dealer, few, "28", now=now)
        sold(channel, channel.other, many, "28", now=now)
    synchronized(datetime.now(UTC), force_dimensions=True)
    with system_reach("tests"):
        manager, owner, other = (Api(one) for one in (channel.manager, channel.owner, channel.other_owner))

    alerts = {one["key"]: one for one in manager.get("/desk/alerts").json()}

    low = alerts["stock.cover_low"]
    assert (low["count"], low["limit"]) == (1, 7)
    today = business_date(now, channel.manager.timezone)
    asked = {
        "metrics": ["days_of_cover", "stock_units"],
        "dimensions": ["partner"],
        "start": (today - timedelta(days=29)).isoformat(),
        "end": (today + timedelta(days=1)).isoformat(),
        "order_by": [{"by": "days_of_cover", "descending": False}],
    }
    rows = manager.post("/metrics/query", asked).json()["rows"]
    covers = {row["keys"][0]: row["values"][0] for row in rows if row["values"][0] is not None}
    below = [code for code, days in covers.items() if 0 <= Decimal(days) < low["limit"]]
    assert below == [channel.dealer.code]
    assert Decimal(covers[channel.other.code]) > 7

    # What the console asks then is about those alone, their total too.
    only = asked | {"filters": [{"dimension": "partner", "values": below}], "with_total": True}
    answer = manager.post("/metrics/query", only).json()
    assert [row["keys"] for row in answer["rows"]] == [below]
    assert answer["total"]["values"] == answer["rows"][0]["values"]
    # The dealer sees its own goods run low and nothing of the other one.
    mine = {one["key"]: one["count"] for one in owner.get("/desk/alerts").json()}
    assert mine["stock.cover_low"] == 1
    assert "stock.cover_low" not in {one["key"] for one in other.get("/desk/alerts").json()}
