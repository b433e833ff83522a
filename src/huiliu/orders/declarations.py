"""What the brand may set about orders: their steps, their numbers (sql/place.sql reads both), their custom fields."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from huiliu.orders.models import Cart, Complaint, Order, Return, Shipment
from huiliu.orders.types import CartState, Step
from huiliu.platform.custom_fields import declare_entity
from huiliu.platform.settings_registry import declare, numbering
from huiliu.platform.settings_types import Option, Part, Record, SettingSpec, Several, Switch, Whole, Words
from huiliu.platform.subject_names import ByColumn, declare_names
from huiliu.platform.subjects import declare_subject

STEPS = declare(
    SettingSpec(
        key="orders.steps",
        shape=Several(
            (
                Option(Step.CONFIRM.value, Words("供货方审核", "the seller confirms")),
                Option(Step.FINANCE.value, Words("财务审核", "finance approves")),
            )
        ),
        default=[Step.CONFIRM.value],
        label=Words("订单审核步骤", "Steps of an order"),
        help=Words(
            "提交与出库之间需要哪些审核；空表示提交即可出库。已提交的订单保留当时的步骤。可为单个供货方另设。",
            "Which approvals lie between submit and shipment; none: an order may ship at once. Orders keep the"
            " steps of their day. A single seller may have its own.",
        ),
        module="orders",
        per_seller=True,
    )
)
CONFIRM_ON_BEHALF = declare(
    SettingSpec(
        key="orders.confirm_on_behalf",
        shape=Switch(),
        default=False,
        label=Words("代下单须客户确认", "The buyer agrees to orders placed for it"),
        help=Words(
            "供货方代客户下单后，须由客户确认才进入审核；等待期间保留库存与额度。可为单个供货方另设。",
            "An order that the seller's side places for a buyer waits for the buyer's word; goods and credit stay"
            " promised meanwhile. A single seller may have its own.",
        ),
        module="orders",
        per_seller=True,
    )
)
CONFIRM_HOURS = declare(
    SettingSpec(
        key="orders.confirm_on_behalf_hours",
        shape=Whole(1, 720),
        default=48,
        label=Words("客户确认时限（小时）", "Hours for the buyer to agree"),
        help=Words(
            "过半时提醒一次，到时未确认则订单作废并释放占用。",
            "Half way the buyer is reminded; when the time is over the order is cancelled and its promises released.",
        ),
        module="orders",
        per_seller=True,
    )
)
TWIN_MINUTES = declare(
    SettingSpec(
        key="orders.twin_minutes",
        shape=Whole(0, 1440),
        default=10,
        label=Words("重复下单提醒（分钟）", "Minutes in which the same order is noticed"),
        help=Words(
            "同一客户在此时间内提交相同商品与数量时提醒，不拦截；0 表示不提醒。",
            "When a buyer orders the same goods and quantities again within that time it is told, not refused; 0: never.",
        ),
        module="orders",
        per_seller=True,
    )
)
HOURS_MAX = 2_160
WAIT_HOURS = declare(
    SettingSpec(
        key="orders.wait_hours",
        shape=Record(
            (
                Part("AWAITING_BUYER", Words("待客户确认", "For the buyer's word"), Whole(1, HOURS_MAX)),
                Part("SUBMITTED", Words("待审核", "For the seller to confirm"), Whole(1, HOURS_MAX)),
                Part("AWAITING_FINANCE", Words("待财务审核", "For finance"), Whole(1, HOURS_MAX)),
                Part("CONFIRMED", Words("待出库", "For shipment"), Whole(1, HOURS_MAX)),
                Part("SHIPPED", Words("待收货", "On the road"), Whole(1, HOURS_MAX)),
            )
        ),
        default={
            "AWAITING_BUYER": 24,
            "SUBMITTED": 24,
            "AWAITING_FINANCE": 24,
            "CONFIRMED": 72,
            "SHIPPED": 240,
        },
        label=Words("订单等待预警（小时）", "Hours after which an order waits long"),
        help=Words(
            "订单在一个状态停留超过此时间，工作台提醒有权处理的人，每天通知一次新超时的单。",
            "An order that stays in a state for longer is shown at the desk of those who can move it; what became"
            " late since yesterday is told once a day.",
        ),
        module="orders",
    )
)
ORDER_NUMBER = numbering(type="order", prefix="XS", label=Words("订单编号", "Order numbers"), module="orders")
SHIPMENT_NUMBER = numbering(
    type="shipment", prefix="CK", label=Words("出库单编号", "Shipment numbers"), module="orders"
)
RETURN_NUMBER = numbering(
    type="return", prefix="TH", label=Words("退货单编号", "Return numbers"), module="orders"
)
COMPLAINT_NUMBER = numbering(
    type="complaint", prefix="TS", label=Words("投诉编号", "Complaint numbers"), module="orders"
)
declare_entity("order", Words("订单", "Order"))


def _parties(documents: QuerySet[Any], document_id: str) -> tuple[str, ...] | None:
    """Both sides of a document that the reach shows."""
    try:
        key = UUID(document_id)
    except ValueError:
        return None
    return documents.filter(pk=key).values_list("buyer_path", "seller_path").first()


def _owner(cart_id: str) -> tuple[str, ...] | None:
    """Whoever prepares the cart, as long as it is one."""
    try:
        key = UUID(cart_id)
    except ValueError:
        return None
    return Cart.objects.filter(pk=key, state=CartState.OPEN).values_list("owner_path").first()


declare_subject("cart", scope="orders:submit", resolve=_owner)
declare_subject("order", scope="orders:read", resolve=partial(_parties, Order.objects.all()))
declare_subject("shipment", scope="orders:read", resolve=partial(_parties, Shipment.objects.all()))
declare_subject("return", scope="orders:read", resolve=partial(_parties, Return.objects.all()))
declare_subject("complaint", scope="orders:read", resolve=partial(_parties, Complaint.objects.all()))

declare_names("order", of=ByColumn(Order))
declare_names("shipment", of=ByColumn(Shipment))
declare_names("return", of=ByColumn(Return))
declare_names("complaint", of=ByColumn(Complaint))
