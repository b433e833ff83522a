"""Huge orders, lost connections, full disks, wrong clocks, eight clicks at once: all or nothing, and a clear word."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections

from huiliu.flows import place_order
from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors as ledger
from huiliu.ledger.types import AccountKind
from huiliu.orders.models import Line, Order
from huiliu.platform.database import system_reach
from huiliu.platform.embedded import test_cluster
from huiliu.testing.actors import a_token
from huiliu.testing.api import Api
from huiliu.testing.trade import Channel, a_channel

CLICKS = 8


def an_order(channel: Channel, lines: int = 1, **more: Any) -> dict[str, Any]:
    line = {"sku_code": channel.sku.code, "quantity": "1"}
    return {"id": str(uuid7()), "lines": [line] * lines, **more}


def the_buyer(channel: Channel) -> Api:
    with system_reach("tests"):
        return Api(token=a_token(channel.owner))


def promised(channel: Channel) -> tuple[int, int, Decimal, Decimal]:
    """Orders, lines, goods promised, money promised."""
    with system_reach("tests"):
        stock = ledger.balances(kind=AccountKind.STOCK, owner_id=channel.brand.pk)
        money = ledger.partner_balance(buyer_id=channel.dealer.pk, seller_id=channel.brand.pk, currency="CNY")
        assert money is not None
        assert ledger.prove() == []
        goods = sum((one.held for one in stock), Decimal(0))
        return Order.objects.count(), Line.objects.count(), goods, money.held


@pytest.fixture
def channel(committed_db: str) -> Channel:
    assert committed_db
    with system_reach("tests"):
        return a_channel(stock="20000", prepaid="1000000")


def test_an_order_of_ten_thousand_lines_is_taken_whole(channel: Channel) -> None:
    answer = the_buyer(channel).post("/orders", an_order(channel, 10_000))

    assert (answer.status_code, answer.json()["gross_amount"]) == (201, "100000.00")
    assert promised(channel) == (1, 10_000, Decimal(10_000), Decimal(100_000))


def test_one_line_more_is_refused_by_name_and_nothing_happens(channel: Channel) -> None:
    answer = the_buyer(channel).post("/orders", an_order(channel, 10_001))

    assert answer.status_code == 422
    assert [field["field"] for field in answer.json()["fields"]] == ["lines"]
    assert promised(channel) == (0, 0, Decimal(0), Decimal(0))


def test_a_connection_lost_in_the_middle_is_said_and_the_retry_makes_one_order(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = an_order(channel)
    api = the_buyer(channel)
    price = place_order.quote_order

    def cut(**inputs: Any) -> Any:
        quote = price(**inputs)
        with psycopg.connect(test_cluster().super_, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        return quote

    monkeypatch.setattr(place_order, "quote_order", cut)
    lost = api.post("/orders", body, key="one")
    monkeypatch.undo()

    assert (lost.status_code, lost.json()["code"]) == (503, "platform.database_unavailable")
    assert promised(channel) == (0, 0, Decimal(0), Decimal(0))
    again = api.post("/orders", body, key="one")
    assert again.status_code == 201
    assert promised(channel) == (1, 1, Decimal(1), Decimal(10))


def test_a_connection_lost_between_two_requests_is_not_noticed(channel: Channel) -> None:
    api = the_buyer(channel)
    assert api.get("/orders").status_code == 200
    pid = connection.connection.info.backend_pid if connection.connection else 0
    with psycopg.connect(test_cluster().super_, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s)", [pid])

    answers = {api.get("/orders").status_code, api.get("/orders").status_code}

    assert answers <= {200, 503}
    assert api.get("/orders").status_code == 200


def test_a_full_disk_is_said_and_leaves_nothing(channel: Channel, committed_db: str) -> None:
    """What PostgreSQL says when the disk is full, at the last row that an order writes."""
    with psycopg.connect(test_cluster().at(committed_db).owner) as owner:
        owner.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$"
            " BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
        )
        owner.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON platform_event FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )

    answer = the_buyer(channel).post("/orders", an_order(channel))

    assert (answer.status_code, answer.json()["code"]) == (503, "platform.disk_full")
    assert promised(channel) == (0, 0, Decimal(0), Decimal(0))


def test_a_phone_whose_clock_is_days_ahead_is_told_so(channel: Channel) -> None:
    milliseconds = int((datetime.now(UTC) + timedelta(days=2)).timestamp() * 1000)
    stamped = UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62 | 7)

    answer = the_buyer(channel).post("/orders", an_order(channel) | {"id": str(stamped)})

    assert (answer.status_code, answer.json()["code"]) == (422, "kernel.clock_skewed")
    assert promised(channel) == (0, 0, Decimal(0), Decimal(0))


@pytest.mark.parametrize("same_key", [True, False])
def test_eight_clicks_at_once_are_one_order_and_one_answer(channel: Channel, same_key: bool) -> None:
    body = an_order(channel, 3)
    apis = [the_buyer(channel) for _ in range(CLICKS)]

    def click(number: int) -> tuple[int, str, str]:
        try:
            answer = apis[number].post("/orders", body, key="click" if same_key else f"click-{number}")
            return answer.status_code, answer.json().get("number", ""), answer.json().get("code", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLICKS) as pool:
        answers = set(pool.map(click, range(CLICKS)))

    assert len({number for status, number, _ in answers if status == 201}) == 1
    assert {status for status, _, _ in answers} == {201}, answers
    assert promised(channel) == (1, 3, Decimal(3), Decimal(30))
