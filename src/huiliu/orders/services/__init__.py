"""The verbs of orders; each moves documents, goods and money in one transaction."""

from huiliu.orders.services.allocate import allocate_backorders
from huiliu.orders.services.approve import confirm_order
from huiliu.orders.services.cancel import cancel_lines
from huiliu.orders.services.place import find_placed, write_order
from huiliu.orders.services.receive import receive_shipment
from huiliu.orders.services.returns import receive_return, reject_return, request_return
from huiliu.orders.services.ship import ship_order
from huiliu.orders.services.track import attach_waybill, track, track_by_hand

__all__ = [
    "allocate_backorders",
    "attach_waybill",
    "cancel_lines",
    "confirm_order",
    "find_placed",
    "receive_return",
    "receive_shipment",
    "reject_return",
    "request_return",
    "ship_order",
    "track",
    "track_by_hand",
    "write_order",
]
