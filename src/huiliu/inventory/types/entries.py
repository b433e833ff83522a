"""Entries of the ledger of goods, and goods as a keeper looks them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class EntrySide:
    """An account that gives or takes; of the other party only its kind is told."""

    kind: str
    organization_id: int | None
    organization_name: str
    warehouse_id: int | None
    warehouse_name: str
    lot: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One transfer of goods that a document caused; a promise has no taker."""

    transfer_id: int
    step: str
    kind: str
    sku_id: int
    amount: Decimal
    user_name: str
    effective_at: datetime
    recorded_at: datetime
    given_by: EntrySide | None
    taken_by: EntrySide | None
