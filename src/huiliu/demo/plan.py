"""The demo company's eighteen months, staged: who ordered what when, with seasons, a decline, late receipts.

Everything follows from the seed and the day it is loaded on; numbers move with `today`, never with chance.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import duckdb

from huiliu.demo import content
from huiliu.demo.calendar import season_factor, weekday_factor
from huiliu.demo.content import SkuContent
from huiliu.demo.stumbles import stumble

MONTHS = 18
LINES_WANTED = 300_000
BRAND_CODE = "MUHE"


#: After how many years of the plan the city in decline begins to lose its stores.
DECLINE_YEARS = 0.9
#: Fewer units of a sku are told together with the next week's.
FEW = 6
#: For how long late payers have not paid.
LATE_DAYS = 62


@dataclass(frozen=True, slots=True)
class Dealer:
    """A distributor of the plan: size, place, and how its demand moves."""

    code: str
    name: str
    branch: content.BranchContent
    region_code: str
    province: str
    city: str
    size: float
    tier: str
    number: int


def plan(db: duckdb.DuckDBPyConnection, *, today: date, months: int = MONTHS) -> None:
    """Fill staging for the eighteen (or fewer) months before `today`."""
    chance = random.Random(content.SEED)  # noqa: S311 - a demo, not a secret
    skus = content.skus()
    _insert_skus(db, skus)
    dealers = _dealers(chance)
    _insert_partners(db, dealers, chance)
    start = _months_before(today, months)
    lines, receipts, sold = _brand_orders(dealers, skus, start=start, today=today, chance=chance)
    until = _at(today, 6)
    _insert_lines(db, lines, until=until)
    store_lines = _store_orders(db, dealers, skus, start=start, today=today, chance=chance)
    _insert_lines(db, store_lines, until=until)
    _insert_many(db, 'h_receipt (key, buyer_code, seller_code, amount, "at")', receipts)
    _insert_many(db, 'h_sell_out (key, owner_code, sku_code, quantity, "at")', sold)
    stumble(db, until=until)
    _openings(db, start)


def _months_before(day: date, months: int) -> date:
    month = day.month - 1 - months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _insert_skus(db: duckdb.DuckDBPyConnection, skus: list[SkuContent]) -> None:
    db.executemany(
        "INSERT INTO h_sku (code, name, product_code, product_name, category, brand, specification, base_unit, case_size, case_unit,"
        " tax_rate, shelf_life_days, standard_cost, list_price, barcode, image) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                sku.code,
                sku.name,
                sku.product_code,
                sku.product_name,
                content.CATEGORIES[sku.category][0],
                sku.brand,
                sku.specification,
                sku.base_unit,
                sku.case_size,
                "箱",
                sku.tax_rate,
                sku.shelf_life_days,
                sku.cost,
                sku.base_price,
                sku.barcode,
                f"/static/demo/{sku.code}.svg",
            )
            for sku in skus
        ],
    )


def _dealers(chance: random.Random) -> list[Dealer]:
    found: list[Dealer] = []
    for branch in content.BRANCHES:
        for region_code, province, city, count in branch.cities:
            for position in range(count):
                number = len(found) + 1
                size = 2.6 / (position + 1) ** 0.55 * chance.uniform(0.8, 1.2)
                tier = "A" if size > 2 else "B" if size > 1.1 else "C"
                found.append(
                    Dealer(
                        f"D{number:04d}",
                        _name(city, number),
                        branch,
                        region_code,
                        province,
                        city,
                        size,
                        tier,
                        number,
                    )
                )
    return found


def _name(city: str, number: int) -> str:
    if f"D{number:04d}" == content.SAME_COMPANY[1]:
        first = content.distributor_name(city, number - 1)
        return first.replace("有限公司", "有限责任公司") if "有限公司" in first else f"{first}（个体）"
    return content.distributor_name(city, number)


def _insert_partners(db: duckdb.DuckDBPyConnection, dealers: list[Dealer], chance: random.Random) -> None:
    columns = "code, name, kind, parent_code, province, city, region_code, address, phone, tier, channel, tags, uscc"
    rows: list[tuple[Any, ...]] = [
        (BRAND_CODE, content.COMPANY, "BRAND", None, "", "", "", "", "", "", "", [], "")
    ]
    rows += [
        (
            branch.code,
            branch.name,
            "BRANCH",
            BRAND_CODE,
            "",
            branch.warehouse_city,
            branch.cities[0][0],
            "",
            "",
            "",
            "",
            [],
            "",
        )
        for branch in content.BRANCHES
    ]
    stores = 0
    for dealer in dealers:
        tags = ["重点"] if dealer.tier == "A" else []
        rows.append(
            (
                dealer.code,
                dealer.name,
                "DISTRIBUTOR",
                dealer.branch.code,
                *_place(dealer),
                content.street(dealer.number),
                content.phone(_same(dealer.number)),
                dealer.tier,
                "",
                tags,
                _uscc(dealer),
            )
        )
        for _ in range(max(3, round(dealer.size * 5.6))):
            stores += 1
            kind, channel, _share = chance.choices(
                content.STORE_KINDS, [share for _, _, share in content.STORE_KINDS]
            )[0]
            rows.append(
                (
                    f"S{stores:05d}",
                    content.store_name(stores, kind),
                    "STORE",
                    dealer.code,
                    dealer.province,
                    dealer.city,
                    dealer.region_code,
                    content.street(stores + 977),
                    content.phone(stores + 4000),
                    "",
                    channel,
                    [],
                    "",
                )
            )
    _insert_many(db, f"h_partner ({columns})", rows)


def _same(number: int) -> int:
    """The dealer whose telephone this one has: its own, but for a company that was entered twice."""
    return number - 1 if f"D{number:04d}" == content.SAME_COMPANY[1] else number


def _uscc(dealer: Dealer) -> str:
    if dealer.code in content.WITHOUT_USCC:
        return ""
    code = content.uscc(dealer.region_code, dealer.number)
    if dealer.code == content.WRONG_USCC:
        return code[:-1] + ("1" if code[-1] != "1" else "2")
    return code


def _place(dealer: Dealer) -> tuple[str, str, str]:
    if dealer.code in content.WITHOUT_REGION:
        return "", "", ""
    return dealer.province, dealer.city, dealer.region_code


def _trend(dealer: Dealer, day: date, start: date) -> float:
    """Growth of the branch, the growing city, and the city whose stores leave (see `content.DECLINE_CITY`)."""
    years = (day - start).days / 365.25
    factor = (1 + dealer.branch.trend) ** years
    if dealer.region_code == content.GROWING_CITY:
        factor *= 1 + 0.35 * years
    if dealer.region_code == content.DECLINE_CITY and years > DECLINE_YEARS:
        factor *= max(0.25, 1 - 0.9 * (years - DECLINE_YEARS) * 2)
    return float(factor)


Line = tuple[Any, ...]


def _brand_orders(
    dealers: list[Dealer], skus: list[SkuContent], *, start: date, today: date, chance: random.Random
) -> tuple[list[Line], list[Line], list[Line]]:
    """Every dealer orders about weekly from the brand; receipts follow monthly; what the shops buy is sell-out."""
    lines: list[Line] = []
    receipts: list[Line] = []
    sold: list[Line] = []
    days = [start + timedelta(days=offset) for offset in range((today - start).days)]
    for dealer in dealers:
        assortment = _assortment(skus, dealer, chance)
        owed = Decimal(0)
        next_order = start + timedelta(days=chance.randrange(7))
        bought: dict[str, int] = {}
        for day in days:
            if day == next_order:
                next_order = day + timedelta(days=max(4, round(chance.gauss(8.5, 2))))
                if weekday_factor(day) > 0.2 and chance.random() < 0.97:
                    order = list(
                        _one_order(
                            dealer, assortment, day, start=start, chance=chance, seller=BRAND_CODE, count=14
                        )
                    )
                    for line in order:
                        owed += line[12]
                        bought[line[10]] = bought.get(line[10], 0) + int(line[11])
                    lines += order
            is_late = dealer.code in content.LATE_PAYERS and (today - day).days < LATE_DAYS
            if day.day == 25 and owed > 0 and not is_late:
                receipts.append((f"{dealer.code}-{day:%Y%m}", dealer.code, BRAND_CODE, owed, _at(day, 15)))
                owed = Decimal(0)
            if day.weekday() == 6 and bought:
                sold += _week_of_sales(dealer, bought, day, chance)
    return lines, receipts, sold


def _assortment(skus: list[SkuContent], dealer: Dealer, chance: random.Random) -> list[SkuContent]:
    count = min(len(skus), 40 + round(dealer.size * 35))
    weights = [sku.weight * content.CATEGORIES[sku.category][5] for sku in skus]
    chosen: dict[str, SkuContent] = {}
    while len(chosen) < count:
        sku = chance.choices(skus, weights)[0]
        chosen[sku.code] = sku
        if len(chosen) < count and chance.random() < 0.2:
            other = skus[chance.randrange(len(skus))]
            chosen[other.code] = other
    return list(chosen.values())


def _one_order(
    dealer: Dealer,
    assortment: list[SkuContent],
    day: date,
    *,
    start: date,
    chance: random.Random,
    seller: str,
    count: int,
) -> Iterator[Line]:
    """One order's lines in whole cases, demand by season and trend."""
    key = f"{dealer.code}-{day:%Y%m%d}"
    late = dealer.branch.code == content.LATE_RECEIPT_BRANCH and chance.random() < 0.4
    submitted = _at(day, 9 + chance.randrange(8), chance.randrange(60))
    shipped = submitted + timedelta(hours=chance.choice((5, 20, 26, 44, 50)))
    received = shipped + timedelta(
        days=chance.randrange(1, 4) + (6 if late else 0), hours=chance.randrange(6)
    )
    demand = _trend(dealer, day, start) * dealer.size
    picked = chance.sample(assortment, min(len(assortment), max(4, round(count * chance.uniform(0.6, 1.4)))))
    for position, sku in enumerate(picked):
        cases = max(1, round(demand * season_factor(sku.season, day) * sku.weight * chance.uniform(2.0, 9.0)))
        quantity = cases * sku.case_size
        yield (
            position,
            key,
            "",
            dealer.code,
            seller,
            f"{dealer.branch.code}-W",
            submitted,
            shipped,
            received,
            day,
            sku.code,
            quantity,
            sku.base_price * quantity,
            "箱",
            cases,
            sku.base_price * sku.case_size,
            dealer.province,
            dealer.city,
        )


def _week_of_sales(dealer: Dealer, bought: dict[str, int], day: date, chance: random.Random) -> list[Line]:
    """What the dealer's small customers took in a week: a share of what it has bought and not sold."""
    key, at = f"{dealer.code}-{day:%Y%m%d}", _at(day, 20)
    rows: list[Line] = []
    for code, left in bought.items():
        units = int(left * chance.uniform(0.16, 0.3))
        if units >= FEW:
            bought[code] = left - units
            rows.append((key, dealer.code, code, units, at))
    return rows


def _store_orders(
    db: duckdb.DuckDBPyConnection,
    dealers: list[Dealer],
    skus: list[SkuContent],
    *,
    start: date,
    today: date,
    chance: random.Random,
) -> list[Line]:
    """Stores of the larger dealers order from them; the dealer's opening covers it."""
    stores = db.execute(
        "SELECT code, parent_code FROM h_partner WHERE kind = 'STORE' ORDER BY code"
    ).fetchall()
    by_dealer: dict[str, list[str]] = {}
    for code, parent in stores:
        by_dealer.setdefault(parent, []).append(code)
    lines: list[Line] = []
    for dealer in dealers:
        if dealer.tier == "C":
            continue
        assortment = _assortment(skus, dealer, chance)[:30]
        stores_of = by_dealer.get(dealer.code, [])
        for place, store in enumerate(stores_of):
            day = start + timedelta(days=chance.randrange(28))
            last = min(today, _leaves_on(dealer, place / len(stores_of), start))
            while day < last:
                if weekday_factor(day) > 0.2:
                    lines += _store_order(dealer, store, assortment, day, chance)
                day += timedelta(days=max(10, round(chance.gauss(34, 9))))
    return lines


def _leaves_on(dealer: Dealer, place: float, start: date) -> date:
    """When a store orders for the last time; `place` from 0 to 1 among those of its dealer.

    In the city in decline one store after the other stops, from the month on in which its dealers begin to buy less.
    """
    if dealer.region_code != content.DECLINE_CITY:
        return date.max
    return start + timedelta(days=round((DECLINE_YEARS + place * 0.7) * 365.25))


def _store_order(
    dealer: Dealer, store: str, assortment: list[SkuContent], day: date, chance: random.Random
) -> list[Line]:
    submitted = _at(day, 10 + chance.randrange(8), chance.randrange(60))
    shipped = submitted + timedelta(hours=chance.choice((2, 5, 20)))
    rows: list[Line] = []
    for position, sku in enumerate(chance.sample(assortment, min(len(assortment), chance.randrange(4, 10)))):
        cases = chance.randrange(1, 4)
        quantity = cases * sku.case_size
        price = (sku.base_price * Decimal("1.12")).quantize(Decimal("0.01"))
        rows.append(
            (
                position,
                f"{store}-{day:%Y%m%d}",
                "",
                store,
                dealer.code,
                dealer.code,
                submitted,
                shipped,
                shipped + timedelta(hours=chance.randrange(2, 30)),
                day,
                sku.code,
                quantity,
                price * quantity,
                "箱",
                cases,
                price * sku.case_size,
                dealer.province,
                dealer.city,
            )
        )
    return rows


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    """Shanghai wall time as UTC."""
    return datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=8)


_LINE_COLUMNS = (
    "source_row, order_key, order_number, buyer_code, seller_code, warehouse_code, submitted_at, shipped_at, received_at,"
    " business_date, sku_code, quantity, gross_amount, unit, entered_quantity, unit_price, province, city"
)


def _insert_lines(db: duckdb.DuckDBPyConnection, lines: list[Line], *, until: datetime) -> None:
    """Nothing of the history lies in the future: what would still be on its way has just arrived."""
    past = [
        line if line[8] <= until else (*line[:7], min(line[7], until), until, *line[9:])
        for line in lines
        if line[6] < until
    ]
    _insert_many(db, f"h_line ({_LINE_COLUMNS})", past)


def _insert_many(db: duckdb.DuckDBPyConnection, target: str, rows: list[Line]) -> None:
    """Through Arrow: a row at a time takes minutes for a third of a million."""
    import pyarrow as pa

    if not rows:
        return
    columns = list(zip(*rows, strict=True))
    arrays = [
        pa.array([str(value) for value in column]) if isinstance(column[0], Decimal) else pa.array(column)
        for column in columns
    ]
    staged = pa.Table.from_arrays(arrays, names=[f"c{position}" for position in range(len(arrays))])
    db.register("staged_rows", staged)
    db.execute(f"INSERT INTO {target} SELECT * FROM staged_rows")
    db.unregister("staged_rows")


def _openings(db: duckdb.DuckDBPyConnection, start: date) -> None:
    """What each warehouse shipped and a little more; what dealers sold on although it came late, short or went back."""
    opened = _at(start, 0) - timedelta(days=1)
    db.execute(
        """
        INSERT INTO h_opening (warehouse_code, owner_code, sku_code, quantity, "at")
        SELECT warehouse_code, any_value(seller_code), sku_code, ceil(sum(quantity) * 1.06) + 240, CAST(? AS TIMESTAMPTZ)
          FROM h_line GROUP BY warehouse_code, sku_code""",
        [opened],
    )
    db.execute(
        """
        INSERT INTO h_opening (warehouse_code, owner_code, sku_code, quantity, "at")
        SELECT buyer_code, buyer_code, sku_code, sum(quantity), CAST(? AS TIMESTAMPTZ) FROM (
          SELECT l.buyer_code, l.sku_code, CASE WHEN p.received_at IS NULL THEN p.quantity
                 ELSE p.quantity - coalesce(p.received, p.quantity) END AS quantity
            FROM h_parcel p JOIN h_line l USING (order_key, source_row)
          UNION ALL
          SELECT l.buyer_code, l.sku_code, c.quantity FROM h_cancel c JOIN h_line l USING (order_key, source_row)
          UNION ALL
          SELECT buyer_code, sku_code, quantity FROM h_return)
         GROUP BY buyer_code, sku_code HAVING sum(quantity) > 0""",
        [opened],
    )
