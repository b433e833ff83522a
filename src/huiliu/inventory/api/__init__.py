"""Inventory over HTTP: translate, one call."""

from huiliu.inventory.api import documents, places, sales, stock

__all__ = ["documents", "places", "sales", "stock"]
