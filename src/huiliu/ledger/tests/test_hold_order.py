"""An order's promise: which place and lot gives what, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors, services
from huiliu.ledger.errors import EntryReused, NotEnoughAvailable, StockShort
from huiliu.ledger.types import Move, MoveKind, OrderLine, Promised, Source
from huiliu.testing.actors import NOW, a_brand, an_organization
from huiliu.testing.ledger import CURRENCY, apply, balance_of, bring_in, money, post, sales, standing, stock

D = Decimal
pytestmark = pytest.mark.django_db


def promise(
    seller: int,
    buyer: int,
    *lines: tuple[int, str],
    places: tuple[int, ...] = (1, 2),
    price: str = "0",
    partial: bool = False,
    order_id: UUID | None = None,
) -> Promised:
    """Promise lines of (sku, units), numbered from 1."""
    return services.hold_order(
        order_id=order_id or uuid7(),
        seller_id=seller,
        buyer_id=buyer,
        lines=[OrderLine(number, sku, D(units)) for number, (sku, units) in enumerate(lines, 1)],
        places=places,
        money=D(price),
        currency=CURRENCY,
        partial=partial,
        user_id=None,
        now=NOW,
        expires_at=NOW + timedelta(days=1),
    )


def taken(promised: Promised) -> list[tuple[int, int, Decimal]]:
    return [(hold.line_no, hold.place_id, hold.units) for hold in promised.holds]


@pytest.fixture
def pair() -> tuple[int, int]:
    return a_brand().pk, an_organization().pk


def test_the_first_place_gives_what_it_has_and_the_next_the_rest(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "10", sku=1, place=1)
    bring_in(seller, "10", sku=1, place=2)

    assert taken(promise(seller, buyer, (1, "12"), places=(2, 1))) == [(1, 2, D(10)), (1, 1, D(2))]

    assert standing(stock(seller, 1, 2)) == (D(10), D(10))
    assert standing(stock(seller, 1, 1)) == (D(10), D(2))


def test_two_lines_of_one_sku_share_what_is_there_in_line_order(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "5", sku=1, place=1)
    bring_in(seller, "5", sku=1, place=2)

    promised = promise(seller, buyer, (1, "3"), (1, "4"), (1, "3"))

    assert taken(promised) == [(1, 1, D(3)), (2, 1, D(2)), (2, 2, D(2)), (3, 2, D(3))]
    assert promised.missing == {}


def test_the_lot_that_expires_first_goes_first_and_goods_without_a_lot_last(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    for lot in ("", "2027-03-01", "2026-12-01"):
        bring_in(seller, "4", sku=1, place=1, lot=lot)

    promise(seller, buyer, (1, "9"))

    assert [standing(stock(seller, 1, 1, lot))[1] for lot in ("2026-12-01", "2027-03-01", "")] == [
        D(4),
        D(4),
        D(1),
    ]


def test_every_short_line_is_named_and_nothing_is_promised(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "5", sku=1)
    bring_in(seller, "9", sku=2)

    with pytest.raises(StockShort) as refusal:
        promise(seller, buyer, (1, "6"), (2, "9"), (3, "0.5"))

    assert refusal.value.facts["rows"] == [
        {"line_no": 1, "sku_id": 1, "asked": 6, "available": D("5.000000")},
        {"line_no": 3, "sku_id": 3, "asked": D("0.5"), "available": 0},
    ]
    assert [standing(stock(seller, sku)) for sku in (1, 2)] == [(D(5), D(0)), (D(9), D(0))]


def test_a_partial_promise_takes_what_is_there_and_tells_what_is_missing(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "5", sku=1)

    promised = promise(seller, buyer, (1, "6"), (2, "3"), partial=True)

    assert taken(promised) == [(1, 1, D(5))]
    assert promised.missing == {1: D(1), 2: D(3)}


def test_what_is_promised_to_one_is_not_there_for_the_next(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "5", sku=1)
    promise(seller, buyer, (1, "4"))

    with pytest.raises(StockShort) as refusal:
        promise(seller, buyer, (1, "2"))

    assert refusal.value.facts["rows"][0]["available"] == 1


def test_money_is_promised_with_the_goods_up_to_prepayment_and_limit(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "100", sku=1)
    services.set_floor(account=money(buyer, seller), target=D(-50))
    post("30", debit=money(buyer, seller), credit=sales(seller))

    with pytest.raises(NotEnoughAvailable) as refusal:
        promise(seller, buyer, (1, "1"), price="80.01")
    promised = promise(seller, buyer, (1, "1"), price="80")

    [row] = refusal.value.facts["rows"]
    assert (row["kind"], row["asked"], row["available"]) == ("partner_balance", D("80.01"), D(80))
    assert promised.money_hold_id is not None
    assert balance_of(money(buyer, seller)).spendable == 0
    assert standing(stock(seller, 1)) == (D(100), D(1))


def test_a_first_order_without_prepayment_or_limit_is_refused(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "1", sku=1)

    with pytest.raises(NotEnoughAvailable):
        promise(seller, buyer, (1, "1"), price="0.01")

    assert standing(stock(seller, 1)) == (D(1), D(0))


def test_a_buyer_without_a_floor_may_owe_any_sum(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "1", sku=1)
    services.set_floor(account=money(buyer, seller), target=None)

    promise(seller, buyer, (1, "1"), price="1000000")

    balance = balance_of(money(buyer, seller))
    assert (balance.held, balance.floor, balance.spendable) == (D(1000000), None, None)


def test_an_order_is_promised_once(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "9", sku=1)
    order_id = uuid7()
    promise(seller, buyer, (1, "2"), order_id=order_id)

    with pytest.raises(EntryReused):
        promise(seller, buyer, (1, "2"), order_id=order_id)

    assert standing(stock(seller, 1)) == (D(9), D(2))


def test_a_settled_order_leaves_its_goods_with_the_buyer_and_the_debt_with_the_seller(
    pair: tuple[int, int],
) -> None:
    seller, buyer = pair
    bring_in(seller, "10", sku=1)
    services.set_floor(account=money(buyer, seller), target=D(-100))
    promised = promise(seller, buyer, (1, "6"), price="60")
    [goods] = promised.holds
    assert promised.money_hold_id is not None

    apply(
        Move(MoveKind.SETTLE, D(4), debit=stock(buyer, 1, 9), hold_id=goods.hold_id),
        Move(MoveKind.SETTLE, D(40), debit=sales(seller), hold_id=promised.money_hold_id),
    )
    apply(
        Move(MoveKind.SETTLE, None, debit=stock(buyer, 1, 9), hold_id=goods.hold_id),
        Move(MoveKind.RELEASE, None, hold_id=promised.money_hold_id),
    )

    assert standing(stock(buyer, 1, 9)) == (D(6), D(0))
    assert standing(stock(seller, 1)) == (D(4), D(0))
    assert standing(money(buyer, seller)) == (D(-40), D(0))
    assert standing(sales(seller)) == (D(40), D(0))
    assert selectors.prove() == []


def test_all_open_promises_of_an_order_are_released_in_one_step(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "10", sku=1)
    bring_in(seller, "10", sku=2)
    services.set_floor(account=money(buyer, seller), target=D(-100))
    order_id = uuid7()
    promise(seller, buyer, (1, "6"), (2, "3"), price="60", order_id=order_id)

    def release(step: str, lines: list[int] | None = None) -> list[tuple[int, Decimal]]:
        released = services.release_open(
            source=Source("order", order_id, step), holds_of=order_id, lines=lines, user_id=None, now=NOW
        )
        return sorted((row.line_no, row.amount) for row in released)

    assert release("cancel-line", [2]) == [(2, D(3))]
    assert release("cancel") == [(0, D(60)), (1, D(6))]
    assert release("cancel") == []
    assert selectors.open_holds(source_id=order_id) == []
    assert [standing(stock(seller, sku)) for sku in (1, 2)] == [(D(10), D(0))] * 2
    assert standing(money(buyer, seller)) == (D(0), D(0))


def test_an_expired_order_gives_goods_and_money_back_and_says_whose_they_were(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "10", sku=1)
    services.set_floor(account=money(buyer, seller), target=D(-100))
    order_id = uuid7()
    promise(seller, buyer, (1, "6"), price="60", order_id=order_id)

    released = services.expire_holds(now=NOW + timedelta(days=1))

    assert [(row.source_id, row.line_no, row.amount) for row in released] == [
        (order_id, 1, D(6)),
        (order_id, 0, D(60)),
    ]
    assert standing(stock(seller, 1)) == (D(10), D(0))
    assert standing(money(buyer, seller)) == (D(0), D(0))
    assert selectors.prove() == []


@pytest.mark.parametrize("units", ["-1", "NaN", "0.0000001", "100000000000000"])
def test_units_without_sense_are_a_bug_and_promise_nothing(pair: tuple[int, int], units: str) -> None:
    from django.db import DatabaseError, transaction

    seller, buyer = pair
    bring_in(seller, "10", sku=1)

    with pytest.raises(DatabaseError, match="makes no sense"), transaction.atomic():
        promise(seller, buyer, (1, units))

    assert standing(stock(seller, 1)) == (D(10), D(0))


def test_a_place_without_a_floor_gives_everything_that_places_before_it_lack(pair: tuple[int, int]) -> None:
    seller, buyer = pair
    bring_in(seller, "5", sku=1, place=1)
    services.set_floor(account=stock(seller, 1, 2), target=None)

    assert taken(promise(seller, buyer, (1, "7"), (1, "3"))) == [(1, 1, D(5)), (1, 2, D(2)), (2, 2, D(3))]

    assert standing(stock(seller, 1, 2)) == (D(0), D(5))
