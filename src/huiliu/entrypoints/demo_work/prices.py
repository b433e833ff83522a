"""Price versions in every stage of their life."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from huiliu.demo import content
from huiliu.entrypoints.demo_work.world import World, id_of
from huiliu.kernel.quantity import UnitFactor
from huiliu.policies.types import Audience
from huiliu.pricing import services as pricing
from huiliu.pricing.types import PriceLevel, PriceRow


def versions(world: World) -> None:
    """Next month's list (published), one that ends in days, one approved, two drafts: of one the lint finds much."""
    first = world.today.replace(day=1)
    next_month = (first + timedelta(days=32)).replace(day=1)
    everything = list(world.skus)
    _write(
        world,
        "BASE",
        "全国统一供货价（下月调价）",
        PriceLevel.BASE,
        Audience(),
        everything,
        "1.02",
        next_month,
        None,
        3,
    )
    _write(
        *(
            world,
            "DEC12",
            "双十二备货支持价",
            PriceLevel.GROUP,
            Audience(tags=("重点",)),
            everything[::3],
            "0.95",
        ),
        *(first, world.today + timedelta(days=5), 3),
        priority=10,
    )
    _write(
        *(
            world,
            "CATERING",
            "餐饮渠道专供价",
            PriceLevel.GROUP,
            Audience(tiers=("B",)),
            everything[1::4],
            "0.98",
        ),
        *(next_month, None, 2),
        priority=5,
    )
    _write(
        *(world, "SNACK-27", "零食类明年新价", PriceLevel.BASE, Audience(), everything[60:90], "1.03"),
        *(next_month + timedelta(days=31), None, 1),
        priority=20,
    )
    # Half of the goods are gone, prices jump, one has no floor, nobody is meant: what the lint is for.
    _write(
        *(
            world,
            "TIER-A",
            "A级经销商供货价（草稿，待核）",
            PriceLevel.GROUP,
            Audience(tiers=("AA",)),
            everything[::2],
        ),
        *("1.38", next_month, None, 1),
        floor=False,
    )


def _write(
    world: World,
    code: str,
    name: str,
    level: PriceLevel,
    audience: Audience,
    codes: list[str],
    factor: str,
    valid_from: date,
    valid_to: date | None,
    steps: int,
    *,
    priority: int = 0,
    floor: bool = True,
) -> None:
    """Steps: 1 a draft, 2 approved, 3 published."""
    at = world.ago(1.5)
    version_id = id_of(at, "prices", code, name)
    pricing.create_price_list(
        actor=world["channel"],
        version_id=version_id,
        code=code,
        name=name,
        seller_id=world.brand.pk,
        level=level,
        currency="CNY",
        audience=audience,
        valid_from=valid_from,
        valid_to=valid_to,
        priority=priority,
        now=at,
    )
    known = {sku.code: sku for sku in content.skus()}
    rows = []
    for sku_code in codes:
        sku = known[sku_code]
        unit = UnitFactor("箱", sku.case_size) if sku.case_size > 1 else UnitFactor(sku.base_unit, 1)
        amount = (sku.base_price * sku.case_size * Decimal(factor)).quantize(Decimal("0.01"))
        lowest = (sku.cost * sku.case_size).quantize(Decimal("0.01")) if floor else None
        rows.append(PriceRow(world.skus[sku_code].pk, unit, amount, floor_price=lowest))
    pricing.put_rows(actor=world["channel"], version_id=version_id, rows=rows, now=at)
    if steps > 1:
        pricing.approve_price_list(actor=world["admin"], version_id=version_id, now=world.ago(1))
    if steps > 2:
        pricing.publish_price_list(actor=world["admin"], version_id=version_id, now=world.ago(0.5))
