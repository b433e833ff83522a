"""Partners with their main contact and delivery address: one row a company, by its code."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from huiliu.access import selectors as access
from huiliu.access.errors import OrganizationNotVisible
from huiliu.access.types import OrganizationKind
from huiliu.integrations.errors import RowExists, RowMissing
from huiliu.integrations.importing import own_fields
from huiliu.integrations.importing.naming import named
from huiliu.integrations.importing.organizations import organization_of
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode
from huiliu.kernel.text import normalise
from huiliu.partners import rules, selectors
from huiliu.partners import services as partners
from huiliu.partners.errors import PartnerKindWrong
from huiliu.partners.types import AddressDraft, ContactDraft, PartnerDraft, PartnerPage, PartnerRow


class PartnerApplier:
    """One import of partners."""

    batch = 1

    def __init__(self, context: Context) -> None:
        self.context = context

    def unit_of(self, row: ImportRow) -> Hashable | None:  # noqa: ARG002 - each row is a company of its own
        return None

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done]:
        with named(own_fields.cells_of("partners")):
            return [self._row(row) for row in rows]

    def _row(self, row: ImportRow) -> Done:
        known = self._known(row.text("code"))
        if known is None:
            if self.context.mode is Mode.UPDATE:
                raise RowMissing("There is no partner of this code.", field="code", given=row.text("code"))
            self._around(row, PartnerPage(self._create(row), (), (), ()))
            return Done.INSERTED
        changed = self._update(row, known)
        changed = self._around(row, known) or changed
        if changed and self.context.mode is Mode.INSERT:
            raise RowExists(f"{known.partner.code} is {known.partner.name}.", field="code")
        return Done.UPDATED if changed else Done.UNCHANGED

    def _known(self, code: str) -> PartnerPage | None:
        """The partner of that code as far as the reach goes. Raises: PartnerKindWrong for a branch."""
        try:
            organization = access.find_by_code(normalise(code))
        except OrganizationNotVisible:
            return None
        if organization.kind in (OrganizationKind.BRAND, OrganizationKind.BRANCH):
            raise PartnerKindWrong(f"{organization.name} is no partner.", field="code")
        return selectors.get_partner(actor=self.context.actor, partner_id=organization.id)

    def _create(self, row: ImportRow) -> PartnerRow:
        actor = self.context.actor
        parent_id = _organization_id(row, "parent_code") or actor.organization_id
        return partners.create_partner(
            actor=actor,
            code=row.text("code"),
            kind=OrganizationKind(row.get("kind") or OrganizationKind.DISTRIBUTOR),
            parent_id=parent_id,
            draft=self._draft(row, None),
            now=self.context.now,
        )

    def _update(self, row: ImportRow, known: PartnerPage) -> bool:
        """Whether anything changed. A partner's kind and place in the tree are no columns: moving has its own way."""
        partner = known.partner
        if row.has("kind") and row.get("kind") != partner.kind:
            raise PartnerKindWrong(
                f"{partner.code} is a {partner.kind}.", field="kind", given=row.get("kind")
            )
        if row.text("parent_code") and _organization_id(row, "parent_code") != partner.parent_id:
            raise PartnerKindWrong(
                f"{partner.code} stands below {partner.parent_name}; move it in the partner tree.",
                field="parent_code",
            )
        updated = partners.update_partner(
            actor=self.context.actor,
            partner_id=partner.id,
            version=partner.version,
            draft=self._draft(row, known),
            now=self.context.now,
        )
        return updated.version != partner.version

    def _draft(self, row: ImportRow, known: PartnerPage | None) -> PartnerDraft:
        """What the row says over what is there."""
        old = known.partner if known else None
        seller_id = old.default_seller_id if old else None
        if row.has("seller_code"):
            seller_id = _organization_id(row, "seller_code")
        return PartnerDraft(
            name=row.text("name"),
            short_name=row.text("short_name", old.short_name if old else ""),
            uscc=row.text("uscc", old.uscc if old else ""),
            tier=row.text("tier", old.tier if old else ""),
            tags=row.get("tags", old.tags if old else (), empty=()),
            channel=row.text("channel", old.channel if old else ""),
            region_code=row.text("region_code", old.region_code if old else ""),
            address=row.text("address", old.address if old else ""),
            phone=row.text("phone", old.phone if old else ""),
            default_seller_id=seller_id,
            custom=own_fields.values_of(row, "partners", old.custom if old else {}),
        )

    def _around(self, row: ImportRow, known: PartnerPage) -> bool:
        """The contact and the address of the row; whether one was added or changed."""
        changed = bool(row.text("contact_name")) and self._contact(row, known)
        return (bool(row.text("street")) and self._address(row, known)) or changed

    def _contact(self, row: ImportRow, known: PartnerPage) -> bool:
        name = normalise(row.text("contact_name"))
        there = next((one for one in known.contacts if one.name == name), None)
        draft = ContactDraft(
            name=name,
            title=row.text("contact_title", there.title if there else ""),
            phone=row.text("contact_phone", there.phone if there else ""),
            email=there.email if there else "",
            is_primary=there.is_primary if there else not known.contacts,
        )
        actor, now, partner_id = self.context.actor, self.context.now, known.partner.id
        with named({"phone": "contact_phone", "title": "contact_title", "name": "contact_name"}):
            if there is None:
                partners.add_contact(actor=actor, partner_id=partner_id, draft=draft, now=now)
                return True
            phone = rules.check_phone(draft.phone)
            if (there.title, there.phone) == (normalise(draft.title), phone):
                return False
            partners.update_contact(
                actor=actor, partner_id=partner_id, contact_id=there.id, draft=draft, now=now
            )
            return True

    def _address(self, row: ImportRow, known: PartnerPage) -> bool:
        street = normalise(row.text("street"))
        region = row.text("street_region_code") or row.text("region_code") or known.partner.region_code
        if any(
            one.street == street and one.region_code == rules.region_code(region) for one in known.addresses
        ):
            return False
        draft = AddressDraft(region_code=region, street=street, is_default=not known.addresses)
        with named({"region_code": "street_region_code"}):
            partners.add_address(
                actor=self.context.actor, partner_id=known.partner.id, draft=draft, now=self.context.now
            )
        return True


def _organization_id(row: ImportRow, field: str) -> int | None:
    found = organization_of(row, field)
    return found.id if found else None


#: Phones are read back to be compared, so their reader must be allowed to see them.
PARTNERS = Entity(
    "partners", frozenset({"partners:write", "contacts:read", "contacts:write"}), PartnerApplier
)
