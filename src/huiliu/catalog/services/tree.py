"""Trade marks and the product tree."""

from __future__ import annotations

from datetime import datetime

from huiliu.access.types import Actor
from huiliu.catalog import rules, selectors
from huiliu.catalog.errors import BrandUnknown, CategoryCycle, CategoryNameInvalid, CategoryUnknown
from huiliu.catalog.models import Category, ProductBrand
from huiliu.catalog.services.telling import check_version, checked_code, checked_name, insert, tell
from huiliu.catalog.types import BrandRow, CategoryRow
from huiliu.kernel.text import normalise


def create_brand(*, actor: Actor, code: str, name: str, now: datetime) -> BrandRow:
    """A new trade mark. Raises: CodeTaken, InvalidInput."""
    taken = ProductBrand.objects.filter(code=normalise(code)).exists()
    brand = ProductBrand(code=checked_code(code, taken=taken), name=checked_name(name))
    insert(brand)
    tell(
        actor=actor,
        subject="brand",
        subject_id=brand.pk,
        action="created",
        before=None,
        after={"code": brand.code, "name": brand.name},
        now=now,
    )
    return BrandRow(brand.pk, brand.code, brand.name, brand.version)


def update_brand(*, actor: Actor, brand_id: int, version: int, name: str, now: datetime) -> BrandRow:
    """Rename a trade mark. Locks: its row. Raises: BrandUnknown, Stale, InvalidInput."""
    brand = ProductBrand.objects.select_for_update().filter(pk=brand_id).first()
    if brand is None:
        raise BrandUnknown("There is no such brand.", brand_id=brand_id)
    check_version(brand.version, version)
    before, brand.name = brand.name, checked_name(name)
    brand.version += 1
    brand.save(update_fields=["name", "version"])
    tell(
        actor=actor,
        subject="brand",
        subject_id=brand.pk,
        action="updated",
        before={"name": before},
        after={"name": brand.name},
        now=now,
    )
    return BrandRow(brand.pk, brand.code, brand.name, brand.version)


def create_category(
    *, actor: Actor, code: str, name: str, parent_id: int | None, position: int = 0, now: datetime
) -> CategoryRow:
    """A new node of the tree.

    Locks:  the tree, so that two neighbors cannot take one name at once.
    Raises: CodeTaken, CategoryUnknown, CategoryNameInvalid, InvalidInput.
    """
    tree = _lock_tree()
    taken = any(node.code == normalise(code) for node in tree.values())
    category = Category(code=checked_code(code, taken=taken), parent_id=parent_id, position=position)
    category.name = normalise(name)
    category.path = _path(category, tree)
    insert(category)
    tell(
        actor=actor,
        subject="category",
        subject_id=category.pk,
        action="created",
        before=None,
        after={"code": category.code, "path": category.path},
        now=now,
    )
    return selectors.category_row(category)


def update_category(
    *,
    actor: Actor,
    category_id: int,
    version: int,
    name: str,
    parent_id: int | None,
    position: int,
    now: datetime,
) -> CategoryRow:
    """Rename or move a node; everything below it moves along, and scope rules follow it at once.

    Locks:  the tree.
    Raises: CategoryUnknown, CategoryCycle, CategoryNameInvalid, Stale.
    """
    tree = _lock_tree()
    category = tree.get(category_id)
    if category is None:
        raise CategoryUnknown("There is no such category.", category_id=category_id)
    check_version(category.version, version)
    above = parent_id
    while above is not None and above in tree:
        if above == category_id:
            raise CategoryCycle("A category cannot stand below itself.", field="parent_id")
        above = tree[above].parent_id
    before = {"path": category.path, "position": category.position}
    category.name, category.parent_id, category.position = normalise(name), parent_id, position
    category.path = _path(category, tree)
    category.version += 1
    category.save()
    moved = _rewrite_below(before["path"], category.path, tree, category_id)
    tell(
        actor=actor,
        subject="category",
        subject_id=category.pk,
        action="updated",
        before=before,
        after={"path": category.path, "position": position, "moved_below": moved},
        now=now,
    )
    return selectors.category_row(category)


def _lock_tree() -> dict[int, Category]:
    return {node.pk: node for node in Category.objects.select_for_update().order_by("id")}


def _path(category: Category, tree: dict[int, Category]) -> str:
    parent = tree.get(category.parent_id) if category.parent_id is not None else None
    if category.parent_id is not None and parent is None:
        raise CategoryUnknown("There is no such parent.", field="parent_id", category_id=category.parent_id)
    path = rules.child_category_path(parent.path if parent else "", category.name)
    if any(node.path == path and node.pk != category.pk for node in tree.values()):
        raise CategoryNameInvalid(f"There is a category {path} already.", field="name")
    return path


def _rewrite_below(before: object, after: str, tree: dict[int, Category], moved_id: int) -> int:
    prefix = f"{before}{rules.SEPARATOR}"
    below = [node for node in tree.values() if node.pk != moved_id and node.path.startswith(prefix)]
    for node in below:
        node.path = f"{after}{rules.SEPARATOR}{node.path[len(prefix) :]}"
    Category.objects.bulk_update(below, ["path"])
    return len(below)
