"""From staged lines to documents and ledger rows, entirely in DuckDB; only COPY touches PostgreSQL.

`delivered` history was handed over the day it was ordered: one ledger entry an order, no holds.
`full` history went through submit, shipment and receipt and leaves each step's entry, settled holds included.
Ids come from the source's own keys, so the same history loaded again finds its orders and adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

import duckdb

#: A UUIDv7 whose time is the document's and whose random part is the hash of its key.
UUID7 = """
(substr(t, 1, 8) || '-' || substr(t, 9, 4) || '-7' || substr(h, 1, 3) || '-8' || substr(h, 4, 3) || '-' || substr(h, 7, 12))
"""


@dataclass(frozen=True, slots=True)
class HistoryOptions:
    """How a history is written."""

    source: str  # part of every id: two sources never collide
    currency: str
    exponent: int
    mode: Literal["delivered", "full"]
    now: datetime
    timezone: str = "Asia/Shanghai"  # of the source's days
    user_id: int | None = None
    credit_floor: int | None = (
        None  # minus the credit limit; None: debts are unlimited, as history knows no payments
    )


def _uuid(kind: str, source: str, key: str, instant: str) -> str:
    time = f"format('{{:012x}}', epoch_ms({instant}))"
    digest = f"md5('{source}|{kind}|' || {key})"
    return UUID7.replace("substr(t,", f"substr({time},").replace("substr(h,", f"substr({digest},").strip()


def rounded(amount: str, numerator: str, denominator: str, exponent: int) -> str:
    """SQL of amount * numerator / denominator, half-up: in whole numbers, as DuckDB divides decimals in floating point."""
    minor = f"CAST({amount} * {10**exponent} AS HUGEINT)"
    parts = f"CAST({denominator} * 10000 AS HUGEINT)"
    return (
        f"CAST((2 * {minor} * CAST({numerator} * 10000 AS HUGEINT) + {parts}) // (2 * {parts}) AS DECIMAL(20,0))"
        f" * CAST({Decimal(1).scaleb(-exponent):f} AS DECIMAL(7,6))"
    )


def build_orders(db: duckdb.DuckDBPyConnection, options: HistoryOptions) -> None:
    """`h_order`: one row an order with ids, parties and totals; `h_detail`: its numbered lines with ids."""
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_detail AS
        SELECT l.order_key, CAST(row_number() OVER (PARTITION BY l.order_key ORDER BY l.source_row) AS INTEGER) AS line_no,
               s.id AS sku_id, k.code AS sku_code, k.name AS sku_name, k.tax_rate,
               coalesce(l.unit, k.base_unit) AS unit, coalesce(l.entered_quantity, l.quantity) AS entered_quantity,
               l.quantity, l.gross_amount,
               coalesce(l.unit_price, CASE WHEN l.quantity = 0 THEN l.gross_amount ELSE round(l.gross_amount / l.quantity, 6) END) AS unit_price,
               CAST({net_of("l.gross_amount", options)} AS DECIMAL(20,6)) AS net_amount,
               l.trace_key, l.source_row
          FROM h_line l JOIN h_sku k ON k.code = l.sku_code JOIN h_sku_id s ON s.code = l.sku_code
        """
    )
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_order AS
        WITH head AS (
          SELECT order_key, any_value(order_number) AS number, any_value(buyer_code) AS buyer_code,
                 any_value(seller_code) AS seller_code, any_value(warehouse_code) AS warehouse_code,
                 min(submitted_at) AS submitted_at, min(shipped_at) AS shipped_at, max(received_at) AS received_at,
                 min(business_date) AS business_date, count(*) AS line_count, sum(gross_amount) AS gross_amount,
                 any_value(province) AS province, any_value(city) AS city
            FROM h_line GROUP BY order_key),
        amounts AS (SELECT order_key, sum(net_amount) AS net_amount FROM h_detail GROUP BY order_key)
        SELECT head.* EXCLUDE (province, city), amounts.net_amount, {_uuid("order", options.source, "head.order_key", "submitted_at")} AS id,
               {_uuid("shipment", options.source, "head.order_key", "shipped_at")} AS shipment_id,
               b.id AS buyer_id, b.path AS buyer_path, b.name AS buyer_name, b.tier AS buyer_tier, b.region_code,
               coalesce(head.province, b.province) AS province, coalesce(head.city, b.city) AS city, b.warehouse_id AS buyer_warehouse, s.id AS seller_id, s.path AS seller_path, s.name AS seller_name,
               w.id AS warehouse_id, row_number() OVER (ORDER BY submitted_at, head.order_key) AS position
          FROM head JOIN amounts USING (order_key)
          JOIN h_organization b ON b.code = head.buyer_code JOIN h_organization s ON s.code = head.seller_code
          JOIN h_warehouse w ON w.code = head.warehouse_code
        """
    )


def net_of(gross: str, options: HistoryOptions) -> str:
    """SQL of an amount without its tax; `k` is the sku."""
    return f"CASE WHEN k.tax_rate = 0 THEN {gross} ELSE {rounded(gross, '1', '(1 + k.tax_rate)', options.exponent)} END"


def drop_known(db: duckdb.DuckDBPyConnection, known: list[str]) -> int:
    """Forget the orders that PostgreSQL has already; returns how many."""
    if not known:
        return 0
    db.execute("CREATE OR REPLACE TABLE h_known AS SELECT unnest(?::VARCHAR[]) AS id", [known])
    row = db.execute("SELECT count(*) FROM h_order WHERE id IN (SELECT id FROM h_known)").fetchone()
    db.execute(
        "DELETE FROM h_detail WHERE order_key IN (SELECT order_key FROM h_order WHERE id IN (SELECT id FROM h_known))"
    )
    db.execute("DELETE FROM h_order WHERE id IN (SELECT id FROM h_known)")
    return int(row[0]) if row else 0


ORDER_COLUMNS = (
    "id, number, seller_id, seller_path, seller_name, buyer_id, buyer_path, buyer_name, buyer_path_then, buyer_tier_then,"
    " region_code_then, province_then, city_then, kind, state, steps_open, currency, content_hash, gross_amount, net_amount, tax_amount, line_count, shortage_mode,"
    " external_number, buyer_note, address, business_date, submitted_by, on_behalf, custom, submitted_at, confirmed_at,"
    " shipped_at, received_at, closed_at, version"
)


def orders_sql(options: HistoryOptions) -> str:
    """Rows for ORDER_COLUMNS; an order that is not in parts is complete."""
    user = "NULL" if options.user_id is None else str(options.user_id)
    # Each step counts a version: submitted, confirmed, shipped, received.
    version = 1 if options.mode == "delivered" else 4
    return f"""
    SELECT id, number, seller_id, seller_path, seller_name, buyer_id, buyer_path, buyer_name, buyer_path, buyer_tier,
           region_code, province, city, 'STANDARD', coalesce(f.state, 'COMPLETED'), '{{}}', '{options.currency}', '',
           gross_amount, net_amount, gross_amount - net_amount, line_count, 'REFUSE', '', '', '{{}}', business_date, {user},
           false, '{{}}', submitted_at, submitted_at, CASE WHEN f.state IS NULL THEN o.shipped_at ELSE f.shipped_at END,
           CASE WHEN f.state IS NULL THEN o.received_at ELSE f.received_at END,
           CASE WHEN f.state IS NULL THEN o.received_at ELSE f.closed_at END, coalesce(f.version, {version})
      FROM h_order o LEFT JOIN h_life f USING (order_key) ORDER BY position"""


LINE_COLUMNS = (
    "order_id, line_no, buyer_path, seller_path, kind, sku_id, sku_code, sku_name, unit, entered_quantity, ordered,"
    " unit_price, gross_amount, net_amount, tax_amount, tax_rate, trace, allocated, backordered, shipped, received,"
    " cancelled, returned"
)
LINES_SQL = """
    SELECT o.id, d.line_no, o.buyer_path, o.seller_path, CASE WHEN d.quantity = 0 THEN 'VALUE' ELSE 'GOODS' END, d.sku_id, d.sku_code, d.sku_name, d.unit,
           d.entered_quantity, d.quantity, d.unit_price, d.gross_amount, d.net_amount, d.gross_amount - d.net_amount,
           d.tax_rate, coalesce(t.trace, '{}'), coalesce(p.allocated, 0), 0, coalesce(p.shipped, d.quantity),
           coalesce(p.received, d.quantity), coalesce(p.cancelled, 0), coalesce(b.returned, 0)
      FROM h_detail d JOIN h_order o USING (order_key) LEFT JOIN h_trace t ON t.key = d.trace_key
      LEFT JOIN h_progress p ON p.order_key = d.order_key AND p.line_no = d.line_no
      LEFT JOIN h_returned b ON b.order_key = d.order_key AND b.line_no = d.line_no"""

SHIPMENT_COLUMNS = (
    "id, number, order_id, buyer_path, seller_path, warehouse_id, state, business_date, shipped_at, received_at,"
    " shipped_by, received_by, note"
)


def shipments_sql(options: HistoryOptions) -> str:
    user = "NULL" if options.user_id is None else str(options.user_id)
    return f"""
    SELECT s.id, s.number, o.id, o.buyer_path, o.seller_path, o.warehouse_id,
           CASE WHEN s.received_at IS NULL THEN 'SHIPPED' ELSE 'RECEIVED' END, s.business_date, s.shipped_at, s.received_at,
           {user}, CASE WHEN s.received_at IS NOT NULL THEN {user} END, ''
      FROM h_shipment s JOIN h_order o USING (order_key) ORDER BY o.position, s.parcel"""


SHIPMENT_LINE_COLUMNS = (
    "shipment_id, line_no, order_id, buyer_path, seller_path, sku_id, shipped, gross_amount, net_amount"
)
SHIPMENT_LINES_SQL = """
    SELECT s.id, l.line_no, o.id, o.buyer_path, o.seller_path, l.sku_id, l.shipped, l.gross_amount, l.net_amount
      FROM h_shipment_line l JOIN h_shipment s USING (order_key, parcel) JOIN h_order o USING (order_key)"""
