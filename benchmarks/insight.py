"""Figures over millions of lines: against hand-written SQL on the same files, over the API, and how fresh.

The lines are generated straight into segments of the real manifest; orders of the freshness part are rows in
PostgreSQL that the synchronizer carries over.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.harness import Report, interleaved, median, percentile, report, scratch_database, target

LINES = 4_700_000
MONTHS = 24
PARTNERS = 2_000
SKUS = 4_000
LINES_PER_ORDER = 33
START, STOP = date(2024, 1, 1), date(2026, 1, 1)
ROUNDS = 9
RATE = 20
SECONDS = 20


def run(*, lines: int = LINES, seconds: int = SECONDS, rounds: int = ROUNDS) -> Report:
    """Three parts in one scratch database."""
    with scratch_database(), TemporaryDirectory(prefix="huiliu-bench-") as folder:
        from django.conf import settings

        settings.WAREHOUSE_ROOT = Path(folder)
        actor, orders_for = _masters()
        began = time.perf_counter()
        _segments(lines)
        generated = time.perf_counter() - began
        figures: dict[str, Any] = {"lines": lines, "generate_s": round(generated, 1)}
        targets = []
        for name, query, by_hand in _queries():
            ratio, ours, theirs, same = _against_hand_written(actor, query, by_hand, rounds=rounds)
            figures |= {
                f"{name}_ms": round(ours, 1),
                f"{name}_by_hand_ms": round(theirs, 1),
                f"{name}_same": same,
            }
            targets.append(target(f"{name}: ratio to hand-written SQL", ratio, 1.5, "x"))
            targets.append(target(f"{name}: rows that differ", 0 if same else 1, 0, "rows"))
        overhead, http = _over_the_api(actor, rounds=rounds)
        figures["api_request_ms"] = round(http, 1)
        targets.append(target("API over the engine", overhead, 30, "ms"))
        lags, missing = _freshness(orders_for, seconds=seconds)
        figures |= {
            "orders_written": len(lags) + missing,
            "visible_p50_s": round(percentile(lags, 0.5), 2),
            "visible_max_s": round(max(lags), 2),
        }
        targets.append(target("commit to visible, p95", percentile(lags, 0.95), 5, "s"))
        targets.append(target("orders never seen", missing, 0, "orders"))
        return report("insight", figures=figures, targets=targets)


def _masters() -> tuple[Any, tuple[Any, Any, Any]]:
    """A brand, its dealers and its goods; the actor who asks and the parties of new orders."""
    from django.db import connection

    from huiliu.access.models import Organization
    from huiliu.catalog.models import Category, Product, ProductBrand, Sku
    from huiliu.platform.database import system_reach
    from huiliu.testing.actors import NOW, a_brand, an_actor, an_organization

    with system_reach("tests"):
        brand = a_brand()
        dealer = an_organization(parent=brand)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO access_organization (code, name, kind, parent_id, path, timezone, sort_key, shown_to_all,"
                " is_active, created_at) SELECT 'B' || n, 'Dealer ' || n, 'DISTRIBUTOR', %s,"
                " %s || lpad(to_hex(n + 100000), 6, '0') || '.', 'Asia/Shanghai', '', false, true, now()"
                " FROM generate_series(1, %s) n",
                [brand.pk, brand.path, PARTNERS],
            )
        category = Category.objects.create(code="C", name="Category")
        brands = ProductBrand.objects.bulk_create(
            ProductBrand(code=f"BR{n}", name=f"Brand {n}") for n in range(30)
        )
        products = Product.objects.bulk_create(
            Product(
                code=f"P{n}",
                name=f"Product {n}",
                brand=brands[n % 30],
                category=category,
                created_at=NOW,
                updated_at=NOW,
            )
            for n in range(SKUS)
        )
        skus = Sku.objects.bulk_create(
            Sku(
                product=product,
                code=f"K{n}",
                name=f"Sku {n}",
                base_unit="bottle",
                created_at=NOW,
                updated_at=NOW,
            )
            for n, product in enumerate(products)
        )
        assert Organization.objects.count() == PARTNERS + 2
        return an_actor(brand), (brand, dealer, skus[0])


def _segments(lines: int) -> None:
    """`lines` order and shipment lines by month, in the columns and the sort order of the synchronizer."""
    from huiliu.insights import services
    from huiliu.insights.facts import ORDER, ORDERED, SHIPPED, Fact
    from huiliu.insights.models import Segment, WarehouseState
    from huiliu.insights.warehouse import files, place
    from huiliu.kernel.period import add_months
    from huiliu.platform.database import system_reach

    services.sync_warehouse(now=datetime.now(UTC))
    folder = place.folder()
    per_month = lines // MONTHS
    new: list[files.NewSegment] = []
    with files.workshop(folder) as workbench:

        def write(fact: Fact, month: date, source: str) -> None:
            types = files.types_of(fact.columns, is_wide=False)
            columns = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in types.items())
            new.append(
                files.write_segment(
                    workbench,
                    fact=fact.name,
                    month=month,
                    source=f"(SELECT {columns} FROM {source})",
                    folder=folder,
                )
            )

        for number in range(MONTHS):
            month = add_months(START, number)
            workbench.execute(
                f"""
                CREATE OR REPLACE TEMP TABLE line AS
                SELECT *, order_id AS document_id, date AS order_date, quantity * price AS gross_amount,
                       quantity * price AS net_amount, true AS is_filled, 1 AS warehouse_id, 0 AS days_to_ship,
                       'P' || (partner_id % 31) AS province, 'C' || (partner_id % 300) AS city
                  FROM (SELECT i, i // {LINES_PER_ORDER} AS n, i % {LINES_PER_ORDER} + 1 AS line_no,
                               md5('{number}/' || (i // {LINES_PER_ORDER}))::UUID AS order_id,
                               (DATE '{month}' + CAST(hash(i // {LINES_PER_ORDER}) % 28 AS INTEGER)) AS date,
                               3 + hash(i // {LINES_PER_ORDER}, 1) % {PARTNERS} AS partner_id, 1 AS seller_id,
                               'BRAND' AS seller_kind, '000001.' AS path_then, 'A' AS tier_then,
                               NULL AS region_code, 'CNY' AS currency, 'STANDARD' AS order_kind,
                               1 + hash(i) % {SKUS} AS sku_id, 1 + hash(i, 2) % 24 AS quantity,
                               CAST(1 + hash(i, 3) % 5000 AS DECIMAL(10,2)) / 100 AS price
                          FROM range({per_month}) AS t(i))
                """
            )
            write(ORDERED, month, "line")
            write(SHIPPED, month, "line")
            write(
                ORDER,
                month,
                "(SELECT any_value(COLUMNS(* EXCLUDE (order_id, gross_amount, net_amount))), order_id,"
                " count(*) AS line_count, sum(gross_amount) AS gross_amount, sum(net_amount) AS net_amount"
                " FROM line GROUP BY order_id)",
            )
    with system_reach("tests"):
        version = WarehouseState.objects.get().version + 1
        Segment.objects.bulk_create(
            Segment(
                id=s.id, fact=s.fact, month=s.month, file=s.file, row_count=s.row_count, added_version=version
            )
            for s in new
        )
        WarehouseState.objects.update(version=version, currencies=["CNY"])


def _queries() -> list[tuple[str, Any, str]]:
    """Name, metric query, and what an analyst would write by hand."""
    from huiliu.insights.types import MetricQuery
    from huiliu.kernel.period import Period

    period = Period(START, STOP)
    sales = MetricQuery(
        metrics=("gross_sales", "units_shipped"),
        dimensions=("month", "province", "brand"),
        period=period,
        limit=10_000,
    )
    many = MetricQuery(
        metrics=("net_sales", "orders", "active_partners"),
        dimensions=("quarter", "city", "brand"),
        period=period,
        limit=10_000,
    )
    where = f"f.date >= DATE '{START}' AND f.date < DATE '{STOP}' AND f.seller_kind IN ('BRAND', 'BRANCH')"
    sales_by_hand = f"""
        SELECT date_trunc('month', f.date), f.province, k.brand_code, sum(f.gross_amount), sum(f.quantity)
          FROM read_parquet({{shipped}}) f JOIN read_parquet({{sku}}) k ON k.id = f.sku_id
         WHERE {where} GROUP BY 1, 2, 3 ORDER BY 1, 4 DESC, 2, 3 LIMIT 10000"""
    many_by_hand = f"""
        WITH s AS (SELECT date_trunc('quarter', f.date) q, f.city, k.brand_code b, sum(f.gross_amount) AS amount
                     FROM read_parquet({{shipped}}) f JOIN read_parquet({{sku}}) k ON k.id = f.sku_id
                    WHERE {where} GROUP BY 1, 2, 3),
             o AS (SELECT date_trunc('quarter', f.date) q, f.city, k.brand_code b,
                          count(DISTINCT f.order_id) AS orders, count(DISTINCT f.partner_id) AS partners
                     FROM read_parquet({{ordered}}) f JOIN read_parquet({{sku}}) k ON k.id = f.sku_id
                    WHERE {where} GROUP BY 1, 2, 3)
        SELECT q, city, b, coalesce(amount, 0), coalesce(orders, 0), coalesce(partners, 0)
          FROM s FULL JOIN o USING (q, city, b) ORDER BY 1, 4 DESC, 2, 3 LIMIT 10000"""
    return [("month_region_brand", sales, sales_by_hand), ("quarter_city_brand_distinct", many, many_by_hand)]


def _against_hand_written(
    actor: Any, query: Any, by_hand: str, *, rounds: int
) -> tuple[float, float, float, bool]:
    """Ratio of the whole answer in process to the hand-written statement, and whether both say the same."""
    import duckdb

    from huiliu.insights import selectors
    from huiliu.insights.models import Segment
    from huiliu.insights.warehouse import files, place
    from huiliu.platform.database import reach_as

    with reach_as(actor.reach, user_id=actor.user_id):
        folder = place.folder()
        listed: dict[str, str] = {}
        for fact in ("shipped", "ordered", "dim_sku"):
            paths = Segment.objects.filter(fact=fact, retired_at=None).values_list("file", flat=True)
            listed[fact.removeprefix("dim_")] = files.path_list([folder / file for file in paths])
        sql = by_hand.format(**listed)
        other = duckdb.connect(config={"threads": 2, "memory_limit": "512MB"})
        now = datetime.now(UTC)
        last: dict[str, Any] = {}

        def ours() -> None:
            last["ours"] = selectors.query_metrics(actor=actor, query=query, now=now)

        def theirs() -> None:
            last["theirs"] = other.execute(sql).fetchall()

        ours()
        theirs()
        mine, hand = interleaved(ours, theirs, rounds=rounds)
        other.close()
    width = len(query.dimensions)
    answered = [tuple(Decimal(value or 0) for value in row.values) for row in last["ours"].rows]
    same = answered == [tuple(Decimal(value) for value in row[width:]) for row in last["theirs"]]
    return median(mine) / median(hand), median(mine), median(hand), same


def _over_the_api(actor: Any, *, rounds: int) -> tuple[float, float]:
    """A request of a dashboard's size through the whole WSGI application, minus the engine's own time."""
    from huiliu.platform.database import system_reach
    from huiliu.testing.api import Api

    with system_reach("tests"):
        api = Api(actor)
    body = {
        "metrics": ["gross_sales", "units_shipped", "order_lines"],
        "dimensions": ["month", "province", "brand"],
        "start": str(START),
        "end": str(STOP),
        "limit": 1000,
    }
    over, whole = [], []
    for number in range(rounds * 3 + 3):
        began = time.perf_counter()
        answer = api.post("/metrics/query", body)
        taken = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, answer.content
        if number >= 3:
            whole.append(taken)
            over.append(taken - answer.json()["engine_ms"])
    return median(over), median(whole)


class _Stream:
    """Orders written at a steady rate, a synchronizer beside them, and a reader that notes what it sees."""

    def __init__(self, parties: tuple[Any, Any, Any], *, seconds: int) -> None:
        self.brand, self.dealer, self.sku = parties
        self.count = RATE * seconds
        self.today = datetime.now(UTC).date()
        self.committed: dict[str, float] = {}
        self.visible: dict[str, float] = {}
        self.over = threading.Event()

    def write(self) -> None:
        from django.db import connection

        from huiliu.platform.database import system_reach
        from huiliu.testing.insights import Item, an_order

        items = [Item(self.sku, "1", "1.00")] * 10
        began = time.perf_counter()
        for number in range(self.count):
            time.sleep(max(0.0, began + number / RATE - time.perf_counter()))
            with system_reach("tests"):
                order = an_order(seller=self.brand, buyer=self.dealer, day=self.today, items=items)
            self.committed[str(order.id)] = time.perf_counter()
        connection.close()

    def synchronize(self) -> None:
        from django.db import connection

        from huiliu.insights import services

        while not self.over.is_set():
            services.sync_warehouse(now=datetime.now(UTC))
            self.over.wait(1.0)
        connection.close()

    def read(self) -> None:
        from django.db import connection

        from huiliu.insights.warehouse import engine
        from huiliu.platform.database import system_reach

        sql = "SELECT order_id FROM fact_order WHERE date = $day"
        while not self.over.wait(0.1):
            with system_reach("tests"):
                cursor, _ = engine.cursor()
                found = cursor.execute(sql, {"day": self.today}).fetchall()
                cursor.close()
            now = time.perf_counter()
            for (order,) in found:
                self.visible.setdefault(str(order), now)
        connection.close()


def _freshness(parties: tuple[Any, Any, Any], *, seconds: int) -> tuple[list[float], int]:
    """Seconds from the commit of each order until a reader sees it, and how many it never saw."""
    stream = _Stream(parties, seconds=seconds)
    writer = threading.Thread(target=stream.write)
    others = [threading.Thread(target=work) for work in (stream.synchronize, stream.read)]
    for thread in (writer, *others):
        thread.start()
    writer.join(seconds * 10)
    deadline = time.perf_counter() + 20
    while len(stream.visible) < len(stream.committed) and time.perf_counter() < deadline:
        time.sleep(0.2)
    stream.over.set()
    for thread in others:
        thread.join(30)
    seen = stream.visible
    lags = [max(seen[order] - at, 0.0) for order, at in stream.committed.items() if order in seen]
    return lags, len(stream.committed) - len(lags)
