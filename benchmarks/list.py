"""A page of 50 orders among a million, as brand, region and dealer users see it, against plain SQL without row security.

The database is made once (a minute) and kept for the next run of the same schema. What is timed is the selector that
the API calls, inside the request's transaction and the user's reach; the reference is the same page by hand: same
columns, same rows, the reach as literals in WHERE, read as the owner, whom row security does not bind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from benchmarks.harness import (
    Report,
    interleaved,
    kept_database,
    median,
    percentile,
    report,
    target,
    timed,
)
from benchmarks.support.serving import Client, Server, owner_url, serve

ORDERS, BRANCHES, DEALERS = 1_000_000, 10, 2_000
PAGE = 50
NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
LIMIT = 1.5

#: Two years up to NOW, evenly; few dealers order most; a tenth are sales of a dealer to a store below it; what is not
#: done yet is recent. Parameters: orders, dealers by their first id.
FILL = """
INSERT INTO orders_order (id, number, seller_id, seller_path, seller_name, buyer_id, buyer_path, buyer_name,
  buyer_path_then, buyer_tier_then, region_code_then, province_then, city_then, kind, state, steps_open, currency,
  content_hash, gross_amount, net_amount, tax_amount, line_count, shortage_mode, external_number, buyer_note, address,
  business_date, submitted_by, on_behalf, custom, submitted_at, confirmed_at, shipped_at, received_at, closed_at, version)
SELECT gen_random_uuid(), CASE WHEN retail THEN 'S' ELSE 'B' END || to_char(at, 'YYYYMMDD') || '-' || lpad(i::text, 7, '0'),
       CASE WHEN retail THEN d.id ELSE b.id END, CASE WHEN retail THEN d.path ELSE b.path END,
       CASE WHEN retail THEN d.name ELSE b.name END, CASE WHEN retail THEN 900000 + i %% 90000 ELSE d.id END,
       buyer_path, CASE WHEN retail THEN d.name || '门店' || i %% 3 ELSE d.name END, buyer_path, 'A', '320500', '江苏省', '苏州市',
       'STANDARD', state, CASE state WHEN 'SUBMITTED' THEN '{CONFIRM}'::text[] ELSE '{}' END, 'CNY', '', gross, net,
       gross - net, 10, 'REFUSE', CASE WHEN i %% 10 = 0 THEN 'PO-' || i ELSE '' END, '', '{}', at::date, NULL, false, '{}',
       at, at, CASE WHEN done THEN at + interval '1 day' END, CASE WHEN done THEN at + interval '3 days' END,
       CASE WHEN done THEN at + interval '3 days' END, 1
  FROM (SELECT i, i %% 10 = 7 AS retail, i <= %(orders)s * 0.97 AS done, r, s,
               %(now)s - interval '730 days' * (1 - i / %(orders)s::float) AS at,
               round((100 + 9900 * g)::numeric, 2) AS gross, round((100 + 9900 * g)::numeric / 1.13, 2) AS net
          FROM (SELECT i, random() AS r, random() AS s, random() AS g FROM generate_series(1, %(orders)s) i) x) o
  JOIN bench_dealer d ON d.n = floor(%(dealers)s * r * r)::int
  CROSS JOIN (SELECT id, path, name FROM access_organization WHERE kind = 'BRAND') b
  CROSS JOIN LATERAL (SELECT CASE WHEN retail THEN d.path || lpad(to_hex(900000 + i %% 90000), 6, '0') || '.' ELSE d.path END
                             COLLATE "C" AS buyer_path,
                             CASE WHEN done THEN CASE WHEN s < 0.02 THEN 'CANCELLED' ELSE 'COMPLETED' END
                                  WHEN s < 0.3 THEN 'SUBMITTED' WHEN s < 0.6 THEN 'CONFIRMED' ELSE 'SHIPPED' END AS state) z
 ORDER BY i"""


@dataclass(frozen=True)
class Reader:
    """A user with what is asked on its behalf."""

    kind: str
    actor: Any
    token: str


@dataclass(frozen=True)
class Case:
    """One page: its filter, and the key of the row before it."""

    name: str
    where: Any
    after: tuple[datetime, UUID] | None = None


def run(*, orders: int = ORDERS, rounds: int = 100) -> Report:
    """Three kinds of users, six pages each, service and reference in turns; then the same over HTTP."""
    figures: dict[str, Any] = {"orders": orders, "dealers": DEALERS, "page": PAGE}
    targets = []
    with kept_database(f"list_{orders}", fill=lambda name: _fill(name, orders)) as name:
        readers = _readers()
        with serve(name) as server, psycopg.connect(owner_url(name)) as plain:
            for reader in readers:
                worst = 0.0
                for case in _cases(reader):
                    found = _measure(reader, case, plain, server, rounds=rounds)
                    figures[f"{reader.kind}: {case.name}"] = found
                    worst = max(worst, found["ratio_p95"])
                targets.append(target(f"{reader.kind}: p95 over plain SQL, worst page", worst, LIMIT, "x"))
    return report("list", figures=figures, targets=targets)


def _fill(name: str, orders: int) -> None:
    """Brand, branches, dealers and their orders."""
    from huiliu.access.models import Organization
    from huiliu.platform.database import system_reach
    from huiliu.testing.actors import a_brand, an_organization

    with system_reach("tests"):
        brand = a_brand(name="沐禾")
        branches = [an_organization(kind="BRANCH", parent=brand, name=f"大区{n}") for n in range(BRANCHES)]
        Organization.objects.bulk_create(
            Organization(
                code=f"D{n:05d}",
                name=f"第{n:04d}商贸有限公司",
                kind="DISTRIBUTOR",
                parent=branches[n % BRANCHES],
                path=f"?d{n}",
                created_at=NOW,
            )
            for n in range(DEALERS)
        )
    with psycopg.connect(owner_url(name)) as connection:
        connection.execute(
            "UPDATE access_organization o SET path = p.path || lpad(to_hex(o.id), 6, '0') || '.'"
            " FROM access_organization p WHERE p.id = o.parent_id AND o.kind = 'DISTRIBUTOR'"
        )
        connection.execute(
            "CREATE TEMP TABLE bench_dealer AS SELECT id, path, name, (row_number() OVER (ORDER BY id) - 1)::int AS n"
            " FROM access_organization WHERE kind = 'DISTRIBUTOR'"
        )
        connection.execute("SELECT setseed(0.5)")
        connection.execute(FILL, {"orders": orders, "dealers": DEALERS, "now": NOW})
    with psycopg.connect(owner_url(name), autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE) orders_order")


def _readers() -> list[Reader]:
    """Someone at headquarters, in one branch, at the largest dealer and at one in the middle."""
    from huiliu.access.models import Organization
    from huiliu.access.types import Role
    from huiliu.platform.database import system_reach
    from huiliu.testing.actors import a_token, a_user, an_actor

    found = []
    with system_reach("tests"):
        places = (
            ("brand", {"kind": "BRAND"}, Role.SALES_OPERATIONS),
            ("region", {"name": "大区3"}, Role.CHANNEL_MANAGER),
            ("largest dealer", {"code": "D00000"}, Role.OWNER),
            ("dealer", {"code": "D01000"}, Role.OWNER),
        )
        for kind, key, role in places:
            organization = Organization.objects.get(**key)
            user = a_user(organization, role, username=f"list-{kind}-{datetime.now(UTC).timestamp()}")
            actor = an_actor(organization, role, user=user)
            found.append(Reader(kind, actor, a_token(actor)))
    return found


def _cases(reader: Reader) -> Iterator[Case]:
    from huiliu.orders.selectors import OrderFilter, list_orders
    from huiliu.platform.database import reach_as

    yield Case("first page", OrderFilter())
    year_ago = (NOW.replace(year=NOW.year - 1), UUID(int=0))
    with reach_as(reader.actor.reach, user_id=None):
        rows = list_orders(where=OrderFilter(), after=year_ago, limit=2)
        name = rows[0]["buyer_name"]
        number = rows[-1]["number"]
    yield Case("deep page", OrderFilter(), year_ago)
    yield Case("state, recent", OrderFilter(states=("SUBMITTED",)))
    yield Case("state, rare", OrderFilter(states=("CANCELLED",)))
    yield Case("search by number", OrderFilter(text=number))
    yield Case("search by buyer", OrderFilter(text=name))


def _measure(
    reader: Reader, case: Case, plain: psycopg.Connection, server: Server, *, rounds: int
) -> dict[str, Any]:
    from huiliu.orders.selectors import list_orders
    from huiliu.platform.database import reach_as

    statement, parameters = _by_hand(reader, case)
    client = Client(server, reader.token)
    cursor = plain.cursor(row_factory=psycopg.rows.dict_row)
    pages: dict[str, list[Any]] = {}

    def by_hand() -> None:
        pages["plain"] = cursor.execute(statement, parameters).fetchall()

    def by_service() -> None:
        pages["ours"] = list_orders(
            where=case.where, reach=reader.actor.reach, after=case.after, limit=PAGE + 1
        )

    def over_http() -> None:
        status, answer = client.get(_path(case))
        if status != 200:
            raise RuntimeError(f"The list answered {status}: {answer[:500]!r}")

    with reach_as(reader.actor.reach, user_id=reader.actor.user_id):
        interleaved(by_hand, by_service, rounds=min(8, rounds // 2))
        hand, ours = interleaved(by_hand, by_service, rounds=rounds)
    plain.rollback()
    if [row["id"] for row in pages["plain"]] != [row["id"] for row in pages["ours"]]:
        raise RuntimeError(f"{reader.kind}, {case.name}: the two pages differ.")
    for _ in range(min(8, rounds // 2)):
        over_http()
    http = [timed(over_http) for _ in range(rounds)]
    return {
        "rows": len(pages["ours"]),
        "ratio_p95": round(percentile(ours, 0.95) / percentile(hand, 0.95), 2),
        "ratio_p50": round(median(ours) / median(hand), 2),
        "p50_ms": round(median(ours), 2),
        "p95_ms": round(percentile(ours, 0.95), 2),
        "plain_p50_ms": round(median(hand), 2),
        "plain_p95_ms": round(percentile(hand, 0.95), 2),
        "http_p50_ms": round(median(http), 2),
        "http_p95_ms": round(percentile(http, 0.95), 2),
    }


def _by_hand(reader: Reader, case: Case) -> tuple[sql.Composed, dict[str, Any]]:
    """What a careful person would write for that page."""
    from huiliu.orders.selectors import LIST_FIELDS

    reach, where = reader.actor.reach, case.where
    wanted: list[str] = []
    if not reach.everything:
        wanted.append(
            "((buyer_path >= %(lo)s AND buyer_path < %(hi)s) OR (seller_path >= %(lo)s AND seller_path < %(hi)s))"
        )
    if where.states:
        wanted.append("state = ANY (%(states)s)")
    if where.text:
        wanted.append(
            "(number = %(text)s OR number LIKE '%%' || %(text)s OR external_number = %(text)s"
            " OR buyer_name LIKE '%%' || %(text)s || '%%')"
        )
    if case.after is not None:
        wanted.append("(submitted_at, id) < (%(at)s, %(id)s)")
    at, id_ = case.after or (None, None)
    parameters = {
        "lo": reach.lo,
        "hi": reach.hi,
        "states": list(where.states),
        "text": where.text,
        "at": at,
        "id": id_,
    }
    columns = sql.SQL(", ").join(map(sql.Identifier, LIST_FIELDS))
    condition = sql.SQL(" AND ".join(wanted) or "true")
    return sql.SQL(
        "SELECT {} FROM orders_order WHERE {} ORDER BY submitted_at DESC, id DESC LIMIT 51"
    ).format(columns, condition), parameters


def _path(case: Case) -> str:
    from urllib.parse import urlencode

    from huiliu.platform.http.cursor import encode_cursor

    query: list[tuple[str, str]] = [("limit", str(PAGE))]
    query += [("state", state) for state in case.where.states]
    if case.where.text:
        query.append(("text", case.where.text))
    if case.after is not None:
        query.append(("cursor", encode_cursor([case.after[0].isoformat(), str(case.after[1])])))
    return "/orders?" + urlencode(query)
