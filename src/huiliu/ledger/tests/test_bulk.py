"""A bulk load leaves exactly the rows that the services leave, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import psycopg
import pytest

from huiliu.access.models import Organization
from huiliu.kernel.ids import uuid7
from huiliu.ledger import bulk, selectors, services
from huiliu.ledger.types import AccountRef, Move, MoveKind, Posted, Source
from huiliu.testing.actors import NOW, a_brand, an_organization
from huiliu.testing.ledger import as_owner, bring_in, committed, money, sales, standing, stock, supply

D = Decimal
Step = tuple[Source, list[Move], datetime, datetime | None]


def a_network() -> list[int]:
    return committed(lambda: [a_brand().pk, *(an_organization().pk for _ in range(4))])


def a_history(owners: list[int], seed: int) -> list[Step]:
    """Openings, orders with promises, full and partial shipments, cancels; hold ids are positions of moves."""
    steps: list[Step] = []
    random, brand, position = Random(seed), owners[0], 0  # noqa: S311 - a repeatable history

    def add(kind: str, moves: list[Move], expires_at: datetime | None = None) -> list[int]:
        nonlocal position
        at = NOW + timedelta(minutes=len(steps))
        steps.append((Source(kind, uuid7(), "step"), moves, at, expires_at))
        position += len(moves)
        return list(range(position - len(moves), position))

    for sku in (1, 2, 3):
        add("opening", [Move(MoveKind.POST, D(1000), credit=supply(brand, sku), debit=stock(brand, sku))])
    for buyer in owners[1:]:
        add("receipt", [Move(MoveKind.POST, D(9999), credit=sales(brand), debit=money(buyer, brand))])
    for _ in range(40):
        buyer, sku = random.choice(owners[1:]), random.choice((1, 2, 3))
        units, price = D(random.randint(2, 20)), D(random.randint(100, 9999)) / 100
        goods = Move(MoveKind.HOLD, units, credit=stock(brand, sku), line_no=1)
        owed = Move(MoveKind.HOLD, price, credit=money(buyer, brand), line_no=0)
        expires_at = NOW + timedelta(days=9) if random.random() < 0.3 else None
        first, second = add("order", [goods, owed], expires_at)
        fate = random.random()
        shipped = units if fate < 0.5 else D(1)
        if fate < 0.8:
            ship = Move(MoveKind.SETTLE, shipped, stock(brand, sku), stock(buyer, sku), hold_id=first)
            pay = Move(MoveKind.SETTLE, price, money(buyer, brand), sales(brand), hold_id=second)
            add("shipment", [ship, pay])
        if 0.7 < fate < 0.8:
            add("order", [Move(MoveKind.RELEASE, units - 1, stock(brand, sku), hold_id=first)])
    return steps


def post_one_by_one(steps: list[Step]) -> None:
    ids: list[int] = []
    for source, moves, at, expires_at in steps:
        ready = [replace(move, hold_id=None if move.hold_id is None else ids[move.hold_id]) for move in moves]
        posted = services.apply(
            source=source,
            moves=ready,
            user_id=5,
            now=at + timedelta(hours=1),
            effective_at=at,
            note="history",
            expires_at=expires_at,
        )
        ids.extend(posted.transfer_ids)


def load_in_bulk(owner: psycopg.Connection, steps: list[Step], *, rebuild_indexes: bool) -> None:
    with bulk.loading(owner, rebuild_indexes=rebuild_indexes) as load:
        refs = sorted(
            {ref for _, moves, *_ in steps for move in moves for ref in (move.credit, move.debit) if ref},
            key=str,
        )
        ids = dict(
            zip(refs, load.accounts([ref for ref in refs if isinstance(ref, AccountRef)]), strict=True)
        )
        entry, first = (
            load.entry_ids(len(steps)),
            load.transfer_ids(sum(len(moves) for _, moves, *_ in steps)),
        )
        entries: list[Any] = []
        transfers: list[Any] = []
        lines: list[Any] = []
        for source, moves, at, expires_at in steps:
            entry_id = entry + len(entries)
            entries.append(
                (
                    entry_id,
                    source.type,
                    source.id,
                    source.step,
                    None,
                    5,
                    at,
                    at + timedelta(hours=1),
                    "history",
                )
            )
            for move in moves:
                transfer_id = first + len(transfers)
                hold_id = None if move.hold_id is None else first + move.hold_id
                debit = None if move.debit is None else ids[move.debit]
                assert move.credit is not None
                transfers.append(
                    (
                        transfer_id,
                        entry_id,
                        move.kind.value,
                        debit,
                        ids[move.credit],
                        move.amount,
                        hold_id,
                        at,
                    )
                )
                if move.kind is MoveKind.HOLD:
                    lines.append((transfer_id, move.line_no, expires_at))
        load.copy_rows("ledger_entry", entries)
        load.copy_rows("ledger_transfer", transfers)
        load.copy_rows("ledger_hold_line", lines)


def rows_of(owner: psycopg.Connection, owners: list[int]) -> dict[str, list[Any]]:
    """Everything the ledger knows of a network; ids are replaced by positions."""

    def numbered(statement: str) -> list[Any]:
        return owner.execute(statement, {"owners": owners}).fetchall()

    account = (
        "(SELECT concat_ws('|', a.kind, array_position(%(owners)s, a.owner_id), array_position(%(owners)s,"
        " a.counterparty_id), a.sku_id, a.currency, a.place_id, a.lot) FROM ledger_account a WHERE a.id = {})"
    )
    mine = "SELECT id FROM ledger_account WHERE owner_id = ANY (%(owners)s)"
    transfers = f"SELECT * FROM ledger_transfer WHERE credit_account_id IN ({mine})"
    start = f"(SELECT min(id) FROM ({transfers}) x)"
    entries = f"SELECT * FROM ledger_entry WHERE id IN (SELECT entry_id FROM ({transfers}) x)"
    return {
        "accounts": numbered(
            f"SELECT {account.format('b.id')} AS key, balance, held, floor, floor_target, owner_path IS NULL,"
            f" counterparty_path IS NULL FROM ledger_account b WHERE id IN ({mine}) ORDER BY key"
        ),
        "entries": numbered(
            "SELECT source_type, step, reverses_id, actor_user_id, effective_at, recorded_at, note"
            f" FROM ({entries}) e ORDER BY id"
        ),
        "transfers": numbered(
            f"SELECT id - {start}, kind, {account.format('debit_account_id')}, {account.format('credit_account_id')},"
            f" amount, hold_id - {start}, effective_at FROM ({transfers}) t ORDER BY id"
        ),
        "holds": numbered(
            f"SELECT h.id - {start}, {account.format('account_id')}, remaining, expires_at, line_no,"
            " h.source_id = e.source_id FROM ledger_hold h JOIN ledger_transfer t ON t.id = h.id"
            f" JOIN ledger_entry e ON e.id = t.entry_id WHERE account_id IN ({mine}) ORDER BY h.id"
        ),
    }


@pytest.mark.parametrize("rebuild_indexes", [False, True])
def test_a_bulk_load_leaves_exactly_the_rows_of_the_services(
    committed_db: str, rebuild_indexes: bool
) -> None:
    one_by_one, in_bulk = a_network(), a_network()
    committed(lambda: post_one_by_one(a_history(one_by_one, seed=11)))

    with as_owner(committed_db) as owner:
        load_in_bulk(owner, a_history(in_bulk, seed=11), rebuild_indexes=rebuild_indexes)

        expected, found = rows_of(owner, one_by_one), rows_of(owner, in_bulk)
        indexes = owner.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'ledger_transfer' ORDER BY 1"
        ).fetchall()
    assert len(expected["transfers"]) > 120
    assert len(expected["holds"]) > 5
    assert found == expected
    assert [name for (name,) in indexes if name in ("ledger_transfer_credit", "ledger_transfer_debit")] == [
        "ledger_transfer_credit",
        "ledger_transfer_debit",
    ]
    assert committed(selectors.prove) == []


def test_accounts_copied_as_rows_are_the_accounts_the_services_make(committed_db: str) -> None:
    brand, *_ = owners = a_network()
    path = committed(lambda: Organization.objects.get(pk=brand).path)

    with as_owner(committed_db) as owner:
        with bulk.loading(owner) as load:
            first = load.account_ids(2)
            shelf = (brand, path, None, None, 1, None, 1, "", D(0), D(0), D(0), D(0))
            source = (brand, path, None, None, 1, None, None, "", None, None, D(0), D(0))
            load.copy_rows("ledger_account", [(first, "stock", *shelf), (first + 1, "supply", *source)])
            entry, transfer = load.entry_ids(1), load.transfer_ids(1)
            load.copy_rows("ledger_entry", [(entry, "opening", uuid7(), "step", None, None, NOW, NOW, "")])
            load.copy_rows("ledger_transfer", [(transfer, entry, "POST", first, first + 1, D(8), None, NOW)])
        copied = rows_of(owner, owners)
    other = a_network()
    committed(lambda: bring_in(other[0], "8", sku=1))

    with as_owner(committed_db) as owner:
        assert copied["accounts"] == rows_of(owner, other)["accounts"]


def test_after_a_load_the_services_go_on_and_know_its_entries(committed_db: str) -> None:
    owners = a_network()
    steps = a_history(owners, seed=3)[:3]
    with as_owner(committed_db) as owner:
        load_in_bulk(owner, steps, rebuild_indexes=False)
    source, moves, *_ = steps[0]

    again = committed(lambda: services.apply(source=source, moves=moves, user_id=5, now=NOW))
    fresh = committed(lambda: bring_in(owners[0], "1", sku=1))

    assert again.earlier
    assert isinstance(fresh, Posted)
    assert committed(lambda: standing(stock(owners[0], 1))) == (D(1001), D(0))


def spoil_unit(moves: list[Move], owners: list[int]) -> list[Move]:
    return [replace(moves[0], debit=sales(owners[0]))]


def spoil_floor(moves: list[Move], owners: list[int]) -> list[Move]:
    return [replace(moves[0], credit=stock(owners[1], 1))]


def spoil_hold(moves: list[Move], owners: list[int]) -> list[Move]:
    return [replace(moves[0], kind=MoveKind.SETTLE, hold_id=10**6)]


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (spoil_unit, bulk.LoadDoesNotBalance),
        (spoil_floor, psycopg.errors.CheckViolation),
        (spoil_hold, psycopg.errors.CheckViolation),
    ],
)
def test_a_load_that_contradicts_itself_leaves_nothing(
    committed_db: str, spoil: Callable[[list[Move], list[int]], list[Move]], fault: type[Exception]
) -> None:
    owners = a_network()
    source, moves, at, expires_at = a_history(owners, seed=1)[0]

    with as_owner(committed_db) as owner:
        with pytest.raises(fault):
            load_in_bulk(owner, [(source, spoil(moves, owners), at, expires_at)], rebuild_indexes=True)

        counts = owner.execute(
            "SELECT (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM ledger_account)"
        ).fetchone()
    assert counts == (0, 0)
