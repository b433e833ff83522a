"""Products and skus with their units and barcodes, one at a time."""

from __future__ import annotations

from datetime import datetime

from huiliu.access.types import Actor
from huiliu.catalog import selectors
from huiliu.catalog.services.intake import GoodsIntake
from huiliu.catalog.services.telling import check_version
from huiliu.catalog.types import GoodsStatus, ProductDraft, ProductRow, SkuDraft


def create_product(*, actor: Actor, code: str, draft: ProductDraft, now: datetime) -> ProductRow:
    """A new product, without skus yet. Raises: CodeTaken, SeveralRefused (of the fields)."""
    intake = GoodsIntake(actor=actor, now=now)
    made = intake.create_product(code, draft)
    intake.write()
    return selectors.get_product(actor=actor, product_id=intake.product_id(made))


def update_product(
    *, actor: Actor, product_id: int, version: int, draft: ProductDraft, now: datetime
) -> ProductRow:
    """Replace a product's master data. Locks: its row. Raises: ProductNotVisible, Stale, SeveralRefused."""
    intake = GoodsIntake(actor=actor, now=now)
    product = intake.lock_product(product_id)
    check_version(product.version, version)
    intake.update_product(product.code, draft)
    intake.write()
    return selectors.get_product(actor=actor, product_id=product_id)


def set_product_status(
    *, actor: Actor, product_id: int, version: int, status: GoodsStatus, now: datetime
) -> ProductRow:
    """Stop a product with all its skus, or sell it again. Locks: its row. Raises: ProductNotVisible, Stale."""
    intake = GoodsIntake(actor=actor, now=now)
    product = intake.lock_product(product_id)
    check_version(product.version, version)
    intake.set_product_status(product.code, status)
    intake.write()
    return selectors.get_product(actor=actor, product_id=product_id)


def create_sku(*, actor: Actor, product_id: int, code: str, draft: SkuDraft, now: datetime) -> ProductRow:
    """A new sku of a product, with its units.

    Locks:  the product's row.
    Raises: ProductNotVisible, CodeTaken, BarcodeTaken, SeveralRefused (of the fields).
    """
    intake = GoodsIntake(actor=actor, now=now)
    product = intake.lock_product(product_id)
    intake.create_sku(product.code, code, draft)
    intake.write()
    return selectors.get_product(actor=actor, product_id=product_id)


def update_sku(*, actor: Actor, sku_id: int, version: int, draft: SkuDraft, now: datetime) -> ProductRow:
    """Replace a sku and its units; the base unit stays. Documents keep the factors of their day.

    Locks:  its row.
    Raises: SkuUnknown, Stale, BaseUnitFixed, BarcodeTaken, SeveralRefused (of the fields).
    """
    intake = GoodsIntake(actor=actor, now=now)
    sku = intake.lock_sku(sku_id)
    check_version(sku.version, version)
    intake.update_sku(sku.code, draft)
    intake.write()
    return selectors.get_product(actor=actor, product_id=sku.product_id)


def set_sku_status(
    *, actor: Actor, sku_id: int, version: int, status: GoodsStatus, now: datetime
) -> ProductRow:
    """Stop a sku, or sell it again. Locks: its row. Raises: SkuUnknown, Stale."""
    intake = GoodsIntake(actor=actor, now=now)
    sku = intake.lock_sku(sku_id)
    check_version(sku.version, version)
    intake.set_sku_status(sku.code, status)
    intake.write()
    return selectors.get_product(actor=actor, product_id=sku.product_id)
