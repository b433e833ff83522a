"""Refusals about partners."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class PartnerNotVisible(DomainError):
    """There is no such partner in your part of the network; check the number or ask for access."""

    code = "partners.not_visible"
    kind = Kind.NOT_FOUND


class PartnerMayExist(DomainError):
    """Look at the partners named; if this is another one all the same, say so with `accept_duplicates`."""

    code = "partners.may_exist"
    kind = Kind.CONFLICT


class PartnerKindWrong(DomainError):
    """A partner is a distributor, sub-distributor, store or service provider; branches are organizations."""

    code = "partners.kind_wrong"
    kind = Kind.INVALID


class UsccInvalid(DomainError):
    """Compare the code with the business licence: 18 characters without I, O, S, V, Z; the facts say what is wrong."""

    code = "partners.uscc_invalid"
    kind = Kind.INVALID


class PhoneInvalid(DomainError):
    """Write a mobile number of 11 digits, or a landline with its area code."""

    code = "partners.phone_invalid"
    kind = Kind.INVALID


class RegionUnknown(DomainError):
    """Choose the region from the list; the code is its GB/T 2260 code of six digits."""

    code = "partners.region_unknown"
    kind = Kind.INVALID


class SellerUnknown(DomainError):
    """Choose the brand, a branch or a partner above this one as its seller."""

    code = "partners.seller_unknown"
    kind = Kind.INVALID


class ContactUnknown(DomainError):
    """Reload the partner; this contact or address is no longer there."""

    code = "partners.contact_unknown"
    kind = Kind.NOT_FOUND


class ContractOverlaps(DomainError):
    """End the contract named first, or choose days, regions or product lines that it does not hold."""

    code = "partners.contract_overlaps"
    kind = Kind.CONFLICT


class ContractNotVisible(DomainError):
    """Reload the partner; there is no such contract."""

    code = "partners.contract_not_visible"
    kind = Kind.NOT_FOUND


class CustomInvalid(DomainError):
    """Write custom fields as a short name (small letters, digits, _) with a text, whole number, yes/no or list of them."""

    code = "partners.custom_invalid"
    kind = Kind.INVALID


class LicenceUnknown(DomainError):
    """Reload the partner; this licence is no longer there."""

    code = "partners.licence_unknown"
    kind = Kind.NOT_FOUND


class NothingToChange(DomainError):
    """Choose a tag, a tier or a state to set for the partners chosen."""

    code = "partners.nothing_to_change"
    kind = Kind.INVALID
