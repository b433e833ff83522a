"""What goes wrong in a channel, staged: orders shipped in parts, goods that arrive short, what is called off, what comes back.

Which order stumbles follows from its key alone, so the same history stumbles the same way each time.
"""

from __future__ import annotations

from datetime import datetime

import duckdb

#: Of a thousand orders from the brand: how many arrive short, are shipped in two parts, lose a line, send goods back.
SHORT, IN_TWO, CALLED_OFF, RETURNED = 22, 45, 18, 26
REASONS = ("包装破损", "临期", "滞销退换", "错发")


def stumble(db: duckdb.DuckDBPyConnection, *, until: datetime) -> None:
    """Fill `h_parcel`, `h_cancel` and `h_return` for some of the staged orders; nothing lies behind `until`."""
    db.execute(
        """
        CREATE OR REPLACE TABLE d_order AS
        SELECT order_key, any_value(buyer_code) AS buyer_code, any_value(seller_code) AS seller_code,
               any_value(warehouse_code) AS warehouse_code, min(shipped_at) AS shipped_at, max(received_at) AS received_at,
               min(source_row) AS first_row, max(source_row) AS last_row,
               CAST(hash(order_key) % 1000 AS INTEGER) AS chance, CAST(hash(order_key || '!') % 4 AS INTEGER) AS other
          FROM h_line WHERE seller_code = 'MUHE' GROUP BY order_key HAVING count(*) > 2"""
    )
    short, in_two, off = SHORT, SHORT + IN_TWO, SHORT + IN_TWO + CALLED_OFF
    # Short: a case or less of one line is missing or broken.
    db.execute(
        f"""
        INSERT INTO h_parcel (order_key, parcel, source_row, quantity, shipped_at, received_at, received, reason)
        SELECT l.order_key, 1, l.source_row, l.quantity, o.shipped_at, o.received_at,
               CASE WHEN l.source_row = o.first_row THEN l.quantity - least(l.quantity, 1 + o.other * 3) ELSE l.quantity END,
               CASE WHEN o.other = 0 THEN 'DAMAGED' ELSE 'SHORT' END
          FROM h_line l JOIN d_order o USING (order_key) WHERE o.chance < {short}"""
    )
    # In two: the last lines follow two days later; what would be later than now is still under way.
    db.execute(
        f"""
        INSERT INTO h_parcel (order_key, parcel, source_row, quantity, shipped_at, received_at)
        SELECT l.order_key, CASE WHEN l.source_row <= (o.first_row + o.last_row) / 2 THEN 1 ELSE 2 END AS part, l.source_row,
               l.quantity, least(o.shipped_at + INTERVAL 2 DAY * (part - 1), CAST(? AS TIMESTAMPTZ)),
               CASE WHEN part = 1 THEN o.received_at WHEN o.received_at + INTERVAL 3 DAY < ?
                    THEN o.received_at + INTERVAL 3 DAY END
          FROM h_line l JOIN d_order o USING (order_key) WHERE o.chance >= {short} AND o.chance < {in_two}""",
        [until, until],
    )
    # Called off: the last line was never there.
    db.execute(
        f"""
        INSERT INTO h_parcel (order_key, parcel, source_row, quantity, shipped_at, received_at)
        SELECT l.order_key, 1, l.source_row, l.quantity, o.shipped_at, o.received_at
          FROM h_line l JOIN d_order o USING (order_key)
         WHERE o.chance >= {in_two} AND o.chance < {off} AND l.source_row < o.last_row"""
    )
    db.execute(
        f"""
        INSERT INTO h_cancel (order_key, source_row, quantity, cancelled_at, reason)
        SELECT l.order_key, l.source_row, l.quantity, o.received_at, '仓库缺货，客户不再等待'
          FROM h_line l JOIN d_order o USING (order_key)
         WHERE o.chance >= {in_two} AND o.chance < {off} AND l.source_row = o.last_row"""
    )
    listed = ", ".join(f"'{reason}'" for reason in REASONS)
    db.execute(
        f"""
        INSERT INTO h_return (source_row, return_key, return_number, order_key, buyer_code, seller_code, warehouse_code,
                              returned_at, business_date, sku_code, quantity, gross_amount, reason)
        SELECT l.source_row, 'R-' || l.order_key, '', l.order_key, o.buyer_code, o.seller_code, o.warehouse_code,
               o.received_at + INTERVAL 6 HOUR, CAST((o.received_at + INTERVAL 14 HOUR) AS DATE), l.sku_code,
               l.entered_quantity, l.gross_amount / l.quantity * l.entered_quantity, list_extract([{listed}], o.other + 1)
          FROM h_line l JOIN d_order o USING (order_key)
         WHERE o.chance >= {off} AND o.chance < {off + RETURNED} AND l.source_row = o.first_row
           AND o.received_at + INTERVAL 1 DAY < ?""",
        [until],
    )
    db.execute("UPDATE h_return SET gross_amount = round(gross_amount, 2)")
    db.execute("DROP TABLE d_order")
