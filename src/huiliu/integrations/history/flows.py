"""The ledger and event rows of a history: accounts, entries, transfers, balances, events.

Every movement is first listed in `h_move` by the keys of its accounts; accounts get ids, moves become transfers,
and balances are the sums of the moves: the same figures that ledger_apply would have left one by one.
"""

from __future__ import annotations

from typing import Any

import duckdb
import psycopg

from huiliu.integrations.history.documents import HistoryOptions
from huiliu.integrations.history.masters import reserve

ENTRY_COLUMNS = "id, source_type, source_id, step, actor_user_id, effective_at, recorded_at, note"
TRANSFER_COLUMNS = "id, entry_id, kind, debit_account_id, credit_account_id, amount, hold_id, effective_at"
ACCOUNT_COLUMNS = (
    "id, kind, owner_id, owner_path, counterparty_id, counterparty_path, sku_id, currency, place_id, lot, balance, held,"
    " floor, floor_target"
)
EVENT_COLUMNS = "type, subject_type, subject_id, visible_path, visible_path_2, broadcast, payload, user_id, effective_at, recorded_at"


def _steps(options: HistoryOptions) -> str:
    """The entries of every document: (source_type, source_id, step, at, order of posting)."""
    if options.mode == "delivered":
        orders = "SELECT 'order' AS source_type, id AS source_id, 'deliver' AS step, received_at AS at, position, 1 AS rank, order_key AS key FROM h_order"
    else:
        orders = """
        SELECT 'order', id, 'submit', submitted_at, position, 1, order_key FROM h_order UNION ALL
        SELECT 'shipment', shipment_id, 'ship', shipped_at, position, 2, order_key FROM h_order UNION ALL
        SELECT 'shipment', shipment_id, 'receive', received_at, position, 3, order_key FROM h_order"""
    return f"""
        SELECT * FROM ({orders}) AS e(source_type, source_id, step, at, position, rank, key) UNION ALL
        SELECT 'return', id, 'receive', returned_at, position, 4, return_key FROM h_return_head"""


def build_entries(pg: psycopg.Connection, db: duckdb.DuckDBPyConnection, options: HistoryOptions) -> None:
    """`h_entry`: one row an entry, with ids reserved from PostgreSQL."""
    db.execute(f"CREATE OR REPLACE TABLE h_step AS {_steps(options)}")
    count = _count(db, "h_step")
    first = reserve(pg, "ledger_entry", count) if count else 1
    db.execute(
        f"CREATE OR REPLACE TABLE h_entry AS SELECT *, {first} - 1 + row_number() OVER (ORDER BY at, rank, position) AS id FROM h_step"
    )
    db.execute("DROP TABLE h_step")


def _moves(options: HistoryOptions) -> str:
    """Every movement by account keys: debit receives, credit gives. Holds name no receiver yet."""
    stock = "'stock', {owner}, NULL, d.sku_id, {place}"
    returned = """
      SELECT e.id AS entry_id, 'POST' AS kind, d.line_no,
             'stock' AS dk, h.seller_id AS downer, CAST(NULL AS BIGINT) AS dcp, d.sku_id AS sku_id, h.warehouse_id AS dplace,
             'stock' AS ck, h.buyer_id AS cowner, CAST(NULL AS BIGINT) AS ccp, h.buyer_warehouse AS cplace,
             d.quantity AS amount, e.at AS at, CAST(NULL AS VARCHAR) AS hold_step
        FROM h_return_detail d JOIN h_return_head h USING (return_key)
        JOIN h_entry e ON e.source_type = 'return' AND e.key = h.return_key
      UNION ALL
      SELECT e.id, 'POST', 0, 'partner_balance', h.buyer_id, h.seller_id, NULL, NULL, 'sales', h.seller_id, NULL, NULL,
             h.gross_amount, e.at, NULL
        FROM h_return_head h JOIN h_entry e ON e.source_type = 'return' AND e.key = h.return_key WHERE h.gross_amount > 0"""
    del stock
    if options.mode == "delivered":
        return f"""
      SELECT e.id AS entry_id, 'POST' AS kind, d.line_no,
             'stock' AS dk, o.buyer_id AS downer, CAST(NULL AS BIGINT) AS dcp, d.sku_id, o.buyer_warehouse AS dplace,
             'stock' AS ck, o.seller_id AS cowner, CAST(NULL AS BIGINT) AS ccp, o.warehouse_id AS cplace,
             d.quantity AS amount, e.at AS at, CAST(NULL AS VARCHAR) AS hold_step
        FROM h_detail d JOIN h_order o USING (order_key) JOIN h_entry e ON e.source_type = 'order' AND e.key = o.order_key
      UNION ALL
      SELECT e.id, 'POST', 0, 'sales', o.seller_id, NULL, NULL, NULL, 'partner_balance', o.buyer_id, o.seller_id, NULL,
             o.gross_amount, e.at, NULL
        FROM h_order o JOIN h_entry e ON e.source_type = 'order' AND e.key = o.order_key WHERE o.gross_amount > 0
      UNION ALL {returned}"""
    return f"""
      SELECT e.id AS entry_id, 'HOLD' AS kind, d.line_no,
             CAST(NULL AS VARCHAR) AS dk, CAST(NULL AS BIGINT) AS downer, CAST(NULL AS BIGINT) AS dcp, d.sku_id,
             CAST(NULL AS BIGINT) AS dplace, 'stock' AS ck, o.seller_id AS cowner, CAST(NULL AS BIGINT) AS ccp,
             o.warehouse_id AS cplace, d.quantity AS amount, e.at AS at, 'goods' AS hold_step
        FROM h_detail d JOIN h_order o USING (order_key) JOIN h_entry e ON e.step = 'submit' AND e.key = o.order_key
      UNION ALL
      SELECT e.id, 'HOLD', 0, NULL, NULL, NULL, NULL, NULL, 'partner_balance', o.buyer_id, o.seller_id, NULL,
             o.gross_amount, e.at, 'money'
        FROM h_order o JOIN h_entry e ON e.step = 'submit' AND e.key = o.order_key WHERE o.gross_amount > 0
      UNION ALL
      SELECT e.id, 'SETTLE', d.line_no, 'in_transit', o.buyer_id, NULL, d.sku_id, NULL, 'stock', o.seller_id, NULL,
             o.warehouse_id, d.quantity, e.at, 'goods'
        FROM h_detail d JOIN h_order o USING (order_key) JOIN h_entry e ON e.step = 'ship' AND e.key = o.order_key
      UNION ALL
      SELECT e.id, 'SETTLE', 0, 'sales', o.seller_id, NULL, NULL, NULL, 'partner_balance', o.buyer_id, o.seller_id, NULL,
             o.gross_amount, e.at, 'money'
        FROM h_order o JOIN h_entry e ON e.step = 'ship' AND e.key = o.order_key WHERE o.gross_amount > 0
      UNION ALL
      SELECT e.id, 'POST', d.line_no, 'stock', o.buyer_id, NULL, d.sku_id, o.buyer_warehouse, 'in_transit', o.buyer_id,
             NULL, NULL, d.quantity, e.at, NULL
        FROM h_detail d JOIN h_order o USING (order_key)
        JOIN h_entry e ON e.source_type = 'shipment' AND e.step = 'receive' AND e.key = o.order_key
      UNION ALL {returned}"""


def _count(db: duckdb.DuckDBPyConnection, table: str) -> int:
    row = db.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def export_paths(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("CREATE OR REPLACE TABLE h_path AS SELECT id, path FROM h_organization")


def known_accounts(pg: psycopg.Connection, db: duckdb.DuckDBPyConnection) -> None:
    """`h_account`: the accounts PostgreSQL has already."""
    db.execute(
        "CREATE OR REPLACE TABLE h_account (id BIGINT, kind VARCHAR, owner BIGINT, cp BIGINT, sku_id BIGINT, place BIGINT, is_new BOOLEAN)"
    )
    rows: list[tuple[Any, ...]] = pg.execute(
        "SELECT id, kind, owner_id, counterparty_id, sku_id, place_id, false FROM ledger_account WHERE lot = ''"
    ).fetchall()
    if rows:
        db.executemany("INSERT INTO h_account VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
