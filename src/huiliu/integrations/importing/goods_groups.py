"""Which category and which brand a row of goods names; what is missing is made where the import says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiliu.catalog import selectors
from huiliu.catalog import services as catalog
from huiliu.catalog.errors import BrandUnknown, CategoryUnknown
from huiliu.catalog.rules import SEPARATOR
from huiliu.catalog.types import BrandRow, CategoryRow
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context
from huiliu.kernel.text import normalise


class GroupFinder:
    """For the rows of one batch: both lists are read once, and again after each that is made.

    `made` counts what was made: the rows after a refused one must not find what it made.
    """

    def __init__(self, context: Context, *, creates: bool) -> None:
        self.context, self.creates = context, creates
        self.made = 0
        self._categories: Sequence[CategoryRow] | None = None
        self._brands: Sequence[BrandRow] | None = None
        self._found: dict[str, int] = {}

    def category(self, row: ImportRow) -> int:
        """By path, code, or a name that only one category has. Raises: CategoryUnknown."""
        names = [normalise(part) for part in re.split(r"[>＞/\\]", row.text("category"))]
        path = SEPARATOR.join(name for name in names if name)
        if path not in self._found:
            self._found[path] = self._category(path)
        return self._found[path]

    def _category(self, path: str) -> int:
        known = self._all_categories()
        found = [one for one in known if path in (one.path, one.code)]
        found = found or [one for one in known if one.name == path]
        if len(found) == 1:
            return found[0].id
        if not self.creates or len(found) > 1 or not path:
            raise CategoryUnknown(f"There is no category {path[:100]}.", field="category", given=path[:100])
        return self._make_category(path)

    def _make_category(self, path: str) -> int:
        """The category with all above it that are missing."""
        parent: int | None = None
        walked = ""
        for name in path.split(SEPARATOR):
            walked = f"{walked}{SEPARATOR}{name}" if walked else name
            there = next((one.id for one in self._all_categories() if one.path == walked), None)
            if there is None:
                there = catalog.create_category(
                    actor=self.context.actor,
                    code=walked[-60:],
                    name=name,
                    parent_id=parent,
                    now=self.context.now,
                ).id
                self.made += 1
                self._categories = None
                self._found = {}
            parent = there
        assert parent is not None  # noqa: S101 - the path has a name
        return parent

    def brand(self, row: ImportRow, current: int | None) -> int | None:
        """By name or code; None where the row clears it. Raises: BrandUnknown."""
        if not row.has("brand"):
            return current
        name = normalise(row.text("brand"))
        if not name:
            return None
        found = next((one.id for one in self._all_brands() if name in (one.name, one.code)), None)
        if found is None and not self.creates:
            raise BrandUnknown(f"There is no brand {name[:60]}.", field="brand", given=name[:60])
        if found is None:
            found = catalog.create_brand(
                actor=self.context.actor, code=name[:60], name=name, now=self.context.now
            ).id
            self.made += 1
            self._brands = None
        return found

    def _all_categories(self) -> Sequence[CategoryRow]:
        if self._categories is None:
            self._categories = selectors.list_categories()
        return self._categories

    def _all_brands(self) -> Sequence[BrandRow]:
        if self._brands is None:
            self._brands = selectors.list_brands()
        return self._brands
