"""The verbs of stock outside orders: the only writers of its documents."""

from huiliu.inventory.services.adjustments import (
    approve_adjustment,
    record_adjustment,
    reject_adjustment,
    withdraw_adjustment,
)
from huiliu.inventory.services.count_posting import approve_count
from huiliu.inventory.services.counts import (
    abandon_stale_counts,
    cancel_count,
    close_round,
    plan_count,
    record_count_entries,
    recount,
    start_count,
)
from huiliu.inventory.services.rows import open_stock, record_counts, record_sales
from huiliu.inventory.services.sales import correct_sale, record_sale, reverse_sale
from huiliu.inventory.services.transfers import cancel_transfer, receive_transfer, send_transfer
from huiliu.inventory.services.warehouses import (
    change_settings,
    create_warehouse,
    ensure_warehouse,
    open_first_warehouses,
    set_warehouse_open,
    update_warehouse,
)

__all__ = [
    "abandon_stale_counts",
    "approve_adjustment",
    "approve_count",
    "cancel_count",
    "cancel_transfer",
    "change_settings",
    "close_round",
    "correct_sale",
    "create_warehouse",
    "ensure_warehouse",
    "open_first_warehouses",
    "open_stock",
    "plan_count",
    "receive_transfer",
    "record_adjustment",
    "record_count_entries",
    "record_counts",
    "record_sale",
    "record_sales",
    "recount",
    "reject_adjustment",
    "reverse_sale",
    "send_transfer",
    "set_warehouse_open",
    "start_count",
    "update_warehouse",
    "withdraw_adjustment",
]
