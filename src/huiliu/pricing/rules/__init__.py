"""Pure pricing rules: no Django, no clock. Source: docs/algorithms/pricing.md."""

from huiliu.pricing.rules.amounts import (
    after_amount_edit,
    after_quantity_edit,
    after_unit_price_edit,
    differences,
    sum_lines,
)
from huiliu.pricing.rules.book import PriceBook, VersionBook
from huiliu.pricing.rules.calendar import find_gaps, find_overlaps
from huiliu.pricing.rules.diff import diff_heads, diff_in_words, diff_rows, percent_of, price_of
from huiliu.pricing.rules.lint import check_no_ties, check_rows, find_ties
from huiliu.pricing.rules.override import apply_override, judge_override
from huiliu.pricing.rules.resolve import (
    explain,
    floor_of,
    price_in_unit,
    price_ladder,
    resolve,
    try_resolve,
    unit_prices,
)
from huiliu.pricing.rules.review import finding_of_empty_audience, findings_of, warnings_of
from huiliu.pricing.rules.trace import redact, replay, snapshot, steps_of
from huiliu.pricing.rules.wording import render

__all__ = [
    "PriceBook",
    "VersionBook",
    "after_amount_edit",
    "after_quantity_edit",
    "after_unit_price_edit",
    "apply_override",
    "check_no_ties",
    "check_rows",
    "diff_heads",
    "diff_in_words",
    "diff_rows",
    "differences",
    "explain",
    "find_gaps",
    "find_overlaps",
    "find_ties",
    "finding_of_empty_audience",
    "findings_of",
    "floor_of",
    "judge_override",
    "percent_of",
    "price_in_unit",
    "price_ladder",
    "price_of",
    "redact",
    "render",
    "replay",
    "resolve",
    "snapshot",
    "steps_of",
    "sum_lines",
    "try_resolve",
    "unit_prices",
    "warnings_of",
]
