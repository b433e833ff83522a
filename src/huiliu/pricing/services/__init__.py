"""Prices: the book in force, priced lines with their reasons, and the life of price lists."""

from huiliu.pricing.services.book import KIND, current_book
from huiliu.pricing.services.lists import (
    approve_price_list,
    create_price_list,
    discard_price_list,
    draft_book,
    end_price_list,
    import_price_list,
    lint_price_list,
    publish_price_list,
    revise_price_list,
    update_price_list,
)
from huiliu.pricing.services.quoting import (
    AUTHORITY,
    Wanted,
    exponent_of,
    price_lines,
    trace_for,
    trace_of,
)
from huiliu.pricing.services.rows import put_rows, remove_rows, rows_from_drafts, rows_of, save_sheet

__all__ = [
    "AUTHORITY",
    "KIND",
    "Wanted",
    "approve_price_list",
    "create_price_list",
    "current_book",
    "discard_price_list",
    "draft_book",
    "end_price_list",
    "exponent_of",
    "import_price_list",
    "lint_price_list",
    "price_lines",
    "publish_price_list",
    "put_rows",
    "remove_rows",
    "revise_price_list",
    "rows_from_drafts",
    "rows_of",
    "save_sheet",
    "trace_for",
    "trace_of",
    "update_price_list",
]
