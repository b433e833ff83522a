"""Rows as their reader may see them: the one place that masks phones."""

from __future__ import annotations

from huiliu.access.types import Actor
from huiliu.partners import rules
from huiliu.partners.models import Address, Contact, Contract, InvoiceDetails, Licence, Partner
from huiliu.partners.types import (
    AddressRow,
    ContactRow,
    ContractFacts,
    InvoiceProfile,
    LicenceRow,
    PartnerRow,
    PartnerStatus,
)


def sees_phones(actor: Actor) -> bool:
    """Whether the reader has to call people: sales, warehouse and the partner itself, not finance or analysts."""
    return actor.may("contacts:read")


def _phone(phone: str, *, actor: Actor) -> str:
    return phone if sees_phones(actor) else rules.mask_phone(phone)


def partner_row(partner: Partner, *, actor: Actor) -> PartnerRow:
    """A partner; expects `organization__parent` to be loaded with it (a parent out of reach has no name)."""
    parent = partner.organization.parent
    return PartnerRow(
        id=partner.organization_id,
        code=partner.code,
        name=partner.name,
        short_name=partner.short_name,
        kind=partner.kind,
        status=partner.status,
        tier=partner.tier,
        tags=tuple(partner.tags),
        channel=partner.channel,
        region_code=partner.region_code,
        province=partner.province,
        city=partner.city,
        district=partner.district,
        address=partner.address,
        phone=_phone(partner.phone, actor=actor),
        uscc=partner.uscc,
        uscc_is_legacy=len(partner.uscc) == 15,
        parent_id=partner.organization.parent_id,
        parent_name=parent.name if parent else "",
        default_seller_id=partner.default_seller_id,
        custom=partner.custom,
        version=partner.version,
        sort_key=partner.sort_key,
        created_at=partner.created_at,
        updated_at=partner.updated_at,
        allowed_actions=rules.allowed_actions(
            PartnerStatus(partner.status), may_write=actor.may("partners:write")
        ),
    )


def contact_row(contact: Contact, *, actor: Actor) -> ContactRow:
    """A contact; the e-mail address is masked as the phone is."""
    name, at, host = contact.email.partition("@")
    return ContactRow(
        id=contact.pk,
        name=contact.name,
        title=contact.title,
        phone=_phone(contact.phone, actor=actor),
        email=contact.email if sees_phones(actor) else f"{name[:1]}***{at}{host}" if contact.email else "",
        is_primary=contact.is_primary,
    )


def address_row(address: Address, *, actor: Actor) -> AddressRow:
    """An address."""
    return AddressRow(
        id=address.pk,
        label=address.label,
        region_code=address.region_code,
        province=address.province,
        city=address.city,
        district=address.district,
        street=address.street,
        contact_name=address.contact_name,
        contact_phone=_phone(address.contact_phone, actor=actor),
        is_default=address.is_default,
    )


def contract_facts(contract: Contract) -> ContractFacts:
    """A contract as rules read it."""
    return ContractFacts(
        id=contract.id,
        number=contract.number,
        seller_id=contract.seller_id,
        region_codes=frozenset(contract.region_codes),
        category_ids=frozenset(contract.category_ids),
        valid_from=contract.valid_from,
        valid_to=contract.valid_to,
        status=contract.status,
    )


def licence_row(licence: Licence) -> LicenceRow:
    """A paper that has to be in force."""
    return LicenceRow(
        id=licence.pk,
        kind=licence.kind,
        number=licence.number,
        valid_until=licence.valid_until,
        file_id=licence.file_id,
        note=licence.note,
    )


def invoice_profile(details: InvoiceDetails) -> InvoiceProfile:
    """To whom and how invoices are made out."""
    return InvoiceProfile(**{name: getattr(details, name) for name in InvoiceProfile.__slots__})
