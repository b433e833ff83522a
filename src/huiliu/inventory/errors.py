"""Refusals of inventory."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class WarehouseNotVisible(DomainError):
    """There is no such warehouse for you; choose one of your own."""

    code = "inventory.warehouse_not_visible"
    kind = Kind.NOT_FOUND


class WarehouseCodeTaken(DomainError):
    """Another warehouse has this code; choose another, or leave it empty and let the system number it."""

    code = "inventory.warehouse_code_taken"
    kind = Kind.CONFLICT


class WarehouseNotEmpty(DomainError):
    """Move or count out what is in the warehouse and release what is promised from it, then close it."""

    code = "inventory.warehouse_not_empty"
    kind = Kind.CONFLICT


class WarehouseLast(DomainError):
    """An organization keeps at least one warehouse; open another before you close this one."""

    code = "inventory.warehouse_last"
    kind = Kind.CONFLICT


class WarehouseClosed(DomainError):
    """This warehouse is closed; open it again or choose another."""

    code = "inventory.warehouse_closed"
    kind = Kind.CONFLICT


class SkuUnknown(DomainError):
    """There is no goods with this code or barcode; correct it or have it added to the catalog."""

    code = "inventory.sku_unknown"
    kind = Kind.INVALID


class UnitsInvalid(DomainError):
    """Enter a quantity other than zero, whole where the goods is counted, with at most six decimals."""

    code = "inventory.units_invalid"
    kind = Kind.INVALID


class LotInvalid(DomainError):
    """Give an expiry date, or a production date of goods whose shelf life is known; a batch number alone is no lot."""

    code = "inventory.lot_invalid"
    kind = Kind.INVALID


class ReasonInvalid(DomainError):
    """Choose a reason that fits the direction: found goods come in, damaged or lost goods go; explain "other"."""

    code = "inventory.reason_invalid"
    kind = Kind.INVALID


class StockTooLow(DomainError):
    """There is less in the warehouse than should leave it; count it, or record what came in first."""

    code = "inventory.stock_too_low"
    kind = Kind.CONFLICT


class IdReused(DomainError):
    """This id belongs to another document; make a new id for a new one."""

    code = "inventory.id_reused"
    kind = Kind.CONFLICT


class AdjustmentNotVisible(DomainError):
    """There is no such adjustment, or your role does not see it."""

    code = "inventory.adjustment_not_visible"
    kind = Kind.NOT_FOUND


class ApproverIsAuthor(DomainError):
    """Somebody else has to approve what you recorded yourself."""

    code = "inventory.approver_is_author"
    kind = Kind.FORBIDDEN


class TransferNotVisible(DomainError):
    """There is no such transfer, or your role does not see it."""

    code = "inventory.transfer_not_visible"
    kind = Kind.NOT_FOUND


class TransferInvalid(DomainError):
    """Move goods between two different warehouses of the same organization; sell to another by an order."""

    code = "inventory.transfer_invalid"
    kind = Kind.INVALID


class CountNotVisible(DomainError):
    """There is no such stock-take, or your role does not see it."""

    code = "inventory.count_not_visible"
    kind = Kind.NOT_FOUND


class CountOutOfScope(DomainError):
    """This goods is not part of the stock-take or of its recount; count only what the list names."""

    code = "inventory.count_out_of_scope"
    kind = Kind.INVALID


class CountUnfinished(DomainError):
    """Some goods are not counted, disputed or moved while counted; recount them or say how they are to be taken."""

    code = "inventory.count_unfinished"
    kind = Kind.CONFLICT


class CountOverlaps(DomainError):
    """Another stock-take of this warehouse is open; finish or cancel it first."""

    code = "inventory.count_overlaps"
    kind = Kind.CONFLICT


class SaleNotVisible(DomainError):
    """There is no such sale, or your role does not see it."""

    code = "inventory.sale_not_visible"
    kind = Kind.NOT_FOUND


class SaleDateInvalid(DomainError):
    """Sales are recorded for today or an earlier day; check the date."""

    code = "inventory.sale_date_invalid"
    kind = Kind.INVALID


class SaleBuyerInvalid(DomainError):
    """Choose a store or partner below the one that sells; for anyone else write the customer's name."""

    code = "inventory.sale_buyer_invalid"
    kind = Kind.INVALID


class SaleMayBeOrder(DomainError):
    """An order shipped the same goods to this buyer these days; do not record it twice, or confirm that it is another sale."""

    code = "inventory.sale_may_be_order"
    kind = Kind.CONFLICT


class SaleChanged(DomainError):
    """This receipt line was recorded with other figures; correct the recorded sale instead of sending it again."""

    code = "inventory.sale_changed"
    kind = Kind.CONFLICT


class SaleReversed(DomainError):
    """This sale was taken back already; record the right one as a new sale."""

    code = "inventory.sale_reversed"
    kind = Kind.CONFLICT


class OpeningTaken(DomainError):
    """Goods moved here already, so there is nothing to open; use a stock-take to correct what stands there."""

    code = "inventory.opening_taken"
    kind = Kind.CONFLICT


class StockNotShown(DomainError):
    """You see your own stock and what your seller shows of its own; choose one of your sellers."""

    code = "inventory.stock_not_shown"
    kind = Kind.NOT_FOUND
