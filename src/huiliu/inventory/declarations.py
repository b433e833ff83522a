"""What an administrator may set about stock (how its documents are numbered), and what may be attached to them.

How an organization keeps its stock is its own: see `types.StockSettings`.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from huiliu.inventory.models import Adjustment, Sale, StockCount, StockTransfer
from huiliu.platform.settings_registry import numbering
from huiliu.platform.settings_types import Words
from huiliu.platform.subjects import declare_subject

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
    type="sale", prefix="SA", label=Words("销售登记单号", "Sell-out numbers"), module="inventory"
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
