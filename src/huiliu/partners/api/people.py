"""Contacts and addresses over HTTP."""

from __future__ import annotations

from typing import Any

from huiliu.access.edge import ActorRequest
from huiliu.partners import errors, selectors, services
from huiliu.partners import schemas as shapes
from huiliu.partners.api.masters import FIELDS
from huiliu.partners.api.routing import Removed, router
from huiliu.partners.types import AddressDraft, ContactDraft

PEOPLE = (*FIELDS, errors.PartnerNotVisible, errors.ContactUnknown)


@router.get(
    "/partners/{partner_id}/addresses",
    scope="contacts:read",
    response=list[shapes.AddressOut],
    errors=[errors.PartnerNotVisible],
)
def list_addresses(request: ActorRequest, partner_id: shapes.Id) -> Any:
    """Where the partner receives goods, the default first."""
    return selectors.get_partner(actor=request.actor, partner_id=partner_id).addresses


@router.post(
    "/partners/{partner_id}/contacts",
    scope="contacts:write",
    response=shapes.ContactOut,
    status=201,
    errors=PEOPLE,
)
def add_contact(request: ActorRequest, partner_id: shapes.Id, body: shapes.ContactIn) -> Any:
    """One more person to call."""
    draft = ContactDraft(**body.dict())
    return services.add_contact(actor=request.actor, partner_id=partner_id, draft=draft, now=request.now)


@router.put(
    "/partners/{partner_id}/contacts/{contact_id}",
    scope="contacts:write",
    response=shapes.ContactOut,
    errors=PEOPLE,
)
def update_contact(
    request: ActorRequest, partner_id: shapes.Id, contact_id: shapes.Id, body: shapes.ContactIn
) -> Any:
    """Replace a contact."""
    return services.update_contact(
        actor=request.actor,
        partner_id=partner_id,
        contact_id=contact_id,
        draft=ContactDraft(**body.dict()),
        now=request.now,
    )


@router.delete(
    "/partners/{partner_id}/contacts/{contact_id}",
    scope="contacts:write",
    response=Removed,
    errors=[errors.PartnerNotVisible, errors.ContactUnknown],
)
def remove_contact(request: ActorRequest, partner_id: shapes.Id, contact_id: shapes.Id) -> Any:
    """Forget a contact."""
    services.remove_contact(
        actor=request.actor, partner_id=partner_id, contact_id=contact_id, now=request.now
    )
    return {"removed": True}


@router.post(
    "/partners/{partner_id}/addresses",
    scope="contacts:write",
    response=shapes.AddressOut,
    status=201,
    errors=PEOPLE,
)
def add_address(request: ActorRequest, partner_id: shapes.Id, body: shapes.AddressIn) -> Any:
    """One more address."""
    draft = AddressDraft(**body.dict())
    return services.add_address(actor=request.actor, partner_id=partner_id, draft=draft, now=request.now)


@router.put(
    "/partners/{partner_id}/addresses/{address_id}",
    scope="contacts:write",
    response=shapes.AddressOut,
    errors=PEOPLE,
)
def update_address(
    request: ActorRequest, partner_id: shapes.Id, address_id: shapes.Id, body: shapes.AddressIn
) -> Any:
    """Replace an address."""
    return services.update_address(
        actor=request.actor,
        partner_id=partner_id,
        address_id=address_id,
        draft=AddressDraft(**body.dict()),
        now=request.now,
    )


@router.delete(
    "/partners/{partner_id}/addresses/{address_id}",
    scope="contacts:write",
    response=Removed,
    errors=[errors.PartnerNotVisible, errors.ContactUnknown],
)
def remove_address(request: ActorRequest, partner_id: shapes.Id, address_id: shapes.Id) -> Any:
    """Forget an address."""
    services.remove_address(
        actor=request.actor, partner_id=partner_id, address_id=address_id, now=request.now
    )
    return {"removed": True}
