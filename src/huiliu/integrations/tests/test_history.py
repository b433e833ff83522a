"""A history in bulk: loaded twice it stands once, and what stood before is added to."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import psycopg
import pytest

from huiliu.integrations.history import flows, loader
from huiliu.integrations.history.documents import HistoryOptions
from huiliu.integrations.history.loader import LoadReport, load_history
from huiliu.integrations.history.sources import _open_stock
from huiliu.integrations.history.staging import insert_rows, open_staging
from huiliu.ledger.selectors import prove
from huiliu.platform.database import system_reach
from huiliu.testing.actors import NOW
from huiliu.testing.ledger import owner_url


def staged(orders: int) -> duckdb.DuckDBPyConnection:
    """A brand, two stores and two skus; order n goes to store n mod 2 with 3 and 4 pieces at 1.50."""
    db = open_staging(memory="200MB", threads=1)
    db.execute(
        "INSERT INTO h_partner (code, name, kind, parent_code) VALUES ('HQ', '沐禾', 'BRAND', NULL),"
        " ('S0', '城东便利', 'STORE', 'HQ'), ('S1', '城西便利', 'STORE', 'HQ')"
    )
    db.execute("INSERT INTO h_sku (code, name, category) VALUES ('A', '绿茶', '茶'), ('B', '红茶', '茶')")
    columns = (
        "source_row, order_key, order_number, buyer_code, seller_code, warehouse_code, submitted_at, shipped_at,"
        " received_at, business_date, sku_code, quantity, gross_amount"
    )
    for order in range(orders):
        for sku, units in (("A", 3), ("B", 4)):
            db.execute(
                f"INSERT INTO h_line ({columns}) VALUES (?, ?, ?, ?, 'HQ', 'HQ', ?, ?, ?, ?, ?, ?, ?)",
                [
                    order,
                    f"k{order}",
                    f"N{order}",
                    f"S{order % 2}",
                    NOW,
                    NOW,
                    NOW,
                    NOW.date(),
                    sku,
                    units,
                    Decimal(units) * Decimal("1.5"),
                ],
            )
    _open_stock(db)
    return db


def load(database: str, orders: int, *, mode: str) -> LoadReport:
    options = HistoryOptions(source="test", currency="CNY", exponent=2, mode=mode, now=NOW)  # type: ignore[arg-type]
    with staged(orders) as db:
        return load_history(owner_url=owner_url(database), staging=db, options=options)


def figures(database: str) -> dict[str, object]:
    """Rows of documents and ledger, and who owes and has what."""
    with psycopg.connect(owner_url(database)) as owner:
        tables = ("orders_order", "orders_line", "orders_shipment_line", "ledger_entry", "ledger_transfer")
        counts = {
            table: (owner.execute(f"SELECT count(*) FROM {table}").fetchone() or [0])[0] for table in tables
        }
        owed = owner.execute(
            "SELECT sum(balance) FROM ledger_account WHERE kind = 'partner_balance'"
        ).fetchone()
        stock = owner.execute(
            "SELECT o.code, k.code, a.balance FROM ledger_account a JOIN access_organization o ON o.id = a.owner_id"
            " JOIN catalog_sku k ON k.id = a.sku_id WHERE a.kind = 'stock' AND a.balance > 0 ORDER BY 1, 2"
        ).fetchall()
        held = owner.execute("SELECT count(*) FROM ledger_hold").fetchone()
    return {**counts, "owed": owed, "stock": stock, "held": held}


@pytest.mark.parametrize("mode", ["delivered", "full"])
def test_a_history_leaves_documents_goods_and_debts_that_agree(committed_db: str, mode: str) -> None:
    report = load(committed_db, 5, mode=mode)

    found = figures(committed_db)
    assert (report.orders, report.lines) == (5, 10)
    assert found["orders_line"] == found["orders_shipment_line"] == 10
    assert found["stock"] == [("S0", "A", 9), ("S0", "B", 12), ("S1", "A", 6), ("S1", "B", 8)]
    assert found["owed"] == (Decimal("-52.5"),)
    assert found["held"] == (0,)
    with system_reach("tests"):
        assert prove() == []


def indexes(database: str) -> list[tuple[str, str]]:
    with psycopg.connect(owner_url(database)) as owner:
        return owner.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()


def test_a_large_history_builds_its_indexes_at_the_end_as_they_were(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = indexes(committed_db)
    monkeypatch.setattr(loader, "LARGE", 1)

    load(committed_db, 5, mode="full")

    assert indexes(committed_db) == before
    assert figures(committed_db)["orders_line"] == 10
    with system_reach("tests"):
        assert prove() == []


def test_the_same_history_again_adds_nothing(committed_db: str) -> None:
    load(committed_db, 5, mode="delivered")
    before = figures(committed_db)

    again = load(committed_db, 5, mode="delivered")

    assert (again.orders, again.orders_known) == (0, 5)
    assert figures(committed_db) == before


def test_a_load_beside_one_that_stands_adds_to_its_accounts(committed_db: str) -> None:
    load(committed_db, 4, mode="delivered")

    options = HistoryOptions(source="other", currency="CNY", exponent=2, mode="full", now=NOW)
    with staged(2) as db:
        db.execute("UPDATE h_line SET order_number = 'Z' || order_number")
        db.execute('UPDATE h_opening SET "at" = "at" - INTERVAL 2 DAY')  # a document of its own
        load_history(owner_url=owner_url(committed_db), staging=db, options=options)

    found = figures(committed_db)
    assert found["stock"] == [("S0", "A", 9), ("S0", "B", 12), ("S1", "A", 9), ("S1", "B", 12)]
    assert found["owed"] == (Decimal(-63),)
    with system_reach("tests"):
        assert prove() == []


def test_a_load_that_fails_while_documents_are_copied_leaves_nothing(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = figures(committed_db), indexes(committed_db)
    monkeypatch.setattr(loader, "LARGE", 1)
    monkeypatch.setattr(flows, "build_ledger", failing)

    with pytest.raises(OSError, match="no space left"):
        load(committed_db, 5, mode="full")

    assert (figures(committed_db), indexes(committed_db)) == before
    monkeypatch.undo()
    assert load(committed_db, 5, mode="full").orders == 5
    with system_reach("tests"):
        assert prove() == []


def failing(*_: object) -> None:
    raise OSError("no space left")


def test_rows_go_into_staging_in_one_statement_as_they_are() -> None:
    with open_staging(memory="100MB", threads=1) as db:
        db.execute("CREATE TABLE t (a BIGINT, b VARCHAR)")
        insert_rows(db, "t", [(1, "瑞丰"), (2, None)])
        insert_rows(db, "t", [])

        assert db.execute("SELECT a, b FROM t ORDER BY a").fetchall() == [(1, "瑞丰"), (2, None)]
