"""The staging schema of a history load: what every source is brought to before anything is written.

`h_line` rows that cannot be loaded as they stand go to `h_reject` with their reason; rows whose partner or
sku is in no master are loaded under a placeholder *and* listed, so that totals stay true and none is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

SCHEMA = """
CREATE TABLE h_partner (
  code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, parent_code VARCHAR,
  province VARCHAR DEFAULT '', city VARCHAR DEFAULT '', district VARCHAR DEFAULT '', region_code VARCHAR DEFAULT '',
  address VARCHAR DEFAULT '', phone VARCHAR DEFAULT '', uscc VARCHAR DEFAULT '', tier VARCHAR DEFAULT '',
  channel VARCHAR DEFAULT '', tags VARCHAR[] DEFAULT [], status VARCHAR DEFAULT 'ACTIVE',
  is_placeholder BOOLEAN DEFAULT false);
CREATE TABLE h_sku (
  code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, product_code VARCHAR, product_name VARCHAR, category VARCHAR NOT NULL,
  brand VARCHAR DEFAULT '', specification VARCHAR DEFAULT '', base_unit VARCHAR DEFAULT 'EA', case_size BIGINT DEFAULT 1,
  case_unit VARCHAR DEFAULT '', tax_rate DECIMAL(6,4) DEFAULT 0, shelf_life_days INTEGER, standard_cost DECIMAL(20,6),
  list_price DECIMAL(20,6), barcode VARCHAR DEFAULT '', image VARCHAR DEFAULT '', is_placeholder BOOLEAN DEFAULT false);
CREATE TABLE h_line (
  source_row BIGINT NOT NULL, order_key VARCHAR NOT NULL, order_number VARCHAR NOT NULL, buyer_code VARCHAR NOT NULL,
  seller_code VARCHAR NOT NULL, warehouse_code VARCHAR NOT NULL, submitted_at TIMESTAMPTZ NOT NULL,
  shipped_at TIMESTAMPTZ NOT NULL, received_at TIMESTAMPTZ NOT NULL, business_date DATE NOT NULL,
  sku_code VARCHAR NOT NULL, quantity DECIMAL(20,6) NOT NULL, gross_amount DECIMAL(20,6) NOT NULL,
  unit VARCHAR, entered_quantity DECIMAL(20,6), unit_price DECIMAL(20,6), trace_key INTEGER,
  province VARCHAR, city VARCHAR);
-- What did not simply arrive whole: the shipments of such an order (`received` null: all of it; `received_at` null: still
-- under way) and what was called off; the rest of its lines stays promised.
CREATE TABLE h_parcel (
  order_key VARCHAR NOT NULL, parcel INTEGER NOT NULL, source_row BIGINT NOT NULL, quantity DECIMAL(20,6) NOT NULL,
  shipped_at TIMESTAMPTZ NOT NULL, received_at TIMESTAMPTZ, received DECIMAL(20,6), reason VARCHAR DEFAULT 'SHORT');
CREATE TABLE h_cancel (
  order_key VARCHAR NOT NULL, source_row BIGINT NOT NULL, quantity DECIMAL(20,6) NOT NULL,
  cancelled_at TIMESTAMPTZ NOT NULL, reason VARCHAR NOT NULL);
CREATE TABLE h_trace (key INTEGER PRIMARY KEY, trace VARCHAR NOT NULL);
CREATE TABLE h_return (
  source_row BIGINT NOT NULL, return_key VARCHAR NOT NULL, return_number VARCHAR NOT NULL, order_key VARCHAR,
  buyer_code VARCHAR NOT NULL, seller_code VARCHAR NOT NULL, warehouse_code VARCHAR NOT NULL,
  returned_at TIMESTAMPTZ NOT NULL, business_date DATE NOT NULL, sku_code VARCHAR NOT NULL,
  quantity DECIMAL(20,6) NOT NULL, gross_amount DECIMAL(20,6) NOT NULL, reason VARCHAR DEFAULT '',
  province VARCHAR, city VARCHAR);
CREATE TABLE h_opening (warehouse_code VARCHAR, owner_code VARCHAR, sku_code VARCHAR, quantity DECIMAL(20,6), lot VARCHAR DEFAULT '',
  "at" TIMESTAMPTZ);
CREATE TABLE h_sell_out (key VARCHAR, owner_code VARCHAR, sku_code VARCHAR, quantity DECIMAL(20,6), "at" TIMESTAMPTZ);
CREATE TABLE h_receipt (key VARCHAR, buyer_code VARCHAR, seller_code VARCHAR, amount DECIMAL(20,6), "at" TIMESTAMPTZ,
  method VARCHAR DEFAULT 'BANK', reference VARCHAR DEFAULT '', note VARCHAR DEFAULT '');
CREATE TABLE h_reject (source VARCHAR, source_row BIGINT, reason VARCHAR, is_loaded BOOLEAN, content VARCHAR);
"""


@dataclass(frozen=True, slots=True)
class StagingTotals:
    """What stands in staging: shown by a dry run, compared after the load."""

    partners: int
    skus: int
    orders: int
    lines: int
    units: str
    amount: str
    returns: int
    return_amount: str
    rejected: int
    listed: int


def open_staging(
    *, memory: str = "1200MB", threads: int = 2, directory: str | None = None
) -> duckdb.DuckDBPyConnection:
    """An empty staging database; spills to `directory` beyond `memory`."""
    connection = duckdb.connect(f"{directory}/staging.duckdb" if directory else ":memory:")
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute(f"SET threads = {threads}")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(SCHEMA)
    return connection


def insert_rows(db: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Rows into a table in one statement: DuckDB takes a millisecond for each execution of `executemany`."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        db.execute(f"INSERT INTO {table} SELECT {', '.join(['unnest(?)'] * len(columns))}", columns)


def totals(staging: duckdb.DuckDBPyConnection) -> StagingTotals:
    """Counts and sums of the staged history."""

    def number(sql: str) -> int:
        row = staging.execute(sql).fetchone()
        return int(row[0]) if row else 0

    row = staging.execute(
        "SELECT coalesce(sum(quantity), 0), coalesce(sum(gross_amount), 0) FROM h_line"
    ).fetchone()
    back = staging.execute("SELECT count(*), coalesce(sum(gross_amount), 0) FROM h_return").fetchone()
    assert row is not None  # noqa: S101 - aggregates always answer one row
    assert back is not None  # noqa: S101
    return StagingTotals(
        partners=number("SELECT count(*) FROM h_partner"),
        skus=number("SELECT count(*) FROM h_sku"),
        orders=number("SELECT count(DISTINCT order_key) FROM h_line"),
        lines=number("SELECT count(*) FROM h_line"),
        units=str(row[0]),
        amount=str(row[1]),
        returns=int(back[0]),
        return_amount=str(back[1]),
        rejected=number("SELECT count(*) FROM h_reject WHERE NOT is_loaded"),
        listed=number("SELECT count(*) FROM h_reject"),
    )
