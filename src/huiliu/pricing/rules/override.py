"""A price set by hand, within the authority of a role. Source: docs/algorithms/pricing.md, "By hand"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from huiliu.kernel.money import EXACT, round_half_up
from huiliu.pricing.errors import OverrideNeedsApproval, OverrideReasonMissing
from huiliu.pricing.rules.amounts import check_unit_price
from huiliu.pricing.rules.resolve import floor_of, overridden_line, per_base_unit, price_in_unit
from huiliu.pricing.types import AppliedOverride, Authority, OverrideVerdict, PricedLine, PriceOverride

ABOVE_DISCOUNT: Final = "discount"
BELOW_FLOOR: Final = "floor"


def judge_override(line: PricedLine, override: PriceOverride, authority: Authority) -> OverrideVerdict:
    """Whether this authority covers this price: discount against the resolved price, and the floor.

    The comparison is exact; only the discount that is shown is rounded (six decimals).
    """
    asked = per_base_unit(override.unit_price, line.unit)
    winner = line.trace.winner
    resolved_price = winner.row.price_at(line.quantity)
    if resolved_price is None:  # the winner of a trace always has a price
        raise ValueError("the trace has no winning price")
    resolved = per_base_unit(resolved_price, winner.row.unit)
    discount = 1 - asked / resolved
    exceeds = []
    if discount > Fraction(authority.discount_max):
        exceeds.append(ABOVE_DISCOUNT)
    floor = floor_of(line)
    if floor is not None and asked < floor and not authority.may_go_below_floor:
        exceeds.append(BELOW_FLOOR)
    shown = round_half_up(EXACT.divide(discount.numerator, discount.denominator), 6)
    return OverrideVerdict(shown, tuple(exceeds))


def apply_override(
    line: PricedLine, override: PriceOverride, authority: Authority, *, approver: Authority | None = None
) -> PricedLine:
    """The line at the price set by hand; the approver's authority counts where the own one does not reach.

    The facts of a refusal never name the floor: it is not everyone's to know.
    Raises: PriceNotPositive, OverrideReasonMissing, OverrideNeedsApproval
            (facts: exceeds, discount, discount_max, resolved_unit_price, asked_unit_price).
    """
    check_unit_price(override.unit_price)
    if not override.reason.strip():
        raise OverrideReasonMissing("A price set by hand needs a reason.", field="reason")
    verdict = judge_override(line, override, authority)
    approved_by = ""
    if not verdict.is_allowed and approver is not None:
        authority_of_approver = judge_override(line, override, approver)
        approved_by = approver.role if authority_of_approver.is_allowed else ""
    if not verdict.is_allowed and not approved_by:
        raise OverrideNeedsApproval(
            f"{override.unit_price} is beyond what {authority.role} may set.",
            exceeds=list(verdict.exceeds),
            discount=verdict.discount,
            discount_max=authority.discount_max,
            resolved_unit_price=_resolved_in_entered_unit(line),
            asked_unit_price=override.unit_price,
            field="unit_price",
        )
    return overridden_line(
        line,
        AppliedOverride(
            override.unit_price, override.reason.strip(), authority.role, verdict.discount, approved_by
        ),
    )


def _resolved_in_entered_unit(line: PricedLine) -> Decimal | None:
    row = line.trace.winner.row
    price = row.price_at(line.quantity)
    return None if price is None else price_in_unit(price, row.unit, line.unit)
