"""Who may buy what, and in which quantities: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from huiliu.catalog.errors import AboveOrderLimit, BelowMinimum, NotAMultiple
from huiliu.catalog.types import ScopeRuleFacts, SkuFacts
from huiliu.kernel.quantity import UnitFactor, UnitUnknown, to_base

ZERO = Decimal(0)


class Buyer(Protocol):
    """What a scope rule looks at."""

    @property
    def organization_id(self) -> int: ...
    @property
    def path(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def tags(self) -> frozenset[str]: ...
    @property
    def channel(self) -> str: ...
    @property
    def kind(self) -> str: ...


def applies_to(rule: ScopeRuleFacts, *, buyer: Buyer, on: date) -> bool:
    """Whether the rule speaks of this buyer on this day; every named dimension must match."""
    if on < rule.valid_from or (rule.valid_to is not None and on >= rule.valid_to):
        return False
    return (
        (not rule.organization_ids or buyer.organization_id in rule.organization_ids)
        and (not rule.under_paths or any(buyer.path.startswith(path) for path in rule.under_paths))
        and (not rule.tiers or buyer.tier in rule.tiers)
        and (not rule.tags or bool(buyer.tags & rule.tags))
        and (not rule.channels or buyer.channel in rule.channels)
        and (not rule.kinds or buyer.kind in rule.kinds)
    )


def covers(rule: ScopeRuleFacts, sku: SkuFacts) -> bool:
    """Whether the rule speaks of these goods; a category covers everything below it."""
    return (
        (not rule.sku_ids or sku.id in rule.sku_ids)
        and (
            not rule.category_paths
            or any(
                sku.category_path == path or sku.category_path.startswith(path + " > ")
                for path in rule.category_paths
            )
        )
        and (not rule.brand_ids or sku.brand_id in rule.brand_ids)
    )


def sellable(
    rules: Sequence[ScopeRuleFacts], *, buyer: Buyer, skus: Iterable[SkuFacts], on: date
) -> set[int]:
    """The ids of the skus the buyer may order: allowed by some rule, denied by none. Without rules: none."""
    mine = [rule for rule in rules if applies_to(rule, buyer=buyer, on=on)]
    allows = [rule for rule in mine if rule.is_allow]
    denies = [rule for rule in mine if not rule.is_allow]
    return {
        sku.id
        for sku in skus
        if any(covers(rule, sku) for rule in allows) and not any(covers(rule, sku) for rule in denies)
    }


def base_quantity(sku: SkuFacts, *, quantity: Decimal, unit: str) -> tuple[Decimal, UnitFactor]:
    """The quantity in base units, checked against minimum, multiple and the limit of one order.

    Raises: UnitUnknown, QuantityNotWhole, BelowMinimum, NotAMultiple, AboveOrderLimit.
    """
    factor = sku.factor(unit)
    if factor is None:
        raise UnitUnknown(
            "These goods have no such unit.", unit=unit, units=[known.unit for known in sku.units]
        )
    base = to_base(quantity, factor, is_whole=sku.is_whole)
    if sku.minimum > 0 and base < sku.minimum:
        raise BelowMinimum("Less than the minimum.", minimum=str(sku.minimum), unit=sku.base_unit)
    if sku.multiple > 0 and base % sku.multiple:
        below = base - base % sku.multiple
        raise NotAMultiple(
            "Not a multiple of the order step.",
            multiple=str(sku.multiple),
            unit=sku.base_unit,
            below=str(below),
            above=str(below + sku.multiple),
        )
    if sku.order_limit is not None and base > sku.order_limit:
        raise AboveOrderLimit("More than one order may have.", limit=str(sku.order_limit), unit=sku.base_unit)
    return base, factor
