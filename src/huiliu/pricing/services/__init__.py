"""Prices: the book in force, priced lines with their reasons, and the life of price lists."""

from huiliu.pricing.services.lists import (
    approve_price_list,
    create_price_list,
    end_price_list,
    publish_price_list,
    put_rows,
)
from huiliu.pricing.services.quoting import (
    Wanted,
    current_book,
    exponent_of,
    price_lines,
    trace_for,
    trace_of,
)

__all__ = [
    "Wanted",
    "approve_price_list",
    "create_price_list",
    "current_book",
    "end_price_list",
    "exponent_of",
    "price_lines",
    "publish_price_list",
    "put_rows",
    "trace_for",
    "trace_of",
]
