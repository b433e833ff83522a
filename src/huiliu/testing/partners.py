"""Partners for tests."""

from __future__ import annotations

import itertools
from typing import Any
from uuid import UUID

from huiliu.access.models import Organization
from huiliu.kernel.pinyin import search_text, sort_key
from huiliu.partners import selectors
from huiliu.partners.models import Partner
from huiliu.partners.types import BuyerFacts
from huiliu.platform import stamps
from huiliu.testing.actors import NOW, an_organization

#: Real codes, published; the third has letters in its organization part.
USCCS = ("91110000710926094P", "91120224064012553U", "91350100M000100Y43")


_ids = itertools.count(1)


def a_document_id() -> UUID:
    """A UUIDv7 of the tests' day."""
    milliseconds = int(NOW.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62 | next(_ids))


def a_partner(
    *,
    parent: Organization | None = None,
    organization: Organization | None = None,
    name: str = "",
    kind: str = "DISTRIBUTOR",
    **fields: Any,
) -> Partner:
    """A partner with its organization, as the services leave it."""
    organization = organization or an_organization(kind=kind, parent=parent, name=name)
    partner = Partner(
        organization=organization,
        owner_path=organization.path,
        code=organization.code,
        name=organization.name,
        kind=organization.kind,
        sort_key=sort_key(organization.name),
        search_text=search_text(organization.code, organization.name),
        created_at=NOW,
        updated_at=NOW,
        **fields,
    )
    partner.save(force_insert=True)
    stamps.forget()
    return partner


def buyer_of(organization_id: int) -> BuyerFacts:
    """The facts of an organization that is known to exist."""
    facts = selectors.buyer_facts(organization_id)
    assert facts is not None
    return facts
