"""Licences and invoice details: staff keep them, and each partner keeps its own."""

from __future__ import annotations

from datetime import datetime

from huiliu.access.types import Actor
from huiliu.kernel.refusals import Refusals
from huiliu.kernel.text import normalise
from huiliu.partners import present, rules, selectors
from huiliu.partners.errors import LicenceUnknown
from huiliu.partners.models import InvoiceDetails, Licence, Partner
from huiliu.partners.types import InvoiceProfile, LicenceDraft, LicenceRow
from huiliu.platform import audit, files
from huiliu.platform.errors import InvalidInput, Stale

LICENCES_MAX = 100


def add_licence(*, actor: Actor, partner_id: int, draft: LicenceDraft, now: datetime) -> LicenceRow:
    """One more paper. Raises: PartnerNotVisible, FileUnknown, InvalidInput."""
    partner = selectors.find_partner(partner_id)
    if partner.licences.count() >= LICENCES_MAX:
        raise InvalidInput("There are enough; remove some first.", limit=LICENCES_MAX)
    licence = Licence(partner=partner, owner_path=partner.owner_path)
    return _keep(licence, partner, draft, action="licence_added", actor=actor, now=now)


def update_licence(
    *, actor: Actor, partner_id: int, licence_id: int, draft: LicenceDraft, now: datetime
) -> LicenceRow:
    """Replace a paper. Raises: PartnerNotVisible, LicenceUnknown, FileUnknown, InvalidInput."""
    partner = selectors.find_partner(partner_id)
    licence = partner.licences.filter(pk=licence_id).first()
    if licence is None:
        raise LicenceUnknown("There is no such licence.", licence_id=licence_id)
    return _keep(licence, partner, draft, action="licence_updated", actor=actor, now=now)


def remove_licence(*, actor: Actor, partner_id: int, licence_id: int, now: datetime) -> None:
    """Take a paper off the list; its file stays beside the partner. Raises: LicenceUnknown."""
    partner = selectors.find_partner(partner_id)
    licence = partner.licences.filter(pk=licence_id).first()
    if licence is None:
        raise LicenceUnknown("There is no such licence.", licence_id=licence_id)
    before = _told(licence)
    licence.delete()
    _record(partner, "licence_removed", actor=actor, now=now, before=before, after=None)


def put_invoice_profile(
    *, actor: Actor, partner_id: int, version: int, profile: InvoiceProfile, now: datetime
) -> InvoiceProfile:
    """Replace to whom invoices are made out; `version` 0 when there was none yet.

    Locks:  the partner's details.
    Raises: PartnerNotVisible, Stale, UsccInvalid, SeveralRefused (of the fields).
    """
    partner = selectors.find_partner(partner_id)
    details = InvoiceDetails.objects.select_for_update().filter(pk=partner_id).first()
    current = details.version if details else 0
    if current != version:
        raise Stale("The invoice details were changed meanwhile.", yours=version, current=current)
    before = _values(details) if details else None
    details = details or InvoiceDetails(partner=partner, owner_path=partner.owner_path)
    _write(details, profile)
    if before == _values(details):
        return present.invoice_profile(details)
    details.version = current + 1
    details.save(force_insert=before is None)
    _record(partner, "invoice_details_changed", actor=actor, now=now, before=before, after=_values(details))
    return present.invoice_profile(details)


FIELDS = ("title", "tax_number", "bank", "bank_account", "address", "phone", "email", "is_special")


def _write(details: InvoiceDetails, profile: InvoiceProfile) -> None:
    refusals = Refusals()
    for name in ("title", "bank", "address", "email"):
        setattr(details, name, normalise(getattr(profile, name)))
    details.bank_account = normalise(profile.bank_account).replace(" ", "")
    details.is_special = profile.is_special
    with refusals.collecting():
        if not details.title:
            raise InvalidInput("An invoice needs a title.", field="title")
    with refusals.collecting():
        details.tax_number = (
            rules.check_uscc(profile.tax_number, field="tax_number").code
            if profile.tax_number.strip()
            else ""
        )
    with refusals.collecting():
        details.phone = rules.check_phone(profile.phone)
    with refusals.collecting():
        if details.email and not rules.looks_like_email(details.email):
            raise InvalidInput("This is not an e-mail address.", field="email")
    with refusals.collecting():
        if profile.is_special and not (details.tax_number and details.bank and details.bank_account):
            raise InvalidInput(
                "A special VAT invoice needs tax number, bank and account.", field="bank_account"
            )
    refusals.raise_if_any()


def _values(details: InvoiceDetails) -> dict[str, object]:
    return {name: getattr(details, name) for name in FIELDS}


def _keep(
    licence: Licence, partner: Partner, draft: LicenceDraft, *, action: str, actor: Actor, now: datetime
) -> LicenceRow:
    if draft.file_id is not None and draft.file_id != licence.file_id:
        files.find(draft.file_id)
    before = _told(licence) if licence.pk else None
    licence.kind, licence.number = draft.kind.value, normalise(draft.number)
    licence.valid_until, licence.file_id, licence.note = (
        draft.valid_until,
        draft.file_id,
        normalise(draft.note),
    )
    licence.save()
    _record(partner, action, actor=actor, now=now, before=before, after=_told(licence))
    return present.licence_row(licence)


def _told(licence: Licence) -> dict[str, object]:
    return {
        "id": licence.pk,
        "kind": licence.kind,
        "number": licence.number,
        "valid_until": licence.valid_until.isoformat() if licence.valid_until else None,
        "file_id": str(licence.file_id) if licence.file_id else None,
    }


def _record(
    partner: Partner,
    action: str,
    *,
    actor: Actor,
    now: datetime,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
) -> None:
    audit.record(
        actor=actor,
        action=f"partner.{action}",
        subject_type="partner",
        subject_id=partner.pk,
        owner_path=partner.owner_path,
        now=now,
        before=before,
        after=after,
    )
