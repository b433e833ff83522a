"""The demo company's story is in its rows: as large as asked, one region falls because its stores leave."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from huiliu.access.rules import normal_phone
from huiliu.demo import content
from huiliu.demo.plan import plan
from huiliu.demo.services import LOGINS, _warehouses, phone_of
from huiliu.integrations.history.staging import open_staging

TODAY = date(2026, 11, 24)
YEAR_AGO = ("2025-08-01", "2025-11-01")
NOW = ("2026-08-01", "2026-11-01")


@pytest.fixture(scope="module")
def staged() -> duckdb.DuckDBPyConnection:
    db = open_staging()
    _warehouses(db)
    plan(db, today=TODAY)
    return db


def one(db: duckdb.DuckDBPyConnection, sql: str, *values: object) -> int:
    row = db.execute(sql, list(values)).fetchone()
    assert row is not None
    return int(row[0])


def test_it_is_as_large_as_a_brand_would_be(staged: duckdb.DuckDBPyConnection) -> None:
    kinds = dict(staged.execute("SELECT kind, count(*) FROM h_partner GROUP BY 1").fetchall())

    assert kinds["DISTRIBUTOR"] >= 300
    assert kinds["STORE"] >= 2000
    assert one(staged, "SELECT count(*) FROM h_sku") >= 200
    assert one(staged, "SELECT count(*) FROM h_line") >= 300_000


def stores_ordering(db: duckdb.DuckDBPyConnection, quarter: tuple[str, str], *, in_city: bool) -> int:
    sign = "=" if in_city else "<>"
    return one(
        db,
        "SELECT count(DISTINCT l.buyer_code) FROM h_line l JOIN h_partner s ON s.code = l.buyer_code"
        " JOIN h_partner d ON d.code = s.parent_code"
        f" WHERE s.kind = 'STORE' AND d.region_code {sign} ? AND l.submitted_at >= ?::date AND l.submitted_at < ?::date",
        content.DECLINE_CITY,
        *quarter,
    )


def bought(db: duckdb.DuckDBPyConnection, quarter: tuple[str, str]) -> int:
    return one(
        db,
        "SELECT sum(l.quantity) FROM h_line l JOIN h_partner d ON d.code = l.buyer_code"
        " WHERE d.kind = 'DISTRIBUTOR' AND d.region_code = ? AND l.submitted_at >= ?::date AND l.submitted_at < ?::date",
        content.DECLINE_CITY,
        *quarter,
    )


def test_the_city_in_decline_lost_its_stores_and_its_dealers_buy_less(
    staged: duckdb.DuckDBPyConnection,
) -> None:
    before, after = (stores_ordering(staged, quarter, in_city=True) for quarter in (YEAR_AGO, NOW))
    elsewhere = [stores_ordering(staged, quarter, in_city=False) for quarter in (YEAR_AGO, NOW)]

    assert before > 30
    assert after < before * 0.7
    assert abs(elsewhere[1] - elsewhere[0]) < elsewhere[0] * 0.05
    assert bought(staged, NOW) < bought(staged, YEAR_AGO) * 0.6


def test_receipts_are_late_in_one_branch_only(staged: duckdb.DuckDBPyConnection) -> None:
    late = dict(
        staged.execute(
            "SELECT warehouse_code = 'XN-W', avg((received_at - shipped_at > INTERVAL 5 DAY)::int)"
            " FROM h_line WHERE seller_code = 'MUHE' GROUP BY 1"
        ).fetchall()
    )

    assert late[True] > 0.25
    assert late[False] == 0


def test_the_same_day_is_planned_the_same_way_again() -> None:
    first, again = open_staging(), open_staging()
    for db in (first, again):
        _warehouses(db)
        plan(db, today=TODAY, months=2)

    for table in ("h_partner", "h_line", "h_parcel", "h_cancel", "h_return", "h_receipt", "h_sell_out"):
        # The sum of the rows' hashes: in whatever order they stand.
        total = f"SELECT (sum(hash(t)) % 1000000007)::bigint FROM {table} t"
        assert one(first, total) == one(again, total), table


def test_bad_data_is_where_the_page_says(staged: duckdb.DuckDBPyConnection) -> None:
    dealers = "FROM h_partner WHERE kind = 'DISTRIBUTOR'"
    without = staged.execute(f"SELECT code {dealers} AND uscc = '' ORDER BY 1").fetchall()
    nowhere = staged.execute(f"SELECT code {dealers} AND region_code = '' ORDER BY 1").fetchall()
    same = ", ".join(f"'{code}'" for code in content.SAME_COMPANY)

    assert [row[0] for row in without] == list(content.WITHOUT_USCC)
    assert [row[0] for row in nowhere] == list(content.WITHOUT_REGION)
    assert one(staged, f"SELECT count(DISTINCT phone) {dealers} AND code IN ({same})") == 1
    assert set(content.UNPRICED) <= {sku.code for sku in content.skus()}


def test_of_a_thousand_orders_some_stumble(staged: duckdb.DuckDBPyConnection) -> None:
    orders = one(staged, "SELECT count(DISTINCT order_key) FROM h_line WHERE seller_code = 'MUHE'")
    short = one(staged, "SELECT count(DISTINCT order_key) FROM h_parcel WHERE received < quantity")
    in_two = one(staged, "SELECT count(DISTINCT order_key) FROM h_parcel WHERE parcel = 2")
    off = one(staged, "SELECT count(DISTINCT order_key) FROM h_cancel")
    back = one(staged, "SELECT count(DISTINCT return_key) FROM h_return")

    assert 0.01 < short / orders < 0.035
    assert 0.03 < in_two / orders < 0.06
    assert 0.01 < off / orders < 0.03
    assert 0.015 < back / orders < 0.04


def test_late_payers_have_not_paid_for_two_months(staged: duckdb.DuckDBPyConnection) -> None:
    latest = dict(
        staged.execute('SELECT buyer_code, max(epoch_ms("at")) FROM h_receipt GROUP BY 1').fetchall()
    )
    newest = max(latest.values())

    for code in content.LATE_PAYERS:
        assert newest - latest[code] > 50 * 86_400_000


def test_every_login_has_a_phone_of_its_own_that_codes_can_go_to() -> None:
    phones = [phone_of(username) for username, *_ in LOGINS]

    assert [normal_phone(phone) for phone in phones] == [f"+86{phone}" for phone in phones]
    assert len(set(phones)) == len(LOGINS)
