"""Orders that did not simply arrive whole: several shipments, differences, cancellations, goods still under way.

Sources stage such orders in `h_parcel` and `h_cancel`; every other order is one shipment, received in full. What
each step carries is decided here by the rules of `orders`, line by line, in the order in which it happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb

from huiliu.integrations.history.documents import HistoryOptions, _uuid
from huiliu.integrations.history.staging import insert_rows
from huiliu.orders.rules import derive_state, part_of
from huiliu.orders.types import LineProgress, OrderState

ZERO = Decimal(0)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SCHEMA = """
CREATE OR REPLACE TABLE h_sent (order_key VARCHAR, parcel INTEGER, shipped_at TIMESTAMPTZ, received_at TIMESTAMPTZ,
  lines BIGINT, gross_amount DECIMAL(20,6), credited DECIMAL(20,6), differences BIGINT, shipped_state VARCHAR,
  received_state VARCHAR);
CREATE OR REPLACE TABLE h_sent_line (order_key VARCHAR, parcel INTEGER, line_no INTEGER, sku_id BIGINT,
  shipped DECIMAL(20,6), received DECIMAL(20,6), gross_amount DECIMAL(20,6), net_amount DECIMAL(20,6), reason VARCHAR);
CREATE OR REPLACE TABLE h_called_off (order_key VARCHAR, cancelled_at TIMESTAMPTZ, reason VARCHAR, lines BIGINT,
  gross_amount DECIMAL(20,6), state VARCHAR);
CREATE OR REPLACE TABLE h_called_off_line (order_key VARCHAR, cancelled_at TIMESTAMPTZ, line_no INTEGER, sku_id BIGINT,
  cancelled DECIMAL(20,6), gross_amount DECIMAL(20,6), net_amount DECIMAL(20,6));
CREATE OR REPLACE TABLE h_progress (order_key VARCHAR, line_no INTEGER, allocated DECIMAL(20,6), shipped DECIMAL(20,6),
  received DECIMAL(20,6), cancelled DECIMAL(20,6));
CREATE OR REPLACE TABLE h_life (order_key VARCHAR, state VARCHAR, shipped_at TIMESTAMPTZ, received_at TIMESTAMPTZ,
  closed_at TIMESTAMPTZ, version INTEGER);
"""


@dataclass(slots=True)
class _Line:
    """A line of such an order and how far it has come."""

    line_no: int
    sku_id: int
    ordered: Decimal
    gross: Decimal
    net: Decimal
    shipped: Decimal = ZERO
    received: Decimal = ZERO
    cancelled: Decimal = ZERO

    def take(self, units: Decimal, exponent: int) -> tuple[Decimal, Decimal]:
        """Gross and net of the next `units` that are shipped or cancelled."""
        before = self.shipped + self.cancelled
        gross, net = (
            part_of(amount, part=units, before=before, whole=self.ordered, exponent=exponent)
            for amount in (self.gross, self.net)
        )
        return gross, net

    def progress(self) -> LineProgress:
        left = self.ordered - self.shipped - self.cancelled
        return LineProgress(
            self.line_no, self.ordered, left, ZERO, self.shipped, self.received, self.cancelled, ZERO
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that happened to an order: (source_row, units, units received, reason) of each line it touched."""

    at: datetime
    kind: str  # ship | cancel | receive
    parcel: int
    rows: tuple[tuple[int, Decimal, Decimal, str], ...]


@dataclass(slots=True)
class _Tables:
    """Rows of the tables above."""

    sent: list[list[Any]] = field(default_factory=list)
    sent_lines: list[tuple[Any, ...]] = field(default_factory=list)
    called_off: list[tuple[Any, ...]] = field(default_factory=list)
    called_off_lines: list[tuple[Any, ...]] = field(default_factory=list)
    progress: list[tuple[Any, ...]] = field(default_factory=list)
    life: list[tuple[Any, ...]] = field(default_factory=list)


def build_parcels(db: duckdb.DuckDBPyConnection, options: HistoryOptions) -> None:
    """`h_shipment` and `h_shipment_line` of all orders; the tables above of those that were staged in parts.

    Raises: ValueError for parts of a history that has no steps (`delivered`).
    """
    db.execute(SCHEMA)
    db.execute(
        "CREATE OR REPLACE TABLE h_in_parts AS SELECT o.order_key FROM h_order o WHERE o.order_key IN"
        " (SELECT order_key FROM h_parcel UNION SELECT order_key FROM h_cancel)"
    )
    tables = _Tables()
    for order_key, lines, steps in _orders(db):
        if options.mode == "delivered":
            raise ValueError("a history that is delivered at once has no parcels and no cancellations")
        _live(tables, order_key, lines, steps, exponent=options.exponent)
    for table, rows in (
        ("h_sent", tables.sent),
        ("h_sent_line", tables.sent_lines),
        ("h_called_off", tables.called_off),
        ("h_called_off_line", tables.called_off_lines),
        ("h_progress", tables.progress),
        ("h_life", tables.life),
    ):
        insert_rows(db, table, rows)
    _all_shipments(db, options)


def _orders(db: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, dict[int, _Line], list[_Step]]]:
    """Each order in parts: its lines by source row, its steps in time."""
    lines: dict[str, dict[int, _Line]] = {}
    for key, row, *values in db.execute(
        "SELECT d.order_key, d.source_row, d.line_no, d.sku_id, d.quantity, d.gross_amount, d.net_amount"
        " FROM h_detail d JOIN h_in_parts USING (order_key) ORDER BY ALL"
    ).fetchall():
        lines.setdefault(key, {})[row] = _Line(*values)
    steps: dict[str, list[_Step]] = {}
    for key, step in _steps(db):
        steps.setdefault(key, []).append(step)
    rank = ("ship", "cancel", "receive")
    for key in sorted(lines):
        yield key, lines[key], sorted(steps[key], key=lambda step: (step.at, rank.index(step.kind)))


def _steps(db: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, _Step]]:
    for key, parcel, shipped_at, received_at, rows in db.execute(
        "SELECT order_key, parcel, epoch_us(min(shipped_at)), epoch_us(min(received_at)),"
        " list((source_row, quantity, coalesce(received, quantity), reason) ORDER BY source_row)"
        " FROM h_parcel SEMI JOIN h_in_parts USING (order_key) GROUP BY ALL ORDER BY 1, 2"
    ).fetchall():
        taken = tuple(rows)
        yield key, _Step(_instant(shipped_at), "ship", parcel, taken)
        if received_at is not None:
            yield key, _Step(_instant(received_at), "receive", parcel, taken)
    for key, at, rows in db.execute(
        "SELECT order_key, epoch_us(cancelled_at), list((source_row, quantity, quantity, reason) ORDER BY source_row)"
        " FROM h_cancel SEMI JOIN h_in_parts USING (order_key) GROUP BY ALL ORDER BY 1, 2"
    ).fetchall():
        yield key, _Step(_instant(at), "cancel", 0, tuple(rows))


def _instant(microseconds: int) -> datetime:
    """DuckDB hands instants to Python through a package of time zones; a number needs none."""
    return EPOCH + timedelta(microseconds=microseconds)


def _live(
    tables: _Tables, order_key: str, lines: dict[int, _Line], steps: Iterable[_Step], *, exponent: int
) -> None:
    """The order's life, step by step, as the services would have written it."""
    sent: dict[int, list[Any]] = {}
    amounts: dict[tuple[int, int], Decimal] = {}
    first_shipped = received = closed = None
    state, version = OrderState.CONFIRMED, 2  # submitted and confirmed
    for step in steps:
        version += 1
        gross_of_step = ZERO
        for source_row, units, arrived, reason in step.rows:
            line = lines[source_row]
            if step.kind == "receive":
                carried = amounts[step.parcel, line.line_no]
                kept = part_of(carried, part=arrived, before=ZERO, whole=units, exponent=exponent)
                gross_of_step += carried - kept
                line.received += arrived
                line.shipped -= units - arrived
                line.cancelled += units - arrived
                continue
            gross, net = line.take(units, exponent)
            gross_of_step += gross
            if step.kind == "ship":
                line.shipped += units
                amounts[step.parcel, line.line_no] = gross
                why = reason if arrived < units else ""
                tables.sent_lines.append(
                    (order_key, step.parcel, line.line_no, line.sku_id, units, arrived, gross, net, why)
                )
            else:
                line.cancelled += units
                tables.called_off_lines.append(
                    (order_key, step.at, line.line_no, line.sku_id, units, gross, net)
                )
        state = derive_state(steps_open=(), lines=(line.progress() for line in lines.values()))
        if step.kind == "ship":
            first_shipped = first_shipped or step.at
            sent[step.parcel] = [
                *(order_key, step.parcel, step.at, None, len(step.rows), gross_of_step, ZERO, 0),
                *(state.value, ""),
            ]
        elif step.kind == "receive":
            different = sum(arrived < units for _, units, arrived, _ in step.rows)
            row = sent[step.parcel]
            row[3], row[6], row[7], row[9] = step.at, gross_of_step, different, state.value
        else:
            tables.called_off.append(
                (order_key, step.at, step.rows[0][3], len(step.rows), gross_of_step, state.value)
            )
        if state is OrderState.COMPLETED:
            received = received or step.at
        if state in (OrderState.COMPLETED, OrderState.CANCELLED):
            closed = closed or step.at
    tables.sent += sent.values()
    tables.life.append((order_key, state.value, first_shipped, received, closed, version))
    tables.progress += [
        (
            order_key,
            line.line_no,
            line.ordered - line.shipped - line.cancelled,
            line.shipped,
            line.received,
            line.cancelled,
        )
        for line in lines.values()
    ]


def _all_shipments(db: duckdb.DuckDBPyConnection, options: HistoryOptions) -> None:
    in_parts = "o.order_key IN (SELECT order_key FROM h_in_parts)"
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_shipment AS
        SELECT o.order_key, 0 AS parcel, o.shipment_id AS id, o.shipped_at, o.received_at, o.line_count AS lines, o.gross_amount,
               CAST(0 AS DECIMAL(20,6)) AS credited, CAST(0 AS BIGINT) AS differences, 'SHIPPED' AS shipped_state, 'COMPLETED' AS received_state,
               CAST(o.shipped_at AT TIME ZONE '{options.timezone}' AS DATE) AS business_date
          FROM h_order o WHERE NOT {in_parts}
        UNION ALL
        SELECT s.order_key, s.parcel, {_uuid("shipment", options.source, "s.order_key || '|' || s.parcel", "s.shipped_at")},
               s.* EXCLUDE (order_key, parcel), CAST(s.shipped_at AT TIME ZONE '{options.timezone}' AS DATE)
          FROM h_sent s"""
    )
    db.execute(
        f"""
        CREATE OR REPLACE VIEW h_shipment_line AS
        SELECT o.order_key, 0 AS parcel, o.line_no, o.sku_id, o.quantity AS shipped, o.quantity AS received, o.gross_amount,
               o.net_amount, '' AS reason
          FROM h_detail o WHERE NOT {in_parts}
        UNION ALL SELECT * FROM h_sent_line"""
    )
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_cancellation AS
        SELECT c.*, {_uuid("cancellation", options.source, "c.order_key || '|' || epoch_ms(c.cancelled_at)", "c.cancelled_at")} AS id,
               CAST(c.cancelled_at AT TIME ZONE '{options.timezone}' AS DATE) AS business_date
          FROM h_called_off c"""
    )


DIFFERENCE_COLUMNS = (
    "shipment_id, line_no, order_id, buyer_path, seller_path, shipped, received, reason, note"
)
DIFFERENCES_SQL = """
    SELECT s.id, l.line_no, o.id, o.buyer_path, o.seller_path, l.shipped, l.received, l.reason, ''
      FROM h_sent_line l JOIN h_shipment s USING (order_key, parcel) JOIN h_order o USING (order_key)
     WHERE l.received < l.shipped AND s.received_at IS NOT NULL"""
CANCELLATION_COLUMNS = (
    "cancellation_id, line_no, order_id, buyer_path, seller_path, sku_id, cancelled, gross_amount, net_amount, reason,"
    " business_date, cancelled_at, cancelled_by"
)


def cancellations_sql(options: HistoryOptions) -> str:
    user = "NULL" if options.user_id is None else str(options.user_id)
    return f"""
    SELECT c.id, l.line_no, o.id, o.buyer_path, o.seller_path, l.sku_id, l.cancelled, l.gross_amount, l.net_amount, c.reason,
           c.business_date, c.cancelled_at, {user}
      FROM h_called_off_line l JOIN h_cancellation c USING (order_key, cancelled_at) JOIN h_order o USING (order_key)"""
