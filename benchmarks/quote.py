"""A 50-line cart priced for one of 2,000 partners, each with a list of its own: 200,000 price rows against 20,000.

Both networks live in databases of one run and are asked in turns. What is timed is the whole service that the API
calls (range, quantities, prices with their reasons), inside the request's transaction and the partner's own reach.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from benchmarks.harness import Report, median, percentile, report, scratch_database, target, timed

ROWS_PER_PARTNER = 100
PARTNERS = (200, 2_000)
SKUS = 500
CART_LINES = 50
ROUNDS = 30
CARTS_PER_ROUND = 20
NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Network:
    """One brand's database: who buys, and what is in each one's own list."""

    database: str
    brand_id: int
    first_buyer: int
    buyers: int
    first_sku: int

    def carts(self, seed: int, count: int) -> list[tuple[int, list[int]]]:
        """Buyers with the goods of their cart: every line meets the partner's own list and the base list."""
        dice = random.Random(seed)  # noqa: S311 - a fixed draw, not a secret
        found = []
        for _ in range(count):
            number = dice.randrange(self.buyers)
            offsets = dice.sample(range(ROWS_PER_PARTNER), CART_LINES)
            skus = [self.first_sku + (number * 7 + offset) % SKUS for offset in offsets]
            found.append((self.first_buyer + number, skus))
        return found


def run(*, rounds: int = ROUNDS, partners: tuple[int, int] = PARTNERS) -> Report:
    """Quote in turns on a small and a large network; the first quote after a publication is measured too."""
    with scratch_database() as small_name, scratch_database() as large_name:
        from huiliu.testing import databases

        networks = []
        for name, count in ((small_name, partners[0]), (large_name, partners[1])):
            databases.use(name)
            networks.append(_arrange(name, count))
        loads = [_first_load(one) for one in networks]
        small, large = _in_turns(networks, rounds=rounds)
        databases.use(large_name)
        reload_ms = _after_a_publication(networks[1])
    rows = [count * ROWS_PER_PARTNER + SKUS for count in partners]
    p95 = percentile(large["service"], 0.95)
    ratio = median(large["service"]) / median(small["service"])
    return report(
        "quote",
        figures={
            "price_rows": rows[1],
            "price_rows_small": rows[0],
            "cart_lines": CART_LINES,
            "quotes_each": len(large["service"]),
            "service_p50_ms": round(median(large["service"]), 2),
            "service_p95_ms": round(p95, 2),
            "service_small_p50_ms": round(median(small["service"]), 2),
            "service_small_p95_ms": round(percentile(small["service"], 0.95), 2),
            "service_max_ms": round(max(large["service"]), 2),
            "prices_only_p50_ms": round(median(large["prices"]), 2),
            "prices_only_small_p50_ms": round(median(small["prices"]), 2),
            "first_load_ms": round(loads[1], 1),
            "first_quote_after_publication_ms": round(reload_ms, 1),
        },
        targets=[
            target("50 lines inside the service, p95", p95, 20, "ms"),
            target("ratio to a tenth of the rows", ratio, 1.3, "x"),
            target(
                "prices alone: ratio to a tenth", median(large["prices"]) / median(small["prices"]), 1.3, "x"
            ),
        ],
    )


def _arrange(name: str, partners: int) -> Network:
    """Goods, partners, a base list and one list a partner, written as the services leave them."""
    from django.db import connection

    from huiliu.platform.database import system_reach
    from huiliu.testing.actors import a_brand
    from huiliu.testing.trade import everything_sellable

    with system_reach("tests"), connection.cursor() as cursor:
        brand = a_brand()
        everything_sellable()
        cursor.execute(
            "INSERT INTO access_organization (code, name, kind, parent_id, path, timezone, sort_key, shown_to_all,"
            " is_active, created_at) SELECT 'P' || n, 'Dealer ' || n, 'DISTRIBUTOR', %s, '?' || n, 'Asia/Shanghai',"
            " '', false, true, %s FROM generate_series(1, %s) n RETURNING id",
            [brand.pk, NOW, partners],
        )
        buyers = sorted(row[0] for row in cursor.fetchall())
        cursor.execute(
            "UPDATE access_organization SET path = %s || lpad(to_hex(id), 6, '0') || '.' WHERE path LIKE '?%%'",
            [brand.path],
        )
        first_sku = _goods(cursor)
        _lists(cursor, brand_id=brand.pk, first_sku=first_sku)
    return Network(name, brand.pk, buyers[0], len(buyers), first_sku)


def _goods(cursor: Any) -> int:
    """500 skus counted in 瓶 with a 箱 of 24; returns the first id."""
    from huiliu.catalog.models import Category, Product, Sku, SkuUnit

    category = Category.objects.create(code="B", name="饮料", path="B")
    product = Product.objects.create(code="B", name="饮料", category=category, created_at=NOW, updated_at=NOW)

    skus = Sku.objects.bulk_create(
        Sku(
            product=product,
            code=f"S{number:04d}",
            name=f"商品{number}",
            base_unit="瓶",
            tax_rate=Decimal("0.13"),
            created_at=NOW,
            updated_at=NOW,
        )
        for number in range(SKUS)
    )
    SkuUnit.objects.bulk_create(SkuUnit(sku=sku, unit="瓶", numerator=1) for sku in skus)
    SkuUnit.objects.bulk_create(SkuUnit(sku=sku, unit="箱", numerator=24, is_order_unit=True) for sku in skus)
    cursor.execute("SELECT min(id) FROM catalog_sku")
    return int(cursor.fetchone()[0])


def _lists(cursor: Any, *, brand_id: int, first_sku: int) -> None:
    """Rows first: once a list is published the database takes no more."""
    cursor.execute(
        "CREATE TEMP TABLE made ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id AS buyer_id,"
        " gen_random_uuid() AS version_id FROM access_organization WHERE kind = 'DISTRIBUTOR'"
    )
    cursor.execute(
        "INSERT INTO pricing_row (version_id, sku_id, unit, numerator, denominator, unit_price, breaks, floor_price)"
        " SELECT version_id, %s + (n * 7 + k) %% %s, '箱', 24, 1, 60 + (n + k) %% 40,"
        ' \'[["240", "58.5"]]\', 50 FROM made, generate_series(0, %s) k',
        [first_sku, SKUS, ROWS_PER_PARTNER - 1],
    )
    cursor.execute(
        "INSERT INTO policies_member (version_id, organization_id) SELECT version_id, buyer_id FROM made"
    )
    cursor.execute(
        "INSERT INTO made SELECT -1, 0, gen_random_uuid() RETURNING version_id",
    )
    base = cursor.fetchone()[0]
    cursor.execute(
        "INSERT INTO pricing_row (version_id, sku_id, unit, numerator, denominator, unit_price, breaks)"
        " SELECT %s, %s + k, '瓶', 1, 1, 4.5, '[]' FROM generate_series(0, %s) k",
        [base, first_sku, SKUS - 1],
    )
    cursor.execute(
        "INSERT INTO policies_version (id, kind, code, name, version_no, state, seller_id, within_path, audience,"
        " content, valid_from, digest, width, members_no, publish_no, created_at, published_at, version)"
        " SELECT version_id, 'price_list', 'L' || n, 'L' || n, 1, 'PUBLISHED', %s, '', '{}', jsonb_build_object("
        " 'level', CASE WHEN n < 0 THEN 5 ELSE 2 END, 'currency', 'CNY', 'priority', 0, 'project', ''),"
        " '2026-01-01', '', CASE WHEN n >= 0 THEN 1 END, 0, nextval('policies_publish_seq'), %s, %s, 1 FROM made",
        [brand_id, NOW, NOW],
    )


def _first_load(network: Network) -> float:
    from huiliu.platform.database import system_reach
    from huiliu.pricing import services as pricing
    from huiliu.testing import databases

    databases.use(network.database)
    with system_reach("tests"):
        return timed(pricing.current_book)


def _in_turns(networks: list[Network], *, rounds: int) -> list[dict[str, list[float]]]:
    """Milliseconds of each quote, in rounds on the one and the other."""
    from huiliu.testing import databases

    taken: list[dict[str, list[float]]] = [{"service": [], "prices": []} for _ in networks]
    for turn in range(rounds):
        for index, network in enumerate(networks):
            databases.use(network.database)
            unmeasured, *carts = network.carts(turn, CARTS_PER_ROUND + 1)
            _quote(
                network, *unmeasured
            )  # a process serves one brand: the caches of goods follow the change first
            for buyer_id, skus in carts:
                service, prices = _quote(network, buyer_id, skus)
                taken[index]["service"].append(service)
                taken[index]["prices"].append(prices)
    return taken


def _quote(network: Network, buyer_id: int, skus: list[int]) -> tuple[float, float]:
    """Milliseconds of the whole service and of its prices alone, each in a transaction of its own."""
    from django.db import transaction

    from huiliu.access.rules import reach_of, scopes_of
    from huiliu.access.types import Actor, OrganizationKind, Role
    from huiliu.flows import place_order as flow
    from huiliu.kernel.paths import child_path
    from huiliu.kernel.quantity import UnitFactor
    from huiliu.orders.types import DraftLine
    from huiliu.platform.database import set_reach
    from huiliu.pricing import services as pricing

    path = child_path(child_path("", network.brand_id), buyer_id)
    roles = frozenset({Role.BUYER})
    kind = OrganizationKind.DISTRIBUTOR
    reach = reach_of(kind=kind, path=path, roles=roles)
    actor = Actor(None, buyer_id, path, kind, roles, scopes_of(roles), reach)
    lines = [DraftLine(sku_id, Decimal(number % 20 + 1), "箱") for number, sku_id in enumerate(skus)]
    case = UnitFactor("箱", 24)
    wanted = [pricing.Wanted(line.sku_id, case, line.quantity * 24, Decimal("0.13")) for line in lines]

    def whole() -> None:
        buyer, seller = flow.parties_of(actor=actor, buyer_id=None, seller_id=None)
        quote = flow.quote_order(actor=actor, buyer=buyer, seller=seller, lines=lines, now=NOW)
        assert len(quote.lines) == CART_LINES

    def prices_alone() -> None:
        pricing.price_lines(
            actor=actor,
            seller_id=network.brand_id,
            buyer_id=buyer_id,
            currency="CNY",
            on=NOW.date(),
            wanted=wanted,
            now=NOW,
        )

    taken = []
    for work in (whole, prices_alone):
        with transaction.atomic():
            set_reach(reach, user_id=None)
            taken.append(timed(work))
    return taken[0], taken[1]


def _after_a_publication(network: Network) -> float:
    """Milliseconds of the first quote after somebody published: one version is loaded, the others are shared."""
    from django.db import connection

    from huiliu.platform.database import system_reach

    with system_reach("tests"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE policies_version SET valid_to = '2030-01-01' WHERE code = 'L7' AND kind = 'price_list'"
        )
    buyer_id, skus = network.carts(1, 1)[0]
    return _quote(network, buyer_id, skus)[0]
