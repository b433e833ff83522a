"""The ledger rows of a history: accounts, entries, transfers, balances.

Every movement is first listed in `h_move` by the keys of its accounts; accounts get ids, moves become transfers,
and balances are the sums of the moves: the same figures that ledger_apply would have left one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import psycopg

from huiliu.integrations.history.documents import HistoryOptions, _uuid
from huiliu.integrations.history.staging import insert_rows
from huiliu.ledger.bulk import Load

FLOORED = "('stock', 'in_transit', 'partner_balance')"


def _steps(options: HistoryOptions) -> str:
    """The entries of every document: (source_type, source_id, step, at, order of posting, its key and parcel)."""
    if options.mode == "delivered":
        orders = """SELECT 'order' AS source_type, id AS source_id, 'deliver' AS step, received_at AS "at", position, 1 AS rank,
               order_key AS key, 0 AS parcel FROM h_order"""
    else:
        orders = """
        SELECT 'order', id, 'submit', submitted_at, position, 1, order_key, 0 FROM h_order UNION ALL
        SELECT 'shipment', s.id, 'ship', s.shipped_at, o.position, 2, order_key, s.parcel
          FROM h_shipment s JOIN h_order o USING (order_key) UNION ALL
        SELECT 'shipment', s.id, 'receive', s.received_at, o.position, 3, order_key, s.parcel
          FROM h_shipment s JOIN h_order o USING (order_key) WHERE s.received_at IS NOT NULL UNION ALL
        SELECT 'cancellation', c.id, 'cancel', c.cancelled_at, o.position, 3, order_key, -1 - epoch_ms(c.cancelled_at)
          FROM h_cancellation c JOIN h_order o USING (order_key)"""
    return f"""
        SELECT * FROM ({orders}) AS e(source_type, source_id, step, "at", position, rank, key, parcel) UNION ALL
        SELECT 'return', id, 'receive', returned_at, position, 4, return_key, 0 FROM h_return_head UNION ALL
        SELECT 'opening', {_uuid("opening", options.source, "warehouse_code", 'min("at")')}, 'open', min("at"), 0, 0, warehouse_code, 0
          FROM h_opening GROUP BY warehouse_code UNION ALL
        SELECT 'sell_out', {_uuid("sell_out", options.source, "key", 'min("at")')}, 'post', min("at"), 0, 5, key, 0
          FROM h_sell_out GROUP BY key UNION ALL
        SELECT 'receipt', id, 'post', "at", 0, 0, key, 0 FROM h_receipt_head"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger has before a load: the next ids, and the accounts a history may find again."""

    next_entry: int
    next_account: int
    next_transfer: int
    accounts: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Built:
    """How many rows a history adds to the ledger; their ids follow those that stand."""

    entries: int
    accounts: int
    transfers: int


def standing(pg: psycopg.Connection, load: Load, options: HistoryOptions) -> Standing:
    """Read before anything is copied: the ledger is locked, so nothing of it changes until the load commits."""
    accounts: list[tuple[Any, ...]] = pg.execute(
        "SELECT id, kind, owner_id, counterparty_id, sku_id, place_id FROM ledger_account"
        " WHERE lot = '' AND (currency IS NULL OR currency = %s)",
        [options.currency],
    ).fetchall()
    return Standing(
        load.next_id("ledger_entry"),
        load.next_id("ledger_account"),
        load.next_id("ledger_transfer"),
        accounts,
    )


def build_ledger(db: duckdb.DuckDBPyConnection, options: HistoryOptions, known: Standing) -> Built:
    """Every table of the ledger's rows; needs no PostgreSQL, so it is done while documents are copied."""
    entries = _build_entries(db, options, first=known.next_entry)
    accounts, transfers = _build_transfers(db, options, known)
    return Built(entries, accounts, transfers)


def _build_entries(db: duckdb.DuckDBPyConnection, options: HistoryOptions, *, first: int) -> int:
    """`h_entry`: one row an entry in the order of posting; returns how many."""
    db.execute(f"CREATE OR REPLACE TABLE h_step AS {_steps(options)}")
    count = _count(db, "h_step")
    db.execute(
        f'CREATE OR REPLACE TABLE h_entry AS SELECT *, {first} - 1 + row_number() OVER (ORDER BY "at", rank, position, key) AS id FROM h_step'
    )
    db.execute("DROP TABLE h_step")
    return count


_OTHER = """
      SELECT e.id, 'POST', 0, 'stock', w.organization_id, NULL, s.id, w.id, 'supply', w.organization_id, NULL, NULL, o.quantity,
             e."at", NULL
        FROM h_opening o JOIN h_warehouse w ON w.code = o.warehouse_code JOIN h_sku_id s ON s.code = o.sku_code
        JOIN h_entry e ON e.source_type = 'opening' AND e.key = o.warehouse_code
      UNION ALL
      SELECT e.id, 'POST', 0, 'sold_out', b.id, NULL, s.id, NULL, 'stock', b.id, NULL, b.warehouse_id, o.quantity, e."at", NULL
        FROM h_sell_out o JOIN h_organization b ON b.code = o.owner_code JOIN h_sku_id s ON s.code = o.sku_code
        JOIN h_entry e ON e.source_type = 'sell_out' AND e.key = o.key
      UNION ALL
      SELECT e.id, 'POST', 0, 'partner_balance', r.buyer_id, r.seller_id, NULL, NULL, 'cash', r.seller_id, NULL, NULL,
             r.amount, e."at", NULL
        FROM h_receipt_head r JOIN h_entry e ON e.source_type = 'receipt' AND e.key = r.key"""


def _moves(options: HistoryOptions) -> str:
    """Every movement by account keys: debit receives, credit gives. Holds name no receiver yet."""
    returned = (
        """
      SELECT e.id AS entry_id, 'POST' AS kind, d.line_no,
             'stock' AS dk, h.seller_id AS downer, CAST(NULL AS BIGINT) AS dcp, d.sku_id AS sku_id, h.warehouse_id AS dplace,
             'stock' AS ck, h.buyer_id AS cowner, CAST(NULL AS BIGINT) AS ccp, h.buyer_warehouse AS cplace,
             d.quantity AS amount, e.at AS "at", CAST(NULL AS VARCHAR) AS hold_step
        FROM h_return_detail d JOIN h_return_head h USING (return_key)
        JOIN h_entry e ON e.source_type = 'return' AND e.key = h.return_key WHERE d.quantity > 0
      UNION ALL
      SELECT e.id, 'POST', 0, 'partner_balance', h.buyer_id, h.seller_id, NULL, NULL, 'sales', h.seller_id, NULL, NULL,
             h.gross_amount, e."at", NULL
        FROM h_return_head h JOIN h_entry e ON e.source_type = 'return' AND e.key = h.return_key WHERE h.gross_amount > 0
      UNION ALL
"""
        + _OTHER
    )
    if options.mode == "delivered":
        return f"""
      SELECT e.id AS entry_id, 'POST' AS kind, d.line_no,
             'stock' AS dk, o.buyer_id AS downer, CAST(NULL AS BIGINT) AS dcp, d.sku_id, o.buyer_warehouse AS dplace,
             'stock' AS ck, o.seller_id AS cowner, CAST(NULL AS BIGINT) AS ccp, o.warehouse_id AS cplace,
             d.quantity AS amount, e.at AS "at", CAST(NULL AS VARCHAR) AS hold_step
        FROM h_detail d JOIN h_order o USING (order_key) JOIN h_entry e ON e.source_type = 'order' AND e.key = o.order_key
       WHERE d.quantity > 0
      UNION ALL
      SELECT e.id, 'POST', 0, 'sales', o.seller_id, NULL, NULL, NULL, 'partner_balance', o.buyer_id, o.seller_id, NULL,
             o.gross_amount, e."at", NULL
        FROM h_order o JOIN h_entry e ON e.source_type = 'order' AND e.key = o.order_key WHERE o.gross_amount > 0
      UNION ALL {returned}"""
    return f"""
      SELECT e.id AS entry_id, 'HOLD' AS kind, d.line_no,
             CAST(NULL AS VARCHAR) AS dk, CAST(NULL AS BIGINT) AS downer, CAST(NULL AS BIGINT) AS dcp, d.sku_id,
             CAST(NULL AS BIGINT) AS dplace, 'stock' AS ck, o.seller_id AS cowner, CAST(NULL AS BIGINT) AS ccp,
             o.warehouse_id AS cplace, d.quantity AS amount, e.at AS "at", 'goods' AS hold_step
        FROM h_detail d JOIN h_order o USING (order_key) JOIN h_entry e ON e.step = 'submit' AND e.key = o.order_key
      UNION ALL
      SELECT e.id, 'HOLD', 0, NULL, NULL, NULL, NULL, NULL, 'partner_balance', o.buyer_id, o.seller_id, NULL,
             o.gross_amount, e."at", 'money'
        FROM h_order o JOIN h_entry e ON e.step = 'submit' AND e.key = o.order_key WHERE o.gross_amount > 0
      UNION ALL
      SELECT e.id, 'SETTLE', d.line_no, 'in_transit', o.buyer_id, NULL, d.sku_id, NULL, 'stock', o.seller_id, NULL,
             o.warehouse_id, d.shipped, e."at", 'goods'
        FROM h_shipment_line d JOIN h_order o USING (order_key)
        JOIN h_entry e ON e.step = 'ship' AND e.key = d.order_key AND e.parcel = d.parcel
      UNION ALL
      SELECT e.id, 'SETTLE', 0, 'sales', o.seller_id, NULL, NULL, NULL, 'partner_balance', o.buyer_id, o.seller_id, NULL,
             s.gross_amount, e."at", 'money'
        FROM h_shipment s JOIN h_order o USING (order_key)
        JOIN h_entry e ON e.step = 'ship' AND e.key = s.order_key AND e.parcel = s.parcel WHERE s.gross_amount > 0
      UNION ALL
      SELECT e.id, 'POST', d.line_no, 'stock', o.buyer_id, NULL, d.sku_id, o.buyer_warehouse, 'in_transit', o.buyer_id,
             NULL, NULL, d.received, e."at", NULL
        FROM h_shipment_line d JOIN h_order o USING (order_key)
        JOIN h_entry e ON e.source_type = 'shipment' AND e.step = 'receive' AND e.key = d.order_key AND e.parcel = d.parcel
       WHERE d.received > 0
      UNION ALL
      SELECT e.id, 'POST', d.line_no, 'stock_adjustment', o.seller_id, NULL, d.sku_id, NULL, 'in_transit', o.buyer_id,
             NULL, NULL, d.shipped - d.received, e."at", NULL
        FROM h_sent_line d JOIN h_order o USING (order_key)
        JOIN h_entry e ON e.source_type = 'shipment' AND e.step = 'receive' AND e.key = d.order_key AND e.parcel = d.parcel
       WHERE d.received < d.shipped
      UNION ALL
      SELECT e.id, 'POST', 0, 'partner_balance', o.buyer_id, o.seller_id, NULL, NULL, 'sales', o.seller_id, NULL, NULL,
             s.credited, e."at", NULL
        FROM h_sent s JOIN h_order o USING (order_key)
        JOIN h_entry e ON e.source_type = 'shipment' AND e.step = 'receive' AND e.key = s.order_key AND e.parcel = s.parcel
       WHERE s.credited > 0
      UNION ALL
      SELECT e.id, 'RELEASE', d.line_no, NULL, NULL, NULL, d.sku_id, NULL, 'stock', o.seller_id, NULL, o.warehouse_id,
             d.cancelled, e."at", 'goods'
        FROM h_called_off_line d JOIN h_order o USING (order_key) JOIN h_cancellation c USING (order_key, cancelled_at)
        JOIN h_entry e ON e.source_type = 'cancellation' AND e.source_id = c.id
      UNION ALL
      SELECT e.id, 'RELEASE', 0, NULL, NULL, NULL, NULL, NULL, 'partner_balance', o.buyer_id, o.seller_id, NULL,
             c.gross_amount, e."at", 'money'
        FROM h_cancellation c JOIN h_order o USING (order_key)
        JOIN h_entry e ON e.source_type = 'cancellation' AND e.source_id = c.id WHERE c.gross_amount > 0
      UNION ALL {returned}"""


def _count(db: duckdb.DuckDBPyConnection, table: str) -> int:
    row = db.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _build_transfers(
    db: duckdb.DuckDBPyConnection, options: HistoryOptions, known: Standing
) -> tuple[int, int]:
    """`h_transfer` with account ids, `h_new_account` for the accounts that did not stand yet; how many new of both."""
    db.execute(f"CREATE OR REPLACE TABLE h_move AS {_moves(options)}")
    accounts = _build_accounts(db, options, known)
    count = _count(db, "h_move")
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_transfer AS
        SELECT {known.next_transfer} - 1 + row_number() OVER (ORDER BY m.entry_id, m.line_no) AS id, m.entry_id, m.kind, d.id AS debit,
               c.id AS credit, m.amount, m."at", m.line_no, m.hold_step, e.key
          FROM h_move m JOIN h_entry e ON e.id = m.entry_id
          LEFT JOIN h_account d ON d.kind = m.dk AND d.owner = m.downer AND d.cp IS NOT DISTINCT FROM m.dcp
               AND d.place IS NOT DISTINCT FROM m.dplace
               AND d.sku_id IS NOT DISTINCT FROM CASE WHEN m.dk IN ('partner_balance', 'sales', 'cash') THEN NULL ELSE m.sku_id END
          JOIN h_account c ON c.kind = m.ck AND c.owner = m.cowner AND c.cp IS NOT DISTINCT FROM m.ccp
               AND c.place IS NOT DISTINCT FROM m.cplace
               AND c.sku_id IS NOT DISTINCT FROM CASE WHEN m.ck IN ('partner_balance', 'sales', 'cash') THEN NULL ELSE m.sku_id END
        """
    )
    db.execute("DROP TABLE h_move")
    db.execute(
        """
        CREATE OR REPLACE TABLE h_sum AS
        SELECT account, sum(balance) AS balance, sum(held) AS held FROM (
          SELECT debit AS account, amount AS balance, 0 AS held FROM h_transfer WHERE debit IS NOT NULL
          UNION ALL
          SELECT credit, CASE WHEN kind IN ('POST', 'SETTLE') THEN -amount ELSE 0 END,
                 CASE kind WHEN 'HOLD' THEN amount WHEN 'POST' THEN 0 ELSE -amount END FROM h_transfer)
         GROUP BY account
        """
    )
    return accounts, count


def _build_accounts(db: duckdb.DuckDBPyConnection, options: HistoryOptions, known: Standing) -> int:
    """`h_account`: those of PostgreSQL and new ones with the next ids of the ledger; returns how many are new."""
    db.execute(
        "CREATE OR REPLACE TABLE h_account (id BIGINT, kind VARCHAR, owner BIGINT, cp BIGINT, sku_id BIGINT, place BIGINT)"
    )
    insert_rows(db, "h_account", known.accounts)
    db.execute(
        """
        CREATE OR REPLACE TABLE h_key AS
        SELECT DISTINCT kind, owner, cp, CASE WHEN kind IN ('partner_balance', 'sales', 'cash') THEN NULL ELSE sku_id END AS sku_id, place
          FROM (SELECT dk AS kind, downer AS owner, dcp AS cp, sku_id, dplace AS place FROM h_move WHERE dk IS NOT NULL
                UNION ALL SELECT ck, cowner, ccp, sku_id, cplace FROM h_move)
        """
    )
    db.execute(
        """
        CREATE OR REPLACE TABLE h_new_key AS SELECT k.* FROM h_key k LEFT JOIN h_account a
            ON a.kind = k.kind AND a.owner = k.owner AND a.cp IS NOT DISTINCT FROM k.cp
           AND a.sku_id IS NOT DISTINCT FROM k.sku_id AND a.place IS NOT DISTINCT FROM k.place
         WHERE a.id IS NULL
        """
    )
    count = _count(db, "h_new_key")
    floor = "NULL" if options.credit_floor is None else str(options.credit_floor)
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_new_account AS
        SELECT {known.next_account} - 1 + row_number() OVER (ORDER BY k.owner, k.kind, k.sku_id, k.place, k.cp) AS id, k.kind, k.owner,
               o.path AS owner_path, k.cp, c.path AS cp_path, k.sku_id,
               CASE WHEN k.sku_id IS NULL THEN '{options.currency}' END AS currency, k.place,
               CASE WHEN k.kind = 'partner_balance' THEN {floor} WHEN k.kind IN {FLOORED} THEN 0 END AS floor
          FROM h_new_key k JOIN h_organization o ON o.id = k.owner LEFT JOIN h_organization c ON c.id = k.cp
        """
    )
    db.execute("INSERT INTO h_account SELECT id, kind, owner, cp, sku_id, place FROM h_new_account")
    return count


ACCOUNTS_SQL = """
    SELECT a.id, kind, owner, owner_path, cp, cp_path, sku_id, currency, place, '' AS lot, floor, floor AS floor_target,
           s.balance, s.held
      FROM h_new_account a JOIN h_sum s ON s.account = a.id ORDER BY a.id"""
#: What this load adds to accounts that stood already.
DELTAS_SQL = "SELECT account, balance, held FROM h_sum WHERE account NOT IN (SELECT id FROM h_new_account)"
#: What is promised and not yet settled.
OPEN_HOLDS_SQL = """
    SELECT t.id, t.credit, t.amount - coalesce(u.used, 0), NULL, e.source_id, t.line_no
      FROM h_transfer t JOIN h_entry e ON e.id = t.entry_id
      LEFT JOIN (SELECT key, line_no, hold_step, sum(amount) AS used FROM h_transfer WHERE kind IN ('SETTLE', 'RELEASE') GROUP BY ALL) u
        ON u.key = t.key AND u.line_no = t.line_no AND u.hold_step = t.hold_step
     WHERE t.kind = 'HOLD' AND t.amount > coalesce(u.used, 0)"""


def entries_sql(options: HistoryOptions) -> str:
    user = "NULL" if options.user_id is None else str(options.user_id)
    return f"""SELECT id, source_type, source_id, step, NULL, {user}, "at", "at", '' AS note FROM h_entry ORDER BY id"""


#: A SETTLE or RELEASE names its HOLD: the transfer of the same order and line under the order's submit.
TRANSFERS_SQL = """
    SELECT t.id, t.entry_id, t.kind, t.debit, t.credit, t.amount, h.id, t."at"
      FROM h_transfer t LEFT JOIN (SELECT key, line_no, hold_step, id FROM h_transfer WHERE kind = 'HOLD') h
        ON t.kind IN ('SETTLE', 'RELEASE') AND h.key = t.key AND h.line_no = t.line_no AND h.hold_step = t.hold_step
     ORDER BY t.id"""
