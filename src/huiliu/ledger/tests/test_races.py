"""Scarce things under real concurrency: first the race with the guards off, then the same race with them on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.db import IntegrityError, connection

from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors, services
from huiliu.ledger.errors import NotEnoughAvailable, StockShort
from huiliu.ledger.types import Move, MoveKind, OrderLine, Posted, Promised
from huiliu.testing.actors import NOW, a_brand, an_organization
from huiliu.testing.ledger import (
    CURRENCY,
    PLACE,
    SKU,
    a_source,
    apply,
    as_owner,
    at_once,
    balance_of,
    bring_in,
    committed,
    hold,
    money,
    post,
    sales,
    standing,
    stock,
)

D = Decimal
SQL = Path(__file__).parent.parent / "sql" / "hold.sql"


def a_channel(*, units: str, limit: str = "0", dealers: int = 1) -> tuple[int, list[int]]:
    """A brand with `units` in stock and dealers with a credit limit each."""

    def arrange() -> tuple[int, list[int]]:
        brand = a_brand()
        buyers = [an_organization().pk for _ in range(dealers)]
        bring_in(brand.pk, units)
        for buyer in buyers:
            services.set_floor(account=money(buyer, brand.pk), target=-D(limit))
        return brand.pk, buyers

    return committed(arrange)


def takes(seller: int, buyer: int, units: str = "1", price: str = "0") -> Callable[[], Promised]:
    def work() -> Promised:
        return services.hold_order(
            order_id=uuid7(),
            seller_id=seller,
            buyer_id=buyer,
            lines=[OrderLine(1, SKU, D(units))],
            places=[PLACE],
            money=D(price),
            currency=CURRENCY,
            partial=False,
            user_id=None,
            now=NOW,
        )

    return work


def outcomes(answers: Sequence[object]) -> Counter[str]:
    return Counter(type(answer).__name__ for answer in answers)


def without_locks(database: str) -> None:
    """The same function without its row locks, slow between judging and writing."""
    text = SQL.read_text()
    assert text.count("ORDER BY id FOR NO KEY UPDATE") == 3
    text = text.replace("ORDER BY id FOR NO KEY UPDATE", "ORDER BY id")
    mark = "  n := coalesce(array_length(accounts, 1), 0);\n"
    assert text.count(mark) == 1
    with as_owner(database) as owner:
        owner.execute(text.replace(mark, f"  PERFORM pg_sleep(0.5);\n{mark}"))


def test_the_race_is_real_when_locks_and_check_are_off(committed_db: str) -> None:
    seller, buyers = a_channel(units="1", dealers=2)
    without_locks(committed_db)
    with as_owner(committed_db) as owner:
        owner.execute("ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_floor")

    answers = at_once([takes(seller, buyer) for buyer in buyers])

    assert outcomes(answers) == {"Promised": 2}
    assert committed(lambda: standing(stock(seller))) == (D(1), D(2))


def test_without_locks_the_check_alone_still_sells_the_last_unit_once(committed_db: str) -> None:
    seller, buyers = a_channel(units="1", dealers=2)
    without_locks(committed_db)

    answers = at_once([takes(seller, buyer) for buyer in buyers])

    assert outcomes(answers) == {"Promised": 1, "IntegrityError": 1}
    [fault] = [answer for answer in answers if isinstance(answer, IntegrityError)]
    assert "ledger_account_floor" in str(fault)
    assert committed(lambda: standing(stock(seller))) == (D(1), D(1))


def test_the_last_unit_is_promised_once(committed_db: str) -> None:
    seller, buyers = a_channel(units="1", dealers=2)

    answers = at_once([takes(seller, buyer) for buyer in buyers])

    assert outcomes(answers) == {"Promised": 1, "StockShort": 1}
    [refusal] = [answer for answer in answers if isinstance(answer, StockShort)]
    assert refusal.facts["rows"] == [{"line_no": 1, "sku_id": SKU, "asked": 1, "available": 0}]
    assert committed(lambda: standing(stock(seller))) == (D(1), D(1))


def test_fifty_orders_at_once_with_room_for_seven_are_seven(committed_db: str) -> None:
    seller, [buyer] = a_channel(units="1000", limit="750")

    answers = at_once([takes(seller, buyer, price="100") for _ in range(50)], clients=16)

    assert outcomes(answers) == {"Promised": 7, "NotEnoughAvailable": 43}
    balance = committed(lambda: balance_of(money(buyer, seller)))
    assert (balance.balance, balance.held, balance.spendable) == (D(0), D(700), D(50))
    assert committed(lambda: standing(stock(seller))) == (D(1000), D(7))
    assert committed(selectors.prove) == []


def test_a_hundred_takers_of_ten_units_get_ten(committed_db: str) -> None:
    seller, buyers = a_channel(units="10", dealers=10)

    answers = at_once([takes(seller, buyer) for buyer in buyers * 10], clients=20)

    assert outcomes(answers) == {"Promised": 10, "StockShort": 90}
    assert committed(lambda: standing(stock(seller))) == (D(10), D(10))
    assert committed(selectors.prove) == []


def test_moves_in_opposite_directions_never_wait_in_a_circle(committed_db: str) -> None:
    _, [one, other] = a_channel(units="1", dealers=2)
    for owner in (one, other):
        committed(partial(bring_in, owner, "500"))

    def swap(giver: int, receiver: int) -> Callable[[], Posted]:
        there = Move(MoveKind.POST, D(2), credit=stock(giver), debit=stock(receiver))
        back = Move(MoveKind.POST, D(1), credit=stock(receiver), debit=stock(giver))
        return lambda: apply(there, back)

    answers = at_once([swap(one, other), swap(other, one)] * 40, clients=8)

    assert outcomes(answers) == {"Posted": 80}
    assert committed(lambda: [standing(stock(owner)) for owner in (one, other)]) == [(D(500), D(0))] * 2


def test_the_same_new_accounts_made_in_opposite_orders_do_not_deadlock(committed_db: str) -> None:
    _, [owner] = a_channel(units="1")
    refs = [stock(owner, sku=sku) for sku in range(1000, 1200)]

    answers = at_once(
        [
            lambda: services.ensure_accounts(accounts=refs),
            lambda: services.ensure_accounts(accounts=refs[::-1])[::-1],
        ]
        * 4
    )

    [ids] = {answer for answer in answers if isinstance(answer, tuple)}
    assert outcomes(answers) == {"tuple": 8}
    assert len(set(ids)) == 200


def test_eight_retries_at_once_post_once(committed_db: str) -> None:
    seller, [buyer] = a_channel(units="10")
    source = a_source("ship")

    answers = at_once([lambda: post("3", debit=stock(buyer), credit=stock(seller), source=source)] * 8)

    assert outcomes(answers) == {"Posted": 8}
    posted = [answer for answer in answers if isinstance(answer, Posted)]
    assert len({(answer.entry_id, answer.transfer_ids) for answer in posted}) == 1
    assert sorted(answer.earlier for answer in posted) == [False] + [True] * 7
    assert committed(lambda: standing(stock(seller))) == (D(7), D(0))


def test_eight_clients_on_one_hot_sku_lose_no_order_and_meet_no_lock_error(committed_db: str) -> None:
    seller, buyers = a_channel(units="200", limit="1000", dealers=8)

    answers = at_once([takes(seller, buyer, price="10") for buyer in buyers * 25], clients=8)

    assert outcomes(answers) == {"Promised": 200}
    assert committed(lambda: standing(stock(seller))) == (D(200), D(200))
    assert committed(selectors.prove) == []


def test_a_promise_is_used_once_by_two_shipments_at_once(committed_db: str) -> None:
    seller, [buyer] = a_channel(units="10")
    promise = committed(lambda: hold("6", stock(seller)))
    ship = Move(MoveKind.SETTLE, D(4), debit=stock(buyer), hold_id=promise)

    answers = at_once([lambda: apply(ship)] * 2)

    assert outcomes(answers) == {"Posted": 1, "HoldExceeded": 1}
    assert committed(lambda: (standing(stock(seller)), standing(stock(buyer)))) == (
        (D(6), D(2)),
        (D(4), D(0)),
    )


def test_a_limit_lowered_while_orders_come_in_is_never_crossed_by_a_new_one(committed_db: str) -> None:
    seller, [buyer] = a_channel(units="1000", limit="1000")

    def lower() -> int:
        return services.set_floor(account=money(buyer, seller), target=D(-300))

    answers = at_once(
        [*[takes(seller, buyer, price="100")] * 10, lower, *[takes(seller, buyer, price="100")] * 10]
    )

    taken = sum(isinstance(answer, Promised) for answer in answers)
    assert outcomes(answers) == {"Promised": taken, "NotEnoughAvailable": 20 - taken, "int": 1}
    assert 3 <= taken <= 10
    floor = committed(lambda: balance_of(money(buyer, seller))).floor
    assert floor == -100 * taken
    with pytest.raises(NotEnoughAvailable):
        committed(takes(seller, buyer, price="0.01"))


def kill(pid: int) -> None:
    """End a server process of our own role, from outside."""
    with psycopg.connect(os.environ["HUILIU_DATABASE_URL_WEB"], autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])


def test_a_client_that_dies_before_its_commit_leaves_nothing_and_blocks_nobody(committed_db: str) -> None:
    seller, [buyer] = a_channel(units="10")

    def die() -> None:
        post("10", debit=stock(buyer), credit=stock(seller))
        apply(Move(MoveKind.HOLD, D(2), stock(buyer)))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [pid] = cursor.fetchone()
        kill(pid)
        connection.cursor().execute("SELECT 1")

    [answer] = at_once([die])

    assert type(answer).__name__ in ("OperationalError", "DatabaseLost")
    assert committed(lambda: (standing(stock(seller)), standing(stock(buyer)))) == (
        (D(10), D(0)),
        (D(0), D(0)),
    )
    assert isinstance(committed(takes(seller, buyer, "10")), Promised)
    assert committed(selectors.prove) == []


def test_concurrent_sums_of_a_unit_stay_zero(committed_db: str) -> None:
    seller, buyers = a_channel(units="100", dealers=4)

    at_once(
        [partial(post, "1", debit=stock(buyer), credit=stock(seller)) for buyer in buyers * 10]
        + [partial(post, "5", debit=sales(seller), credit=money(buyer, seller)) for buyer in buyers],
        clients=8,
    )

    with as_owner(committed_db) as owner:
        sums = owner.execute("SELECT sum(balance) FROM ledger_account GROUP BY sku_id, currency").fetchall()
    assert sums == [(D(0),)] * 2
