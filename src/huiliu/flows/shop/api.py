"""The catalog as a buyer sees it, over HTTP."""

from __future__ import annotations

from typing import Any

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.catalog import present, selectors
from huiliu.catalog import schemas as shapes
from huiliu.catalog.errors import BarcodeInvalid, CategoryUnknown, ProductNotVisible, SkuUnknown
from huiliu.catalog.types import ProductFilters
from huiliu.flows.shop import browse, cart_api, list_api, looking_api
from huiliu.kernel.period import business_date
from huiliu.partners.errors import PartnerNotVisible
from huiliu.platform.http.cursor import Page, decode_cursor, page_of

__all__ = ["cart_api", "list_api", "looking_api", "router"]
router = EdgeRouter(tag="catalog", module="catalog")
EFFECTS_SHOWN = 200


@router.get(
    "/catalog/products",
    scope="catalog:read",
    response=Page[shapes.ProductOut],
    errors=[PartnerNotVisible],
)
def list_products(request: ActorRequest, query: Query[shapes.ProductQuery]) -> Any:
    """Products by pinyin: a partner's own range; for staff the catalog, or the range of a buyer."""
    shown = browse.range_of(actor=request.actor, buyer_id=query.buyer_id, now=request.now)
    key = decode_cursor(query.cursor, size=2)
    rows = selectors.list_products(
        actor=request.actor,
        filters=ProductFilters(
            text=query.text,
            category_id=query.category_id,
            brand_id=query.brand_id,
            status=query.status.value if query.status else "",
            sku_ids=shown,
        ),
        after=(str(key[0]), int(key[1])) if key else None,
        limit=query.limit + 1,
    )
    return page_of(
        [present.product(row) for row in rows],
        limit=query.limit,
        key=lambda row: (row["sort_key"], row["id"]),
    )


@router.get(
    "/catalog/products/{product_id}",
    scope="catalog:read",
    response=shapes.ProductOut,
    errors=[ProductNotVisible, PartnerNotVisible],
)
def get_product(request: ActorRequest, product_id: shapes.Id, query: Query[shapes.BuyerQuery]) -> Any:
    """One product with the skus in the reader's range."""
    shown = browse.range_of(actor=request.actor, buyer_id=query.buyer_id, now=request.now)
    return present.product(selectors.get_product(actor=request.actor, product_id=product_id, sku_ids=shown))


@router.get(
    "/catalog/barcodes/{barcode}",
    scope="catalog:read",
    response=shapes.ScannedOut,
    errors=[BarcodeInvalid, ProductNotVisible, PartnerNotVisible],
)
def scan_barcode(request: ActorRequest, barcode: shapes.Code, query: Query[shapes.BuyerQuery]) -> Any:
    """The goods and the unit that a scanned barcode names."""
    row, unit = browse.scan(actor=request.actor, barcode=barcode, buyer_id=query.buyer_id, now=request.now)
    return {"unit": unit, "product": present.product(row)}


@router.post(
    "/catalog/scope-rules/preview",
    scope="catalog:write",
    response=shapes.ScopePreviewOut,
    idempotent=False,
    errors=[CategoryUnknown],
)
def preview_scope_rule(request: ActorRequest, body: shapes.ScopePreviewIn) -> Any:
    """Who would gain and who would lose which goods. Changes nothing."""
    preview = browse.preview_scope(
        draft=present.scope_draft(body.rule.dict()) if body.rule else None,
        replaces_id=body.replaces_id,
        on=body.on or business_date(request.now, request.actor.timezone),
    )
    text = body.text.strip().casefold()
    found = [effect for effect in preview.effects if text in preview.names[effect.organization_id].casefold()]
    return {
        "buyers": preview.buyers,
        "gaining": sum(bool(effect.gained_sku_ids) for effect in preview.effects),
        "losing": sum(bool(effect.lost_sku_ids) for effect in preview.effects),
        "found": len(found),
        "skus": browse.skus_touched(preview.effects),
        "effects": [
            {
                "organization_id": effect.organization_id,
                "name": preview.names[effect.organization_id],
                "gained_sku_ids": effect.gained_sku_ids,
                "lost_sku_ids": effect.lost_sku_ids,
            }
            for effect in found[:EFFECTS_SHOWN]
        ],
    }


@router.get(
    "/catalog/scope-rules/why",
    scope="policies:read",
    response=shapes.WhyOut,
    errors=[PartnerNotVisible, SkuUnknown],
)
def why_sellable(request: ActorRequest, query: Query[shapes.WhyQuery]) -> Any:
    """Why a partner may, or may not, order goods."""
    on = query.on or business_date(request.now, request.actor.timezone)
    found = browse.why(buyer_id=query.buyer_id, sku_id=query.sku_id, on=on)
    rules = [{"id": one, "name": name, "is_allow": allow} for one, name, allow in found.rules]
    return {
        "allowed": found.allowed,
        "because": found.because,
        "detail": found.detail,
        "rules": rules,
    }
