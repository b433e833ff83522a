"""Stock for tests: what stands at a place, changes of it, and the proof that nothing was lost."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from huiliu.access.types import Actor
from huiliu.catalog.models import Sku
from huiliu.inventory import services
from huiliu.inventory.models import Warehouse
from huiliu.inventory.types import AdjustmentReason, AdjustmentRow, ChangeLine
from huiliu.ledger import selectors as ledger
from huiliu.ledger.types import AccountKind
from huiliu.platform.database import system_reach
from huiliu.testing.actors import NOW
from huiliu.testing.partners import a_document_id

D = Decimal
#: Lots that expire in this order.
EARLY, LATE = "2026-08-01/A", "2026-12-01/B"


def on_hand(place: Warehouse, sku: Sku, lot: str | None = None) -> Decimal:
    """What stands at a place, of all lots or of one."""
    return _sum(place, sku, lot)[0]


def held(place: Warehouse, sku: Sku, lot: str | None = None) -> Decimal:
    """What of it is promised."""
    return _sum(place, sku, lot)[1]


def _sum(place: Warehouse, sku: Sku, lot: str | None) -> tuple[Decimal, Decimal]:
    with system_reach("tests"):
        rows = [
            row
            for row in ledger.balances(
                kind=AccountKind.STOCK, owner_id=place.organization_id, sku_ids=[sku.pk], place_ids=[place.pk]
            )
            if lot is None or row.lot == lot
        ]
    return sum((row.balance for row in rows), D(0)), sum((row.held for row in rows), D(0))


def balance(kind: AccountKind, organization_id: int, sku: Sku) -> Decimal:
    """What an account without a place counts, of all lots."""
    with system_reach("tests"):
        rows = ledger.balances(kind=kind, owner_id=organization_id, sku_ids=[sku.pk])
    return sum((row.balance for row in rows), D(0))


def adjust(
    actor: Actor,
    place: Warehouse,
    sku: Sku,
    units: str,
    *,
    reason: AdjustmentReason = AdjustmentReason.CORRECTION,
    lot: str | None = None,
    now: datetime = NOW,
) -> AdjustmentRow:
    """One line of an adjustment."""
    return services.record_adjustment(
        actor=actor,
        adjustment_id=a_document_id(),
        warehouse_id=place.pk,
        reason=reason,
        note="",
        lines=[ChangeLine(sku.pk, D(units), lot)],
        now=now,
    )


def proven() -> bool:
    """Whether every balance is the sum of its transfers and open holds."""
    with system_reach("tests"):
        return ledger.prove() == []
