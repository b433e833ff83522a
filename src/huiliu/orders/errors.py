"""Refusals of orders and what follows from them."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class OrderNotVisible(DomainError):
    """There is no such order, or it belongs to others; check the number."""

    code = "orders.not_visible"
    kind = Kind.NOT_FOUND


class OrderIdReused(DomainError):
    """This order id was used for other content; make a new id for a new order."""

    code = "orders.id_reused"
    kind = Kind.CONFLICT


class OrderEmpty(DomainError):
    """Put at least one line with a quantity above zero on the order."""

    code = "orders.empty"
    kind = Kind.INVALID


class OrderTooLong(DomainError):
    """Split the order: it has more lines than one document can hold."""

    code = "orders.too_long"
    kind = Kind.TOO_LARGE


class LineInvalid(DomainError):
    """Correct the named lines; nothing was ordered."""

    code = "orders.line_invalid"
    kind = Kind.INVALID


class NotSellable(DomainError):
    """These goods are not in the buyer's range; ask the seller to open them, or take them off the order."""

    code = "orders.not_sellable"
    kind = Kind.CONFLICT


class NotAllowedToTrade(DomainError):
    """The buyer may not order from this seller now: no contract in force, frozen, or not connected."""

    code = "orders.not_allowed_to_trade"
    kind = Kind.CONFLICT


class InsufficientStock(DomainError):
    """Order less of the named lines, choose other goods, or allow backorder."""

    code = "orders.insufficient_stock"
    kind = Kind.CONFLICT


class CreditExceeded(DomainError):
    """Pay first, ask for a higher limit, or order less: the order is larger than what is available."""

    code = "orders.credit_exceeded"
    kind = Kind.CONFLICT


class PriceChanged(DomainError):
    """Prices changed since your quote; look at the difference and confirm the new quote."""

    code = "orders.price_changed"
    kind = Kind.CONFLICT


class PeriodLimitReached(DomainError):
    """Order no more than what is left of the limit for this period."""

    code = "orders.period_limit"
    kind = Kind.CONFLICT


class StepNotOpen(DomainError):
    """This step is already done or not asked for on this order; reload it."""

    code = "orders.step_not_open"
    kind = Kind.CONFLICT


class WaybillUnknown(DomainError):
    """There is no such waybill, or it belongs to others; attach it to its shipment first."""

    code = "orders.waybill_unknown"
    kind = Kind.NOT_FOUND


class ShipmentNotVisible(DomainError):
    """There is no such shipment, or it belongs to others; check the number."""

    code = "orders.shipment_not_visible"
    kind = Kind.NOT_FOUND


class NothingToShip(DomainError):
    """Name lines that are allocated and not yet shipped, at most what is allocated in that warehouse."""

    code = "orders.nothing_to_ship"
    kind = Kind.CONFLICT


class LotExpired(DomainError):
    """Allocate the order again: it gets another lot, or waits for one; or ship the other lines."""

    code = "orders.lot_expired"
    kind = Kind.CONFLICT


class AlreadyReceived(DomainError):
    """This shipment was received already; record later findings as a return or a claim."""

    code = "orders.already_received"
    kind = Kind.CONFLICT


class CannotCancel(DomainError):
    """Only what has not been shipped can be cancelled; return the rest after receipt."""

    code = "orders.cannot_cancel"
    kind = Kind.CONFLICT


class ReturnTooMuch(DomainError):
    """Return at most what was received and not yet returned."""

    code = "orders.return_too_much"
    kind = Kind.CONFLICT


class ReturnNotVisible(DomainError):
    """There is no such return, or it belongs to others; check the number."""

    code = "orders.return_not_visible"
    kind = Kind.NOT_FOUND


class WaybillTaken(DomainError):
    """This tracking number is on another shipment; check the number."""

    code = "orders.waybill_taken"
    kind = Kind.CONFLICT


class ReasonNeeded(DomainError):
    """Say why; the other side reads it."""

    code = "orders.reason_needed"
    kind = Kind.INVALID


class CartNotVisible(DomainError):
    """There is no such cart, or it belongs to others; open the list of carts again."""

    code = "orders.cart_not_visible"
    kind = Kind.NOT_FOUND


class CartOrdered(DomainError):
    """This cart has become an order; go on in a new cart, or order the same again from the order."""

    code = "orders.cart_ordered"
    kind = Kind.CONFLICT


class CartFull(DomainError):
    """Order what is in the cart, or put the rest into another one."""

    code = "orders.cart_full"
    kind = Kind.CONFLICT


class TooManyCarts(DomainError):
    """Order or remove one of the open carts first."""

    code = "orders.too_many_carts"
    kind = Kind.CONFLICT


class CartIdReused(DomainError):
    """This id belongs to another cart; make a new id for a new cart."""

    code = "orders.cart_id_reused"
    kind = Kind.CONFLICT


class CartsApart(DomainError):
    """Only carts of the same buyer and seller can be put together."""

    code = "orders.carts_apart"
    kind = Kind.CONFLICT


class TooManyFavourites(DomainError):
    """Take something off the favourites first."""

    code = "orders.too_many_favourites"
    kind = Kind.CONFLICT


class NotTheBuyer(DomainError):
    """Only the buyer itself agrees to an order that was placed for it, or refuses it."""

    code = "orders.not_the_buyer"
    kind = Kind.FORBIDDEN


class BuyerTooLate(DomainError):
    """The time to agree is over; ask for the order to be placed again."""

    code = "orders.buyer_too_late"
    kind = Kind.CONFLICT


class NobodyWaits(DomainError):
    """No order of this seller waits for the goods any more; look at the list of shortages again."""

    code = "orders.nobody_waits"
    kind = Kind.NOT_FOUND


class ComplaintNotVisible(DomainError):
    """There is no such complaint, or it belongs to others; open it from its order."""

    code = "orders.complaint_not_visible"
    kind = Kind.NOT_FOUND


class ComplaintNotYours(DomainError):
    """Only the buyer complains and ends its complaint, and only the seller answers it."""

    code = "orders.complaint_not_yours"
    kind = Kind.FORBIDDEN


class ComplaintIdTaken(DomainError):
    """A complaint with this id says something else; send a new one with an id of its own."""

    code = "orders.complaint_id_taken"
    kind = Kind.CONFLICT
