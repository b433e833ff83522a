"""Pricing over HTTP: the life of price lists, and what somebody pays."""

from huiliu.pricing.api import lists, prices

__all__ = ["lists", "prices"]
