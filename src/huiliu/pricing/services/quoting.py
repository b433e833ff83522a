"""Priced lines, a price set by hand within the actor's authority, and the trace that is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from huiliu.access.types import Actor, Role
from huiliu.kernel.money import Currency, currency_of
from huiliu.kernel.quantity import UnitFactor
from huiliu.kernel.refusals import Refusals
from huiliu.pricing import rules
from huiliu.pricing.services.book import current_book
from huiliu.pricing.types import (
    Authority,
    PricedLine,
    PriceOverride,
    PriceQuery,
)

#: How far each role may go by hand; others may not set prices.
AUTHORITY: dict[Role, Authority] = {
    Role.ADMINISTRATOR: Authority("ADMINISTRATOR", Decimal(1), may_go_below_floor=True),
    Role.CHANNEL_MANAGER: Authority("CHANNEL_MANAGER", Decimal("0.10")),
    Role.SALES_OPERATIONS: Authority("SALES_OPERATIONS", Decimal("0.03")),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line to price; `quantity` in base units, `unit` the one it was entered in."""

    sku_id: int
    unit: UnitFactor
    quantity: Decimal
    tax_rate: Decimal
    override: Decimal | None = None
    override_reason: str = ""
    project: str = ""


@lru_cache
def _currency(code: str) -> Currency:
    return currency_of(code)


def exponent_of(code: str) -> int:
    """How many decimals amounts of this currency have."""
    return _currency(code).exponent


def price_lines(
    *,
    actor: Actor,
    seller_id: int,
    buyer_id: int,
    currency: str,
    on: date,
    wanted: Sequence[Wanted],
    now: datetime,
) -> list[PricedLine]:
    """The price of each line, or every line that has none.

    Raises: NoPrice, OverrideNeedsApproval, OverrideReasonMissing; SeveralRefused when there are several.
    """
    del now  # prices follow the business day `on`
    book = current_book()
    unit = _currency(currency)
    refusals = Refusals()
    lines: list[PricedLine] = []
    for position, want in enumerate(wanted):
        with refusals.collecting(f"lines.{position}"):
            line = rules.resolve(
                book,
                PriceQuery(
                    seller_id=seller_id,
                    buyer_id=buyer_id,
                    sku_id=want.sku_id,
                    unit=want.unit,
                    quantity=want.quantity,
                    on=on,
                    currency=unit,
                    tax_rate=want.tax_rate,
                    project=want.project,
                ),
            )
            if want.override is not None:
                line = rules.apply_override(
                    line, PriceOverride(want.override, want.override_reason), _authority(actor)
                )
            lines.append(line)
    refusals.raise_if_any()
    return lines


def _authority(actor: Actor) -> Authority:
    """The farthest authority among the actor's roles; none without the scope."""
    none = Authority("NONE", Decimal(0))
    if not actor.may("prices:override"):
        return none
    found = [AUTHORITY[role] for role in actor.roles if role in AUTHORITY]
    return max(found, key=lambda authority: authority.discount_max, default=none)


def trace_of(line: PricedLine) -> dict[str, Any]:
    """What is stored on the order line: enough to show why and to replay to the cent."""
    return rules.snapshot(line)


def trace_for(stored: dict[str, Any], *, is_staff: bool) -> dict[str, Any]:
    """A stored trace as this reader may see it."""
    if not stored:
        return {}
    return stored if is_staff else rules.redact(stored)
