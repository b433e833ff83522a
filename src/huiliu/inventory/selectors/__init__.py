"""What stands where, what moved it, and the documents behind it, as far as the reach shows them."""

from huiliu.inventory.selectors.counts import (
    count_entries,
    count_history,
    count_lines,
    get_count,
    list_counts,
    on_hand_of,
)
from huiliu.inventory.selectors.documents import (
    get_adjustment,
    get_transfer,
    list_adjustments,
    list_transfers,
    openings,
)
from huiliu.inventory.selectors.movements import flows, movements, stock_card
from huiliu.inventory.selectors.sales import external_lines, get_sale, list_sales
from huiliu.inventory.selectors.stock import key_of, list_stock, seller_stock, suggest_lots
from huiliu.inventory.selectors.warehouses import (
    get_warehouse,
    list_warehouses,
    moved_skus,
    stock_settings,
    warehouse_names,
)

__all__ = [
    "count_entries",
    "count_history",
    "count_lines",
    "external_lines",
    "flows",
    "get_adjustment",
    "get_count",
    "get_sale",
    "get_transfer",
    "get_warehouse",
    "key_of",
    "list_adjustments",
    "list_counts",
    "list_sales",
    "list_stock",
    "list_transfers",
    "list_warehouses",
    "moved_skus",
    "movements",
    "on_hand_of",
    "openings",
    "seller_stock",
    "stock_card",
    "stock_settings",
    "suggest_lots",
    "warehouse_names",
]
