"""Goods beside the orders: lots with their expiry, stock-takes, adjustments, transfers, what is sold on."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from huiliu.access.models import Organization
from huiliu.demo import content
from huiliu.entrypoints.demo_work.world import World, id_of
from huiliu.inventory import services as inventory
from huiliu.inventory.models import Warehouse
from huiliu.inventory.types import AdjustmentReason, ChangeLine, CountDraft, CountedRow, Row, SaleLineDraft
from huiliu.ledger import services as ledger
from huiliu.ledger.selectors import balances, balances_at
from huiliu.ledger.types import AccountKind, AccountRef, Move, MoveKind, Source

#: Share of the shelf life that is left of a lot, and its cases: fresh goods, old ones, a few that are past it.
BANDS = ((0.92, 60), (0.71, 40), (0.48, 26), (0.24, 18), (0.08, 12), (-0.05, 3))
#: Every which sku comes by lot, and which dealers keep lots.
EVERY_SKU, EVERY_DEALER = 4, 24


def lots(world: World) -> None:
    """Deliveries of the last weeks with their production days, at the brand's warehouses and at some dealers."""
    shelf = {sku.code: sku.shelf_life_days for sku in content.skus()}
    codes = list(world.skus)[::EVERY_SKU]
    places = [place for place in world.places.values() if place.organization_id == world.brand.pk]
    for number, place in enumerate(places):
        _deliver(world, world.brand, place, codes[number % 2 :: 2], shelf, cases_of=1)
    dealers = [world.dealer, *list(world.dealers.values())[::EVERY_DEALER]]
    for number, dealer in enumerate(dict.fromkeys(dealers)):
        place = Warehouse.objects.filter(organization=dealer).order_by("priority", "id")[0]
        _deliver(world, dealer, place, codes[number % 5 :: 5], shelf, cases_of=5)


def _deliver(
    world: World,
    owner: Organization,
    place: Warehouse,
    codes: list[str],
    shelf: dict[str, int],
    *,
    cases_of: int,
) -> None:
    at = world.ago(20)
    moves = []
    for number, code in enumerate(codes):
        for band, (left, cases) in enumerate(BANDS):
            if (number + band) % 3 == 2:
                continue  # nobody has every band of everything
            expires = world.today + timedelta(days=round(shelf[code] * left))
            made = expires - timedelta(days=shelf[code])
            moves.append(
                Move(
                    MoveKind.POST,
                    world.units(code, max(1, cases // cases_of)),
                    credit=AccountRef(AccountKind.SUPPLY, owner.pk, sku_id=world.skus[code].pk),
                    debit=AccountRef(
                        AccountKind.STOCK,
                        owner.pk,
                        sku_id=world.skus[code].pk,
                        place_id=place.pk,
                        lot=f"{expires:%Y-%m-%d}/{made:%y%m%d}{'ABC'[number % 3]}",
                    ),
                )
            )
    ledger.apply(
        source=Source("opening", id_of(at, "lots", place.code), "open"), moves=moves, user_id=None, now=at
    )


def _stock(owner: Organization, place: Warehouse) -> list[tuple[int, Decimal]]:
    """What stands in a place, largest first."""
    found: dict[int, Decimal] = {}
    for row in balances(kind=AccountKind.STOCK, owner_id=owner.pk, place_ids=[place.pk]):
        if row.sku_id is not None and row.available > 0:
            found[row.sku_id] = found.get(row.sku_id, Decimal(0)) + row.available
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def counts(world: World) -> None:
    """One that is being counted, one whose differences wait, one that is posted, at the brand and at the dealer."""
    place = world.places["HD-W"]
    stock = _stock(world.brand, place)
    keeper = "warehouse"
    _count(world, keeper, place, stock[:12], at=world.ago(0.2), note="A 区抽盘", counted=7, closed=False)
    _count(world, keeper, place, stock[12:24], at=world.ago(1.1), note="月末盘点：饮料", wrong=3)
    done = _count(world, keeper, place, stock[24:34], at=world.ago(12), note="上月循环盘点", wrong=2)
    inventory.approve_count(actor=world["admin"], count_id=done, now=world.ago(11.9))
    home = next(row for row in world.places.values() if row.organization_id == world.dealer.pk)
    _count(world, "keeper", home, _stock(world.dealer, home)[:8], at=world.ago(0.6), note="月底自盘", wrong=2)


def _books(place: Warehouse, *, at: datetime) -> dict[int, Decimal]:
    """What the ledger had of each sku in a place at an instant."""
    accounts = balances(kind=AccountKind.STOCK, owner_id=place.organization_id, place_ids=[place.pk])
    then = balances_at(account_ids=[row.account_id for row in accounts], at=at)
    found: dict[int, Decimal] = {}
    for row in accounts:
        if row.sku_id is not None:
            found[row.sku_id] = found.get(row.sku_id, Decimal(0)) + then.get(row.account_id, Decimal(0))
    return found


def _count(
    world: World,
    who: str,
    place: Warehouse,
    stock: list[tuple[int, Decimal]],
    *,
    at: datetime,
    note: str,
    wrong: int = 0,
    counted: int | None = None,
    closed: bool = True,
) -> UUID:
    count_id = id_of(at, "count", place.code, note)
    draft = CountDraft(place.pk, sku_ids=tuple(sku_id for sku_id, _ in stock), note=note, is_blind=True)
    inventory.plan_count(actor=world[who], count_id=count_id, draft=draft, now=at)
    inventory.start_count(actor=world[who], count_id=count_id, now=at + timedelta(minutes=5))
    counted_at = at + timedelta(minutes=50)
    books = _books(place, at=counted_at)
    rows = [
        CountedRow(sku_id, max(Decimal(0), books[sku_id] - (7 if number < wrong else 0)), area="A")
        for number, (sku_id, _) in enumerate(stock[:counted])
    ]
    inventory.record_count_entries(actor=world[who], count_id=count_id, rows=rows, now=counted_at)
    if closed:
        inventory.close_round(actor=world[who], count_id=count_id, now=at + timedelta(minutes=70))
    return count_id


def changes(world: World) -> None:
    """Adjustments that wait for a second pair of eyes and some that are posted; transfers under way."""
    place, other = world.places["HN-W"], world.places["XN-W"]
    stock = _stock(world.brand, place)
    plan = (
        (AdjustmentReason.DAMAGE, "叉车碰撞，外箱破损", 3, -240, 0.3),
        (AdjustmentReason.EXPIRED, "过期品报废，已拍照", 2, -180, 1.4),
        (AdjustmentReason.SAMPLE, "经销商大会品鉴", 4, -12, 2.2),
        (AdjustmentReason.FOUND, "理货发现漏记", 1, 24, 5.2),
    )
    for number, (reason, note, lines, units, age) in enumerate(plan):
        at = world.ago(age)
        inventory.record_adjustment(
            actor=world["warehouse"],
            adjustment_id=id_of(at, "adjustment", number),
            warehouse_id=place.pk,
            reason=reason,
            note=note,
            lines=[
                ChangeLine(sku_id, Decimal(units)) for sku_id, _ in stock[number * 5 : number * 5 + lines]
            ],
            now=at,
        )
    for number, age in enumerate((0.5, 2.4, 6.0)):
        at = world.ago(age)
        source, target = (place, other) if number % 2 == 0 else (world.places["HD-W"], place)
        sent = inventory.send_transfer(
            actor=world["warehouse"],
            transfer_id=id_of(at, "transfer", number),
            from_warehouse_id=source.pk,
            to_warehouse_id=target.pk,
            lines=[
                ChangeLine(sku_id, min(units, Decimal(480)))
                for sku_id, units in _stock(world.brand, source)[number * 3 + 30 : number * 3 + 33]
            ],
            is_distant=True,
            note="区域间调拨，支援节前备货",
            now=at,
        )
        if number == 2:
            inventory.receive_transfer(
                actor=world["warehouse"], transfer_id=sent.id, received={}, now=world.ago(3.1)
            )


def sell_out(world: World) -> None:
    """What the dealer sold outside the channel these days, and the tills of two of its stores."""
    home = next(row for row in world.places.values() if row.organization_id == world.dealer.pk)
    stock = _stock(world.dealer, home)
    customers = ("城南菜市场", "学府食堂", "临街小卖部", "工地食堂", "企业团购")
    for number, customer in enumerate(customers):
        at = world.ago(number * 0.9 + 0.2)
        inventory.record_sale(
            actor=world["dealer"],
            sale_id=id_of(at, "sale", number),
            warehouse_id=home.pk,
            lines=[
                SaleLineDraft(sku_id, min(units, Decimal(6 + number)), amount=Decimal(30 + number * 4))
                for sku_id, units in stock[number * 2 : number * 2 + 3]
            ],
            sold_on=world.on(at),
            customer=customer,
            now=at,
        )
    for store in world.stores[:2]:
        _till(world, store)


def _till(world: World, store: Organization) -> None:
    place = Warehouse.objects.filter(organization=store).order_by("id")[0]
    by_id = {sku.pk: sku for sku in world.skus.values()}
    rows = [
        Row(
            number + 1,
            {
                "sku_code": by_id[sku_id].code,
                "quantity": "1",
                "amount": "6.50",
                "sold_on": (world.today - timedelta(days=number % 4)).isoformat(),
                "external_id": f"POS{store.pk}-{number // 3:05d}",
                "external_line": str(number % 3 + 1),
            },
        )
        for number, (sku_id, _) in enumerate(
            [one for one in _stock(store, place) if one[0] in by_id and one[1] >= 2][:24]
        )
    ]
    if rows:
        inventory.record_sales(
            actor=world.owner_of(store),
            rows=rows,
            batch_id=id_of(world.now, "till", store.code),
            warehouse_id=place.pk,
            now=world.now,
        )
