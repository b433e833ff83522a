"""The catalog's upkeep over HTTP; what a buyer sees of it is in `flows.shop`: it needs to know the buyer."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.catalog import errors, present, selectors, services
from huiliu.catalog import schemas as shapes
from huiliu.catalog.types import ProductDraft, SkuDraft, UnitDraft
from huiliu.kernel.period import PeriodEmpty
from huiliu.kernel.refusals import SeveralRefused
from huiliu.platform.errors import CustomFieldInvalid, InvalidInput, Stale

router = EdgeRouter(tag="catalog", module="catalog")
PRODUCT = (
    InvalidInput,
    SeveralRefused,
    errors.CodeTaken,
    errors.BrandUnknown,
    errors.CategoryUnknown,
    errors.ImageInvalid,
    CustomFieldInvalid,
)
SKU = (
    InvalidInput,
    SeveralRefused,
    errors.CodeTaken,
    errors.BarcodeInvalid,
    errors.BarcodeTaken,
    errors.TaxRateUnknown,
    errors.UnitsInvalid,
    errors.LimitsContradict,
    errors.ProductNotVisible,
)
SCOPE = (InvalidInput, PeriodEmpty, errors.SkuUnknown, errors.CategoryUnknown, errors.BrandUnknown)


class RuleRemoved(Schema):
    """The rule is gone."""

    removed: bool


@router.get("/catalog/brands", scope="catalog:read", response=list[shapes.BrandOut])
def list_brands(request: ActorRequest) -> Any:
    """All trade marks, by name."""
    return selectors.list_brands()


@router.post(
    "/catalog/brands",
    scope="catalog:write",
    response=shapes.BrandOut,
    status=201,
    errors=[errors.CodeTaken, InvalidInput],
)
def create_brand(request: ActorRequest, body: shapes.BrandIn) -> Any:
    """A new trade mark."""
    return services.create_brand(actor=request.actor, code=body.code, name=body.name, now=request.now)


@router.put(
    "/catalog/brands/{brand_id}",
    scope="catalog:write",
    response=shapes.BrandOut,
    errors=[errors.BrandUnknown, InvalidInput, Stale],
)
def update_brand(request: ActorRequest, brand_id: shapes.Id, body: shapes.BrandChangeIn) -> Any:
    """Rename a trade mark."""
    return services.update_brand(
        actor=request.actor, brand_id=brand_id, version=body.version, name=body.name, now=request.now
    )


@router.get("/catalog/categories", scope="catalog:read", response=list[shapes.CategoryOut])
def list_categories(request: ActorRequest) -> Any:
    """The product tree, parents before children."""
    return selectors.list_categories()


@router.post(
    "/catalog/categories",
    scope="catalog:write",
    response=shapes.CategoryOut,
    status=201,
    errors=[errors.CodeTaken, errors.CategoryUnknown, errors.CategoryNameInvalid, InvalidInput],
)
def create_category(request: ActorRequest, body: shapes.CategoryIn) -> Any:
    """A new node of the product tree."""
    return services.create_category(
        actor=request.actor,
        code=body.code,
        name=body.name,
        parent_id=body.parent_id,
        position=body.position,
        now=request.now,
    )


@router.put(
    "/catalog/categories/{category_id}",
    scope="catalog:write",
    response=shapes.CategoryOut,
    errors=[errors.CategoryUnknown, errors.CategoryCycle, errors.CategoryNameInvalid, Stale],
)
def update_category(request: ActorRequest, category_id: shapes.Id, body: shapes.CategoryChangeIn) -> Any:
    """Rename or move a category with everything below it."""
    return services.update_category(
        actor=request.actor,
        category_id=category_id,
        version=body.version,
        name=body.name,
        parent_id=body.parent_id,
        position=body.position,
        now=request.now,
    )


def _product(body: shapes.ProductIn | shapes.ProductChangeIn) -> ProductDraft:
    return ProductDraft(
        name=body.name,
        category_id=body.category_id,
        brand_id=body.brand_id,
        description=body.description,
        image=body.image,
        custom=body.custom,
    )


def _sku(body: shapes.SkuChangeIn) -> SkuDraft:
    fields: dict[str, Any] = body.dict(exclude={"version", "code", "units"})
    return SkuDraft(**fields, units=tuple(UnitDraft(**unit.dict()) for unit in body.units))


@router.post(
    "/catalog/products", scope="catalog:write", response=shapes.ProductOut, status=201, errors=PRODUCT
)
def create_product(request: ActorRequest, body: shapes.ProductIn) -> Any:
    """A new product, without skus yet."""
    return present.product(
        services.create_product(actor=request.actor, code=body.code, draft=_product(body), now=request.now)
    )


@router.put(
    "/catalog/products/{product_id}",
    scope="catalog:write",
    response=shapes.ProductOut,
    errors=[*PRODUCT, errors.ProductNotVisible, Stale],
)
def update_product(request: ActorRequest, product_id: shapes.Id, body: shapes.ProductChangeIn) -> Any:
    """Replace a product's master data."""
    return present.product(
        services.update_product(
            actor=request.actor,
            product_id=product_id,
            version=body.version,
            draft=_product(body),
            now=request.now,
        )
    )


@router.post(
    "/catalog/products/{product_id}/status",
    scope="catalog:write",
    response=shapes.ProductOut,
    errors=[errors.ProductNotVisible, Stale],
)
def set_product_status(request: ActorRequest, product_id: shapes.Id, body: shapes.GoodsStatusIn) -> Any:
    """Stop a product with all its skus, or sell it again."""
    return present.product(
        services.set_product_status(
            actor=request.actor,
            product_id=product_id,
            version=body.version,
            status=body.status,
            now=request.now,
        )
    )


@router.post(
    "/catalog/products/{product_id}/skus",
    scope="catalog:write",
    response=shapes.ProductOut,
    status=201,
    errors=SKU,
)
def create_sku(request: ActorRequest, product_id: shapes.Id, body: shapes.SkuIn) -> Any:
    """A new sku of the product, with its units."""
    return present.product(
        services.create_sku(
            actor=request.actor, product_id=product_id, code=body.code, draft=_sku(body), now=request.now
        )
    )


@router.put(
    "/catalog/skus/{sku_id}",
    scope="catalog:write",
    response=shapes.ProductOut,
    errors=[*SKU, errors.SkuUnknown, errors.BaseUnitFixed, Stale],
)
def update_sku(request: ActorRequest, sku_id: shapes.Id, body: shapes.SkuChangeIn) -> Any:
    """Replace a sku and its units."""
    return present.product(
        services.update_sku(
            actor=request.actor, sku_id=sku_id, version=body.version, draft=_sku(body), now=request.now
        )
    )


@router.post(
    "/catalog/skus/{sku_id}/status",
    scope="catalog:write",
    response=shapes.ProductOut,
    errors=[errors.SkuUnknown, Stale],
)
def set_sku_status(request: ActorRequest, sku_id: shapes.Id, body: shapes.GoodsStatusIn) -> Any:
    """Stop a sku, or sell it again."""
    return present.product(
        services.set_sku_status(
            actor=request.actor, sku_id=sku_id, version=body.version, status=body.status, now=request.now
        )
    )


@router.get("/catalog/scope-rules", scope="policies:read", response=list[shapes.ScopeOut])
def list_scope_rules(request: ActorRequest) -> Any:
    """Who may buy what: every rule; without one nobody may buy anything."""
    return present.scope_rules(selectors.list_scope_rules())


@router.post(
    "/catalog/scope-rules", scope="catalog:write", response=shapes.ScopeOut, status=201, errors=SCOPE
)
def create_scope_rule(request: ActorRequest, body: shapes.ScopeIn) -> Any:
    """A new rule; it counts from the next quote on."""
    return present.scope_rule(
        services.create_scope_rule(
            actor=request.actor, draft=present.scope_draft(body.dict()), now=request.now
        )
    )


@router.put(
    "/catalog/scope-rules/{rule_id}",
    scope="catalog:write",
    response=shapes.ScopeOut,
    errors=[*SCOPE, errors.ScopeRuleNotVisible, Stale],
)
def update_scope_rule(request: ActorRequest, rule_id: shapes.Id, body: shapes.ScopeChangeIn) -> Any:
    """Replace a rule."""
    return present.scope_rule(
        services.update_scope_rule(
            actor=request.actor,
            rule_id=rule_id,
            version=body.version,
            draft=present.scope_draft(body.dict()),
            now=request.now,
        )
    )


@router.delete(
    "/catalog/scope-rules/{rule_id}",
    scope="catalog:write",
    response=RuleRemoved,
    errors=[errors.ScopeRuleNotVisible],
)
def remove_scope_rule(request: ActorRequest, rule_id: shapes.Id) -> Any:
    """Take a rule away."""
    services.remove_scope_rule(actor=request.actor, rule_id=rule_id, now=request.now)
    return {"removed": True}
