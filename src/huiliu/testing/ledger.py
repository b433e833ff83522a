"""Accounts and movements for tests: builders say only what matters. Also threads that share a database."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import TypeVar

import psycopg
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from huiliu.kernel.ids import uuid7
from huiliu.ledger import selectors, services
from huiliu.ledger.types import AccountKind, AccountRef, Balance, Move, MoveKind, Posted, Source
from huiliu.platform.database import SYSTEM_REACH, set_reach
from huiliu.testing.actors import NOW

SKU, PLACE, CURRENCY = 7, 1, "CNY"
T = TypeVar("T")


def stock(owner: int, sku: int = SKU, place: int = PLACE, lot: str = "") -> AccountRef:
    return AccountRef(AccountKind.STOCK, owner, sku_id=sku, place_id=place, lot=lot)


def supply(owner: int, sku: int = SKU) -> AccountRef:
    return AccountRef(AccountKind.SUPPLY, owner, sku_id=sku)


def money(buyer: int, seller: int) -> AccountRef:
    return AccountRef(AccountKind.PARTNER_BALANCE, buyer, currency=CURRENCY, counterparty_id=seller)


def sales(seller: int) -> AccountRef:
    return AccountRef(AccountKind.SALES, seller, currency=CURRENCY)


def cash(seller: int) -> AccountRef:
    return AccountRef(AccountKind.CASH, seller, currency=CURRENCY)


def a_source(step: str = "test") -> Source:
    return Source("test", uuid7(), step)


def post(
    amount: str, *, debit: AccountRef, credit: AccountRef, source: Source | None = None, days: int = 0
) -> Posted:
    """A movement that takes effect `days` after NOW."""
    return services.post(
        source=source or a_source(),
        amount=Decimal(amount),
        debit=debit,
        credit=credit,
        user_id=None,
        now=NOW,
        effective_at=NOW + timedelta(days=days),
    )


def bring_in(owner: int, units: str, sku: int = SKU, place: int = PLACE, lot: str = "") -> Posted:
    """Goods come into stock from supply."""
    return post(units, debit=stock(owner, sku, place, lot), credit=supply(owner, sku))


def apply(*moves: Move, source: Source | None = None) -> Posted:
    return services.apply(source=source or a_source(), moves=moves, user_id=None, now=NOW)


def hold(amount: str, account: AccountRef, source: Source | None = None) -> int:
    """Promise `amount` from the account; the id of the hold."""
    [hold_id] = apply(Move(MoveKind.HOLD, Decimal(amount), account), source=source).transfer_ids
    return hold_id


def balance_of(account: AccountRef) -> Balance:
    """The account as it stands, made when it was not there yet."""
    [account_id] = services.ensure_accounts(accounts=[account])
    [found] = [
        row
        for row in selectors.balances(kind=account.kind, owner_id=account.owner_id)
        if row.account_id == account_id
    ]
    return found


def standing(account: AccountRef) -> tuple[Decimal, Decimal]:
    """Balance and held."""
    found = balance_of(account)
    return found.balance, found.held


def committed(work: Callable[[], T]) -> T:
    """Run `work` in a transaction of its own with the system's reach, and commit."""
    with transaction.atomic():
        set_reach(SYSTEM_REACH, user_id=None)
        return work()


def at_once(works: Sequence[Callable[[], T]], *, clients: int | None = None) -> list[T | Exception]:
    """Run each work in its own transaction on `clients` threads that start together; answers or exceptions."""
    clients = clients or len(works)
    barrier = Barrier(clients)

    def start() -> None:
        barrier.wait(timeout=30)

    def run(work: Callable[[], T]) -> T | Exception:
        try:
            return committed(work)
        except Exception as fault:  # noqa: BLE001 - the test judges it
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(clients, initializer=start) as pool:
        return list(pool.map(run, works))


def as_owner(database: str) -> psycopg.Connection:
    """A connection of the owner role, which tests need to switch guards off."""
    return psycopg.connect(owner_url(database), autocommit=True)


def owner_url(database: str) -> str:
    """Where the owner finds a test's database."""
    return make_conninfo(os.environ["HUILIU_DATABASE_URL_OWNER"], dbname=database)
