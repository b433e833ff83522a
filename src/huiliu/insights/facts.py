"""The facts of the warehouse: what a row is, and the SQL that reads it from the documents.

Every query reads the rows that transactions `lo <= xid < hi` wrote; `hi` is below every running transaction,
so the same rows come back whenever it is asked again. Columns with the same name mean the same in every fact.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

#: Column types as DuckDB writes them. AMOUNT becomes the narrow or the wide decimal.
AMOUNT: Final = "AMOUNT"


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of row.

    `key` is unique. A `replaced_by` fact is not append-only: all rows with the same value of that column are
    exchanged whenever one of them is news, and `is_counted` says which of the new ones stay.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    sql: str
    key: tuple[str, ...]
    replaced_by: str = ""

    @property
    def table(self) -> str:
        return f"fact_{self.name}"

    def column_names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


#: Who, where and when: the same in every fact about an order.
_PARTIES: Final = (
    ("date", "DATE"),
    ("order_date", "DATE"),
    ("order_id", "UUID"),
    ("partner_id", "BIGINT"),
    ("seller_id", "BIGINT"),
    ("seller_kind", "VARCHAR"),
    ("path_then", "VARCHAR"),
    ("tier_then", "VARCHAR"),
    ("region_code", "VARCHAR"),
    ("province", "VARCHAR"),
    ("city", "VARCHAR"),
    ("currency", "VARCHAR"),
    ("order_kind", "VARCHAR"),
)
_LINE: Final = (
    ("document_id", "UUID"),
    ("line_no", "INTEGER"),
    ("sku_id", "BIGINT"),
    ("quantity", AMOUNT),
    ("gross_amount", AMOUNT),
    ("net_amount", AMOUNT),
)


def _parties(date: str) -> str:
    """The select list of `_PARTIES` for an order `o`."""
    return (
        f"{date} AS date, o.business_date AS order_date, o.id AS order_id, o.buyer_id, o.seller_id, s.kind,"
        " o.buyer_path_then, nullif(o.buyer_tier_then, ''), nullif(o.region_code_then, ''),"
        " coalesce(nullif(o.province_then, ''), province.name), coalesce(nullif(o.city_then, ''), city.name),"
        " o.currency, o.kind AS order_kind"
    )


def _places(alias: str) -> str:
    """Names of the province and the city of a region code, for documents that carry the code only."""
    code = f"{alias}.region_code_then"
    return (
        f" LEFT JOIN partners_region province ON {code} <> '' AND province.code = left({code}, 2) || '0000'"
        f" LEFT JOIN partners_region city ON {code} <> '' AND city.code = left({code}, 4) || '00'"
        f" LEFT JOIN access_organization s ON s.id = {alias}.seller_id"
    )


def _news(alias: str) -> str:
    """Stands where a window of transactions will be filled in."""
    return f"NEWS({alias})"


@dataclass(frozen=True, slots=True)
class Window:
    """Transactions `lo <= xid < hi`. A first load (`lo` 0) also takes rows from `foreign` up to `foreign_until`:
    restored from another cluster, whose counter was ahead of this one's. Ours that have come so far meanwhile
    may be among them; later rounds tell rows apart by their key until our counter has passed `foreign_until`.
    """

    lo: int
    hi: int
    foreign: int = 0
    foreign_until: int = 0

    def sql_of(self, query: str) -> str:
        """The query with its window; the bounds are integers of our own."""

        def condition(found: re.Match[str]) -> str:
            column = f"{found[1]}.row_xid"
            if self.lo:
                return f"{column} >= {self.lo:d} AND {column} < {self.hi:d}"
            if self.foreign_until < self.foreign:
                return f"{column} < {self.hi:d}"
            return f"({column} < {self.hi:d} OR {column} BETWEEN {self.foreign:d} AND {self.foreign_until:d})"

        return re.sub(r"NEWS\((\w+)\)", condition, query)


#: The order's first shipment: by the transaction that wrote it, so that a later one never becomes the first.
_FIRST = (
    "NOT EXISTS (SELECT FROM orders_shipment earlier WHERE earlier.order_id = h.order_id"
    " AND (earlier.row_xid, earlier.shipped_at, earlier.id) < (h.row_xid, h.shipped_at, h.id))"
)
#: Lateral, not a sub-query in the select list: PostgreSQL remembers the answer for the lines of one order.
_FIRST_DAY = (
    " LEFT JOIN LATERAL (SELECT first.business_date FROM orders_shipment first WHERE first.order_id = l.order_id"
    " ORDER BY first.row_xid, first.shipped_at, first.id LIMIT 1) opening ON true"
)

ORDER = Fact(
    name="order",
    columns=(
        *_PARTIES,
        ("line_count", "INTEGER"),
        ("gross_amount", AMOUNT),
        ("net_amount", AMOUNT),
    ),
    key=("order_id",),
    sql=f"SELECT {_parties('o.business_date')}, o.line_count, o.gross_amount, o.net_amount"
    f" FROM orders_order o{_places('o')} WHERE {_news('o')}",
)
ORDERED = Fact(
    name="ordered",
    columns=(*_PARTIES, *_LINE),
    key=("document_id", "line_no"),
    sql=f"SELECT {_parties('o.business_date')}, l.order_id, l.line_no, l.sku_id, l.ordered, l.gross_amount, l.net_amount"
    f" FROM orders_line l JOIN orders_order o ON o.id = l.order_id{_places('o')} WHERE {_news('l')}",
)
SHIPPED = Fact(
    name="shipped",
    columns=(
        *_PARTIES,
        *_LINE,
        ("warehouse_id", "BIGINT"),
        ("is_filled", "BOOLEAN"),
        ("days_to_ship", "INTEGER"),
    ),
    key=("document_id", "line_no"),
    sql=f"SELECT {_parties('h.business_date')}, l.shipment_id, l.line_no, l.sku_id, l.shipped, l.gross_amount,"
    f" l.net_amount, h.warehouse_id, (l.shipped >= w.ordered AND h.business_date <= opening.business_date),"
    " h.business_date - o.business_date"
    " FROM orders_shipment_line l JOIN orders_shipment h ON h.id = l.shipment_id"
    " JOIN orders_order o ON o.id = l.order_id"
    f" JOIN orders_line w ON w.order_id = l.order_id AND w.line_no = l.line_no{_FIRST_DAY}{_places('o')} WHERE {_news('l')}",
)
DISPATCHED = Fact(
    name="dispatched",
    columns=(*_PARTIES, ("document_id", "UUID"), ("cycle_seconds", "BIGINT"), ("cycle_days", "BIGINT")),
    key=("document_id",),
    sql=f"SELECT {_parties('h.business_date')}, h.id,"
    " extract(epoch FROM h.shipped_at - o.submitted_at)::bigint, h.business_date - o.business_date"
    f" FROM orders_shipment h JOIN orders_order o ON o.id = h.order_id{_places('o')} WHERE {_news('h')} AND {_FIRST}",
)
CANCELLED = Fact(
    name="cancelled",
    columns=(*_PARTIES, *_LINE),
    key=("document_id", "line_no"),
    sql=f"SELECT {_parties('l.business_date')}, l.cancellation_id, l.line_no, l.sku_id, l.cancelled, l.gross_amount,"
    f" l.net_amount FROM orders_cancellation_line l JOIN orders_order o ON o.id = l.order_id{_places('o')}"
    f" WHERE {_news('l')}",
)
#: A return counts on the day it was taken in: the day it was asked for plus the days until then.
_TAKEN_IN = (
    "r.business_date + (coalesce((r.received_at AT TIME ZONE coalesce(s.timezone, 'Asia/Shanghai'))::date"
    " - (r.requested_at AT TIME ZONE coalesce(s.timezone, 'Asia/Shanghai'))::date, 0))"
)
RETURNED = Fact(
    name="returned",
    columns=(*_PARTIES, *_LINE, ("warehouse_id", "BIGINT"), ("is_counted", "BOOLEAN")),
    key=("document_id", "line_no"),
    replaced_by="document_id",
    sql=f"SELECT {_TAKEN_IN}, coalesce(o.business_date, r.business_date), r.order_id, r.buyer_id, r.seller_id, s.kind,"
    " r.buyer_path_then, nullif(r.buyer_tier_then, ''), nullif(r.region_code_then, ''),"
    " coalesce(nullif(r.province_then, ''), province.name), coalesce(nullif(r.city_then, ''), city.name),"
    " r.currency, coalesce(o.kind, 'STANDARD'), l.return_id, l.line_no, l.sku_id, l.returned, l.gross_amount,"
    " l.net_amount, r.warehouse_id, r.state = 'RECEIVED'"
    " FROM orders_return r JOIN orders_return_line l ON l.return_id = r.id"
    f" LEFT JOIN orders_order o ON o.id = r.order_id{_places('r')} WHERE {_news('r')}",
)


def _goods_side(account: str, side: int) -> str:
    return (
        f"SELECT (t.effective_at AT TIME ZONE coalesce(g.timezone, 'Asia/Shanghai'))::date, t.id, {side}, e.source_type,"
        " e.source_id, a.owner_id, place.path, p.tier, nullif(p.region_code, ''), nullif(p.province, ''),"
        f" nullif(p.city, ''), a.kind, a.place_id, a.sku_id, {side} * t.amount"
        f" FROM ledger_transfer t JOIN ledger_account a ON a.id = t.{account}"
        " JOIN ledger_entry e ON e.id = t.entry_id"
        " LEFT JOIN access_organization g ON g.id = a.owner_id"
        " LEFT JOIN partners_partner p ON p.organization_id = a.owner_id"
        " LEFT JOIN access_placement place ON place.organization_id = a.owner_id"
        " AND place.valid_from <= (t.effective_at AT TIME ZONE coalesce(g.timezone, 'Asia/Shanghai'))::date"
        " AND coalesce(place.valid_to, 'infinity'::date)"
        " > (t.effective_at AT TIME ZONE coalesce(g.timezone, 'Asia/Shanghai'))::date"
        f" WHERE {_news('t')} AND t.kind IN ('POST', 'SETTLE') AND a.kind IN ('stock', 'in_transit', 'sold_out')"
    )


MOVED = Fact(
    name="moved",
    columns=(
        ("date", "DATE"),
        ("transfer_id", "BIGINT"),
        ("side", "INTEGER"),
        ("document_type", "VARCHAR"),
        ("document_id", "UUID"),
        ("partner_id", "BIGINT"),
        ("path_then", "VARCHAR"),
        ("tier_then", "VARCHAR"),
        ("region_code", "VARCHAR"),
        ("province", "VARCHAR"),
        ("city", "VARCHAR"),
        ("account_kind", "VARCHAR"),
        ("warehouse_id", "BIGINT"),
        ("sku_id", "BIGINT"),
        ("quantity", AMOUNT),
    ),
    key=("transfer_id", "side"),
    sql=f"{_goods_side('debit_account_id', 1)} UNION ALL {_goods_side('credit_account_id', -1)}",
)

FACTS: Final = {fact.name: fact for fact in (ORDER, ORDERED, SHIPPED, DISPATCHED, CANCELLED, RETURNED, MOVED)}
#: Where the highest transaction id of restored rows is looked for.
SOURCE_TABLES: Final = (
    "orders_order",
    "orders_line",
    "orders_shipment",
    "orders_shipment_line",
    "orders_cancellation_line",
    "orders_return",
    "ledger_transfer",
)


@dataclass(frozen=True, slots=True)
class DimensionTable:
    """A small table that is read whole and loaded into each process."""

    name: str
    columns: tuple[tuple[str, str], ...]
    sql: str


ORGANIZATIONS = DimensionTable(
    name="organization",
    columns=(
        ("id", "BIGINT"),
        ("segment", "VARCHAR"),
        ("code", "VARCHAR"),
        ("name", "VARCHAR"),
        ("kind", "VARCHAR"),
        ("path", "VARCHAR"),
        ("tier", "VARCHAR"),
        ("channel", "VARCHAR"),
        ("status", "VARCHAR"),
    ),
    sql="SELECT o.id, lpad(to_hex(o.id), 6, '0'), o.code, o.name, o.kind, o.path, nullif(p.tier, ''),"
    " nullif(p.channel, ''), p.status FROM access_organization o"
    " LEFT JOIN partners_partner p ON p.organization_id = o.id ORDER BY o.id",
)
SKUS = DimensionTable(
    name="sku",
    columns=(
        ("id", "BIGINT"),
        ("code", "VARCHAR"),
        ("name", "VARCHAR"),
        ("product_code", "VARCHAR"),
        ("product_name", "VARCHAR"),
        ("brand_code", "VARCHAR"),
        ("brand_name", "VARCHAR"),
        ("category_code", "VARCHAR"),
        ("category_name", "VARCHAR"),
        ("category_1_code", "VARCHAR"),
        ("category_1_name", "VARCHAR"),
        ("category_2_code", "VARCHAR"),
        ("category_2_name", "VARCHAR"),
        ("category_3_code", "VARCHAR"),
        ("category_3_name", "VARCHAR"),
    ),
    sql="WITH RECURSIVE tree AS ("
    " SELECT id, code, name, ARRAY[code] AS codes, ARRAY[name] AS names FROM catalog_category WHERE parent_id IS NULL"
    " UNION ALL SELECT c.id, c.code, c.name, t.codes || c.code, t.names || c.name"
    " FROM catalog_category c JOIN tree t ON t.id = c.parent_id)"
    " SELECT k.id, k.code, k.name, p.code, p.name, b.code, b.name, t.code, t.name,"
    " t.codes[1], t.names[1], t.codes[2], t.names[2], t.codes[3], t.names[3]"
    " FROM catalog_sku k JOIN catalog_product p ON p.id = k.product_id LEFT JOIN catalog_brand b ON b.id = p.brand_id"
    " LEFT JOIN tree t ON t.id = p.category_id ORDER BY k.id",
)
WAREHOUSES = DimensionTable(
    name="warehouse",
    columns=(("id", "BIGINT"), ("code", "VARCHAR"), ("name", "VARCHAR")),
    sql="SELECT id, code, name FROM inventory_warehouse ORDER BY id",
)
DIMENSION_TABLES: Final = {table.name: table for table in (ORGANIZATIONS, SKUS, WAREHOUSES)}
DIMENSION_SOURCES: Final = (
    "access_organization",
    "partners_partner",
    "catalog_sku",
    "catalog_product",
    "catalog_brand",
    "catalog_category",
    "inventory_warehouse",
)


def definition() -> str:
    """Changes whenever the meaning of a stored column may have changed: the warehouse is then loaded anew."""
    text = repr(sorted(FACTS.items())) + repr(sorted(DIMENSION_TABLES.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
