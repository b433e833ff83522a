"""Inventory over HTTP: translate, one call."""

from huiliu.inventory.api import counts, documents, places, sales, stock

__all__ = ["counts", "documents", "places", "sales", "stock"]
