"""Partners with their main contact and delivery address: one row a company, by its code."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from huiliu.access.types import STAFF_KINDS, OrganizationKind
from huiliu.integrations.errors import RowExists, RowMissing
from huiliu.integrations.importing import own_fields
from huiliu.integrations.importing.divisions import Divisions
from huiliu.integrations.importing.naming import RowRefusals, named
from huiliu.integrations.importing.organizations import only_one_named
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode
from huiliu.kernel.text import normalise
from huiliu.partners import rules
from huiliu.partners import services as partners
from huiliu.partners.errors import PartnerKindWrong, PhoneInvalid
from huiliu.partners.services import Step
from huiliu.partners.types import (
    AddressDraft,
    AddressRow,
    ContactChange,
    ContactDraft,
    ContactRow,
    KnownPartner,
    NewPartner,
    PartnerDraft,
    PartnerRow,
)


class PartnerApplier:
    """One import of partners: what the rows of a batch ask is read at once, what they leave is written at once."""

    batch = 200

    def __init__(self, context: Context) -> None:
        self.context = context
        self.divisions = Divisions()

    def unit_of(self, row: ImportRow) -> Hashable | None:  # noqa: ARG002 - each row is a company of its own
        return None

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done]:
        return _Batch(self.context, self.divisions).apply(rows)


class _Batch:
    """The rows of one batch, each judged as if those before it were written."""

    def __init__(self, context: Context, divisions: Divisions) -> None:
        self.context = context
        self.intake = partners.Intake(actor=context.actor, now=context.now)
        self.names = _COLUMNS | own_fields.cells_of("partners")
        self.divisions = divisions

    def apply(self, rows: Sequence[ImportRow]) -> list[Done]:
        self._expect(rows)
        answers = []
        refusals = RowRefusals()
        for place, row in enumerate(rows):
            with refusals.of_row(place), named(self.names):
                answers.append(self._row(row))
        refusals.raise_if_any()
        self.intake.write()
        return answers

    def _expect(self, rows: Sequence[ImportRow]) -> None:
        """Have read what the rows speak of; what is wrong with it is refused with its row."""
        intake = self.intake
        intake.expect(codes=[code for row in rows for name in _CODES if (code := normalise(row.text(name)))])
        known = [intake.stored_organization(normalise(row.text("code"))) for row in rows]
        named_ids = [
            found.id
            for row in rows
            for name in ("parent_code", "seller_code")
            if (found := intake.stored_organization(normalise(row.text(name))))
        ]
        new = [row for row, organization in zip(rows, known, strict=True) if organization is None]
        intake.expect(
            organization_ids=[self.context.actor.organization_id, *named_ids],
            partner_ids=[one.id for one in known if one and one.kind not in STAFF_KINDS],
            region_codes=[code for row in rows for code in self.divisions.said(row)],
            new=[NewPartner(row.text("code"), _kind(row), 0, _draft(row, None, None, "")) for row in new],
        )

    def _row(self, row: ImportRow) -> Done:
        organization = self.intake.stored_organization(normalise(row.text("code")))
        if organization is None:
            return self._insert(row)
        if organization.kind in STAFF_KINDS:
            raise PartnerKindWrong(f"{organization.name} is no partner.", field="code")
        known = self.intake.partner(organization.id)
        step = self._changed(row, known)
        if step.is_changed and self.context.mode is Mode.INSERT:
            raise RowExists(f"{known.partner.code} is {known.partner.name}.", field="code")
        self.intake.take(step)
        return Done.UPDATED if step.is_changed else Done.UNCHANGED

    def _insert(self, row: ImportRow) -> Done:
        if self.context.mode is Mode.UPDATE:
            raise RowMissing("There is no partner of this code.", field="code", given=row.text("code"))
        region = self.divisions.of(row, "")
        new = NewPartner(
            code=row.text("code"),
            kind=_kind(row),
            parent_id=self._organization_id(row, "parent_code") or self.context.actor.organization_id,
            draft=_draft(row, None, self._seller_id(row, None), region),
            contacts=_contacts(row, ()),
            addresses=_addresses(row, (), self.divisions.of_street(row) or region),
        )
        self.intake.take(self.intake.check_new(new))
        return Done.INSERTED

    def _changed(self, row: ImportRow, known: KnownPartner) -> Step:
        """A partner's kind and place in the tree are no columns: moving has its own way."""
        partner = known.partner
        if row.has("kind") and row.get("kind") != partner.kind:
            raise PartnerKindWrong(
                f"{partner.code} is a {partner.kind}.", field="kind", given=row.get("kind")
            )
        if row.text("parent_code") and self._organization_id(row, "parent_code") != partner.parent_id:
            raise PartnerKindWrong(
                f"{partner.code} stands below {partner.parent_name}; move it in the partner tree.",
                field="parent_code",
            )
        region = self.divisions.of(row, partner.region_code)
        return self.intake.check_change(
            partner_id=partner.id,
            version=partner.version,
            draft=_draft(row, partner, self._seller_id(row, partner.default_seller_id), region),
            contacts=_contacts(row, known.contacts),
            addresses=_addresses(
                row, known.addresses, self.divisions.of_street(row) or region or partner.region_code
            ),
        )

    def _seller_id(self, row: ImportRow, current: int | None) -> int | None:
        return self._organization_id(row, "seller_code") if row.has("seller_code") else current

    def _organization_id(self, row: ImportRow, field: str) -> int | None:
        """As everywhere (`organization_of`), with those that rows before this one make. Raises: OrganizationNotVisible."""
        said = normalise(row.text(field))
        if not said:
            return None
        found = self.intake.organization(said)
        return found.id if found else only_one_named(said, self.intake.organizations_named(said), field).id


def _kind(row: ImportRow) -> OrganizationKind:
    return OrganizationKind(row.get("kind") or OrganizationKind.DISTRIBUTOR)


def _draft(row: ImportRow, old: PartnerRow | None, seller_id: int | None, region: str) -> PartnerDraft:
    """What the row says over what is there."""
    return PartnerDraft(
        name=row.text("name"),
        short_name=row.text("short_name", old.short_name if old else ""),
        uscc=row.text("uscc", old.uscc if old else ""),
        tier=row.text("tier", old.tier if old else ""),
        tags=row.get("tags", old.tags if old else (), empty=()),
        channel=row.text("channel", old.channel if old else ""),
        region_code=region,
        address=row.text("address", old.address if old else ""),
        phone=row.text("phone", old.phone if old else ""),
        default_seller_id=seller_id,
        custom=own_fields.values_of(row, "partners", old.custom if old else {}),
    )


def _contacts(row: ImportRow, known: Sequence[ContactRow]) -> tuple[ContactChange, ...]:
    """The contact of the row, where it says something new."""
    name = normalise(row.text("contact_name"))
    if not name:
        return ()
    there = next((one for one in known if one.name == name), None)
    draft = ContactDraft(
        name=name,
        title=row.text("contact_title", there.title if there else ""),
        phone=row.text("contact_phone", there.phone if there else ""),
        email=there.email if there else "",
        is_primary=there.is_primary if there else not known,
    )
    if there is None:
        return (ContactChange(draft),)
    if there.title == normalise(draft.title) and _is_phone(draft.phone, there.phone):
        return ()
    return (ContactChange(draft, there.id),)


def _is_phone(said: str, known: str) -> bool:
    """Whether it is the known one, written in whatever way; one that is none is refused when it is written."""
    try:
        return rules.check_phone(said) == known
    except PhoneInvalid:
        return False


def _addresses(row: ImportRow, known: Sequence[AddressRow], region: str) -> tuple[AddressDraft, ...]:
    """The address of the row in that region, where it is a new one."""
    street = normalise(row.text("street"))
    if not street or any(
        one.street == street and one.region_code == rules.region_code(region) for one in known
    ):
        return ()
    return (AddressDraft(region_code=region, street=street, is_default=not known),)


_CODES: Final = ("code", "parent_code", "seller_code")
#: The names by which refusals speak of contact and address → the columns they came from.
_COLUMNS: Final = {
    "contacts.0.name": "contact_name",
    "contacts.0.title": "contact_title",
    "contacts.0.phone": "contact_phone",
    "addresses.0.region_code": "street_region_code",
    "addresses.0.street": "street",
}

#: Phones are read back to be compared, so their reader must be allowed to see them.
PARTNERS = Entity(
    "partners", frozenset({"partners:write", "contacts:read", "contacts:write"}), PartnerApplier
)
