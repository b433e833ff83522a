"""Inventory over HTTP: translate, one call."""

from huiliu.inventory.api import documents, places, stock

__all__ = ["documents", "places", "stock"]
