"""Shapes of ledger entries, and of goods as a keeper looks them up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from huiliu.inventory.schemas.common import Id, Text


class EntrySource(StrEnum):
    """Documents that move goods."""

    ORDER = "order"
    SHIPMENT = "shipment"
    RETURN = "return"
    ADJUSTMENT = "adjustment"
    TRANSFER = "transfer"
    COUNT = "count"
    SALE = "sale"


class EntryQuery(Schema):
    source_type: EntrySource
    source_id: UUID


class EntrySideOut(Schema):
    """An account that gives or takes; of another party only its kind is told."""

    kind: str
    organization_id: int | None
    organization_name: str
    warehouse_id: int | None
    warehouse_name: str
    lot: str


class StockEntryOut(Schema):
    """One transfer of goods that a document caused; a promise (HOLD, RELEASE) has no taker."""

    transfer_id: int
    step: str
    kind: str
    sku_id: int
    sku_code: str
    sku_name: str
    amount: str
    amount_text: str
    user_name: str
    effective_at: datetime
    recorded_at: datetime
    given_by: EntrySideOut | None
    taken_by: EntrySideOut | None


class GoodsQuery(Schema):
    """Goods by a code or barcode as a scanner sends it, by part of the name, or by their ids."""

    text: Text = ""
    sku_id: Annotated[list[Id], Field(max_length=500)] = Field(default_factory=list)
    limit: Annotated[int, Field(ge=1, le=500)] = 20


class GoodsUnitOut(Schema):
    unit: str
    numerator: int
    denominator: int


class GoodsOut(Schema):
    """A sku with its units, largest first; `scanned_unit` names the unit whose barcode was read."""

    sku_id: int
    code: str
    name: str
    specification: str
    base_unit: str
    is_whole: bool
    units: list[GoodsUnitOut]
    scanned_unit: str
