"""The verbs of orders; each moves documents, goods and money in one transaction."""

from huiliu.orders.services.allocate import allocate_backorders
from huiliu.orders.services.approve import confirm_order
from huiliu.orders.services.buyers_word import (
    confirm_as_buyer,
    expire_buyers_silence,
    refuse_as_buyer,
    remind_buyers,
)
from huiliu.orders.services.cancel import cancel_lines
from huiliu.orders.services.complain import answer_complaint, close_complaint, complain
from huiliu.orders.services.favourites import add_favourite, remove_favourite
from huiliu.orders.services.place import find_placed, write_order
from huiliu.orders.services.receive import receive_shipment
from huiliu.orders.services.returns import receive_return, reject_return, request_return
from huiliu.orders.services.seen import forget_seen, note_seen
from huiliu.orders.services.ship import ship_order
from huiliu.orders.services.track import attach_waybill, track, track_by_hand

__all__ = [
    "add_favourite",
    "allocate_backorders",
    "answer_complaint",
    "attach_waybill",
    "cancel_lines",
    "close_complaint",
    "complain",
    "confirm_as_buyer",
    "confirm_order",
    "expire_buyers_silence",
    "find_placed",
    "forget_seen",
    "note_seen",
    "receive_return",
    "receive_shipment",
    "refuse_as_buyer",
    "reject_return",
    "remind_buyers",
    "remove_favourite",
    "request_return",
    "ship_order",
    "track",
    "track_by_hand",
    "write_order",
]
