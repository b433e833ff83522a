"""Pricing over HTTP: the life of price lists, their sheets, and what somebody pays."""

from huiliu.pricing.api import desk, lists, prices

__all__ = ["desk", "lists", "prices"]
