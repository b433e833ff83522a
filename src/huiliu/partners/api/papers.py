"""Licences and invoice details over HTTP."""

from __future__ import annotations

from typing import Any

from huiliu.access.edge import ActorRequest
from huiliu.kernel.refusals import SeveralRefused
from huiliu.partners import errors, selectors, services
from huiliu.partners import schemas as shapes
from huiliu.partners.api.routing import Removed, router
from huiliu.partners.types import InvoiceProfile, LicenceDraft
from huiliu.platform.errors import InvalidInput, Stale
from huiliu.platform.files.errors import FileUnknown

PAPERS = (errors.PartnerNotVisible, FileUnknown, InvalidInput)


@router.get(
    "/partners/{partner_id}/licences",
    scope="partners:read",
    response=list[shapes.LicenceOut],
    errors=[errors.PartnerNotVisible],
)
def list_licences(request: ActorRequest, partner_id: shapes.Id) -> Any:  # noqa: ARG001 - the edge's shape
    """The papers of a partner, those that end first before the others."""
    return selectors.list_licences(partner_id)


@router.post(
    "/partners/{partner_id}/licences",
    scope="contacts:write",
    response=shapes.LicenceOut,
    status=201,
    errors=PAPERS,
)
def add_licence(request: ActorRequest, partner_id: shapes.Id, body: shapes.LicenceIn) -> Any:
    """One more paper."""
    draft = LicenceDraft(**body.dict())
    return services.add_licence(actor=request.actor, partner_id=partner_id, draft=draft, now=request.now)


@router.put(
    "/partners/{partner_id}/licences/{licence_id}",
    scope="contacts:write",
    response=shapes.LicenceOut,
    errors=[*PAPERS, errors.LicenceUnknown],
)
def update_licence(
    request: ActorRequest, partner_id: shapes.Id, licence_id: shapes.Id, body: shapes.LicenceIn
) -> Any:
    """Replace a paper."""
    return services.update_licence(
        actor=request.actor,
        partner_id=partner_id,
        licence_id=licence_id,
        draft=LicenceDraft(**body.dict()),
        now=request.now,
    )


@router.delete(
    "/partners/{partner_id}/licences/{licence_id}",
    scope="contacts:write",
    response=Removed,
    errors=[errors.PartnerNotVisible, errors.LicenceUnknown],
)
def remove_licence(request: ActorRequest, partner_id: shapes.Id, licence_id: shapes.Id) -> Any:
    """Take a paper off the list."""
    services.remove_licence(
        actor=request.actor, partner_id=partner_id, licence_id=licence_id, now=request.now
    )
    return {"removed": True}


@router.get(
    "/partners/{partner_id}/invoice-profile",
    scope="partners:read",
    response=shapes.InvoiceProfileOut,
    errors=[errors.PartnerNotVisible],
)
def get_invoice_profile(request: ActorRequest, partner_id: shapes.Id) -> Any:  # noqa: ARG001 - the edge's shape
    """To whom and how invoices are made out."""
    return selectors.invoice_profile(partner_id)


@router.put(
    "/partners/{partner_id}/invoice-profile",
    scope="contacts:write",
    response=shapes.InvoiceProfileOut,
    errors=[
        errors.PartnerNotVisible,
        errors.UsccInvalid,
        errors.PhoneInvalid,
        InvalidInput,
        SeveralRefused,
        Stale,
    ],
)
def put_invoice_profile(request: ActorRequest, partner_id: shapes.Id, body: shapes.InvoiceProfileIn) -> Any:
    """Replace to whom and how invoices are made out."""
    return services.put_invoice_profile(
        actor=request.actor,
        partner_id=partner_id,
        version=body.version,
        profile=InvoiceProfile(**body.dict()),
        now=request.now,
    )
