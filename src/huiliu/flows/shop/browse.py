"""The range of a buyer, and what a change of it would do to everyone."""

from __future__ import annotations

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


def preview_scope(*, draft: ScopeDraft | None, replaces_id: int | None, on: date) -> ScopePreview:
    """What the partners in reach would gain and lose, nothing changed. Raises: CategoryUnknown."""
    buyers = partners.buyers_in_reach()
    effects = catalog.preview_scope(
        draft=catalog.scope_facts(draft) if draft else None, replaces_id=replaces_id, buyers=buyers, on=on
    )
    touched = {effect.organization_id for effect in effects}
    names = {buyer.organization_id: buyer.name for buyer in buyers if buyer.organization_id in touched}
    return ScopePreview(len(buyers), tuple(effects), names)
