"""Comments on documents: both sides talk, staff among themselves."""

from __future__ import annotations

from datetime import timedelta

from huiliu.entrypoints.demo_work.world import World, id_of
from huiliu.orders.models import Order
from huiliu.platform import comments as talk

#: (who, text, whether only staff reads it)
WORDS = (
    ("dealer", "这批货能否赶在周五前到？门店有陈列活动。", False),
    ("sales", "已和苏州仓确认，明早装车。", False),
    ("sales", "客户上月也催过一次，发货后请电话告知。", True),
    ("buyer", "收到，谢谢。", False),
)


def comments(world: World) -> None:
    """On the newest orders of the dealer, and one on orders of others."""
    mine = Order.objects.filter(buyer_id=world.dealer.pk, seller_id=world.brand.pk).order_by("-submitted_at")[
        :3
    ]
    for order in mine:
        for number, (who, text, internal) in enumerate(WORDS):
            at = min(order.submitted_at + timedelta(minutes=20 * (number + 1)), world.now)
            talk.add_comment(
                actor=world[who],
                comment_id=id_of(at, "comment", order.pk, number),
                subject_type="order",
                subject_id=str(order.pk),
                text=text,
                internal=internal,
                now=at,
            )
    for order in Order.objects.filter(seller_id=world.brand.pk, state="SUBMITTED").order_by("submitted_at")[
        :3
    ]:
        talk.add_comment(
            actor=world["sales"],
            comment_id=id_of(world.now, "comment", order.pk),
            subject_type="order",
            subject_id=str(order.pk),
            text="等大区确认促销额度，先不放行。",
            internal=True,
            now=world.now,
        )
