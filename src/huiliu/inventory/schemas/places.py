"""Shapes of warehouses and settings."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import Field

from huiliu.inventory.schemas.common import Id, Positive, Text, Version, Word
from huiliu.inventory.types import (
    Shown,
)
from huiliu.platform.http.cursor import PageQuery


class WarehouseIn(Schema):
    """What can be written of a warehouse; the whole of it is replaced."""

    name: Text
    code: Word = Field(
        default="", description="Empty: numbered after the organization; kept when it has one."
    )
    region_code: Word = Field(default="", description="GB/T 2260 code.")
    city: Word = ""
    address: Text = ""
    priority: Annotated[int, Field(ge=0, le=10_000)] = Field(default=100, description="Smaller goes first.")


class NewWarehouseIn(WarehouseIn):
    organization_id: Id


class WarehouseChangeIn(WarehouseIn):
    """A changed warehouse; `version` is the one that was read."""

    version: Version


class WarehouseOpenIn(Schema):
    """Close or open a warehouse."""

    version: Version
    is_open: bool


class WarehouseQuery(PageQuery):
    organization_id: Id | None = None
    is_active: bool | None = None
    text: Text = ""


class WarehouseOut(Schema):
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
    allowed_actions: list[str]


class StockSettingsQuery(Schema):
    organization_id: Id | None = Field(default=None, description="Without one: your own organization.")


class StockSettingsIn(Schema):
    """How an organization keeps its stock; `version` is the one that was read, 0 before the first change."""

    organization_id: Id
    shown_to_buyers: Shown = Field(description="What buyers may know of it.")
    tight_below: Positive = Field(description="Below this many base units stock is called tight.")
    adjustment_limit: Positive = Field(description="Adjustments above it wait for somebody else's approval.")
    sells_before_stock_in: bool = Field(
        description="Sales may be recorded before the goods are on the books."
    )
    version: Annotated[int, Field(ge=0, le=2**31 - 1)]


class StockSettingsOut(Schema):
    organization_id: int
    shown_to_buyers: Shown
    tight_below: str
    adjustment_limit: str
    sells_before_stock_in: bool
    version: int
