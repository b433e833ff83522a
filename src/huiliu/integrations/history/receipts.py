"""Money that came in: the receipts of a history, one document each."""

from __future__ import annotations

import duckdb

from huiliu.integrations.history.documents import HistoryOptions, _uuid

RECEIPT_COLUMNS = (
    "id, number, buyer_id, seller_id, buyer_path, seller_path, amount, currency, method, reference, value_date, note, state,"
    " entry_id, created_by, created_at, reversal_reason"
)


def build_receipts(db: duckdb.DuckDBPyConnection, options: HistoryOptions) -> None:
    """`h_receipt_head`: a receipt with its parties; the number follows."""
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_receipt_head AS
        SELECT r.key, {_uuid("receipt", options.source, "r.key", 'r."at"')} AS id, '' AS number, b.id AS buyer_id, b.path AS buyer_path,
               l.id AS seller_id, l.path AS seller_path, r.amount, r.method, r.reference, r.note, r."at",
               CAST(r."at" AT TIME ZONE '{options.timezone}' AS DATE) AS value_date
          FROM h_receipt r JOIN h_organization b ON b.code = r.buyer_code JOIN h_organization l ON l.code = r.seller_code"""
    )


def receipts_sql(options: HistoryOptions) -> str:
    user = "NULL" if options.user_id is None else str(options.user_id)
    return f"""
    SELECT r.id, r.number, r.buyer_id, r.seller_id, r.buyer_path, r.seller_path, r.amount, '{options.currency}', r.method,
           r.reference, r.value_date, r.note, 'POSTED', e.id, {user}, r."at", ''
      FROM h_receipt_head r JOIN h_entry e ON e.source_type = 'receipt' AND e.key = r.key ORDER BY r."at", r.number"""
