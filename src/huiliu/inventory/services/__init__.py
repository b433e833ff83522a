"""The verbs of stock outside orders: the only writers of its documents."""

from huiliu.inventory.services.adjustments import (
    approve_adjustment,
    record_adjustment,
    reject_adjustment,
    withdraw_adjustment,
)
from huiliu.inventory.services.rows import open_stock, record_sales
from huiliu.inventory.services.sales import correct_sale, record_sale, reverse_sale
from huiliu.inventory.services.transfers import cancel_transfer, receive_transfer, send_transfer
from huiliu.inventory.services.warehouses import (
    change_settings,
    create_warehouse,
    ensure_warehouse,
    set_warehouse_open,
    update_warehouse,
)

__all__ = [
    "approve_adjustment",
    "cancel_transfer",
    "change_settings",
    "correct_sale",
    "create_warehouse",
    "ensure_warehouse",
    "open_stock",
    "receive_transfer",
    "record_adjustment",
    "record_sale",
    "record_sales",
    "reject_adjustment",
    "reverse_sale",
    "send_transfer",
    "set_warehouse_open",
    "update_warehouse",
    "withdraw_adjustment",
]
