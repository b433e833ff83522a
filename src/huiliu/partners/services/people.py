"""Contacts and addresses: staff keep them, and each partner keeps its own."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from huiliu.access.types import Actor
from huiliu.kernel.lookups import Lookup
from huiliu.kernel.refusals import Refusals
from huiliu.kernel.text import normalise
from huiliu.partners import present, rules, selectors
from huiliu.partners.errors import ContactUnknown
from huiliu.partners.models import Address, Contact, Partner
from huiliu.partners.types import AddressDraft, AddressRow, ContactDraft, ContactRow, RegionNames
from huiliu.platform import audit
from huiliu.platform.errors import InvalidInput
from huiliu.platform.models import AuditRecord

PER_PARTNER_MAX = 200


def add_contact(*, actor: Actor, partner_id: int, draft: ContactDraft, now: datetime) -> ContactRow:
    """One more person to call. Raises: PartnerNotVisible, PhoneInvalid, InvalidInput."""
    partner = selectors.find_partner(partner_id)
    _check_room(partner.contacts.all())
    contact = Contact(partner=partner, owner_path=partner.owner_path)
    return _keep_contact(contact, partner, draft=draft, actor=actor, now=now)


def update_contact(
    *, actor: Actor, partner_id: int, contact_id: int, draft: ContactDraft, now: datetime
) -> ContactRow:
    """Replace a contact. Raises: PartnerNotVisible, ContactUnknown, PhoneInvalid, InvalidInput."""
    partner = selectors.find_partner(partner_id)
    contact = partner.contacts.filter(pk=contact_id).first()
    if contact is None:
        raise ContactUnknown("There is no such contact.", contact_id=contact_id)
    return _keep_contact(contact, partner, draft=draft, actor=actor, now=now)


def remove_contact(*, actor: Actor, partner_id: int, contact_id: int, now: datetime) -> None:
    """Forget a person; the audit trail keeps that it happened, not the phone. Raises: ContactUnknown."""
    partner = selectors.find_partner(partner_id)
    if not partner.contacts.filter(pk=contact_id).delete()[0]:
        raise ContactUnknown("There is no such contact.", contact_id=contact_id)
    _record(partner, "contact_removed", contact_id, actor=actor, now=now)


def add_address(*, actor: Actor, partner_id: int, draft: AddressDraft, now: datetime) -> AddressRow:
    """One more place. Raises: PartnerNotVisible, RegionUnknown, PhoneInvalid, InvalidInput."""
    partner = selectors.find_partner(partner_id)
    _check_room(partner.addresses.all())
    address = Address(partner=partner, owner_path=partner.owner_path)
    return _keep_address(address, partner, draft=draft, actor=actor, now=now)


def update_address(
    *, actor: Actor, partner_id: int, address_id: int, draft: AddressDraft, now: datetime
) -> AddressRow:
    """Replace an address. Raises: PartnerNotVisible, ContactUnknown, RegionUnknown, PhoneInvalid, InvalidInput."""
    partner = selectors.find_partner(partner_id)
    address = partner.addresses.filter(pk=address_id).first()
    if address is None:
        raise ContactUnknown("There is no such address.", address_id=address_id)
    return _keep_address(address, partner, draft=draft, actor=actor, now=now)


def remove_address(*, actor: Actor, partner_id: int, address_id: int, now: datetime) -> None:
    """Forget a place; orders keep the words they were sent with. Raises: ContactUnknown."""
    partner = selectors.find_partner(partner_id)
    if not partner.addresses.filter(pk=address_id).delete()[0]:
        raise ContactUnknown("There is no such address.", address_id=address_id)
    _record(partner, "address_removed", address_id, actor=actor, now=now)


def write_contact(contact: Contact, draft: ContactDraft) -> None:
    """What the draft says onto the row, unsaved. Raises: InvalidInput, PhoneInvalid, SeveralRefused."""
    refusals = Refusals()
    contact.name, contact.title = normalise(draft.name), normalise(draft.title)
    contact.email, contact.is_primary = normalise(draft.email), draft.is_primary
    with refusals.collecting():
        if not contact.name:
            raise InvalidInput("A contact needs a name.", field="name")
    with refusals.collecting():
        contact.phone = rules.check_phone(draft.phone)
    with refusals.collecting():
        if contact.email and not rules.looks_like_email(contact.email):
            raise InvalidInput("This is not an e-mail address.", field="email")
    refusals.raise_if_any()


def write_address(address: Address, draft: AddressDraft, divisions: Lookup[str, str] | None = None) -> None:
    """What the draft says onto the row, unsaved. Raises: InvalidInput, RegionUnknown, PhoneInvalid, SeveralRefused."""
    refusals = Refusals()
    names = RegionNames("")
    address.region_code = rules.region_code(draft.region_code)
    address.street, address.label = normalise(draft.street), normalise(draft.label)
    address.contact_name, address.is_default = normalise(draft.contact_name), draft.is_default
    with refusals.collecting():
        if not address.region_code:
            raise InvalidInput("An address needs its region.", field="region_code")
        names = selectors.region_names(address.region_code, divisions)
    with refusals.collecting():
        if not address.street:
            raise InvalidInput("An address needs a street.", field="street")
    with refusals.collecting():
        address.contact_phone = rules.check_phone(draft.contact_phone, field="contact_phone")
    refusals.raise_if_any()
    address.province, address.city, address.district = names.province, names.city, names.district


def _keep_contact(
    contact: Contact, partner: Partner, *, draft: ContactDraft, actor: Actor, now: datetime
) -> ContactRow:
    write_contact(contact, draft)
    if contact.is_primary:
        partner.contacts.exclude(pk=contact.pk).filter(is_primary=True).update(is_primary=False)
    is_new = contact.pk is None
    contact.save()
    _record(partner, "contact_added" if is_new else "contact_updated", contact.pk, actor=actor, now=now)
    return present.contact_row(contact, actor=actor)


def _keep_address(
    address: Address, partner: Partner, *, draft: AddressDraft, actor: Actor, now: datetime
) -> AddressRow:
    write_address(address, draft)
    if address.is_default:
        partner.addresses.exclude(pk=address.pk).filter(is_default=True).update(is_default=False)
    is_new = address.pk is None
    address.save()
    _record(partner, "address_added" if is_new else "address_updated", address.pk, actor=actor, now=now)
    return present.address_row(address, actor=actor)


def _check_room(rows: QuerySet[Contact] | QuerySet[Address]) -> None:
    check_room(rows.count())


def check_room(there: int) -> None:
    """Whether a partner may have one more. Raises: InvalidInput."""
    if there >= PER_PARTNER_MAX:
        raise InvalidInput("There are enough; remove some first.", limit=PER_PARTNER_MAX)


def _record(partner: Partner, action: str, row_id: int, *, actor: Actor, now: datetime) -> None:
    audit.record_all([record_of(partner, action, row_id, actor=actor, now=now)])


def record_of(partner: Partner, action: str, row_id: int, *, actor: Actor, now: datetime) -> AuditRecord:
    """What the trail keeps: that it happened, not the phone."""
    return audit.entry(
        actor=actor,
        action=f"partner.{action}",
        subject_type="partner",
        subject_id=partner.pk,
        owner_path=partner.owner_path,
        now=now,
        after={"id": row_id},
    )
