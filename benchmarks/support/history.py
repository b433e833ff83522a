"""A made-up wholesaler of the shape of `integrations/mappings/iowa_liquor.toml`: for machines without the real files."""

from __future__ import annotations

from pathlib import Path

import duckdb

STORES, PRODUCTS, LINES_PER_ORDER = 2_000, 5_000, 32
DAYS = 730


def make_folder(folder: Path, *, lines: int) -> Path:
    """Two years of invoices, stores and products, the same in every run; few stores and goods sell most."""
    folder.mkdir(parents=True)
    db = duckdb.connect()
    db.execute("SET threads = 2")
    db.execute(
        f"""COPY (SELECT CAST(2000 + i AS VARCHAR) AS store, 'STORE ' || i AS name, 'CITY ' || i % 300 AS city, 'IA' AS state,
        i || ' MAIN ST' AS address FROM range({STORES}) t(i)) TO '{folder}/stores.csv.gz' (HEADER, COMPRESSION gzip)"""
    )
    db.execute(
        f"""COPY (SELECT CAST(10000 + i AS VARCHAR) AS item, 'SPIRIT ' || i AS description, 'CATEGORY ' || i % 40 AS category,
        'VENDOR ' || i % 150 AS vendor_name, 750 AS volume_ml, CASE WHEN i % 3 = 0 THEN 6 ELSE 12 END AS pack,
        5 + i % 90 || '.50' AS bottle_cost FROM range({PRODUCTS}) t(i)) TO '{folder}/products.csv.gz' (HEADER, COMPRESSION gzip)"""
    )
    # A hash of the row's number draws; a square makes the low numbers common.
    for year, first in ((2018, 0), (2019, lines // 2)):
        db.execute(
            f"""COPY (
            SELECT 'INV-' || lpad(CAST(invoice AS VARCHAR), 8, '0') || lpad(CAST(i % {LINES_PER_ORDER} AS VARCHAR), 5, '0') AS invoice_line,
                   DATE '2018-01-01' + CAST(invoice * {DAYS} // ({lines} // {LINES_PER_ORDER} + 1) AS INTEGER) AS date,
                   CAST(2000 + CAST(pow(hash(invoice) % 10007 / 10007.0, 2) * {STORES} AS BIGINT) % {STORES} AS VARCHAR) AS store,
                   CAST(10000 + CAST(pow(hash(i) % 100003 / 100003.0, 2) * {PRODUCTS} AS BIGINT) % {PRODUCTS} AS VARCHAR) AS item,
                   CAST(1 + hash(i, 1) % 24 AS BIGINT) AS bottles,
                   CAST((1 + hash(i, 1) % 24) * (750 + 25 * (hash(i) % 100)) AS BIGINT) AS amount_cents
              FROM (SELECT i, i // {LINES_PER_ORDER} AS invoice FROM range({first}, {first + lines // 2}) t(i))
            ) TO '{folder}/sales_{year}.parquet' (FORMAT parquet)"""
        )
    db.close()
    return folder
