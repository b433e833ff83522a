"""Masters of a history load: organizations, partners, warehouses, categories, brands, products, skus.

Written as the owner in one transaction; what exists (by code) is kept and only its id is read back.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb
import psycopg

from huiliu.integrations.history.staging import insert_rows
from huiliu.kernel.paths import child_path
from huiliu.kernel.pinyin import search_text
from huiliu.kernel.pinyin import sort_key as sort_key_of

KIND_ORDER = {
    "BRAND": 0,
    "BRANCH": 1,
    "DISTRIBUTOR": 2,
    "SUB_DISTRIBUTOR": 3,
    "STORE": 4,
    "SERVICE_PROVIDER": 4,
}
PLACED_SINCE = date(2000, 1, 1)


def load_organizations(
    pg: psycopg.Connection, staging: duckdb.DuckDBPyConnection, *, timezone: str, now: datetime
) -> None:
    """Organizations with their paths, placements, partners and one warehouse each; ids go to `h_organization`."""
    columns = "code, name, kind, parent_code, province, city, district, region_code, address, phone, uscc, tier, channel, tags, status"
    rows = staging.execute(f"SELECT {columns} FROM h_partner").fetchall()
    known: dict[str, tuple[int, str]] = {
        code: (id_, path)
        for code, id_, path in pg.execute("SELECT code, id, path FROM access_organization").fetchall()
    }
    new = sorted((row for row in rows if row[0] not in known), key=lambda row: (KIND_ORDER[row[2]], row[0]))
    if new:
        first = _reserve(pg, "access_organization", len(new))
        organizations, placements, partners, warehouses = [], [], [], []
        kinds = _kinds(pg, rows)
        for id_, row in enumerate(new, start=first):
            code, name, kind, parent_code = row[:4]
            parent_id, parent_path = known[parent_code] if parent_code else (None, "")
            path = child_path(parent_path, id_)
            known[code] = (id_, path)
            sort_key = sort_key_of(name)
            organizations.append(
                (
                    id_,
                    code,
                    name,
                    kind,
                    parent_id,
                    path,
                    sort_key,
                    kind in ("BRAND", "BRANCH"),
                    True,
                    timezone,
                    now,
                )
            )
            placements.append((id_, parent_id, path, PLACED_SINCE))
            warehouses.append((code, name, id_, path, row[7], row[5], 100, True, now))
            if kind not in ("BRAND", "BRANCH"):
                seller = _trading_parent(parent_code, kinds, known)
                partners.append(
                    (
                        id_,
                        path,
                        code,
                        name,
                        kind,
                        row[10],
                        row[11],
                        list(row[13] or []),
                        row[12],
                        row[7],
                        row[4],
                        row[5],
                        row[6],
                        row[8],
                        row[9],
                        sort_key,
                        search_text(code, name, "", row[10] or ""),
                        row[14],
                        seller,
                        now,
                    )
                )
        _copy(
            pg,
            "access_organization (id, code, name, kind, parent_id, path, sort_key, shown_to_all, is_active, timezone, created_at)",
            organizations,
        )
        _copy(pg, "access_placement (organization_id, parent_id, path, valid_from)", placements)
        _copy(
            pg,
            "inventory_warehouse (code, name, organization_id, owner_path, region_code, city, priority, is_active, created_at)",
            warehouses,
        )
        _copy(
            pg,
            "partners_partner (organization_id, owner_path, code, name, kind, uscc, tier, tags, channel, region_code, province,"
            " city, district, address, phone, sort_key, search_text, status, default_seller_id, created_at, updated_at,"
            " short_name, custom, version)",
            [(*partner, partner[-1], "", "{}", 1) for partner in partners],
        )
    _more_warehouses(pg, staging, known, now=now)
    places: dict[int, int] = dict(
        pg.execute("SELECT organization_id, min(id) FROM inventory_warehouse GROUP BY 1").fetchall()
    )
    codes = pg.execute("SELECT code, id, organization_id FROM inventory_warehouse").fetchall()
    staging.execute(
        "CREATE OR REPLACE TABLE h_organization (code VARCHAR, id BIGINT, path VARCHAR, name VARCHAR, tier VARCHAR, region_code VARCHAR, province VARCHAR, city VARCHAR, warehouse_id BIGINT)"
    )
    names = {row[0]: (row[1], row[11], row[7], row[4], row[5]) for row in rows}
    insert_rows(
        staging,
        "h_organization",
        [
            (code, id_, path, *names.get(code, ("", "", "", "", "")), places.get(id_))
            for code, (id_, path) in known.items()
            if code in names
        ],
    )
    staging.execute("CREATE OR REPLACE TABLE h_warehouse (code VARCHAR, id BIGINT, organization_id BIGINT)")
    insert_rows(staging, "h_warehouse", codes)


def _trading_parent(
    parent_code: str | None, kinds: dict[str, tuple[str, str | None]], known: dict[str, tuple[int, str]]
) -> int | None:
    """Who sells to a new partner: the nearest above it that trades; a branch only watches."""
    code = parent_code
    while code is not None and kinds[code][0] == "BRANCH":
        code = kinds[code][1]
    return known[code][0] if code is not None else None


def _kinds(pg: psycopg.Connection, rows: list[tuple[Any, ...]]) -> dict[str, tuple[str, str | None]]:
    """Kind and parent's code by code, of what stands and what is staged."""
    found: dict[str, tuple[str, str | None]] = {
        code: (kind, parent)
        for code, kind, parent in pg.execute(
            "SELECT o.code, o.kind, p.code FROM access_organization o LEFT JOIN access_organization p ON p.id = o.parent_id"
        ).fetchall()
    }
    return found | {row[0]: (row[2], row[3]) for row in rows}


def _more_warehouses(
    pg: psycopg.Connection,
    staging: duckdb.DuckDBPyConnection,
    known: dict[str, tuple[int, str]],
    *,
    now: datetime,
) -> None:
    """Warehouses beside each organization's own, when the source stages `h_more_warehouse`."""
    staged = staging.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'h_more_warehouse'").fetchone()
    if staged is None:
        return
    for code, name, owner, city, region_code in staging.execute("SELECT * FROM h_more_warehouse").fetchall():
        pg.execute(
            "INSERT INTO inventory_warehouse (code, name, organization_id, owner_path, region_code, city, priority, is_active, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, 50, true, %s) ON CONFLICT (code) DO NOTHING",
            [code, name, *known[owner], region_code, city, now],
        )


def load_skus(pg: psycopg.Connection, staging: duckdb.DuckDBPyConnection, *, now: datetime) -> None:
    """Categories (`a > b` paths), brands, products, skus with case units and barcodes; ids go to `h_sku_id`."""
    rows = staging.execute(
        "SELECT code, name, coalesce(product_code, code), coalesce(product_name, name), category, brand, specification,"
        " base_unit, case_size, case_unit, tax_rate, shelf_life_days, standard_cost, barcode, image FROM h_sku ORDER BY code"
    ).fetchall()
    categories = _categories(pg, sorted({row[4] for row in rows}))
    brands = _by_code(pg, "catalog_brand", sorted({row[5] for row in rows if row[5]}))
    known: dict[str, int] = dict(pg.execute("SELECT code, id FROM catalog_product").fetchall())
    products: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        if row[2] not in known and row[2] not in products:
            key = sort_key_of(row[3])
            products[row[2]] = (
                row[2],
                row[3],
                brands.get(row[5]),
                categories[row[4]],
                row[14],
                "ACTIVE",
                key,
                search_text(row[2], row[3]),
                "{}",
                1,
                "",
                now,
                now,
            )
    _copy(
        pg,
        "catalog_product (code, name, brand_id, category_id, image, status, sort_key, search_text, custom, version, description, created_at, updated_at)",
        list(products.values()),
    )
    known = dict(pg.execute("SELECT code, id FROM catalog_product").fetchall())
    have: dict[str, int] = dict(pg.execute("SELECT code, id FROM catalog_sku").fetchall())
    fresh = [row for row in rows if row[0] not in have]
    first = _reserve(pg, "catalog_sku", len(fresh)) if fresh else 0
    skus, units = [], []
    for id_, row in enumerate(fresh, start=first):
        key = sort_key_of(row[1])
        skus.append(
            (
                id_,
                known[row[2]],
                row[0],
                row[1],
                row[6],
                row[7],
                True,
                row[10],
                row[11],
                row[12],
                "ACTIVE",
                key,
                f"{search_text(row[0], row[1], row[6] or '')} {row[13] or ''}".strip(),
                0,
                0,
                1,
                now,
                now,
            )
        )
        units.append((id_, row[7], 1, 1, row[13] or "", row[8] == 1))
        if row[8] and row[8] > 1:
            units.append((id_, row[9] or "箱", row[8], 1, "", True))
    _copy(
        pg,
        "catalog_sku (id, product_id, code, name, specification, base_unit, is_whole, tax_rate, shelf_life_days,"
        " standard_cost, status, sort_key, search_text, order_minimum, order_multiple, version, created_at, updated_at)",
        skus,
    )
    _copy(pg, "catalog_sku_unit (sku_id, unit, numerator, denominator, barcode, is_order_unit)", units)
    have = dict(pg.execute("SELECT code, id FROM catalog_sku").fetchall())
    staging.execute("CREATE OR REPLACE TABLE h_sku_id (code VARCHAR, id BIGINT)")
    insert_rows(staging, "h_sku_id", [(row[0], have[row[0]]) for row in rows])


def _categories(pg: psycopg.Connection, wanted: list[str]) -> dict[str, int]:
    """Ids by `parent > child` path; the code of a node is its whole path."""
    known: dict[str, int] = dict(pg.execute("SELECT code, id FROM catalog_category").fetchall())
    for path in wanted:
        parent: int | None = None
        walked: list[str] = []
        for name in path.split(" > "):
            walked.append(name)
            code = " > ".join(walked)
            if code not in known:
                row = pg.execute(
                    "INSERT INTO catalog_category (code, name, parent_id, path, position) VALUES (%s, %s, %s, %s, %s) RETURNING id",
                    [code, name, parent, code, len(known)],
                ).fetchone()
                assert row is not None  # noqa: S101 - RETURNING answers
                known[code] = row[0]
            parent = known[code]
    return known


def _by_code(pg: psycopg.Connection, table: str, names: list[str]) -> dict[str, int]:
    for name in names:
        pg.execute(
            f"INSERT INTO {table} (code, name) VALUES (%s, %s) ON CONFLICT (code) DO NOTHING", [name, name]
        )
    return dict(pg.execute(f"SELECT code, id FROM {table}").fetchall())


def _reserve(pg: psycopg.Connection, table: str, count: int) -> int:
    """The first of `count` identity values nobody else will get."""
    row = pg.execute(
        "SELECT setval(s, CASE WHEN is_called THEN last_value ELSE last_value - 1 END + %s) - %s + 1"
        f" FROM (SELECT pg_get_serial_sequence('{table}', 'id')::regclass AS s) x, LATERAL"
        f" (SELECT last_value, is_called FROM {_sequence(pg, table)}) y",
        [count, count],
    ).fetchone()
    assert row is not None  # noqa: S101 - an aggregate-free select over two one-row sources
    return int(row[0])


def _sequence(pg: psycopg.Connection, table: str) -> str:
    row = pg.execute(f"SELECT pg_get_serial_sequence('{table}', 'id')").fetchone()
    assert row is not None  # noqa: S101
    return str(row[0])


def _copy(pg: psycopg.Connection, target: str, rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    with pg.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


reserve = _reserve
copy_rows = _copy
