"""Submitting orders over HTTP, against the bare SQL function that writes the same rows.

The server is the one `huiliu up` starts (granian, 2 workers of 4 threads) on a scratch database with durable commits.
Throughput: windows of both in turns, 8 clients each. CPU: what server processes and database backends used for an
order, against what the database backend used for the bare function. Then the races: the last pieces, the same cart
sent many times at once, and one hot sku.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import orjson

from benchmarks.harness import (
    Report,
    median,
    percentile,
    report,
    scratch_database,
    target,
    target_at_least,
)
from benchmarks.support.serving import (
    Client,
    Server,
    at_once,
    closed_loop,
    cpu_of_backends,
    owner_url,
    serve,
)

SKUS = 5_000
DEALERS = 8
STOCK = Decimal(10_000_000)
TABLES = (
    "orders_order",
    "orders_line",
    "ledger_entry",
    "ledger_transfer",
    "ledger_hold",
    "platform_event",
    "platform_idempotency_key",
)


@dataclass(frozen=True)
class Channel:
    """A brand with goods in one warehouse and dealers with money; parties are (id, path, name, user, token)."""

    brand: tuple[int, str, str]
    dealers: list[tuple[int, str, str, int, str]]
    warehouse: int
    skus: list[tuple[int, str, str]]
    last: tuple[int, str, str]  # the sku of which only 10 pieces are left
    hot: tuple[int, str, str]  # the sku that everyone wants


def run(*, seconds: float = 4.0, rounds: int = 9, skus: int = SKUS) -> Report:
    """Ratios first, races after them, all on one scratch database and one server."""
    with ExitStack() as stack:
        database = stack.enter_context(scratch_database())
        channel = _channel(skus)
        server = stack.enter_context(serve(database))
        reference = Reference(database, channel, server)
        figures: dict[str, Any] = {"skus": skus, "dealers": DEALERS}
        targets = [
            *_throughput(server, reference, channel, figures, seconds=seconds, rounds=rounds),
            *_cpu(server, reference, channel, figures, lines=100, orders=60, limit=15),
            *_cpu(server, reference, channel, figures, lines=1000, orders=12, limit=12),
            *_last_pieces(server, channel, figures),
            *_same_cart(server, channel, figures),
            *_hot_sku(server, channel, figures, seconds=seconds),
            *_nothing_wrong(),
        ]
        return report("order", figures=figures, targets=targets)


def _channel(count: int) -> Channel:
    """Masters by the services and builders of the tests; goods in bulk."""
    from huiliu.access.types import Role
    from huiliu.catalog.models import Category, Product, Sku, SkuUnit
    from huiliu.kernel.ids import uuid7
    from huiliu.ledger import services as ledger
    from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind, Source
    from huiliu.platform.database import system_reach
    from huiliu.testing.actors import NOW, a_brand, a_token, an_actor, an_organization
    from huiliu.testing.trade import a_price_list, a_warehouse, everything_sellable, prepay

    with system_reach("tests"):
        brand = a_brand(name="沐禾")
        manager, approver = an_actor(brand, Role.CHANNEL_MANAGER), an_actor(brand, Role.ADMINISTRATOR)
        category = Category.objects.create(code="饮料", name="饮料", path="饮料")
        stamp = {"created_at": NOW, "updated_at": NOW}
        products = Product.objects.bulk_create(
            Product(code=f"P{n:05d}", name=f"商品{n:05d}", category=category, **stamp) for n in range(count)
        )
        goods = Sku.objects.bulk_create(
            Sku(
                product=product,
                code=product.code,
                name=f"{product.name} 550ml",
                base_unit="瓶",
                tax_rate=Decimal("0.13"),
                **stamp,
            )
            for product in products
        )
        SkuUnit.objects.bulk_create(
            SkuUnit(sku=sku, unit=unit, numerator=size, is_order_unit=unit == "箱")
            for sku in goods
            for unit, size in (("瓶", 1), ("箱", 24))
        )
        everything_sellable()
        warehouse = a_warehouse(brand)
        prices = {sku.pk: f"{1 + n % 400}.50" for n, sku in enumerate(goods)}
        a_price_list(author=manager, approver=approver, seller=brand, prices=prices)
        for start in range(0, count, 500):
            ledger.apply(
                source=Source("opening", uuid7(), "open"),
                moves=[
                    Move(
                        MoveKind.POST,
                        Decimal(10) if sku is goods[-1] else STOCK,
                        debit=AccountRef(AccountKind.STOCK, brand.pk, sku_id=sku.pk, place_id=warehouse.pk),
                        credit=AccountRef(AccountKind.SUPPLY, brand.pk, sku_id=sku.pk),
                    )
                    for sku in goods[start : start + 500]
                ],
                user_id=None,
                now=NOW,
            )
        dealers = []
        for number in range(DEALERS):
            dealer = an_organization(kind="DISTRIBUTOR", parent=brand, name=f"苏州瑞丰商贸有限公司{number}")
            prepay(buyer=dealer, seller=brand, amount="9000000000")
            actor = an_actor(dealer, Role.OWNER)
            dealers.append((dealer.pk, dealer.path, dealer.name, actor.user_id or 0, a_token(actor)))
    named = [(sku.pk, sku.code, sku.name) for sku in goods]
    return Channel(
        (brand.pk, brand.path, brand.name), dealers, warehouse.pk, named[:-2], named[-1], named[-2]
    )


def _seeded(seed: int | str) -> Random:
    """The same goods in every run."""
    return Random(seed)  # noqa: S311 - nothing secret


def _body(channel: Channel, *, lines: int, random_: Random, order_id: Any = None) -> tuple[bytes, str]:
    """An order of random goods, and its key."""
    from huiliu.kernel.ids import uuid7

    order = str(order_id or uuid7())
    wanted = random_.sample(channel.skus, lines)
    rows = [{"sku_code": code, "quantity": str(random_.randint(1, 24))} for _, code, _ in wanted]
    return orjson.dumps({"id": order, "lines": rows}), order


def _submit(client: Client, channel: Channel, *, lines: int, random_: Random) -> bytes:
    body, key = _body(channel, lines=lines, random_=random_)
    status, answer = client.post("/orders", body, key=key)
    if status != 201:
        raise RuntimeError(f"{status}: {answer[:500]!r}")
    return answer


class Reference:
    """The bare function, fed with what a submitted order really stored (names, prices, traces, answer)."""

    def __init__(self, database: str, channel: Channel, server: Server) -> None:
        import psycopg

        self.database, self.channel = database, channel
        self.url = owner_url(database)
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute((Path(__file__).parent / "support" / "order.sql").read_text())
        random_ = _seeded(0)
        client = Client(server, channel.dealers[0][4])
        self.answer = _submit(client, channel, lines=10, random_=random_)
        with psycopg.connect(self.url, autocommit=True) as connection:
            self.trace = connection.execute("SELECT trace::text FROM orders_line LIMIT 1").fetchone()[0]  # type: ignore[index]

    def client(self, number: int, *, lines: int) -> Callable[[], None]:
        """A closure that writes one more order of `lines` lines on a connection of its own."""
        import psycopg

        from huiliu.kernel.ids import uuid7

        connection = psycopg.connect(self.url, autocommit=True, prepare_threshold=0)
        random_ = _seeded(number)
        seller, seller_path, seller_name = self.channel.brand
        buyer, buyer_path, buyer_name, user, _ = self.channel.dealers[number % DEALERS]
        marks = ", ".join(
            f"%s{cast}"
            for cast in (
                *[""] * 11,
                "::bigint[]",
                "::text[]",
                "::text[]",
                "::numeric[]",
                "::numeric[]",
                "::numeric[]",
                "::numeric[]",
                "::text[]::jsonb[]",
                "",
                "",
                "",
            )
        )
        statement = f"SELECT bench_order({marks})"
        traces = [self.trace] * lines

        def write() -> None:
            order = uuid7()
            now = datetime.now(UTC)
            wanted = random_.sample(self.channel.skus, lines)
            units = [Decimal(random_.randint(1, 24)) for _ in wanted]
            prices = [Decimal("10.50")] * lines
            gross = [one * Decimal("10.50") for one in units]
            net = [(one / Decimal("1.13")).quantize(Decimal("0.01")) for one in gross]
            connection.execute(
                statement,
                [
                    order,
                    now,
                    now.date(),
                    user,
                    seller,
                    seller_path,
                    seller_name,
                    buyer,
                    buyer_path,
                    buyer_name,
                    self.channel.warehouse,
                    [one[0] for one in wanted],
                    [one[1] for one in wanted],
                    [one[2] for one in wanted],
                    units,
                    prices,
                    gross,
                    net,
                    traces,
                    str(order),
                    order.bytes * 2,
                    self.answer,
                ],
            )

        return write

    def rows(self) -> Counter[str]:
        """Rows of every table that an order writes to."""
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            return Counter(
                {
                    table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]
                    for table in TABLES
                }
            )


def _throughput(
    server: Server,
    reference: Reference,
    channel: Channel,
    figures: dict[str, Any],
    *,
    seconds: float,
    rounds: int,
) -> list[dict[str, Any]]:
    """Orders of 10 lines per second, ours and bare, in turns."""
    clients = [Client(server, dealer[4]) for dealer in channel.dealers]
    randoms = [_seeded(100 + number) for number in range(DEALERS)]
    ours: list[Callable[[], Any]] = [
        partial(_submit, client, channel, lines=10, random_=random_)
        for client, random_ in zip(clients, randoms, strict=True)
    ]
    bare: list[Callable[[], Any]] = [reference.client(number, lines=10) for number in range(DEALERS)]
    closed_loop(ours, seconds=2)  # caches and prepared statements of every worker
    closed_loop(bare, seconds=1)
    ratios: list[float] = []
    rates: list[list[float]] = [[], []]
    latencies: list[float] = []
    written: Counter[str] = Counter()
    rows = [Counter[str](), Counter[str]()]
    for _ in range(rounds):
        for index, works in enumerate((ours, bare)):
            before = reference.rows()
            rate, taken, answers = closed_loop(works, seconds=seconds)
            rows[index] += reference.rows() - before
            written[str(index)] += len(answers)
            rates[index].append(rate)
            latencies += taken if index == 0 else []
        ratios.append(rates[0][-1] / rates[1][-1])
    per_order = [{table: rows[i][table] / written[str(i)] for table in TABLES} for i in (0, 1)]
    figures |= {
        "orders_per_s": round(median(rates[0])),
        "bare_orders_per_s": round(median(rates[1])),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "order_p50_ms": round(percentile(latencies, 0.5), 1),
        "order_p95_ms": round(percentile(latencies, 0.95), 1),
        "rows_per_order": per_order[0],
    }
    differing = sum(per_order[0][table] != per_order[1][table] for table in TABLES)
    return [
        target_at_least("10 lines, 8 clients: share of bare SQL", median(ratios), 0.35, "x"),
        target("tables with other row counts than bare", differing, 0, "tables"),
    ]


def _cpu(
    server: Server,
    reference: Reference,
    channel: Channel,
    figures: dict[str, Any],
    *,
    lines: int,
    orders: int,
    limit: float,
) -> list[dict[str, Any]]:
    """CPU of server and database for an order, as a multiple of what the bare function uses in the database."""
    client, random_ = Client(server, channel.dealers[0][4]), _seeded(lines)
    bare = reference.client(0, lines=lines)
    works: tuple[Callable[[], Any], ...] = (
        lambda: _submit(client, channel, lines=lines, random_=random_),
        bare,
    )
    used: list[list[float]] = [[], []]
    for turn in range(4):
        for index, work in enumerate(works):
            before = server.cpu() + cpu_of_backends(reference.database)
            for _ in range(orders):
                work()
            # The clock of a process has ticks of 10 ms: many orders between two looks.
            used[index].append((server.cpu() + cpu_of_backends(reference.database) - before) * 1000 / orders)
            if turn == 0:
                used[index].clear()  # first use: caches, prepared statements
    ours, theirs = sum(used[0]) / len(used[0]), sum(used[1]) / len(used[1])
    figures |= {f"cpu_{lines}_lines_ms": round(ours, 2), f"bare_cpu_{lines}_lines_ms": round(theirs, 2)}
    return [target(f"{lines} lines: CPU over bare SQL", ours / theirs, limit, "x")]


def _last_pieces(server: Server, channel: Channel, figures: dict[str, Any]) -> list[dict[str, Any]]:
    """20 clients want one of the last 10 pieces each."""
    answers = _all_want(server, channel, channel.last[1], clients=20)
    seconds, statuses = answers[0], Counter(status for status, _ in answers[1])
    codes = {orjson.loads(body)["code"] for status, body in answers[1] if status == 409}
    figures |= {
        "last_pieces_statuses": dict(statuses),
        "last_pieces_s": round(seconds, 3),
        "refusals": sorted(codes),
    }
    right = statuses == {201: 10, 409: 10} and codes == {"orders.insufficient_stock"}
    return [
        target("last 10 pieces, 20 clients: wrong answers", 0 if right else 1, 0, "answers"),
        target("last 10 pieces: until the last answer", seconds, 1, "s"),
    ]


def _all_want(
    server: Server, channel: Channel, code: str, *, clients: int
) -> tuple[float, list[tuple[int, bytes]]]:
    from huiliu.kernel.ids import uuid7

    def want(client: Client) -> Callable[[], tuple[int, bytes]]:
        order = str(uuid7())
        body = orjson.dumps({"id": order, "lines": [{"sku_code": code, "quantity": "1"}]})
        return lambda: client.post("/orders", body, key=order)

    return at_once([want(Client(server, channel.dealers[n % DEALERS][4])) for n in range(clients)])


def _same_cart(server: Server, channel: Channel, figures: dict[str, Any]) -> list[dict[str, Any]]:
    """One cart, sent 8 times at once: under one key, and under 8 keys as impatient clicks would."""
    token, wrong = channel.dealers[0][4], 0
    for name, keys in (("one_key", ["same"] * 8), ("eight_keys", [f"click-{n}" for n in range(8)])):
        body, order = _body(channel, lines=10, random_=_seeded(name))
        clients = [Client(server, token) for _ in keys]
        _, answers = at_once(
            [
                partial(client.post, "/orders", body, key=f"{order}/{key}")
                for client, key in zip(clients, keys, strict=True)
            ]
        )
        numbers = {orjson.loads(answer).get("number") for _, answer in answers}
        statuses = Counter(status for status, _ in answers)
        stored = _count("SELECT count(*) FROM orders_order WHERE id = %s", [order])
        figures[f"same_cart_{name}"] = {**statuses, "numbers": len(numbers), "orders": stored}
        wrong += statuses != {201: 8} or len(numbers) != 1 or stored != 1
    return [target("same cart 8 times: not one order", wrong, 0, "ways")]


def _hot_sku(
    server: Server, channel: Channel, figures: dict[str, Any], *, seconds: float
) -> list[dict[str, Any]]:
    """8 clients order the same goods as fast as they can."""
    from huiliu.kernel.ids import uuid7

    def want(client: Client) -> Callable[[], int]:
        def once() -> int:
            order = str(uuid7())
            body = orjson.dumps({"id": order, "lines": [{"sku_code": channel.hot[1], "quantity": "1"}]})
            return client.post("/orders", body, key=order)[0]

        return once

    held = "SELECT held FROM ledger_account WHERE kind = 'stock' AND sku_id = %s"
    before = _count(held, [channel.hot[0]])
    rate, taken, statuses = closed_loop(
        [want(Client(server, dealer[4])) for dealer in channel.dealers], seconds=seconds
    )
    found = Counter(statuses)
    promised = _count(held, [channel.hot[0]]) - before
    figures |= {
        "hot_sku_orders_per_s": round(rate),
        "hot_sku_p95_ms": round(percentile(taken, 0.95), 1),
        "hot_sku_statuses": dict(found),
    }
    return [
        target("hot sku: answers that are no order", len(statuses) - found[201], 0, "answers"),
        target("hot sku: promised beside orders", abs(int(promised) - found[201]), 0, "pieces"),
    ]


def _nothing_wrong() -> list[dict[str, Any]]:
    """The ledger's own proof over all that was written through it."""
    sold = _count(
        "SELECT count(*) FROM ledger_account WHERE kind = 'stock' AND floor IS NOT NULL AND balance - held < floor",
        [],
    )
    return [target("accounts below their floor", int(sold), 0, "accounts")]


def _count(sql: str, parameters: list[Any]) -> Any:
    from django.db import connection

    from huiliu.platform.database import system_reach

    with system_reach("tests"), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]
