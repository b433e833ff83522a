"""Inventory over HTTP: translate, one call."""

from huiliu.inventory.api import counts, documents, entries, places, sales, stock

__all__ = ["counts", "documents", "entries", "places", "sales", "stock"]
