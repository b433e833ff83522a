"""Laws of the ledger, on random histories: a small model in Python foretells every answer of the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiliu.ledger import selectors, services
from huiliu.ledger.errors import HoldNotOpen, NotEnoughAvailable
from huiliu.ledger.types import AccountId, AccountRef, Move, MoveKind, Posted
from huiliu.testing.actors import NOW, a_brand, an_organization
from huiliu.testing.ledger import (
    a_source,
    apply,
    balance_of,
    bring_in,
    cash,
    hold,
    money,
    post,
    sales,
    standing,
    stock,
    supply,
)

D = Decimal
pytestmark = pytest.mark.django_db
examples = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
AMOUNTS = st.decimals(min_value=D("0.000001"), max_value=D(20), places=6)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["POST", "HOLD"]), st.integers(0, 3), st.integers(0, 3), AMOUNTS),
    st.tuples(st.sampled_from(["SETTLE", "RELEASE"]), st.integers(0, 5), st.integers(0, 3), AMOUNTS),
)


@dataclass
class Model:
    """Balances by hand: account 0 is supply without a floor, the others are stock with floor 0."""

    accounts: list[AccountRef]
    balance: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    held: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    holds: list[tuple[int, int, Decimal]] = field(default_factory=list)  # id, account, remaining

    def expected(self, kind: str, first: int, amount: Decimal) -> type[Exception] | None:
        if kind in ("SETTLE", "RELEASE"):
            return HoldNotOpen if amount > self.holds[first][2] else None
        free = self.balance[first] - self.held[first]
        return NotEnoughAvailable if first and free < amount else None

    def move(self, kind: str, first: int, second: int, amount: Decimal) -> Move:
        if kind == "POST":
            return Move(MoveKind.POST, amount, credit=self.accounts[first], debit=self.accounts[second])
        if kind == "HOLD":
            return Move(MoveKind.HOLD, amount, credit=self.accounts[first])
        receiver = self.accounts[second] if kind == "SETTLE" else None
        return Move(MoveKind(kind), amount, debit=receiver, hold_id=self.holds[first][0])

    def note(self, kind: str, first: int, second: int, amount: Decimal, posted: Posted) -> None:
        if kind == "HOLD":
            self.held[first] += amount
            self.holds.append((posted.transfer_ids[0], first, amount))
            return
        if kind in ("SETTLE", "RELEASE"):
            hold_id, account, remaining = self.holds[first]
            self.holds[first] = (hold_id, account, remaining - amount)
            self.held[account] -= amount
            first = account
        if kind != "RELEASE":
            self.balance[first] -= amount
            self.balance[second] += amount


@examples
@given(st.lists(STEPS, max_size=14))
def test_every_answer_and_every_balance_is_the_models(steps: list[tuple[str, int, int, Decimal]]) -> None:
    owners = [a_brand().pk, *(an_organization().pk for _ in range(3))]
    model = Model([supply(owners[0]), *(stock(owner) for owner in owners[1:])])
    for number in (1, 2, 3):
        posted = bring_in_from(model, number, D(15))
        model.note("POST", 0, number, D(15), posted)
    for kind, first, second, amount in steps:
        if kind in ("SETTLE", "RELEASE") and first >= len(model.holds):
            continue
        giver = model.holds[first][1] if kind in ("SETTLE", "RELEASE") else first
        if kind in ("POST", "SETTLE") and giver == second:
            continue
        refusal = model.expected(kind, first, amount)
        if refusal:
            with pytest.raises(refusal):
                apply(model.move(kind, first, second, amount))
        else:
            model.note(kind, first, second, amount, apply(model.move(kind, first, second, amount)))

    found = [standing(account) for account in model.accounts]
    assert found == [(model.balance[number], model.held[number]) for number in range(4)]
    assert sum(balance for balance, _ in found) == 0
    ids = services.ensure_accounts(accounts=model.accounts)
    assert selectors.prove(account_ids=ids) == []


def bring_in_from(model: Model, number: int, units: Decimal) -> Posted:
    return apply(Move(MoveKind.POST, units, credit=model.accounts[0], debit=model.accounts[number]))


def test_the_order_of_the_moves_in_an_entry_does_not_matter() -> None:
    for order in permutations(range(3)):
        brand, dealer = a_brand().pk, an_organization().pk
        moves = [
            Move(MoveKind.POST, D(9), credit=supply(brand), debit=stock(brand)),
            Move(MoveKind.POST, D(5), credit=stock(brand), debit=stock(dealer)),
            Move(MoveKind.HOLD, D(4), credit=stock(brand)),
        ]

        apply(*(moves[number] for number in order))

        assert (standing(stock(brand)), standing(stock(dealer))) == ((D(4), D(4)), (D(5), D(0)))


@examples
@given(st.lists(st.decimals(min_value=D("0.01"), max_value=D(9999), places=2), min_size=1, max_size=6))
def test_a_hold_settled_in_any_parts_posts_its_whole_once(parts: list[Decimal]) -> None:
    brand, dealer, total = a_brand().pk, an_organization().pk, sum(parts, D(0))
    bring_in(brand, str(total))
    promise = hold(str(total), stock(brand))

    for part in parts:
        apply(Move(MoveKind.SETTLE, part, debit=stock(dealer), hold_id=promise))

    assert standing(stock(dealer)) == (total, D(0))
    assert standing(stock(brand)) == (D(0), D(0))
    with pytest.raises(HoldNotOpen):
        apply(Move(MoveKind.RELEASE, D("0.01"), hold_id=promise))


@examples
@given(st.lists(AMOUNTS, min_size=1, max_size=8), st.data())
def test_reversing_a_posted_entry_restores_every_balance(amounts: list[Decimal], data: st.DataObject) -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    bring_in(brand, "1000")
    before = (standing(stock(brand)), standing(stock(dealer)))
    moves = [
        Move(MoveKind.HOLD, amount, credit=stock(brand))
        if data.draw(st.booleans())
        else Move(MoveKind.POST, amount, credit=stock(brand), debit=stock(dealer))
        for amount in amounts
    ]
    posted = apply(*moves)

    services.reverse(entry_id=posted.entry_id, user_id=None, now=NOW, note="by mistake")

    assert (standing(stock(brand)), standing(stock(dealer))) == before


@examples
@given(
    st.lists(st.tuples(st.sampled_from(["buy", "pay", "limit"]), st.integers(1, 400)), max_size=15),
)
def test_no_purchase_ever_passes_below_the_limit_of_its_day(steps: list[tuple[str, int]]) -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    limit, balance = 0, 0
    for kind, amount in steps:
        if kind == "limit":
            services.set_floor(account=money(dealer, brand), target=D(-amount))
            limit = amount
        elif kind == "pay":
            post(str(amount), debit=money(dealer, brand), credit=cash(brand))
            balance += amount
        elif balance - amount >= -limit:
            post(str(amount), debit=sales(brand), credit=money(dealer, brand))
            balance -= amount
        else:
            with pytest.raises(NotEnoughAvailable):
                post(str(amount), debit=sales(brand), credit=money(dealer, brand))

    found = balance_of(money(dealer, brand))
    assert found.balance == balance
    assert found.floor_target == -limit
    assert found.floor is not None
    assert found.floor <= min(-limit, balance)


def refused(*moves: Move) -> None:
    with pytest.raises(DatabaseError, match="makes no sense"), transaction.atomic():
        apply(*moves)


def test_moves_without_sense_are_bugs_and_leave_nothing() -> None:
    brand, dealer = a_brand().pk, an_organization().pk
    bring_in(brand, "10")
    promise = hold("1", stock(brand))
    there, here = stock(dealer), stock(brand)

    refused()
    refused(Move(MoveKind.POST, D(1), credit=here, debit=here))
    refused(Move(MoveKind.POST, D(1), credit=here, debit=sales(brand)))
    refused(Move(MoveKind.POST, D(1), credit=here, debit=stock(dealer, sku=8)))
    refused(Move(MoveKind.POST, D(1), credit=here))
    refused(Move(MoveKind.POST, D(1), credit=here, debit=there, hold_id=promise))
    refused(Move(MoveKind.HOLD, D(1), credit=here, debit=there))
    refused(Move(MoveKind.RELEASE, D(1), credit=here))
    refused(Move(MoveKind.POST, D(1), credit=AccountId(10**12), debit=there))
    for amount in ("0", "-1", "NaN", "0.0000001", "100000000000000"):
        refused(Move(MoveKind.POST, D(amount), credit=here, debit=there))

    assert (standing(here), standing(there)) == ((D(10), D(1)), (D(0), D(0)))


def test_a_retry_names_the_same_source_in_other_words_and_posts_nothing() -> None:
    brand = a_brand().pk
    source = a_source("open")
    first = post("5", debit=stock(brand), credit=supply(brand), source=source)
    account = balance_of(stock(brand)).account_id

    again = apply(
        Move(MoveKind.POST, D("5.0"), credit=supply(brand), debit=AccountId(account)), source=source
    )

    assert (again.entry_id, again.transfer_ids, again.earlier) == (first.entry_id, first.transfer_ids, True)
    assert standing(stock(brand)) == (D(5), D(0))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_transfer WHERE debit_account_id = %s", [account])
        assert cursor.fetchone() == (1,)
