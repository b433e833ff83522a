"""Data folders brought to staging: two years of one wholesaler by its own shape, others by a mapping file.

A mapping is TOML: `[brand]`, `[files]` (name → glob), and one SQL query of DuckDB for each of `partners`, `skus`,
`lines` and `returns` over those files. Queries run on the server for its administrator only, never from an upload.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

MAPPINGS = Path(__file__).parent.parent / "mappings"

LINE_COLUMNS = [
    "source_row",
    "order_key",
    "order_number",
    "buyer_code",
    "seller_code",
    "warehouse_code",
    "submitted_at",
    "shipped_at",
    "received_at",
    "business_date",
    "sku_code",
    "quantity",
    "gross_amount",
    "province",
    "city",
]
RETURN_COLUMNS = [
    "source_row",
    "return_key",
    "return_number",
    "order_key",
    "buyer_code",
    "seller_code",
    "warehouse_code",
    "returned_at",
    "business_date",
    "sku_code",
    "quantity",
    "gross_amount",
    "reason",
    "province",
    "city",
]


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a folder's files become a brand's history."""

    name: str
    brand_code: str
    brand_name: str
    currency: str
    exponent: int
    files: dict[str, str]
    queries: dict[str, str]


def mapping(name: str) -> Mapping:
    """A mapping that ships with the product, or one at a path. Raises: FileNotFoundError."""
    path = MAPPINGS / f"{name}.toml"
    return read_mapping(path if path.exists() else Path(name))


def read_mapping(path: Path) -> Mapping:
    """Raises: FileNotFoundError, KeyError for a missing section."""
    found: dict[str, Any] = tomllib.loads(path.read_text())
    brand = found["brand"]
    return Mapping(
        name=path.stem,
        brand_code=brand["code"],
        brand_name=brand["name"],
        currency=brand["currency"],
        exponent=int(brand["exponent"]),
        files=found["files"],
        queries={key: found[key]["sql"] for key in ("partners", "skus", "lines", "returns") if key in found},
    )


def stage(db: duckdb.DuckDBPyConnection, *, source: Mapping, directory: Path) -> None:
    """Fill staging from the folder: readable rows to their tables, the others to `h_reject` with the reason."""
    for table, pattern in source.files.items():
        _view(db, table, directory, pattern)
    db.execute(
        "INSERT INTO h_partner (code, name, kind) VALUES (?, ?, 'BRAND')",
        [source.brand_code, source.brand_name],
    )
    _insert(db, "h_partner", source.queries["partners"])
    _insert(db, "h_sku", source.queries["skus"])
    _lines(db, "lines", "h_line", LINE_COLUMNS, source.queries["lines"])
    if "returns" in source.queries:
        _lines(db, "returns", "h_return", RETURN_COLUMNS, source.queries["returns"])
    _placeholders(db, source)


def _view(db: duckdb.DuckDBPyConnection, table: str, directory: Path, pattern: str) -> None:
    files = [str(path) for path in sorted(directory.glob(pattern))]
    if not files:
        raise FileNotFoundError(f"{directory} has no {pattern}")
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    reader = (
        f"read_parquet([{listed}])"
        if files[0].endswith(".parquet")
        # All text: what a cell means is decided by the query, and what it cannot read is listed.
        else f"read_csv([{listed}], header = true, all_varchar = true, sample_size = -1)"
    )
    db.execute(f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM {reader}")


def _insert(db: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    columns = [row[0] for row in db.execute(f"DESCRIBE {query}").fetchall()]
    db.execute(f"INSERT INTO {table} ({', '.join(columns)}) {query}")


def _lines(db: duckdb.DuckDBPyConnection, source: str, table: str, columns: list[str], query: str) -> None:
    """Cast what the query answers; a row with a bad cell is listed with every reason and not loaded."""
    db.execute(f"CREATE OR REPLACE TABLE raw_{source} AS {query}")
    given = {row[0] for row in db.execute(f"DESCRIBE raw_{source}").fetchall()}
    key = "order_key" if table == "h_line" else "return_key"
    at = "submitted_at" if table == "h_line" else "returned_at"
    checks = [
        (f"{key} IS NULL OR {key} = ''", "no document number"),
        ("sku_code IS NULL OR sku_code = ''", "no sku code"),
        ("buyer_code IS NULL OR buyer_code = ''", "no buyer"),
        (f"TRY_CAST({at} AS TIMESTAMPTZ) IS NULL", "unreadable date"),
        ("TRY_CAST(quantity AS DECIMAL(20,6)) IS NULL", "unreadable quantity"),
        ("TRY_CAST(quantity AS DECIMAL(20,6)) < 0", "quantity is below zero"),
        # Goods without a price are gifts; money without goods is a correction of value: both are history.
        (
            "TRY_CAST(quantity AS DECIMAL(20,6)) = 0 AND TRY_CAST(gross_amount AS DECIMAL(20,6)) = 0",
            "an empty line",
        ),
        ("TRY_CAST(gross_amount AS DECIMAL(20,6)) IS NULL", "unreadable amount"),
        ("TRY_CAST(gross_amount AS DECIMAL(20,6)) < 0", "amount is below zero"),
    ]
    reasons = ", ".join(f"CASE WHEN {test} THEN '{reason}' END" for test, reason in checks)
    db.execute(
        f"CREATE OR REPLACE TABLE judged AS SELECT *, concat_ws('; ', {reasons}) AS why FROM raw_{source}"
    )
    shown = " || ' | ' || ".join(
        f"coalesce(CAST({name} AS VARCHAR), '')" for name in columns if name in given
    )
    db.execute(
        f"INSERT INTO h_reject SELECT '{source}', source_row, why, false, {shown} FROM judged WHERE why <> ''"
    )
    wanted = [name for name in columns if name in given]
    db.execute(
        f"INSERT INTO {table} ({', '.join(wanted)}) SELECT {', '.join(wanted)} FROM judged WHERE why = ''"
    )
    db.execute(f"DROP TABLE judged; DROP TABLE raw_{source}")


def _placeholders(db: duckdb.DuckDBPyConnection, source: Mapping) -> None:
    """Partners and skus that are in no master: made as placeholders, and each line that names them is listed."""
    for table, column, reason in (
        ("h_partner", "buyer_code", "buyer is in no master"),
        ("h_sku", "sku_code", "sku is in no master"),
    ):
        for lines, shown in (("h_line", "order_key"), ("h_return", "return_key")):
            db.execute(
                f"INSERT INTO h_reject SELECT '{'lines' if lines == 'h_line' else 'returns'}', source_row, '{reason}', true,"
                f" {shown} || ' | ' || {column} FROM {lines} l WHERE NOT EXISTS (SELECT 1 FROM {table} m WHERE m.code = l.{column})"
            )
    db.execute(
        f"""INSERT INTO h_partner (code, name, kind, parent_code, city, province, is_placeholder)
        SELECT DISTINCT buyer_code, '(unmatched) ' || buyer_code, 'STORE', '{source.brand_code}', '(unmatched)', '(unmatched)', true
          FROM (SELECT buyer_code FROM h_line UNION SELECT buyer_code FROM h_return) l
         WHERE NOT EXISTS (SELECT 1 FROM h_partner m WHERE m.code = l.buyer_code)"""
    )
    db.execute(
        """INSERT INTO h_sku (code, name, category, brand, is_placeholder)
        SELECT DISTINCT sku_code, '(unmatched) ' || sku_code, '(unmatched)', '(unmatched)', true
          FROM (SELECT sku_code FROM h_line UNION SELECT sku_code FROM h_return) l
         WHERE NOT EXISTS (SELECT 1 FROM h_sku m WHERE m.code = l.sku_code)"""
    )
    _open_stock(db)


def _open_stock(db: duckdb.DuckDBPyConnection) -> None:
    """What a seller shipped it must have had: an opening of exactly what left, before the first order."""
    db.execute(
        """
        INSERT INTO h_opening (warehouse_code, owner_code, sku_code, quantity, "at")
        SELECT warehouse_code, any_value(seller_code), sku_code, sum(quantity),
               (SELECT min(submitted_at) - INTERVAL 1 DAY FROM h_line)
          FROM h_line WHERE quantity > 0 GROUP BY warehouse_code, sku_code"""
    )
    # A return without a known order brings back goods that some earlier order, unknown here, must have delivered.
    db.execute(
        """
        INSERT INTO h_opening (warehouse_code, owner_code, sku_code, quantity, "at")
        SELECT r.buyer_code, r.buyer_code, r.sku_code, r.back - coalesce(l.got, 0),
               (SELECT min(submitted_at) - INTERVAL 1 DAY FROM h_line)
          FROM (SELECT buyer_code, sku_code, sum(quantity) AS back FROM h_return GROUP BY ALL) r
          LEFT JOIN (SELECT buyer_code, sku_code, sum(quantity) AS got FROM h_line GROUP BY ALL) l USING (buyer_code, sku_code)
         WHERE r.back > coalesce(l.got, 0)"""
    )
