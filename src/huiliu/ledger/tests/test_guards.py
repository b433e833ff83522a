"""What the database guards whatever the code does: history, reach, the functions' rights, the proof."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from huiliu.access.types import Actor
from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors, services
from huiliu.ledger.models import Account, Entry, Hold, Transfer
from huiliu.ledger.types import AccountKind, OrderLine, Source
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.ledger import as_owner, balance_of, bring_in, cash, committed, hold, money, post, stock

D = Decimal


def test_what_was_written_cannot_be_changed_even_by_the_owner(committed_db: str) -> None:
    committed(lambda: bring_in(a_brand().pk, "3"))

    with as_owner(committed_db) as owner:
        for table in ("ledger_entry", "ledger_transfer"):
            for statement in (
                f"UPDATE {table} SET effective_at = now()",
                f"DELETE FROM {table}",
                f"TRUNCATE {table}",
            ):
                with pytest.raises(psycopg.Error, match="append-only"):
                    owner.execute(statement)


def test_the_proof_finds_what_a_bug_would_leave(committed_db: str) -> None:
    brand = committed(lambda: a_brand().pk)
    committed(lambda: bring_in(brand, "3"))
    promise = committed(lambda: hold("1", stock(brand)))
    account = committed(lambda: balance_of(stock(brand)).account_id)

    with as_owner(committed_db) as owner:
        owner.execute("UPDATE ledger_account SET balance = balance + 1 WHERE id = %s", [account])
        [wrong] = committed(selectors.prove)
        assert (wrong.account_id, wrong.balance, wrong.balance_sum) == (account, D(4), D(3))

        owner.execute("UPDATE ledger_account SET balance = 3 WHERE id = %s", [account])
        owner.execute("DELETE FROM ledger_hold WHERE id = %s", [promise])
        [wrong] = committed(selectors.prove)
        assert (wrong.held, wrong.held_sum, wrong.open_sum) == (D(1), D(1), D(0))


@pytest.fixture
def channel(db: None) -> dict[str, Actor]:
    """A brand with a branch, a dealer in it with a store, and a stranger outside of the branch; each with stock."""
    brand = a_brand()
    branch = an_organization(kind="BRANCH", parent=brand)
    dealer = an_organization(parent=branch)
    store = an_organization(kind="STORE", parent=dealer)
    stranger = an_organization(parent=brand)
    for owner in (brand, dealer, store, stranger):
        bring_in(owner.pk, "5")
    for buyer in (dealer, stranger):
        post("100", debit=money(buyer.pk, brand.pk), credit=cash(brand.pk))
    post("7", debit=money(store.pk, dealer.pk), credit=cash(dealer.pk))
    named = {"brand": brand, "branch": branch, "dealer": dealer, "store": store, "stranger": stranger}
    return {name: an_actor(organization) for name, organization in named.items()}


def owners_seen(kind: AccountKind) -> set[int]:
    return {row.owner_id for row in selectors.balances(kind=kind)}


def test_everyone_sees_the_accounts_of_the_own_reach_and_no_other(channel: dict[str, Actor]) -> None:
    ids = {name: actor.organization_id for name, actor in channel.items()}

    seen = {}
    for name, actor in channel.items():
        with acting(actor):
            seen[name] = owners_seen(AccountKind.STOCK)

    assert seen == {
        "brand": {ids["brand"], ids["dealer"], ids["store"], ids["stranger"]},
        "branch": {ids["dealer"], ids["store"]},
        "dealer": {ids["dealer"], ids["store"]},
        "store": {ids["store"]},
        "stranger": {ids["stranger"]},
    }


def test_a_seller_sees_what_its_buyers_have_with_it(channel: dict[str, Actor]) -> None:
    with acting(channel["store"]):
        assert owners_seen(AccountKind.PARTNER_BALANCE) == {channel["store"].organization_id}
    with acting(channel["dealer"]):
        dealer, store = channel["dealer"].organization_id, channel["store"].organization_id
        assert owners_seen(AccountKind.PARTNER_BALANCE) == {dealer, store}


@pytest.mark.parametrize("name", ["branch", "dealer"])
def test_entries_transfers_and_holds_are_for_headquarters_only(channel: dict[str, Actor], name: str) -> None:
    with acting(channel["brand"]):
        assert (Entry.objects.exists(), Transfer.objects.exists(), Hold.objects.exists()) == (
            True,
            True,
            False,
        )
    for model in (Entry, Transfer, Hold):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            acting(channel[name]),
        ):
            model.objects.exists()


def test_movements_and_past_balances_are_shown_by_account(channel: dict[str, Actor]) -> None:
    mine = balance_of(stock(channel["dealer"].organization_id)).account_id
    other = balance_of(stock(channel["stranger"].organization_id)).account_id

    with acting(channel["dealer"]):
        assert [movement.change for movement in selectors.movements(account_id=mine)] == [D(5)]
        assert selectors.movements(account_id=other) == []
        past = selectors.balances_at(account_ids=[mine, other], at=NOW + timedelta(days=1))
    assert past == {mine: D(5)}


def test_open_promises_are_shown_to_the_buyer_and_the_seller_of_the_order(channel: dict[str, Actor]) -> None:
    dealer, store = channel["dealer"].organization_id, channel["store"].organization_id
    source = Source("order", uuid7(), "submit")
    hold("3", stock(dealer), source=source)
    hold("2", money(store, dealer), source=Source("order", source.id, "money"))

    shown = {}
    for name, actor in channel.items():
        with acting(actor):
            shown[name] = [row.remaining for row in selectors.open_holds(source_id=source.id)]

    both = [D(3), D(2)]
    assert shown == {"brand": both, "branch": both, "dealer": both, "store": both, "stranger": []}


def test_nobody_writes_a_table_and_nobody_calls_what_is_inside(channel: dict[str, Actor]) -> None:
    statements = (
        "UPDATE ledger_account SET balance = 1",
        "INSERT INTO ledger_transfer (entry_id, kind, credit_account_id, amount, effective_at)"
        " VALUES (1, 'HOLD', 1, 1, now())",
        "DELETE FROM ledger_account",
        "SELECT ledger_write(1, NULL, now(), NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
        "SELECT ledger_resolve('[]')",
    )
    for actor in channel.values():
        for statement in statements:
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                acting(actor),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_a_dealer_may_promise_stock_it_cannot_read(channel: dict[str, Actor]) -> None:
    brand, dealer = channel["brand"].organization_id, channel["dealer"].organization_id

    with acting(channel["dealer"]):
        assert not Account.objects.filter(owner_id=brand, kind="stock").exists()
        promised = services.hold_order(
            order_id=uuid7(),
            seller_id=brand,
            buyer_id=dealer,
            lines=[OrderLine(1, 7, D(2))],
            places=[1],
            money=D(20),
            currency="CNY",
            partial=False,
            user_id=channel["dealer"].user_id,
            now=NOW,
        )

    assert [row.units for row in promised.holds] == [D(2)]
    assert (balance_of(stock(brand)).held, balance_of(money(dealer, brand)).held) == (D(2), D(20))
