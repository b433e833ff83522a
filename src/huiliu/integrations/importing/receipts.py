"""Money received, as finance reads it off the bank's list: one row a payment, by its channel and reference."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from huiliu.integrations.errors import CellEmpty, RowExists, RowMissing
from huiliu.integrations.importing.document_ids import document_id
from huiliu.integrations.importing.organizations import organization_of
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode
from huiliu.kernel.text import normalise
from huiliu.receivables import selectors
from huiliu.receivables import services as receivables
from huiliu.receivables.errors import ReceiptIdReused
from huiliu.receivables.types import Method, ReceiptDraft, ReceiptState

CURRENCY: Final = "CNY"


class ReceiptApplier:
    """One import of receipts. The reference names the payment: read again it is the same one, never a second."""

    batch = 1

    def __init__(self, context: Context) -> None:
        self.context = context

    def unit_of(self, row: ImportRow) -> Hashable | None:  # noqa: ARG002 - each row is a payment of its own
        return None

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done]:
        return [self._row(row) for row in rows]

    def _row(self, row: ImportRow) -> Done:
        """Raises: what the service refuses; a receipt that was taken back is entered again by hand only."""
        if self.context.mode is Mode.UPDATE:
            raise RowMissing(
                "Money received is never changed: take the receipt back and enter the right one."
            )
        buyer = organization_of(row, "buyer_code")
        if buyer is None:
            raise CellEmpty("Who paid?", field="buyer_code")
        actor = self.context.actor
        method, reference = Method(row.get("method", Method.BANK)), normalise(row.text("reference"))
        draft = ReceiptDraft(
            receipt_id=document_id("receipt", actor.organization_id, method.value, reference),
            buyer_id=buyer.id,
            amount=row.get("amount"),
            method=method,
            value_date=row.get("value_date"),
            currency=normalise(row.text("currency")) or CURRENCY,
            reference=reference,
            note=normalise(row.text("note")),
        )
        stood = selectors.state_of(draft.receipt_id)
        try:
            receipt = receivables.record_receipt(actor=actor, draft=draft, now=self.context.now)
        except ReceiptIdReused as other:
            raise RowExists(
                f"The payment {reference[:60]} was imported with other figures.", field="reference"
            ) from other
        if stood is None:
            return Done.INSERTED
        if stood is ReceiptState.REVERSED:
            raise RowExists(
                f"{receipt.number} was taken back; enter the payment by hand if it came after all.",
                field="reference",
            )
        return Done.UNCHANGED


RECEIPTS = Entity("receipts", frozenset({"money:write"}), ReceiptApplier)
