"""What stands where, what moved it, and the documents behind it, as far as the reach shows them."""

from huiliu.inventory.selectors.documents import (
    get_adjustment,
    get_transfer,
    list_adjustments,
    list_transfers,
)
from huiliu.inventory.selectors.warehouses import get_warehouse, list_warehouses, moved_skus, stock_settings

__all__ = [
    "get_adjustment",
    "get_transfer",
    "get_warehouse",
    "list_adjustments",
    "list_transfers",
    "list_warehouses",
    "moved_skus",
    "stock_settings",
]
