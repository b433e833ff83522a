"""Orders of the last days in every state: who waits for whom, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from huiliu.access.models import Organization, User
from huiliu.access.types import Actor, Role
from huiliu.entrypoints.demo_work.world import ZONE, World, id_of
from huiliu.flows.place_order import place_order
from huiliu.kernel.period import start_of_day
from huiliu.ledger.selectors import open_holds
from huiliu.orders import services as orders
from huiliu.orders.models import Line, Order, Shipment
from huiliu.orders.services.receive import Difference
from huiliu.orders.tracking import TrackingEvent, TrackingState
from huiliu.orders.types import DifferenceReason, DraftLine, OrderDraft, ShortageMode, Step
from huiliu.partners import selectors as partners
from huiliu.platform import settings_store

#: What becomes of the orders of the brand: (until which step, how old in days, how many).
PLAN: tuple[tuple[str, float, int], ...] = (
    ("placed", 0.1, 5),
    ("placed", 1.2, 3),
    ("placed", 3.4, 2),
    ("finance", 0.4, 3),
    ("confirmed", 0.3, 4),
    ("confirmed", 2.1, 3),
    ("backorder", 1.6, 3),
    ("in part", 2.3, 4),
    ("on the road", 1.4, 5),
    ("late", 9.2, 4),
    ("short", 4.3, 3),
    ("done", 3.2, 4),
    ("asked back", 6.1, 3),
    ("given back", 7.3, 2),
    ("refused back", 8.2, 1),
    ("cancelled", 2.2, 2),
)
#: Of these the brand has less than is ordered; nobody else of the demo orders them.
SHORTAGE = ("PL003", "JU007")
#: Units from which on goods are ordered.
PLENTY = 1_000
CARRIERS = ("德邦快递", "顺丰速运", "中通快运", "自有车队")
NOTES = ("请上午到货，下午仓库盘点", "促销备货，务必整箱发", "", "", "司机到前请电话联系", "")


@dataclass(frozen=True)
class Deal:
    """One order of the plan: its parties, when it began, who acts for whom."""

    buyer: Organization
    seller: Organization
    at: datetime
    id: UUID
    buyer_actor: Actor
    clerk: Actor  # of the seller: confirms
    keeper: Actor  # of the seller: ships


def brand_orders(world: World) -> None:
    """Of forty-odd distributors; the dealer with the logins has one of each state that a buyer works on."""
    buyers = [row for code, row in world.dealers.items() if code != world.dealer.code][2::6]
    mine = {"placed", "confirmed", "in part", "on the road", "done", "backorder"}
    plenty = _plenty(world)
    number = 0
    for story, age, count in PLAN:
        for position in range(count):
            buyer = world.dealer if story in mine and position == 0 else buyers[number % len(buyers)]
            number += 1
            at = world.ago(age, position * 0.7)
            deal = Deal(
                *(buyer, world.brand, at, id_of(at, "order", buyer.code, number)),
                *(world.owner_of(buyer), world["admin"], world["admin"]),
            )
            _tell(world, deal, story, _codes(plenty, number, 3 + number % 6))


def store_orders(world: World) -> None:
    """The dealer's stores buy from it: its own desk has work, too."""
    at_hand = _at_hand(world)
    stories = ("placed", "placed", "confirmed", "on the road", "done", "short", "done", "placed")
    for number, (store, story) in enumerate(zip(world.stores, stories, strict=False)):
        at = world.ago(0.2 + number * 0.35)
        codes = [at_hand[(number * 3 + step) % len(at_hand)] for step in range(min(4, len(at_hand)))]
        deal = Deal(
            *(store, world.dealer, at, id_of(at, "order", store.code, number)),
            *(world.owner_of(store), world["dealer"], world["keeper"]),
        )
        _tell(world, deal, story, list(dict.fromkeys(codes)), cases=1)


def todays_orders(world: World) -> int:
    """A dozen orders of today in three states, unless somebody ordered from the brand today."""
    if Order.objects.filter(seller_id=world.brand.pk, business_date=world.today).exists():
        return 0
    day, plenty, buyers = world.today.toordinal(), _plenty(world), buyers_of_today(world)
    for number, buyer in enumerate(buyers):
        at = max(world.ago(0, 0.3 + number * 0.25), start_of_day(world.today, ZONE))
        deal = Deal(
            *(buyer, world.brand, at, id_of(at, "today", buyer.code, day)),
            *(world.owner_of(buyer), world["admin"], world["admin"]),
        )
        story = ("placed", "confirmed", "on the road")[number % 3]
        _tell(world, deal, story, _codes(plenty, day + number * 7, 3 + number % 4))
    return len(buyers)


def buyers_of_today(world: World) -> list[Organization]:
    """About a dozen, others every day, of those who may order: who was imported since has nobody yet who could."""
    owners = User.objects.filter(roles__contains=[Role.OWNER.value])
    owned = set(owners.values_list("organization_id", flat=True))
    facts = partners.facts_of([dealer.pk for dealer in world.dealers.values() if dealer.pk in owned])
    able = [
        dealer
        for dealer in world.dealers.values()
        if (buyer := facts.get(dealer.pk))
        and partners.may_trade(buyer=buyer, seller_id=world.brand.pk, on=world.today).allowed
    ]
    return able[world.today.toordinal() % 25 :: 26]


def _codes(codes: list[str], number: int, count: int) -> list[str]:
    return list(dict.fromkeys(codes[(number * 7 + step * 13) % len(codes)] for step in range(count)))


def _plenty(world: World) -> list[str]:
    """Goods that the brand has enough of for everybody."""
    have = world.free(world.brand)
    return [
        code for code, sku in world.skus.items() if have.get(sku.pk, 0) >= PLENTY and code not in SHORTAGE
    ]


def _at_hand(world: World) -> list[str]:
    """Goods that the dealer has enough of."""
    have = world.free(world.dealer)
    return [
        code for code, sku in world.skus.items() if have.get(sku.pk, Decimal(0)) >= world.cases[code] * 12
    ]


def _tell(world: World, deal: Deal, story: str, codes: Sequence[str], *, cases: int = 2) -> None:
    """Place the order and take it as far as its story goes."""
    _place(world, deal, story, codes, cases=cases)
    if story == "placed":
        return
    if story == "cancelled":
        _cancel(world, deal)
        return
    orders.confirm_order(
        actor=deal.clerk,
        order_id=deal.id,
        step=Step.CONFIRM,
        now=min(deal.at + timedelta(minutes=25), world.now),
    )
    if story in ("finance", "confirmed", "backorder"):
        return
    shipments = _ship(
        world, deal, at=min(deal.at + timedelta(hours=3), world.now), in_part=story == "in part"
    )
    for shipment in shipments:
        _waybill(
            world,
            deal,
            shipment,
            late=story == "late",
            arrived=story not in ("on the road", "late", "in part"),
        )
    if story in ("on the road", "late", "in part"):
        return
    for shipment in shipments:
        _receive(world, deal, shipment, short=story == "short")
    if story.endswith("back"):
        _send_back(world, deal, story)


def _place(world: World, deal: Deal, story: str, codes: Sequence[str], *, cases: int) -> None:
    if story == "finance":
        _steps(world, ["CONFIRM", "FINANCE"], at=deal.at)
    lines = [
        DraftLine(world.skus[code].pk, Decimal(cases + n % 5), world.unit(code))
        for n, code in enumerate(codes)
    ]
    if story == "backorder":
        lines[0] = _more_than_there_is(world, SHORTAGE[deal.at.minute % 2])
    place_order(
        actor=deal.buyer_actor if deal.at.minute % 3 else deal.clerk,
        draft=OrderDraft(
            order_id=deal.id,
            buyer_id=deal.buyer.pk,
            seller_id=deal.seller.pk,
            lines=tuple(lines),
            shortage_mode=ShortageMode.BACKORDER if story == "backorder" else ShortageMode.REFUSE,
            buyer_note=NOTES[deal.at.minute % len(NOTES)],
        ),
        now=deal.at,
    )
    if story == "finance":
        _steps(world, ["CONFIRM"], at=deal.at + timedelta(minutes=1))


def _steps(world: World, steps: list[str], *, at: datetime) -> None:
    """Large orders of the day go through finance: a setting that an order keeps from the day it is placed."""
    setting = settings_store.get_setting("orders.steps")
    settings_store.put_setting(
        actor=world["admin"],
        key="orders.steps",
        value=steps,
        version=setting.version,
        reason="月末应收核对",
        now=at,
    )


def _more_than_there_is(world: World, code: str) -> DraftLine:
    sku = world.skus[code]
    have = world.free(world.brand).get(sku.pk, Decimal(0))
    return DraftLine(sku.pk, have // world.cases[code] + 60, world.unit(code))


def _ship(world: World, deal: Deal, *, at: datetime, in_part: bool) -> list[Shipment]:
    """Everything that the warehouses promised, or of the first one half of it."""
    by_place: dict[int, dict[int, Decimal]] = {}
    for hold in open_holds(source_id=deal.id):
        if hold.place_id:
            lines = by_place.setdefault(hold.place_id, {})
            lines[hold.line_no] = lines.get(hold.line_no, Decimal(0)) + hold.remaining
    if in_part:
        place = min(by_place)
        kept = dict(sorted(by_place[place].items())[: max(1, len(by_place[place]) // 2)])
        by_place = {place: kept}
    return [
        orders.ship_order(
            actor=deal.keeper,
            order_id=deal.id,
            shipment_id=id_of(at, "shipment", deal.id, place),
            warehouse_id=place,
            units_by_line=lines,
            exponent=2,
            business_date=world.on(at),
            now=min(at + timedelta(minutes=place % 50), world.now),
        )
        for place, lines in sorted(by_place.items())
    ]


def _waybill(world: World, deal: Deal, shipment: Shipment, *, late: bool, arrived: bool) -> None:
    at = shipment.shipped_at
    waybill = orders.attach_waybill(
        actor=deal.keeper,
        shipment_id=shipment.pk,
        waybill_id=id_of(at, "waybill", shipment.pk),
        carrier=CARRIERS[shipment.pk.int % len(CARRIERS)],
        tracking_number=f"YD{shipment.pk.int % 10**10:010d}",
        expected_at=at + timedelta(days=3),
        now=at,
    )
    told = [
        (timedelta(minutes=40), TrackingState.ACCEPTED, "已揽收", "发货仓"),
        (timedelta(hours=9), TrackingState.IN_TRANSIT, "运输途中，离开分拨中心", "分拨中心"),
    ]
    if late:
        told.append(
            (timedelta(days=4), TrackingState.EXCEPTION, "道路管制，车辆滞留，预计晚到", "途中服务区")
        )
    if arrived:
        told.append((timedelta(hours=20), TrackingState.DELIVERED, "已送达，待签收", deal.buyer.name))
    for after, state, text, place in told:
        if at + after < world.now:
            orders.track_by_hand(
                actor=deal.keeper,
                waybill_id=waybill.pk,
                event=TrackingEvent(at + after, state, text, place),
                now=at + after,
            )


def _receive(world: World, deal: Deal, shipment: Shipment, *, short: bool) -> None:
    at = min(shipment.shipped_at + timedelta(hours=21), world.now)
    differences = {}
    if short:
        line = Line.objects.filter(order_id=deal.id).order_by("line_no")[0]
        differences[line.line_no] = Difference(
            line.ordered - min(line.ordered, Decimal(6)),
            DifferenceReason.DAMAGED,
            "外箱受潮，6 瓶破损，照片已发业务员",
        )
    orders.receive_shipment(
        actor=deal.buyer_actor,
        shipment_id=shipment.pk,
        warehouse_id=None,
        differences=differences,
        exponent=2,
        now=at,
    )


def _send_back(world: World, deal: Deal, story: str) -> None:
    asked_at = min(deal.at + timedelta(days=4), world.now)
    line = Line.objects.filter(order_id=deal.id).order_by("line_no")[0]
    document = orders.request_return(
        actor=deal.buyer_actor,
        order_id=deal.id,
        return_id=id_of(asked_at, "return", deal.id),
        units_by_line={line.line_no: min(line.received, Decimal(6))},
        reason="临近保质期，门店不收" if story != "refused back" else "卖不动",
        exponent=2,
        business_date=world.on(asked_at),
        now=asked_at,
    )
    decided_at = min(asked_at + timedelta(hours=8), world.now)
    if story == "given back":
        orders.receive_return(
            actor=deal.keeper,
            return_id=document.pk,
            warehouse_id=None,
            from_warehouse_id=None,
            now=decided_at,
        )
    if story == "refused back":
        orders.reject_return(
            actor=deal.clerk, return_id=document.pk, reason="不在退货范围：非质量问题", now=decided_at
        )


def _cancel(world: World, deal: Deal) -> None:
    at = min(deal.at + timedelta(hours=2), world.now)
    orders.cancel_lines(
        actor=deal.buyer_actor,
        order_id=deal.id,
        cancellation_id=id_of(at, "cancellation", deal.id),
        units_by_line=None,
        reason="重复下单",
        exponent=2,
        business_date=world.on(at),
        now=at,
    )
