"""Orders and what follows from them. Lines of every document are append-only facts.

`Line` progress counters are a projection of the later documents' lines; a selector proves it.
Paths are rewritten when an organization moves (reach follows today's tree); `*_then` never are (reports).
"""

from __future__ import annotations

from huiliu.orders.models.amounts import Amount
from huiliu.orders.models.orders import BuyerName, Line, Order
from huiliu.orders.models.returns import Complaint, Return, ReturnLine
from huiliu.orders.models.shipments import (
    CancellationLine,
    ReceiptDifference,
    Shipment,
    ShipmentLine,
    Waybill,
)
from huiliu.orders.models.shopping import Cart, CartLine, Favourite, SeenSku

__all__ = [
    "Amount",
    "BuyerName",
    "CancellationLine",
    "Cart",
    "CartLine",
    "Complaint",
    "Favourite",
    "Line",
    "Order",
    "ReceiptDifference",
    "Return",
    "ReturnLine",
    "SeenSku",
    "Shipment",
    "ShipmentLine",
    "Waybill",
]
