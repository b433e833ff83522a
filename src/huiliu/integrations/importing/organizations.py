"""Which organization a cell names: its code, else a name that only one in the reach has."""

from __future__ import annotations

from collections.abc import Sequence

from huiliu.access import selectors as access
from huiliu.access.errors import OrganizationNotVisible
from huiliu.access.types import OrganizationRef
from huiliu.integrations.importing.rows import ImportRow
from huiliu.kernel.text import normalise


def organization_of(row: ImportRow, field: str) -> OrganizationRef | None:
    """None where the row says nothing.

    Raises: OrganizationNotVisible, which says the same of a foreign organization and of one that does not exist.
    """
    said = normalise(row.text(field))
    if not said:
        return None
    try:
        return access.find_by_code(said)
    except OrganizationNotVisible:
        named = [one for one in access.list_organizations(text=said, limit=20) if one.name == said]
        return only_one_named(said, named, field)


def only_one_named(said: str, named: Sequence[OrganizationRef], field: str) -> OrganizationRef:
    """The one organization of a name. Raises: OrganizationNotVisible where none is or several are."""
    if len(named) == 1:
        return named[0]
    missing = OrganizationNotVisible("There is no such organization.", code=said[:100], given=said[:60])
    raise missing.at(field)
