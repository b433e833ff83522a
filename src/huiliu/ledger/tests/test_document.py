"""Every marked table of docs/algorithms/ledger.md is played and compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors, services
from huiliu.ledger.errors import NotEnoughAvailable
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind, OrderLine, Source
from huiliu.testing.actors import NOW, a_brand, an_organization
from huiliu.testing.ledger import (
    a_source,
    apply,
    balance_of,
    bring_in,
    cash,
    money,
    post,
    sales,
    standing,
    stock,
    supply,
)

PAGE = Path(__file__).parents[4] / "docs" / "algorithms" / "ledger.md"
D = Decimal
Row = tuple[str, ...]
pytestmark = pytest.mark.django_db


def tables() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for match in re.finditer(r"<!-- checked: ([a-z-]+) -->\n((?:\|.*\n)+)", PAGE.read_text()):
        lines = match.group(2).strip().splitlines()[2:]
        found[match.group(1)] = [tuple(cell.strip() for cell in line.split("|")[1:-1]) for line in lines]
    return found


TABLES = tables()


def test_the_page_has_exactly_the_tables_that_are_checked() -> None:
    assert {name: len(rows) for name, rows in TABLES.items()} == {
        "kinds": 9,
        "order": 7,
        "places": 6,
        "limits": 7,
        "past": 5,
    }


def test_kinds() -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    assert [kind for kind, *_ in TABLES["kinds"]] == [kind.value for kind in AccountKind]
    for kind, unit, _, floor in TABLES["kinds"]:
        account = AccountRef(
            AccountKind(kind),
            dealer,
            sku_id=7 if unit == "sku" else None,
            currency="CNY" if unit == "currency" else None,
            counterparty_id=brand if kind == "partner_balance" else None,
        )
        assert balance_of(account).floor == (None if floor == "none" else D(floor)), kind


def test_the_life_of_one_order() -> None:
    brand, dealer, order_id = a_brand().pk, an_organization().pk, uuid7()
    transit = AccountRef(AccountKind.IN_TRANSIT, dealer, sku_id=7)
    columns = [stock(brand), transit, stock(dealer), money(dealer, brand), sales(brand), cash(brand)]
    services.set_floor(account=money(dealer, brand), target=D(-1000))
    holds: dict[int, int] = {}

    def order() -> None:
        promised = services.hold_order(
            order_id=order_id,
            seller_id=brand,
            buyer_id=dealer,
            lines=[OrderLine(1, 7, D(12))],
            places=[1],
            money=D("600.00"),
            currency="CNY",
            partial=False,
            user_id=None,
            now=NOW,
        )
        assert promised.money_hold_id is not None
        holds.update({0: promised.money_hold_id, 1: promised.holds[0].hold_id})

    def ship() -> None:
        apply(
            Move(MoveKind.SETTLE, D(8), debit=transit, hold_id=holds[1]),
            Move(MoveKind.SETTLE, D("400.00"), debit=sales(brand), hold_id=holds[0]),
        )

    def cancel() -> None:
        source = Source("order", order_id, "cancel")
        services.release_open(source=source, holds_of=order_id, user_id=None, now=NOW)

    def send_back() -> None:
        apply(
            Move(MoveKind.POST, D(2), credit=stock(dealer), debit=stock(brand)),
            Move(MoveKind.POST, D("100.00"), credit=sales(brand), debit=money(dealer, brand)),
        )

    steps: dict[str, Callable[[], object]] = {
        "goods come in": lambda: bring_in(brand, "100"),
        "order 12 for 600.00": order,
        "ship 8 for 400.00": ship,
        "receive 8": lambda: post("8", debit=stock(dealer), credit=transit),
        "cancel the rest": cancel,
        "pay 400.00": lambda: post("400.00", debit=money(dealer, brand), credit=cash(brand)),
        "return 2 for 100.00": send_back,
    }
    for step, *cells in TABLES["order"]:
        steps[step]()
        found = [f"{balance:.0f} / {held:.0f}" for balance, held in map(standing, columns)]
        assert found == cells, step
    assert [row[0] for row in TABLES["order"]] == list(steps)


@pytest.mark.parametrize("row", TABLES["places"], ids=" ".join)
def test_places(row: Row) -> None:
    in_stock, places, lines, promised, missing = row
    brand, dealer = a_brand().pk, an_organization().pk
    for name, units in (part.split() for part in in_stock.split(", ")):
        bring_in(brand, units, place=ord(name))

    found = services.hold_order(
        order_id=uuid7(),
        seller_id=brand,
        buyer_id=dealer,
        lines=[OrderLine(number, 7, D(units)) for number, units in enumerate(lines.split(", "), 1)],
        places=[ord(name) for name in places.split()],
        money=D(0),
        currency="CNY",
        partial=True,
        user_id=None,
        now=NOW,
    )

    held = [f"{hold.line_no}: {chr(hold.place_id)} {hold.units:.0f}" for hold in found.holds]
    assert (", ".join(held) or "–") == promised
    assert (", ".join(f"{line}: {units:.0f}" for line, units in found.missing.items()) or "–") == missing


def test_limits() -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    account = money(dealer, brand)
    actions: dict[str, Callable[[str], object]] = {
        "limit": lambda amount: services.set_floor(account=account, target=-D(amount)),
        "buy": lambda amount: post(amount, debit=sales(brand), credit=account),
        "pay": lambda amount: post(amount, debit=account, credit=cash(brand)),
    }
    for event, balance, floor, room in TABLES["limits"]:
        action, amount = event.split()
        actions[action](amount)
        found = balance_of(account)
        assert (found.balance, found.floor, found.spendable) == (D(balance), D(floor), D(room)), event
        with pytest.raises(NotEnoughAvailable):
            actions["buy"](str(D(room) + D("0.01")))


def test_past() -> None:
    brand, day = a_brand().pk, timedelta(days=1)
    for units, effective, recorded in ((D(10), 1, 1), (D(3), 2, 9)):
        comes = units == 10
        services.post(
            source=a_source(),
            amount=units,
            debit=stock(brand) if comes else supply(brand),
            credit=supply(brand) if comes else stock(brand),
            user_id=None,
            now=NOW + recorded * day,
            effective_at=NOW + effective * day,
        )
    account = balance_of(stock(brand)).account_id
    for before, known, balance in TABLES["past"]:
        known_at = None if known == "today" else NOW + int(known) * day
        found = selectors.balances_at(account_ids=[account], at=NOW + int(before) * day, known_at=known_at)
        assert found == {account: D(balance)}, (before, known)
