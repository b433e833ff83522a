"""Limits of which some end soon, and the money of the last days."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from huiliu.credit import services as credit
from huiliu.entrypoints.demo_work.world import World, id_of
from huiliu.receivables import services as receivables
from huiliu.receivables.types import Method, ReceiptDraft


def limits(world: World) -> None:
    """Limits of a few dealers; temporary ones that end in days, and one that ended."""
    dealers = list(world.dealers.values())
    for number, place in enumerate((14, 20, 33, 56, 90, 121)):
        at = world.ago(30 - number)
        credit.set_limit(
            actor=world["finance"],
            grant_id=id_of(at, "limit", place),
            buyer_id=dealers[place].pk,
            seller_id=world.brand.pk,
            currency="CNY",
            amount=Decimal(600_000 + number * 50_000),
            reason="年度授信",
            now=at,
        )
        if number < 4:
            credit.grant_temporary_limit(
                actor=world["finance"],
                grant_id=id_of(at, "temporary", place),
                buyer_id=dealers[place].pk,
                seller_id=world.brand.pk,
                currency="CNY",
                amount=Decimal(200_000),
                reason="旺季备货临时额度",
                valid_to=world.today + timedelta(days=2 + number * 3),
                now=world.ago(5 - number),
            )


def receipts(world: World) -> None:
    """Payments of the last days in several ways; one was entered wrongly and taken back."""
    dealers = list(world.dealers.values())
    done = []
    for number, method in enumerate((*Method, Method.BANK, Method.BANK, Method.BILL)):
        at = world.ago(number * 0.6 + 0.1)
        done.append(
            receivables.record_receipt(
                actor=world["finance"],
                draft=ReceiptDraft(
                    receipt_id=id_of(at, "receipt", number),
                    buyer_id=(world.dealer if number == 0 else dealers[(number * 37) % len(dealers)]).pk,
                    amount=Decimal(18_000 + number * 7_350),
                    method=method,
                    value_date=world.on(at),
                    reference=f"{at:%Y%m%d}{number:06d}" if method in (Method.BANK, Method.BILL) else "",
                    note="" if number % 3 else "货款",
                ),
                now=at,
            )
        )
    receivables.reverse_receipt(
        actor=world["finance"], receipt_id=done[3].pk, reason="付款方写错，属于同名公司", now=world.ago(0.05)
    )
