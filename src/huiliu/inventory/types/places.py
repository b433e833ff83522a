"""Warehouses and how stock is kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Shown(StrEnum):
    """What a seller lets its buyers know of its stock."""

    EXACT = "EXACT"
    LEVEL = "LEVEL"
    NOTHING = "NOTHING"


class StockLevel(StrEnum):
    """Stock in a word: 充足, 紧张, 无货."""

    PLENTY = "PLENTY"
    TIGHT = "TIGHT"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class WarehouseDraft:
    """What may be written of a warehouse; `code` empty: made from the organization's."""

    name: str
    code: str = ""
    region_code: str = ""
    city: str = ""
    address: str = ""
    priority: int = 100


@dataclass(frozen=True, slots=True)
class WarehouseRow:
    """A place where an organization keeps goods."""

    id: int
    code: str
    name: str
    organization_id: int
    organization_name: str
    region_code: str
    city: str
    address: str
    priority: int
    is_active: bool
    version: int
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StockSettings:
    """How an organization keeps its stock."""

    organization_id: int
    shown_to_buyers: Shown = Shown.LEVEL
    tight_below: Decimal = Decimal(100)
    adjustment_limit: Decimal = Decimal(100)  # base units of one document, both ways together
    sells_before_stock_in: bool = False
    version: int = 0
