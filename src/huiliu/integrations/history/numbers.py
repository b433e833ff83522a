"""Numbers of a history's documents: the source's own where it has them, else those the counters would have given."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import psycopg

from huiliu.integrations.history.staging import insert_rows

_PREFIX = {"order": "XS", "shipment": "CK", "return": "TH", "receipt": "SK"}
_DATED = {"DAY": "%Y%m%d", "MONTH": "%Y%m", "YEAR": "%Y"}


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one type is numbered; see platform/sql/numbering.sql."""

    prefix: str
    reset: str
    digits: int


def give_numbers(
    pg: psycopg.Connection,
    db: duckdb.DuckDBPyConnection,
    *,
    type: str,  # noqa: A002
    table: str,
    seller: str,
    day: str,
    order: str,
) -> None:
    """Fill the empty `number` of `table`, counted for each seller and period, and move the counters behind them.

    `seller`, `day` and `order` are columns. A number that somebody takes of the same period
    meanwhile is refused by its unique constraint: the load fails whole and runs again.
    """
    db.execute(f"UPDATE {table} SET number = '' WHERE number IS NULL")
    form = _numbering(pg, type)
    period = form.reset.lower()
    db.execute(
        f"""
        CREATE OR REPLACE TABLE h_counted AS
        SELECT rowid AS row, {seller} AS organization_id, CAST(date_trunc('{period}', {day}) AS DATE) AS first,
               row_number() OVER (PARTITION BY {seller}, date_trunc('{period}', {day}) ORDER BY {order}) AS n
          FROM {table} WHERE number = ''"""
    )
    given = db.execute(
        "SELECT organization_id, first, max(n) FROM h_counted GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    if not given:
        return
    last = _last(pg)
    used = {
        (organization_id, day): last - base
        for organization_id, day, base in pg.execute(
            "SELECT organization_id, day, base FROM platform_number_base WHERE type = %s", [type]
        ).fetchall()
    }
    db.execute("CREATE OR REPLACE TABLE h_used (organization_id BIGINT, first DATE, used BIGINT)")
    insert_rows(db, "h_used", [(*key, units) for key, units in used.items()])
    db.execute(
        f"""
        UPDATE {table} SET number = '{form.prefix}' || strftime(c.first, '{_DATED[form.reset]}') || '-'
               || lpad(CAST(c.n AS VARCHAR), CAST(greatest(length(CAST(c.n AS VARCHAR)), {form.digits}) AS INTEGER), '0')
          FROM (SELECT x.row, x.first, x.n + coalesce(u.used, 0) AS n FROM h_counted x
                  LEFT JOIN h_used u USING (organization_id, first)) c
         WHERE {table}.rowid = c.row"""
    )
    with pg.cursor() as cursor:
        # The next number of a period is `nextval - base`: one more than the last of the history.
        cursor.executemany(
            "INSERT INTO platform_number_base (type, organization_id, day, base) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (type, organization_id, day) DO UPDATE SET base = excluded.base",
            [
                [type, organization_id, first, last - count - used.get((organization_id, first), 0)]
                for organization_id, first, count in given
            ],
        )


def _last(pg: psycopg.Connection) -> int:
    """The last value that the counter of all numbers gave."""
    row = pg.execute(
        "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM platform_number_seq"
    ).fetchone()
    assert row is not None  # noqa: S101 - a sequence is one row
    return int(row[0])


def _numbering(pg: psycopg.Connection, type: str) -> Numbering:  # noqa: A002
    row = pg.execute("SELECT value FROM platform_setting WHERE key = %s", [f"numbering.{type}"]).fetchone()
    format_ = row[0] if row else {}
    return Numbering(
        prefix=format_.get("prefix") or _PREFIX.get(type, type[:2].upper()),
        reset=format_.get("reset") or "DAY",
        digits=int(format_.get("digits") or 4),
    )
