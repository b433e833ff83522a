"""Orders from a file: each order through the same door as one from the screen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from huiliu.flows.place_order import parties_of, place_order
from huiliu.integrations.errors import RowExists, RowMissing
from huiliu.integrations.importing import own_fields
from huiliu.integrations.importing.document_ids import document_id
from huiliu.integrations.importing.lines import goods_of
from huiliu.integrations.importing.naming import named
from huiliu.integrations.importing.organizations import organization_of
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode
from huiliu.kernel.refusals import Refusals
from huiliu.kernel.text import normalise
from huiliu.orders import selectors as orders
from huiliu.orders.errors import LineInvalid
from huiliu.orders.types import DraftLine, OrderDraft


class OrderApplier:
    """One import of orders."""

    batch = 1

    def __init__(self, context: Context) -> None:
        self.context = context

    def unit_of(self, row: ImportRow) -> Hashable | None:
        return (normalise(row.text("buyer_code")), normalise(row.text("external_number")))

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done]:
        """Raises: what placing an order raises; lines are named by their rows."""
        draft = self._draft(rows)
        with named(own_fields.cells_of("orders")):
            return self._place(draft, count=len(rows))

    def _place(self, draft: OrderDraft, *, count: int) -> list[Done]:
        if self.context.mode is Mode.UPDATE and not orders.is_order(draft.order_id):
            raise RowMissing("There is no such order; placed ones are not changed by an import.")
        placed = place_order(actor=self.context.actor, draft=draft, now=self.context.now)
        return [Done.UNCHANGED if placed.earlier else Done.INSERTED] * count

    def _draft(self, rows: Sequence[ImportRow]) -> OrderDraft:
        first = rows[0]
        buyer, seller = parties_of(
            actor=self.context.actor,
            buyer_id=_organization_id(first, "buyer_code"),
            seller_id=_organization_id(first, "seller_code"),
        )
        number = normalise(first.text("external_number"))
        # Without a number of the buyer's own, the file is the order: sent again, it is the same one.
        order_id = document_id(
            "order", buyer.organization_id, seller.organization_id, number or self.context.file_sha256
        )
        if number:
            _refuse_twin(order_id, number, buyer_id=buyer.organization_id)
        return OrderDraft(
            order_id=order_id,
            buyer_id=buyer.organization_id,
            seller_id=seller.organization_id,
            lines=_lines(rows),
            external_number=number,
            buyer_note=next((row.text("note") for row in rows if row.text("note")), ""),
            wanted_date=next((row.get("wanted_date") for row in rows if row.get("wanted_date")), None),
            custom=_custom(rows),
        )


def _custom(rows: Sequence[ImportRow]) -> dict[str, Any]:
    """What the brand's own fields say of the order: of its rows the first that says something counts."""
    values: dict[str, Any] = {}
    for row in reversed(rows):
        values = own_fields.values_of(row, "orders", values)
    return values


def _lines(rows: Sequence[ImportRow]) -> tuple[DraftLine, ...]:
    """Every unknown code is named with its row."""
    refusals = Refusals()
    lines = []
    for place, row in enumerate(rows):
        with refusals.collecting():
            sku, unit = goods_of(row, place=place)
            quantity = row.get("quantity")
            if quantity <= 0:
                raise LineInvalid(
                    "A line orders something.", field=f"rows[{place}].quantity", given=str(quantity)
                )
            lines.append(DraftLine(sku.id, quantity, unit))
    refusals.raise_if_any()
    return tuple(lines)


def _refuse_twin(order_id: object, number: str, *, buyer_id: int) -> None:
    """The buyer's own number names one order, however it came. Raises: RowExists."""
    where = orders.OrderFilter(buyer_id=buyer_id, text=number)
    for row in orders.list_orders(where=where, limit=50):
        if row["external_number"] == number and row["id"] != order_id:
            raise RowExists(
                f"{number} is order {row['number']}.", field="external_number", given=row["number"]
            )


def _organization_id(row: ImportRow, field: str) -> int | None:
    found = organization_of(row, field)
    return found.id if found else None


ORDERS = Entity("orders", frozenset({"orders:submit", "prices:read"}), OrderApplier)
