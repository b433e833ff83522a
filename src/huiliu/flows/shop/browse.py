"""The range of a buyer, and what a change of it would do to everyone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import ProductNotVisible
from huiliu.catalog.types import ProductRow, ScopeDraft, ScopeEffect
from huiliu.kernel.period import business_date
from huiliu.partners import selectors as partners
from huiliu.partners.errors import PartnerNotVisible


@dataclass(frozen=True, slots=True)
class ScopePreview:
    """Who gains and loses what if a rule changed; `names` are of the buyers among the effects."""

    buyers: int
    effects: tuple[ScopeEffect, ...]
    names: dict[int, str]


def range_of(*, actor: Actor, buyer_id: int | None, now: datetime) -> frozenset[int] | None:
    """The skus a reader may see: of the buyer asked for, of a partner's own house, None (all) for staff.

    Raises: PartnerNotVisible.
    """
    if buyer_id is None and actor.is_staff:
        return None
    wanted = buyer_id or actor.organization_id
    if wanted != actor.organization_id:
        partners.find_partner(wanted)
    buyer = partners.buyer_facts(wanted)
    if buyer is None:
        raise PartnerNotVisible("There is no such partner.", partner_id=wanted)
    return catalog.sellable_ids(buyer=buyer, on=business_date(now, actor.timezone))


def scan(*, actor: Actor, barcode: str, buyer_id: int | None, now: datetime) -> tuple[ProductRow, str]:
    """The product and unit a barcode names, if the reader's range has it.

    Raises: BarcodeInvalid, ProductNotVisible, PartnerNotVisible.
    """
    found = catalog.sku_by_barcode(barcode)
    shown = range_of(actor=actor, buyer_id=buyer_id, now=now)
    if found is None or (shown is not None and found[0].id not in shown):
        raise ProductNotVisible("No goods have this barcode.", field="barcode")
    sku, unit = found
    only = frozenset({sku.id})
    return catalog.get_product(actor=actor, product_id=sku.product_id, sku_ids=only), unit


@dataclass(frozen=True, slots=True)
class Why:
    """Whether a partner may order goods, and what decided it."""

    allowed: bool
    because: str
    detail: str
    rules: tuple[tuple[int, str, bool], ...]


def why(*, buyer_id: int, sku_id: int, on: date) -> Why:
    """Why a partner in reach may, or may not, order a sku on that day: its contract first, then the rules.

    Raises: PartnerNotVisible, SkuUnknown.
    """
    partners.find_partner(buyer_id)
    buyer = partners.buyer_facts(buyer_id)
    if buyer is None:
        raise PartnerNotVisible("There is no such partner.", partner_id=buyer_id)
    allowed, because, found, sku = catalog.explain_scope(sku_id=sku_id, buyer=buyer, on=on)
    names = catalog.rule_names([rule.id for rule in found])
    rules = tuple((rule.id, names.get(rule.id, ""), rule.is_allow) for rule in found)
    if buyer.default_seller_id is not None:
        trade = partners.may_trade(buyer=buyer, seller_id=buyer.default_seller_id, on=on)
        if not trade.allowed:
            return Why(allowed=False, because="not_trading", detail=trade.because, rules=rules)
        lines = trade.category_ids
        if allowed and lines is not None and not catalog.within_categories(sku, lines):
            return Why(allowed=False, because="not_in_contract", detail=trade.because, rules=rules)
    return Why(allowed=allowed, because=because, detail="", rules=rules)


def preview_scope(*, draft: ScopeDraft | None, replaces_id: int | None, on: date) -> ScopePreview:
    """What the partners in reach would gain and lose, nothing changed. Raises: CategoryUnknown."""
    buyers = partners.buyers_in_reach()
    effects = catalog.preview_scope(
        draft=catalog.scope_facts(draft) if draft else None, replaces_id=replaces_id, buyers=buyers, on=on
    )
    touched = {effect.organization_id for effect in effects}
    names = {buyer.organization_id: buyer.name for buyer in buyers if buyer.organization_id in touched}
    return ScopePreview(len(buyers), tuple(effects), names)


@dataclass(frozen=True, slots=True)
class TouchedSku:
    """Goods that some partners gain or lose, and how many of them."""

    id: int
    code: str
    name: str
    gaining: int
    losing: int


def skus_touched(effects: Sequence[ScopeEffect]) -> list[TouchedSku]:
    """All goods among the effects, those that concern most partners first."""
    gained = Counter(one for effect in effects for one in effect.gained_sku_ids)
    lost = Counter(one for effect in effects for one in effect.lost_sku_ids)
    facts = catalog.sku_facts(gained.keys() | lost.keys())
    rows = [TouchedSku(one.id, one.code, one.name, gained[one.id], lost[one.id]) for one in facts.values()]
    return sorted(rows, key=lambda row: (-row.gaining - row.losing, row.code))
