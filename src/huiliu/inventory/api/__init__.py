"""Inventory over HTTP: translate, one call."""

from huiliu.inventory.api import documents, places

__all__ = ["documents", "places"]
