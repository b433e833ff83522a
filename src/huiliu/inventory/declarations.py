"""What an administrator may set about stock (how its documents are numbered), and what may be attached to them.

How an organization keeps its stock is its own: see `types.StockSettings`.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from huiliu.inventory.models import Adjustment, Sale, StockCount, StockTransfer, Warehouse
from huiliu.platform.settings_registry import declare, numbering
from huiliu.platform.settings_types import Part, Record, SettingSpec, Whole, Words
from huiliu.platform.subject_names import ByColumn, declare_names
from huiliu.platform.subjects import declare_subject

WATCHED = declare(
    SettingSpec(
        key="inventory.watched",
        shape=Record(
            (
                Part("expiry_days", Words("效期不足（天）", "Days before the expiry"), Whole(1, 365)),
                Part("cover_days", Words("库存可销不足（天）", "Days of cover, fewer than"), Whole(1, 365)),
            )
        ),
        default={"expiry_days": 30, "cover_days": 7},
        label=Words("库存预警", "Stock that is watched"),
        help=Words(
            "临近效期或不够卖的库存会出现在工作台，每天通知一次新出现的。",
            "Stock near its expiry or with too little cover is shown at the desk; what is new is told once a day.",
        ),
        module="inventory",
    )
)
SHELF_DAYS_LEFT = declare(
    SettingSpec(
        key="inventory.shelf_days_left",
        shape=Whole(0, 1095),
        default=0,
        label=Words("出库时最少剩余效期（天）", "Days of shelf life left at shipment, at least"),
        help=Words(
            "订单只占用到期日不早于下单日加此天数的批次，先到期先出；0 表示当天到期的仍可占用，已过期的永不占用。可为单个供货方另设。",
            "Orders are promised only lots that last that many days from the day of the order, what expires first going"
            " first; 0: what expires today may still go, what has expired never. A single seller may have its own.",
        ),
        module="inventory",
        per_seller=True,
    )
)
ADJUSTMENT_NUMBER = numbering(
    type="adjustment", prefix="AD", label=Words("库存调整单号", "Adjustment numbers"), module="inventory"
)
TRANSFER_NUMBER = numbering(
    type="transfer", prefix="TR", label=Words("调拨单号", "Transfer numbers"), module="inventory"
)
COUNT_NUMBER = numbering(
    type="count", prefix="CO", label=Words("盘点单号", "Stock-take numbers"), module="inventory"
)
SALE_NUMBER = numbering(
    type="sale", prefix="SA", label=Words("销售登记单号", "Sale numbers"), module="inventory"
)


def _owner(documents: QuerySet[Any], document_id: str) -> tuple[str, ...] | None:
    """Whose a document is that the reach shows."""
    try:
        key = UUID(document_id)
    except ValueError:
        return None
    found = documents.filter(pk=key).values_list("owner_path", flat=True).first()
    return None if found is None else (found,)


declare_subject("adjustment", scope="stock:read", resolve=partial(_owner, Adjustment.objects.all()))
declare_subject("transfer", scope="stock:read", resolve=partial(_owner, StockTransfer.objects.all()))
declare_subject("stock_count", scope="stock:read", resolve=partial(_owner, StockCount.objects.all()))
declare_subject("sale", scope="stock:read", resolve=partial(_owner, Sale.objects.all()))

declare_names("adjustment", of=ByColumn(Adjustment))
declare_names("transfer", of=ByColumn(StockTransfer))
declare_names("stock_count", "count", of=ByColumn(StockCount))
declare_names("sale", of=ByColumn(Sale))
declare_names("warehouse", of=ByColumn(Warehouse, "name"), key=int)
