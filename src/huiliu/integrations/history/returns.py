"""Staged returns: matched to an order's lines where the source names one, loose otherwise."""

from __future__ import annotations

import duckdb

from huiliu.integrations.history.documents import HistoryOptions, _uuid, net_of

RETURN_COLUMNS = (
    "id, number, order_id, seller_id, seller_path, buyer_id, buyer_path, buyer_path_then, region_code_then, province_then,"
    " city_then, buyer_tier_then, warehouse_id, state, currency, gross_amount, net_amount, reason, business_date,"
    " requested_at, received_at, requested_by"
)
RETURN_LINE_COLUMNS = (
    "return_id, line_no, order_line_no, buyer_path, seller_path, sku_id, returned, gross_amount, net_amount"
)


def build_returns(db: duckdb.DuckDBPyConnection, options: HistoryOptions) -> None:
    """`h_return_head` and `h_return_detail`; `h_returned` sums what came back of each order line."""
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_return_detail AS
        SELECT r.return_key, CAST(row_number() OVER (PARTITION BY r.return_key ORDER BY r.source_row) AS INTEGER) AS line_no,
               r.order_key, d.line_no AS order_line_no, s.id AS sku_id, r.quantity, r.gross_amount,
               CAST({net_of("r.gross_amount", options)} AS DECIMAL(20,6)) AS net_amount
          FROM h_return r JOIN h_sku_id s ON s.code = r.sku_code JOIN h_sku k ON k.code = r.sku_code
          LEFT JOIN (SELECT order_key, sku_id, min(line_no) AS line_no FROM h_detail GROUP BY ALL
                     HAVING count(*) = 1) d ON d.order_key = r.order_key AND d.sku_id = s.id
        """
    )
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_return_head AS
        WITH head AS (
          SELECT return_key, any_value(return_number) AS number, any_value(order_key) AS order_key,
                 any_value(buyer_code) AS buyer_code, any_value(seller_code) AS seller_code,
                 any_value(warehouse_code) AS warehouse_code, min(returned_at) AS returned_at,
                 min(business_date) AS business_date, any_value(reason) AS reason, any_value(province) AS province,
                 any_value(city) AS city
            FROM h_return GROUP BY return_key),
        amounts AS (SELECT return_key, sum(gross_amount) AS gross_amount, sum(net_amount) AS net_amount
                      FROM h_return_detail GROUP BY return_key)
        SELECT head.return_key, head.number, head.returned_at, head.business_date, head.reason,
               coalesce(head.province, b.province) AS province, coalesce(head.city, b.city) AS city,
               amounts.gross_amount, amounts.net_amount,
               o.number AS order_number,
               {_uuid("return", options.source, "head.return_key", "returned_at")} AS id, o.id AS order_id,
               b.id AS buyer_id, b.path AS buyer_path, b.tier AS buyer_tier, b.region_code,
               b.warehouse_id AS buyer_warehouse, s.id AS seller_id, s.path AS seller_path, w.id AS warehouse_id,
               row_number() OVER (ORDER BY returned_at, head.return_key) AS position
          FROM head JOIN amounts USING (return_key)
          JOIN h_organization b ON b.code = head.buyer_code JOIN h_organization s ON s.code = head.seller_code
          JOIN h_warehouse w ON w.code = head.warehouse_code LEFT JOIN h_order o ON o.order_key = head.order_key
        """
    )
    db.execute(
        """
        CREATE OR REPLACE TABLE h_returned AS
        SELECT r.order_key, r.order_line_no AS line_no, least(sum(r.quantity), any_value(d.quantity)) AS returned
          FROM h_return_detail r JOIN h_detail d ON d.order_key = r.order_key AND d.line_no = r.order_line_no
         GROUP BY ALL
        """
    )


def returns_sql(options: HistoryOptions) -> str:
    user = "NULL" if options.user_id is None else str(options.user_id)
    return f"""
    SELECT id, number, order_id, seller_id, seller_path, buyer_id, buyer_path, buyer_path, region_code, province, city,
           buyer_tier, warehouse_id, 'RECEIVED', '{options.currency}', gross_amount, net_amount, reason, business_date,
           returned_at, returned_at, {user}
      FROM h_return_head ORDER BY position"""


RETURN_LINES_SQL = """
    SELECT h.id, d.line_no, d.order_line_no, h.buyer_path, h.seller_path, d.sku_id, d.quantity, d.gross_amount, d.net_amount
      FROM h_return_detail d JOIN h_return_head h USING (return_key)"""
