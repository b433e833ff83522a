"""Partners taken in together: read at once, judged one after the other, written at once.

Each is judged as if those taken before it were written already, so that many leave what one by one would leave.
What is yet to be written has a negative id, which the intake understands wherever an id is asked for.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from huiliu.access import selectors as organizations
from huiliu.access import services as access
from huiliu.access.errors import OrganizationCodeTaken
from huiliu.access.types import STAFF_KINDS, Actor, OrganizationKind, OrganizationRef
from huiliu.kernel.lookups import Lookup
from huiliu.kernel.pinyin import fold
from huiliu.kernel.refusals import DomainError, SeveralRefused
from huiliu.kernel.text import normalise
from huiliu.partners import present, rules, selectors
from huiliu.partners.errors import ContactUnknown, PartnerKindWrong, PartnerMayExist, PartnerNotVisible
from huiliu.partners.models import Address, Contact, Partner
from huiliu.partners.services import checking
from huiliu.partners.services.people import check_room, write_address, write_contact
from huiliu.partners.services.writing import People, Step, write_steps
from huiliu.partners.types import (
    AddressDraft,
    CompanyMarks,
    ContactChange,
    DuplicateFact,
    Duplicates,
    KnownPartner,
    NewPartner,
    PartnerDraft,
)
from huiliu.platform.errors import InvalidInput

_Mark = tuple[str, str]


class Intake:
    """One batch: `expect` what will be asked for, check and take each partner (once), then `write` them all."""

    def __init__(self, *, actor: Actor, now: datetime) -> None:
        self.actor, self.now = actor, now
        self._by_code = Lookup(organizations.organizations_by_codes)
        self._by_name = Lookup[str, list[OrganizationRef]](_named)
        self._facts = Lookup(selectors.facts_of)
        self._used = Lookup[str, bool](lambda codes: dict.fromkeys(organizations.codes_in_use(codes), True))
        self._divisions = Lookup(selectors.division_names)
        self._companies = Lookup(selectors.same_companies)
        self._keys = Lookup(selectors.name_keys)
        self._known = Lookup(_locked)
        self._new: dict[str, OrganizationRef] = {}
        self._steps: dict[int, Step] = {}
        self._marks = _Marks()

    # What there is

    def expect(
        self,
        *,
        codes: Iterable[str] = (),
        organization_ids: Iterable[int] = (),
        partner_ids: Iterable[int] = (),
        region_codes: Iterable[str] = (),
        new: Sequence[NewPartner] = (),
    ) -> None:
        """Read at once what the checks will ask for; what is wrong with it, the checks will say.

        Locks:  the partners' rows, in the order of their ids.
        """
        self._by_code.expect(codes)
        self._facts.expect(one for one in organization_ids if one > 0)
        self._known.expect(partner_ids)
        self._divisions.expect(step for code in region_codes for step in _chain(code))
        self._used.expect(normalise(one.code) for one in new)
        marks = [known for one in new if (known := _marks_of(one.draft)) is not None]
        self._companies.expect(marks)
        self._keys.expect([*(one[2] for one in marks), *(normalise(one.draft.name) for one in new)])

    def stored_organization(self, code: str) -> OrganizationRef | None:
        """The visible organization of that code, as it is stored."""
        return self._by_code.get(code) if code else None

    def organization(self, code: str) -> OrganizationRef | None:
        """The visible organization of that code, also one that was taken."""
        return self.stored_organization(code) or self._new.get(code)

    def organizations_named(self, name: str) -> list[OrganizationRef]:
        """The visible organizations of exactly that name, as they are after what was taken."""
        stored = self._by_name.get(name) or []
        renamed = {one.id for one in self._steps.values() if "name" in one.changed}
        found = [one for one in stored if one.id not in renamed]
        found += [one for one in self._new.values() if one.name == name]
        ids = [one for one in renamed if self._steps[one].partner.name == name]
        return [*found, *organizations.organizations_by_ids(ids).values()] if ids else found

    def partner(self, partner_id: int) -> KnownPartner:
        """A stored partner as its reader sees it. Raises: PartnerNotVisible."""
        partner, people = self._find(partner_id)
        return KnownPartner(
            present.partner_row(partner, actor=self.actor),
            tuple(present.contact_row(one, actor=self.actor) for one in people.contacts),
            tuple(present.address_row(one, actor=self.actor) for one in people.addresses),
        )

    def _find(self, partner_id: int) -> tuple[Partner, People]:
        found = self._known.get(partner_id)
        if found is None:
            raise PartnerNotVisible("There is no such partner.", partner_id=partner_id)
        return found

    # What is asked

    def check_new(self, new: NewPartner) -> Step:
        """A new company of the channel, with its organization, contacts and addresses.

        Raises: PartnerKindWrong, PartnerMayExist, SellerUnknown, SeveralRefused (of the fields),
                OrganizationNotVisible, OrganizationKindWrong, OrganizationCodeTaken; of its contacts and
                addresses what adding them raises, at `contacts.0` and `addresses.0`.
        """
        if new.kind in STAFF_KINDS:
            raise PartnerKindWrong(f"{new.kind} is not a kind of partner.", field="kind")
        checked = checking.checked(new.draft, divisions=self._divisions)
        code = normalise(new.code)
        if not code:
            raise InvalidInput("A partner needs a code.", field="code")
        if not new.accept_duplicates:
            self._check_duplicates((checked.uscc.code, checked.phone, fold(checked.name)))
        parent, seller = self._place(new.parent_id), self._place(new.draft.default_seller_id)
        checking.check_parent(new.parent_id, parent.path if parent else None, actor=self.actor)
        checking.check_seller(new.draft.default_seller_id, seller.path if seller else None, below=None)
        access.check_place(new.kind, parent.kind if parent else None)
        if code in self._new or self._used.get(code):
            raise OrganizationCodeTaken("This code is in use.", field="code")
        partner = Partner(code=code, kind=new.kind.value, created_at=self.now, updated_at=self.now)
        checking.write(partner, new.draft, checked)
        step = Step(-len(self._new) - 1, partner, People(), before=None, parent=parent)
        self._check_people(step, new.contacts, new.addresses)
        return step

    def check_change(
        self,
        *,
        partner_id: int,
        version: int,
        draft: PartnerDraft,
        contacts: Sequence[ContactChange] = (),
        addresses: Sequence[AddressDraft] = (),
    ) -> Step:
        """What the draft says in place of what is there; contacts and addresses are written besides.

        Raises: PartnerNotVisible, Stale, SellerUnknown, SeveralRefused (of the fields); of contacts and addresses
                what writing them raises, at `contacts.0` and `addresses.0`.
        """
        there, people = self._find(partner_id)
        checking.check_version(there, version)
        checked = checking.checked(draft, before=there.custom, divisions=self._divisions)
        seller = self._place(draft.default_seller_id)
        checking.check_seller(
            draft.default_seller_id, seller.path if seller else None, below=there.owner_path
        )
        partner = copy.copy(there)
        checking.write(partner, draft, checked)
        before, after = checking.values(there), checking.values(partner)
        changed = tuple(name for name in checking.FIELDS if before[name] != after[name])
        step = Step(partner_id, partner, people.copy(), before, changed)
        self._check_people(step, contacts, addresses)
        return step

    def _place(self, organization_id: int | None) -> OrganizationRef | None:
        """Kind and path of an organization, whatever the reach; None where there is none."""
        if organization_id is None:
            return None
        if organization_id < 0:
            return next(one for one in self._new.values() if one.id == organization_id)
        facts = self._facts.get(organization_id)
        if facts is None:
            return None
        kind = OrganizationKind(facts.kind)
        return OrganizationRef(organization_id, "", facts.name, kind, None, facts.path, "", is_active=True)

    def _check_duplicates(self, marks: CompanyMarks) -> None:
        """Nobody has the same marks: of those taken as they will be, of the others as they are stored."""
        if not self.actor.is_staff:
            return
        stored = self._companies.get(marks) or {}
        found = selectors.seen_duplicates({one: why for one, why in stored.items() if one not in self._steps})
        taken = self._taken_alike(marks)
        if not found and not taken:
            return
        duplicates = Duplicates((*found.seen, *taken), found.elsewhere)
        raise PartnerMayExist("This company may be known already.", **checking.duplicate_facts(duplicates))

    def _taken_alike(self, marks: CompanyMarks) -> list[DuplicateFact]:
        if not self._steps:
            return []
        unmarked = [one for one in self._steps.values() if one.id not in self._marks.of]
        self._keys.expect([marks[2], *(one.partner.name for one in unmarked)])
        for step in unmarked:
            phones = {step.partner.phone, *(one.phone for one in step.people.contacts)}
            key = self._keys.get(step.partner.name) or ""
            self._marks.put(
                step.id, [("uscc", step.partner.uscc), ("name", key), *(("phone", one) for one in phones)]
            )
        uscc, phone, name = marks
        asked = [("uscc", uscc), ("phone", phone), ("name", self._keys.get(name) or "")]
        return [
            DuplicateFact(one, self._steps[one].partner.code, self._steps[one].partner.name, tuple(why))
            for one, why in self._marks.sharing(asked).items()
        ]

    def _check_people(
        self, step: Step, contacts: Sequence[ContactChange], addresses: Sequence[AddressDraft]
    ) -> None:
        for place, change in enumerate(contacts):
            with _at(f"contacts.{place}"):
                contact = _contact_of(step, change)
                write_contact(contact, change.draft)
                step.keep(contact, "contact_updated" if change.contact_id else "contact_added")
        for place, draft in enumerate(addresses):
            with _at(f"addresses.{place}"):
                check_room(len(step.people.addresses))
                address = Address()
                write_address(address, draft, self._divisions)
                step.people.addresses.append(address)
                step.keep(address, "address_added")

    # What is taken

    def take(self, step: Step) -> None:
        """What was checked counts from now on; nothing is written yet."""
        if not step.is_changed:
            return
        self._steps[step.id] = step
        if step.changed:
            step.partner.version += 1
            step.partner.updated_at = self.now
        if step.parent is not None:
            partner, parent = step.partner, step.parent
            kind, path = OrganizationKind(partner.kind), f"{parent.path}{step.id}."
            self._new[partner.code] = OrganizationRef(
                step.id, partner.code, partner.name, kind, parent.id, path, "", is_active=True
            )

    def write(self) -> None:
        """Write all that was taken, in a few statements, and tell of each in the order in which it was taken.

        Raises: OrganizationCodeTaken, when somebody else took a code a moment ago; then nothing of it may stand.
        """
        if self._steps:
            write_steps(list(self._steps.values()), actor=self.actor, now=self.now)


class _Marks:
    """Who has which code, phone and name; a blank one marks nobody."""

    def __init__(self) -> None:
        self.of: set[int] = set()
        self._who: defaultdict[_Mark, set[int]] = defaultdict(set)

    def put(self, partner_id: int, marks: Iterable[_Mark]) -> None:
        self.of.add(partner_id)
        for mark in marks:
            if mark[1]:
                self._who[mark].add(partner_id)

    def sharing(self, marks: Iterable[_Mark]) -> Mapping[int, list[str]]:
        found: defaultdict[int, list[str]] = defaultdict(list)
        for mark in sorted(marks):
            for one in self._who.get(mark, ()):
                found[one].append(mark[0])
        return found


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Refusals of the block name the place, each of several by itself."""
    try:
        yield
    except SeveralRefused as refusal:
        for part in refusal.parts:
            part.at(place)
        raise
    except DomainError as refusal:
        raise refusal.at(place) from None


def _contact_of(step: Step, change: ContactChange) -> Contact:
    """The row to write. Raises: ContactUnknown, InvalidInput when there are enough."""
    there = step.people.contacts
    if change.contact_id is None:
        check_room(len(there))
        there.append(Contact())
        return there[-1]
    found = next((one for one in there if one.pk == change.contact_id), None)
    if found is None:
        raise ContactUnknown("There is no such contact.", contact_id=change.contact_id)
    return found


def _named(names: list[str]) -> dict[str, list[OrganizationRef]]:
    return {
        name: [one for one in organizations.list_organizations(text=name, limit=20) if one.name == name]
        for name in names
    }


def _locked(partner_ids: list[int]) -> dict[int, tuple[Partner, People]]:
    """The partners that the reach shows, locked until commit, with their people as they are shown."""
    rows = selectors.find_partners(partner_ids, lock=True)
    found = {one.organization_id: (one, People()) for one in rows}
    for contact in Contact.objects.filter(partner__in=found).order_by("-is_primary", "id"):
        found[contact.partner_id][1].contacts.append(contact)
    for address in Address.objects.filter(partner__in=found).order_by("-is_default", "id"):
        found[address.partner_id][1].addresses.append(address)
    return found


def _chain(code: str) -> list[str]:
    try:
        return [*selectors.region_chain(code), rules.region_code(code)]
    except DomainError:
        return []


def _marks_of(draft: PartnerDraft) -> CompanyMarks | None:
    """What the search for duplicates will ask for, when code and phone are right."""
    try:
        uscc = rules.check_uscc(draft.uscc).code if draft.uscc.strip() else ""
        return uscc, rules.check_phone(draft.phone), fold(draft.name)
    except DomainError:
        return None
