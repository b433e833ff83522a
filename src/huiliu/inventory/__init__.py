"""Goods read as business: warehouses, stock by place and day, sell-out, stock-takes. Keeps no balance of its own (ledger does)."""
