"""Who may buy what, and in which quantities: pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, Protocol

from stdnum import ean

from huiliu.catalog.errors import (
    AboveOrderLimit,
    BarcodeInvalid,
    BelowMinimum,
    CategoryNameInvalid,
    ImageInvalid,
    LimitsContradict,
    NotAMultiple,
    TaxRateUnknown,
    UnitsInvalid,
)
from huiliu.catalog.types import (
    Barcode,
    ScopeEffect,
    ScopeRuleFacts,
    SkuDraft,
    SkuFacts,
    UnitDraft,
)
from huiliu.kernel.money import plain_text
from huiliu.kernel.paths import stands_below
from huiliu.kernel.quantity import UnitFactor, UnitUnknown, to_base
from huiliu.kernel.text import normalise

ZERO: Final = Decimal(0)
QUANTITY_MAX: Final = Decimal(10**9)  # base units of a line: quantity times price still fits numeric(20,6)
SEPARATOR: Final = " > "  # between the names of a category path


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
        and (not rule.under_paths or any(stands_below(buyer.path, path) for path in rule.under_paths))
        and (not rule.tiers or buyer.tier in rule.tiers)
        and (not rule.tags or bool(buyer.tags & rule.tags))
        and (not rule.channels or buyer.channel in rule.channels)
        and (not rule.kinds or buyer.kind in rule.kinds)
    )


def covers(rule: ScopeRuleFacts, sku: SkuFacts) -> bool:
    """Whether the rule speaks of these goods; a category covers everything below it."""
    return (
        (not rule.sku_ids or sku.id in rule.sku_ids)
        and (not rule.category_paths or within_categories(sku, rule.category_paths))
        and (not rule.brand_ids or sku.brand_id in rule.brand_ids)
    )


@dataclass(frozen=True, slots=True)
class ScopeBook:
    """All rules with the active goods each one covers: one immutable snapshot, asked for every buyer.

    Buyers to whom the same rules apply have the same range; it is worked out once for each such set of rules.
    """

    rules: tuple[ScopeRuleFacts, ...]
    covered: Mapping[int, frozenset[int]]
    _ranges: dict[frozenset[int], frozenset[int]] = field(default_factory=dict, compare=False, repr=False)

    def applicable(self, *, buyer: Buyer, on: date) -> frozenset[int]:
        """The ids of the rules that speak of this buyer on this day."""
        return frozenset(rule.id for rule in self.rules if applies_to(rule, buyer=buyer, on=on))

    def sellable_ids(self, *, buyer: Buyer, on: date) -> frozenset[int]:
        """The skus the buyer may order: allowed by some rule, denied by none. Without rules: none."""
        mine = self.applicable(buyer=buyer, on=on)
        known = self._ranges.get(mine)
        if known is None:
            allowed = frozenset[int]().union(
                *(self.covered[rule.id] for rule in self.rules if rule.id in mine and rule.is_allow)
            )
            known = allowed.difference(
                *(self.covered[rule.id] for rule in self.rules if rule.id in mine and not rule.is_allow)
            )
            if len(self._ranges) < RANGES_MAX:
                self._ranges[mine] = known
        return known


RANGES_MAX: Final = 2000


def scope_book(rules: Sequence[ScopeRuleFacts], skus: Iterable[SkuFacts]) -> ScopeBook:
    """The snapshot of these rules over these goods; stopped goods are in nobody's range."""
    active = [sku for sku in skus if sku.status == "ACTIVE"]
    return ScopeBook(
        tuple(rules),
        {rule.id: frozenset(sku.id for sku in active if covers(rule, sku)) for rule in rules},
    )


def explain_scope(
    rules: Sequence[ScopeRuleFacts], *, sku: SkuFacts, buyer: Buyer, on: date
) -> tuple[bool, str, tuple[ScopeRuleFacts, ...]]:
    """Whether the buyer may order the goods, why, and the rules that speak of both: deny first, then allow.

    The reasons: stopped, denied, allowed, no_rule.
    """
    mine = [rule for rule in rules if applies_to(rule, buyer=buyer, on=on) and covers(rule, sku)]
    mine.sort(key=lambda rule: (rule.is_allow, rule.id))
    if sku.status != "ACTIVE":
        return False, "stopped", tuple(mine)
    if not mine:
        return False, "no_rule", ()
    if not mine[0].is_allow:
        return False, "denied", tuple(mine)
    return True, "allowed", tuple(mine)


def scope_effects(
    before: ScopeBook, after: ScopeBook, *, buyers: Iterable[Buyer], on: date
) -> list[ScopeEffect]:
    """Who gains and who loses which skus; buyers for whom nothing changes are left out."""
    effects = []
    for buyer in buyers:
        old, new = before.sellable_ids(buyer=buyer, on=on), after.sellable_ids(buyer=buyer, on=on)
        if old != new:
            effects.append(
                ScopeEffect(buyer.organization_id, tuple(sorted(new - old)), tuple(sorted(old - new)))
            )
    return effects


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
    if base > QUANTITY_MAX:
        raise AboveOrderLimit("More than a line can hold.", limit=str(QUANTITY_MAX), unit=sku.base_unit)
    step = dict(sku.unit_steps).get(factor.unit, ZERO)
    if step > 0 and quantity % step:
        raise _not_a_multiple(quantity, step, unit=factor.unit)
    if sku.minimum > 0 and base < sku.minimum:
        raise BelowMinimum("Less than the minimum.", minimum=str(sku.minimum), unit=sku.base_unit)
    if sku.multiple > 0 and base % sku.multiple:
        raise _not_a_multiple(base, sku.multiple, unit=sku.base_unit)
    if sku.order_limit is not None and base > sku.order_limit:
        raise AboveOrderLimit("More than one order may have.", limit=str(sku.order_limit), unit=sku.base_unit)
    return base, factor


def check_order_limits(wanted: Iterable[tuple[SkuFacts, Decimal]]) -> None:
    """The limit of one order holds for all its lines of a sku together.

    Unit:   quantities in base units, as `base_quantity` gives them.
    Raises: AboveOrderLimit.
    """
    totals: dict[int, Decimal] = {}
    for sku, base in wanted:
        if sku.order_limit is None:
            continue
        totals[sku.id] = totals.get(sku.id, ZERO) + base
        if totals[sku.id] > sku.order_limit:
            raise AboveOrderLimit(
                f"All lines of {sku.code} together are more than one order may have.",
                sku_code=sku.code,
                limit=str(sku.order_limit),
                unit=sku.base_unit,
            )


def within_categories(sku: SkuFacts, paths: Iterable[str]) -> bool:
    """Whether the sku stands in one of these categories or below it."""
    return any(sku.category_path == path or sku.category_path.startswith(path + SEPARATOR) for path in paths)


def _not_a_multiple(quantity: Decimal, step: Decimal, *, unit: str) -> NotAMultiple:
    below = quantity - quantity % step
    return NotAMultiple(
        f"Not a multiple of {plain_text(step)} {unit}.",
        multiple=str(step),
        unit=unit,
        below=str(below),
        above=str(below + step),
    )


def check_barcode(text: str, *, field: str = "barcode") -> Barcode:
    """A GTIN in its shortest usual form (8, 13 or 14 digits); leading zeros lost on the way are put back, marked.

    Raises: BarcodeInvalid (facts: because = length, character or checksum; the right digit and code).
    Source: GS1 General Specifications 7.9 (check digit mod 10).
    """
    code = normalise(text).replace(" ", "").replace("-", "")
    if not code.isascii() or not code.isdigit():
        raise BarcodeInvalid("A barcode has digits only.", field=field, because="character")
    if not 7 <= len(code) <= 14:
        raise BarcodeInvalid(
            f"A barcode has 8, 12, 13 or 14 digits, not {len(code)}.",
            field=field,
            because="length",
            length=len(code),
        )
    expected = ean.calc_check_digit(code[:-1])  # counted from the right: leading zeros change nothing
    if code[-1] != expected:
        raise BarcodeInvalid(
            f"The last digit should be {expected}, not {code[-1]}, if the others are right.",
            field=field,
            because="checksum",
            expected=expected,
            code=code[:-1] + expected,
        )
    full = code.zfill(14)
    shortest = full[6:] if full.startswith("000000") else full.removeprefix("0")
    return Barcode(shortest, is_repaired=len(code) in _LENGTHS_SHORTENED)


_LENGTHS_SHORTENED: Final = (7, 9, 10, 11)


TAX_RATES: Final = tuple(Decimal(rate) for rate in ("0.13", "0.09", "0.06", "0.03", "0.01", "0"))


def check_tax_rate(rate: Decimal) -> Decimal:
    """One of the legal rates of value added tax, as a fraction. Raises: TaxRateUnknown."""
    if rate not in TAX_RATES:
        raise TaxRateUnknown(
            f"{plain_text(rate)} is not a tax rate.",
            field="tax_rate",
            rates=[plain_text(known) for known in TAX_RATES],
        )
    return rate


def check_image(path: str) -> str:
    """A path on this site: one slash first, no way up, no other host. Raises: ImageInvalid."""
    clean = path.strip()
    if clean and not (_IMAGE.fullmatch(clean) and ".." not in clean and "//" not in clean):
        raise ImageInvalid("This is not the path of an image on this site.", field="image")
    return clean


_IMAGE: Final = re.compile(r"/[\w./%~+@-]{1,499}")


def check_units(units: Sequence[UnitDraft], *, base_unit: str, is_whole: bool) -> tuple[UnitDraft, ...]:
    """The units of a sku with the base unit among them. Raises: UnitsInvalid (facts: field)."""
    found = tuple(replace(unit, unit=normalise(unit.unit)) for unit in units)
    if not any(unit.unit == base_unit for unit in found):
        found = (UnitDraft(base_unit), *found)
    names = [unit.unit for unit in found]
    for position, unit in enumerate(found):
        wrong = (
            "has no name"
            if not unit.unit
            else "is named twice"
            if names.index(unit.unit) != position
            else "has no factor above zero"
            if unit.numerator <= 0 or unit.denominator <= 0
            else "is the base unit: its factor is one"
            if unit.unit == base_unit and unit.numerator != unit.denominator
            else "has a step below zero"
            if unit.order_step < 0
            else "is not counted in parts"
            if is_whole and unit.order_step and _parts_of_base(unit)
            else ""
        )
        if wrong:
            raise UnitsInvalid(f"Unit {unit.unit or position + 1} {wrong}.", field="units", unit=unit.unit)
    if sum(unit.is_order_unit for unit in found) > 1:
        raise UnitsInvalid("Only one unit is the one for ordering.", field="units")
    return found


def _parts_of_base(unit: UnitDraft) -> bool:
    return (Fraction(unit.order_step) * Fraction(unit.numerator, unit.denominator)).denominator != 1


def check_limits(draft: SkuDraft) -> None:
    """Whether some quantity satisfies minimum, multiple and both limits. Raises: LimitsContradict (facts: field)."""
    figures = {
        "order_minimum": draft.order_minimum,
        "order_multiple": draft.order_multiple,
        "order_limit": draft.order_limit,
        "period_limit": draft.period_limit,
    }
    for name, figure in figures.items():
        if figure is not None and (figure < 0 or (draft.is_whole and figure % 1)):
            raise LimitsContradict("A limit is a count of base units, not below zero.", field=name)
    if (draft.period_limit is None) != (draft.period_days is None):
        raise LimitsContradict("A limit per period needs the days of the period.", field="period_days")
    if draft.period_days is not None and not 1 <= draft.period_days <= 3660:
        raise LimitsContradict("A period has between 1 and 3,660 days.", field="period_days")
    least = max(draft.order_minimum, draft.order_multiple)
    if draft.order_multiple > 0 and least % draft.order_multiple:
        least += draft.order_multiple - least % draft.order_multiple
    for name in ("order_limit", "period_limit"):
        limit = figures[name]
        if limit is not None and limit < max(least, Decimal(0)):
            raise LimitsContradict(
                f"The smallest order is {plain_text(least)}, the limit {plain_text(limit)}.",
                field=name,
                smallest=str(least),
            )


def child_category_path(parent_path: str, name: str) -> str:
    """Where a category stands, in words. Raises: CategoryNameInvalid."""
    if not name or ">" in name:
        raise CategoryNameInvalid("A category needs a name without >.", field="name")
    return f"{parent_path}{SEPARATOR}{name}" if parent_path else name
